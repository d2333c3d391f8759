"""What is worked out from a call's text, remembered for as long as the call stays as it is."""

import threading
from collections import OrderedDict
from collections.abc import Sequence

from sqlmodel import Session, col, select

from catalog.tables import Opportunity
from recommender.explaining import CallDetails, details_of

BYTES_HELD = 100_000_000
"""By the details of all calls, as `weight` reckons: four thousand short ones, or two hundred of the longest."""


class UnknownOpportunity(LookupError):
    """There is no such opportunity."""


class Details:
    """The details of calls as they are now: of one that changed, what it was is forgotten. Threads share one."""

    def __init__(self) -> None:
        self._known: OrderedDict[str, CallDetails] = OrderedDict()
        self._held = 0
        self._lock = threading.Lock()

    def of(self, session: Session, ids: Sequence[str]) -> dict[str, CallDetails]:
        """Those of these calls that there are."""
        found = {}
        missing = []
        for name, rev in session.exec(select(Opportunity.id, Opportunity.rev).where(col(Opportunity.id).in_(ids))):
            with self._lock:
                known = self._known.get(name)
            if known is None or known.row.rev != rev:
                missing.append(name)
            else:
                found[name] = known
        for row in session.exec(select(Opportunity).where(col(Opportunity.id).in_(missing))) if missing else ():
            found[row.id] = self._remember(row)
        return found

    def of_one(self, session: Session, opportunity_id: str) -> CallDetails:
        """Those of one call. Raises UnknownOpportunity."""
        found = self.of(session, [opportunity_id]).get(opportunity_id)
        if found is None:
            raise UnknownOpportunity(opportunity_id)
        return found

    def __len__(self) -> int:
        return len(self._known)

    def _remember(self, row: Opportunity) -> CallDetails:
        made = details_of(row)
        with self._lock:
            if (before := self._known.pop(row.id, None)) is not None:
                self._held -= weight(before)
            self._known[row.id] = made
            self._held += weight(made)
            while self._held > BYTES_HELD and len(self._known) > 1:
                _, oldest = self._known.popitem(last=False)
                self._held -= weight(oldest)
        return made


def weight(details: CallDetails) -> int:
    """About how many bytes a call's details take: its text several times over, by sentences and their terms.

    Measured: 23 kB for a hundred characters, 60 kB for four thousand, 550 kB for fifty thousand.
    """
    return 20_000 + 11 * (len(details.text.summary) + len(details.text.description))
