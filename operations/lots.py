"""Delivery shared out among workers: one sees what is due, and as many take part as there is work for."""

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

LOT = 20
"""So many messages that are due wake one more place to deliver them from."""
MOST_LOTS = 6


@dataclass(frozen=True, slots=True)
class Lots:
    """What a worker delivers. `owe` writes down what is due; `due` counts it, by sort.

    `deliver` tries one of a sort, or a few, and returns how many; `stopping` is set when the worker is to end.
    """

    owe: Callable[[], None]
    due: Callable[[], Mapping[str, int]]
    deliver: Mapping[str, Callable[[], int]]
    stopping: threading.Event = field(default_factory=threading.Event)


def share_out(lots: Lots) -> list[tuple[str, int]]:
    """Owe what is due; for each sort as many numbered lots as there is work for."""
    lots.owe()
    counts = lots.due()
    return [(what, number) for what, count in counts.items() for number in range(min(MOST_LOTS, -(-count // LOT)))]


def work_off(lots: Lots, what: str) -> int:
    """Deliver until nothing is due or the worker is to end; how many were tried."""
    total = 0
    while not lots.stopping.is_set() and (tried := lots.deliver[what]()):
        total += tried
    return total
