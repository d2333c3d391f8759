"""Verdicts that were worked out, remembered: a mentor looks at one mentee's list by several filters after another."""

import threading
from collections import OrderedDict
from dataclasses import replace

from recommender.eligibility import judge
from recommender.people import MenteeFacts
from recommender.reasons import NONE_CONFIRMED, Confirmations, Eligibility
from recommender.snapshot import Call

VERDICTS_REMEMBERED = 10_000


class Judged:
    """May this person apply? Of a call and a person as they are now: a change is another question."""

    def __init__(self) -> None:
        self._known: OrderedDict[tuple[str, MenteeFacts], tuple[int, Eligibility]] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, call: Call, person: MenteeFacts, confirmed: Confirmations = NONE_CONFIRMED) -> Eligibility:
        """The call's requirements held against the person. What a mentor confirmed is of one call: not remembered."""
        if confirmed:
            return judge(call.requirements, person, confirmed, call.dates)
        asked = (call.id, replace(person, id="", version=0))
        rev, found = self._known.get(asked, (None, None))
        if found is None or rev != call.rev:
            found = judge(call.requirements, person, NONE_CONFIRMED, call.dates)
            self._remember(asked, call.rev, found)
        return found

    def _remember(self, asked: tuple[str, MenteeFacts], rev: int, found: Eligibility) -> None:
        """Instead of what was found of the call as it was before, which nobody asks about again."""
        with self._lock:
            self._known[asked] = rev, found
            self._known.move_to_end(asked)  # also where it had a place: what was judged last is forgotten last
            while len(self._known) > VERDICTS_REMEMBERED:
                self._known.popitem(last=False)

    def __len__(self) -> int:
        return len(self._known)
