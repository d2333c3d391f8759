"""Names that lead inside: the connection itself is refused, whatever the address looked like."""

import os
from collections.abc import Iterator
from typing import Any

import pytest
from twisted.internet.address import IPv4Address, IPv6Address

from crawlers.manners.resolver import GuardedResolver, may_connect
from crawlers.process import run_crawl
from tests.crawlers import hostile_server
from tests.crawlers.crawling import order


class Names:
    """A name server: gives the addresses it was told, whatever is asked."""

    def __init__(self, *addresses: str) -> None:
        self.addresses = addresses
        self.asked: list[str] = []

    def resolveHostName(self, receiver: Any, name: str, port: int = 0, *_: Any) -> Any:
        self.asked.append(name)
        receiver.resolutionBegan(None)
        for address in self.addresses:
            kind = IPv6Address if ":" in address else IPv4Address
            receiver.addressResolved(kind("TCP", address, port))
        receiver.resolutionComplete()
        return receiver


class Reactor:
    def __init__(self, names: Names) -> None:
        self.nameResolver = names


class Heard:
    def __init__(self) -> None:
        self.addresses: list[str] = []
        self.complete = False

    def resolutionBegan(self, resolution: Any) -> None: ...

    def addressResolved(self, address: Any) -> None:
        self.addresses.append(address.host)

    def resolutionComplete(self) -> None:
        self.complete = True


def resolved(name: str, *addresses: str, port: int = 443, sample_web_port: int | None = None) -> list[str]:
    resolver = GuardedResolver(Reactor(Names(*addresses)), 0, sample_web_port)  # type: ignore[arg-type]
    heard = Heard()
    resolver.resolveHostName(heard, name, port)
    assert heard.complete
    return heard.addresses


def test_public_addresses_are_handed_on() -> None:
    assert resolved("a.example.org", "93.184.216.34", "2606:4700::1") == ["93.184.216.34", "2606:4700::1"]


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "192.168.0.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "::1",
        "fe80::1",
        "fd00::1",
        "::ffff:127.0.0.1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
    ],
)
def test_a_name_that_leads_inside_looks_unknown(address: str) -> None:
    assert resolved("b.example.org", address) == []


def test_of_several_addresses_only_the_public_ones_can_be_connected_to() -> None:
    assert resolved("c.example.org", "127.0.0.1", "93.184.216.34") == ["93.184.216.34"]


def test_a_remembered_answer_is_judged_again() -> None:
    names = Names("127.0.0.1")
    resolver = GuardedResolver(Reactor(names), 100)  # type: ignore[arg-type]
    first, second = Heard(), Heard()
    resolver.resolveHostName(first, "d.example.org", 443)
    resolver.resolveHostName(second, "d.example.org", 443)
    assert names.asked == ["d.example.org"]
    assert first.addresses == second.addresses == []


def test_sample_mode_opens_one_port_and_closes_the_rest_of_the_world() -> None:
    assert may_connect("127.0.0.1", 8765, 8765)
    assert not may_connect("127.0.0.1", 8766, 8765)
    assert not may_connect("93.184.216.34", 8765, 8765)


class Lying(GuardedResolver):
    """The guarded resolver in a world where every name leads to loopback."""

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self.original_resolver = Names("127.0.0.1")  # type: ignore[assignment]


class LyingUnguarded(Lying):
    def resolveHostName(self, receiver: Any, name: str, portNumber: int = 0, *_: Any, **__: Any) -> Any:
        return self.original_resolver.resolveHostName(receiver, name, portNumber)


@pytest.fixture
def server_on_an_allowed_port() -> Iterator[hostile_server.HostileServer]:
    for port in (8080, 8443):
        try:
            with hostile_server.running(port) as server:
                yield server
                return
        except OSError:
            continue
    if os.environ.get("CI"):
        pytest.fail("neither 8080 nor 8443 is free on loopback")
    pytest.skip("neither 8080 nor 8443 is free on loopback: a name cannot be led there")


@pytest.mark.parametrize(("resolver", "asked"), [("Lying", 0), ("LyingUnguarded", 2)])
def test_a_crawl_led_to_loopback_by_its_name_never_arrives(
    server_on_an_allowed_port: hostile_server.HostileServer, database_url: str, resolver: str, asked: int
) -> None:
    """Unguarded, the very same crawl does arrive: so it is the guard that keeps it away."""
    given = order(
        database_url,
        None,
        f"inside_{server_on_an_allowed_port.port}",
        overrides={
            "TWISTED_DNS_RESOLVER": f"tests.crawlers.manners.test_resolver.{resolver}",
            "DOWNLOAD_DELAY": 0,
            "ROBOTSTXT_OBEY": True,
        },
    )
    report = run_crawl(given)
    assert len(server_on_an_allowed_port.state.hits) == asked
    if asked == 0:
        assert report.exit_code == 1
        assert report.sources[0].reasons[0].startswith("robots:")
