"""The record of who did what: only ever added to, and a coordinator keeps their programme's part of it."""

import pytest
import sqlalchemy as sa
from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError
from sqlmodel import select

from catalog.database import reading, writing
from catalog.stores.audit import Actor, record, record_sights
from catalog.stores.audit_trail import AuditFilter, trail
from catalog.stores.erasure import erase_mentee
from catalog.stores.visibility import Viewer
from catalog.tables import AuditEntry, Goal, Mentee, Note, ProgrammeMentor
from catalog.words import Role
from tests.builders import NOW, make_goal, make_mentee, make_mentor, make_programme, save

ADA = Actor("mentor", "mtr_ada", "req_1")
EVE = Viewer("mtr_eve", Role.COORDINATOR)
IVO = Viewer("mtr_ivo", Role.COORDINATOR)


@pytest.fixture
def people(both_engines: Engine) -> Engine:
    """Eve coordinates Ben's programme, Ivo another one with Cat."""
    save(
        both_engines,
        make_programme(),
        make_programme(id="prg_hillside", name="Hillside"),
        make_mentor(id="mtr_eve", email="eve@lakeside.example.org", role=Role.COORDINATOR),
        make_mentor(id="mtr_ivo", email="ivo@hillside.example.org", role=Role.COORDINATOR),
        ProgrammeMentor(programme_id="prg_lakeside", mentor_id="mtr_eve", coordinator=True),
        ProgrammeMentor(programme_id="prg_hillside", mentor_id="mtr_ivo", coordinator=True),
        make_mentee(),
        make_mentee(id="mte_cat", name="Cat Hill", email=None, programme_id="prg_hillside"),
        make_goal(),
        Note(id="nte_1", mentee_id="mte_ben", text="Prefers autumn."),
    )
    return both_engines


def seen_by(engine: Engine, viewer: Viewer) -> set[tuple[str, str]]:
    with reading(engine) as session:
        return {(one.action, one.object_id) for one in trail(session, viewer, AuditFilter(), limit=100)}


@pytest.mark.parametrize("act", [sa.delete(AuditEntry), sa.update(AuditEntry).values(actor_id="mtr_somebody_else")])
def test_no_entry_can_be_changed_or_deleted(people: Engine, act: sa.Delete | sa.Update) -> None:
    with writing(people) as session:
        record(session, ADA, "mentee.change", "mentee", "mte_ben", now=NOW)
    with pytest.raises(IntegrityError), writing(people) as session:
        session.execute(act)
    assert seen_by(people, Viewer("mtr_fay", Role.ADMINISTRATOR)) == {("mentee.change", "mte_ben")}


def test_a_coordinator_keeps_the_record_of_whom_they_lost(people: Engine) -> None:
    with writing(people) as session:
        goal = session.exec(select(Goal.id)).one()
        record_sights(session, ADA, {"mte_ben", "mte_cat", "mte_nobody"}, now=NOW)
        record(session, ADA, "note.create", "note", "nte_1", now=NOW)
        record(session, ADA, "goal.change", "goal", goal, now=NOW)
        record(session, ADA, "decision.saved", "opportunity", "opp_1", programme_id="prg_lakeside", now=NOW)
        record(session, ADA, "mentee.erase", "mentee", "mte_ben", now=NOW)
        erase_mentee(session, session.get_one(Mentee, "mte_ben"), now=NOW)
    hers = {
        ("read", "mte_ben"),
        ("note.create", "nte_1"),
        ("goal.change", goal),
        ("decision.saved", "opp_1"),
        ("mentee.erase", "mte_ben"),
    }
    assert seen_by(people, EVE) == hers
    assert seen_by(people, IVO) == {("read", "mte_cat")}
