"""How far what was learned moves each call of a snapshot."""

import datetime as dt
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from catalog.columns import Float32
from catalog.words import Funding, Kind
from recommender.closeness import CallNumbers
from recommender.deeds import About, levels_of, organisation_key
from recommender.learning import Lesson, Taste
from recommender.snapshot import Snapshot

MOST_IN_ALL = 0.35  # that a call can lose, of a score
ALIKE_FROM, ALIKE_FULLY = 0.45, 0.8  # cosines of first passages
_Mask = NDArray[np.bool_]


def leanings(
    taste: Taste,
    snapshot: Snapshot,
    now: dt.datetime,
    closes: NDArray[np.float64],
    calls: CallNumbers | None = None,
) -> Float32:
    """What all lessons together add to the score of each of these calls, or of every one, shape (calls,).

    `closes`: of every call, as in `Statuses`.
    """
    asked = np.arange(len(snapshot)) if calls is None else calls
    lesser = np.zeros(len(asked), dtype=np.float32)
    alike, more = lesser.copy(), lesser.copy()
    for lesson, moved in each_leaning(taste, snapshot, now, closes, asked):
        if lesson.about is About.LIKENESS:
            alike = np.minimum(alike, moved)
        elif lesson.change > 0:
            more += moved
        else:
            lesser += moved
    total: Float32 = np.maximum(lesser + alike, np.float32(-MOST_IN_ALL)) + more
    return total


def each_leaning(
    taste: Taste, snapshot: Snapshot, now: dt.datetime, closes: NDArray[np.float64], calls: CallNumbers
) -> Iterator[tuple[Lesson, Float32]]:
    """Each lesson with what it adds to the score of each of these calls (numbers), shape (calls asked for,)."""
    alike = _alike(taste, snapshot, calls)
    for lesson in taste.lessons:
        if lesson.about is About.LIKENESS:
            share = alike.get(lesson.value, np.zeros(len(calls), dtype=np.float32))
        elif lesson.about is About.PLACE:
            share = _in_places(taste, lesson, snapshot)[calls]
        else:
            share = _covered(lesson, snapshot, now, closes, calls).astype(np.float32)
        yield lesson, np.float32(lesson.change) * share


def _covered(
    lesson: Lesson, snapshot: Snapshot, now: dt.datetime, closes: NDArray[np.float64], calls: CallNumbers
) -> _Mask:
    match lesson.about:
        case About.KIND:
            span = snapshot.spans.get(Kind(lesson.value), slice(0, 0))
            of_kind: _Mask = (calls >= span.start) & (calls < span.stop)
            return of_kind
        case About.ORGANISATION:
            keys = (organisation_key(snapshot.calls[call].organisation) for call in calls.tolist())
            return np.fromiter((key == lesson.value for key in keys), dtype=bool, count=len(calls))
        case About.COST:
            paid = (snapshot.calls[call].funding for call in calls.tolist())
            return np.fromiter((one in (Funding.FEE, Funding.NONE) for one in paid), dtype=bool, count=len(calls))
        case About.HASTE:
            midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)  # so that it holds for the day
            last: _Mask = closes[calls] - midnight.timestamp() < (int(lesson.value) + 1) * 86_400
            return last
    level = int(lesson.value)
    asked = [levels_of(rule) for rule in snapshot.rules]
    if lesson.about is About.TOO_SENIOR:
        rules = [levels is not None and levels[0] >= level for levels in asked]
    else:
        rules = [levels is not None and levels[1] <= level for levels in asked]
    return np.array(rules, dtype=bool)[snapshot.rule_of[calls]]


def _in_places(taste: Taste, lesson: Lesson, snapshot: Snapshot) -> Float32:
    """Calls in this country, unless they are also where nothing speaks against, or can be done from anywhere."""
    unwanted = {other.value for other in taste.lessons if other.about is About.PLACE}
    found = np.zeros(len(snapshot), dtype=np.float32)
    for at in snapshot.in_country.get(lesson.value, ()):
        call = snapshot.calls[at]
        if call.remote is not True and call.countries <= unwanted:
            found[at] = 1 / len(call.countries)
    return found


def _alike(taste: Taste, snapshot: Snapshot, calls: CallNumbers) -> dict[str, Float32]:
    """By the call that a lesson of likeness names, how alike each of some calls is: one product for all lessons."""
    named = [lesson.value for lesson in taste.lessons if lesson.about is About.LIKENESS]
    like = [name for name in named if name in taste.vectors and len(taste.vectors[name]) == snapshot.rows.dimension]
    having = np.flatnonzero(snapshot.has_vectors[calls])
    if not like or not len(having):
        return {}
    found = np.zeros((len(like), len(calls)), dtype=np.float32)
    nearness = snapshot.rows.compare(np.stack([taste.vectors[name] for name in like]), snapshot.starts[calls[having]])
    found[:, having] = np.clip((nearness.T - ALIKE_FROM) / (ALIKE_FULLY - ALIKE_FROM), 0.0, 1.0)
    return dict(zip(like, found, strict=True))
