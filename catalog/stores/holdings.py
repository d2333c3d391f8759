"""What was sent or saved for mentees, as far as it is still of interest. Nothing here commits."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlmodel import Session, col, select

from catalog.noticing import Holding
from catalog.stores.batches import in_batches
from catalog.stores.forwards import NOT_SENT, latest_replies
from catalog.tables import Decision, Forward, Mentee, MenteeMentor, Mentor, ProgrammeMentor
from catalog.words import DecisionKind, DeliveryState, Role


def holdings_of_calls(session: Session, opportunity_ids: Iterable[str]) -> list[Holding]:
    """Who holds any of these opportunities, for mentees that are not archived."""
    found: list[Holding] = []
    for batch in in_batches(sorted(set(opportunity_ids))):
        sent = _sent().where(col(Forward.opportunity_id).in_(batch))
        saved = _saved().where(col(Decision.opportunity_id).in_(batch))
        rows = session.execute(sent).all()
        answers = latest_replies(session, [row.forward_id for row in rows])
        found += [
            Holding(**row._asdict(), answer=answers[row.forward_id].answer if row.forward_id in answers else None)
            for row in rows
        ]
        found += [Holding(**row._asdict()) for row in session.execute(saved)]
    return found


class Held(NamedTuple):
    """An opportunity that a mentor forwarded to a mentee, or saved for one."""

    mentor_id: str
    opportunity_id: str
    mentee_id: str


def holders_of(session: Session, opportunity_ids: Collection[str]) -> frozenset[Held]:
    """Who forwarded or saved any of these, for whom."""
    sent = select(Forward.mentor_id, Forward.opportunity_id, Forward.mentee_id).where(
        col(Forward.opportunity_id).in_(opportunity_ids), Forward.state != DeliveryState.UNDONE
    )
    saved = select(Decision.mentor_id, Decision.opportunity_id, Decision.mentee_id).where(
        col(Decision.opportunity_id).in_(opportunity_ids), Decision.kind == DecisionKind.SAVED
    )
    rows = (row for query in (sent, saved) for row in session.exec(query))
    return frozenset(Held(mentor, one, mentee or "") for mentor, one, mentee in rows if mentor is not None)


def active_mentors(session: Session, mentee_ids: Iterable[str]) -> dict[str, Sequence[str]]:
    """The ids of the active mentors of each mentee."""
    found: dict[str, list[str]] = {}
    for batch in in_batches(sorted(set(mentee_ids))):
        query = (
            select(MenteeMentor.mentee_id, MenteeMentor.mentor_id)
            .join(Mentor, col(Mentor.id) == col(MenteeMentor.mentor_id))
            .where(col(MenteeMentor.mentee_id).in_(batch), col(Mentor.active))
            .order_by(col(MenteeMentor.mentor_id))
        )
        for mentee_id, mentor_id in session.exec(query):
            found.setdefault(mentee_id, []).append(mentor_id)
    return dict(found)


def owner_of(mentor_id: Any) -> sa.ColumnElement[str | None]:
    """The mentor a row names if they may still see its mentee (joined as `Mentee`), else NULL."""
    mentors_them = (
        sa.exists()
        .where(col(MenteeMentor.mentor_id) == col(Mentor.id), col(MenteeMentor.mentee_id) == col(Mentee.id))
        .correlate(Mentor, Mentee)
    )  # named: left to itself it brings in every mentee, and who mentors any passes
    coordinates = (
        sa.exists()
        .where(
            col(ProgrammeMentor.mentor_id) == col(Mentor.id),
            col(ProgrammeMentor.programme_id) == col(Mentee.programme_id),
            col(ProgrammeMentor.coordinator),
        )
        .correlate(Mentor, Mentee)
    )
    still = (
        sa.select(col(Mentor.id))
        .where(
            col(Mentor.id) == mentor_id,
            col(Mentor.active),
            sa.or_(col(Mentor.role) == Role.ADMINISTRATOR, mentors_them, coordinates),
        )
        .correlate(Mentee, mentor_id.class_)
    )
    return still.scalar_subquery()


def is_for(owner: Any, mentor_id: str) -> sa.ColumnElement[bool]:
    """Whether a row (with `Mentee` joined) is this mentor's to see to, by the column that names whose it is.

    Their own while they may see the mentee; and of those they mentor, what is nobody's any more.
    """
    mine = (
        select(MenteeMentor.mentee_id)
        .join(Mentor, col(Mentor.id) == col(MenteeMentor.mentor_id))
        .where(MenteeMentor.mentor_id == mentor_id, col(Mentor.active))
    )
    whose, theirs = owner_of(owner), col(Mentee.id).in_(mine)
    near = sa.or_(owner == mentor_id, theirs)  # the same again, for an index to begin with
    return sa.and_(near, sa.or_(whose == mentor_id, sa.and_(whose.is_(None), theirs)))


def _sent() -> Any:
    return (
        sa.select(
            col(Forward.mentee_id),
            col(Forward.opportunity_id),
            owner_of(col(Forward.mentor_id)).label("owner"),
            col(Forward.created_at).label("since"),
            col(Forward.opportunity_rev).label("rev"),
            col(Forward.id).label("forward_id"),
        )
        .join(Mentee, col(Mentee.id) == col(Forward.mentee_id))
        .where(col(Forward.state).not_in(NOT_SENT), col(Mentee.archived_at).is_(None))
        .order_by(col(Forward.created_at), col(Forward.id))
    )


def _saved() -> Any:
    return (
        sa.select(
            col(Decision.mentee_id),
            col(Decision.opportunity_id),
            owner_of(col(Decision.mentor_id)).label("owner"),
            col(Decision.created_at).label("since"),
            col(Decision.opportunity_rev).label("rev"),
        )
        .join(Mentee, col(Mentee.id) == col(Decision.mentee_id))
        .where(col(Decision.kind) == DecisionKind.SAVED, col(Mentee.archived_at).is_(None))
        .order_by(col(Decision.created_at), col(Decision.id))
    )
