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
from dataclasses import replace

from catalog.drafts import Requirement
from catalog.words import CareerStage, Degree, Profession, RequirementType
from crawlers.reading.alternatives import is_joined, with_either
from crawlers.reading.applicants import (
    Statement,
    addresses,
    asks_nothing,
    is_firm,
    only_liked,
    statements_of,
    without_all_places,
)
from crawlers.reading.belonging import Belonging, belongings_in
from crawlers.reading.careers import SENIORITIES, Career, careers_in
from crawlers.reading.degrees import degree_in
from crawlers.reading.document import Document
from crawlers.reading.patterns import words
from crawlers.reading.sentences import clip
from crawlers.reading.titles import Named, besides, first_line, others_may
from crawlers.reading.unread import opens_to_all, says_who
from crawlers.reading.unread_places import half_read, unread_places

_MOST_REQUIREMENTS = 40
_ROLES, _STAGE, _BELONGING, _DWELLING, _FURTHER = 1, 2, 3, 4, 5
"""Numbers of alternatives: ways in by stage or profession, stages beside professions, citizenship, residence, more."""
_OTHERS = ("language", "age", "nomination", "women", "experience", "standing", "training", "institution")
_WELCOME = re.compile(
    r"\b(?:(?:is|are|will be) )?(?:(?:all|also|most|very|warmly) )*welcomed? to"
    r"(?= (?:apply|submit|enter|join|take part)\b)"
    r"|\b(?:is|are) (?:(?:all|also|most|very|warmly) )*welcome(?=\s*[.;!]|\s*$)",
    re.IGNORECASE,
)
_LAID_DOWN = re.compile(r"\b(?:must|required|only|need to)\b", re.IGNORECASE)
_DIRECTLY = re.compile(r"[\s-]+(?:(?:who|that)\s+are\s+(?:also\s+)?|in\s+)?")
_QUALIFIES = re.compile(r"[\s-]+(?:[\w-]+\s+){0,2}$")


def requirements_in(document: Document) -> tuple[Requirement, ...]:
    """The requirements that a page states of applicants, in the order of its text."""
    statements = list(statements_of(document))
    title = statements[0].text if statements and not statements[0].bears else ""
    found = [*_careers(statements, title), *_belongings(statements), *_degrees(statements), *_others(statements)]
    found += [*_unread(statements, found), *unread_places(statements, found)]
    found += _welcomed(statements, found)
    return _numbered(with_either(statements, found)[:_MOST_REQUIREMENTS])


def _welcomed(statements: list[Statement], found: list[Requirement]) -> list[Requirement]:
    """Those named by a welcome alone, where nothing else says who: "medical students are welcome to apply".

    Whether others may is not said, so that a person must read it.
    """
    if any(one.type in (RequirementType.CAREER_STAGE, RequirementType.PROFESSION) for one in found):
        return []
    quoted = [one.quote for one in found]
    return [
        Requirement(type=RequirementType.OTHER, quote=clip(statement.text, careers[0].start, careers[0].end))
        for statement in statements
        if (welcome := _WELCOME.search(statement.text)) and not any(quote in statement.text for quote in quoted)
        if (careers := careers_in(replace(statement, text=_WELCOME.sub(_may, statement.text)), title=False))
        if any(career.end <= welcome.start() and not career.excludes for career in careers)
    ]


def _may(welcome: re.Match[str]) -> str:
    """ "May" in as many characters as a welcome had, so that places in the text stay what they are."""
    return "may".ljust(len(welcome.group()))


def _careers(statements: list[Statement], title: str) -> Iterator[Requirement]:
    named = [
        (career, statement)
        for statement in statements
        for career in careers_in(statement, title=bool(title) and statement.text == title)
    ]
    for_all = any(opens_to_all(statement.text) for statement in statements)
    yield from (
        Requirement(type=RequirementType.OTHER, quote=clip(statement.text, career.start, career.end))
        for career, statement in named
        if career.in_part or (career.told_of and not for_all)
    )
    named = [pair for pair in named if not pair[0].told_of]
    kept_out = {career.value for career, _ in named if career.excludes and not career.in_part}
    wanted = _for_whom([pair for pair in named if not pair[0].excludes and pair[0].value not in kept_out], title)
    above = title or first_line(statements)
    doubtful = [pair for pair in wanted if pair[1].text == above and others_may(pair[0], wanted, above)]
    yield from besides(doubtful, wanted)
    wanted = [pair for pair in wanted if pair not in doubtful]
    apart = _asked_apart([(career, statement.text) for career, statement in wanted], title)
    out = [pair for pair in named if pair[0].excludes and not pair[0].in_part]
    told = sorted([*wanted, *out], key=named.index)
    for value in dict.fromkeys(career.value for career, _ in told):
        career, statement = max((pair for pair in told if pair[0].value == value), key=lambda pair: _weight(*pair))
        stage = isinstance(career.value, CareerStage)
        yield Requirement(
            type=RequirementType.CAREER_STAGE if stage else RequirementType.PROFESSION,
            any_of=(str(career.value),),
            excludes=career.excludes,
            alternative=None if career.excludes else _STAGE if career.value in apart else _ROLES,
            quote=clip(statement.text, career.start, career.end),
        )


def _weight(career: Career, statement: Statement) -> int:
    """How plainly a statement asks for what it names; a title least of all."""
    return career.excludes * 4 + statement.bears * 2 + (statement.bears and is_firm(statement.text))


def _for_whom(wanted: list[Named], title: str) -> list[Named]:
    """Where the title names a profession, others count only where the page addresses them."""
    if not any(isinstance(career.value, Profession) and statement.text == title for career, statement in wanted):
        return wanted
    return [
        (career, statement)
        for career, statement in wanted
        if isinstance(career.value, CareerStage)
        or statement.text == title
        or statement.in_section
        or is_firm(statement.text)
        or addresses(statement.text, career.start)
    ]


def _asked_apart(wanted: list[tuple[Career, str]], title: str) -> frozenset[CareerStage]:
    """The stages that are asked for besides a profession, and not instead of one."""
    stages = {career.value for career, _ in wanted if isinstance(career.value, CareerStage)}
    seniorities = stages & set(SENIORITIES)
    if not stages - seniorities and _qualified(wanted, _QUALIFIES):
        return frozenset(seniorities)
    if not seniorities and _qualified(wanted, _DIRECTLY):
        return frozenset(stages)
    laid_down: list[set[type]] = []
    for text in dict.fromkeys(text for _, text in wanted):
        if text == title or _LAID_DOWN.search(text):
            laid_down.append({type(career.value) for career, own in wanted if own == text})
    mixed = any(
        len({type(career.value) for career, own in wanted if own == text}) > 1 for text in {text for _, text in wanted}
    )
    if not mixed and {CareerStage} in laid_down and {Profession} in laid_down:
        return frozenset(stages)
    return frozenset()


def _qualified(wanted: list[tuple[Career, str]], gap: re.Pattern[str]) -> bool:
    """Whether a stage qualifies the profession after it: "early-career physicians and nurses"."""
    return any(
        isinstance(stage.value, CareerStage)
        and (gap is not _QUALIFIES or stage.value in SENIORITIES)
        and isinstance(trade.value, Profession)
        and stage_text is trade_text
        and bool(gap.fullmatch(stage_text, stage.end, trade.start))
        for stage, stage_text in wanted
        for trade, trade_text in wanted
        if stage.end <= trade.start
    )


def _belongings(statements: list[Statement]) -> Iterator[Requirement]:
    asked = list(_all_belongings(statements))
    single = {one.codes for one, _ in asked if one.citizen and not one.resident and not one.excludes}
    by_citizenship = any(one.citizen and not one.resident and not one.excludes for one, _ in asked)
    seen: set[tuple[object, ...]] = set()
    further = _FURTHER
    for one, text in asked:
        if not (one.citizen or one.resident):
            yield Requirement(type=RequirementType.OTHER, quote=clip(text, one.start, one.end))
            continue
        if one.citizen and one.resident and one.codes in single:
            continue  # "from Kenya" where "citizens of Kenya" says which is meant
        group = _DWELLING if by_citizenship and not one.citizen and not one.or_else else _BELONGING
        if one.also:
            group, further = further, further + 1
        for kind in [RequirementType.CITIZENSHIP] * one.citizen + [RequirementType.RESIDENCE] * one.resident:
            key = (kind, one.codes, one.excludes)
            if key not in seen:
                seen.add(key)
                yield Requirement(
                    type=kind,
                    any_of=one.codes,
                    excludes=one.excludes,
                    alternative=None if one.excludes else group,
                    quote=clip(text, one.start, one.end),
                )


def _all_belongings(statements: list[Statement]) -> Iterator[tuple[Belonging, str]]:
    """Every belonging asked for with its sentence; list items joined by "or" are ways in of one sentence."""
    before = ""
    for statement in statements:
        joined = is_joined(before, statement.text)
        read = belongings_in(statement)
        if half_read(statement, read):
            read = [replace(one, citizen=False, resident=False) for one in read]
        for one in read:
            yield (replace(one, or_else=True) if joined else one), statement.text
        before = statement.text


def _degrees(statements: list[Statement]) -> Iterator[Requirement]:
    order = list(Degree)
    named = [(degree, statement.text) for statement in statements if (degree := degree_in(statement))]
    for degree, text in named:
        if degree.excludes:
            yield Requirement(
                type=RequirementType.DEGREE,
                any_of=tuple(str(value) for value in degree.values),
                excludes=True,
                quote=clip(text, degree.start, degree.end),
            )
    asked = [(degree, text) for degree, text in named if not degree.excludes]
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
        if not statement.bears or only_liked(statement.text) or asks_nothing(without_all_places(statement.text)):
            continue
        if found := words("eligibility", "other.membership").search(statement.text):
            yield _membership(statement.text, found)
        for topic in _OTHERS:
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
