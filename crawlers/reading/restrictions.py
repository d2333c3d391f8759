"""Whether a sentence that speaks of applicants asks something of them, where no rule could read what.

The default is that it does: a condition that was taken for idle talk lets somebody apply who may not. Only what
plainly deals with papers, money or time, or opens a list, asks for nothing. The words stand in
`crawlers/reading/data/restrictions.toml`.
"""

import re
from functools import cache

from crawlers.reading.applicants import of_others
from crawlers.reading.career_mentions import is_topic_of_texts
from crawlers.reading.harmless import ANYBODY_HERE, is_harmless
from crawlers.reading.patterns import words
from crawlers.reading.taking_part import what_is_asked_by_it, what_they_do

_TABLE = "restrictions"
_NEAR = 60
"""Characters within which an offer names those it is for: "the scheme funds qualified researchers"."""
_SOME_WORDS = re.compile(r"(?=(?:\W*\b[^\W\d_]{2,}\b){3}|[^:]{3,40}:\s*\w|\s*[-*•·–]\s*\w{3,}).*$", re.DOTALL)
"""A few words, or a label with its value; less is a button or a name."""
_FOR_THEM = re.compile(r"\b(?:for|to|from|by|an?) (?:(?:an?|the|all|any|those|our) )?(?:[\w-]+ ){0,2}$", re.IGNORECASE)

_APPLICANTS = re.compile(
    r"\b(?:applicants?|candidates?|nominees?|entrants?|(?:each|every|all) teams?)\b", re.IGNORECASE
)
"""Those of whom nothing is told but what is asked of them."""


def asks_of_people(text: str, *, in_section: bool, by_summary: bool) -> re.Match[str] | None:
    """Where a sentence asks something of people; in an eligibility part every sentence does that is not harmless.

    `by_summary`: it stands in a short text, all of which is about the call; elsewhere pages also tell of other things.
    """
    if is_harmless(text):
        return None
    told = _offer(text) or words(_TABLE, "asking").search(text)
    if in_section:
        return _restriction(text, whoever=True) or told or _of_those_who_apply(text) or _SOME_WORDS.match(text)
    if by_summary and (found := told or _of_a_summary(text)):
        return found
    return told or (None if by_summary and not _APPLICANTS.search(text) else _restriction(text, whoever=False))


def said_of_papers(before: str) -> bool:
    """Whether what follows these words is said of papers, money or hosts, and of nobody who applies."""
    return bool(_papers_last().search(before))


@cache
def _papers_last() -> re.Pattern[str]:
    return re.compile(rf"{words(_TABLE, 'papers').pattern}\W*(?:\w+\W+){{0,2}}$", re.IGNORECASE)


def _restriction(text: str, *, whoever: bool) -> re.Match[str] | None:
    """Where people are restricted: those before the word, else whoever is not named, as in a list."""
    people = words(_TABLE, "people").search(text)
    for found in words(_TABLE, "restricting").finditer(text) if people else ():
        if people and (people.end() <= found.start() or (whoever and not said_of_papers(text[: found.start()]))):
            return found
    for name in ("unsaid", "abroad") if whoever else ():
        for found in words(_TABLE, name).finditer(text):
            if not said_of_papers(text[: found.start()]):
                return found
    return None


def _of_a_summary(text: str) -> re.Match[str] | None:
    """Where a sentence of a few lines about a call says what people have to be, whether or not it names them.

    What it only tells of those who come ("You sleep in bunkhouses") asks for nothing.
    """
    for name in ("forbidding", "offering_abroad", "firm", "abroad"):
        for found in words(_TABLE, name).finditer(text):
            if not said_of_papers(text[: found.start()]):
                return found
    called = words(_TABLE, "kept_for").search(text) or words(_TABLE, "called_for").search(text)
    return called or what_is_asked_by_it(text) or _offered_to(text)


def _offered_to(text: str) -> re.Match[str] | None:
    """Where an offer names those it is for: "Fellowships for Refugee Scholars"."""
    for found in words(_TABLE, "people").finditer(text):
        if not ANYBODY_HERE.fullmatch(found.group()) and _offer_to().search(text, 0, found.start()):
            return found
    return None


@cache
def _offer_to() -> re.Pattern[str]:
    offer = rf"(?:{words(_TABLE, 'offers').pattern}|days|weeks|months|evenings)"
    return re.compile(rf"\b{offer}(?:\s+[\w-]+){{0,2}}\s+(?:for|to)\s+(?:[\w-]+\s+){{0,3}}$", re.IGNORECASE)


def _of_those_who_apply(text: str) -> re.Match[str] | None:
    """Where something is said of those who apply, or of people it is for, which may well be what they have to be."""
    for name in ("forbidding", "offering_abroad", "applicants"):
        if found := words(_TABLE, name).search(text):
            return found
    if told := what_they_do(text):
        return told
    for found in words(_TABLE, "people").finditer(text):
        if ANYBODY_HERE.fullmatch(found.group()):
            continue
        if _FOR_THEM.search(text, 0, found.start()) and not of_others(text, found.start()):
            return found
    return None


def _offer(text: str) -> re.Match[str] | None:
    """Where something is offered to people of whom it was not read who they are."""
    for found in words(_TABLE, "offering").finditer(text):
        if not words(_TABLE, "offers").search(text[: found.start()]):
            continue
        whom = words(_TABLE, "people").finditer(text, found.end(), min(len(text), found.end() + _NEAR))
        named = [one for one in whom if not ANYBODY_HERE.fullmatch(one.group())]
        if any(not is_topic_of_texts(text, one.start()) for one in named):
            return found
    return None
