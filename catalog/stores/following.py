"""What has happened to opportunities since webhooks were last told: followed by `rev`, a few at a time.

Nothing here commits. A transaction looks at a few that it has not seen yet, notes how they are now and moves on;
whoever asked writes their events in it, so that a crash leaves either all of that or nothing.
"""

import datetime as dt
from collections.abc import Iterable, Mapping

import sqlalchemy as sa
from sqlmodel import Session, col, select

from catalog.events import EventType, Told, closes_by_itself_at, event_of, told_state
from catalog.identifiers import derived_identifier
from catalog.standing import Timetable, standing
from catalog.stores.revisions import take_turn
from catalog.stores.upserts import upsert
from catalog.stores.webhook_events import Happened
from catalog.tables import Change, FollowedOpportunity, Follower, Opportunity, Webhook
from catalog.words import ChangeKind

_FOLLOWER = "webhooks"
_NOTING = -1
"""A follower's `rev` while what was there is being noted, up to `row_id`."""
BATCH = 200
NOTED_AT_ONCE = 2000


def follow(session: Session, *, now: dt.datetime) -> tuple[list[Happened], bool]:
    """What has happened to the next few that were made, changed or closed by time; and whether there are more.

    One transaction at a time follows. What was there before the first webhook is told to nobody; the first few
    transactions only note it.
    """
    take_turn(session, "webhook_events")
    follower = session.get(Follower, _FOLLOWER) or Follower(name=_FOLLOWER, rev=_NOTING)
    if follower.rev == _NOTING:
        _note_what_was_there(session, follower)
        return [], True
    further, due = _further(session, follower), _due(session, now)
    happened = _look_at(session, {row.id: row for row in (*further, *due)}, now)
    if further:
        follower.rev, follower.row_id = further[-1].rev, further[-1].id
    session.add(follower)
    session.flush()
    return happened, max(len(further), len(due)) == BATCH


def has_news(session: Session, *, now: dt.datetime) -> bool:
    """Whether `follow` would find anything, asked without a lock. Nothing is followed before there is a webhook."""
    follower = session.get(Follower, _FOLLOWER)
    if follower is None:
        return session.exec(select(Webhook.id).limit(1)).first() is not None
    return bool(_further(session, follower, 1)) or bool(_due(session, now, 1))


def _look_at(session: Session, rows: Mapping[str, Opportunity], now: dt.datetime) -> list[Happened]:
    """What has happened to these since somebody last looked; how they are now is noted, so that it is told once."""
    known = _known(session, rows)
    changes = _changes_since(session, known)
    looked_at = [_looked_at(row, known.get(row.id), changes.get(row.id, ()), now) for row in rows.values()]
    noted = sorted((note for note, _ in looked_at), key=lambda note: note.opportunity_id)
    upsert(session, FollowedOpportunity, [note.model_dump() for note in noted], key=("opportunity_id",))
    return [happened for _, happened in looked_at if happened is not None]


def _looked_at(
    row: Opportunity, before: FollowedOpportunity | None, changes: tuple[ChangeKind, ...], now: dt.datetime
) -> tuple[FollowedOpportunity, Happened | None]:
    """How an opportunity is noted from now on, and what has happened to it that is told."""
    timetable = Timetable.of(row)
    current = standing(timetable, now)
    state = told_state(current.status, predicted=row.predicted)
    noted_only = before is not None and before.turn < 0
    event = None if noted_only else event_of(before.told if before else None, state, changed=bool(changes))
    turn = max(before.turn if before else 0, 0) + (event is not None)
    note = FollowedOpportunity(
        opportunity_id=row.id,
        told=state,
        rev=row.rev,
        turn=turn,
        due_at=closes_by_itself_at(timetable, current, now),
    )
    if event is None:
        return note, None
    told_changes = changes if event is EventType.CHANGED else ()
    return note, Happened(derived_identifier("evt", row.id, str(turn)), event, row, current, told_changes)


def _note_what_was_there(session: Session, follower: Follower) -> None:
    """Note the next few that were there before the first webhook, not looked at yet: none is taken for new."""
    since = session.exec(select(sa.func.min(Webhook.created_at))).one()
    query = select(Opportunity.id, Opportunity.rev).where(col(Opportunity.id) > follower.row_id)
    if since is not None:
        query = query.where(col(Opportunity.first_seen_at) <= since)
    there = session.exec(query.order_by(col(Opportunity.id)).limit(NOTED_AT_ONCE)).all()
    if there:
        rows = [{"opportunity_id": one, "told": Told.CLOSED, "rev": rev, "turn": -1} for one, rev in there]
        session.execute(sa.insert(FollowedOpportunity), rows)
    follower.rev, follower.row_id = (_NOTING, there[-1][0]) if there else (0, "")
    session.add(follower)
    session.flush()


def _further(session: Session, follower: Follower, limit: int = BATCH) -> list[Opportunity]:
    """In the order of revisions, which become visible in that order (`stores.revisions`)."""
    rev = col(Opportunity.rev)
    after = sa.or_(rev > follower.rev, sa.and_(rev == follower.rev, col(Opportunity.id) > follower.row_id))
    query = select(Opportunity).where(rev >= follower.rev, after).order_by(rev, col(Opportunity.id)).limit(limit)
    return list(session.exec(query))


def _due(session: Session, now: dt.datetime, limit: int = BATCH) -> list[Opportunity]:
    """Those that time alone has closed."""
    query = (
        select(Opportunity)
        .join(FollowedOpportunity, col(FollowedOpportunity.opportunity_id) == col(Opportunity.id))
        .where(col(FollowedOpportunity.due_at) <= now)
        .order_by(col(FollowedOpportunity.due_at), col(Opportunity.id))
        .limit(limit)
    )
    return list(session.exec(query))


def _known(session: Session, ids: Iterable[str]) -> dict[str, FollowedOpportunity]:
    query = select(FollowedOpportunity).where(col(FollowedOpportunity.opportunity_id).in_(list(ids)))
    return {one.opportunity_id: one for one in session.exec(query)}


def _changes_since(session: Session, known: Mapping[str, FollowedOpportunity]) -> dict[str, tuple[ChangeKind, ...]]:
    """What has changed about each since it was last looked at."""
    found: dict[str, set[ChangeKind]] = {}
    query = select(Change).where(col(Change.opportunity_id).in_(list(known)))
    for change in session.exec(query):
        if change.rev > known[change.opportunity_id].rev:
            found.setdefault(change.opportunity_id, set()).add(change.kind)
    return {one: tuple(sorted(kinds)) for one, kinds in found.items()}
