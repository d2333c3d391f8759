"""The words of a forward: from the mentor's template and what the recommender knows of the two."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session

from api.caller import Caller
from api.forwarding.targets import Target
from api.forwarding.warnings import doubts_of
from api.problems import Problem, invalid
from api.schemas.forwards import WarningView
from api.service import Service
from api.views.opportunities import Now, standing_of
from catalog.reviewing import IN_REVIEW_FLAG
from catalog.stores.templates import find_template, preferred_template
from catalog.tables import Opportunity
from recommender.drafting import Fit, Subject, draft, draft_section
from recommender.letter_templates import Template
from recommender.letter_words import languages, words_for
from recommender.people import WITHOUT_GOALS
from recommender.reasons import Reasons

OURS = "standard-"
"""Before a language: the id of our own template in it."""


@dataclass(frozen=True, slots=True)
class Written:
    """The words, the goal they are about, and what ranking warns of."""

    subject: str
    message: str
    goal_id: str | None
    warnings: tuple[WarningView, ...]


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
    return Written(words.subject, words.body, goal_id, tuple(doubts_of(reasons)) if reasons else ())


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
