"""What the database knows about mentees that bears on ranking: facts, goals with vectors, what not to show again."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import sqlalchemy as sa
from sqlmodel import Session, col, select

from catalog.columns import Float32
from catalog.stores.confirmations import confirmed_of
from catalog.stores.forwards import NOT_SENT
from catalog.stores.vectors import goal_vectors
from catalog.tables import Decision, Forward, Goal, Mentee, Opportunity
from catalog.words import DecisionKind
from recommender.learning import NO_TASTE, Taste
from recommender.passages import goal_passages, text_hash
from recommender.people import WITHOUT_GOALS, GoalFacts, MenteeFacts
from recommender.reasons import NONE_CONFIRMED, Confirmations, Confirmed
from recommender.signals import tastes

EDITIONS_WAIT = dt.timedelta(days=270)
"""So long other editions of what was forwarded or dismissed are not shown; next year's is news again."""

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
    excluded = _excluded(session, mentee_ids, today)
    series = _put_away_series(session, mentee_ids, today)
    confirmed = _confirmed(session, mentee_ids)
    learned = tastes(session, list(rows.values()), model)
    return [
        Known(
            facts_of(rows[name], today),
            tuple(goals[name]),
            frozenset(excluded.get(name, ())),
            learned[name],
            frozenset(series.get(name, ())),
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


def _excluded(session: Session, mentee_ids: Sequence[str], today: dt.date) -> dict[str, set[str]]:
    forwarded = sa.select(col(Forward.mentee_id), col(Forward.opportunity_id)).where(
        col(Forward.mentee_id).in_(mentee_ids), col(Forward.state).not_in(NOT_SENT)
    )
    put_away = sa.or_(
        col(Decision.kind) == DecisionKind.DISMISSED,
        sa.and_(
            col(Decision.kind) == DecisionKind.SNOOZED,
            sa.or_(col(Decision.until).is_(None), col(Decision.until) > today),
        ),
    )
    decided = sa.select(col(Decision.mentee_id), col(Decision.opportunity_id)).where(
        col(Decision.mentee_id).in_(mentee_ids), put_away
    )
    found: dict[str, set[str]] = {}
    for query in (forwarded, decided):
        for mentee_id, opportunity_id in session.execute(query):
            found.setdefault(mentee_id, set()).add(opportunity_id)
    return found


def _put_away_series(session: Session, mentee_ids: Sequence[str], today: dt.date) -> dict[str, set[str]]:
    """Series of what was forwarded or dismissed lately, also where that has closed since."""
    since = dt.datetime.combine(today, dt.time(), dt.UTC) - EDITIONS_WAIT
    forwarded = (
        sa.select(col(Forward.mentee_id), col(Opportunity.series_id))
        .join(Opportunity, col(Opportunity.id) == col(Forward.opportunity_id))
        .where(
            col(Forward.mentee_id).in_(mentee_ids),
            col(Forward.state).not_in(NOT_SENT),
            col(Forward.created_at) >= since,
        )
    )
    dismissed = (
        sa.select(col(Decision.mentee_id), col(Opportunity.series_id))
        .join(Opportunity, col(Opportunity.id) == col(Decision.opportunity_id))
        .where(
            col(Decision.mentee_id).in_(mentee_ids),
            col(Decision.kind) == DecisionKind.DISMISSED,
            col(Decision.created_at) >= since,
        )
    )
    found: dict[str, set[str]] = {}
    for query in (forwarded, dismissed):
        for mentee_id, series in session.execute(query.where(col(Opportunity.series_id).is_not(None))):
            found.setdefault(mentee_id, set()).add(series)
    return found
