"""How languages other than English name those of a country: "mexicana", "camerounaise", "österreichischer".

Readers need it to tell of whom a page speaks, and verdicts to see that such a word asks for no more than was read.
"""

import gettext
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

import pycountry

LANGUAGES = ("fr", "es", "pt", "de", "it", "nl", "ru", "id")
"""Those in which countries are known by name, besides English."""

_ENDINGS = (
    ("isch", ("isch", "ische", "ischer", "ischen", "isches", "ischem")),
    ("ense", ("ense", "enses", "ensi")),
    ("ese", ("ese", "esi")),
    ("és", ("és", "esa", "eses", "esas")),
    ("ês", ("ês", "esa", "eses", "esas")),
    ("ien", ("ien", "ienne", "iens", "iennes")),
    ("éen", ("éen", "éenne", "éens", "éennes")),
    ("yen", ("yen", "yenne", "yens", "yennes")),
    ("ain", ("ain", "aine", "ains", "aines")),
    ("ais", ("ais", "aise", "aises")),
    ("ois", ("ois", "oise", "oises")),
    ("í", ("í", "íes", "ís")),
    ("o", ("o", "a", "os", "as", "i", "e")),
    ("", ("", "s")),
)
"""The ending of the form that is listed, and those of its other genders and numbers; the first that fits counts."""


@cache
def peoples_abroad() -> dict[str, str]:
    """The code of the country by each form of each word, in small letters."""
    table = tomllib.loads(files("catalog").joinpath("data/peoples.toml").read_text("utf-8"))
    return {form: code for code, listed in table.items() for word in listed.split(", ") for form in _forms(word)}


def _forms(word: str) -> Iterator[str]:
    ending, others = next(pair for pair in _ENDINGS if word.endswith(pair[0]))
    yield from (word.removesuffix(ending) + other for other in others)


def country_abroad(name: str, language: str) -> str:
    """What a language calls the country of that English name (ISO 3166-1), as `pycountry` carries it."""
    return _translation(language).gettext(name)


@cache
def countries_abroad() -> frozenset[str]:
    """What all the languages call the countries."""
    return frozenset(
        country_abroad(country.name, language) for country in pycountry.countries for language in LANGUAGES
    )


@cache
def _translation(language: str) -> gettext.NullTranslations:
    return gettext.translation("iso3166-1", pycountry.LOCALES_DIR, languages=[language], fallback=True)
