"""What became of a deadline or a status: each change kept once, with both quotes and both times of reading."""

import datetime as dt
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from catalog.database import reading, writing
from catalog.drafts import PostingDraft
from catalog.stores.absence import mark_missed
from catalog.stores.postings import promote_postings
from catalog.stores.sources import upsert_sources
from catalog.tables import Change
from catalog.words import ChangeKind, Outcome
from tests.builders import NOW, make_deadline, make_draft, make_source

DAY = dt.timedelta(days=1)
FIRST = "Applications close on 31 May 2027"
LATER = make_deadline(dt.date(2027, 6, 15), quote="Extended to 15 June 2027")
SOONER = make_deadline(dt.date(2027, 5, 13), quote="Apply by 13.05.2027")
CLOSED = {"outcome": Outcome.CLOSED, "quotes": {"outcome": "All places are taken: closed early."}}

STORIES: dict[str, tuple[list[dict[str, Any]], list[tuple[ChangeKind, str, str]]]] = {
    "extended": ([{"deadlines": (LATER,)}], [(ChangeKind.DEADLINE, FIRST, "Extended to 15 June 2027")]),
    "extended, and read again": (
        [{"deadlines": (LATER,)}, {"deadlines": (LATER,)}],
        [(ChangeKind.DEADLINE, FIRST, "Extended to 15 June 2027")],
    ),
    "closed early": ([CLOSED], [(ChangeKind.OUTCOME, "", "All places are taken: closed early.")]),
    "closed early and reopened": (
        [CLOSED, {"quotes": {"outcome": "Applications are open again."}}],
        [
            (ChangeKind.OUTCOME, "", "All places are taken: closed early."),
            (ChangeKind.OUTCOME, "All places are taken: closed early.", "Applications are open again."),
        ],
    ),
    "read wrongly and then mended": (
        [{"deadlines": (SOONER,)}, {}],
        [(ChangeKind.DEADLINE, FIRST, "Apply by 13.05.2027"), (ChangeKind.DEADLINE, "Apply by 13.05.2027", FIRST)],
    ),
    "a deadline taken down": ([{"deadlines": ()}], [(ChangeKind.DEADLINE, FIRST, "")]),
}


@pytest.fixture
def catalogue(both_engines: Engine) -> Engine:
    with writing(both_engines) as session:
        upsert_sources(session, [make_source()], now=NOW)
        promote_postings(session, [make_draft(fetched_at=NOW)], now=NOW)
    return both_engines


def read(engine: Engine, draft: PostingDraft, now: dt.datetime, **options: Any) -> None:
    with writing(engine) as session:
        promote_postings(session, [draft], now=now, **options)


def history(engine: Engine) -> list[Change]:
    with reading(engine) as session:
        return list(session.exec(select(Change).order_by(Change.rev)).all())


@pytest.mark.parametrize("story", STORIES)
def test_each_change_is_kept_with_both_quotes_and_both_times(catalogue: Engine, story: str) -> None:
    readings, expected = STORIES[story]
    for night, fields in enumerate(readings, 1):
        read(catalogue, make_draft(**fields, fetched_at=NOW + night * DAY), NOW + night * DAY)

    kept = history(catalogue)

    assert [(one.kind, one.old_quote, one.new_quote) for one in kept] == expected
    assert [(one.old_read_at, one.new_read_at) for one in kept] == [
        (NOW + night * DAY, NOW + (night + 1) * DAY) for night in range(len(expected))
    ]


def test_withdrawn_and_back_is_two_changes(catalogue: Engine) -> None:
    with writing(catalogue) as session:
        mark_missed(session, "lakeside_listing", (), now=NOW + DAY, gone=["rural-surgery"])
    read(catalogue, make_draft(), NOW + 2 * DAY)

    assert [(one.kind, one.new_read_at) for one in history(catalogue)] == [
        (ChangeKind.WITHDRAWN, NOW + DAY),
        (ChangeKind.REVIVED, NOW + 2 * DAY),
    ]
