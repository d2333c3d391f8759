"""How far what was learned moves each call of a snapshot."""

import datetime as dt
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from catalog.columns import Float32
from catalog.words import Funding, Kind
from recommender.deeds import About, levels_of, organisation_key
from recommender.learning import Lesson, Taste
from recommender.snapshot import Snapshot

MOST_IN_ALL = 0.35  # that a call can lose, of a score
ALIKE_FROM, ALIKE_FULLY = 0.45, 0.8  # cosines of first passages
_Mask = NDArray[np.bool_]


def leanings(taste: Taste, snapshot: Snapshot, now: dt.datetime, closes: NDArray[np.float64]) -> Float32:
    """What all lessons together add to each call's score, shape (calls,). `closes`: as in `Statuses`."""
    lesser = np.zeros(len(snapshot), dtype=np.float32)
    alike, more = lesser.copy(), lesser.copy()
    for lesson, moved in each_leaning(taste, snapshot, now, closes):
        if lesson.about is About.LIKENESS:
            alike = np.minimum(alike, moved)
        elif lesson.change > 0:
            more += moved
        else:
            lesser += moved
    total: Float32 = np.maximum(lesser + alike, np.float32(-MOST_IN_ALL)) + more
    return total


def each_leaning(
    taste: Taste, snapshot: Snapshot, now: dt.datetime, closes: NDArray[np.float64]
) -> Iterator[tuple[Lesson, Float32]]:
    """Each lesson with what it adds to each call's score, shape (calls,)."""
    for lesson in taste.lessons:
        if lesson.about is About.LIKENESS:
            share = _alike(taste, lesson.value, snapshot)
        elif lesson.about is About.PLACE:
            share = _in_places(taste, lesson, snapshot)
        else:
            share = _covered(lesson, snapshot, now, closes).astype(np.float32)
        yield lesson, np.float32(lesson.change) * share


def _covered(lesson: Lesson, snapshot: Snapshot, now: dt.datetime, closes: NDArray[np.float64]) -> _Mask:
    match lesson.about:
        case About.KIND:
            of_kind = np.zeros(len(snapshot), dtype=bool)
            of_kind[snapshot.spans.get(Kind(lesson.value), slice(0))] = True
            return of_kind
        case About.ORGANISATION:
            return _where(snapshot, [organisation_key(call.organisation) == lesson.value for call in snapshot.calls])
        case About.COST:
            return _where(snapshot, [call.funding in (Funding.FEE, Funding.NONE) for call in snapshot.calls])
        case About.HASTE:
            midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)  # so that it holds for the day
            last: _Mask = closes - midnight.timestamp() < (int(lesson.value) + 1) * 86_400
            return last
    level = int(lesson.value)
    asked = [levels_of(rule) for rule in snapshot.rules]
    if lesson.about is About.TOO_SENIOR:
        rules = [levels is not None and levels[0] >= level for levels in asked]
    else:
        rules = [levels is not None and levels[1] <= level for levels in asked]
    return np.array(rules, dtype=bool)[snapshot.rule_of]


def _in_places(taste: Taste, lesson: Lesson, snapshot: Snapshot) -> Float32:
    """Calls in this country, unless they are also where nothing speaks against, or can be done from anywhere."""
    unwanted = {other.value for other in taste.lessons if other.about is About.PLACE}
    found = np.zeros(len(snapshot), dtype=np.float32)
    for at in snapshot.in_country.get(lesson.value, ()):
        call = snapshot.calls[at]
        if call.remote is not True and call.countries <= unwanted:
            found[at] = 1 / len(call.countries)
    return found


def _alike(taste: Taste, like: str, snapshot: Snapshot) -> Float32:
    found = np.zeros(len(snapshot), dtype=np.float32)
    vector = taste.vectors.get(like)
    having = np.flatnonzero(snapshot.has_vectors)
    if vector is None or not len(having) or len(vector) != snapshot.rows.dimension:
        return found
    nearness = snapshot.rows.compare(vector[None], snapshot.starts[having])[:, 0]
    found[having] = np.clip((nearness - ALIKE_FROM) / (ALIKE_FULLY - ALIKE_FROM), 0.0, 1.0)
    return found


def _where(snapshot: Snapshot, held: list[bool]) -> _Mask:
    return np.array(held, dtype=bool).reshape(len(snapshot))
