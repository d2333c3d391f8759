"""Verdicts that were worked out, remembered: a mentor looks at one mentee's list by several filters after another."""

import threading
from collections import OrderedDict
from dataclasses import replace

from recommender.eligibility import judge
from recommender.people import MenteeFacts
from recommender.reasons import Eligibility
from recommender.snapshot import Call

VERDICTS_REMEMBERED = 10_000


class Judged:
    """May this person apply? Of a call and a person as they are now: a change is another question."""

    def __init__(self) -> None:
        self._known: OrderedDict[tuple[str, int, MenteeFacts], Eligibility] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, call: Call, person: MenteeFacts) -> Eligibility:
        """The call's requirements held against the person."""
        asked = (call.id, call.rev, replace(person, id="", version=0))
        found = self._known.get(asked)
        if found is None:
            found = judge(call.requirements, person)
            with self._lock:
                self._known[asked] = found
                while len(self._known) > VERDICTS_REMEMBERED:
                    self._known.popitem(last=False)
        return found

    def __len__(self) -> int:
        return len(self._known)
