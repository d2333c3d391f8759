"""The passages' vectors: the exact rows, and a shadow of them of a quarter the size that is scanned first.

The shadow holds each row as whole numbers from -127 to 127 and one scale. How far the farthest row is from
its shadow is measured when the shadow is made, so a scan says by how much it may be wrong, and
whoever asks for the best can look up exactly those rows that could be among them: the answer is the
exact one. The exact rows may lie in a file that is mapped into memory, and then take none of it for good.
"""

import os
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numkong
import numpy as np
from numpy.typing import NDArray

from catalog.columns import Float32

STEPS = 127  # the largest whole number in a shadow
ROWS_AT_ONCE = 16_384  # while a shadow is made
ROUNDING = 1e-5  # float32 sums of unit vectors differ by less than this

Picks = NDArray[np.intp] | slice


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """Unit vectors, shape (rows, dimension), with their shadow: `exact` is near `codes * scales[:, None]`.

    astray: the greatest distance of a row from its shadow.
    """

    exact: Float32
    codes: NDArray[np.int8]
    scales: Float32
    astray: float

    def __len__(self) -> int:
        return len(self.exact)

    @property
    def dimension(self) -> int:
        """How long a vector is."""
        return int(self.exact.shape[1])

    @property
    def bytes_held(self) -> int:
        """Memory that is taken for good: a mapped file can be dropped and read again."""
        mapped = isinstance(self.exact.base, np.memmap) or isinstance(self.exact, np.memmap)
        return self.codes.nbytes + self.scales.nbytes + (0 if mapped else self.exact.nbytes)

    def compare(self, goals: Float32, picks: Picks) -> Float32:
        """Exact cosines of some rows with goals, shape (picked, goals).

        Summed in float64: a float32 product differs in its last digits with how many rows it has.
        """
        wanted, doubled = self.exact[picks], goals.T.astype(np.float64)
        found = np.empty((len(wanted), len(goals)), dtype=np.float32)
        for block in _blocks(len(wanted)):
            found[block] = wanted[block].astype(np.float64) @ doubled
        return found

    def scan(self, goals: Float32, picks: Picks) -> tuple[Float32, float]:
        """Cosines of some rows with goals from the shadow, shape (picked, goals), and the most that any is wrong by."""
        steps, scales, missed = _fine_shadow(goals)
        whole = np.asarray(numkong.dots_packed(_picked(self.codes, picks), numkong.dots_pack(steps)))
        numbers = whole.astype(np.float32)  # else all that follows is in float64, at twice the memory to pass through
        cosines = numbers[:, : len(goals)] * scales[: len(goals)]
        cosines += numbers[:, len(goals) :] * scales[len(goals) :]
        cosines *= self.scales[picks, None]
        longest = float(np.linalg.norm(goals, axis=1).max(initial=0.0))
        return cosines, self.astray * longest + (1 + self.astray) * missed + ROUNDING


def make_rows(parts: Sequence[Float32], folder: Path | None = None, *, dimension: int = 1) -> Rows:
    """Join vectors of calls, each (passages, dimension), into rows, and make their shadow.

    With a `folder` the exact rows lie in a file there that has no name and ends with the process. Raises OSError
    when it cannot be written. `dimension` counts where there are none.
    """
    count = sum(map(len, parts))
    dimension = parts[0].shape[1] if parts else dimension
    exact = _room(count, dimension, folder)
    at = 0
    for part in parts:
        exact[at : at + len(part)] = part
        at += len(part)
    codes = np.empty((count, dimension), dtype=np.int8)
    scales = np.empty(count, dtype=np.float32)
    astray = 0.0
    for block in _blocks(count):
        codes[block], scales[block], missed = _shadow(exact[block])
        astray = max(astray, missed)
    exact.flags.writeable = False
    return Rows(exact, codes, scales, astray)


def _room(count: int, dimension: int, folder: Path | None) -> Float32:
    if folder is None or not count:
        return np.empty((count, dimension), dtype=np.float32)
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryFile(dir=folder) as file:  # the mapping keeps the file; its name is gone already
        os.posix_fallocate(file.fileno(), 0, count * dimension * 4)  # else a full disk ends the process (SIGBUS)
        mapped = np.memmap(file, dtype=np.float32, mode="w+", shape=(count, dimension))
        return mapped.view(np.ndarray)  # each slice of a memmap costs several times that of an array


def _picked(codes: NDArray[np.int8], picks: Picks) -> NDArray[np.int8]:
    """As `codes[picks]`, which copies byte by byte where `take` copies row by row."""
    return codes[picks] if isinstance(picks, slice) else codes.take(picks, axis=0)


def _blocks(count: int) -> Iterable[slice]:
    return (slice(start, start + ROWS_AT_ONCE) for start in range(0, count, ROWS_AT_ONCE))


def _fine_shadow(goals: Float32) -> tuple[NDArray[np.int8], Float32, float]:
    """The shadow of goals, then that of what it misses: as good as exact, and nearly as quick to multiply by."""
    steps, scales, _ = _shadow(goals)
    rest, rest_scales, missed = _shadow(goals - steps * scales[:, None])
    return np.concatenate([steps, rest]), np.concatenate([scales, rest_scales]), missed


def _shadow(rows: Float32) -> tuple[NDArray[np.int8], Float32, float]:
    """Rows as whole numbers and scales, and how far the farthest is from what they stand for."""
    scales = np.maximum(np.abs(rows).max(axis=1, initial=0.0), np.float32(1e-12)) / np.float32(STEPS)
    steps = np.rint(rows / scales[:, None])
    missed = np.linalg.norm(rows - steps * scales[:, None], axis=1)
    return steps.astype(np.int8), scales.astype(np.float32), float(missed.max(initial=0.0))
