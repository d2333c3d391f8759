"""Addresses as pages write them, where any text may stand: what is no address has no host and no path."""

from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit


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


def without_tracking(url: str) -> str:
    """An address without its fragment and without what tells where a visitor came from (`utm_…`, `fbclid`, `gclid`)."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    kept = [
        (name, value)
        for name, value in parse_qsl(parts.query, keep_blank_values=True)
        if not name.lower().startswith(("utm_", "fbclid", "gclid", "mc_cid", "mc_eid"))
    ]
    same = len(kept) == len(parse_qsl(parts.query, keep_blank_values=True))
    return urlunsplit(parts._replace(query=parts.query if same else urlencode(kept), fragment=""))
