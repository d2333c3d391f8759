"""Stages and professions as a whole page asks for them: ways in of which one suffices, or both of two.

Those named on a page are alternatives, unless a seniority and a profession qualify each other ("early-career
physicians") or each is laid down in a sentence of its own.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from catalog.drafts import Requirement
from catalog.words import CareerStage, Profession, RequirementType
from crawlers.reading.applicants import Statement, addresses, asks_nothing, is_firm
from crawlers.reading.career_mentions import Career
from crawlers.reading.careers import ANY_STUDENT, SENIORITIES, careers_in
from crawlers.reading.sentences import clip
from crawlers.reading.titles import Named, besides, first_line, others_may
from crawlers.reading.unread import opens_to_all

ROLES, STAGES_BESIDE = 1, 2
"""Numbers of alternatives: ways in by stage or profession, stages beside professions."""
_WELCOME = re.compile(
    r"\b(?:(?:is|are|will be) )?(?:(?:all|also|most|very|warmly) )*welcomed? to"
    r"(?= (?:apply|submit|enter|join|take part)\b)"
    r"|\b(?:is|are) (?:(?:all|also|most|very|warmly) )*welcome(?=\s*[.;!]|\s*$)",
    re.IGNORECASE,
)
_ENCOURAGED = re.compile(
    r"\b(?:is|are|will be) (?:(?:all|also|most|very|warmly|strongly) )*encouraged to"
    r"(?= (?:apply|submit|enter|join|take part|participate)\b)",
    re.IGNORECASE,
)
_FOR_ALL = re.compile(r"\bno (?:\w+ )?(?:requirements|prerequisites|conditions)\b", re.IGNORECASE)
_LAID_DOWN = re.compile(r"\b(?:must|required|only|need to)\b", re.IGNORECASE)
_DIRECTLY = re.compile(r"[\s-]+(?:(?:who|that)\s+are\s+(?:also\s+)?|in\s+)?")
_QUALIFIES = re.compile(r"[\s-]+(?:[\w-]+\s+){0,2}$")


def careers_asked(statements: list[Statement], title: str) -> Iterator[Requirement]:
    """The stages and professions that a page asks for or keeps out, each with the plainest sentence that names it."""
    named = [
        (career, statement)
        for statement in statements
        for career in careers_in(statement, title=bool(title) and statement.text == title)
    ]
    named = list(_weighed(named))
    yield from _left_open(named, statements)
    named = [pair for pair in named if not pair[0].told_of]
    wanted = _wanted(named, title)
    above = title or first_line(statements)
    doubtful = [pair for pair in wanted if pair[1].text == above and others_may(pair[0], wanted, above)]
    yield from besides(doubtful, wanted)
    wanted = [pair for pair in wanted if pair not in doubtful]
    out = [pair for pair in named if pair[0].excludes and not pair[0].in_part]
    apart = _asked_apart([(career, statement.text) for career, statement in wanted], title)
    yield from _requirements(sorted([*wanted, *out], key=named.index), apart, title)


def _weighed(named: list[Named]) -> Iterator[Named]:
    """Those named, in the light of the other sentences: who is sent elsewhere and asked for too is in doubt.

    Who has a track or prize apart is no further way in beside those asked for, and in doubt where nobody is.
    """
    asked = {career.value for career, _ in named if not (career.excludes or career.apart or career.told_of)}
    for career, statement in named:
        if career.elsewhere and career.value in asked:
            yield replace(career, in_part=True), statement
        elif not career.apart:
            yield career, statement
        elif not asked:
            yield replace(career, excludes=True, in_part=True), statement


def _left_open(named: list[Named], statements: list[Statement]) -> Iterator[Requirement]:
    """Those of whom only some are kept out, or only what they do is told: a person must read it."""
    for_all = any(opens_to_all(statement.text) for statement in statements)
    for career, statement in named:
        if career.in_part or (career.told_of and not for_all):
            yield Requirement(type=RequirementType.OTHER, quote=clip(statement.text, career.start, career.end))


def _wanted(named: list[Named], title: str) -> list[Named]:
    """Those asked for and not kept out; who is wished for stands beside those who may."""
    kept_out = {career.value for career, _ in named if career.excludes and not career.in_part}
    wanted = _for_whom([pair for pair in named if not pair[0].excludes and pair[0].value not in kept_out], title)
    if any(career.value in ANY_STUDENT and not career.of_any_kind for career, _ in wanted):
        wanted = [pair for pair in wanted if not pair[0].of_any_kind]
    return [pair for pair in wanted if not pair[0].liked] or wanted


def _requirements(told: list[Named], apart: frozenset[CareerStage], title: str) -> Iterator[Requirement]:
    """A requirement for each that is named, from the plainest sentence; stages asked `apart` are no other way in."""
    for value in dict.fromkeys(career.value for career, _ in told):
        each = [pair for pair in told if pair[0].value == value]
        career, statement = max(each, key=lambda pair: _weight(pair[0], pair[1], title))
        stage = isinstance(career.value, CareerStage)
        yield Requirement(
            type=RequirementType.CAREER_STAGE if stage else RequirementType.PROFESSION,
            any_of=(str(career.value),),
            excludes=career.excludes,
            alternative=None if career.excludes else STAGES_BESIDE if career.value in apart else ROLES,
            quote=clip(statement.text, career.start, career.end),
        )


def _weight(career: Career, statement: Statement, title: str) -> int:
    """How plainly a statement asks for what it names; a title least of all."""
    below = statement.bears and statement.text != title
    return career.excludes * 4 + below * 2 + (below and is_firm(statement.text))


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


def welcomed(statements: list[Statement], found: list[Requirement]) -> list[Requirement]:
    """Those named by a welcome or an encouragement alone, where nothing else says who: "nurses are welcome to apply".

    Whether others may is not said, so that a person must read it.
    """
    firm = [one for one in found if not _ENCOURAGED.search(one.quote)]
    if any(one.type in (RequirementType.CAREER_STAGE, RequirementType.PROFESSION) for one in firm):
        return []
    for_all = any(_FOR_ALL.search(one.text) or opens_to_all(one.text) or asks_nothing(one.text) for one in statements)
    return [
        Requirement(type=RequirementType.OTHER, quote=clip(statement.text, career.start, career.end))
        for statement in statements
        if not any(one.quote in statement.text for one in firm)
        for welcome in ([_WELCOME] if for_all else [_WELCOME, _ENCOURAGED])
        if (career := _first_named(statement, welcome))
    ]


def _first_named(statement: Statement, welcome: re.Pattern[str]) -> Career | None:
    """The first of those of whom a welcome is said; of seniorities alone, encouragement says only who is liked."""
    found = welcome.search(statement.text)
    if found is None:
        return None
    careers = careers_in(replace(statement, text=welcome.sub(_may, statement.text)), title=False)
    if welcome is _ENCOURAGED and all(career.value in SENIORITIES for career in careers):
        return None
    said_of = any(career.end <= found.start() and not career.excludes for career in careers)
    return careers[0] if said_of else None


def _may(welcome: re.Match[str]) -> str:
    """ "May" in as many characters as a welcome had, so that places in the text stay what they are."""
    return "may".ljust(len(welcome.group()))
