"""What drafts look like together."""

import datetime as dt

from catalog.drafts import Deadline, PostingDraft
from catalog.words import Funding, Kind, Precision, Timing
from crawlers.census import Census

NOW = dt.datetime(2026, 11, 2, 6, 0, tzinfo=dt.UTC)


def draft(title: str = "A fellowship", **more: object) -> PostingDraft:
    return PostingDraft(
        **{"source": "steady", "key": "k", "url": "https://a.example.org/", "title": title, "kind": Kind.FELLOWSHIP}
        | more  # type: ignore[arg-type]
    )


def due(on: dt.date, at: dt.datetime | None = None, **more: object) -> dict[str, object]:
    precision = Precision.INSTANT if at else Precision.DAY
    deadline = Deadline(precision=precision, on=on, at=at, quote="the deadline", **more)  # type: ignore[arg-type]
    return {"timing": Timing.FIXED, "deadlines": (deadline,)}


def census_of(*drafts: PostingDraft) -> dict[str, object]:
    census = Census()
    for one in drafts:
        census.count(one, NOW)
    return census.summary()


def test_the_share_of_filled_fields() -> None:
    found = census_of(
        draft(organisation="Example Trust", funding=Funding.FULL), draft(organisation="Example Trust"), draft()
    )
    assert found["items"] == 3
    filled = {name: share for name, share in found["filled"].items() if share}  # type: ignore[attr-defined]
    assert filled == {"organisation": 0.667, "funding": 0.333}


def test_titles_that_are_the_same_whatever_their_case() -> None:
    assert census_of(draft("Read more"), draft("READ MORE"), draft("A course"))["same_title"] == 2


def test_text_that_could_not_be_decoded() -> None:
    assert census_of(draft("A fellowship", description="��" + "x" * 36))["unreadable"] == 0.04


def test_a_day_has_passed_when_it_is_over_everywhere() -> None:
    yesterday, today = dt.date(2026, 11, 1), dt.date(2026, 11, 2)
    assert census_of(draft(**due(yesterday)))["past"] == 0  # 06:00 UTC is still yesterday, anywhere on earth
    assert census_of(draft(**due(dt.date(2026, 10, 31))))["past"] == 1
    assert census_of(draft(**due(today, at=NOW - dt.timedelta(minutes=1))))["past"] == 1
    assert census_of(draft(**due(today, at=NOW + dt.timedelta(minutes=1))))["past"] == 0


def test_nothing_is_a_census_too() -> None:
    assert census_of()["items"] == 0
    assert census_of()["same_title"] == 0
