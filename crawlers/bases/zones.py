"""The names of time zones as interfaces write them."""

from zoneinfo import ZoneInfo, ZoneInfoNotFoundError


def known_zone(name: str) -> str | None:
    """The name when it is an IANA zone; None for "UTC+2", "CEST" and the like, which a date alone cannot settle."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None
    return name or None
