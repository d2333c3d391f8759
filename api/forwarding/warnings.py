"""What a mentor is to know before a message goes: warnings, never walls."""

import datetime as dt
from collections.abc import Collection, Sequence

from sqlmodel import Session

from api.caller import Caller
from api.forwarding.targets import Target
from api.schemas.forwards import WarningView
from api.views.opportunities import Now, standing_of
from catalog.stores.sent_before import Sent, sent_before
from catalog.stores.twins import twins_of
from catalog.words import Status, SuppressionReason, Verdict
from recommender.drafting import day_in_words
from recommender.reasons import Reasons

WHY_NO_MAIL = {
    SuppressionReason.BOUNCED: "This address bounced. Mend it, or copy the message instead.",
    SuppressionReason.UNSUBSCRIBED: "They want no mail from here. Copy the message and send it yourself.",
}


def doubts_of(reasons: Reasons) -> list[WarningView]:
    """What ranking warns of: that they may not apply, or that it is not known."""
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
