"""The open calls as one immutable value in memory: what every answer is worked out from.

Calls are in order of (kind, closing time, id) and their passages' vectors lie in that order in one
matrix, so that what a filter lets through is few contiguous slices. A refresh makes a new snapshot
beside the old one from what changed; answers under way keep the one they began with.
"""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from catalog.columns import Float32
from catalog.drafts import Requirement
from catalog.standing import Timetable
from catalog.words import PAYS, Funding, Kind
from recommender.against import RulesAgainst
from recommender.lexical import Lexicon, TermCounts, Vocabulary, build_lexicon
from recommender.reckoning import Reckoning, reckoning
from recommender.rows import Rows, make_rows
from recommender.ruling_out import what_rules_out

Rule = tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Call:
    """What ranking needs to know of an opportunity. Its texts stay in the database until they are shown."""

    id: str
    rev: int
    kind: Kind
    title: str
    organisation: str
    series_id: str | None
    countries: frozenset[str]
    remote: bool | None
    funding: Funding
    requirements: tuple[Requirement, ...]
    timetable: Timetable
    closes_at: dt.datetime | None
    words: TermCounts = field(repr=False)
    dates: Reckoning = field(init=False, repr=False)  # on which it counts how long ago somebody qualified
    rule: Rule = field(init=False, repr=False)  # whom its requirements rule out, worked out once

    def __post_init__(self) -> None:
        dates = reckoning(self.timetable)
        object.__setattr__(self, "dates", dates)
        object.__setattr__(self, "rule", tuple(what_rules_out(item, dates) for item in self.requirements))


@dataclass(frozen=True, slots=True, eq=False)
class Snapshot:
    """The calls and everything worked out from them. `starts[c]` to `starts[c+1]` are the rows of call c.

    spans: the numbers of the calls of a kind, which follow each other.
    """

    rev: int
    model: str  # "" when there are no vectors
    calls: tuple[Call, ...]
    place: Mapping[str, int]  # call id -> number
    starts: NDArray[np.int64]
    rows: Rows
    lexicon: Lexicon
    spans: Mapping[Kind, slice]
    remote: NDArray[np.int8]  # 1 yes, 0 no, -1 not known
    funded: NDArray[np.bool_]  # in PAYS
    in_country: Mapping[str, NDArray[np.int32]]
    rules: tuple[tuple[Requirement, ...], ...]  # what calls ask for, one set of those that rule the same people out
    rule_of: NDArray[np.int32]
    against: RulesAgainst
    waiting: int = 0  # passages without a vector
    indexed_at: dt.datetime | None = None
    elsewhere: NDArray[np.bool_] | None = None  # which calls have vectors, where those are kept in the database alone
    has_vectors: NDArray[np.bool_] = field(init=False)  # which calls can be compared by meaning
    having: int = field(init=False)  # how many, counted once: it is asked with every answer

    def __post_init__(self) -> None:
        has_vectors = np.diff(self.starts) > 0 if self.elsewhere is None else self.elsewhere
        object.__setattr__(self, "has_vectors", has_vectors)
        object.__setattr__(self, "having", int(has_vectors.sum()))

    def __len__(self) -> int:
        return len(self.calls)

    def call(self, opportunity_id: str) -> Call:
        """The call with this id. Raises KeyError."""
        return self.calls[self.place[opportunity_id]]

    def rows_of(self, call: int) -> Float32:
        """The vectors of one call's passages, shape (passages, dimension)."""
        return self.rows.exact[self.starts[call] : self.starts[call + 1]]


def without_vectors(snapshot: Snapshot, having: Collection[str], dimension: int) -> Snapshot:
    """The same, knowing only which calls (ids) have vectors, of `dimension` numbers; none of them is held."""
    marked = np.fromiter((call.id in having for call in snapshot.calls), dtype=bool, count=len(snapshot))
    return replace(with_vectors(snapshot, {}, dimension), elsewhere=marked)


def with_vectors(snapshot: Snapshot, vectors: Mapping[int, Float32], dimension: int) -> Snapshot:
    """The same with the vectors of these calls, by number, in it and no others."""
    sizes = np.zeros(len(snapshot), dtype=np.int64)
    held = sorted(vectors)
    sizes[held] = [len(vectors[call]) for call in held]
    rows = make_rows([vectors[call] for call in held], dimension=dimension)
    return replace(snapshot, starts=np.concatenate([[0], np.cumsum(sizes)]), rows=rows, elsewhere=None)


def build_snapshot(
    rev: int,
    model: str,
    calls: Sequence[Call],
    vectors: Mapping[str, Float32],
    vocabulary: Vocabulary,
    *,
    waiting: int = 0,
    indexed_at: dt.datetime | None = None,
    folder: Path | None = None,
) -> Snapshot:
    """Put calls and the vectors of their passages (by call id, shape (passages, dimension)) in order.

    With a `folder` the exact vectors are mapped from a file there. Raises OSError when it cannot be written.
    """
    never = dt.datetime.max.replace(tzinfo=dt.UTC)
    ordered = tuple(sorted(calls, key=lambda call: (call.kind, call.closes_at or never, call.id)))
    rows = [vectors.get(call.id) for call in ordered]
    starts = np.concatenate([[0], np.cumsum([0 if row is None else len(row) for row in rows], dtype=np.int64)])
    rules: dict[Rule, int] = {}
    rule_of = np.array([rules.setdefault(call.rule, len(rules)) for call in ordered], dtype=np.int32)
    ones = _one_of_each(ordered, rules)
    asked = tuple(call.requirements for call in ones)
    return Snapshot(
        rev=rev,
        model=model,
        calls=ordered,
        place={call.id: at for at, call in enumerate(ordered)},
        starts=starts.astype(np.int64),
        rows=make_rows([row for row in rows if row is not None], folder),
        lexicon=build_lexicon(vocabulary, [call.words for call in ordered]),
        spans=_spans(ordered),
        remote=np.array([-1 if call.remote is None else int(call.remote) for call in ordered], dtype=np.int8),
        funded=np.array([call.funding in PAYS for call in ordered], dtype=bool),
        in_country=_by_country(ordered),
        rule_of=rule_of,
        rules=asked,
        against=RulesAgainst(asked, tuple(rules), [call.dates for call in ones]),
        waiting=waiting,
        indexed_at=indexed_at,
    )


def _spans(calls: Sequence[Call]) -> dict[Kind, slice]:
    found: dict[Kind, slice] = {}
    at = 0
    for kind, same in groupby(calls, key=lambda call: call.kind):
        found[kind] = slice(at, at := at + sum(1 for _ in same))
    return found


def _by_country(calls: Sequence[Call]) -> dict[str, NDArray[np.int32]]:
    found: dict[str, list[int]] = {}
    for at, call in enumerate(calls):
        for code in call.countries:
            found.setdefault(code, []).append(at)
    return {code: np.array(places, dtype=np.int32) for code, places in found.items()}


def _one_of_each(calls: Sequence[Call], rules: Mapping[Rule, int]) -> tuple[Call, ...]:
    found: dict[int, Call] = {}
    for call in calls:
        found.setdefault(rules[call.rule], call)
    return tuple(found[number] for number in range(len(rules)))
