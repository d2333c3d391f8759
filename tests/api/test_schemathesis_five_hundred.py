"""Every operation under five hundred made-up requests, among the long counts: never a 5xx, always what the description says.

A file of its own, since building the requests takes seconds in every process of a run (`tests/api/conftest.py`).
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.api.generated_requests import Answering, answering, cases, described

schema = described()


@pytest.fixture(scope="module")
def service(upgraded_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Answering]:
    with answering(upgraded_file, tmp_path_factory.mktemp("five_hundred")) as running:
        yield running


@pytest.mark.long
@schema.parametrize()
@cases(500)
def test_five_hundred_requests_to_every_operation(case: Any, service: Answering) -> None:
    service.hold_to_the_contract(case)
