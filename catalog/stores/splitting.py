"""Mending a wrong join: a posting that a person tells apart from the others, for good. Nothing here commits."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

import sqlalchemy as sa
from sqlmodel import Session, col, select

from catalog.identifiers import derived_identifier
from catalog.stores.batches import in_batches
from catalog.stores.opportunities import Member, settle_opportunities
from catalog.stores.revisions import take_turn
from catalog.stores.upserts import upsert
from catalog.tables import KeptApart, Posting


class NothingToSplit(LookupError):
    """There is no such posting, or it is the only one of its opportunity; the message says which."""


def split_off(session: Session, source: str, key: str, *, by: str, now: dt.datetime) -> str:
    """Give the posting of `source` with `key` an opportunity of its own; the new opportunity's identifier.

    What was forwarded or saved stays with the opportunity it was taken from. The posting is never
    joined again with those that it was joined with, however often they are read.

    Raises NothingToSplit.
    """
    take_turn(session, "promotion")
    posting = session.exec(select(Posting).where(Posting.source == source, Posting.key == key)).first()
    if posting is None or posting.opportunity_id is None:
        raise NothingToSplit(
            f"{source} has no posting with the key {key!r}; `GET /v1/opportunities/ID` and its page name them"
        )
    home = posting.opportunity_id
    together = select(Posting.id).where(Posting.opportunity_id == home, Posting.id != posting.id)
    others = sorted(session.exec(together))
    if not others:
        raise NothingToSplit(f"{source}/{key} is the only posting of {home}: there is nothing to tell it apart from")
    made = derived_identifier("opp", "split", home, posting.id)
    marks = [{"posting_id": posting.id, "other_id": other, "told_by": by, "told_at": now} for other in others]
    upsert(session, KeptApart, marks, key=("posting_id", "other_id"))
    member = Member(posting.id, made, posting.draft, posting.withdrawn_at is not None)
    settle_opportunities(session, [home, made], [member], now=now)
    session.execute(sa.update(Posting).where(col(Posting.id) == posting.id).values(opportunity_id=made))
    session.expire_all()
    return made


def kept_apart(session: Session, posting_ids: Iterable[str]) -> dict[str, set[str]]:
    """The postings from which a person told each of these apart."""
    found: dict[str, set[str]] = defaultdict(set)
    one, other = col(KeptApart.posting_id), col(KeptApart.other_id)
    for batch in in_batches(sorted(set(posting_ids))):
        query = sa.select(one, other).where(sa.or_(one.in_(batch), other.in_(batch)))
        for mine, theirs in session.execute(query):
            found[mine].add(theirs)
            found[theirs].add(mine)
    return found
