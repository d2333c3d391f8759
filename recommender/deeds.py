"""What was done with calls for a mentee, as far as a list can learn from it. Free of tables."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from catalog.drafts import Requirement
from catalog.words import CareerStage, Degree, DismissReason, Funding, Kind, RequirementType

LONGEST_HASTE = 60  # days; a call dismissed as too late earlier than that was late for other reasons


class Deed(StrEnum):
    """What was done with a call for a mentee."""

    DISMISSED = "dismissed"
    REFUSED = "refused"  # the mentee answered that it is not for them
    FORWARDED = "forwarded"
    SAVED = "saved"
    WELCOMED = "welcomed"  # the mentee was interested, or went for it


GOOD = frozenset({Deed.FORWARDED, Deed.SAVED, Deed.WELCOMED})

BAD = frozenset({Deed.DISMISSED, Deed.REFUSED})


class About(StrEnum):
    """What of a call something can be learned about."""

    KIND = "kind"
    PLACE = "place"
    ORGANISATION = "organisation"
    TOO_SENIOR = "too_senior"
    TOO_JUNIOR = "too_junior"
    COST = "cost"
    HASTE = "haste"
    LIKENESS = "likeness"


MEANT = {
    DismissReason.WRONG_KIND: About.KIND,
    DismissReason.WRONG_PLACE: About.PLACE,
    DismissReason.NOT_TRUSTED: About.ORGANISATION,
    DismissReason.TOO_SENIOR: About.TOO_SENIOR,
    DismissReason.TOO_JUNIOR: About.TOO_JUNIOR,
    DismissReason.TOO_EXPENSIVE: About.COST,
    DismissReason.TOO_LATE: About.HASTE,
    DismissReason.WRONG_TOPIC: About.LIKENESS,
}
"""What a mentor or mentee who gives this reason speaks of. `other` names nothing."""


@dataclass(frozen=True, slots=True)
class Signal:
    """One deed with as much of its call as can teach something. `levels`: lowest and highest level asked for."""

    mentee_id: str
    opportunity_id: str
    deed: Deed
    reason: DismissReason | None = None
    kind: Kind = Kind.FELLOWSHIP
    title: str = ""
    organisation: str = ""
    countries: frozenset[str] = frozenset()
    levels: tuple[int, int] | None = None
    funding: Funding = Funding.UNKNOWN
    days_left: int | None = None  # when it was decided

    @property
    def meant(self) -> About | None:
        """What a dismissal, or a mentee's refusal, speaks of."""
        return MEANT.get(self.reason) if self.deed in BAD and self.reason is not None else None

    def traits(self, about: About) -> Iterator[str]:
        """What of its call a lesson about something can hold on to: countries, the organisation, a level, days."""
        if about is About.KIND:
            yield str(self.kind)
        elif about is About.PLACE:
            yield from sorted(self.countries)
        elif about is About.ORGANISATION and self.organisation.strip():
            yield organisation_key(self.organisation)
        elif about is About.TOO_SENIOR and self.levels is not None:
            yield str(self.levels[0])
        elif about is About.TOO_JUNIOR and self.levels is not None:
            yield str(self.levels[1])
        elif about is About.COST and self.funding in (Funding.FEE, Funding.NONE):
            yield ""
        elif about is About.HASTE and self.days_left is not None and 0 <= self.days_left <= LONGEST_HASTE:
            yield str(self.days_left)

    def is_covered_by(self, about: About, value: str) -> bool:
        """Whether its call is one that a lesson would move."""
        own = list(self.traits(about))
        if about is About.TOO_SENIOR:
            return any(int(level) >= int(value) for level in own)
        if about in (About.TOO_JUNIOR, About.HASTE):
            return any(int(level) <= int(value) for level in own)
        return value in own


_LEVELS = {
    CareerStage.HIGH_SCHOOL: 0,
    CareerStage.UNDERGRADUATE: 1,
    CareerStage.PRE_MED: 1,
    CareerStage.MEDICAL_STUDENT: 2,
    CareerStage.OTHER_HEALTH_STUDENT: 2,
    CareerStage.GRADUATE_STUDENT: 3,
    CareerStage.RESIDENT: 3,
    CareerStage.FELLOW: 4,
    CareerStage.POSTDOC: 4,
    CareerStage.EARLY_CAREER: 4,
    CareerStage.MID_CAREER: 5,
    CareerStage.SENIOR: 6,
}
_DEGREE_LEVELS = {Degree.NONE: 0, Degree.BACHELOR: 2, Degree.MASTER: 3, Degree.MEDICAL: 3, Degree.DOCTORATE: 4}


def levels_of(requirements: Iterable[Requirement]) -> tuple[int, int] | None:
    """The lowest and highest level of training or career that a call asks for; None when it names none."""
    stages, degrees = [], []
    for one in requirements:
        if one.type is RequirementType.CAREER_STAGE and not one.excludes:
            stages += [_LEVELS[CareerStage(value)] for value in one.any_of]
        elif one.type is RequirementType.DEGREE and not one.excludes:
            degrees += [_DEGREE_LEVELS[Degree(value)] for value in one.any_of]
    if stages:
        return min(stages), max(stages)
    return (min(degrees), max(_LEVELS.values())) if degrees else None


def organisation_key(name: str) -> str:
    """By which an organisation is known again."""
    return " ".join(name.casefold().split())
