"""The passages of opportunities: what is embedded. Nothing here commits."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlmodel import Session, col, select

from catalog.stores.revisions import bury
from catalog.stores.upserts import upsert
from catalog.tables import Opportunity, Passage

PASSAGE_TABLE = "passage"


@dataclass(frozen=True, slots=True)
class NewPassage:
    """A passage's text with its hash, in the order of the call."""

    text: str
    text_hash: str


def passage_id(opportunity_id: str, position: int) -> str:
    """The identifier of a call's passage, from which its call can be read back (a tombstone has only this)."""
    return f"{opportunity_id}:{position}"


def opportunity_of(passage: str) -> str:
    """The call that a passage's identifier belongs to."""
    return passage.rpartition(":")[0]


def opportunities_after(session: Session, rev: int, *, limit: int) -> Sequence[Opportunity]:
    """The next `limit` opportunities written after `rev`, oldest write first.

    All of one revision come together, so that the last one's `rev` is a safe place to go on from.
    """
    last = session.exec(
        select(Opportunity.rev).where(Opportunity.rev > rev).order_by(col(Opportunity.rev)).offset(limit - 1).limit(1)
    ).first()
    query = select(Opportunity).where(Opportunity.rev > rev)
    if last is not None:
        query = query.where(Opportunity.rev <= last)
    return session.exec(query.order_by(col(Opportunity.rev), col(Opportunity.id))).all()


def revisions_of(session: Session, opportunity_ids: Sequence[str]) -> dict[str, int]:
    """The revision at which each of these opportunities was last written."""
    query = select(Opportunity.id, Opportunity.rev).where(col(Opportunity.id).in_(opportunity_ids))
    return dict(session.exec(query).all())


def replace_passages(session: Session, wanted: Mapping[str, Sequence[NewPassage]], rev: int) -> int:
    """Make the passages of these opportunities exactly `wanted`; returns how many were written or removed.

    Unchanged passages keep their row and so their vectors; surplus ones are deleted with a tombstone at `rev`.
    """
    rows = {
        passage_id(opportunity_id, position): {
            "id": passage_id(opportunity_id, position),
            "opportunity_id": opportunity_id,
            "position": position,
            "text": passage.text,
            "text_hash": passage.text_hash,
        }
        for opportunity_id, passages in wanted.items()
        for position, passage in enumerate(passages)
    }
    kept = dict(
        session.exec(select(Passage.id, Passage.text_hash).where(col(Passage.opportunity_id).in_(wanted.keys()))).all()
    )
    surplus = sorted(kept.keys() - rows.keys())
    if surplus:
        session.execute(sa.delete(Passage).where(col(Passage.id).in_(surplus)))
        bury(session, PASSAGE_TABLE, surplus, rev)
    changed = [row for name, row in rows.items() if kept.get(name) != row["text_hash"]]
    upsert(session, Passage, changed, key=("id",))
    return len(changed) + len(surplus)
