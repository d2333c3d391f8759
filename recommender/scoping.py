"""Which calls of a snapshot are in scope: filters, standing, what she may apply for, what she has seen.

Calls of a kind follow each other in a snapshot, so a filter on kinds looks at those alone. What is
remembered (standings, which rules are against a person) only saves time.
"""

import datetime as dt
import threading
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from catalog.vocabularies import countries_in
from catalog.words import RequirementType, Verdict
from recommender.eligibility import quick_verdict
from recommender.filters import Filters
from recommender.people import MenteeFacts
from recommender.ranker import Scope
from recommender.snapshot import Snapshot
from recommender.statuses import Statuses, statuses_at

PEOPLE_REMEMBERED = 2_000
REMEMBERED_BYTES = 8_000_000  # of which rules are against whom, at one byte a rule and person
Mask = NDArray[np.bool_]


class Scoping:
    """Finds the calls in scope. Threads share it."""

    def __init__(self, snapshot: Snapshot, closing_soon: dt.timedelta, known: Statuses | None = None) -> None:
        self._snapshot = snapshot
        self._closing_soon = closing_soon
        self._statuses = known
        self._reckoning = threading.Lock()
        self._ruled_out: dict[MenteeFacts, Mask] = {}
        self._lock = threading.Lock()

    def statuses(self, now: dt.datetime) -> Statuses:
        """Every call's standing at `now`."""
        found = self._statuses
        if found is not None and found.holds_at(now):
            return found
        with self._reckoning:  # once for all who ask at this moment: it may take a while
            found = self._statuses
            if found is None or not found.holds_at(now):
                found = statuses_at(self._snapshot, now, self._closing_soon, found)
                self._statuses = found
        return found

    def calls_in(self, scope: Scope) -> tuple[NDArray[np.intp], int]:
        """The numbers of the calls in scope, rising, and how many more would be if she were eligible for them."""
        found, hidden = [np.empty(0, dtype=np.intp)], 0
        for span in self._spans(scope.filters):
            mask = self._passing(scope, span)
            if scope.person is not None and not scope.filters.ineligible:
                ruled_out = self._rules_against(scope.person)[self._snapshot.rule_of[span]]
                hidden += int((mask & ruled_out).sum())
                mask &= ~ruled_out
            found.append(np.flatnonzero(mask) + span.start)
        return np.concatenate(found), hidden

    def among(self, calls: NDArray[np.intp], scope: Scope, rules: NDArray[np.int32]) -> tuple[Mask, int]:
        """Of calls that pass the scope's filters, which she may be shown, and how many more if she were eligible.

        rules: each call's, `Snapshot.rule_of` of these calls.
        """
        mask = np.ones(len(calls), dtype=bool)
        known = [self._snapshot.place[name] for name in scope.excluded if name in self._snapshot.place]
        if known:
            mask &= ~np.isin(calls, known)
        if scope.person is None or scope.filters.ineligible:
            return mask, 0
        against = self._rules_against(scope.person)
        if not against.any():
            return mask, 0
        ruled_out = against[rules]
        return mask & ~ruled_out, int(np.count_nonzero(mask & ruled_out))

    def _spans(self, filters: Filters) -> Iterator[slice]:
        spans = self._snapshot.spans
        if not filters.kinds:
            yield slice(0, len(self._snapshot))
        else:
            yield from (span for kind, span in spans.items() if kind in filters.kinds)

    def _passing(self, scope: Scope, span: slice) -> Mask:
        snapshot, filters = self._snapshot, scope.filters
        statuses = self.statuses(scope.now)
        mask = statuses.among(filters.wanted_statuses, span)
        days = statuses.days[span]
        if filters.closes_from is not None:
            mask &= np.isfinite(days) & (days >= filters.closes_from.toordinal())
        if filters.closes_until is not None:
            mask &= days <= filters.closes_until.toordinal()
        if filters.funded is not None:
            mask &= snapshot.funded[span] == filters.funded
        if filters.remote is not None:
            mask &= (snapshot.remote[span] == 1) if filters.remote else (snapshot.remote[span] != 1)
        if filters.countries:
            mask &= self._happening_in(filters, span)
        if filters.stages:
            mask &= self._open_to_stages(filters)[snapshot.rule_of[span]]
        for name in scope.excluded & snapshot.place.keys():
            if span.start <= snapshot.place[name] < span.stop:
                mask[snapshot.place[name] - span.start] = False
        return mask

    def _happening_in(self, filters: Filters, span: slice) -> Mask:
        found: Mask = self._snapshot.remote[span] == 1
        for code in countries_in(tuple(filters.countries)) & self._snapshot.in_country.keys():
            there = self._snapshot.in_country[code]
            first, last = np.searchsorted(there, (span.start, span.stop))
            found[there[first:last] - span.start] = True
        return found

    def _open_to_stages(self, filters: Filters) -> Mask:
        about_stage = [
            tuple(item for item in rule if item.type is RequirementType.CAREER_STAGE) for rule in self._snapshot.rules
        ]
        people = [MenteeFacts(stage=stage) for stage in sorted(filters.stages)]
        fits = [any(quick_verdict(rule, one) is not Verdict.INELIGIBLE for one in people) for rule in about_stage]
        return np.array(fits, dtype=bool)

    def _rules_against(self, person: MenteeFacts) -> Mask:
        facts = replace(person, id="", version=0)
        found = self._ruled_out.get(facts)
        if found is None:
            found = self._snapshot.against.of(facts)
            with self._lock:
                many = len(self._ruled_out)
                if many >= PEOPLE_REMEMBERED or many * len(found) >= REMEMBERED_BYTES:
                    self._ruled_out.clear()
                self._ruled_out[facts] = found
        return found
