"""Watched pages: which addresses may be watched, how a reading of one went, and what a coordinator can do. Pure."""

from dataclasses import dataclass
from urllib.parse import urlsplit, urlunsplit

from catalog.addresses import AddressRefused, check_callable, host_in_ascii
from catalog.words import Kind, RunVerdict

GONE = "gone"
REDIRECTED = "redirected"
ROBOTS = "robots"
BLOCKED = "blocked"
WAIT = "wait"
PRIVATE = "private"
STATUS = "status"
UNREACHABLE = "unreachable"
UNREADABLE = "unreadable"
NOTHING = "nothing"
MANY_NIGHTS = 3
"""From this many in a row something must be done by a person."""
_DEFAULT_PORTS = {"http": 80, "https": 443}

_ADVICE = {
    REDIRECTED: "It leads to another site now. Look at it there, and watch that address instead.",
    ROBOTS: "The site asks programs not to read this page, or its robots.txt cannot be read. Look at it yourself.",
    BLOCKED: "The site does not let programs read this page. Look at it yourself, or ask the site.",
    PRIVATE: "The address leads into a private network. Watch a page of the public web.",
    UNREADABLE: "It is no web page that can be read (a file, or too large). Watch the page that links to it.",
    NOTHING: "Nothing on it can be gone for as it is now. Watch the call's own page, or say of which kind it is.",
}
_SOON = {
    GONE: "It may be back: it is asked for again tomorrow.",
    WAIT: "The site is busy: it is asked for again tomorrow.",
    STATUS: "The site answers with an error: it is asked for again tomorrow.",
    UNREACHABLE: "The site did not answer: it is asked for again tomorrow.",
}
_LATER = {
    GONE: "The page no longer exists. Find its new address and watch that, or stop watching.",
    WAIT: "The site has been busy every night. Look at it yourself, or stop watching.",
    STATUS: "The site has answered with an error every night. Look whether the address is still right.",
    UNREACHABLE: "The site has not answered on any night. Look whether the address is still right.",
}
EVERY_ADVICE = (*_ADVICE.values(), *_SOON.values(), *_LATER.values())


@dataclass(frozen=True, slots=True)
class Watched:
    """One page to read: as much of its row as a crawl needs."""

    id: str
    url: str
    kind: Kind | None = None
    organisation: str = ""
    keys: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class PageOutcome:
    """How the reading of one watched page went. `keys` are of the postings that were read there."""

    id: str
    verdict: RunVerdict
    reason: str = ""  # `code` or `code: particulars`
    keys: frozenset[str] = frozenset()

    @property
    def code(self) -> str:
        """The reason without its particulars."""
        return self.reason.partition(":")[0]

    @property
    def was_read(self) -> bool:
        """Whether the page itself was there, so that what it no longer shows is missed."""
        return self.verdict is not RunVerdict.FAILED and self.code != UNREADABLE


def watchable(url: str) -> str:
    """The address as it is kept. Raises AddressRefused for one that may not be fetched, saying why.

    A name is judged again when it is resolved: it may lead into a private network all the same.
    """
    url = url.strip()
    check_callable(url)
    parts = urlsplit(url)
    scheme, host = parts.scheme.lower(), _plain_host(parts.hostname or "")
    port = "" if parts.port in (None, _DEFAULT_PORTS[scheme]) else f":{parts.port}"
    kept = urlunsplit((scheme, host + port, parts.path or "/", parts.query, ""))
    check_callable(kept)  # again: "169。254。169。254" is a number only in this spelling
    return kept


def _plain_host(host: str) -> str:
    """A host as requests name it: in ASCII (IDNA), an IPv6 address in brackets."""
    if ":" in host:
        return f"[{host}]"
    try:
        return host_in_ascii(host.rstrip("."))
    except UnicodeError as error:
        raise AddressRefused("the address names no host that there can be") from error


def hosts_of(pages: tuple[Watched, ...]) -> tuple[str, ...]:
    """The hosts that reading these pages may ask: each page's own, with and without `www.`."""
    hosts = {(urlsplit(page.url).hostname or "").removeprefix("www.") for page in pages}
    return tuple(sorted(name for host in hosts for name in (host, f"www.{host}")))


def advice(verdict: RunVerdict | None, reason: str, bad_nights: int) -> str:
    """What a coordinator can do about a page, in a sentence; nothing when all is well."""
    if verdict is None or verdict is RunVerdict.HEALTHY:
        return ""
    code = reason.partition(":")[0]
    if code in _SOON:
        return (_SOON if bad_nights < MANY_NIGHTS else _LATER)[code]
    return _ADVICE.get(code, "")
