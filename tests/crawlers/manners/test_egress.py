"""Where a request may go, by its text alone."""

import pytest

from crawlers.manners.egress import broken_rule

HOSTS = frozenset({"calls.example.org"})


@pytest.mark.parametrize(
    "url",
    [
        "https://calls.example.org/list",
        "http://calls.example.org:8080/list",
        "https://CALLS.example.org/list",
        "https://calls.example.org./list",
    ],
)
def test_a_declared_host_is_allowed(url: str) -> None:
    assert broken_rule(url, HOSTS) is None


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/secret",
        "http://127.1/secret",
        "http://2130706433/secret",
        "http://0x7f000001/secret",
        "http://0177.0.0.1/secret",
        "http://[::1]/secret",
        "http://[::ffff:127.0.0.1]/secret",
        "http://[64:ff9b::7f00:1]/secret",
        "http://[2002:7f00:1::]/secret",
        "http://169.254.169.254/latest/meta-data",
        "http://10.0.0.1/",
        "http://localhost/secret",
        "http://printer.local/",
        "http://intranet/",
        "file:///etc/passwd",
        "ftp://calls.example.org/",
        "data:text/plain,secret",
        "http://user:password@calls.example.org/",
        "http://calls.example.org:22/",
        "http://calls.example.org:99999/",
        "http:///nowhere",
    ],
)
def test_an_address_that_may_not_be_called_is_refused_even_where_it_is_declared(url: str) -> None:
    declared = HOSTS | {"127.0.0.1", "::1", "localhost", "2130706433"}
    broken = broken_rule(url, declared)
    assert broken is not None
    assert broken[0] == "address"


@pytest.mark.parametrize(
    "url", ["https://example.org/", "https://evil.calls.example.org/", "https://calls.example.org.evil.example.net/"]
)
def test_any_other_host_is_refused(url: str) -> None:
    assert broken_rule(url, HOSTS) == ("host", "the source does not declare it")
