"""Opportunities made of their postings, and the record of what about them changed. Nothing here commits."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from catalog.changes import Difference, differences
from catalog.drafts import PostingDraft
from catalog.identifiers import derived_identifier
from catalog.merging import Merged, Voice, merge
from catalog.series import edition_of
from catalog.standing import entries
from catalog.stores.batches import in_batches
from catalog.stores.revisions import next_revision
from catalog.stores.series import join_series
from catalog.stores.vectors import follow_kinds
from catalog.tables import Change, Opportunity, Posting, Source
from catalog.words import Way


@dataclass(frozen=True, slots=True)
class Member:
    """A posting of an opportunity as it will be at the end of the transaction."""

    posting_id: str
    opportunity_id: str
    draft: PostingDraft
    withdrawn: bool = False


def settle_opportunities(
    session: Session,
    opportunity_ids: Iterable[str],
    members: Iterable[Member],
    *,
    now: dt.datetime,
    previous: Mapping[str, str] | None = None,
) -> frozenset[str]:
    """Bring opportunities in line with their postings; the ids of those that were made or changed.

    `members` overlay the postings that are stored. `previous` names, for a new edition, the
    opportunity of the edition before it, so that both are of one series.
    """
    ids = sorted(set(opportunity_ids))
    if not ids:
        return frozenset()
    found = _to_write(session, ids, list(members), previous or {}, now)
    if found.made or found.changed:
        _write(session, found, previous or {}, now)
    return frozenset(values["id"] for values in (*found.made, *found.changed))


@dataclass(frozen=True, slots=True)
class _ToWrite:
    """The rows to be written: of new opportunities, of those that change, and of what about these has changed."""

    made: list[dict[str, Any]] = field(default_factory=list)
    changed: list[dict[str, Any]] = field(default_factory=list)
    changes: list[dict[str, Any]] = field(default_factory=list)


def _to_write(
    session: Session, ids: Sequence[str], overlay: Sequence[Member], previous: Mapping[str, str], now: dt.datetime
) -> _ToWrite:
    """Hold what is stored of each against what its postings say now."""
    ways = dict(session.execute(sa.select(col(Source.name), col(Source.way))).all())
    known = {row.id: row for batch in in_batches(ids) for row in _rows(session, batch)}
    grouped = _members(session, [one for one in ids if one in known], overlay)
    movers = _movers(overlay, previous)
    found = _ToWrite()
    for one in ids:
        row, merged = known.get(one), _merged(grouped[one], ways)
        values = _values(row, merged, grouped[one], now)
        if row is None:
            found.made.append({"id": one, **values, "predicted": False, "first_seen_at": now, "last_seen_at": now})
        elif any(getattr(row, name) != value for name, value in values.items()):
            found.changed.append({"id": one, **values})
            says = merged.said_by if merged else movers[one]
            found.changes.extend(_change(row, difference, says, now) for difference in differences(row, values))
    return found


def _rows(session: Session, ids: Sequence[str]) -> Sequence[Opportunity]:
    return session.exec(select(Opportunity).where(col(Opportunity.id).in_(ids))).all()


def _members(session: Session, stored: Sequence[str], overlay: Iterable[Member]) -> dict[str, list[Member]]:
    """The postings of each opportunity, those that are being written in place of those that are stored."""
    by_posting = {one.posting_id: one for one in overlay}
    for batch in in_batches(stored):
        query = sa.select(
            col(Posting.id), col(Posting.opportunity_id), col(Posting.draft), col(Posting.withdrawn_at)
        ).where(col(Posting.opportunity_id).in_(batch))
        for posting_id, opportunity_id, draft, withdrawn_at in session.execute(query):
            by_posting.setdefault(posting_id, Member(posting_id, opportunity_id, draft, withdrawn_at is not None))
    grouped: dict[str, list[Member]] = defaultdict(list)
    for one in by_posting.values():
        grouped[one.opportunity_id].append(one)
    return grouped


def _merged(members: Sequence[Member], ways: Mapping[str, Way]) -> Merged | None:
    """The best of each field, or None when no posting is left: it announces the next edition now."""
    return merge([Voice(ways[one.draft.source], one.draft, one.withdrawn) for one in members]) if members else None


def _values(
    row: Opportunity | None, merged: Merged | None, members: Sequence[Member], now: dt.datetime
) -> dict[str, Any]:
    """The columns as they should be."""
    if merged is None:
        assert row is not None, "a new opportunity has a posting"
        over = row.closes_at is not None and row.closes_at <= now
        return {"withdrawn_at": row.withdrawn_at if over else row.withdrawn_at or now}
    values = dict(merged.values)
    rounds = entries(values["deadlines"], now)
    values["closes_at"] = rounds[-1][0] if rounds else None
    values["kind"] = merged.said_by["title"].kind
    values["edition"] = (row.edition if row and not row.predicted else "") or next(
        (edition for one in sorted(members, key=lambda one: one.posting_id) if (edition := edition_of(one.draft, now))),
        "",
    )
    if row is not None and row.predicted:
        values |= {"predicted": False, "expected": None, "first_seen_at": now}  # announced
    withdrawn = all(one.withdrawn for one in members)
    values["withdrawn_at"] = ((row.withdrawn_at if row else None) or now) if withdrawn else None
    return values


def _change(row: Opportunity, one: Difference, says: Mapping[str, PostingDraft], now: dt.datetime) -> dict[str, Any]:
    """A row of the record of changes; its identifier and revision follow when it is written."""
    draft = says.get(one.field)
    return {
        "opportunity_id": row.id,
        "source": (draft or says["title"]).source,
        "kind": one.kind,
        "old": one.old,
        "new": one.new,
        "old_quote": one.old_quote,
        "new_quote": one.new_quote,
        "old_read_at": row.last_seen_at,
        "new_read_at": (draft.fetched_at if draft else None) or now,
    }


def _movers(members: Iterable[Member], previous: Mapping[str, str]) -> dict[str, dict[str, PostingDraft]]:
    """For each edition that was left behind, the posting that went on to the next one."""
    return {previous[one.opportunity_id]: {"title": one.draft} for one in members if one.opportunity_id in previous}


def _write(session: Session, found: _ToWrite, previous: Mapping[str, str], now: dt.datetime) -> None:
    """Write it all under one new revision."""
    join_series(session, found.made, previous)
    rev = next_revision(session)
    for values in (*found.made, *found.changed):
        values.update(rev=rev, changed_at=now)
    if found.made:
        session.execute(sa.insert(Opportunity), found.made)
    for shape in _same_columns(found.changed):
        session.execute(sa.update(Opportunity), shape)
    follow_kinds(session, [values["id"] for values in found.changed])
    for one in found.changes:
        one.update(id=derived_identifier("chg", one["opportunity_id"], one["kind"], str(rev)), rev=rev)
    if found.changes:
        session.execute(sa.insert(Change), found.changes)


def _same_columns(rows: Iterable[dict[str, Any]]) -> Iterable[list[dict[str, Any]]]:
    """The rows by which columns they name: one statement writes those that name the same."""
    shapes: dict[frozenset[str], list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        shapes[frozenset(row)].append(row)
    return shapes.values()
