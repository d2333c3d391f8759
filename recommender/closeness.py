"""How near calls of a snapshot are to goals: exactly, or roughly and sooner.

The rough way scans the shadow of the vectors and says by how much it may be wrong; see
`recommender.rows`. All goals are compared at once, since reading the rows is what takes the time.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from catalog.columns import Float32
from recommender.rows import Picks
from recommender.scoring import best_passages
from recommender.snapshot import Snapshot

SCANNED_FROM = 300  # rows; fewer are compared exactly at once
WORTH_SCANNING = 5  # times the rows that pass: reading all between them is quicker than picking them out

CallNumbers = NDArray[np.intp]


@dataclass(frozen=True, slots=True, eq=False)
class Closeness:
    """How near calls are to one goal, shape (calls,), none off by more than `error`; NaN for one without vectors."""

    values: Float32
    error: float


def closeness(
    snapshot: Snapshot, goals: Sequence[Float32], calls: CallNumbers, *, scanned_from: int | None = None
) -> list[Closeness]:
    """How near calls (by number, rising) are to each goal, of shape (passages, dimension).

    Exact when fewer rows than `scanned_from` are asked for, or when it is None.
    """
    if not goals:
        return []
    sizes = _sizes(snapshot, calls)
    if len(sizes) and sizes.min() > 0:
        return _each(*_by_call(snapshot, goals, calls, sizes, scanned_from), goals)
    having = np.flatnonzero(sizes)
    found = np.full((len(calls), sum(map(len, goals))), np.nan, dtype=np.float32)
    error = 0.0
    if len(having):
        found[having], error = _by_call(snapshot, goals, calls[having], sizes[having], scanned_from)
    return _each(found, error, goals)


def _sizes(snapshot: Snapshot, calls: CallNumbers) -> NDArray[np.int64]:
    """How many rows each call has, shape (calls,)."""
    if len(calls) and calls[-1] - calls[0] + 1 == len(calls):  # rising, so one slice: nothing is picked out
        return np.diff(snapshot.starts[calls[0] : calls[-1] + 2])
    return snapshot.starts[calls + 1] - snapshot.starts[calls]


def _by_call(
    snapshot: Snapshot,
    goals: Sequence[Float32],
    calls: CallNumbers,
    sizes: NDArray[np.int64],
    scanned_from: int | None,
) -> tuple[Float32, float]:
    """Each call's best row against each goal passage, of calls that have rows; and the most that one is wrong by."""
    total = int(sizes.sum())
    roughly = scanned_from is not None and total >= scanned_from
    likeness, error = _likeness(snapshot, np.concatenate(goals), calls, sizes, roughly)
    if total > len(calls):
        firsts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
        likeness = np.maximum.reduceat(likeness, firsts, axis=0)
    return likeness, error


def _each(found: Float32, error: float, goals: Sequence[Float32]) -> list[Closeness]:
    ends = np.cumsum([len(goal) for goal in goals])
    return [
        Closeness(best_passages(found[:, end - len(goal) : end]), error) for goal, end in zip(goals, ends, strict=True)
    ]


def _likeness(
    snapshot: Snapshot, goals: Float32, calls: CallNumbers, sizes: NDArray[np.int64], roughly: bool
) -> tuple[Float32, float]:
    """Cosines of the calls' rows with goals, shape (rows, goals), and the most that one may be wrong by."""
    picks, within = _rows(snapshot, calls, sizes, roughly)
    if not roughly:
        return snapshot.rows.compare(goals, picks), 0.0
    found, error = snapshot.rows.scan(goals, picks)
    return (found if within is None else found[within]), error


def _rows(
    snapshot: Snapshot, calls: CallNumbers, sizes: NDArray[np.int64], roughly: bool
) -> tuple[Picks, CallNumbers | None]:
    """Which rows to read, and which of those to keep (None: all)."""
    starts = snapshot.starts
    low, high = int(starts[calls[0]]), int(starts[calls[-1] + 1])
    total = int(sizes.sum())
    if high - low == total:
        return slice(low, high), None  # nothing is copied: so it is with filters on kind and deadline
    numbers = np.repeat(starts[calls] - np.concatenate([[0], np.cumsum(sizes)[:-1]]), sizes) + np.arange(total)
    if roughly and high - low <= WORTH_SCANNING * total:
        return slice(low, high), numbers - low
    return numbers, None
