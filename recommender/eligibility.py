"""May this person apply? Yes, no, or cannot tell, for each requirement and in all, with the words that say so.

Any requirement that is not met rules the person out; else any that cannot be told leaves the whole
unknown, together with the one question that would settle it. A call that states no requirement is
open to all as far as is known.
"""

from collections.abc import Sequence

import pycountry

from catalog.drafts import Requirement
from catalog.vocabularies import groups
from catalog.words import RequirementType, Verdict
from recommender.people import MenteeFacts
from recommender.requirements import held_against
from recommender.results import Eligibility, RequirementVerdict

_ASKED_FIRST = (
    RequirementType.CAREER_STAGE,
    RequirementType.CITIZENSHIP,
    RequirementType.RESIDENCE,
    RequirementType.DEGREE,
    RequirementType.PROFESSION,
    RequirementType.MEMBERSHIP,
    RequirementType.OTHER,
)
_MOST_NAMES = 4


def judge(requirements: Sequence[Requirement], person: MenteeFacts) -> Eligibility:
    """Hold every requirement of a call against a person."""
    verdicts = tuple(_judged(requirement, person) for requirement in requirements)
    total = total_verdict([(entry.requirement, entry.verdict) for entry in verdicts])
    return Eligibility(total, verdicts, _one_question(verdicts) if total is Verdict.UNKNOWN else "")


def total_verdict(verdicts: Sequence[tuple[Requirement, Verdict]]) -> Verdict:
    """All must be met, except that of those with the same `alternative` number one suffices."""
    groups_: dict[tuple[str, int], list[Verdict]] = {}
    for at, (requirement, verdict) in enumerate(verdicts):
        number = requirement.alternative
        groups_.setdefault(("alternative", number) if number is not None else ("single", at), []).append(verdict)
    met = [_best(group) for group in groups_.values()]
    if Verdict.INELIGIBLE in met:
        return Verdict.INELIGIBLE
    return Verdict.UNKNOWN if Verdict.UNKNOWN in met else Verdict.ELIGIBLE


def quick_verdict(requirements: Sequence[Requirement], person: MenteeFacts) -> Verdict:
    """The total alone, for filtering many calls."""
    return total_verdict([(requirement, held_against(requirement, person)) for requirement in requirements])


def missing(eligibility: Eligibility) -> list[RequirementVerdict]:
    """The requirements that rule the person out: not those of which another alternative is or may be met."""
    hopeful = {
        entry.requirement.alternative
        for entry in eligibility.requirements
        if entry.requirement.alternative is not None and entry.verdict is not Verdict.INELIGIBLE
    }
    return [
        entry
        for entry in eligibility.requirements
        if entry.verdict is Verdict.INELIGIBLE and entry.requirement.alternative not in hopeful
    ]


def in_words(requirement: Requirement) -> str:
    """What a requirement names, to be read by people: "Kenya, Uganda", "medical student or resident"."""
    named = [_name(requirement.type, value) for value in requirement.any_of]
    shown = named[:_MOST_NAMES] + (["others"] if len(named) > _MOST_NAMES else [])
    return " or ".join([", ".join(shown[:-1]), shown[-1]] if len(shown) > 1 else shown)


def _best(verdicts: list[Verdict]) -> Verdict:
    for verdict in (Verdict.ELIGIBLE, Verdict.UNKNOWN):
        if verdict in verdicts:
            return verdict
    return Verdict.INELIGIBLE


def _judged(requirement: Requirement, person: MenteeFacts) -> RequirementVerdict:
    verdict = held_against(requirement, person)
    question = _question(requirement, person) if verdict is Verdict.UNKNOWN else ""
    gap = _gap(requirement) if verdict is Verdict.INELIGIBLE else ""
    return RequirementVerdict(requirement, verdict, question, gap)


def _one_question(verdicts: Sequence[RequirementVerdict]) -> str:
    """The most telling question: a fact about the person before a condition that is the call's own."""
    settled = {
        entry.requirement.alternative
        for entry in verdicts
        if entry.requirement.alternative is not None and entry.verdict is Verdict.ELIGIBLE
    }
    unknown = [
        entry for entry in verdicts if entry.verdict is Verdict.UNKNOWN and entry.requirement.alternative not in settled
    ]
    return min(unknown, key=lambda entry: _ASKED_FIRST.index(entry.requirement.type)).question


def _question(requirement: Requirement, person: MenteeFacts) -> str:
    asked = in_words(requirement)
    match requirement.type:
        case RequirementType.CAREER_STAGE if person.stage is None:
            return "Which stage of training or career has this person reached?"
        case RequirementType.CAREER_STAGE if asked:
            return f"Does the call take somebody at this stage ({_plain(person.stage or '')}) as {asked}?"
        case RequirementType.CITIZENSHIP if not person.citizenships:
            return "Which citizenships does this person hold?"
        case RequirementType.RESIDENCE if person.residence is None:
            return "In which country does this person live?"
        case RequirementType.RESIDENCE if asked:
            return f"Is this person a permanent resident of {asked}?"
        case RequirementType.DEGREE if person.degree is None:
            return "What is the highest degree this person holds?"
        case RequirementType.DEGREE if asked:
            return f"Does this person hold, or will they in time, the degree asked for ({asked})?"
        case RequirementType.PROFESSION if asked:
            return f"Is this person by profession {asked}?"
        case RequirementType.MEMBERSHIP if asked:
            return f"Is this person a member of {asked}?"
    return f"Does this person meet “{requirement.quote}”?"


def _gap(requirement: Requirement) -> str:
    asked = in_words(requirement)
    if not asked:
        return f"does not meet “{requirement.quote}”"
    subject = {
        RequirementType.CAREER_STAGE: "career stage",
        RequirementType.PROFESSION: "profession",
        RequirementType.CITIZENSHIP: "citizenship",
        RequirementType.RESIDENCE: "residence",
        RequirementType.DEGREE: "degree",
        RequirementType.MEMBERSHIP: "membership",
        RequirementType.OTHER: "condition",
    }[requirement.type]
    least = "at least " if requirement.minimum else ""
    return f"{subject} must not be {asked}" if requirement.excludes else f"{subject} must be {least}{asked}"


def _name(type_: RequirementType, value: str) -> str:
    if type_ in (RequirementType.CITIZENSHIP, RequirementType.RESIDENCE):
        if value in groups():
            return groups()[value].name
        country = pycountry.countries.get(alpha_2=value)
        return str(getattr(country, "common_name", country.name)) if country else value
    return value if type_ is RequirementType.MEMBERSHIP else _plain(value)


def _plain(value: str) -> str:
    return str(value).replace("_", " ")
