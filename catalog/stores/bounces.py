"""Addresses that bounced, as somebody says: a mentor, a coordinator, or a provider's report. Nothing here commits.

Providers take a mail first and report hours later that it came back: the outbox never hears of that.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from catalog.audited import AuditAction
from catalog.stores.audit import Actor, record
from catalog.stores.members import members
from catalog.stores.suppressions import suppress, suppressed
from catalog.stores.visibility import Viewer, scope
from catalog.tables import Mentee, Mentor
from catalog.words import Role, SuppressionReason


class Noted(StrEnum):
    """What came of one address."""

    NOTED = "noted"  # from now on it is not written to
    ALREADY = "already"  # it was on the list: it bounced before, or its owner wants no mail
    NOT_YOURS = "not_yours"  # nobody whom the one who says so may see has it


@dataclass(frozen=True, slots=True)
class Bounce:
    """What came of one address, and the ids of those who have it, as far as the one who says so may see them."""

    result: Noted
    mentees: tuple[str, ...] = ()
    mentors: tuple[str, ...] = ()


def note_bounces(session: Session, addresses: Sequence[str], viewer: Viewer, *, now: dt.datetime) -> list[Bounce]:
    """Write to these addresses no more; what came of each, in the order they were given.

    Administrators may say so of any address, others of those that only people have whom they may see: nobody else's
    mail is theirs to stop, and an address of somebody else's is answered as one of nobody's.
    """
    wanted = {plain(address) for address in addresses}
    known, others = suppressed(session, wanted), of_others(session, wanted, viewer)
    mentees, mentors = _mentees(session, viewer, wanted), _mentors(session, viewer, wanted)
    found: list[Bounce] = []
    for address in map(plain, addresses):
        whose = (mentees.get(address, ()), mentors.get(address, ()))
        if address in others or (not any(whose) and viewer.role is not Role.ADMINISTRATOR):
            found.append(Bounce(Noted.NOT_YOURS))
            continue
        suppress(session, address, SuppressionReason.BOUNCED, now=now)
        found.append(Bounce(Noted.ALREADY if address in known else Noted.NOTED, *whose))
        known.setdefault(address, SuppressionReason.BOUNCED)
    return found


def of_others(session: Session, addresses: Collection[str], viewer: Viewer) -> set[str]:
    """Those of these plain addresses that somebody has whom `viewer` may not see: their mail is not the viewer's to
    stop or to let go again, whoever else was given the same address. None for administrators, who see all."""
    everybody = Viewer(viewer.mentor_id, Role.ADMINISTRATOR)
    found: set[str] = set()
    for people in (_mentees, _mentors):
        seen = people(session, viewer, addresses)
        found |= {at for at, ids in people(session, everybody, addresses).items() if set(ids) - set(seen.get(at, ()))}
    return found


def record_bounces(session: Session, actor: Actor, bounces: Iterable[Bounce], *, now: dt.datetime) -> None:
    """Put them on record, for each who has such an address; of an address that is nobody's, that somebody said so."""
    record(session, actor, AuditAction.BOUNCES_REPORT, now=now)
    for bounce in bounces:
        for one in bounce.mentees:
            record(session, actor, AuditAction.MENTEE_BOUNCE, "mentee", one, now=now)
        for one in bounce.mentors:
            record(session, actor, AuditAction.MENTOR_BOUNCE, "mentor", one, now=now)


def bounced(session: Session, addresses: Iterable[str]) -> dict[str, SuppressionReason]:
    """Those that mail came back from. For mentors, whom a mentee's wish for no mail does not concern."""
    found = suppressed(session, addresses)
    return {address: reason for address, reason in found.items() if reason is SuppressionReason.BOUNCED}


def plain(address: str) -> str:
    """An address as it is compared: whatever the case of its letters, as the list does (`address_hash`)."""
    return address.strip().lower()


def _mentees(session: Session, viewer: Viewer, addresses: Collection[str]) -> dict[str, tuple[str, ...]]:
    query = scope(sa.select(Mentee.id, Mentee.email), col(Mentee.id), viewer)  # type: ignore[call-overload]
    return _by_address(session, query, addresses)


def _mentors(session: Session, viewer: Viewer, addresses: Collection[str]) -> dict[str, tuple[str, ...]]:
    query = members(viewer).with_only_columns(Mentor.id, Mentor.email)  # type: ignore[call-overload]
    return _by_address(session, query, addresses)


def _by_address(session: Session, people: sa.Select[Any], addresses: Collection[str]) -> dict[str, tuple[str, ...]]:
    """The ids of those among `people` (id, address) who have each address."""
    address = sa.func.lower(people.selected_columns[1])
    found: dict[str, tuple[str, ...]] = {}
    for one, of in session.execute(people.where(address.in_(sorted(addresses)))):
        found[plain(of)] = (*found.get(plain(of), ()), one)
    return found
