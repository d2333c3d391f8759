"""What a soak has seen so far: counts, what was promised to callers, and what should never have happened."""

import threading
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

MANY = 50  # faults of one kind that are kept in words; the rest is counted


@dataclass
class Record:
    """Shared by all threads of a soak."""

    began: float = field(default_factory=time.monotonic)
    counts: Counter[str] = field(default_factory=Counter)
    statuses: Counter[int] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    forwards: dict[str, str] = field(default_factory=dict)
    """By idempotency key the forward that a caller was told of."""
    asked: set[str] = field(default_factory=set)
    """Every idempotency key with which a forward was asked for, answered or not."""
    undone: set[str] = field(default_factory=set)
    replies: Counter[str] = field(default_factory=Counter)
    """By forward, how many answers of a mentee were taken."""
    memory: dict[str, list[tuple[float, float]]] = field(default_factory=dict)
    """By process: seconds since the beginning, and MiB of it, while it lived."""
    lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def seconds(self) -> float:
        """Since the beginning."""
        return time.monotonic() - self.began

    def count(self, what: str, by: int = 1) -> None:
        """Note that something happened."""
        with self.lock:
            self.counts[what] += by

    def answered(self, status: int) -> None:
        """Note an answer of the service."""
        with self.lock:
            self.statuses[status] += 1

    def fault(self, invariant: str, said: str) -> None:
        """Note what should never happen."""
        with self.lock:
            self.counts[f"fault: {invariant}"] += 1
            if self.counts[f"fault: {invariant}"] <= MANY:
                self.faults.append(f"{self.seconds:7.1f} s  {invariant}: {said}")

    def promised(self, key: str, forward: str) -> None:
        """Note a forward that a caller was told of. Two for one key are a fault."""
        with self.lock:
            before = self.forwards.setdefault(key, forward)
        if before != forward:
            self.fault("one key is one forward", f"{key} gave {before} and {forward}")

    def weighed(self, process: str, mib: float) -> None:
        """Note how much memory a process has now."""
        with self.lock:
            self.memory.setdefault(process, []).append((self.seconds, mib))

    def as_json(self) -> dict[str, Any]:
        """For a file."""
        with self.lock:
            shown: Mapping[str, int] = dict(sorted(self.counts.items()))
            return {
                "seconds": round(self.seconds, 1),
                "counts": shown,
                "statuses": {str(status): count for status, count in sorted(self.statuses.items())},
                "forwards_told": len(self.forwards),
                "faults": list(self.faults),
            }
