"""Names and numbers of journals: when two names are of the same journal, and which ISSN a call states."""

import re
import unicodedata

_ISSUE = re.compile(
    r"\s*(?:[-–—:,(]\s*)?\b(?:20\d\d\s+)?(?:special|theme|thematic|topical)\s+(?:issue|collection|section)s?\b.*$", re.I
)
_NOISE = re.compile(r"[^\w]+")
_ISSN = re.compile(r"\b[ep]?-?ISSN\b[^0-9]{0,14}(\d{4})-?(\d{3}[\dXx])\b(?:[^0-9]{1,14}(\d{4})-(\d{3}[\dXx])\b)?", re.I)


def journal_key(name: str) -> str:
    """A journal's name without case, accents, punctuation, article and what a special issue adds to it."""
    plain = unicodedata.normalize("NFKD", _ISSUE.sub("", name).replace("&", " and "))
    words = _NOISE.sub(" ", "".join(char for char in plain if not unicodedata.combining(char)).casefold()).split()
    return " ".join(words[1:] if words[:1] == ["the"] and len(words) > 1 else words)[:300]


def issns_in(text: str) -> list[str]:
    """The ISSNs that a text states as such, each once; one whose check digit is wrong is none (ISO 3297)."""
    found: list[str] = []
    for match in _ISSN.finditer(text):
        for head, tail in ((match[1], match[2]), (match[3], match[4])):
            issn = f"{head}-{tail.upper()}" if head and tail else ""
            if issn and is_issn(issn) and issn not in found:
                found.append(issn)
    return found


def is_issn(text: str) -> bool:
    """Whether a text is an ISSN with the right check digit."""
    if not re.fullmatch(r"\d{4}-\d{3}[\dX]", text):
        return False
    digits = text.replace("-", "")
    total = sum((8 - place) * int(digit) for place, digit in enumerate(digits[:7]))
    return (11 - total % 11) % 11 == (10 if digits[7] == "X" else int(digits[7]))
