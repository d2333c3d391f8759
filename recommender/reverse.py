"""The other way round: for one call, how it stands with each mentee, by the scorer that makes their lists."""

import datetime as dt

from catalog.standing import Standing as CallStanding
from catalog.words import Verdict
from recommender.answering import Answering
from recommender.eligibility import missing
from recommender.explaining import CallDetails, match_goal, reasons
from recommender.filters import Filters
from recommender.mentees import Known
from recommender.ranker import Hit, Scope
from recommender.reasons import Eligibility, GoalMatch
from recommender.results import Candidate, Standing
from recommender.sought import sought

_ORDER = (Standing.FITS, Standing.CANNOT_TELL, Standing.ONE_THING_MISSING, Standing.NOT_ELIGIBLE)


def board(
    answering: Answering, details: CallDetails, current: CallStanding, mentees: list[Known], now: dt.datetime
) -> tuple[Candidate, ...]:
    """Each mentee's place with a call: who fits first, and of those whose goals it serves best."""
    found = [candidate(answering, details, current, known, now) for known in mentees]
    found.sort(key=lambda one: (_ORDER.index(one.standing), -one.score, one.mentee_id))
    return tuple(found)


def candidate(
    answering: Answering, details: CallDetails, current: CallStanding, known: Known, now: dt.datetime
) -> Candidate:
    """One mentee's place with a call. The score is the call's percentile in that mentee's own list."""
    at = answering.snapshot.place.get(details.summary.id)
    scope = Scope(now, Filters(), known.person, known.excluded - {details.summary.id}, known.taste, known.series)
    hits: dict[str, Hit] = {}
    for wish in answering.wishes(known.goals):
        hit = answering.ranker.percentiles(wish, scope, details.summary.id)
        if hit is not None:
            hits[wish.id] = hit
    match = None
    if hits and at is not None:
        match = _best_match(answering, details, at, known, hits)
    moved = () if at is None else answering.moved_by(known.taste, [at], now)[at]
    why = reasons(details, match, known.person, current, now, moved, known.confirmed_of(details.summary.id))
    score = max((hit.percentile for hit in hits.values()), default=0.0)
    return Candidate(known.person.id, _standing(why.eligibility), score, why)


def _best_match(
    answering: Answering, details: CallDetails, at: int, known: Known, hits: dict[str, Hit]
) -> GoalMatch | None:
    said = [goal for goal in known.goals if goal.text.strip()]
    if not said:
        return None
    goal = max(said, key=lambda goal: hits[goal.id].percentile)
    near = answering.nearness(at, goal.vectors)
    return match_goal(details, (goal.id, sought(goal.text)), (), answering.snapshot.lexicon, at, near)


def _standing(eligibility: Eligibility) -> Standing:
    if eligibility.verdict is Verdict.ELIGIBLE:
        return Standing.FITS
    if eligibility.verdict is Verdict.UNKNOWN:
        return Standing.CANNOT_TELL
    met = {entry.requirement.alternative for entry in eligibility.requirements if entry.verdict is Verdict.ELIGIBLE}
    against = missing(eligibility)
    unmet = {
        entry.requirement.alternative if entry.requirement.alternative is not None else entry.requirement
        for entry in eligibility.requirements
        if entry in against
        or (
            entry.verdict is Verdict.UNKNOWN
            and (entry.requirement.alternative is None or entry.requirement.alternative not in met)
        )
    }
    return Standing.ONE_THING_MISSING if len(unmet) == 1 else Standing.NOT_ELIGIBLE
