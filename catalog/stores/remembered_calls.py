"""Rows of opportunities kept from answer to answer: what is shown again and again need not be read whole each time."""

import datetime as dt
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
        self._known: OrderedDict[tuple[str, int, dt.datetime], Opportunity] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, session: Session, ids: Sequence[str]) -> tuple[dict[str, Opportunity], CallMarks]:
        """Those of these that there are, by id; and their marks, read before them."""
        marks = call_marks(session, ids)
        with self._lock:
            known = {mark: self._known[mark] for mark in marks if mark in self._known}
            for mark in known:
                self._known.move_to_end(mark)  # so that what is shown most goes last
        missing = [mark[0] for mark in marks if mark not in known]
        found = {mark[0]: row for mark, row in known.items()}
        for name, row in (opportunities_by_id(session, missing) if missing else {}).items():
            session.expunge(row)
            self._remember(row)
            found[name] = row
        return found, marks

    def _remember(self, row: Opportunity) -> None:
        with self._lock:
            self._known[row.id, row.rev, row.last_seen_at] = row
            while len(self._known) > CALLS_REMEMBERED:
                self._known.popitem(last=False)
