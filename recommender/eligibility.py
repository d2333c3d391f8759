"""May this person apply? Yes, no, or cannot tell, for each requirement and in all, with the words that say so.

Any requirement that is not met rules the person out; else any that cannot be told leaves the whole
unknown, together with the one question that would settle it. A call that states no requirement is
open to all as far as is known.
"""

from collections.abc import Sequence
from functools import partial

from catalog.drafts import Requirement
from catalog.words import RequirementType, Verdict
from recommender.asking import one_question, question
from recommender.naming import in_words
from recommender.people import MenteeFacts
from recommender.reasons import NONE_CONFIRMED, Confirmations, Eligibility, RequirementVerdict
from recommender.reckoning import UNDATED, Reckoning
from recommender.requirements import fails_by_time, held_against


def judge(
    requirements: Sequence[Requirement],
    person: MenteeFacts,
    confirmed: Confirmations = NONE_CONFIRMED,
    when: Reckoning = UNDATED,
) -> Eligibility:
    """Hold every requirement of a call with these dates against a person.

    Where no fact tells, a mentor's word may (`confirmed`).
    """
    verdicts = tuple(_judged(requirement, person, confirmed, when) for requirement in requirements)
    total = total_verdict([(entry.requirement, entry.verdict) for entry in verdicts])
    if total is not Verdict.UNKNOWN:
        return Eligibility(total, verdicts)
    return Eligibility(total, verdicts, one_question(verdicts, person, partial(quick_verdict, when=when)))


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


def quick_verdict(requirements: Sequence[Requirement], person: MenteeFacts, when: Reckoning = UNDATED) -> Verdict:
    """The total alone, for filtering many calls."""
    return total_verdict([(requirement, held_against(requirement, person, when)) for requirement in requirements])


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


def settled_by(eligibility: Eligibility, question: str) -> bool:
    """Whether the answer to a question, be it yes or no, leaves nothing unknown that bears on the total."""
    if question not in [entry.question for entry in eligibility.requirements]:
        return False
    answers = (Verdict.ELIGIBLE, Verdict.INELIGIBLE)
    return all(
        total_verdict(
            [
                (entry.requirement, answer if entry.question == question else entry.verdict)
                for entry in eligibility.requirements
            ]
        )
        is not Verdict.UNKNOWN
        for answer in answers
    )


def _best(verdicts: list[Verdict]) -> Verdict:
    for verdict in (Verdict.ELIGIBLE, Verdict.UNKNOWN):
        if verdict in verdicts:
            return verdict
    return Verdict.INELIGIBLE


def _judged(
    requirement: Requirement, person: MenteeFacts, confirmed: Confirmations, when: Reckoning
) -> RequirementVerdict:
    verdict = held_against(requirement, person, when)
    if verdict is Verdict.UNKNOWN and requirement.quote in confirmed:
        return RequirementVerdict(requirement, Verdict.ELIGIBLE, confirmed=confirmed[requirement.quote])
    asked = question(requirement, person, when) if verdict is Verdict.UNKNOWN else ""
    gap = _gap(requirement, person) if verdict is Verdict.INELIGIBLE else ""
    return RequirementVerdict(requirement, verdict, asked, gap)


def _gap(requirement: Requirement, person: MenteeFacts) -> str:
    asked = in_words(requirement)
    if not asked or fails_by_time(requirement, person):
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
