"""What the service says in prose, in the reader's language: English sentences → theirs, as data has them.

Sentences are made in English where they are made, and kept so (in rankings, say). Whoever shows them asks here.
The words stand in `recommender/data/spoken.toml`, so that a language is added without code; a sentence that is
not there stays English.
"""

import datetime as dt
import gettext
import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable

import pycountry

from recommender.letter_templates import fill
from recommender.letter_words import words_for

_PLACE = re.compile(r"\{(\w+)\}")
_TAKES = {"n": r"\d[\d,.]*", "most": r"\d[\d,.]*", "quote": ".+"}
"""What a place of this name may hold, if not anything."""
_JOINTS = re.compile(r"(, | or | and | · )")


@dataclass(frozen=True, slots=True)
class _Pattern:
    """A sentence with places. `said…` must be known themselves, `words…` are put into words, others are taken over."""

    english: re.Pattern[str]
    other: str


@dataclass(frozen=True, slots=True)
class _Language:
    """One language's words."""

    code: str
    sentences: dict[str, str]
    patterns: tuple[_Pattern, ...]
    words: dict[str, str]
    joints: dict[str, str]

    def say(self, text: str) -> str | None:
        """The sentence, or None where it is not known."""
        if text in self.sentences:
            return self.sentences[text]
        for pattern in self.patterns:
            if (found := pattern.english.fullmatch(text)) and (said := self._filled(pattern, found.groupdict())):
                return said
        return None

    def _filled(self, pattern: _Pattern, values: dict[str, str]) -> str | None:
        filled = {}
        for name, value in values.items():
            said = self.say(value) if name.startswith("said") else value
            if said is None:
                return None
            filled[name] = self._put(name, said)
        return fill(pattern.other, filled)

    def _put(self, name: str, text: str) -> str:
        """What stands in a place of this name."""
        if name.startswith("words"):
            return self._in_words(text)
        return self._day(text) if name.startswith("day") else text

    def _day(self, text: str) -> str:
        """A day as our sentences write it ("3 March 2027")."""
        try:
            return words_for(self.code).say_day(dt.datetime.strptime(text, "%d %B %Y").date())  # noqa: DTZ007
        except ValueError:
            return self._in_words(text)

    def _in_words(self, text: str) -> str:
        """Names of things, one or several: what is not known (a society's name) stays."""
        if (known := self._word(text)) is not None:
            return known
        parts = _JOINTS.split(text)
        return "".join(
            self.joints.get(part, part) if at % 2 else self._word(part) or part for at, part in enumerate(parts)
        )

    def _word(self, text: str) -> str | None:
        return self.words.get(text) or self.say(text) or _country_names(self.code).get(text)


class Phrasebook:
    """The sentences of one file in other languages, each remembered once it was looked for."""

    def __init__(self, file: Traversable) -> None:
        table = tomllib.loads(file.read_text("utf-8"))
        self._languages = {code: _language(code, **entry) for code, entry in table.items()}
        self._said = lru_cache(maxsize=4096)(self._look_up)

    def speaks(self, locale: str) -> bool:
        """Whether there is more than English for a locale."""
        return _code(locale) in self._languages

    def say(self, text: str, locale: str) -> str:
        """A sentence in the language of a locale (`es-MX`); as it is where that is not known."""
        return self._said(text, _code(locale)) if text and self.speaks(locale) else text

    def _look_up(self, text: str, code: str) -> str:
        return self._languages[code].say(text) or text


def spoken(text: str, locale: str) -> str:
    """A sentence of ours in the language of a locale (`es-MX`); as it is where that is not known."""
    return _ours().say(text, locale)


def speaks(locale: str) -> bool:
    """Whether we say more than English for a locale."""
    return _ours().speaks(locale)


def _code(locale: str) -> str:
    return locale.split("-")[0].lower()


@cache
def _ours() -> Phrasebook:
    return Phrasebook(files("recommender").joinpath("data/spoken.toml"))


def _language(
    code: str, sentences: dict[str, str], words: dict[str, str] | None = None, joints: dict[str, str] | None = None
) -> _Language:
    plain = {english: other for english, other in sentences.items() if not _PLACE.search(english)}
    placed = sorted((english for english in sentences if english not in plain), key=_literal, reverse=True)
    patterns = tuple(_Pattern(_compiled(english), sentences[english]) for english in placed)
    return _Language(code, plain, patterns, words or {}, joints or {})


def _literal(english: str) -> int:
    """How much of a sentence is fixed: those that say more are tried first."""
    return len(_PLACE.sub("", english))


def _compiled(english: str) -> re.Pattern[str]:
    parts = _PLACE.split(english)
    written = (f"(?P<{part}>{_TAKES.get(part, '.+?')})" if at % 2 else re.escape(part) for at, part in enumerate(parts))
    return re.compile("".join(written), re.DOTALL)


@cache
def _country_names(code: str) -> dict[str, str]:
    """Countries by their English names, in a language."""
    say: Callable[[str], str] = gettext.translation(
        "iso3166-1", pycountry.LOCALES_DIR, languages=[code], fallback=True
    ).gettext
    names = (getattr(one, "common_name", one.name) for one in pycountry.countries)
    return {name: say(name) for name in names}
