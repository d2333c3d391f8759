"""Journals that call for papers, and what registers said of them. Nothing here commits."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlmodel import Session, col, select

from catalog.journals import issns_in, journal_key
from catalog.tables import JournalRecord, Opportunity
from catalog.words import Kind

ASKED_AGAIN_AFTER = dt.timedelta(days=30)
FAILED_ASKED_AGAIN_AFTER = dt.timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A journal to be looked up, with what was known of it before (None: never asked)."""

    key: str
    title: str
    issns: tuple[str, ...]
    before: JournalRecord | None


def journals_wanted(session: Session, *, now: dt.datetime, limit: int) -> list[Wanted]:
    """The journals of live calls that were never asked about, then those asked longest ago, at most `limit`."""
    query = select(Opportunity.organisation, Opportunity.description).where(
        Opportunity.kind == Kind.JOURNAL_CALL,
        col(Opportunity.withdrawn_at).is_(None),
        Opportunity.organisation != "",
    )
    named: dict[str, tuple[str, list[str]]] = {}
    for organisation, description in session.exec(query):
        if key := journal_key(organisation):
            _, issns = named.setdefault(key, (organisation, []))
            issns.extend(issn for issn in issns_in(description) if issn not in issns)
    known = records_by_key(session, named)
    wanted = [Wanted(key, title, tuple(issns), known.get(key)) for key, (title, issns) in named.items()]
    due = [one for one in wanted if one.before is None or _is_due(one.before, now)]
    long_ago = dt.datetime.min.replace(tzinfo=dt.UTC)
    due.sort(key=lambda one: ((one.before.asked_at if one.before else None) or long_ago, one.key))
    return due[:limit]


def _is_due(record: JournalRecord, now: dt.datetime) -> bool:
    wait = FAILED_ASKED_AGAIN_AFTER if record.failure else ASKED_AGAIN_AFTER
    return record.asked_at is None or now - record.asked_at >= wait


def records_by_key(session: Session, keys: Iterable[str]) -> dict[str, JournalRecord]:
    """What is kept of these journals."""
    asked = list(dict.fromkeys(key for key in keys if key))
    if not asked:
        return {}
    found = session.exec(select(JournalRecord).where(col(JournalRecord.key).in_(asked)))
    return {record.key: record for record in found}


def journals_of(session: Session, opportunities: Iterable[Opportunity]) -> Mapping[str, JournalRecord]:
    """What is kept of the journals of these calls, by the call's id, in one query."""
    keys = {one.id: journal_key(one.organisation) for one in opportunities if one.kind is Kind.JOURNAL_CALL}
    found = records_by_key(session, keys.values())
    return {call: found[key] for call, key in keys.items() if key in found}


def keep(session: Session, record: JournalRecord) -> None:
    """Keep what was found out of a journal in the place of what was known before."""
    session.merge(record)
