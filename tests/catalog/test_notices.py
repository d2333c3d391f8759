"""Notices of change in a real database: to who holds the call, once, whatever happens meanwhile."""

import datetime as dt
import os
import signal
import subprocess
import sys
import textwrap
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from catalog.database import reading, writing
from catalog.drafts import PostingDraft
from catalog.stores.decisions import decide
from catalog.stores.notices import find_notice, is_behind, note_changes, open_notices
from catalog.stores.postings import promote_postings
from catalog.tables import Forward, MenteeMentor, Mentor, Notice, Opportunity, ProgrammeMentor
from catalog.words import Channel, DecisionKind, DeliveryState
from tests.builders import (
    NOW,
    make_deadline,
    make_draft,
    make_mentee,
    make_mentor,
    make_programme,
    make_source,
    sample_people,
    save,
)

LATER = NOW + dt.timedelta(days=1)
MOVED = make_draft(deadlines=(make_deadline(dt.date(2027, 4, 30)),), fetched_at=LATER)
HOUSE = (
    make_mentor(id="mtr_cyd", email="cyd@lakeside.example.org", name="Cyd"),
    make_mentor(id="mtr_dan", email="dan@lakeside.example.org", name="Dan"),
)


def crawl(engine: Engine, *drafts: PostingDraft, at: dt.datetime = NOW) -> None:
    with writing(engine) as session:
        promote_postings(session, list(drafts), now=at, refresh=True)


def the_call(engine: Engine) -> Opportunity:
    with reading(engine) as session:
        return session.exec(select(Opportunity)).one()


def people(engine: Engine) -> None:
    """Ada and Cyd mentor Ben; Dan nobody."""
    save(engine, *sample_people(), *(Mentor(**one.model_dump()) for one in HOUSE))
    save(engine, MenteeMentor(mentee_id="mte_ben", mentor_id="mtr_cyd"), make_source())


def send(engine: Engine, name: str, mentor_id: str | None = "mtr_ada", **changes: Any) -> None:
    call = the_call(engine)
    given = {
        "id": name,
        "mentor_id": mentor_id,
        "mentee_id": "mte_ben",
        "opportunity_id": call.id,
        "opportunity_rev": call.rev,
        "channel": Channel.COPY,
        "state": DeliveryState.COPIED,
        "created_at": NOW,
    }
    save(engine, Forward(**{**given, **changes}))


def note(engine: Engine, at: dt.datetime = LATER) -> int:
    with writing(engine) as session:
        return note_changes(session, now=at)


def told(engine: Engine) -> set[tuple[str, str, str | None]]:
    with reading(engine) as session:
        return {(row.mentor_id, row.mentee_id, row.forward_id) for row in session.exec(select(Notice))}


def test_a_moved_deadline_reaches_who_sent_or_saved_it_and_nobody_else(both_engines: Engine) -> None:
    engine = both_engines
    people(engine)
    save(engine, make_mentee(id="mte_gil", name="Gil"), MenteeMentor(mentee_id="mte_gil", mentor_id="mtr_dan"))
    crawl(engine, make_draft())
    send(engine, "fwd_1")
    with writing(engine) as session:
        decide(
            session,
            mentee_id="mte_gil",
            opportunity_id=the_call(engine).id,
            mentor_id="mtr_dan",
            kind=DecisionKind.SAVED,
            now=NOW,
        )
    assert note(engine) == 0
    crawl(engine, MOVED, at=LATER)
    assert note(engine) == 2
    assert told(engine) == {("mtr_ada", "mte_ben", "fwd_1"), ("mtr_dan", "mte_gil", None)}
    with reading(engine) as session:
        [(notice, change)] = open_notices(session, "mtr_ada", now=LATER)
        assert (notice.forward_id, change.kind) == ("fwd_1", "deadline")
        assert not is_behind(session)
    assert note(engine) == 0


def test_who_sent_it_as_it_is_now_hears_nothing(engine: Engine) -> None:
    people(engine)
    crawl(engine, make_draft())
    crawl(engine, MOVED, at=LATER)
    send(engine, "fwd_1", created_at=NOW)  # a clock that is behind makes no difference
    assert note(engine) == 0


@pytest.mark.parametrize("state", [DeliveryState.UNDONE, DeliveryState.FAILED])
def test_what_reached_nobody_is_held_by_nobody(engine: Engine, state: DeliveryState) -> None:
    people(engine)
    crawl(engine, make_draft())
    send(engine, "fwd_1", state=state)
    crawl(engine, MOVED, at=LATER)
    assert note(engine) == 0


def test_what_its_sender_may_no_longer_see_is_for_those_who_mentor_her_now(both_engines: Engine) -> None:
    """Dan mentors somebody else, and coordinates another programme: that gives him no part in her."""
    engine = both_engines
    people(engine)
    save(
        engine,
        make_mentee(id="mte_gil", name="Gil"),
        MenteeMentor(mentee_id="mte_gil", mentor_id="mtr_dan"),
        make_programme(id="prg_hill", name="Hill"),
        ProgrammeMentor(programme_id="prg_hill", mentor_id="mtr_dan", coordinator=True),
    )
    crawl(engine, make_draft())
    send(engine, "fwd_1", mentor_id="mtr_dan")
    crawl(engine, MOVED, at=LATER)
    note(engine)
    assert told(engine) == {("mtr_ada", "mte_ben", "fwd_1"), ("mtr_cyd", "mte_ben", "fwd_1")}


@pytest.mark.parametrize("how", ["removed", "deactivated", "coordinates no more"])
def test_a_notice_left_behind_is_for_those_who_mentor_her_now_and_is_seen_to_once(
    both_engines: Engine, how: str
) -> None:
    engine = both_engines
    people(engine)
    save(engine, make_mentee(id="mte_gil", name="Gil"), MenteeMentor(mentee_id="mte_gil", mentor_id="mtr_dan"))
    together = ProgrammeMentor(programme_id="prg_lakeside", mentor_id="mtr_dan", coordinator=True)
    save(engine, together if how.startswith("coord") else MenteeMentor(mentee_id="mte_ben", mentor_id="mtr_dan"))
    crawl(engine, make_draft())
    send(engine, "fwd_1", mentor_id="mtr_dan")
    crawl(engine, MOVED, at=LATER)
    note(engine)
    assert (shown(engine, "mtr_dan"), shown(engine, "mtr_ada")) == (1, 0)
    with writing(engine) as session:
        if how == "deactivated":
            session.get_one(Mentor, "mtr_dan").active = False
        elif how == "removed":
            session.delete(session.get_one(MenteeMentor, ("mte_ben", "mtr_dan")))
        else:
            session.get_one(ProgrammeMentor, ("prg_lakeside", "mtr_dan")).coordinator = False
    assert (shown(engine, "mtr_dan"), shown(engine, "mtr_ada"), shown(engine, "mtr_cyd")) == (0, 1, 1)
    with writing(engine) as session:
        [(notice, _)] = open_notices(session, "mtr_ada", now=LATER)
        assert find_notice(session, "mtr_dan", notice.id) is None
        found = find_notice(session, "mtr_ada", notice.id)
        assert found is not None
        found.done_at = LATER
        session.add(found)
    assert (shown(engine, "mtr_ada"), shown(engine, "mtr_cyd")) == (0, 0)


def test_of_notices_left_behind_who_had_their_own_hears_once(engine: Engine) -> None:
    people(engine)
    crawl(engine, make_draft())
    send(engine, "fwd_1", mentor_id=None)  # nobody's: both hear
    crawl(engine, MOVED, at=LATER)
    assert note(engine) == 2
    with writing(engine) as session:
        session.delete(session.get_one(MenteeMentor, ("mte_ben", "mtr_cyd")))
    assert (shown(engine, "mtr_cyd"), shown(engine, "mtr_ada")) == (0, 1)


def shown(engine: Engine, mentor_id: str) -> int:
    with reading(engine) as session:
        return len(open_notices(session, mentor_id, now=LATER))


def test_a_process_killed_before_the_notices_are_kept_loses_none_and_doubles_none(
    sqlite_url: str, sqlite_engine: Engine
) -> None:
    engine = sqlite_engine
    people(engine)
    crawl(engine, make_draft())
    send(engine, "fwd_1")
    crawl(engine, MOVED, at=LATER)
    assert run(sqlite_url, dies=True) == -signal.SIGKILL
    assert told(engine) == set()
    with reading(engine) as session:
        assert is_behind(session)
    assert note(engine) == 1
    assert note(engine) == 0


def test_two_processes_at_once_write_one_notice(database_url: str, engine: Engine) -> None:
    people(engine)
    crawl(engine, make_draft())
    send(engine, "fwd_1")
    crawl(engine, MOVED, at=LATER)
    both = [start(database_url, dies=False) for _ in range(2)]
    assert [one.wait(timeout=60) for one in both] == [0, 0]
    assert told(engine) == {("mtr_ada", "mte_ben", "fwd_1")}
    with reading(engine) as session:
        assert len(session.exec(select(Notice)).all()) == 1


def start(url: str, *, dies: bool) -> "subprocess.Popen[bytes]":
    script = f"""
        import datetime as dt, os, signal
        from catalog.database import connect, writing
        from catalog.stores.notices import note_changes
        with writing(connect({url!r}, patience=30.0)) as session:
            written = note_changes(session, now=dt.datetime.fromisoformat({LATER.isoformat()!r}))
            if {dies}:
                assert written == 1
                os.kill(os.getpid(), signal.SIGKILL)
    """
    return subprocess.Popen([sys.executable, "-c", textwrap.dedent(script)], env=dict(os.environ))


def run(url: str, *, dies: bool) -> int:
    return start(url, dies=dies).wait(timeout=60)
