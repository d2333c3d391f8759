"""Labelled pairs of postings, made of `data/things.toml`, and how joining fares on them."""

import datetime as dt
import hashlib
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

from catalog.candidates import candidate, join_keys
from catalog.drafts import PostingDraft
from catalog.joining import likeness
from catalog.words import Kind
from tests.builders import NOW, make_deadline, make_draft

THINGS = Path(__file__).parent / "data" / "things.toml"


@dataclass(frozen=True)
class Pair:
    """Two postings and what a person says of them: same, edition (of one series), other."""

    one: PostingDraft
    other: PostingDraft
    label: str
    why: str = ""

    @property
    def is_held_back(self) -> bool:
        """Whether it belongs to the half that was not looked at when the rules were written, a thing as a whole."""
        return hashlib.sha256(self.why.encode()).digest()[0] % 2 == 1

    @property
    def is_joined(self) -> bool:
        """What joining says, where it would compare the two at all."""
        one, other = candidate(self.one, NOW), candidate(self.other, NOW)
        return bool(likeness(one, other)) and bool(join_keys(one) & join_keys(other))


@dataclass(frozen=True)
class Fared:
    """How many pairs, and how joining did on them."""

    pairs: int
    precision: float
    recall: float
    wrongly_joined: tuple[Pair, ...]
    missed: tuple[Pair, ...]


def labelled_pairs() -> Iterator[Pair]:
    """Every two postings of one thing, and every posting of it beside its other editions and near misses."""
    for thing in tomllib.loads(THINGS.read_text("utf-8"))["thing"]:
        kind, why = Kind(thing["kind"]), thing["why"]
        same = [_posting(kind, row, f"source_{number}") for number, row in enumerate(thing["same"])]
        for one, other in combinations(same, 2):
            yield Pair(one, other, "same", why)
        for label, rows in (("edition", thing["editions"]), ("other", thing["others"])):
            for number, row in enumerate(rows):
                beside = _posting(kind, row, f"another_{number}")
                for one in same:
                    yield Pair(one, beside, label, why)


def _posting(kind: Kind, row: Sequence[str], source: str) -> PostingDraft:
    title, organisation, url, closes, *numbers = row
    given: dict[str, Any] = {"title": title, "organisation": organisation, "url": url, "kind": kind}
    if numbers:
        given["external_ids"] = {"opportunity_number": numbers[0]}
    deadlines = (make_deadline(dt.date.fromisoformat(closes)),) if closes else ()
    return make_draft(source=source, key=url[-60:], deadlines=deadlines, **given)


def fared(pairs: Iterable[Pair]) -> Fared:
    """Precision and recall of joining."""
    judged = [(pair, pair.is_joined) for pair in pairs]
    right = sum(pair.label == "same" for pair, joined in judged if joined)
    joined_ones = sum(joined for _, joined in judged)
    same = sum(pair.label == "same" for pair, _ in judged)
    return Fared(
        pairs=len(judged),
        precision=right / joined_ones if joined_ones else 1.0,
        recall=right / same if same else 1.0,
        wrongly_joined=tuple(pair for pair, joined in judged if joined and pair.label != "same"),
        missed=tuple(pair for pair, joined in judged if not joined and pair.label == "same"),
    )
