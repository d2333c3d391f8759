"""Countries, their people, cities and groups of countries as pages name them.

Names come from `pycountry` (ISO 3166-1, in nine languages), from `data/countries.toml` and, for
groups, from `catalog.vocabularies`. A name is looked up word by word, so that a page costs time in
proportion to its length however many names there are.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from itertools import pairwise
from typing import Any

import pycountry

from catalog.peoples import LANGUAGES, country_abroad, peoples_abroad
from catalog.vocabularies import groups
from crawlers.reading.patterns import table

_WORD = re.compile(r"[^\W_]+")
_JOINT = re.compile(r"[ \u00a0]?[.,'’/&-]?[.,]?[ \u00a0]?")
_LONGEST = 9  # words in a name: "Low and middle income countries", "Saint Vincent and the Grenadines"
_CAPITALS_ONLY = {"us", "uk", "eu", "uae", "ksa", "drc", "rdc", "lic", "eea", "rd congo", "eua", "юар", "сша"}
_STATE_AFTER_CITY = re.compile(r",\s*([A-Z]{2})\b(?![-\w])")


_CYRILLIC = re.compile(r"[а-яё]+")
_RUSSIAN_CASES = {
    "ия": ("ии", "ию", "ией"),
    "ь": ("и", "ью", "я", "ю", "ем", "е"),
    "й": ("я", "ю", "ем", "е"),
    "а": ("ы", "и", "е", "у", "ой"),
    "я": ("и", "е", "ю", "ей"),
    "": ("а", "у", "е", "ом"),
}
"""Endings of names in the nominative, the longest first, and those of the other cases of the singular."""


_PEOPLES = r"(?:[^\W\d_][\w'’-]*(?:\([ao]s?\))?\s*(?:,|\bo|\bou|\bu|\by|\be|\bet|\bund|\boder)\s+){0,4}"
_SAID_BEFORE = re.compile(
    r"\b(?:nacionalidad|nacionalidade|nationalit[ée]s?|nazionalità|cittadinanza|citoyennet[ée]|ciudadan[íi]a|cidadania"
    r"|ciudadan[oa]s?|cidad[ãa]os?|cidad[ãa]s?|cittadin[oaie]|citoyen(?:ne)?s?|ressortissante?s?"
    rf"|ser|sean|être|essere|serem|sejam)\s+{_PEOPLES}$",
    re.IGNORECASE,
)
_SAID_AFTER = re.compile(
    r"(?:\s*(?:,|\bund|\boder|\bbzw\.)\s*[^\W\d_]+){0,4}\s+(?:staatsangehörig|staatsbürger|nationalität)", re.IGNORECASE
)
"""What makes "mexicana" or "deutscher" a word for citizens: a language and a school may be called so too."""


class Naming(StrEnum):
    """What a name names."""

    COUNTRY = "country"
    PEOPLE = "people"
    CITY = "city"
    GROUP = "group"
    CITIZENS = "citizens"
    """Those of a country in another language than English, where the sentence says that citizens are meant."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A name found in a text: the country's or group's code, what was named, and where it stands."""

    code: str
    naming: Naming
    start: int
    end: int
    nominative: str = ""  # the name itself where the text has another case of it


@cache
def _index() -> dict[str, list[tuple[tuple[str, ...], str, Naming, str]]]:
    """Names by their first word, the longest first."""
    names: dict[tuple[str, ...], tuple[str, Naming, str]] = {}
    for alias, code, naming in _aliases():
        for form in _forms(alias.lower()):
            words = tuple(_WORD.findall(form))
            if words and len(words) <= _LONGEST:
                names.setdefault(words, (code, naming, alias.title() if form != alias.lower() else ""))
    index: dict[str, list[tuple[tuple[str, ...], str, Naming, str]]] = defaultdict(list)
    for words, found in names.items():
        index[words[0]].append((words, *found))
    for entries in index.values():
        entries.sort(key=lambda entry: -len(entry[0]))
    return dict(index)


def _forms(name: str) -> Iterator[str]:
    """A name, and of a Russian one the forms it takes in a sentence: "в Москве", "из Казани", "граждане России"."""
    yield name
    if len(name) > 3 and _CYRILLIC.fullmatch(name[-2:]):
        ending = next((ending for ending in _RUSSIAN_CASES if name.endswith(ending)), None)
        stem = name.removesuffix(ending) if ending else name
        for case in _RUSSIAN_CASES[ending] if ending else _RUSSIAN_CASES[""]:
            yield stem + case


def _aliases() -> Iterator[tuple[str, str, Naming]]:
    tables = table("countries")
    yield from _listed(tables["names"], Naming.COUNTRY)
    for code, group in groups().items():
        for alias in (group.name, *group.aliases):
            yield alias, code, Naming.GROUP
    for country in pycountry.countries:
        for name in _official_names(country):
            yield name, country.alpha_2, Naming.COUNTRY
    yield from _listed(tables["cities"], Naming.CITY)
    for state in tables["states"]["US"].split(","):
        yield state, "US", Naming.CITY
    for code, people in _listed_pairs(tables["demonyms"]):
        yield people, code, Naming.PEOPLE
        yield f"{people}s", code, Naming.PEOPLE
    for people, code in peoples_abroad().items():
        yield people, code, Naming.CITIZENS


def _listed(table: dict[str, str], naming: Naming) -> Iterator[tuple[str, str, Naming]]:
    for code, alias in _listed_pairs(table):
        yield alias, code, naming


def _listed_pairs(table: dict[str, str]) -> Iterator[tuple[str, str]]:
    for code, aliases in table.items():
        for alias in aliases.split(","):
            if alias.strip():
                yield code, alias.strip()


def _official_names(country: Any) -> Iterator[str]:
    names = [country.name, getattr(country, "common_name", None), getattr(country, "official_name", None)]
    yield from filter(None, names)
    for language in LANGUAGES:
        translated = country_abroad(country.name, language)
        yield re.sub(r"[,(].*", "", translated) if translated.count(",") > 1 else translated


def mentions(text: str) -> Iterator[Mention]:
    """Yield the names in `text`, the longest at each place, in order.

    A name starts with a capital ("Chad", not "chad"), an abbreviation is all capitals ("US", not "us").
    """
    yield from _mentions_once(text)


@lru_cache(maxsize=4096)
def _mentions_once(text: str) -> tuple[Mention, ...]:
    """The names in a sentence, kept while the readers of one page go over it one after another."""
    return tuple(_find_mentions(text))


def _find_mentions(text: str) -> Iterator[Mention]:
    index = _index()
    words = list(_WORD.finditer(text))
    lowered = [word.group().lower() for word in words]
    position = 0
    while position < len(words):
        for name, code, naming, nominative in index.get(lowered[position], ()):
            last = position + len(name) - 1
            if last < len(words) and tuple(lowered[position : last + 1]) == name:
                start, end = words[position].start(), words[last].end()
                if named := _named(text, words[position : last + 1], naming):
                    yield Mention(code, named, start, end, nominative)
                    position = last
                    break
        position += 1


def _named(text: str, words: list[re.Match[str]], naming: Naming) -> Naming | None:
    """What words that are in the index name where they stand, or None where they are no name there."""
    written = text[words[0].start() : words[-1].end()]
    if naming is Naming.CITIZENS or (written[0].islower() and written in peoples_abroad()):
        return Naming.CITIZENS if _said_of_citizens(text, words[0].start(), words[-1].end()) else None
    return naming if _is_name(text, words, written, naming) else None


def _is_name(text: str, words: list[re.Match[str]], written: str, naming: Naming) -> bool:
    if written.lower() in _CAPITALS_ONLY:
        return written.isupper()
    if naming is not Naming.GROUP and written[0].islower():
        return False
    if written.lower() == "georgia" and re.search(
        r"(?:Atlanta|Athens|Augusta|Savannah|University of),?\s*$", text[: words[0].start()][-20:]
    ):
        return False
    gaps = (text[before.end() : after.start()] for before, after in pairwise(words))
    return all(_JOINT.fullmatch(gap) for gap in gaps)


def _said_of_citizens(text: str, start: int, end: int) -> bool:
    return bool(_SAID_BEFORE.search(text, max(0, start - 120), start) or _SAID_AFTER.match(text, end))


def state_after(text: str, end: int) -> bool:
    """Whether an American state code follows a city name: `Long Beach, CA`."""
    found = _STATE_AFTER_CITY.match(text, end)
    return bool(found) and found.group(1) in table("countries")["states"]["codes"].split() if found else False
