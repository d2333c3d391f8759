"""Mentees, goals and decisions as they are shown."""

from collections.abc import Sequence

from sqlmodel import Session

from api.schemas.decisions import DecisionView
from api.schemas.goals import GoalView
from api.schemas.mentees import MenteeView
from api.schemas.shapes import Person
from catalog.stores.decisions import DecisionWithNames
from catalog.stores.mentees import forwarded_counts, goals_of, last_forwarded, mentors_of
from catalog.stores.suppressions import suppressed
from catalog.tables import Mentee, Mentor


def person(row: Mentee | Mentor | None) -> Person | None:
    """Someone by name."""
    return None if row is None else Person(id=row.id, name=row.name)


def mentee_views(session: Session, mentees: Sequence[Mentee]) -> list[MenteeView]:
    """Mentees with their goals and mentors, in a few queries however many there are."""
    ids = [mentee.id for mentee in mentees]
    goals, mentors, forwarded = goals_of(session, ids), mentors_of(session, ids), last_forwarded(session, ids)
    no_mail = suppressed(session, [mentee.email for mentee in mentees])
    counts = forwarded_counts(session, ids)
    return [
        MenteeView(
            **mentee.model_dump(),
            goals=[GoalView.model_validate(goal) for goal in goals.get(mentee.id, [])],
            mentors=[Person(id=mentor.id, name=mentor.name) for mentor in mentors.get(mentee.id, [])],
            last_forwarded_at=forwarded.get(mentee.id),
            forwarded_count=counts.get(mentee.id, 0),
            no_mail=no_mail.get(mentee.email or ""),
        )
        for mentee in mentees
    ]


def decision_view(row: DecisionWithNames) -> DecisionView:
    """A decision with what and who."""
    decision, title, mentor = row
    return DecisionView(
        **decision.model_dump(exclude={"mentor_id"}), opportunity_title=title, decided_by=person(mentor)
    )
