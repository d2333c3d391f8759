"""Who may apply: a page's words as requirements, each with the sentence that says it.

Requirements are read to be fair to the applicant. Stages and professions named on a page are ways
in, of which one suffices, unless a seniority and a profession qualify each other ("early-career
physicians"). Citizenships likewise; "citizens or residents" are alternatives. What cannot be put
into our vocabularies (age, language tests, nomination) is kept as `other`, for a person to read.
"""

import re
from collections.abc import Iterable, Iterator

from catalog.drafts import Requirement
from catalog.words import CareerStage, Degree, Profession, RequirementType
from crawlers.reading.applicants import Statement, asks_nothing, only_liked, statements_of
from crawlers.reading.belonging import belongings_in
from crawlers.reading.careers import SENIORITIES, Career, careers_in
from crawlers.reading.degrees import degree_in
from crawlers.reading.document import Document
from crawlers.reading.parsing import parse_text
from crawlers.reading.patterns import words
from crawlers.reading.sentences import clip

_MOST_REQUIREMENTS = 40
_ROLES, _SENIORITY, _BELONGING = 1, 2, 3
_OTHERS = ("language", "age", "nomination", "women", "experience", "standing", "institution")
_QUALIFIES = re.compile(r"[\s-]+(?:[\w-]+\s+){0,2}$")


def requirements_in_text(text: str) -> tuple[Requirement, ...]:
    """The requirements that a plain text (an API's description or eligibility field) states."""
    return requirements_in(parse_text(text))


def requirements_in(document: Document) -> tuple[Requirement, ...]:
    """The requirements that a page states of applicants, in the order of its text."""
    statements = list(statements_of(document))
    title = statements[0].text if statements and not statements[0].bears else ""
    found = [*_careers(statements, title), *_belongings(statements), *_degrees(statements), *_others(statements)]
    return _numbered(found[:_MOST_REQUIREMENTS])


def _careers(statements: list[Statement], title: str) -> Iterator[Requirement]:
    named = [
        (career, statement.text)
        for statement in statements
        for career in careers_in(statement, title=bool(title) and statement.text == title)
    ]
    kept_out = {career.value for career, _ in named if career.excludes}
    wanted = [(career, text) for career, text in named if not career.excludes and career.value not in kept_out]
    values = {career.value for career, _ in wanted}
    qualify = _seniority_qualifies(wanted)
    seen: set[object] = set()
    for career, text in named:
        if career.value in seen or (not career.excludes and career.value in kept_out):
            continue
        seen.add(career.value)
        group = _SENIORITY if qualify and career.value in SENIORITIES else _ROLES
        alone = career.excludes or len(values) == 1
        yield Requirement(
            type=RequirementType.CAREER_STAGE if isinstance(career.value, CareerStage) else RequirementType.PROFESSION,
            any_of=(str(career.value),),
            excludes=career.excludes,
            alternative=None if alone else group,
            quote=clip(text, career.start, career.end),
        )


def _seniority_qualifies(wanted: list[tuple[Career, str]]) -> bool:
    """Whether seniority and profession are asked for together: "early-career physicians and nurses"."""
    if any(isinstance(career.value, CareerStage) and career.value not in SENIORITIES for career, _ in wanted):
        return False
    return any(
        senior.value in SENIORITIES
        and isinstance(trade.value, Profession)
        and senior_text is trade_text
        and bool(_QUALIFIES.fullmatch(senior_text, senior.end, trade.start))
        for senior, senior_text in wanted
        for trade, trade_text in wanted
        if senior.end <= trade.start
    )


def _belongings(statements: list[Statement]) -> Iterator[Requirement]:
    seen: set[tuple[object, ...]] = set()
    for statement in statements:
        for asked in belongings_in(statement):
            kinds = [RequirementType.CITIZENSHIP] * asked.citizen + [RequirementType.RESIDENCE] * asked.resident
            for kind in kinds:
                key = (kind, asked.codes, asked.excludes)
                if key not in seen:
                    seen.add(key)
                    yield Requirement(
                        type=kind,
                        any_of=asked.codes,
                        excludes=asked.excludes,
                        alternative=None if asked.excludes else _BELONGING,
                        quote=clip(statement.text, asked.start, asked.end),
                    )


def _degrees(statements: list[Statement]) -> Iterator[Requirement]:
    order = list(Degree)
    asked = [(degree, statement.text) for statement in statements if (degree := degree_in(statement))]
    if asked:
        lowest, text = min(asked, key=lambda pair: min(order.index(value) for value in pair[0].values))
        yield Requirement(
            type=RequirementType.DEGREE,
            any_of=tuple(str(value) for value in lowest.values),
            minimum=True,
            quote=clip(text, lowest.start, lowest.end),
        )


def _others(statements: list[Statement]) -> Iterator[Requirement]:
    seen: set[str] = set()
    for statement in statements:
        if not statement.bears or only_liked(statement.text) or asks_nothing(statement.text):
            continue
        if found := words("eligibility", "other.membership").search(statement.text):
            yield _membership(statement.text, found)
        for topic in _OTHERS:
            found = words("eligibility", f"other.{topic}").search(statement.text)
            if found and topic not in seen:
                seen.add(topic)
                yield Requirement(type=RequirementType.OTHER, quote=clip(statement.text, *found.span()))


def _membership(text: str, found: re.Match[str]) -> Requirement:
    """Membership of a body, by its name where the sentence gives one: "members of the Example Society"."""
    name = re.match(
        r"\s*(?:the\s+)?((?:[A-Z][\w&'’-]*)(?:\s+(?:of|for|the|and|in|de|[A-Z][\w&'’-]*))*)", text[found.end() :]
    )
    named = (name.group(1).strip(),) if name and len(name.group(1)) > 2 else ()
    return Requirement(type=RequirementType.MEMBERSHIP, any_of=named, quote=clip(text, *found.span()))


def _numbered(found: Iterable[Requirement]) -> tuple[Requirement, ...]:
    """Take the number off alternatives that stand alone, and drop repetitions."""
    kept = list(dict.fromkeys(found))
    counts: dict[int, int] = {}
    for requirement in kept:
        if requirement.alternative is not None:
            counts[requirement.alternative] = counts.get(requirement.alternative, 0) + 1
    return tuple(
        requirement.model_copy(update={"alternative": None})
        if counts.get(requirement.alternative or 0) == 1
        else requirement
        for requirement in kept
    )
