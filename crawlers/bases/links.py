"""Addresses as pages write them, where any text may stand: what is no address has no host and no path."""

from urllib.parse import urljoin, urlsplit


def resolved(base: str, link: str) -> str:
    """The absolute address of a link on the page `base`; the link itself when it cannot be one (`http://[`)."""
    try:
        return urljoin(base, link.strip())
    except ValueError:
        return link


def host_of(url: str) -> str:
    """The host of an address in lower case, or nothing."""
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def path_of(url: str) -> str:
    """The path of an address, or nothing."""
    try:
        return urlsplit(url).path
    except ValueError:
        return ""
