"""Who may apply: a page's words as requirements, each with the sentence that says it.

Requirements are read to be fair to the applicant. Stages and professions named on a page are ways
in, of which one suffices, unless a seniority and a profession qualify each other ("early-career
physicians"). Citizenships likewise; "citizens or residents" are alternatives. What cannot be put
into our vocabularies (age, language tests, nomination, some of a profession) is kept as `other`, for a
person to read. A stage and a profession are alternatives where one list names both, and are both asked for
where one qualifies the other or each is laid down in a sentence of its own; so are citizenship and residence.
"""

import re
from collections.abc import Iterable, Iterator

from catalog.drafts import Requirement
from catalog.words import Degree, RequirementType
from crawlers.reading.allowances import with_allowances
from crawlers.reading.alternatives import with_either
from crawlers.reading.applicants import (
    Statement,
    asks_nothing,
    only_liked,
    statements_of,
    without_all_places,
)
from crawlers.reading.asked_careers import careers_asked, welcomed
from crawlers.reading.asked_places import not_halved, places_asked
from crawlers.reading.degrees import degrees_in
from crawlers.reading.document import Document
from crawlers.reading.harmless import tells_of_benefits
from crawlers.reading.patterns import words
from crawlers.reading.plainly import OTHERS, where_told_plainly
from crawlers.reading.sentences import clip
from crawlers.reading.unread import says_who
from crawlers.reading.unread_places import unread_places

_MOST_REQUIREMENTS = 40


def requirements_in(document: Document) -> tuple[Requirement, ...]:
    """The requirements that a page states of applicants, in the order of its text."""
    statements = where_told_plainly(list(statements_of(document)))
    title = statements[0].text if statements and not statements[0].bears else ""
    found = [
        *careers_asked(statements, title),
        *not_halved(places_asked(statements, title)),
        *_degrees(statements),
        *_others(statements),
    ]
    found += [*_unread(_without_title(statements, title, found), found), *unread_places(statements, found)]
    found += welcomed(statements, found)
    return _numbered(with_allowances(statements, with_either(statements, found)[:_MOST_REQUIREMENTS]))


def _degrees(statements: list[Statement]) -> Iterator[Requirement]:
    order = list(Degree)
    named = [(degree, statement.text) for statement in statements for degree in degrees_in(statement)]
    for degree, text in named:
        if degree.excludes:
            yield Requirement(
                type=RequirementType.DEGREE,
                any_of=tuple(str(value) for value in degree.values),
                excludes=True,
                quote=degree.quote_of(text),
            )
    asked = [(degree, text) for degree, text in named if not degree.excludes]
    if asked:
        lowest, text = min(asked, key=lambda pair: min(order.index(value) for value in pair[0].values))
        yield Requirement(
            type=RequirementType.DEGREE,
            any_of=tuple(str(value) for value in lowest.values),
            minimum=True,
            quote=lowest.quote_of(text),
        )


def _others(statements: list[Statement]) -> Iterator[Requirement]:
    seen: set[str] = set()
    for statement in statements:
        if not statement.bears or only_liked(statement.text) or asks_nothing(without_all_places(statement.text)):
            continue
        benefits = tells_of_benefits(statement.text)
        if (found := words("eligibility", "other.membership").search(statement.text)) and not benefits:
            yield _membership(statement.text, found)
        for topic in OTHERS:
            found = words("eligibility", f"other.{topic}").search(statement.text)
            if found and topic not in seen:
                seen.add(topic)
                yield Requirement(type=RequirementType.OTHER, quote=clip(statement.text, *found.span()))


def _unread(statements: list[Statement], found: list[Requirement]) -> Iterator[Requirement]:
    """What a page says of who may apply and no rule could read."""
    read = [requirement.quote for requirement in found]
    for statement in statements:
        text = statement.text
        told = (
            says_who(text, in_section=statement.in_section, by_summary=statement.in_summary)
            if statement.bears
            else None
        )
        quote = clip(text, *told.span()) if told else ""
        if quote and not any(one in quote or quote in one or one in text for one in read):
            yield Requirement(type=RequirementType.OTHER, quote=quote)


_OF_SOME_ONLY = re.compile(
    r"\b(?:wom[ae]n|female|girls|men|minorit\w+|indigenous|refugees?|displaced|disab\w+|deaf|underrepresented|mujeres"
    r"|mulheres|femmes|frauen|donne|ind[íi]genas?|only|nur|solo|sólo|uniquement)\b",
    re.IGNORECASE,
)
"""What a title may ask for that the text need not say again."""


def _without_title(statements: list[Statement], title: str, found: list[Requirement]) -> list[Statement]:
    """The statements without the title, where the text itself says what people have to be and the title no more."""
    careers = (RequirementType.CAREER_STAGE, RequirementType.PROFESSION)
    below = any(one.type in careers and not one.excludes and one.quote != title for one in found)
    if not below or _OF_SOME_ONLY.search(title):
        return statements
    return [statement for statement in statements if statement.text != title]


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
