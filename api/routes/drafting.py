"""What stands before a forward: who and what, the words, and what to know first."""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlmodel import Session

from api.caller import Caller
from api.problems import Problem, invalid
from api.routes.mentees import mentee_or_404
from api.routes.opportunities import opportunity_or_404
from api.schemas.forwards import ForwardTarget, WarningView
from api.service import Service
from api.views.opportunities import Now, standing_of
from catalog.reviewing import IN_REVIEW_FLAG
from catalog.stores.goals import find_goal
from catalog.stores.mentees import goals_of
from catalog.stores.sent_before import Sent, sent_before
from catalog.stores.suppressions import suppressed
from catalog.stores.templates import find_template, preferred_template
from catalog.stores.twins import twins_of
from catalog.tables import Goal, Mentee, Opportunity
from catalog.words import Status, SuppressionReason, Verdict
from recommender.drafting import Fit, Subject, day_in_words, draft, draft_section
from recommender.letter_templates import Template
from recommender.letter_words import languages, words_for
from recommender.people import WITHOUT_GOALS
from recommender.results import Reasons

OURS = "standard-"
"""Before a language: the id of our own template in it."""


WHY_NO_MAIL = {
    SuppressionReason.BOUNCED: "This address bounced. Mend it, or copy the message instead.",
    SuppressionReason.UNSUBSCRIBED: "They want no mail from here. Copy the message and send it yourself.",
}


@dataclass(frozen=True, slots=True)
class Target:
    """Who and what, and the goal that was named, if any."""

    mentee: Mentee
    opportunity: Opportunity
    goal: Goal | None
    only_goal: Goal | None  # the mentee's goal when there is just one
    no_mail: SuppressionReason | None = None  # why their address is not written to

    @property
    def has_address(self) -> bool:
        """Whether there is an address on file that may be written to."""
        return self.mentee.email is not None and self.no_mail is None


@dataclass(frozen=True, slots=True)
class Written:
    """The words, the goal they are about, and what ranking warns of."""

    subject: str
    message: str
    goal_id: str | None
    warnings: tuple[WarningView, ...]


def target_of(session: Session, caller: Caller, body: ForwardTarget) -> Target:
    """Look both up. Raises Problem: 404 for what is not there or not the caller's, 422 for another's goal."""
    mentee = mentee_or_404(session, caller, body.mentee_id)
    opportunity = opportunity_or_404(session, body.opportunity_id)
    goal = find_goal(session, mentee, body.goal_id) if body.goal_id else None
    if body.goal_id and goal is None:
        raise invalid("/goal_id", "This mentee has no such goal.")
    goals = goals_of(session, [mentee.id]).get(mentee.id, [])
    no_mail = suppressed(session, [mentee.email]).get(mentee.email or "")
    return Target(mentee, opportunity, goal, goals[0] if len(goals) == 1 else None, no_mail)


def template_of(session: Session, caller: Caller, template_id: str | None) -> Template:
    """The template named, or else the caller's preferred one, or else ours. Raises Problem (422) for another's."""
    if template_id is None:
        own = preferred_template(session, caller.mentor.id)
        return Template(own.subject, own.body, own.language) if own else words_for(caller.mentor.locale).template
    language = template_id.removeprefix(OURS)
    if template_id.startswith(OURS) and language in languages():
        return languages()[language].template
    own = find_template(session, caller.mentor.id, template_id)
    if own is None:
        raise invalid("/template_id", "You have no such template.")
    return Template(own.subject, own.body, own.language)


def write(
    service: Service,
    targets: Sequence[Target],
    caller: Caller,
    template: Template,
    *,
    now: dt.datetime,
    together: bool = False,
) -> list[Written]:
    """A message for each, with what the recommender knows; without it, with what the mentor said.

    `together`: of each only the part about its call, to be joined in one mail.
    """
    reasons = _reasons(service, targets, now)
    return [
        _write_one(one, reasons.get((one.mentee.id, one.opportunity.id)), caller, template, service, now, together)
        for one in targets
    ]


def _begin_by(reasons: Reasons | None, today: dt.date) -> dt.date | None:
    """The day by which to begin; none once it has passed, since nobody can be told to begin in the past."""
    day = reasons.time_left.start_by if reasons else None
    return day if day is not None and day >= today else None


def _write_one(
    target: Target,
    reasons: Reasons | None,
    caller: Caller,
    template: Template,
    service: Service,
    now: dt.datetime,
    together: bool,
) -> Written:
    goal, goal_id = _goal(target, reasons)
    match = reasons.match if reasons else None
    fit = Fit(
        goal=goal,
        sentence=match.sentence if match and match.goal_id == goal_id else "",
        steps=reasons.time_left.steps if reasons else (),
        start_by=_begin_by(reasons, now.date()),
    )
    subject = _subject(target.opportunity, Now(now, service.closing_soon))
    compose = draft_section if together else draft
    words = compose(subject, fit, mentee=target.mentee.name, mentor=caller.mentor.name, template=template)
    return Written(words.subject, words.body, goal_id, tuple(_doubts(reasons)) if reasons else ())


def _goal(target: Target, reasons: Reasons | None) -> tuple[str, str | None]:
    """The goal's text and id: that which was named, or that which is served best, or the only one."""
    match = reasons.match if reasons else None
    if target.goal is not None:
        return target.goal.text, target.goal.id
    if match is not None and match.goal_id != WITHOUT_GOALS:
        return match.goal, match.goal_id
    if target.only_goal is not None:
        return target.only_goal.text, target.only_goal.id
    return "", None


def _subject(opportunity: Opportunity, now: Now) -> Subject:
    return Subject(
        title=opportunity.title,
        organisation=opportunity.organisation,
        url=opportunity.url,
        timing=opportunity.timing,
        deadline=standing_of(opportunity, now).deadline,
        requirements=opportunity.requirements,
        in_review=IN_REVIEW_FLAG in opportunity.flags,
    )


def _reasons(service: Service, targets: Sequence[Target], now: dt.datetime) -> dict[tuple[str, str], Reasons]:
    """The reasons for these pairs, if the recommender is up: a message can be written without."""
    wanted: dict[str, list[str]] = {}
    for target in targets:
        wanted.setdefault(target.opportunity.id, []).append(target.mentee.id)
    found = {}
    for opportunity_id, mentee_ids in wanted.items():
        try:
            board = service.recommender.wait().board(opportunity_id, list(dict.fromkeys(mentee_ids)), now=now)
        except (Problem, LookupError):  # not loaded; or one of them is gone since
            continue
        found.update({(one.mentee_id, opportunity_id): one.reasons for one in board.candidates})
    return found


def _doubts(reasons: Reasons) -> list[WarningView]:
    verdict = reasons.eligibility.verdict
    if verdict is Verdict.INELIGIBLE:
        return [WarningView(code="ineligible", detail="; ".join(reasons.changes_verdict) or "They may not apply.")]
    if verdict is Verdict.UNKNOWN:
        return [WarningView(code="unknown_eligibility", detail=reasons.eligibility.question or "Ask them first.")]
    return []


def warnings_for(
    session: Session, targets: Sequence[Target], caller: Caller, *, now: dt.datetime
) -> list[list[WarningView]]:
    """What to know before each is sent: that it was sent before, by whomever and as whatever, or is closed."""
    twins = twins_of(session, {target.opportunity.id for target in targets}, now=now)
    everything = {target.opportunity.id for target in targets}.union(*twins.values())
    before: dict[tuple[str, str], list[Sent]] = {}
    for mentee_id, sent in sent_before(session, {target.mentee.id for target in targets}, everything):
        before.setdefault((mentee_id, sent.concerns), []).append(sent)
    found = []
    for target in targets:
        others = twins.get(target.opportunity.id, set())
        asked = (target.opportunity.id, *sorted(others))
        reached = {one.forward.id: one for call in asked for one in before.get((target.mentee.id, call), [])}
        warnings = [_sent_warning(one, target.opportunity.id, others, caller) for one in reached.values()]
        status = standing_of(target.opportunity, Now(now, dt.timedelta())).status
        if status in (Status.CLOSED, Status.WITHDRAWN):
            warnings.append(WarningView(code="closed", detail=f"This opportunity is {status}."))
        if target.no_mail is not None:
            warnings.append(WarningView(code=f"address_{target.no_mail}", detail=WHY_NO_MAIL[target.no_mail]))
        found.append(warnings)
    return found


def _sent_warning(sent: Sent, wanted: str, twins: Collection[str], caller: Caller) -> WarningView:
    forward, mine = sent.forward, sent.forward.mentor_id == caller.mentor.id
    who = "You" if mine else sent.mentor.name if sent.mentor and sent.mentor.name else "A co-mentor"
    code, what = "earlier_edition_sent", "another edition to this mentee"
    if forward.opportunity_id == wanted:
        code, what = "sent_before" if mine else "sent_by_co_mentor", "it to this mentee"
    elif forward.opportunity_id in twins:
        code, what = "duplicate_sent", "this mentee another posting that is likely of the same opportunity"
    detail = f"{who} sent {what} on {day_in_words(forward.created_at.date())}."
    return WarningView(code=code, detail=detail, forward_id=forward.id)
