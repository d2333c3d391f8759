"""Which rules of a snapshot are against a person, worked out once for whoever is alike in what a rule looks at.

A rule is against her when of some group of alternatives none can be met. Each requirement looks at a few facts of hers
only (`LOOKED_AT`), so that mentees share answers, and a new snapshot, whose calls mostly ask for what the last one's
asked for, asks again for what is new alone.
"""

from collections.abc import Hashable, Sequence
from functools import lru_cache
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from catalog.drafts import Requirement
from catalog.words import RequirementType, Verdict
from recommender.people import MenteeFacts
from recommender.reckoning import UNDATED, Reckoning
from recommender.requirements import held_against
from recommender.time_since import LOOKED_AT as LOOKED_AT_FOR_TIME
from recommender.time_since import turns_on_years

LOOKED_AT = {
    RequirementType.CAREER_STAGE: ("stage", "specialty"),
    RequirementType.PROFESSION: ("profession", "stage", "specialty"),
    RequirementType.CITIZENSHIP: ("citizenships", "residence"),
    RequirementType.RESIDENCE: ("citizenships", "residence"),
    RequirementType.DEGREE: ("degree", "stage", "profession", "specialty"),
    RequirementType.MEMBERSHIP: ("memberships",),
    RequirementType.OTHER: ("languages", "stage", "degree", "specialty"),
}
"""The facts that a requirement of a type may turn on."""
ANSWERS_KEPT = 100_000  # by all snapshots together, about 20 MB
Mask = NDArray[np.bool_]
Sort = tuple[RequirementType, bool]
"""The type of a requirement, and whether it asks for time too: few do, and those turn on more facts."""


def looked_at(kind: RequirementType, person: MenteeFacts, *, timed: bool = False) -> MenteeFacts:
    """Somebody of whom no more is known than requirements of this type look at."""
    names = {*LOOKED_AT[kind], *(LOOKED_AT_FOR_TIME if timed else ())}
    return MenteeFacts(**{name: getattr(person, name) for name in names})


class RulesAgainst:
    """The rules of one snapshot. `keys`: for each requirement of each rule, what it rules out (`what_rules_out`).

    dates: those of a call that has the rule, for each; none where no rule turns on them.
    """

    def __init__(
        self,
        rules: Sequence[Sequence[Requirement]],
        keys: Sequence[Sequence[str]],
        dates: Sequence[Reckoning] | None = None,
    ) -> None:
        found: dict[str, _Asked] = {}
        groups: list[list[str]] = []
        self._group_starts: list[int] = []
        self._having: list[int] = []  # the rules that ask for anything
        each = dates if dates is not None else [UNDATED] * len(rules)
        for number, (rule, names, when) in enumerate(zip(rules, keys, each, strict=True)):
            found.update((name, _Asked(name, one, when)) for name, one in zip(names, rule, strict=True))
            if rule:
                self._having.append(number)
                self._group_starts.append(len(groups))
                groups += _alternatives(rule, names)
        self._rules = len(rules)
        by_type = sorted(found.values(), key=lambda asked: asked.sort)
        place = {asked.key: at for at, asked in enumerate(by_type)}
        self._members = np.array([place[name] for group in groups for name in group], dtype=np.intp)
        self._member_starts = np.cumsum([0, *(len(group) for group in groups)])[:-1].astype(np.intp)
        self._of_sort = {sort: list(alike) for sort, alike in groupby(by_type, key=lambda asked: asked.sort)}
        self._known: dict[tuple[Sort, MenteeFacts], Mask] = {}

    def of(self, person: MenteeFacts) -> Mask:
        """Which rules she cannot meet, shape (rules,)."""
        found = np.zeros(self._rules, dtype=bool)
        if self._having:
            sorts = [(sort, looked_at(sort[0], person, timed=sort[1])) for sort in self._of_sort]
            not_met = np.concatenate([self._not_met(sort, facts) for sort, facts in sorts])
            groups = np.logical_and.reduceat(not_met[self._members], self._member_starts)
            found[self._having] = np.logical_or.reduceat(groups, self._group_starts)
        return found

    def _not_met(self, sort: Sort, facts: MenteeFacts) -> Mask:
        found = self._known.get((sort, facts))
        if found is None:
            found = np.array([_rules_out(asked, facts) for asked in self._of_sort[sort]], dtype=bool)
            if len(self._known) >= 10_000:
                self._known.clear()
            self._known[sort, facts] = found
        return found


class _Asked:
    """A requirement that is the same as any other which rules out the same people."""

    def __init__(self, key: str, requirement: Requirement, when: Reckoning) -> None:
        self.key = key
        self.requirement = requirement
        self.when = when
        self.sort: Sort = requirement.type, turns_on_years(requirement.quote)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Asked) and self.key == other.key

    def __hash__(self) -> int:
        return hash(self.key)


@lru_cache(maxsize=ANSWERS_KEPT)
def _rules_out(asked: _Asked, facts: MenteeFacts) -> bool:
    return held_against(asked.requirement, facts, asked.when) is Verdict.INELIGIBLE


def _alternatives(rule: Sequence[Requirement], names: Sequence[str]) -> list[list[str]]:
    """The requirements' keys in groups of which one suffices, as `total_verdict` forms them."""
    groups: dict[Hashable, list[str]] = {}
    for at, (requirement, name) in enumerate(zip(rule, names, strict=True)):
        number = requirement.alternative
        groups.setdefault(("alone", at) if number is None else number, []).append(name)
    return list(groups.values())
