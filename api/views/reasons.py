"""Why an opportunity is shown for a mentee: what the recommender found, as codes, sentences and quotes."""

from collections.abc import Iterable, Mapping, Sequence

from api.schemas.recommendations import (
    EligibilityView,
    MatchView,
    ReasonView,
    SentMark,
    StepView,
    TimeLeftView,
)
from api.schemas.shapes import ConfirmedView, RequirementVerdict
from api.views.people import person
from catalog.stores.sent_before import Sent
from catalog.words import Verdict
from recommender.asking import fact_asked
from recommender.eligibility import missing
from recommender.people import WITHOUT_GOALS
from recommender.reasons import Eligibility, GoalMatch, Reasons, TimeLeft
from recommender.reasons import RequirementVerdict as Judged
from recommender.tokens import spelled_out, stem, terms

_MAY_APPLY = {
    Verdict.ELIGIBLE: "May apply, as far as the page says",
    Verdict.INELIGIBLE: "May not apply",
    Verdict.UNKNOWN: "Cannot tell whether they may apply",
}


def reason_views(reasons: Reasons, goals: Mapping[str, str]) -> list[ReasonView]:
    """The reasons as a list, the strongest kind first. `goals`: text by id, for those it serves besides."""
    return [
        *_goal_reasons(reasons.match, goals),
        *_eligibility_reasons(reasons.eligibility, reasons.changes_verdict),
        *_time_reasons(reasons.time_left),
        *(ReasonView(code="learned", text=said) for said in reasons.learned),
        *(ReasonView(code="warning", text=warning) for warning in reasons.warnings),
    ]


def _goal_reasons(match: GoalMatch | None, goals: Mapping[str, str]) -> Iterable[ReasonView]:
    if match is None:
        return
    if match.goal_id == WITHOUT_GOALS:
        yield ReasonView(code="goal", text=f"Fits the specialty “{match.goal}”", quote=match.sentence)
        return
    yield ReasonView(code="goal", text=f"Serves the goal “{match.goal}”", goal_id=match.goal_id, quote=match.sentence)
    if match.words:
        words = ", ".join(match.words)
        yield ReasonView(
            code="words",
            text=f"Shares the words {words}",
            goal_id=match.goal_id,
            quote=match.sentence if _stand_in(match.words, match.sentence) else "",
            words=list(match.words),
        )
    for goal_id in match.also:
        if goal_id in goals:
            yield ReasonView(code="also", text=f"Serves also the goal “{goals[goal_id]}”", goal_id=goal_id)


def _stand_in(shared: Sequence[str], sentence: str) -> bool:
    """Whether every word stands in the sentence, in one form or another; they may stand elsewhere in the call."""
    return {stem(word) for word in shared} <= set(terms(spelled_out(sentence)))


def _eligibility_reasons(eligibility: Eligibility, changes: Sequence[str]) -> Iterable[ReasonView]:
    deciding = _deciding(eligibility)
    quote = deciding.requirement.quote if deciding else ""
    yield ReasonView(code="eligibility", text=_may_apply(eligibility), quote=quote)
    code = "gap" if eligibility.verdict is Verdict.INELIGIBLE else "question"
    for change in changes:
        yield ReasonView(code=code, text=change)


def _may_apply(eligibility: Eligibility) -> str:
    confirmed = eligibility.confirmed_at
    if eligibility.verdict is Verdict.ELIGIBLE and confirmed is not None:
        return f"May apply, as a mentor confirmed on {confirmed.day} {confirmed:%B %Y}"
    return _MAY_APPLY[eligibility.verdict]


def _deciding(eligibility: Eligibility) -> Judged | None:
    """The requirement that the verdict rests on: not one of which another alternative is met."""
    if eligibility.verdict is Verdict.INELIGIBLE:
        return next(iter(missing(eligibility)), None)
    alike = (one for one in eligibility.requirements if one.verdict is eligibility.verdict)
    if eligibility.verdict is Verdict.UNKNOWN:
        met = {one.requirement.alternative for one in eligibility.requirements if one.verdict is Verdict.ELIGIBLE}
        open_ = (one for one in alike if one.requirement.alternative is None or one.requirement.alternative not in met)
        return next((one for one in open_ if one.question == eligibility.question), None)
    found = list(alike)
    return next((one for one in found if one.confirmed), found[0] if found else None)


def _time_reasons(left: TimeLeft) -> Iterable[ReasonView]:
    if left.days is None:
        return
    days = "Closes today" if left.days == 0 else f"{left.days} day{'s' if left.days != 1 else ''} left"
    if left.enough is False:
        days += ": perhaps too few for what it asks"
    yield ReasonView(code="time", text=days)


def match_view(match: GoalMatch | None) -> MatchView | None:
    """Which goal, and by what."""
    return None if match is None else MatchView.model_validate(match)


def eligibility_view(eligibility: Eligibility) -> EligibilityView:
    """May they apply, by requirement."""
    return EligibilityView(
        verdict=eligibility.verdict,
        question=eligibility.question,
        fact=fact_asked(eligibility.question),
        requirements=[
            RequirementVerdict(
                **one.requirement.model_dump(),
                verdict=one.verdict,
                question=one.question,
                fact=fact_asked(one.question),
                gap=one.gap,
                confirmed=None if one.confirmed is None else ConfirmedView.model_validate(one.confirmed),
            )
            for one in eligibility.requirements
        ],
    )


def time_left_view(left: TimeLeft) -> TimeLeftView:
    """Is there time."""
    return TimeLeftView(
        days=left.days,
        enough=left.enough,
        start_by=left.start_by,
        steps=[StepView.model_validate(step) for step in left.steps],
        basis=left.basis,
    )


def sent_mark(sent: Sent) -> SentMark:
    """That it was sent before."""
    forward = sent.forward
    return SentMark(
        forward_id=forward.id,
        opportunity_id=forward.opportunity_id,
        same_opportunity=forward.opportunity_id == sent.concerns,
        by=person(sent.mentor),
        at=forward.created_at,
        state=forward.state,
        answer=sent.answer,
    )
