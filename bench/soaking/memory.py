"""Whether processes' memory is flat: the slope of what each has, once it has warmed up."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

WARMS_UP = 0.3  # of the time; caches fill, and the first snapshots are made
LEAST_SECONDS = 180.0  # of a run whose slope says anything
GROWS_LESS = 0.10  # of the memory after warming up, in ten minutes


@dataclass(frozen=True, slots=True)
class Growth:
    """MiB after warming up, at the end and at most; MiB a minute; whether that is flat (None: too short to tell)."""

    warm: float
    last: float
    most: float
    slope: float
    flat: bool | None


def growths(memory: Mapping[str, Sequence[tuple[float, float]]]) -> dict[str, Growth]:
    """Of each process that lived long enough to be judged."""
    found = {name: growth(samples) for name, samples in memory.items()}
    return {name: one for name, one in found.items() if one is not None and one.flat is not None}


def most(memory: Mapping[str, Sequence[tuple[float, float]]]) -> dict[str, float]:
    """MiB at most, by command: of a name like "crawl 3" its first word."""
    found = dict[str, float]()
    for name, samples in memory.items():
        command = name.partition(" ")[0]
        found[command] = max([found.get(command, 0.0), *(round(mib, 1) for _, mib in samples)])
    return found


def growth(samples: Sequence[tuple[float, float]]) -> Growth | None:
    """Of samples of (seconds, MiB), in order; None where there are too few."""
    if len(samples) < 10:
        return None
    begins = samples[0][0] + (samples[-1][0] - samples[0][0]) * WARMS_UP
    late = [sample for sample in samples if sample[0] >= begins]
    slope = 60 * _slope(late)
    tenth = max(1, len(late) // 10)
    warm, last = _middle(late[:tenth]), _middle(late[-tenth:])
    long_enough = late[-1][0] - late[0][0] >= LEAST_SECONDS * (1 - WARMS_UP)
    flat = slope * 10 <= GROWS_LESS * warm if long_enough else None
    return Growth(round(warm, 1), round(last, 1), round(max(mib for _, mib in samples), 1), round(slope, 3), flat)


def _slope(samples: Sequence[tuple[float, float]]) -> float:
    """By least squares."""
    x = sum(at for at, _ in samples) / len(samples)
    y = sum(mib for _, mib in samples) / len(samples)
    spread = sum((at - x) ** 2 for at, _ in samples)
    return sum((at - x) * (mib - y) for at, mib in samples) / spread if spread else 0.0


def _middle(samples: Sequence[tuple[float, float]]) -> float:
    found = sorted(mib for _, mib in samples)
    return found[len(found) // 2]
