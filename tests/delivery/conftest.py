"""A post office for the tests of delivery."""

from collections.abc import Iterator

import pytest
from aiosmtpd.controller import Controller

from tests.delivery.post_office import PostOffice
from tests.loops import browsers_loop_aside
from tests.ports import free_port


@pytest.fixture(scope="module", autouse=True)
def a_loop_of_its_own() -> Iterator[None]:
    """A call is made by `asyncio.run`, also where a browser's tests ran before in this process."""
    with browsers_loop_aside():
        yield


@pytest.fixture
def office() -> PostOffice:
    return PostOffice()


@pytest.fixture
def port(office: PostOffice) -> Iterator[int]:
    yield from opened(office)


@pytest.fixture
def ascii_port(office: PostOffice) -> Iterator[int]:
    """A server that knows no SMTPUTF8."""
    yield from opened(office, enable_SMTPUTF8=False)


def opened(office: PostOffice, **ability: bool) -> Iterator[int]:
    free = free_port()  # aiosmtpd greets itself on the port it is given, so 0 will not do
    controller = Controller(office, hostname="127.0.0.1", port=free, **ability)
    controller.start()
    yield free
    controller.stop()
