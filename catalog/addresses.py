"""The address policy: which links may be stored and which addresses may be called.

Pure rules. They are enforced where connections are made: by the crawler's resolver and by the
webhook client. The list of forbidden ranges follows the IANA special-purpose registries
(RFC 6890) plus NAT64 (RFC 6052), which `ipaddress` calls global.
"""

import ipaddress
import re
import unicodedata
from urllib.parse import urlsplit

import idna

MAX_LINK_LENGTH = 2048
ALLOWED_PORTS = frozenset({80, 443, 8080, 8443})
_LABEL = re.compile(r"[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?", re.IGNORECASE)
"""A part of a host's name (RFC 1035 §2.3.1). Names with an underscore are no hosts' by RFC 952, yet some are called."""
_LONGEST_NAME = 253
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zs", "Zl", "Zp"})
"""Unicode categories of what is not seen, or turns the order of what is."""
_GLOBAL_UNICAST = ipaddress.ip_network("2000::/3")  # RFC 4291 §2.4: all that is allocated; not ::127.0.0.1
_NAT64 = (ipaddress.ip_network("64:ff9b::/96"), ipaddress.ip_network("64:ff9b:1::/48"))
_SIX_TO_FOUR = ipaddress.ip_network("2002::/16")


class AddressRefused(ValueError):
    """An address that the policy does not allow; the message says which rule."""


def checked_link(url: str) -> str:
    """Return `url` if it may be stored and shown: http(s), a host, no credentials, at most 2,048 characters.

    Raises AddressRefused (a ValueError) otherwise.
    """
    url = url.strip()
    if len(url) > MAX_LINK_LENGTH:
        raise AddressRefused(f"the address is longer than {MAX_LINK_LENGTH} characters")
    if any(char in '\\<>"' or unicodedata.category(char) in _UNSEEN for char in url):
        raise AddressRefused(
            "the address holds white space, an invisible character, a backslash, quote or angle bracket"
        )
    try:
        parts = urlsplit(url)
        parts.port  # noqa: B018  (raises on a port out of range)
    except ValueError as error:
        raise AddressRefused("this cannot be read as an address") from error  # its own words repeat what was sent
    if parts.scheme.lower() not in ("http", "https"):
        raise AddressRefused("only http and https addresses are kept")
    if not parts.hostname:
        raise AddressRefused("the address names no host")
    if parts.username is not None or parts.password is not None:
        raise AddressRefused("the address carries credentials")
    return url


def is_public_ip(text: str) -> bool:
    """Whether an IP address may be called: global unicast, seen through mapping, 6to4 and NAT64."""
    try:
        address = ipaddress.ip_address(text.split("%")[0])
    except ValueError:
        return False
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is not None:
            return is_public_ip(str(address.ipv4_mapped))
        if any(address in network for network in _NAT64) or address in _SIX_TO_FOUR:
            return False
        if address not in _GLOBAL_UNICAST:
            return False
    return address.is_global and not address.is_multicast


def check_callable(url: str, *, allowed_loopback_ports: frozenset[int] = frozenset()) -> None:
    """Raise AddressRefused unless `url` may be called, as far as the text of the address tells.

    A name is judged again when it has been resolved. `allowed_loopback_ports` is the one opening,
    for the sample web and the tests.
    """
    checked_link(url)
    parts = urlsplit(url)
    host = unicodedata.normalize("NFKC", parts.hostname or "").removesuffix(".")
    port = parts.port if parts.port is not None else 443 if parts.scheme == "https" else 80
    if port in allowed_loopback_ports and host in ("127.0.0.1", "localhost"):
        return
    if port not in ALLOWED_PORTS:
        raise AddressRefused("the port is not one that public sites use")
    if _looks_like_ip(host):
        if not is_public_ip(host):
            raise AddressRefused("the address is not on the public internet")
    elif host == "localhost" or host.endswith((".localhost", ".local", ".internal")) or "." not in host:
        raise AddressRefused("the host is a local name")
    elif not _can_be_a_name(host):
        raise AddressRefused("no host can have this name")


def check_target(url: str, *, loopback: bool = False) -> None:
    """Raise AddressRefused unless events may be sent to `url`, as far as its text tells: public, and by https.

    `loopback` opens 127.0.0.1 and localhost at any port: for the demo and the tests.
    """
    checked_link(url)
    parts = urlsplit(url)
    if loopback and parts.hostname in ("127.0.0.1", "localhost"):
        return
    check_callable(url)
    if parts.scheme.lower() != "https":
        raise AddressRefused("events are sent by https only")


def host_in_ascii(host: str) -> str:
    """A host's name as requests and mail carry it (IDNA 2008, UTS #46 as browsers apply it). Raises UnicodeError.

    Python's own codec is of 2003 and writes ß as ss, which may be another registrant's domain.
    """
    return (host.encode("idna") if host.isascii() else idna.encode(host, uts46=True)).decode()


def _can_be_a_name(host: str) -> bool:
    """Whether some domain's owner could have given this name: parts of 1 to 63, 253 characters in all, and letters,
    digits, hyphens and underscores in them, no underscore in the two that registries give out."""
    try:
        labels = host_in_ascii(host).split(".")
    except UnicodeError:
        return False
    known = all(_LABEL.fullmatch(label) for label in labels) and not any("_" in label for label in labels[-2:])
    return known and len(".".join(labels)) <= _LONGEST_NAME


def _looks_like_ip(host: str) -> bool:
    """Whether a resolver would read `host` as a number: dotted, decimal, hexadecimal or IPv6."""
    last = host.rstrip(".").rsplit(".", 1)[-1]
    return ":" in host or last.isdigit() or last.lower().startswith("0x")
