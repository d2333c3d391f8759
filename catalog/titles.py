"""What the words of a title say: which distinguish it, which edition it names, which are only noise.

Pure functions that joining and series share. Spelling is evened out ("paediatric programmes" and
"pediatric program" are the same words), but words are never guessed to be alike: "urology" and
"neurology" are close in letters and nothing else.
"""

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

import pycountry

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?:\s*[-–/]\s*(20\d\d|\d\d)(?!\d))?(?!\d)")
_ORDINAL = re.compile(r"\b(\d{1,3})(?:st|nd|rd|th)\b", re.IGNORECASE)
_COUNTED = re.compile(
    r"\b(?:round|cohort|edition|batch|cycle|intake|call)s?\s+(?:no\.?\s*|#\s*)?(\d{1,3}|[ivx]{1,5})\b", re.IGNORECASE
)
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "x": 10}

_SPELLINGS = (("ae", "e"), ("oe", "e"), ("isation", "ization"), ("yse", "yze"), ("our", "or"))
_ALIASES = {
    "programme": "program", "centre": "center", "postdoc": "postdoctoral", "intl": "international",
    "fellow": "fellowship", "intern": "internship", "trainee": "traineeship",
}  # fmt: skip
_SHORT_YEAR = re.compile(r"\b([A-Z]{2,}[a-z]?)[-'’ ]?([23]\d)\b(?!\d)")  # "ECHO-27", "Heart'26"
_REFERENCE = re.compile(
    r"\b(?:ref(?:erence)?|req(?:uisition)?|job|vacancy|position|kennziffer)\b[.:#\s]*(?:id|no|nr|number)?[.:#\s]*"
    r"([\w/.-]*\d[\w/.-]*)",
    re.IGNORECASE,
)
_MONEY = re.compile(r"(?:\b(?:up to|worth)\s+)?(?:[$€£]|USD|EUR|GBP)\s?\d[\d.,]*\s?(?:k|m|million)?", re.IGNORECASE)
_AUDIENCE = re.compile(
    r"\bfor (?:(?:all|international|foreign|developing|low|lower|middle|income|and|young|african|asian|recent)[\s-]+)*"
    r"(?:students|graduates|applicants|candidates|countries|nationals|lmics?)\s*$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class TitleWords:
    """A title taken apart. `words` distinguish it; `numbers` are those that are no year and no edition.

    `references` are a job board's own numbers. `head` are the words before a subtitle, empty without one.
    """

    words: frozenset[str]
    forms: frozenset[str]
    years: frozenset[int]
    editions: frozenset[int]
    numbers: frozenset[str]
    references: frozenset[str]
    head: frozenset[str]
    in_order: tuple[str, ...]


@lru_cache(maxsize=20_000)
def title_words(title: str) -> TitleWords:
    """Take `title` apart."""
    title = _SHORT_YEAR.sub(r"\1 20\2", title)
    references = frozenset(found.casefold() for found in _REFERENCE.findall(title))
    years = frozenset(year for match in _YEAR.finditer(title) for year in _years(match))
    rest = _YEAR.sub(" ", _REFERENCE.sub(" ", _MONEY.sub(" ", title)))
    editions = frozenset(_number(match.group(1)) for match in (*_ORDINAL.finditer(rest), *_COUNTED.finditer(rest)))
    rest = _COUNTED.sub(" ", _ORDINAL.sub(" ", rest))
    rest = " | ".join(_AUDIENCE.sub("", part.strip()) for part in rest.split("|"))
    found = [word for word in plain_words(rest) if word not in word_list("noise")]
    numbers = frozenset(word for word in found if word.isdigit() or word in _ROMAN)
    own = _own_acronym(found)
    named = [word for word in found if word not in numbers and word != own]
    return TitleWords(
        words=frozenset(word for word in named if word not in word_list("forms")),
        forms=frozenset(word for word in named if word in word_list("forms")),
        years=years,
        editions=editions - {0},
        numbers=numbers,
        references=references,
        head=_head(rest),
        in_order=tuple(found),
    )


def initials(name: str) -> str:
    """The first letters of the words of a name, small words left out."""
    return "".join(word[0] for word in plain_words(name) if word not in ("of", "the", "for", "and", "de", "in", "on"))


def _own_acronym(found: list[str]) -> str:
    """The word of a title that the first letters of its other words spell: "ECHO: European Course on Hospital …"."""
    for word in found:
        others = "".join(other[0] for other in found if other != word)
        if len(word) >= 3 and word in others:
            return word
    return ""


def _head(title: str) -> frozenset[str]:
    head, separator, rest = title.partition(": ")
    if not separator or not rest.strip():
        return frozenset()
    return frozenset(word for word in plain_words(head) if word not in word_list("noise") | word_list("forms"))


def undated_title(title: str) -> str:
    """`title` without the years and the number of an edition, for an edition that is not announced yet."""
    bare = _ORDINAL.sub("", _YEAR.sub("", title))
    bare = re.sub(r"\(\s*\)|\[\s*\]", "", bare)
    bare = " ".join(bare.split()).strip(" -–—:|,/")
    return bare if len(bare) >= 3 else title


def plain_words(text: str) -> list[str]:
    """The words of `text` in lower case, without accents, in one spelling and number."""
    flat = unicodedata.normalize("NFKD", text.casefold())
    flat = "".join(char for char in flat if not unicodedata.combining(char))
    return [_even(word) for word in _WORD.findall(flat)]


@cache
def place_words() -> frozenset[str]:
    """Words of countries' names: a title may say where without being another thing."""
    names = (name for country in pycountry.countries for name in (country.name, getattr(country, "common_name", "")))
    found = {word for name in names for word in plain_words(name) if len(word) > 3}
    return frozenset(found | {"uk", "usa", "us", "uae", "europe", "africa", "asia"})


@cache
def word_list(name: str) -> frozenset[str]:
    """One of the lists in `catalog/data/title_words.toml`: noise, forms or common."""
    lists = tomllib.loads(files("catalog").joinpath("data/title_words.toml").read_text("utf-8"))
    return frozenset(_even(word) for word in lists[name].split())


@lru_cache(maxsize=20_000)
def _even(word: str) -> str:
    word = word.replace("’", "'").removesuffix("'s").replace("'", "")
    word = _ALIASES.get(word, word)
    if len(word) > 4 and word.endswith("ies"):
        word = word[:-3] + "y"
    elif len(word) > 4 and word.endswith("s") and not word.endswith(("ss", "us", "is", "ics")):
        word = word[:-1]
    if len(word) > 5:
        for other, ours in _SPELLINGS:
            word = word.replace(other, ours)
    return _ALIASES.get(word, word)


def _years(match: re.Match[str]) -> tuple[int, ...]:
    first = int(match.group(1))
    second = match.group(2)
    if second is None:
        return (first,)
    last = int(second) if len(second) == 4 else first // 100 * 100 + int(second)
    return (first, last) if first < last <= first + 2 else (first,)


def _number(text: str) -> int:
    return int(text) if text.isdigit() else _ROMAN.get(text.casefold(), 0)
