"""Every operation that changes something, under made-up requests: never a 5xx, always what the description says."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.api.generated_requests import Answering, answering, cases, described, operations

schema = described().exclude(method="GET")


@pytest.fixture(scope="module")
def service(upgraded_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Answering]:
    with answering(upgraded_file, tmp_path_factory.mktemp("changing")) as running:
        yield running
        if set(running.statuses) == operations(schema):  # all were asked, in whatever order
            print(running.report())
            never = running.without_success()
            assert 1 - len(never) / len(running.statuses) >= 0.75, f"never answered 2xx: {never}"


@pytest.mark.slow
@schema.parametrize()
@cases(50)
def test_fifty_requests_to_every_operation(case: Any, service: Answering) -> None:
    service.hold_to_the_contract(case)
