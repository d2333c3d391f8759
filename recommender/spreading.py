"""What keeps a list from being ten times the same: the candidates of a list, and what each of them costs there.

Candidates are numbered by how high any goal has them, and only as many are compared with the list as were looked at:
a list of a hundred is chosen from several hundred, of which most are never reached.
"""

import datetime as dt
from collections.abc import Callable, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from catalog.columns import Float32
from catalog.words import Kind
from recommender.deeds import organisation_key
from recommender.snapshot import Call
from recommender.tokens import terms

CallOf = Callable[[str], Call]
"""Looks a call up by its id. Raises KeyError when it is not open."""

SAME_THING = 0.97  # cosine of first passages: the same text under another name
WORDS_OF_A_NAME = 3  # of a title, with which a call of one kind and closing day is one and the same
MUCH_ALIKE = 0.6  # from here on likeness counts against a call
LIKENESS_COST = 0.15
ORGANISATION_COST = 0.02
KIND_COST = 0.004
COMPARED_AT_FIRST = 256  # candidates
_KINDS = {kind: number for number, kind in enumerate(Kind)}
_organisation = lru_cache(maxsize=20_000)(organisation_key)

Numbers = NDArray[np.intp]


class Pool:
    """The candidates of a list, best first, and those of them that are `gone`: on the list, or the same as one there.

    rows: the vectors of their first passages, then those of what was put away before; zero where there are none.
    """

    def __init__(self, names: Sequence[str], put_away: Sequence[str], rows: Float32, call_of: CallOf) -> None:
        self.gone = np.zeros(len(names), dtype=bool)
        self._number = {name: at for at, name in enumerate(names)}
        self._calls = [call_of(name) for name in names]
        organisations: dict[str, int] = {"": 0}
        self._organisation = np.array(
            [organisations.setdefault(_organisation(call.organisation), len(organisations)) for call in self._calls],
            dtype=np.intp,
        )
        self._kind = np.array([_KINDS[call.kind] for call in self._calls], dtype=np.intp)
        self._of_organisation, self._of_kind = np.zeros(len(organisations)), np.zeros(len(_KINDS))
        self._rows, self._away = rows[: len(names)], rows[len(names) :]
        self._compared = min(COMPARED_AT_FIRST, len(names))
        self._to_chosen = np.full(len(names), -1.0, dtype=np.float32)
        self._chosen: list[int] = []
        self._by_name = _SameByName(self._calls, [call_of(name) for name in put_away], rows)
        self._leave_out_the_same(self._rows[: self._compared] @ self._away.T, 0)
        for at in range(len(names), len(rows)):
            self.gone[self._by_name.as_(at)] = True

    def numbers(self, names: Sequence[str]) -> Numbers:
        """The numbers of these candidates."""
        return np.array([self._number[name] for name in names], dtype=np.intp)

    def call(self, number: int) -> Call:
        """One candidate."""
        return self._calls[number]

    def choose(self, number: int) -> None:
        """It comes on the list: what is the same under another name is gone, its like cost more."""
        self._chosen.append(number)
        compared = slice(0, self._compared)
        near = self._rows[compared] @ self._rows[number]
        self.gone[compared] |= near >= SAME_THING
        self.gone[self._by_name.as_(number)] = True
        np.maximum(self._to_chosen[compared], near, out=self._to_chosen[compared])
        self._of_kind[self._kind[number]] += 1
        if self._organisation[number]:
            self._of_organisation[self._organisation[number]] += 1

    def compared_with_the_list(self, numbers: Numbers) -> bool:
        """Whether these were compared; if not, they and more are now, and some may be gone."""
        most = int(numbers.max(initial=-1))
        if most < self._compared:
            return True
        more = slice(self._compared, min(len(self.gone), max(most + 1, 2 * self._compared)))
        self._compared = more.stop
        near = self._rows[more] @ self._rows[self._chosen].T
        self._to_chosen[more] = near.max(axis=1, initial=-1.0)
        self._leave_out_the_same(near, more.start)
        self._leave_out_the_same(self._rows[more] @ self._away.T, more.start)
        return False

    def costs(self, numbers: Numbers) -> NDArray[np.float64]:
        """What each has against it beside what is on the list: likeness, its organisation's others, its kind's."""
        alike = LIKENESS_COST * np.maximum(0.0, self._to_chosen[numbers] - MUCH_ALIKE)
        found: NDArray[np.float64] = (
            alike.astype(np.float64)
            + ORGANISATION_COST * self._of_organisation[self._organisation[numbers]]
            + KIND_COST * self._of_kind[self._kind[numbers]]
        )
        return found

    def _leave_out_the_same(self, near: Float32, first: int) -> None:
        self.gone[first : first + len(near)] |= near.max(axis=1, initial=-1.0) >= SAME_THING


class _SameByName:
    """Those of which only the words can tell that they are the same, for one of the two is not indexed yet."""

    def __init__(self, candidates: Sequence[Call], put_away: Sequence[Call], rows: Float32) -> None:
        self._unread = set(np.flatnonzero(~rows.any(axis=1)).tolist())
        calls = [*candidates, *put_away] if self._unread else []
        self._names = [_names_and_day(call) for call in calls]
        self._candidates = len(candidates)

    def as_(self, number: int) -> list[int]:
        """The candidates that are the same as this one, which may be one that was put away."""
        own = self._names[number] if self._unread else None
        if own is None or len(own[1]) < WORDS_OF_A_NAME:
            return []
        others = range(self._candidates) if number in self._unread else self._unread
        return [other for other in others if other < self._candidates and self._names[other] == own]


def _names_and_day(call: Call) -> tuple[Kind, frozenset[str], dt.date | None]:
    return call.kind, frozenset(terms(call.title)), call.closes_at.date() if call.closes_at else None
