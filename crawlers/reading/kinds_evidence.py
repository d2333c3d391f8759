"""Finding the words on a page that speak for or against its being something one can go for.

The cues are data (`data/kinds.toml`); here they are looked for in five places of a page, each of
which weighs differently: what the title says counts for more than one word in the text.
"""

import re
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from urllib.parse import unquote, urlsplit

from catalog.words import Kind
from crawlers.reading.document import Document
from crawlers.reading.lowering import lowered
from crawlers.reading.patterns import Wording, table
from crawlers.reading.sentences import clip

PLACES = ("title", "path", "host", "opening", "text")
OPENING = 260
"""Characters at the start of a page's matter that say what it is about."""
_SEPARATOR = re.compile(r"\s[-–—|:»·]\s|\|")
_FIRST_LETTER = re.compile(r"(?:\(\?:)*[^\W\d_]")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_STEM = re.compile(
    r"fellowships?|fellows(?=$|[.-])|internships?|scholarships?|electives?|observerships?|conferences?|workshops?|symposium|congress"
    r"|call(?=for)|(?<=call)for(?=p)|(?<=callfor)papers?|abstracts?|special(?=issues?)|(?<=special)issues?"
    r"|(?:summer|winter)(?=schools?|scholar|research)|(?<=summer)(?:schools?|scholars?|research)|(?<=winter)schools?"
    r"|clerkships?|exchange|bursar(?:y|ies)|courses?|becas|bolsas|bourses|stipend|praktik|estagio|tirocin"
    r"|visiting(?=students?)|(?<=visiting)students?|volunteer|journals?|congreso|kongress|tagung"
)
_GATHERS_MANY = re.compile(r"scholarship|opportunit|jobs?\b|career|internships?(?!\.)\w|guide|abroad|funds|grants")
_EVENT_HOST = re.compile(r"(?:^|\.)[a-z-]{2,}-?(?:19|20)?\d\d\.(?:[a-z]{2,})|(?:^|\.)[a-z-]{3,}20\d\d\.")
LONGEST_TITLE = 160
"""A longer one is the first paragraph of a text that has no title, as is one that repeats the first line."""
LONGEST_TEXT = 20_000
"""Characters read of a page: what it is shows early, and one hostile page must not cost seconds."""


@dataclass(frozen=True, slots=True)
class Cue:
    """Patterns with the weight they have in each place, and in plain words what they show."""

    role: str  # kind, act or refusal
    code: str
    says: str
    patterns: tuple[Wording, ...]
    weights: dict[str, float]  # by place, the weightiest first
    kind: Kind | None = None
    hard: bool = False
    only_for: Kind | None = None  # an act that says something of this kind only
    soft: bool = False  # a place where calls also stand (a blog): says half as much beside a deadline or a call
    asks: float = 0.0  # what the words weigh as something to act on: "manuscripts are due" names a kind and asks


@dataclass(frozen=True, slots=True)
class Evidence:
    """A cue that was found: where it weighed most, its weight there, and the words."""

    cue: Cue
    place: str
    weight: float
    words: str


@dataclass(frozen=True, slots=True)
class Places:
    """The places of a page in lower case, and as they were written for quoting."""

    lowered: dict[str, str]
    written: dict[str, str] = field(repr=False)
    head: str = ""  # the first part of the title, before a separator, in lower case


@cache
def cues() -> tuple[Cue, ...]:
    """Every cue of `data/kinds.toml`."""
    return tuple(_cue(role, entry) for role in ("kind", "act", "refusal") for entry in table("kinds")[role])


def _cue(role: str, entry: dict[str, Any]) -> Cue:
    return Cue(
        role=role,
        code=entry["code"],
        says=entry["says"],
        patterns=_compiled(entry["any"]),
        weights=_weights(role, entry),
        kind=Kind(entry["kind"]) if "kind" in entry else None,
        hard=entry.get("hard", False),
        only_for=Kind(entry["only_for"]) if "only_for" in entry else None,
        soft=entry.get("soft", False),
        asks=float(entry.get("asks", 0)),
    )


def _compiled(alternatives: list[str]) -> tuple[Wording, ...]:
    """Patterns for a cue's wordings: those that begin with a letter begin a word, the rest stand anywhere."""
    begin = [wording.removeprefix(r"\b") for wording in alternatives if _begins_a_word(wording)]
    rest = [wording for wording in alternatives if not _begins_a_word(wording)]
    found = [Wording(begin, ends=False)] if begin else []
    return (*found, *([Wording(rest, begins=False, ends=False)] if rest else []))


def _begins_a_word(wording: str) -> bool:
    r"""Whether a wording is found at the beginning of a word only: it begins with a letter, or `\b` and a choice."""
    marked = wording.startswith(r"\b")
    return bool(_FIRST_LETTER.match(wording.removeprefix(r"\b"))) if marked else wording[0].isalpha()


def _weights(role: str, entry: dict[str, Any]) -> dict[str, float]:
    weights = {place: float(entry[place]) for place in PLACES if place in entry}
    if role == "kind":
        weights["host"] = weights["path"] / 2
    return dict(sorted(weights.items(), key=lambda pair: -pair[1]))


def path_words(url: str | None) -> str:
    """The words of an address's path and query: `/call-for_papers` gives `call for papers`."""
    if not url:
        return ""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    words = re.sub(r"[^\w]+|_+", " ", unquote(f"{parts.path} {parts.query}"))
    words = _CAMEL.sub(" ", words)
    glued = [stem for word in words.split() if len(word) > 9 for stem in _STEM.findall(word.lower())]
    return " ".join([*words.split(), *glued])


def host_words(url: str | None) -> str:
    """The known words that are glued together in a host name (`cancerfellowships.org` → `fellowships`).

    A name with a year (`congress2031.example`) is an event's.
    """
    try:
        host = (urlsplit(url).hostname or "") if url else ""
    except ValueError:
        return ""
    if not host or _GATHERS_MANY.search(host):
        return ""
    event = " conference" if _EVENT_HOST.search(host) else ""
    return " ".join(_STEM.findall(host)) + event


def places_of(document: Document) -> Places:
    """Cut a page into the places where cues are looked for."""
    first_lines = {block.text for block in document.main[:3] if not block.level}
    titles = dict.fromkeys(
        words
        for words in (document.title, document.heading)
        if 0 < len(words) <= LONGEST_TITLE and words not in first_lines
    )
    text = _matter(document)
    written = {
        "title": " | ".join(titles),
        "path": path_words(document.url),
        "host": host_words(document.url),
        "opening": text[:OPENING],
        "text": text,
    }
    low = {place: lowered(words) for place, words in written.items()}
    return Places(low, written, _SEPARATOR.split(low["title"], maxsplit=1)[0])


def _matter(document: Document) -> str:
    pieces: list[str] = []
    size = 0
    for block in document.main:
        piece = f"{block.label}: {block.text}" if block.label else block.text
        if block.level == 1 and block.text in (document.title, document.heading):
            continue
        pieces.append(" ".join(piece[:LONGEST_TEXT].split()))
        size += len(pieces[-1])
        if size > LONGEST_TEXT:
            break
    return "\n".join(pieces)[:LONGEST_TEXT]


def find(places: Places, role: str | None = None) -> list[Evidence]:
    """Find every cue (of `role`, if given) in the place where it weighs most."""
    found = (_find_cue(cue, places) for cue in cues() if role is None or cue.role == role)
    return [evidence for evidence in found if evidence is not None]


def _find_cue(cue: Cue, places: Places) -> Evidence | None:
    for place, weight in cue.weights.items():
        if (text := places.lowered[place]) and (match := first_match(cue, text)):
            return Evidence(cue, place, weight, quote(places.written[place], *match.span()))
    return None


def first_match(cue: Cue, text: str) -> re.Match[str] | None:
    """A place in `text` (lower case) where the cue is found."""
    return next((match for pattern in cue.patterns if (match := pattern.search(text))), None)


def quote(text: str, start: int, end: int) -> str:
    """The line of `text` that holds `text[start:end]`, cut to a quote."""
    left = text.rfind("\n", 0, start) + 1
    right = text.find("\n", end)
    line = text[left : right if right != -1 else len(text)]
    return clip(line, start - left, min(end - left, len(line)), 300)
