"""Forwarding several opportunities to several mentees: drafts to look at, then the chosen ones in one go."""

import datetime as dt
from collections.abc import Sequence

from fastapi import APIRouter, Response
from sqlmodel import Session

from api.caller import Caller, Reader, Writer
from api.forwarding.drafting import template_of
from api.forwarding.keeping import Wanted, keep_forward, owe_mail, views_of
from api.forwarding.pairs import Pair, Pairs, pair_of, refusal_of
from api.forwarding.warnings import warnings_for
from api.idempotent import Key, once, replayed
from api.looking_up import mentee_or_404
from api.problems import Kind, Problem, invalid
from api.routes.shared import problems
from api.schemas.batches import (
    PAIRS_AT_MOST,
    BatchBody,
    BatchResult,
    DraftsBody,
    DraftsView,
    LetterView,
    PairBody,
    PairDraft,
    PairResult,
)
from api.schemas.forwards import ForwardTarget
from api.schemas.shapes import Person
from api.service import Service, ServiceDep
from catalog.audited import AuditAction
from catalog.database import reading, writing
from catalog.stores.audit import record
from catalog.stores.forwards import ForwardRow
from catalog.words import Channel
from recommender.drafting import joined
from recommender.letter_templates import Template

router = APIRouter(prefix="/forwards", tags=["forwards"])


@router.post("/drafts", response_model=DraftsView, responses=problems(Kind.CROSS_SITE, body=True))
def draft_forwards(body: DraftsBody, caller: Reader, service: ServiceDep) -> DraftsView:
    """A message for every mentee about every opportunity, each with its warnings, to look at and to choose from."""
    now = service.clock()
    pairs = [
        ForwardTarget(mentee_id=mentee, opportunity_id=opportunity, goal_id=None)
        for mentee in dict.fromkeys(body.mentee_ids)
        for opportunity in dict.fromkeys(body.opportunity_ids)
    ]
    if len(pairs) > PAIRS_AT_MOST:
        raise invalid("/opportunity_ids", f"That makes more than {PAIRS_AT_MOST} pairs.", "too_many_pairs")
    batch = Pairs()
    with reading(service.engine) as session:
        template = template_of(session, caller, body.template_id)
        batch.look_up(session, service, caller, pairs, by_mail=False)
        found = warnings_for(session, list(batch.targets.values()), caller, now=now)
    batch.warnings = dict(zip(batch.targets, found, strict=True))
    batch.write(service, caller, template, now, body.one_mail_per_mentee)
    return DraftsView(items=[_draft_view(service, batch, pair_of(pair)) for pair in pairs])


def _draft_view(service: Service, batch: Pairs, pair: Pair) -> PairDraft:
    mentee_id, opportunity_id = pair
    target, written = batch.targets.get(pair), batch.written.get(pair)
    return PairDraft(
        mentee_id=mentee_id,
        opportunity_id=opportunity_id,
        mentee=Person(id=target.mentee.id, name=target.mentee.name) if target else None,
        opportunity_title=target.opportunity.title if target else "",
        subject=written.subject if written else "",
        message=written.message if written else "",
        goal_id=written.goal_id if written else None,
        email_possible=target is not None and service.email_available and target.has_address,
        no_mail=target.why_no_mail(email_available=service.email_available) if target else None,
        warnings=[*batch.warnings.get(pair, []), *(written.warnings if written else ())],
        refused=refusal_of(service, batch.refused.get(pair)),
    )


@router.post(
    "/batch",
    response_model=BatchResult,
    status_code=201,
    responses=problems(
        Kind.IDEMPOTENCY_KEY_MISSING,
        Kind.IDEMPOTENCY_KEY_IN_USE,
        Kind.IDEMPOTENCY_KEY_REUSED,
        Kind.GONE,
        Kind.MAIL_QUOTA_USED,
        Kind.CROSS_SITE,
        body=True,
    ),
)
def forward_batch(
    body: BatchBody, caller: Writer, service: ServiceDep, response: Response, key: Key = None
) -> BatchResult:
    """Forward the chosen pairs in one transaction. Each is made whole or refused with its problem; the others go on.

    The same `Idempotency-Key` gives the first answer again for 48 hours. With `one_mail_per_mentee` a mentee
    gets one mail about all of theirs, which is undone as one. More mails than the day's quota holds: none is made.
    """
    request = once(service, caller, key, "forwardBatch", body.model_dump(mode="json", exclude_defaults=True))
    now, by_mail = service.clock(), body.channel is Channel.EMAIL
    chosen = {pair_of(item): item for item in body.items}
    if len(chosen) < len(body.items):
        raise invalid("/items", "A mentee and an opportunity stand here together twice.")
    batch = Pairs()
    with reading(service.engine) as session:
        if first := request.answered(session):
            return BatchResult.model_validate(replayed(first, response))
        template = template_of(session, caller, body.template_id)
        batch.look_up(session, service, caller, body.items, by_mail=by_mail)
    batch.write(service, caller, template, now, body.one_mail_per_mentee)
    with writing(service.engine) as session:
        if first := request.begin(session):
            return BatchResult.model_validate(replayed(first, response))
        _lock_mentees(session, caller, batch)
        batch.look_up(session, service, caller, [chosen[pair] for pair in batch.written], by_mail=by_mail)
        for pair in list(batch.targets):
            _forward(session, service, caller, batch, chosen[pair], body, now)
        letters = _letters(session, service, caller, batch, body, template, now)
        result = _result(session, service, batch, list(chosen), letters)
        request.finish(session, 201, result.model_dump(mode="json"))
    return result


def _lock_mentees(session: Session, caller: Caller, batch: Pairs) -> None:
    """One after the other in one order, so that of two batches at once the later one is warned."""
    for mentee_id in sorted({mentee_id for mentee_id, _ in batch.targets}):
        try:
            mentee_or_404(session, caller, mentee_id, lock=True)
        except Problem:
            continue  # gone since: refused when it is looked up again


def _forward(
    session: Session,
    service: Service,
    caller: Caller,
    batch: Pairs,
    item: PairBody,
    body: BatchBody,
    now: dt.datetime,
) -> None:
    pair, by_mail = pair_of(item), body.channel is Channel.EMAIL
    target, written = batch.targets[pair], batch.written[pair]
    [batch.warnings[pair]] = warnings_for(session, [target], caller, now=now)
    lead = next((row.forward.id for (mentee, _), row in batch.rows.items() if mentee == item.mentee_id), None)
    wanted = Wanted(
        body.channel,
        item.subject,
        item.message,
        item.note,
        mailed_with=lead if by_mail and body.one_mail_per_mentee else None,
    )
    row = keep_forward(session, service, target, wanted, written, caller, now=now)
    batch.rows[pair] = row
    if by_mail and not body.one_mail_per_mentee:
        owe_mail(session, service, row, row.forward.subject, row.forward.message, caller, now=now)
    record(session, caller.actor, AuditAction.FORWARD_CREATE, "forward", row.forward.id, now=now)


def _letters(
    session: Session,
    service: Service,
    caller: Caller,
    batch: Pairs,
    body: BatchBody,
    template: Template,
    now: dt.datetime,
) -> list[LetterView]:
    """With one mail for each mentee: join the parts, and owe the mails."""
    if not body.one_mail_per_mentee:
        return []
    by_mentee: dict[str, list[ForwardRow]] = {}
    for (mentee_id, _), row in batch.rows.items():
        by_mentee.setdefault(mentee_id, []).append(row)
    found = []
    for rows in by_mentee.values():
        letter = _letter(rows, caller, template)
        if body.channel is Channel.EMAIL:
            owe_mail(session, service, rows[0], letter.subject, letter.message, caller, now=now)
        found.append(letter)
    return found


def _letter(rows: Sequence[ForwardRow], caller: Caller, template: Template) -> LetterView:
    mentee = rows[0].mentee
    assert mentee is not None, "a new forward has its mentee"
    words = joined(
        [row.opportunity.title for row in rows],
        [row.forward.message for row in rows],
        mentee=mentee.name,
        mentor=caller.mentor.name,
        template=template,
    )
    subject = rows[0].forward.subject if len(rows) == 1 else words.subject
    person = Person(id=mentee.id, name=mentee.name)
    ids = [row.forward.id for row in rows]
    return LetterView(mentee=person, subject=subject, message=words.body, forward_ids=ids)


def _result(
    session: Session, service: Service, batch: Pairs, pairs: Sequence[Pair], letters: list[LetterView]
) -> BatchResult:
    views = dict(zip(batch.rows, views_of(session, service, list(batch.rows.values())), strict=True))
    items = [
        PairResult(
            mentee_id=pair[0],
            opportunity_id=pair[1],
            forward=views.get(pair),
            refused=refusal_of(service, batch.refused.get(pair)),
            warnings=[*batch.warnings.get(pair, []), *(batch.written[pair].warnings if pair in batch.written else ())],
        )
        for pair in pairs
    ]
    return BatchResult(items=items, letters=letters, made=len(batch.rows), refused=len(pairs) - len(batch.rows))
