"""What people write in a table → our words: vocabularies, countries, languages; and the nearest if nothing fits."""

import gettext
import re
import tomllib
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import pycountry
from rapidfuzz import fuzz, process

from catalog.vocabularies import KOSOVO, is_country

_NO_LETTERS = re.compile(r"[\W_]+")
_NEAR = 78.0
"""How alike (0-100) a word must be to be offered as what may have been meant."""


def fold(text: str) -> str:
    """What is compared: without case, accents, punctuation and repeated space."""
    if not text.isascii():
        text = "".join(letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter))
    return " ".join(_NO_LETTERS.sub(" ", text.casefold()).split())


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(files("catalog").joinpath("data/cohort_words.toml").read_text("utf-8"))


@cache
def words(section: str) -> Mapping[str, str]:
    """Folded spelling → our word, for `stage`, `profession`, `degree`, `horizon` or `columns`."""
    found = {fold(spelling): word for word, spellings in _table()[section].items() for spelling in spellings}
    return found | {fold(word): word for word in _table()[section]}


@cache
def goal_words() -> tuple[frozenset[str], Mapping[str, str]]:
    """Folded names of a goal's column, and folded names of its parts → `horizon` or `weight`."""
    table = _table()["goal"]
    parts = {fold(spelling): part for part in ("horizon", "weight") for spelling in table[part]}
    return frozenset(fold(name) for name in table["names"]), parts


@cache
def spellings(section: str) -> frozenset[str]:
    """Folded spellings of `unknown`, `yes` or `no`."""
    return frozenset(fold(one) for one in _table()[section])


def is_unknown(text: str) -> bool:
    """Whether a cell says that something is not known."""
    return text.strip() in ("?", "??", "???") or fold(text) in spellings("unknown")


def nearest(text: str, choices: Iterable[str]) -> str:
    """The choice that `text` may be a slip of, or an empty string."""
    found = process.extractOne(fold(text), list(choices), scorer=fuzz.ratio, score_cutoff=_NEAR)
    return found[0] if found else ""


# --- countries


@cache
def countries() -> Mapping[str, str]:
    """Folded name in English or Spanish → ISO 3166-1 alpha-2 code."""
    named = {fold(name): country.alpha_2 for country in pycountry.countries for name in _names(country)}
    for code, others in _table()["countries"].items():
        named |= {fold(name): code for name in others}
    for name in _table()["several"]:
        named.pop(fold(name), None)
    return named


def _names(country: Any) -> Iterator[str]:
    spanish = _spanish("iso3166-1")
    for attribute in ("name", "common_name", "official_name"):
        if name := getattr(country, attribute, ""):
            yield from (name, spanish(name))
    yield from (country.alpha_3, name) if (name := country.name) else ()


@cache
def _spanish(domain: str) -> Callable[[str], str]:
    return gettext.translation(domain, pycountry.LOCALES_DIR, languages=["es"], fallback=True).gettext


def countries_named_alike(text: str) -> list[str]:
    """The codes of the countries that share this name, where that leaves it open."""
    several: dict[str, list[str]] = {fold(name): codes for name, codes in _table()["several"].items()}
    return several.get(fold(text), [])


def country_code(text: str) -> str | None:
    """The country that a name or code stands for, if it can only be one. Codes of two letters count in capitals."""
    if is_country(text.strip()):
        return text.strip()
    return countries().get(fold(text))


def country_name(code: str) -> str:
    """A country's name in English, as it is commonly said."""
    if code == KOSOVO:
        return "Kosovo"
    country = pycountry.countries.get(alpha_2=code)
    return str(getattr(country, "common_name", country.name)) if country else code


# --- languages


@cache
def _languages() -> Mapping[str, str]:
    """Folded name in English or Spanish → ISO 639-1 code, or 639-3 where there is no shorter one."""
    spanish = _spanish("iso639-3")
    found: dict[str, str] = {}
    for entry in sorted(pycountry.languages, key=lambda entry: hasattr(entry, "alpha_2")):
        code = getattr(entry, "alpha_2", entry.alpha_3)
        for name in (entry.name, getattr(entry, "common_name", "")):
            for one in (name, spanish(name)) if name else ():
                found[fold(re.sub(r"\s*\(.*\)", "", one))] = code
                found.update({fold(part): code for part in one.split(";")})
    return found | {fold(name): code for name, code in _OTHER_LANGUAGES.items()}


_OTHER_LANGUAGES = {
    "mandarin": "zh", "farsi": "fa", "greek": "el", "swahili": "sw", "suajili": "sw", "malay": "ms", "khmer": "km",
    "castellano": "es", "castilian": "es", "cantonese": "yue",
}  # fmt: skip
_TAG = re.compile(r"([a-z]{2,3})([-_][a-z0-9]{2,8})*", re.IGNORECASE)


def language_code(text: str) -> str | None:
    """The language that a name or tag (`pt-BR`) stands for: its ISO 639 code, or None."""
    tag = _TAG.fullmatch(text.strip())
    code = tag[1].lower() if tag else ""
    if code in _language_codes() and len(code) == 2:  # first: there is also a language called En
        return code
    return _languages().get(fold(text)) or (code if code in _language_codes() else None)


@cache
def _language_codes() -> frozenset[str]:
    return frozenset(getattr(entry, "alpha_2", entry.alpha_3) for entry in pycountry.languages)


@cache
def language_names() -> tuple[str, ...]:
    """Folded names of the languages that have a two-letter code: what is offered for a slip."""
    return tuple(name for name, code in _languages().items() if len(code) == 2)
