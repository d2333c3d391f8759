"""The language of a page's matter: what its words say, and where they do not, what it declares.

Templates declare English over French text and the other way round, so words decide when there are
enough of them; scripts of one language decide by themselves.
"""

import re
from collections import Counter
from functools import cache

from crawlers.reading.document import Document
from crawlers.reading.patterns import table

_ENOUGH_WORDS = 8
_LONGEST = 12_000
_LEAST_SHARE = 0.04
_LEAD = 1.25
"""By how much the best language must lead the next to overrule what the page declares."""
_WORD = re.compile(r"[^\W\d_]+")
_SCRIPTS = (
    ("ja", re.compile(r"[\u3040-\u30ff]")),
    ("ko", re.compile(r"[\uac00-\ud7af]")),
    ("zh", re.compile(r"[\u4e00-\u9fff]")),
    ("ar", re.compile(r"[\u0600-\u06ff]")),
    ("he", re.compile(r"[\u0590-\u05ff]")),
    ("el", re.compile(r"[\u0370-\u03ff]")),
    ("hi", re.compile(r"[\u0900-\u097f]")),
    ("th", re.compile(r"[\u0e00-\u0e7f]")),
)
_SCRIPT_SHARE = 0.3


def language_of(document: Document) -> str | None:
    """The ISO 639-1 code of a page's language, or None when neither its words nor its markup say."""
    text = " ".join(block.text for block in document.main)[:_LONGEST].lower()
    declared = _declared(document.language)
    words = _WORD.findall(text)
    letters = sum(map(len, words)) or 1
    for code, script in () if text.isascii() else _SCRIPTS:
        if len(script.findall(text)) / letters > _SCRIPT_SHARE:
            return code
    if len(words) < _ENOUGH_WORDS:
        return declared
    counts = Counter(words)
    shares = sorted(((share, code) for code, share in _shares(counts).items()), reverse=True)
    (best, code), (second, _) = shares[0], shares[1]
    if best < _LEAST_SHARE:
        return declared
    return code if declared is None or best >= second * _LEAD else declared


def _declared(language: str | None) -> str | None:
    """The primary subtag of what the page declares: `en-GB` gives `en`."""
    found = re.match(r"[a-z]{2,3}(?=$|[-_,; ])", (language or "").strip().lower())
    return found.group() if found else None


@cache
def _stop_words() -> dict[str, list[tuple[str, float]]]:
    """Common words with the languages they are of; one that several languages share tells less of each."""
    lists = {code: [word for word in words.split() if len(word) > 1] for code, words in table("languages").items()}
    counts = Counter(word for words in lists.values() for word in words)
    found: dict[str, list[tuple[str, float]]] = {word: [] for word in counts}
    for code, words in lists.items():
        for word in dict.fromkeys(words):
            found[word].append((code, 1 / counts[word]))
    return found


def _shares(counts: Counter[str]) -> dict[str, float]:
    """By language, which share of the words that are counted are common ones of it."""
    known, whole = _stop_words(), counts.total()
    found: dict[str, float] = dict.fromkeys(table("languages"), 0.0)
    for word, count in counts.items():
        for code, weight in known.get(word, ()):
            found[code] += weight * count
    return {code: weighed / whole for code, weighed in found.items()}
