"""What the database knows about mentees that bears on ranking: facts, goals with vectors, what not to show again."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from sqlmodel import Session, col, select

from catalog.columns import Float32
from catalog.stores.confirmations import confirmed_of
from catalog.stores.vectors import goal_vectors
from catalog.tables import Goal, Mentee
from recommender.learning import NO_TASTE, Taste
from recommender.passages import goal_passages, text_hash
from recommender.people import WITHOUT_GOALS, GoalFacts, MenteeFacts
from recommender.put_away import put_away
from recommender.reasons import NONE_CONFIRMED, Confirmations, Confirmed
from recommender.signals import tastes

EmbedGoal = Callable[[str], Float32 | None]
"""Vectors for a goal whose text has none in the database, or None when there is no model."""


class UnknownMentee(LookupError):
    """There is no such mentee."""


@dataclass(frozen=True, slots=True, eq=False)
class Known:
    """One mentee, ready to be ranked for."""

    person: MenteeFacts
    goals: tuple[GoalFacts, ...]  # never none: see `goals_or_specialty`
    excluded: frozenset[str]  # forwarded, dismissed, or snoozed until later
    taste: Taste = NO_TASTE  # learned from what was dismissed, forwarded and answered
    series: frozenset[str] = frozenset()  # of what was forwarded or dismissed lately: their other editions wait too
    confirmed: Mapping[str, Confirmations] = field(default_factory=dict)  # by opportunity

    def confirmed_of(self, opportunity_id: str) -> Confirmations:
        """What a mentor confirmed for one call."""
        return self.confirmed.get(opportunity_id, NONE_CONFIRMED)


def facts_of(mentee: Mentee, today: dt.date | None = None) -> MenteeFacts:
    """A mentee's row as the facts that requirements are held against, on the day `today`."""
    return MenteeFacts(
        id=mentee.id,
        version=mentee.version,
        stage=mentee.stage,
        profession=mentee.profession,
        specialty=mentee.specialty,
        citizenships=tuple(mentee.citizenships),
        residence=mentee.residence,
        degree=mentee.degree,
        qualified_in=mentee.qualified_in,
        doctorate_in=mentee.doctorate_in,
        studies_since=mentee.studies_since,
        memberships=tuple(mentee.memberships),
        languages=tuple(mentee.languages),
        available_from=mentee.available_from,
        needs_funding=mentee.needs_funding,
        as_of=today,
    )


def known_mentees(
    session: Session, mentee_ids: Sequence[str], model: str, embed: EmbedGoal, today: dt.date
) -> list[Known]:
    """These mentees in the order asked for. Raises UnknownMentee."""
    rows = {row.id: row for row in session.exec(select(Mentee).where(col(Mentee.id).in_(mentee_ids)))}
    for mentee_id in mentee_ids:
        if mentee_id not in rows:
            raise UnknownMentee(mentee_id)
    goals = _goals(session, mentee_ids, model, embed)
    for name in mentee_ids:
        goals.setdefault(name, list(goals_or_specialty((), rows[name].specialty, embed)))
    away = put_away(session, mentee_ids, today)
    confirmed = _confirmed(session, mentee_ids)
    learned = tastes(session, list(rows.values()), model)
    return [
        Known(
            facts_of(rows[name], today),
            tuple(goals[name]),
            frozenset(away[name].opportunities),
            learned[name],
            frozenset(away[name].series),
            confirmed.get(name, {}),
        )
        for name in mentee_ids
    ]


def goals_or_specialty(goals: Sequence[GoalFacts], specialty: str, embed: EmbedGoal) -> tuple[GoalFacts, ...]:
    """The goals; of one who has said none yet the specialty stands for one, empty where that is not known either."""
    if goals:
        return tuple(goals)
    return (GoalFacts(WITHOUT_GOALS, specialty, vectors=embed(specialty) if specialty.strip() else None),)


def _goals(session: Session, mentee_ids: Sequence[str], model: str, embed: EmbedGoal) -> dict[str, list[GoalFacts]]:
    query = select(Goal).where(col(Goal.mentee_id).in_(mentee_ids), col(Goal.archived_at).is_(None))
    rows = session.exec(query.order_by(col(Goal.position), col(Goal.id))).all()
    stored = goal_vectors(session, [goal.id for goal in rows], model)
    found: dict[str, list[GoalFacts]] = {}
    for goal in rows:
        kept = stored.get(goal.id, [])
        fits = [row.text_hash for row in kept] == [text_hash(text) for text in goal_passages(goal.text)]
        sound = all(np.isfinite(row.vector).all() for row in kept)
        vectors = np.stack([row.vector for row in kept]) if kept and fits and sound else embed(goal.text)
        facts = GoalFacts(goal.id, goal.text, goal.weight, goal.horizon, vectors)
        found.setdefault(goal.mentee_id, []).append(facts)
    return found


def _confirmed(session: Session, mentee_ids: Sequence[str]) -> dict[str, dict[str, dict[str, Confirmed]]]:
    """By mentee, opportunity and quote."""
    found: dict[str, dict[str, dict[str, Confirmed]]] = {}
    for row in confirmed_of(session, mentee_ids):
        of_call = found.setdefault(row.mentee_id, {}).setdefault(row.opportunity_id, {})
        of_call[row.quote] = Confirmed(row.id, row.created_at)
    return found
