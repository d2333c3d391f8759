"""What a mentor may narrow a list by. Filters act inside retrieval, so a narrow one costs no results."""

import datetime as dt
from dataclasses import asdict, dataclass
from typing import Any

from catalog.words import PAST, CareerStage, Kind, Status

ACTIONABLE = frozenset({Status.OPEN, Status.CLOSING_SOON, Status.ROLLING, Status.UNKNOWN, Status.UPCOMING})
"""What is shown unless something else is asked for. `expected` is shown when asked for; what is past never is."""


@dataclass(frozen=True, slots=True)
class Filters:
    """Each empty or None field lets everything through; fields must all be met, values of one field any.

    countries: where it happens (ISO 3166-1 alpha-2 or group codes); a remote call passes. stages: calls
    that do not rule these stages out. closes_from, closes_until: dates between which the deadline
    lies, inclusive, by the day that the page shows (`Standing.day`); a call without one then does not pass.
    funded: True keeps what pays (`PAYS`), False the rest; what is not known to pay is among the rest, and so
    with remote. `recommender.narrowing` means the same by all of them.
    """

    kinds: frozenset[Kind] = frozenset()
    countries: frozenset[str] = frozenset()
    stages: frozenset[CareerStage] = frozenset()
    closes_from: dt.date | None = None
    closes_until: dt.date | None = None
    funded: bool | None = None
    remote: bool | None = None
    statuses: frozenset[Status] = frozenset()
    ineligible: bool = False  # show also what she may not apply for, marked

    @property
    def wanted_statuses(self) -> frozenset[Status]:
        """The statuses that pass."""
        return (self.statuses or ACTIONABLE) - PAST

    def as_json(self) -> dict[str, Any]:
        """What was set, as plain JSON in a fixed order."""
        unset = asdict(Filters())
        return {name: _plain(value) for name, value in asdict(self).items() if value != unset[name]}


def _plain(value: Any) -> Any:
    if isinstance(value, frozenset):
        return sorted(str(member) for member in value)
    return value.isoformat() if isinstance(value, dt.date) else value
