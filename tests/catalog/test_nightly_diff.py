"""Two dates of real lists give exactly what is new, what moved and what is gone; the truth is plain sets of the files."""

import datetime as dt
import json
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Engine

from catalog.drafts import PostingDraft
from tests.catalog.diffs import Nights, Record, nih_draft, sedia_draft, two_nights
from tests.shared import shared_file


def records(name: str, inside: str) -> list[dict[str, Any]]:
    with shared_file(f"captures/api/{name}").open() as file:
        found: list[dict[str, Any]] = json.load(file)[inside]
        return found


@pytest.mark.parametrize(
    ("names", "inside", "number", "closes", "draft_of"),
    [
        (
            ("eu_sedia/derived_grants_2026-07-15.json", "eu_sedia/derived_grants_2026-08-22.json"),
            "grants",
            "id",
            "deadlineDate",
            sedia_draft,
        ),
        (
            ("nih/posted_2026-06-01.json", "nih/posted_2026-07-01.json"),
            "data",
            "opportunity_id",
            "close_date",
            nih_draft,
        ),
    ],
    ids=["european topics", "american notices"],
)
def test_two_dates_give_exactly_the_new_the_moved_and_the_gone(
    engine: Engine,
    names: tuple[str, str],
    inside: str,
    number: str,
    closes: str,
    draft_of: Callable[[Record], PostingDraft],
) -> None:
    before, after = (records(name, inside) for name in names)
    first, second = (dt.datetime.fromisoformat(name[-15:-5]).replace(tzinfo=dt.UTC) for name in names)
    was, now_is = ({row[number]: (row[closes] or "")[:10] for row in rows} for rows in (before, after))

    found = two_nights(engine, draft_of, (first, before), (second, after))

    expected = Nights(
        new=frozenset(now_is.keys() - was.keys()),
        moved=frozenset(one for one in was.keys() & now_is.keys() if was[one] != now_is[one]),
        gone=frozenset(was.keys() - now_is.keys()),
    )
    print({sort: len(getattr(expected, sort)) for sort in ("new", "moved", "gone")})
    assert expected.new
    assert expected.gone
    assert found == expected
