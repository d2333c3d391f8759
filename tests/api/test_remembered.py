"""A list asked for again is sent as it was, only while it is what would be worked out anew."""

import datetime as dt

import httpx
import pytest
import sqlalchemy as sa
from sqlmodel import select

from api.remembered import RememberedLists
from api.routes import recommendations
from catalog.database import reading, writing
from catalog.stores.revisions import next_revision
from catalog.tables import ApiKey, AuditEntry, MenteeMentor, Mentor, Opportunity
from tests.api.serving import Served
from tests.builders import make_mentee, make_opportunity

LIST = "/v1/mentees/mte_ben/recommendations?limit=100"
CALL = "opp_rural_surgery"


@pytest.fixture
def ada(recommending: Served) -> httpx.Client:
    return recommending.as_mentor("mtr_ada")


@pytest.fixture
def worked_out(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """For whom a list was looked up or made: nothing is added when one is sent again."""
    found: list[str] = []
    plain = recommendations.ranked_list
    monkeypatch.setattr(
        recommendations, "ranked_list", lambda *given: (found.append(given[2].mentee_id), plain(*given))[1]
    )
    return found


def asked_until_remembered(client: httpx.Client, worked_out: list[str], **headers: str) -> httpx.Response:
    """The first answers write (who was shown what, when the key was used), and so undo themselves.

    PostgreSQL tells of what is written in its other databases too.
    """
    for _ in range(10):
        before = len(worked_out)
        answer = client.get(LIST, headers=headers)
        assert answer.status_code == 200, answer.text
        if len(worked_out) == before:
            return answer
    raise AssertionError("it is never sent again")


def test_the_same_list_is_sent_again_byte_for_byte(ada: httpx.Client, worked_out: list[str]) -> None:
    first = ada.get(LIST)
    again = asked_until_remembered(ada, worked_out)

    assert again.content == first.content
    assert again.headers["etag"] == first.headers["etag"]
    assert again.headers["x-request-id"] != first.headers["x-request-id"]
    assert again.headers["content-security-policy"] == first.headers["content-security-policy"]
    assert ada.head(LIST).headers["content-length"] == again.headers["content-length"]


def test_who_has_it_is_told_so_whether_it_is_remembered_or_not(ada: httpx.Client, worked_out: list[str]) -> None:
    tag = ada.get(LIST).headers["etag"]
    for _ in range(4):
        answer = ada.get(LIST, headers={"If-None-Match": f'"other", {tag}'})
        assert (answer.status_code, answer.content, answer.headers["etag"]) == (304, b"", tag)
    assert len(worked_out) < 5
    assert ada.get(LIST, headers={"If-None-Match": '"other"'}).status_code == 200


def test_packed_and_plain_answers_are_kept_apart(ada: httpx.Client, worked_out: list[str]) -> None:
    plain = asked_until_remembered(ada, worked_out, **{"Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers
    for taken, sent in (("br, gzip", "br"), ("gzip", "gzip"), ("br;q=0, gzip", "gzip")):
        packed = asked_until_remembered(ada, worked_out, **{"Accept-Encoding": taken})
        assert packed.headers["content-encoding"] == sent
        assert packed.json() == plain.json()
    plain = asked_until_remembered(ada, worked_out, **{"Accept-Encoding": "gzip;q=0"})
    assert "content-encoding" not in plain.headers


def shown(answer: httpx.Response) -> list[str]:
    return [item["opportunity"]["id"] for item in answer.json()["items"]]


def _dismiss(served: Served) -> None:
    decided = {"opportunity_id": CALL, "kind": "dismissed", "reason": "wrong_topic"}
    answer = served.as_mentor("mtr_cyd").post("/v1/mentees/mte_ben/decisions", json=decided)
    assert answer.is_success, answer.text


def _close(served: Served) -> None:
    with writing(served.engine) as session:
        changed = {"closes_at": served.clock.now, "rev": next_revision(session)}
        session.execute(
            sa.update(Opportunity).where(sa.column("id") == CALL).values(withdrawn_at=served.clock.now, **changed)
        )


def test_what_is_written_about_something_else_makes_nobody_work_it_out_anew(
    recommending: Served, ada: httpx.Client, worked_out: list[str]
) -> None:
    first = asked_until_remembered(ada, worked_out)
    before = len(worked_out)
    for number in range(3):
        with writing(recommending.engine) as session:
            session.add(make_mentee(id=f"mte_other_{number}"))
        assert ada.get(LIST).content == first.content
    assert len(worked_out) == before


def _seen_again(served: Served) -> None:
    later = served.clock.now + dt.timedelta(minutes=1)  # no revision tells of it, and the row shows it
    with writing(served.engine) as session:
        session.execute(sa.update(Opportunity).where(sa.column("id") == CALL).values(last_seen_at=later))


def _another_goal(served: Served) -> None:
    answer = served.as_mentor("mtr_cyd").post("/v1/mentees/mte_ben/goals", json={"text": "Teach anatomy."})
    assert answer.is_success, answer.text


def _read_in_spanish(served: Served) -> None:
    with writing(served.engine) as session:
        session.get_one(Mentor, "mtr_ada").locale = "es"


@pytest.mark.parametrize("happens", [_seen_again, _another_goal, _read_in_spanish])
def test_what_it_rests_on_is_looked_at(recommending: Served, ada: httpx.Client, worked_out: list[str], happens) -> None:  # type: ignore[no-untyped-def]
    asked_until_remembered(ada, worked_out)
    before = len(worked_out)
    happens(recommending)
    ada.get(LIST)
    assert len(worked_out) == before + 1


@pytest.mark.parametrize("happens", [_dismiss, _close])
def test_what_happened_shows_at_once(recommending: Served, ada: httpx.Client, worked_out: list[str], happens) -> None:  # type: ignore[no-untyped-def]
    assert CALL in shown(asked_until_remembered(ada, worked_out))
    happens(recommending)
    assert CALL not in shown(ada.get(LIST))


def test_a_new_call_shows_at_once(recommending: Served, ada: httpx.Client, worked_out: list[str]) -> None:
    asked_until_remembered(ada, worked_out)
    with writing(recommending.engine) as session:
        session.add(make_opportunity(id="opp_new", title="Operate by the lake", rev=next_revision(session)))
    assert "opp_new" in shown(ada.get(LIST))


def test_a_key_that_is_revoked_or_over_and_a_mentor_who_left_get_nothing(
    recommending: Served, ada: httpx.Client, worked_out: list[str]
) -> None:
    cyd = recommending.as_mentor("mtr_cyd")
    asked_until_remembered(ada, worked_out)
    with writing(recommending.engine) as session:
        key = session.exec(select(ApiKey).where(ApiKey.mentor_id == "mtr_ada")).one()
        key.revoked_at = recommending.clock.now
    assert ada.get(LIST).status_code == 401

    asked_until_remembered(cyd, worked_out)
    with writing(recommending.engine) as session:
        session.delete(session.get_one(MenteeMentor, ("mte_ben", "mtr_cyd")))
    assert cyd.get(LIST).status_code == 404


def test_a_key_ends_in_its_second(recommending: Served, ada: httpx.Client, worked_out: list[str]) -> None:
    with writing(recommending.engine) as session:
        key = session.exec(select(ApiKey).where(ApiKey.mentor_id == "mtr_ada")).one()
        key.expires_at = recommending.clock.now.replace(microsecond=0)
        recommending.clock.forward(seconds=-2)
    asked_until_remembered(ada, worked_out)
    recommending.clock.forward(seconds=2)
    assert ada.get(LIST).status_code == 401


def test_what_one_is_shown_is_not_sent_to_another(
    recommending: Served, ada: httpx.Client, worked_out: list[str]
) -> None:
    asked_until_remembered(ada, worked_out)
    assert recommending.as_mentor("mtr_dan").get(LIST).status_code == 404
    assert recommending.client().get(LIST).status_code == 401


def test_a_sight_is_noted_in_every_hour(recommending: Served, ada: httpx.Client, worked_out: list[str]) -> None:
    for _ in range(3):
        asked_until_remembered(ada, worked_out)
        recommending.clock.forward(hours=1)
    seen = select(AuditEntry).where(AuditEntry.action == "read", AuditEntry.object_id == "mte_ben")
    with reading(recommending.engine) as session:
        assert len({entry.at.hour for entry in session.exec(seen)}) == 3


def test_everybody_is_answered_in_their_own_language(ada: httpx.Client, worked_out: list[str]) -> None:
    asked_until_remembered(ada, worked_out, **{"Accept-Language": "en"})
    before = len(worked_out)
    ada.get(LIST, headers={"Accept-Language": "es"})
    assert len(worked_out) == before + 1


def test_lists_that_hold_no_more_leave_memory(recommending: Served, ada: httpx.Client, worked_out: list[str]) -> None:
    """The second page of a list has an address of its own each time: nobody asks for it again."""
    for number in range(5):
        asked_until_remembered(ada, worked_out, **{"Accept-Language": f"en, x-{number}"})
        recommending.clock.forward(seconds=6)
    remembering = recommending.app.middleware_stack
    while not isinstance(remembering, RememberedLists):
        remembering = getattr(remembering, "app", None)
        assert remembering is not None
    assert remembering.lists == 1
