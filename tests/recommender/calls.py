"""Calls without a database: builders, and a strategy for small worlds of them."""

import datetime as dt
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from hypothesis import strategies as st

from catalog.columns import Float32
from catalog.drafts import Deadline
from catalog.standing import Timetable
from catalog.words import Funding, Kind, Precision, Timing
from recommender.embedders import unit_vectors
from recommender.lexical import Vocabulary, count_terms
from recommender.snapshot import Call, Snapshot, build_snapshot
from tests.builders import NOW
from tests.recommender.people import COUNTRIES, requirements

DIMENSION = 6
_WORDS = ["surgery", "rural", "quality", "improvement", "malaria", "leadership", "nursing", "research", "children"]


def make_call(name: str, *, body: str = "", vocabulary: Vocabulary, days: int | None = 30, **changes: Any) -> Call:
    """An open call that closes `days` from now; None: rolling."""
    deadlines: tuple[Deadline, ...] = ()
    if days is not None:
        at = NOW + dt.timedelta(days=days)
        deadlines = (Deadline(precision=Precision.INSTANT, at=at, on=at.date(), zone="UTC", quote="closes"),)
    kind = changes.get("kind", Kind.FELLOWSHIP)
    title = changes.get("title", name)
    timing = Timing.ROLLING if days is None else Timing.FIXED
    given = {
        "id": name,
        "rev": 1,
        "kind": kind,
        "title": title,
        "organisation": f"House of {name}",
        "series_id": None,
        "countries": frozenset[str](),
        "remote": None,
        "funding": Funding.UNKNOWN,
        "requirements": (),
        "timetable": Timetable(kind, timing, deadlines),
        "closes_at": deadlines[0].at if deadlines else None,
        "words": count_terms(vocabulary, title, "", (), body),
    }
    return Call(**{**given, **changes})


def make_snapshot(calls: Sequence[Call], vectors: dict[str, Float32], vocabulary: Vocabulary) -> Snapshot:
    """A snapshot of these calls."""
    return build_snapshot(1, "words@1" if vectors else "", calls, vectors, vocabulary)


class World(NamedTuple):
    """Calls, the vectors of some of them, and the vocabulary their words were counted in."""

    calls: list[Call]
    vectors: dict[str, Float32]
    vocabulary: Vocabulary


@st.composite
def worlds(draw: st.DrawFn) -> World:
    """Up to a dozen calls of all sorts, some without vectors, some closed, with equal scores among them."""
    vocabulary = Vocabulary()
    calls: list[Call] = []
    vectors: dict[str, Float32] = {}
    for number in range(draw(st.integers(0, 12))):
        name = f"opp_{number:02}"
        words = draw(st.lists(st.sampled_from(_WORDS), max_size=4))
        calls.append(
            make_call(
                name,
                title="call",
                body=" ".join(words),
                vocabulary=vocabulary,
                days=draw(st.sampled_from([None, -3, 1, 20, 20, 90])),
                kind=draw(st.sampled_from(list(Kind))),
                remote=draw(st.sampled_from([None, True, False])),
                funding=draw(st.sampled_from(list(Funding))),
                countries=frozenset(draw(st.lists(st.sampled_from(COUNTRIES), max_size=2))),
                requirements=tuple(draw(st.lists(requirements(), max_size=2))),
            )
        )
        seeds = draw(st.lists(st.integers(0, 9), max_size=3))
        if seeds:
            rows = np.stack([np.random.default_rng(seed).normal(size=DIMENSION) for seed in seeds])
            vectors[name] = unit_vectors(rows.astype(np.float32), DIMENSION)
    return World(calls, vectors, vocabulary)


def some_vectors(seed: int, rows: int = 1) -> Float32:
    """Unit vectors for a goal."""
    made = np.random.default_rng(1_000 + seed).normal(size=(rows, DIMENSION)).astype(np.float32)
    return unit_vectors(made, DIMENSION)
