"""Text into the terms that words are matched by: the same for calls, goals and searches.

Accents and case are folded, plurals and a few English endings cut, and words that carry nothing
left out. Medical abbreviations and what they stand for find each other through
`recommender/data/abbreviations.toml`.
"""

import re
import tomllib
import unicodedata
from functools import cache, lru_cache
from importlib.resources import files

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_PLAIN_WORD = re.compile(r"[a-z0-9]+(?:'[a-z0-9]+)?")  # the same of folded ASCII, in a third of the time
_COMPOUND = re.compile(r"(?<![^\W_])[^\W_]++(?:[-/&][^\W_]++)+")
_ENDINGS = (
    ("ization", "ize"),
    ("isation", "ize"),
    ("ational", "ate"),
    ("fulness", "ful"),
    ("iveness", "ive"),
    ("ities", "ity"),
    ("ments", "ment"),
    ("ingly", ""),
    ("ating", "ate"),
    ("ation", "ate"),
    ("ings", ""),
    ("ies", "y"),
    ("sses", "ss"),
    ("ing", ""),
    ("edly", ""),
    ("ed", ""),
    ("ally", "al"),
    ("ly", ""),
    ("es", "e"),
    ("s", ""),
)
STOPWORDS = frozenset(files("recommender").joinpath("data/stopwords.txt").read_text("utf-8").split())


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """`word` without a plural or one of a few English endings; too short a rest is left alone."""
    if len(word) < 4 or not word.isascii() or word.isdigit() or word.endswith(("ss", "us", "is")):
        return word
    for ending, instead in _ENDINGS:
        if word.endswith(ending):
            rest = word[: len(word) - len(ending)]
            if len(rest) < 3:
                continue
            if not instead and len(rest) > 3 and rest[-1] == rest[-2] and rest[-1] not in "lsz":
                rest = rest[:-1]
            return (rest + instead).removesuffix("e") if len(rest + instead) > 4 else rest + instead
    return word.removesuffix("e") if len(word) > 4 else word


def folded(text: str) -> str:
    """`text` in lower case without accents."""
    if text.isascii():
        return text.lower()
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)).casefold()


def words(text: str) -> list[str]:
    """The words of `text`, folded, without stop words, not stemmed."""
    return _words(folded(text))


def _words(text: str) -> list[str]:
    return [word for word in _all_words(text) if _says_something(word)]


def _all_words(text: str) -> list[str]:
    found: list[str] = (_PLAIN_WORD if text.isascii() else _WORD).findall(text)
    if "'" in text or "’" in text:
        return [word.split("'")[0].split("’")[0] for word in found]
    return found


def _says_something(word: str) -> bool:
    return word not in STOPWORDS and (len(word) > 1 or word.isdigit())


@lru_cache(maxsize=200_000)
def _term(word: str) -> str:
    """The term of a word, "" for one that carries nothing: both in one look, for texts by the hundred thousand."""
    return stem(word) if _says_something(word) else ""


def terms(text: str) -> list[str]:
    """The terms of `text` in order, compounds also as one ("OB-GYN" gives ob, gyn and obgyn)."""
    plain = folded(text)
    joined = "-" in plain or "/" in plain or "&" in plain
    compounds = [re.sub(r"[-/&]", "", whole) for whole in _COMPOUND.findall(plain)] if joined else []
    return [*filter(None, map(_term, _all_words(plain))), *(stem(whole) for whole in compounds if len(whole) <= 12)]


@cache
def abbreviations() -> dict[str, tuple[str, ...]]:
    """What each abbreviation stands for, by the abbreviation as written in capitals."""
    table = tomllib.loads(files("recommender").joinpath("data/abbreviations.toml").read_text("utf-8"))
    return {short: tuple(meanings) for short, meanings in table["abbreviations"].items()}


@cache
def _by_phrase() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for short, meanings in abbreviations().items():
        for meaning in meanings:
            found.setdefault(folded(meaning), []).append(short)
    return found


@cache
def _phrase_pattern() -> re.Pattern[str]:
    phrases = sorted(_by_phrase(), key=len, reverse=True)
    return re.compile(r"\b(?:" + "|".join(re.escape(phrase) for phrase in phrases) + r")\b")


@cache
def _short_pattern() -> re.Pattern[str]:
    shorts = sorted(abbreviations(), key=len, reverse=True)
    return re.compile(r"(?<![\w-])(?:" + "|".join(re.escape(short) for short in shorts) + r")(?![\w-])")


def also_called(text: str) -> list[str]:
    """The terms by which an abbreviation or a phrase of `text` may be written elsewhere."""
    found: list[str] = []
    for short in dict.fromkeys(_short_pattern().findall(text)):
        found += [term for meaning in abbreviations()[short] for term in terms(meaning)]
    for phrase in dict.fromkeys(_phrase_pattern().findall(folded(text))):
        found += [term for short in _by_phrase()[phrase] for term in terms(short)[-1:]]  # WHO is also a stop word
    return found


def spelled_out(text: str) -> str:
    """`text` with the meaning of each abbreviation behind it, as models know the words better than the letters."""
    known = folded(text)

    def with_meaning(found: re.Match[str]) -> str:
        meaning = abbreviations()[found.group()][0]
        return found.group() if folded(meaning) in known else f"{found.group()} ({meaning})"

    return _short_pattern().sub(with_meaning, text)
