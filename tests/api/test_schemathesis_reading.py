"""Every operation that only reads, under made-up requests: never a 5xx, always what the description says."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.api.generated_requests import Answering, answering, cases, described, operations

schema = described().include(method="GET")


@pytest.fixture(scope="module")
def service(upgraded_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Answering]:
    with answering(upgraded_file, tmp_path_factory.mktemp("reading")) as running:
        yield running


@pytest.mark.slow
@schema.parametrize()
@cases(50)
def test_fifty_requests_to_every_operation(case: Any, service: Answering) -> None:
    service.hold_to_the_contract(case)


@pytest.mark.slow
def test_they_reached_what_they_were_made_for(service: Answering) -> None:
    print(service.report())
    assert set(service.statuses) <= operations(schema)
    never = service.without_success()
    assert 1 - len(never) / len(service.statuses) >= 0.9, f"never answered 2xx: {never}"
