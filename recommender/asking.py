"""What to ask where eligibility cannot be told: a question for each requirement, and the one that settles most.

Each question is tried: of the answers it can have, how many would settle whether the person may apply?
A fact about the person comes before a condition that is the call's own where both settle as much.
"""

from collections.abc import Callable, Container, Iterator, Sequence
from dataclasses import replace
from enum import StrEnum

from catalog.drafts import Requirement
from catalog.vocabularies import countries_in
from catalog.words import CareerStage, Degree, Profession, RequirementType, Verdict
from recommender.conditions import asks_for_more
from recommender.languages import languages_asked
from recommender.left_over import left_over
from recommender.naming import in_words, plain
from recommender.people import MenteeFacts
from recommender.reasons import RequirementVerdict
from recommender.reckoning import UNDATED, Reckoning
from recommender.requirements import held_against
from recommender.time_since import apart_from_time, day_that_settles, year_missing

TotalOf = Callable[[Sequence[Requirement], MenteeFacts], Verdict]
"""Works out whether a person may apply."""

_ASKED_FIRST = (
    RequirementType.CAREER_STAGE,
    RequirementType.CITIZENSHIP,
    RequirementType.RESIDENCE,
    RequirementType.DEGREE,
    RequirementType.PROFESSION,
    RequirementType.MEMBERSHIP,
    RequirementType.OTHER,
)
_YEARS_TRIED = (-12, -3, 1)
"""Before today: long ago, lately, and not yet."""
_ELSEWHERE = "AQ"  # a country that no call names
_UNSPOKEN = "zxx"  # ISO 639: no language


class AskedFact(StrEnum):
    """A fact about a person, named as it is kept, that one question is for whatever call asks it."""

    STAGE = "stage"
    CITIZENSHIPS = "citizenships"
    RESIDENCE = "residence"
    DEGREE = "degree"
    PROFESSION = "profession"
    QUALIFIED_IN = "qualified_in"
    DOCTORATE_IN = "doctorate_in"
    STUDIES_SINCE = "studies_since"
    LANGUAGES = "languages"


_ASKS_FOR = {
    AskedFact.STAGE: "Which stage of training or career has this person reached?",
    AskedFact.CITIZENSHIPS: "Which citizenships does this person hold?",
    AskedFact.RESIDENCE: "In which country does this person live?",
    AskedFact.DEGREE: "What is the highest degree this person holds?",
    AskedFact.PROFESSION: "What is this person by profession?",
    AskedFact.QUALIFIED_IN: "In which year did this person qualify, or when will they?",
    AskedFact.DOCTORATE_IN: "In which year did this person get a doctorate, or when will they?",
    AskedFact.STUDIES_SINCE: "In which year did this person begin the present course?",
    AskedFact.LANGUAGES: "Which languages does this person speak?",
}
_OF_THE_CALL = "” here?"
"""How a question ends that is about the call's words and not about the person."""
_FACTS = {asked: fact for fact, asked in _ASKS_FOR.items()}


def fact_asked(question: str) -> AskedFact | None:
    """The fact that answers a question, so that whoever knows it can say it once; None where only the call asks it."""
    return _FACTS.get(question)


def is_for_the_person(question: str) -> bool:
    """Whether the person can be asked it; whoever runs the call knows what its words take in."""
    return not question.endswith(_OF_THE_CALL)


def one_question(verdicts: Sequence[RequirementVerdict], person: MenteeFacts, total_of: TotalOf) -> str:
    """The question of an unknown total that is likeliest to settle it."""
    met = {
        entry.requirement.alternative
        for entry in verdicts
        if entry.requirement.alternative is not None and entry.verdict is Verdict.ELIGIBLE
    }
    unknown = [
        entry for entry in verdicts if entry.verdict is Verdict.UNKNOWN and entry.requirement.alternative not in met
    ]
    unknown.sort(key=lambda entry: _ASKED_FIRST.index(entry.requirement.type))
    if len({entry.question for entry in unknown}) == 1:
        return unknown[0].question
    asked = [entry.requirement for entry in verdicts if not _is_confirmed(entry, met)]
    return max(unknown, key=lambda entry: _settles(entry.requirement, asked, person, total_of)).question


def _is_confirmed(entry: RequirementVerdict, met: Container[int | None]) -> bool:
    """Whether it is settled by a mentor's word, of which the person's facts know nothing, or by an alternative."""
    return entry.confirmed is not None or entry.requirement.alternative in met


def _settles(requirement: Requirement, asked: Sequence[Requirement], person: MenteeFacts, total_of: TotalOf) -> float:
    """The share of answers after which it is known whether the person may apply."""
    answers = list(_answers(requirement, person))
    if not answers:  # yes or no, and then the requirement is met or not: only a "no" settles the rest
        rest = [one for one in asked if one is not requirement]
        return (1 + (total_of(rest, person) is not Verdict.UNKNOWN)) / 2
    return sum(total_of(asked, told) is not Verdict.UNKNOWN for told in answers) / len(answers)


def _answers(requirement: Requirement, person: MenteeFacts) -> Iterator[MenteeFacts]:
    """The person as each answer would make them known; none where the question is not about a missing fact."""
    match requirement.type:
        case _ if _turns_on_time(requirement, person):
            if (year := year_missing(requirement.quote, person)) and person.as_of:
                yield from (replace(person, **{year: person.as_of.year + years}) for years in _YEARS_TRIED)  # type: ignore[arg-type]
        case RequirementType.CAREER_STAGE if person.stage is None:
            yield from (replace(person, stage=stage) for stage in CareerStage)
        case RequirementType.CITIZENSHIP if not person.citizenships:
            yield from (replace(person, citizenships=(code,)) for code in _countries(requirement))
        case RequirementType.RESIDENCE if person.residence is None:
            yield from (replace(person, residence=code) for code in _countries(requirement))
        case RequirementType.DEGREE if person.degree is None:
            yield from (replace(person, degree=degree) for degree in Degree)
        case RequirementType.PROFESSION if person.profession is None:
            yield from (replace(person, profession=profession) for profession in Profession)
        case RequirementType.OTHER if _languages_tell(requirement, person):
            for spoken in (languages_asked(requirement.quote), (_UNSPOKEN,)):
                yield replace(person, languages=tuple(spoken))


def _languages_tell(requirement: Requirement, person: MenteeFacts) -> bool:
    """Whether it is met by whoever speaks what it asks for, and nobody said what this person speaks."""
    asked = languages_asked(requirement.quote)
    if person.languages or not asked:
        return False
    return held_against(requirement, replace(person, languages=tuple(asked))) is Verdict.ELIGIBLE


def _countries(requirement: Requirement) -> tuple[str, str]:
    """One of those named, and one that is not."""
    return min(countries_in(requirement.any_of), default=_ELSEWHERE), _ELSEWHERE


def question(requirement: Requirement, person: MenteeFacts, when: Reckoning = UNDATED) -> str:
    """What to ask about one requirement that cannot be told."""
    plainly = f"Does this person meet “{requirement.quote}”?"
    rest = apart_from_time(requirement)
    more = asks_for_more(rest, person) or left_over(rest.quote, requirement.any_of)
    if more and not list(_answers(requirement, person)):
        return plainly
    if _turns_on_time(requirement, person):
        return _about_time(requirement.quote, person, when) or plainly
    return _by_type(requirement, person) or plainly


def _by_type(requirement: Requirement, person: MenteeFacts) -> str | None:
    """What to ask by what it asks for: the missing fact, else whether what is known of the person is meant."""
    asked = in_words(requirement)
    match requirement.type:
        case RequirementType.CAREER_STAGE if person.stage is None:
            return _ASKS_FOR[AskedFact.STAGE]
        case RequirementType.CAREER_STAGE if asked:
            return f"Does “{asked}” include “{plain(person.stage or '')}{_OF_THE_CALL}"
        case RequirementType.CITIZENSHIP if not person.citizenships:
            return _ASKS_FOR[AskedFact.CITIZENSHIPS]
        case RequirementType.RESIDENCE if person.residence is None:
            return _ASKS_FOR[AskedFact.RESIDENCE]
        case RequirementType.RESIDENCE if asked:
            return f"Is this person a permanent resident of {asked}?"
        case RequirementType.DEGREE if person.degree is None:
            return _ASKS_FOR[AskedFact.DEGREE]
        case RequirementType.DEGREE if asked:
            return f"Does this person hold, or will they in time, the degree asked for ({asked})?"
        case RequirementType.PROFESSION if person.profession is None:
            return _ASKS_FOR[AskedFact.PROFESSION]
        case RequirementType.PROFESSION if asked:
            return f"Is this person by profession {asked}?"
        case RequirementType.MEMBERSHIP if asked:
            return f"Is this person a member of {asked}?"
        case RequirementType.OTHER if _languages_tell(requirement, person):
            return _ASKS_FOR[AskedFact.LANGUAGES]
    return None


def _turns_on_time(requirement: Requirement, person: MenteeFacts) -> bool:
    """Whether all but the time since somebody qualified is settled."""
    rest = apart_from_time(requirement)
    if rest is requirement:
        return False
    return requirement.type is RequirementType.OTHER or held_against(rest, person) is not Verdict.UNKNOWN


def _about_time(quote: str, person: MenteeFacts, when: Reckoning) -> str | None:
    """What to ask of when somebody got a degree, where that is all that is missing."""
    if year := year_missing(quote, person):
        return _ASKS_FOR[AskedFact(year)]
    if settles := day_that_settles(quote, person, when):
        fact, day = settles
        got = "get the doctorate" if fact == AskedFact.DOCTORATE_IN else "qualify"
        return f"Did this person {got} on {day.day} {day:%B %Y} or later?"
    return None
