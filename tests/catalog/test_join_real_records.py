"""Joining beside what publishers number themselves: two records of one number are one thing, of two numbers two.

The records are not part of this project; without them this is skipped. Numbers and addresses are
hidden from joining, so that titles, organisers and dates alone must do. Titles that a publisher
uses for several numbers with the same deadline are left out: nobody could tell those apart.
"""

import datetime as dt
import gzip
import json
from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Any

import pytest

from catalog.candidates import candidate, join_keys
from catalog.drafts import PostingDraft
from catalog.joining import likeness
from catalog.words import Kind
from tests.builders import make_deadline, make_draft
from tests.shared import shared_file

NOW = dt.datetime(2026, 6, 1, tzinfo=dt.UTC)
Numbered = dict[str, PostingDraft]


def rows(name: str) -> list[dict[str, Any]]:
    with gzip.open(shared_file(f"corpora/{name}.jsonl.gz")) as lines:
        return [json.loads(line) for line in lines]


def draft(source: str, number: str, title: str, organisation: str, closes: str | None) -> PostingDraft:
    deadlines = (make_deadline(dt.date.fromisoformat(closes[:10])),) if closes else ()
    where = f"https://{source.replace('_', '-')}.example.org/{number}"
    given: dict[str, Any] = {"title": title[:500], "organisation": organisation, "url": where, "deadlines": deadlines}
    return make_draft(source=source, key=number, kind=Kind.FELLOWSHIP, **given)


def american() -> tuple[Numbered, Numbered]:
    own = {row["extra"]["opportunity_number"]: row for row in rows("grants_gov_2026")}
    with shared_file("captures/api/nih/posted_2026-06-01.json").open() as file:
        other = {row["number"]: row for row in json.load(file)["data"]}
    return (
        {name: draft("grants", name, row["title"], "", row["deadline"]) for name, row in own.items()},
        {
            name: draft("notices", name, row["title"], row["agency_name"], row["close_date"])
            for name, row in other.items()
        },
    )


def european() -> tuple[Numbered, Numbered]:
    first, second = (
        {
            row["extra"]["identifier"]: draft(name, row["extra"]["identifier"], row["title"], "", row["deadline"])
            for row in rows(corpus)
        }
        for name, corpus in (("full", "eu_calls_full"), ("topics", "eu_topics_2026"))
    )
    return first, second


def telling(numbered: Numbered) -> Numbered:
    """Those whose title and deadline no other number of the same publisher has."""
    seen = Counter(gist(one) for one in numbered.values())
    return {name: one for name, one in numbered.items() if seen[gist(one)] == 1}


def gist(one: PostingDraft) -> tuple[str, tuple[dt.date | None, ...]]:
    """Title and deadlines: where these are the same, the number was changed and not the thing."""
    return one.title.casefold(), tuple(deadline.on for deadline in one.deadlines)


def joined(first: Iterable[PostingDraft], second: Iterable[PostingDraft]) -> set[tuple[str, str]]:
    by_key = defaultdict(list)
    for one in second:
        other = candidate(one, NOW)
        for key in join_keys(other):
            by_key[key].append(other)
    return {
        (one.key, other.key)
        for one in (candidate(posting, NOW) for posting in first)
        for other in {found.key: found for key in join_keys(one) for found in by_key[key]}.values()
        if likeness(one, other)
    }


@pytest.mark.parametrize("publisher", ["american", "european"])
def test_numbers_and_joining_agree(publisher: str) -> None:
    first, second = (telling(one) for one in (american() if publisher == "american" else european()))
    same = {
        (name, name)
        for name in first.keys() & second.keys()
        if not first[name].deadlines or not second[name].deadlines or first[name].deadlines == second[name].deadlines
    }
    found = joined(first.values(), second.values())
    wrong = {(one, other) for one, other in found if one != other and gist(first[one]) != gist(second[other])}
    print(
        f"{publisher}: {len(first)} beside {len(second)}, {len(same)} the same, {len(found)} joined, {len(wrong)} wrongly"
    )
    for one, other in sorted(wrong)[:20]:
        print(f"  {first[one].title!r} / {second[other].title!r}")

    assert len(wrong) <= 0.01 * len(found)
    assert len(found & same) >= 0.9 * len(same)
