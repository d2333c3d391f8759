"""Who among the mentees has had nothing lately, and whose goals nothing serves."""

import datetime as dt
from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Query

from api.caller import Reader
from api.problems import Kind
from api.routes.shared import Cursor, Limit, problems
from api.schemas.shapes import Person
from api.schemas.today import FairnessItem, FairnessPage
from api.service import ServiceDep
from api.views.today import unserved
from catalog.database import reading
from catalog.stores.mentees import list_mentees, mentors_of
from catalog.tables import Mentor
from recommender.day import Ward
from recommender.wards import wards_of

router = APIRouter(tags=["today"])


@router.get("/fairness", response_model=FairnessPage, responses=problems(Kind.INVALID_CURSOR))
def get_fairness(
    caller: Reader,
    service: ServiceDep,
    programme_id: Annotated[str | None, Query(max_length=64, description="Only this programme's mentees")] = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> FairnessPage:
    """Who has been sent nothing lately, and whose goals no open opportunity serves: who waited longest comes first.

    A mentor sees their own mentees, a coordinator those of the programmes they coordinate too.
    """
    now, bound = service.clock(), {"mentor": caller.mentor.id, "programme": programme_id}
    after = service.cursors.read(cursor, "fairness", bound) if cursor else None
    with reading(service.engine) as session:
        mentees = list_mentees(session, caller.viewer)
        ids = [one.id for one in mentees if programme_id in (None, one.programme_id)]
        wards = sorted(wards_of(session, ids, now), key=lambda ward: ward.turn)
        left = [ward for ward in wards if after is None or _position(ward) > after]
        page = left[:limit]
        mentors = mentors_of(session, [ward.id for ward in page])
        return FairnessPage(
            items=[_item(ward, mentors.get(ward.id, []), now) for ward in page],
            next=service.cursors.make("fairness", bound, _position(page[-1])) if len(left) > limit else None,
            total=len(wards),
            quiet_total=sum(ward.is_quiet(now) for ward in wards),
        )


def _item(ward: Ward, mentors: Sequence[Mentor], now: dt.datetime) -> FairnessItem:
    return FairnessItem(
        mentee=Person(id=ward.id, name=ward.name),
        mentors=[Person(id=one.id, name=one.name) for one in mentors],
        last_sent_at=ward.last_sent_at,
        days=ward.days_quiet(now),
        quiet=ward.is_quiet(now),
        unserved_goals=unserved(ward),
    )


def _position(ward: Ward) -> list[Any]:
    at, name = ward.turn
    return [at.isoformat(timespec="microseconds"), name]
