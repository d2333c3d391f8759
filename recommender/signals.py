"""Reading what was done for mentees, of which their lists learn: decisions, forwards and the replies to them."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import numpy as np
import sqlalchemy as sa
from sqlmodel import Session, col

from catalog.columns import Float32
from catalog.standing import next_round
from catalog.stores.batches import in_batches
from catalog.stores.forwards import NOT_SENT, latest_replies
from catalog.stores.passages import opportunity_of, passage_id
from catalog.tables import Decision, Forward, Mentee, Opportunity, PassageVector, Reply
from catalog.words import DecisionKind, Kind, ReplyAnswer
from recommender.deeds import About, Deed, Signal, levels_of
from recommender.learning import NO_TASTE, Lesson, Taste, learn

MOST_SIGNALS = 2_000
"""The newest of a programme's others: what was said long ago no longer counts. A mentee's own are apart from these."""

_WELCOMED = (ReplyAnswer.INTERESTED, ReplyAnswer.APPLIED, ReplyAnswer.ACCEPTED, ReplyAnswer.REJECTED)
_OF_A_KNOWN_KIND = col(Opportunity.kind).in_(list(Kind))
"""What only a newer version knows teaches nothing."""
_DEEDS = {DecisionKind.DISMISSED: Deed.DISMISSED, DecisionKind.SAVED: Deed.SAVED}
_CALL = (
    Opportunity.kind,
    Opportunity.title,
    Opportunity.organisation,
    Opportunity.places,
    Opportunity.requirements,
    Opportunity.funding,
    Opportunity.deadlines,
)
_Dated = tuple[dt.datetime, str, Signal]


def tastes(session: Session, mentees: Sequence[Mentee], model: str) -> dict[str, Taste]:
    """What has been learned about each mentee, by id; likeness under the vectors of `model`."""
    by_mentee: dict[str, list[Signal]] = {}
    programme_of: dict[str, str] = {}
    for programme in dict.fromkeys(mentee.programme_id for mentee in mentees):
        of_it = [mentee.id for mentee in mentees if mentee.programme_id == programme]
        own = _signals(session, _Whose(tuple(of_it)), MOST_SIGNALS * len(of_it))
        others = _signals(session, _Whose(tuple(of_it), programme))
        for signal in (*own, *others):
            by_mentee.setdefault(signal.mentee_id, []).append(signal)
            programme_of[signal.mentee_id] = programme
    found = {mentee.id: _learned(mentee, by_mentee, programme_of) for mentee in mentees}
    like = {lesson.value for lessons in found.values() for lesson in lessons if lesson.about is About.LIKENESS}
    vectors = _first_vectors(session, like, model)
    return {
        name: Taste(lessons, {one.value: vectors[one.value] for one in lessons if one.value in vectors})
        if lessons
        else NO_TASTE
        for name, lessons in found.items()
    }


def _learned(
    mentee: Mentee, by_mentee: Mapping[str, list[Signal]], programme_of: Mapping[str, str]
) -> tuple[Lesson, ...]:
    others = [
        signal
        for name, several in by_mentee.items()
        if name != mentee.id and programme_of[name] == mentee.programme_id
        for signal in several
    ]
    return learn(by_mentee.get(mentee.id, []), others)


@dataclass(frozen=True, slots=True)
class _Whose:
    """These mentees; or the others of a programme."""

    mentees: tuple[str, ...]
    beside_in: str | None = None

    @property
    def given(self) -> dict[str, Any]:
        """What a statement is given."""
        programme = {} if self.beside_in is None else {"programme": self.beside_in}
        return {"mentees": list(self.mentees), **programme}


def _condition(others: bool) -> sa.ColumnElement[bool]:
    mentees: sa.BindParameter[Any] = sa.bindparam("mentees", expanding=True)
    if not others:
        return col(Mentee.id).in_(mentees)
    return sa.and_(col(Mentee.programme_id) == sa.bindparam("programme"), col(Mentee.id).not_in(mentees))


def _signals(session: Session, whose: _Whose, most: int = MOST_SIGNALS) -> list[Signal]:
    """Some mentees' newest signals, oldest first."""
    dated = [*_decided(session, whose, most), *_forwarded(session, whose, most)]
    return [signal for _, _, signal in sorted(dated, key=lambda one: one[:2])[-most:]]


@cache
def _decisions(others: bool) -> Any:
    """Made once, as the next: every list asks them, and making them takes longer than the answers."""
    return (
        sa.select(Decision, *_CALL)  # type: ignore[call-overload]
        .join(Opportunity, col(Opportunity.id) == col(Decision.opportunity_id))
        .join(Mentee, col(Mentee.id) == col(Decision.mentee_id))
        .where(_condition(others), col(Decision.kind).in_(list(_DEEDS)), _OF_A_KNOWN_KIND)
        .order_by(col(Decision.created_at).desc(), col(Decision.id).desc())
        .limit(sa.bindparam("most"))
    )


@cache
def _forwards(others: bool) -> Any:
    return (
        sa.select(Forward, *_CALL)  # type: ignore[call-overload]
        .join(Opportunity, col(Opportunity.id) == col(Forward.opportunity_id))
        .join(Mentee, col(Mentee.id) == col(Forward.mentee_id))
        .where(_condition(others), col(Forward.state).not_in(NOT_SENT), _OF_A_KNOWN_KIND)
        .order_by(col(Forward.created_at).desc(), col(Forward.id).desc())
        .limit(sa.bindparam("most"))
    )


def _decided(session: Session, whose: _Whose, most: int) -> Iterable[_Dated]:
    query = _decisions(whose.beside_in is not None)
    for row in session.execute(query, {**whose.given, "most": most}):
        decision: Decision = row[0]
        signal = _signal(decision.mentee_id, decision.opportunity_id, _DEEDS[decision.kind], row, decision.created_at)
        yield decision.created_at, decision.id, replace(signal, reason=decision.reason)


def _forwarded(session: Session, whose: _Whose, most: int) -> Iterable[_Dated]:
    rows = session.execute(_forwards(whose.beside_in is not None), {**whose.given, "most": most}).all()
    replies: dict[str, Reply] = {}
    for batch in in_batches([row[0].id for row in rows]):
        replies |= latest_replies(session, batch)
    for row in rows:
        forward: Forward = row[0]
        reply = replies.get(forward.id)
        deed = Deed.FORWARDED
        if reply is not None and reply.answer is ReplyAnswer.NOT_FOR_ME:
            deed = Deed.REFUSED
        elif reply is not None and reply.answer in _WELCOMED:
            deed = Deed.WELCOMED
        at = reply.created_at if reply is not None else forward.created_at
        signal = _signal(forward.mentee_id or "", forward.opportunity_id, deed, row, at)
        yield at, forward.id, replace(signal, reason=reply.why if reply is not None else None)


def _signal(mentee_id: str, opportunity_id: str, deed: Deed, row: Any, at: dt.datetime) -> Signal:
    closing = next_round(row.deadlines, at)  # of the round that was next then, not of the last one
    return Signal(
        mentee_id=mentee_id,
        opportunity_id=opportunity_id,
        deed=deed,
        kind=row.kind,
        title=row.title,
        organisation=row.organisation,
        countries=frozenset(place.country for place in row.places if place.country),
        levels=levels_of(row.requirements),
        funding=row.funding,
        days_left=(closing[0] - at).days if closing is not None else None,
    )


def _first_vectors(session: Session, opportunity_ids: Iterable[str], model: str) -> dict[str, Float32]:
    found: dict[str, Float32] = {}
    for batch in in_batches(sorted(passage_id(name, 0) for name in opportunity_ids)):
        query = sa.select(col(PassageVector.passage_id), col(PassageVector.vector)).where(
            col(PassageVector.passage_id).in_(batch), col(PassageVector.model) == model
        )
        for name, vector in session.execute(query):
            if np.isfinite(vector).all():
                found[opportunity_of(name)] = vector
    return found
