"""A site whose certificate nobody vouches for is not read: Scrapy's default would."""

import ssl
from collections.abc import Iterator

import pytest
import trustme

from crawlers.process import run_crawl
from tests.crawlers import hostile_server
from tests.crawlers.crawling import order

PORT = 8443


@pytest.fixture
def server() -> Iterator[hostile_server.HostileServer]:
    """A server that can prove its name only to those who trust an authority that nobody trusts."""
    try:
        made = hostile_server.HostileServer(PORT)
    except OSError:
        pytest.skip(f"port {PORT} is taken on loopback")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trustme.CA().issue_cert("inside-tls.example.org").configure_cert(context)
    made.socket = context.wrap_socket(made.socket, server_side=True)
    with hostile_server.serving(made):
        yield made


@pytest.mark.parametrize(("verify", "reasons", "asked"), [(True, ["unreachable: certificate×1"], 0), (False, [], 1)])
def test_an_unknown_authority_is_not_believed(
    server: hostile_server.HostileServer, database_url: str, verify: bool, reasons: list[str], asked: int
) -> None:
    overrides = {
        "TWISTED_DNS_RESOLVER": "tests.crawlers.manners.test_resolver.LyingUnguarded",
        "DOWNLOAD_DELAY": 0,
        **({} if verify else {"DOWNLOAD_VERIFY_CERTIFICATES": False}),
    }
    report = run_crawl(order(database_url, None, "inside_tls", overrides=overrides))
    assert report.sources[0].reasons == reasons
    assert len(server.state.hits) == asked
