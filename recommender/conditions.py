"""What the words of a requirement say beyond our vocabularies, so that nobody is told yes or no too soon.

A page that asks for "PhD students at a European university" asks for a stage and for more; "a master's degree
or equivalent experience" leaves a way in for those without. The patterns stand in `recommender/data/conditions.toml`.
"""

import re
from functools import lru_cache

from catalog.drafts import Requirement
from catalog.vocabularies import countries_in
from catalog.words import CareerStage, RequirementType
from recommender.left_over import LONGEST, patterns_of, plain_words
from recommender.people import MenteeFacts
from recommender.stages import BEFORE_A_FIRST_DEGREE, IN_TRAINING_FOR_A_PROFESSION
from recommender.tokens import terms

_OF_THE_PERSON = (RequirementType.CAREER_STAGE, RequirementType.PROFESSION)
_OF_COUNTRIES = (RequirementType.CITIZENSHIP, RequirementType.RESIDENCE)
_STANDS_ALONE = (*_OF_COUNTRIES, RequirementType.DEGREE)
"""What an "or" before a verb gives another way in beside, unless that was read as its alternative."""
_STUDIES = re.compile(
    r"\b(?:students?|enrol\w*|undergrad\w*|pupils?|trainees?|pursuing|studying|experience)\b", re.IGNORECASE
)
_TRAINEES = IN_TRAINING_FOR_A_PROFESSION - BEFORE_A_FIRST_DEGREE | {
    CareerStage.GRADUATE_STUDENT,
    CareerStage.FELLOW,
    CareerStage.POSTDOC,
}
"""Who may be meant by "trainees", besides doctors in specialist training."""
_OF_A_DEGREE = frozenset({"field", "years", "date", "person", "beyond", "but", "qualified", "licence"})
_BESIDE = {
    "doctoral": re.compile(r"\bph\.?\s?d\b|\bdphil\b|\bdoctoral\b|\bgraduate\b|\bpost-?graduate", re.IGNORECASE),
    "all of health": re.compile(
        r"\b(?:health(?:care)?|all) (?:professions?|sciences?|students|disciplines)\b", re.IGNORECASE
    ),
    "refused": re.compile(
        r"\bnot (?:be )?(?:considered|accepted|eligible|admitted)\b|\bcannot\b|\bineligible\b", re.IGNORECASE
    ),
}
"""What takes the edge off a further condition: "master's and doctoral students", "nursing and all health students"."""
_TWICE_NEGATED = re.compile(
    r"\b(?:who|that) (?:do|does) not (?:yet )?(?:hold|have|possess)\b[^.;]{3,120}"
    r"\b(?:will not|cannot|can not|may not|are not|is not) (?:be )?(?:considered|eligible|accepted|admitted|apply)\b"
    r"(?!.*\bnot\b)",
    re.IGNORECASE,
)
"""Those without may not: those who have it may, as far as that goes."""
_FIELD = r"[^\W\d_][\w'’-]*(?: [\w'’-]+){0,2}?"
_LIST_OF_FIELDS = re.compile(
    r"\b(?P<who>(?:students|candidates|researchers|postdocs|scientists|fellows|residents|trainees|professionals|scholars"
    r"|graduates|faculty|those|people|authors|learners|working)) "
    rf"(?:in|of) (?P<fields>{_FIELD}(?:, {_FIELD})*,? (?:and|or) {_FIELD})"
    r"(?=\s*(?:[.,;)]|$)|\s+(?:may|can|are|is|should|must|at|from|who|with|which)\b)",
    re.IGNORECASE,
)
_IN_PLACES = re.compile(r"\b(?:in|within|from) (?:the )?(?P<places>[A-Z][a-z]+(?:(?: or| and)? [A-Z][a-z]+)*)")


def asks_for_more(requirement: Requirement, person: MenteeFacts) -> bool:
    """Whether somebody who is what is asked for may still fail by a condition in the same words."""
    found = _further(_without_places(without_idle(requirement.quote[:LONGEST])))
    if requirement.excludes:
        found -= {"beyond", "but"}  # it is the exclusion itself
    if person.stage is not CareerStage.OTHER_HEALTH_STUDENT or _BESIDE["all of health"].search(requirement.quote):
        found -= {"trade_studied"}
    if person.stage is not CareerStage.GRADUATE_STUDENT or _BESIDE["doctoral"].search(requirement.quote):
        found -= {"masters"}
    if requirement.type is RequirementType.DEGREE:
        found &= _OF_A_DEGREE
    elif requirement.type not in _OF_THE_PERSON:
        found &= {"beyond", "but", "turned_round", "qualified"}
    if requirement.type is not RequirementType.CAREER_STAGE:
        found -= {"dwelling"}
    if _is_of_the_field(requirement.quote, person):
        found -= {"field", "trade_studied"}
    return bool(found)


def may_say_the_opposite(requirement: Requirement) -> bool:
    """Whether the words hold a "not" that was not taken for an exclusion, or an exception to what was."""
    if requirement.excludes:
        return "but" in _further(requirement.quote) and bool(_BESIDE["refused"].search(requirement.quote))
    return "negated" in _ways_in(requirement.quote)


def leaves_a_way_in(requirement: Requirement, person: MenteeFacts) -> bool:
    """Whether somebody who is not what is asked for may still be let in by the same words."""
    ways = _ways_in(requirement.quote)
    if may_say_the_opposite(requirement):
        return True
    if "to_either" in ways and requirement.type in _STANDS_ALONE and requirement.alternative is None:
        return True
    if "to_all" in ways:
        return requirement.type is not RequirementType.CITIZENSHIP
    if requirement.type in _OF_COUNTRIES and "to_anywhere" in ways:
        return True
    if requirement.type is RequirementType.CITIZENSHIP and "to_citizenship" in ways:
        return person.residence is None or person.residence in countries_in(requirement.any_of)
    if requirement.type is RequirementType.RESIDENCE and "to_residence" in ways:
        return True
    if requirement.type is RequirementType.CAREER_STAGE:
        recent = "to_students" in ways and person.stage not in BEFORE_A_FIRST_DEGREE
        in_training = "to_trainees" in ways and person.stage in _TRAINEES
        return recent or in_training or bool({"to_dwellers", "to_graduates", "to_others"} & ways)
    if requirement.type is RequirementType.DEGREE and person.stage in BEFORE_A_FIRST_DEGREE:
        return "to_others" in ways and bool(_STUDIES.search(requirement.quote))
    return requirement.type in (RequirementType.PROFESSION, RequirementType.DEGREE) and "to_others" in ways


def what_more(requirement: Requirement) -> tuple[frozenset[str], frozenset[str]]:
    """All that `asks_for_more` reads in the words: names of conditions, and the terms that a field may be among."""
    quote = requirement.quote
    found = _further(_without_places(without_idle(quote)))
    about = {name for name, pattern in _BESIDE.items() if pattern.search(quote)}
    return found | about, frozenset(terms(quote)) if found & {"field", "trade_studied"} else frozenset()


def ways_in(requirement: Requirement) -> tuple[frozenset[str], bool]:
    """All that `leaves_a_way_in` reads in the words."""
    found = _ways_in(requirement.quote)
    return found, "to_others" in found and bool(_STUDIES.search(requirement.quote))


@lru_cache(maxsize=20_000)
def without_idle(quote: str) -> str:
    """A quote without what those addressed would like to learn and what becomes of their papers."""
    for name in ("wish", "of_a_thing", "holding"):
        quote = patterns_of("nothing_more")[name].sub(" ", quote)
    return quote


def without_other_fields(quote: str, specialty: str) -> str:
    """A quote without the list of fields of which the person's own is one: "in microbiology, botany or physics"."""
    own = set(terms(specialty))
    if not own:
        return quote
    return _LIST_OF_FIELDS.sub(lambda found: found["who"] if own <= set(terms(found["fields"])) else found[0], quote)


def _is_of_the_field(quote: str, person: MenteeFacts) -> bool:
    own = set(terms(person.specialty))
    return bool(own) and own <= set(terms(quote))


@lru_cache(maxsize=20_000)
def _further(quote: str) -> frozenset[str]:
    return frozenset(name for name, pattern in patterns_of("further").items() if pattern.search(quote))


@lru_cache(maxsize=20_000)
def _ways_in(quote: str) -> frozenset[str]:
    found = frozenset(name for name, pattern in patterns_of("way_in").items() if pattern.search(quote))
    return found - {"negated"} if _TWICE_NEGATED.search(quote) else found


@lru_cache(maxsize=20_000)
def _without_places(quote: str) -> str:
    """A quote without "in Kenya or South Africa", which is a requirement of its own and no field of work."""
    quote = patterns_of("nothing_more")["known_regions"].sub("Africa", quote)
    return _IN_PLACES.sub(
        lambda found: "" if all(word in plain_words() for word in found["places"].casefold().split()) else found[0],
        quote,
    )
