"""A mentee's answer by link, without an account. The link shows one opportunity and reveals nothing else.

The token is part of these addresses. Our log names routes, not addresses, and so does not hold it; the
log of a proxy in front does unless it leaves `/v1/replies/` out.
"""

import datetime as dt
from typing import Annotated

from fastapi import APIRouter, Path
from sqlmodel import Session
from starlette.requests import Request

from api.problems import Kind, Problem, invalid
from api.routes.forward_states import check_reply, keep_reply
from api.routes.shared import problems
from api.schemas.forwards import ReplyBody, ReplyPage
from api.service import Service, ServiceDep
from api.views.opportunities import Now, reply_view
from catalog.audited import AuditAction
from catalog.database import reading, writing
from catalog.stores.audit import Actor, record
from catalog.stores.forwards import ForwardRow, latest_replies
from catalog.stores.reply_links import forward_of_link
from catalog.tables import Token
from catalog.words import DeliveryState, DismissReason, ReplyAnswer

router = APIRouter(prefix="/replies", tags=["replies"])
Secret = Annotated[str, Path(min_length=20, max_length=100, pattern=r"^[A-Za-z0-9_-]+$")]
_ANSWERS = [ReplyAnswer.INTERESTED, ReplyAnswer.NOT_FOR_ME, ReplyAnswer.APPLIED, ReplyAnswer.REMIND_ME]
"""What a mentee can say with a button; what came of it (accepted, rejected) is the mentor's to note."""
EVERYWHERE_BEGUN = dt.timedelta(hours=12)
"""It is not known where who follows a link is: a day that still lasts anywhere on Earth (UTC-12) has not passed."""
_OVER = (Kind.NOT_FOUND, Kind.LINK_NOT_VALID, Kind.LINK_EXPIRED, Kind.GONE)


@router.get("/{reply_token}", response_model=ReplyPage, responses=problems(*_OVER, public=True))
def get_reply_page(reply_token: Secret, service: ServiceDep) -> ReplyPage:
    """What a reply link shows: one opportunity and the answers that can be given."""
    with reading(service.engine) as session:
        return _page(session, service, *_forward_or_404(session, service, reply_token))


@router.post(
    "/{reply_token}",
    response_model=ReplyPage,
    status_code=201,
    responses=problems(*_OVER, Kind.CROSS_SITE, body=True, public=True),
)
def reply_by_link(reply_token: Secret, body: ReplyBody, request: Request, service: ServiceDep) -> ReplyPage:
    """Answer. The newest answer counts, so that one can think again."""
    now = service.clock()
    if body.answer not in _ANSWERS:
        raise invalid("/answer", "This answer is noted by the mentor.")
    check_reply(body, (now - EVERYWHERE_BEGUN).date())
    with writing(service.engine) as session:
        link, row = _forward_or_404(session, service, reply_token)
        keep_reply(session, row, body, now=now)
        actor = Actor("reply_link", link.id, request.state.request_id)
        record(session, actor, AuditAction.REPLY_CREATE, "forward", row.forward.id, now=now)
        return _page(session, service, link, row)


def _forward_or_404(session: Session, service: Service, secret: str) -> tuple[Token, ForwardRow]:
    """What the link is for. Raises Problem: 404 for an unknown one, 410 for one that is over, each kind by its name."""
    found = forward_of_link(session, secret)
    if found is None:
        raise Problem(Kind.NOT_FOUND, "This link is not known.")
    link, row = found
    if row.mentee is None:
        raise Problem(Kind.GONE, "What this link was about is no longer kept.")
    if link.revoked_at is not None or row.forward.state is DeliveryState.UNDONE:
        raise Problem(Kind.LINK_NOT_VALID, "This was taken back.")
    if link.expires_at is not None and link.expires_at <= service.clock():
        raise Problem(Kind.LINK_EXPIRED)
    return link, row


def _page(session: Session, service: Service, link: Token, row: ForwardRow) -> ReplyPage:
    last = latest_replies(session, [row.forward.id]).get(row.forward.id)
    return ReplyPage(
        opportunity=reply_view(row.opportunity, Now(service.clock(), service.closing_soon)),
        answers=_ANSWERS,
        whys=list(DismissReason),
        answered=last.answer if last else None,
        answered_at=last.created_at if last else None,
        remind_on=last.remind_on if last else None,
        expires_at=link.expires_at,
    )
