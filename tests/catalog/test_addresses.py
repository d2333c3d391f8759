"""Which links may be kept, and which addresses may be called."""

import ipaddress
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.addresses import AddressRefused, check_callable, checked_link, is_public_ip

NOT_PUBLIC = [
    "127.0.0.1", "127.8.9.10", "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1",
    "192.0.2.1", "198.18.0.1", "198.51.100.7", "203.0.113.9", "224.0.0.1", "240.0.0.1", "255.255.255.255",
    "::", "::1", "::ffff:127.0.0.1", "::ffff:7f00:1", "::ffff:10.0.0.1", "::127.0.0.1", "fe80::1", "fe80::1%eth0",
    "fc00::1", "fd12:3456::1", "ff02::1", "2001:db8::1", "2002:7f00:1::", "64:ff9b::7f00:1", "64:ff9b::8.8.8.8",
    "64:ff9b:1::1", "2001::1", "100::1", "localhost", "", "2130706433", "0x7f000001", "0177.0.0.1", "127.1",
]  # fmt: skip


@pytest.mark.parametrize("text", NOT_PUBLIC)
def test_is_not_public(text: str) -> None:
    assert not is_public_ip(text)


@pytest.mark.parametrize("text", ["8.8.8.8", "1.1.1.1", "2606:4700:4700::1111", "::ffff:8.8.8.8"])
def test_is_public(text: str) -> None:
    assert is_public_ip(text)


@given(st.ip_addresses(v=4, network="10.0.0.0/8") | st.ip_addresses(v=4, network="127.0.0.0/8"))
def test_no_disguise_of_an_inner_address_is_public(inner: ipaddress.IPv4Address) -> None:
    number = int(inner)
    for disguise in (str(inner), f"::ffff:{inner}", f"64:ff9b::{inner}", f"::{inner}", str(number), hex(number)):
        assert not is_public_ip(disguise)
        host = f"[{disguise}]" if ":" in disguise else disguise
        with pytest.raises(AddressRefused):
            check_callable(f"http://{host}/")


REFUSED_CALLS = [
    "http://127.0.0.1/", "http://[::1]/", "http://[::ffff:127.0.0.1]/", "http://2130706433/", "http://0x7f000001/",
    "http://0x7f.1/", "http://127.1/", "http://0177.0.0.1/", "http://127.0.0.1./", "http://１２７.0.0.1/",
    "http://localhost/", "http://LOCALHOST/", "http://localhost./", "http://x.localhost/", "http://db.internal/",
    "http://printer.local./", "http://intranet/", "http://169.254.169.254/latest/meta-data/",
    "https://site.example.org:22/", "https://site.example.org:6379/", "https://site.example.org:0/",
    "ftp://site.example.org/", "file:///etc/passwd", "gopher://site.example.org/", "//site.example.org/x",
    "http://user@site.example.org/",
    "http://site.example.org@127.0.0.1/", "http://[::1",
    "http://site.example.org:99999/",
    "https://a..example.org/", "https://.example.org/", "https://example.org../", "https://b_c.d_e/",
    "https://a_b.org/", "https://-a.example.org/", "https://a-.example.org/", "https://a!b.example.org/",
    "https://%61.example.org/", f"https://{'a' * 64}.example.org/", f"https://{'ab.' * 85}org/",
    f"https://{'ü' * 60}.example.org/", "https://xn--a.ü..example.org/",
]  # fmt: skip


@pytest.mark.parametrize("url", REFUSED_CALLS)
def test_is_not_called(url: str) -> None:
    with pytest.raises(AddressRefused):
        check_callable(url)


@pytest.mark.parametrize(
    "url", ["https://site.example.org/", "http://site.example.org:8080/x?y", "https://93.184.216.34/", "https://bücher.example.org/",
     "https://my_hooks.a-b.example.org./", f"https://{'a' * 63}.example.org/", f"https://{'ab.' * 83}org/"]
)  # fmt: skip
def test_may_be_called(url: str) -> None:
    check_callable(url)


def test_a_loopback_port_is_called_only_where_it_is_opened() -> None:
    check_callable("http://127.0.0.1:4242/", allowed_loopback_ports=frozenset({4242}))

    for other in ("http://127.0.0.1:4243/", "http://10.0.0.1:4242/", "http://[::1]:4242/"):
        with pytest.raises(AddressRefused):
            check_callable(other, allowed_loopback_ports=frozenset({4242}))


REFUSED_LINKS = [
    "javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", "mailto:a@example.org", "http://", "https:///x",
    "",
    "https://a:b@site.example.org/", "https://site.example.org/ x", "https://site.example.org/\tx",
    "https://site.example.org/\u202egro", "https://site.example.org/\u200b", "https://site.example.org/\x00",
    "https://site.example.org/\ud800", "https://site.example.org\\@other.example.org/", 'https://site.example.org/"x',
    "https://site.example.org/<x>", "https://site.example.org/" + "x" * 2048,
]  # fmt: skip


@pytest.mark.parametrize("url", REFUSED_LINKS)
def test_is_not_kept_as_a_link(url: str) -> None:
    with pytest.raises(AddressRefused):
        checked_link(url)


def test_a_link_is_kept_as_it_is_without_space_around_it() -> None:
    assert checked_link(" https://site.example.org/Ünï?q=1#x\n") == "https://site.example.org/Ünï?q=1#x"


@given(st.text() | st.text().map("https://site.example.org/".__add__))
def test_what_is_kept_has_nothing_unseen_in_it(text: str) -> None:
    try:
        kept = checked_link(text)
    except AddressRefused:
        return
    assert kept == text.strip()
    assert not {unicodedata.category(char) for char in kept} & {"Cc", "Cf", "Cs", "Zs", "Zl", "Zp"}
