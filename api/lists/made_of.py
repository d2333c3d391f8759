"""What a list that was answered rests on, and whether all of that is still so: looked up when anything was written.

Nearly all that is written is about something else: a crawl commits again and again (`bench/crawling.py`: twenty times a
second). What a person must see at once is compared: who asks and what they may, the mentee, what was decided, sent and
answered, and the calls that are shown. What else a row tells (a source's name, a journal's record) may be some seconds
old.
"""

from dataclasses import dataclass
from typing import Any

from starlette.requests import Request

from api.caller import Caller, caller_of
from api.problems import Problem
from api.service import Service
from catalog.database import reading
from catalog.stores.browsing import CallMarks, call_marks
from catalog.stores.mentees import find_mentee
from catalog.stores.rankings import decided_so_far
from catalog.tables import Ranking


@dataclass(frozen=True, slots=True)
class MadeOf:
    """One answer's. who: the caller as they were; decided: the mark of what was done for the mentee."""

    who: tuple[Any, ...]
    mentee_id: str
    mentee_version: int
    decided: str
    calls: CallMarks

    @classmethod
    def of(cls, caller: Caller, ranking: Ranking, calls: CallMarks) -> "MadeOf":
        """What a page of a ranking rests on. calls: read before their rows were."""
        decided = ranking.filters.get("state", "")
        return cls(_who(caller), ranking.mentee_id, ranking.mentee_version, decided, calls)

    def is_still_so(self, service: Service, request: Request) -> bool:
        """Whether whoever asks now would be answered from the same facts. Reads, and notes that a key is in use."""
        try:
            caller = caller_of(request, service)
        except Problem:
            return False
        if _who(caller) != self.who:
            return False
        with reading(service.engine) as session:
            mentee = find_mentee(session, caller.viewer, self.mentee_id)
            return (
                mentee is not None
                and mentee.version == self.mentee_version
                and decided_so_far(session, self.mentee_id) == self.decided
                and call_marks(session, [name for name, *_ in self.calls]) == self.calls
            )


def _who(caller: Caller) -> tuple[Any, ...]:
    return caller.via, caller.credential_id, caller.scopes, caller.ends_at, caller.mentor.model_dump()
