"""Accounts: who can sign in, taking that away, and new passwords."""

import datetime as dt
from collections.abc import Sequence

from fastapi import APIRouter, Response
from sqlmodel import Session

from api.caller import Administrator, Caller, administrators_only, people_only
from api.inviting import hand_over
from api.problems import Kind, Problem, sentence
from api.routes.shared import Cursor, Id, IfMatch, Limit, check_version, problems, split_page
from api.schemas.access import ProgrammeView
from api.schemas.administration import (
    AccountPage,
    AccountPatch,
    AccountSearch,
    AccountView,
    NewInvitationView,
    ResetBody,
)
from api.service import Service, ServiceDep
from catalog.audited import AuditAction
from catalog.database import reading, writing
from catalog.stores import accounts, invitations, members, programmes
from catalog.stores.accounts import AccountRefused
from catalog.stores.audit import record
from catalog.stores.bounces import bounced
from catalog.tables import Mentor
from catalog.words import Role

router = APIRouter(prefix="/mentors", tags=["administration"])


@router.get("", response_model=AccountPage, responses=problems(Kind.INVALID_CURSOR))
def list_accounts(caller: Administrator, service: ServiceDep, limit: Limit = 50, cursor: Cursor = None) -> AccountPage:
    """Accounts by address: all of them for administrators, those in their programmes for coordinators.

    To look for a name, see `POST /v1/mentors/search`.
    """
    return _listed(caller, service, AccountSearch(limit=limit, cursor=cursor))


@router.post("/search", response_model=AccountPage, responses=problems(Kind.INVALID_CURSOR, body=True))
def search_accounts(body: AccountSearch, caller: Administrator, service: ServiceDep) -> AccountPage:
    """Accounts by name or address. It is sent in the body: it belongs in no address, and so in no log on the way."""
    return _listed(caller, service, body)


def _listed(caller: Caller, service: Service, wanted: AccountSearch) -> AccountPage:
    filters = wanted.model_dump(include={"name", "programme_id"}, exclude_defaults=True)
    after = service.cursors.read(wanted.cursor, "mentors", filters) if wanted.cursor else None
    with reading(service.engine) as session:
        found = members.list_members(
            session,
            caller.viewer,
            limit=wanted.limit + 1,
            after=after,
            programme_id=wanted.programme_id,
            name=wanted.name,
        )
        page, last = split_page(found, wanted.limit)
        following = service.cursors.make("mentors", filters, last.id) if last else None
        return AccountPage(items=account_views(session, caller, page), next=following)


@router.patch(
    "/{mentor_id}",
    response_model=AccountView,
    responses=problems(
        Kind.NOT_FOUND, Kind.CONFLICT, Kind.CHANGED_MEANWHILE, Kind.VERSION_MISSING, Kind.CROSS_SITE, body=True
    ),
)
def change_account(
    mentor_id: Id,
    body: AccountPatch,
    caller: Administrator,
    service: ServiceDep,
    response: Response,
    if_match: IfMatch = None,
) -> AccountView:
    """Take access away or give it back, and make an administrator or one no longer (administrators only).

    Coordinators may do the former for mentors who are in their programmes alone. Nothing anybody wrote is
    deleted; keys and sessions that were ended stay ended.
    """
    now = service.clock()
    with writing(service.engine) as session:
        mentor = account_or_404(session, caller, mentor_id)
        if not members.may_manage(session, caller.viewer, mentor):
            raise Problem(Kind.FORBIDDEN, "They are in other programmes too, or coordinate: ask an administrator.")
        try:
            if body.active is False or body.administrator is False:
                accounts.check_not_last(session, mentor)  # locks administrators in their order, before the one below
            session.refresh(mentor, with_for_update=True)
            check_version(if_match, mentor.version)
            for action in _change(session, caller, mentor, body, now):
                record(session, caller.actor, action, "mentor", mentor_id, now=now)
        except AccountRefused as error:
            raise Problem(Kind.CONFLICT, sentence(error)) from error
        session.flush()
        response.headers["ETag"] = f'"{mentor.version}"'
        return account_views(session, caller, [mentor])[0]


def _change(
    session: Session, caller: Caller, mentor: Mentor, body: AccountPatch, now: dt.datetime
) -> list[AuditAction]:
    """Make each change that is asked for; what they were."""
    made: list[AuditAction] = []
    if body.administrator is not None:
        _change_administrator(session, caller, mentor, body.administrator)
        made.append(AuditAction.ACCOUNT_ROLE)
    if body.active is False:
        accounts.deactivate(session, mentor, now=now)
        made.append(AuditAction.ACCOUNT_REVOKE)
    if body.active is True and not mentor.active:
        accounts.activate(session, mentor)
        made.append(AuditAction.ACCOUNT_ACTIVATE)
    return made


def _change_administrator(session: Session, caller: Caller, mentor: Mentor, administrator: bool) -> None:
    administrators_only(caller)
    if administrator:
        people_only(caller)
    else:
        accounts.check_not_last(session, mentor)
    if administrator is not (mentor.role is Role.ADMINISTRATOR):
        members.change_administrator(session, mentor, administrator=administrator)


@router.post(
    "/{mentor_id}/reset",
    response_model=NewInvitationView,
    status_code=201,
    responses=problems(
        Kind.NOT_FOUND, Kind.CONFLICT, Kind.EMAIL_NOT_POSSIBLE, Kind.MAIL_QUOTA_USED, Kind.CROSS_SITE, body=True
    ),
)
def reset_password(mentor_id: Id, body: ResetBody, caller: Administrator, service: ServiceDep) -> NewInvitationView:
    """Let somebody choose a new password by a link that works once, for an hour. For administrators.

    Until it is used the old password works; then every session ends.
    """
    people_only(caller)
    administrators_only(caller)
    now = service.clock()
    with writing(service.engine) as session:
        mentor = account_or_404(session, caller, mentor_id)
        try:
            row, token = invitations.start_reset(session, mentor, now=now, by=caller.mentor.id)
        except AccountRefused as error:
            raise Problem(Kind.CONFLICT, "This account is not active. Give it its access back first.") from error
        record(session, caller.actor, AuditAction.ACCOUNT_RESET, "mentor", mentor_id, now=now)
        return hand_over(session, service, caller, row, token, body.deliver)


def account_or_404(session: Session, caller: Caller, mentor_id: str) -> Mentor:
    """An account that the caller may see. Raises Problem (404) otherwise."""
    mentor = members.find_member(session, caller.viewer, mentor_id)
    if mentor is None:
        raise Problem(Kind.NOT_FOUND, "There is no such mentor, or they are in none of your programmes.")
    return mentor


def account_views(session: Session, caller: Caller, mentors: Sequence[Mentor]) -> list[AccountView]:
    """Accounts as answers. A coordinator is shown their places in the programmes that are theirs."""
    places = members.places_of(session, [one.id for one in mentors])
    mine = set(programmes.administered_ids(session, caller.viewer))
    no_mail = bounced(session, [one.email for one in mentors])
    return [
        AccountView(
            **one.model_dump(include={"id", "name", "email", "role", "active", "version", "created_at"}),
            no_mail=no_mail.get(one.email),
            has_password=one.password_hash is not None,
            programmes=[
                ProgrammeView(id=programme.id, name=programme.name, coordinator=coordinator)
                for programme, coordinator in places.get(one.id, [])
                if programme.id in mine
            ],
        )
        for one in mentors
    ]
