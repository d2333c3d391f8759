"""Rows of opportunities kept from answer to answer: what is shown again and again need not be read whole each time."""

import threading
from collections import OrderedDict
from collections.abc import Sequence

from sqlmodel import Session

from catalog.stores.browsing import CallMarks, call_marks, opportunities_by_id
from catalog.tables import Opportunity

CALLS_REMEMBERED = 1_000
"""Some kilobytes each, most of it the description."""


class RememberedCalls:
    """Opportunities as they are now. Threads share it, and the rows, which nobody may change."""

    def __init__(self) -> None:
        self._known: OrderedDict[str, Opportunity] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, session: Session, ids: Sequence[str]) -> tuple[dict[str, Opportunity], CallMarks]:
        """Those of these that there are, by id; and their marks, read before them."""
        marks = call_marks(session, ids)
        found = self._found(marks)
        missing = [name for name, *_ in marks if name not in found]
        for name, row in (opportunities_by_id(session, missing) if missing else {}).items():
            session.expunge(row)
            self._remember(row)
            found[name] = row
        return found, marks

    def _found(self, marks: CallMarks) -> dict[str, Opportunity]:
        """Those of them that are still as they were."""
        found = {}
        with self._lock:
            for name, rev, seen in marks:
                known = self._known.get(name)
                if known is not None and (known.rev, known.last_seen_at) == (rev, seen):
                    self._known.move_to_end(name)  # so that what is shown most goes last
                    found[name] = known
        return found

    def _remember(self, row: Opportunity) -> None:
        with self._lock:
            self._known[row.id] = row  # instead of what it was before its last crawl
            while len(self._known) > CALLS_REMEMBERED:
                self._known.popitem(last=False)
