"""What it is called and whose it is: title and organisation, without site names and without people."""

import re
from collections.abc import Iterator
from typing import Any

from crawlers.reading.document import Document
from crawlers.reading.patterns import words
from crawlers.reading.sentences import clip, sentences_of

_SEPARATOR = re.compile(r"\s+(?:[|»›·•–—]|::|-|/|»)\s+|\s*\|\s*|\s+:\s+")
_SEPARATOR_BESIDE_QUOTES = re.compile(r"\s+(?:[|›·•–—]|::|-|/)\s+|\s*\|\s*")
_LONGEST_TITLE = 300
_SHORTEST_TITLE = 4
_LONGEST_NAME = 120
_LONGEST_FOOTER = 600
_LONGEST_LINE = 1000
_NOISE = re.compile(
    r"^\s*(?:new!?|open|closed|deadline extended:?|extended:?|\W+)\s*[:\-–]\s*|\s*(?:\(closed\)|\[closed\])\s*$",
    re.IGNORECASE,
)
_OFFERED = re.compile(
    r"\b(?i:hosted|offered|organi[sz]ed|funded|sponsored|run|provided|administered|presented|supported|convened|published)"
    r" (?:jointly )?by (?:the )?"
    r"(?P<name>[A-ZÀ-Þ][\w&'’.-]*(?:\s+(?:[A-ZÀ-Þ][\w&'’.-]*|of|for|and|the|de|du|des|la|in|on|&)){0,11})"
)
_COPYRIGHT = re.compile(
    r"(?:©|\(c\)|copyright)\s*(?:copyright\s*)?(?:\d{4}\s*(?:[-–]\s*\d{2,4})?)?\s*[,.|:–-]?\s*(?:by |the )?"
    r"(?P<name>[A-ZÀ-Þ][^|•·\n©]{2,100}?)"
    r"(?:\s*[.,|]\s*(?:all rights|alle rechte|tous droits|todos los|\d{4})|\.|\||$|\s\d{4})",
    re.IGNORECASE,
)
_PERSON = re.compile(
    r"^(?:(?:Prof(?:essor)?|Dr|Mr|Mrs|Ms|Sir|Dame|Ing|Drs)\.?\s|[A-Z][a-z]+ [A-Z]\. [A-Z][a-z]+$)"
    r"|,\s*(?:M\.?D|Ph\.?D|MPH|MSc|FRCP)\b"
)
_TWO_NAMES = re.compile(r"^[A-Z][a-zà-ÿ]+(?:-[A-Z][a-z]+)? (?:[A-Z]\.? )?[A-Z][a-zà-ÿ]+(?:-[A-Z][a-z]+)?$")


def title_of(document: Document) -> tuple[str, str]:
    """The page's title and the words it was taken from: the main heading, else the `title` without the site's name."""
    for candidate in _titles(document):
        title = _NOISE.sub("", " ".join(candidate.split())).strip(" |-–—:·•»")
        if _SHORTEST_TITLE <= len(title) <= _LONGEST_TITLE and not _is("no_title", title):
            return title, _words_behind(candidate, document)
    whole = _line(document.title)
    return (clip(whole, 0, None, _LONGEST_TITLE),) * 2 if whole else ("", "")


def _words_behind(candidate: str, document: Document) -> str:
    """The page's own words for a title: the candidate itself, or the whole `title` it was put together from."""
    whole = _line(document.title)
    return clip(" ".join(candidate.split()) if " – " not in candidate or candidate in whole else whole or candidate)


def _titles(document: Document) -> Iterator[str]:
    site = _site_name(document)
    heading, title = _line(document.heading), _line(document.title)
    shared = _without_site(_line(document.meta.get("og:title", "")), site)
    own = _without_site(title, site)
    site_first = _begins_with_the_site(document, heading, title)
    if heading and (site_first or not _is_site(heading, site, title)) and len(heading) <= _LONGEST_TITLE:
        yield _qualified(heading, title, site, () if site_first else (own, shared))
    if own and _is("general", own):
        yield _qualified(own, title, site, ())
    yield from (own, shared)
    yield from (
        block.text for block in document.main if block.level in (1, 2) and not _is_site(block.text, site, title)
    )
    for entry in document.structured:
        if isinstance(name := entry.get("name") or entry.get("title"), str):
            yield name
    if heading:
        yield heading
    if first := next((block.text for block in document.main if block.text), ""):
        yield clip(" ".join(first.split()), 0, None, 120)


def _qualified(heading: str, title: str, site: str, longer: tuple[str, ...]) -> str:
    """A general heading ("Call for Papers") with the name of what it belongs to, from the page's title."""
    if not _is("general", heading):
        return next(
            (other for other in longer if heading.lower() in other.lower() and len(heading.split()) <= 4), heading
        )
    parts = _parts(title)
    others = [part for part in (*parts, site) if part and not _is("general", part) and not _is("no_title", part)]
    return (
        f"{heading} – {others[0]}" if others and heading.lower() not in others[0].lower() else (others or [heading])[0]
    )


def _site_name(document: Document) -> str:
    return _line(document.meta.get("og:site_name", ""))


def _is_site(heading: str, site: str, title: str) -> bool:
    """Whether a heading is the site's name: declared so, or the part that comes last in a longer title."""
    if site and heading.lower() == site.lower():
        return True
    parts = _SEPARATOR.split(title)
    return len(parts) > 1 and heading.lower() == parts[-1].strip().lower()


def _begins_with_the_site(document: Document, heading: str, title: str) -> bool:
    """Whether a title ends with the page's heading and begins with whose site it is: "Example Trust - Rural Prize".

    Its name stands beside the matter too (in a banner, a footer), or names a body where the heading names none.
    """
    parts = _parts(title)
    if len(parts) < 2 or heading.lower() != parts[-1].lower():
        return False
    beside = {
        " ".join(block.text.split()).lower() for block in document.blocks if block.aside and len(block.text) < 200
    }
    return parts[0].lower() in beside or (_names_body(parts[0]) and not _names_body(heading))


def _parts(title: str) -> list[str]:
    """What stands between dashes and bars; where a title opens «quotes» their end parts nothing."""
    marks = _SEPARATOR_BESIDE_QUOTES if "«" in title else _SEPARATOR
    return [part.strip() for part in marks.split(title) if part.strip()]


def _without_site(title: str, site: str) -> str:
    """A title without the site's name: "Example Fellowship | Careers | Example Agency" gives its first part.

    Parts after a bar are the site's; parts after a dash are kept when the first part alone says little.
    """
    title = " ".join(title.split())
    bars = [part.strip() for part in re.split(r"\s*[|»]\s*|\s+::\s+", title) if part.strip()]
    if not bars:
        return ""
    if site and len(bars) > 1 and bars[0].lower() == site.lower():
        bars = bars[1:]
    first = (
        bars[0]
        if len(bars[0]) >= _SHORTEST_TITLE and not _is("no_title", bars[0])
        else (bars[1] if len(bars) > 1 else bars[0])
    )
    if site and first.lower().endswith(site.lower()) and (cut := _SEPARATOR.split(first)) and len(cut) > 1:
        first = first[: -len(site)].rstrip(" -–—:·•/")
    elif site and first.lower().startswith(site.lower()) and re.match(r"\s*[-–—:·]\s", first[len(site) :]):
        first = first[len(site) :].lstrip(" -–—:·•")
    parts = re.split(r"\s[–—-]\s", first)
    if len(parts) > 1 and len(parts[0].split()) > 2 and len(parts) == 2 and _looks_like_site(parts[1]):
        return parts[0]
    return first


def _looks_like_site(part: str) -> bool:
    return (
        len(part.split()) <= 6
        and bool(_names_body(part))
        and not re.search(r"\d{4}|fellow|intern|course|award|grant", part, re.IGNORECASE)
    )


def organisation_of(document: Document) -> tuple[str, str]:
    """The organisation that offers it and the words that say so; never a person. Empty when not said."""
    for name, quote in _organisations(document):
        name = " ".join(name.split()).strip(" .,:;|–—-")
        general = _is("general", name) or _is("no_title", name) or _is("bodies", name)
        if (
            1 < len(name) <= _LONGEST_NAME
            and not name[0].islower()
            and not general
            and not is_person(name)
            and not words("names", "credits").search(name)
        ):
            return name, quote
    return "", ""


def _organisations(document: Document) -> Iterator[tuple[str, str]]:
    for entry in document.structured:
        for field in ("hiringOrganization", "organizer", "provider", "sponsor", "funder", "publisher"):
            for name in _names(entry.get(field)):
                yield name, name
    for block in document.main:
        if block.label and _is("organisation_labels", block.label.strip(" :")) and len(block.text) <= _LONGEST_NAME:
            yield block.text, " ".join(block.text.split())
    for sentence in sentences_of(document):
        if " by " in sentence.text and (found := _OFFERED.search(sentence.text)) and _names_body(found["name"]):
            yield _trimmed(found["name"]), clip(sentence.text, *found.span())
    if site := _site_name(document):
        yield site, site
    for block in document.blocks:
        text = " ".join(block.text.split())
        found = _COPYRIGHT.search(text) if len(text) <= _LONGEST_FOOTER and _speaks_of_rights(text) else None
        if found and (_names_body(found["name"]) or not _TWO_NAMES.match(found["name"].strip())):
            yield found["name"], clip(text, *found.span())
    parts = _parts(_line(document.title))
    if len(parts) > 1 and len(document.title) <= _LONGEST_TITLE:
        of_the_site = (
            parts[0] if _begins_with_the_site(document, _line(document.heading), document.title) else parts[-1]
        )
        yield of_the_site, of_the_site


def _speaks_of_rights(text: str) -> bool:
    """Whether a line may be a copyright notice: looking for its letters first is ten times faster."""
    return "©" in text or "(c)" in (lower := text.lower()) or "copyright" in lower


def _names(value: Any, depth: int = 0) -> Iterator[str]:
    if depth > 3:
        return
    if isinstance(value, list):
        for member in value[:10]:
            yield from _names(member, depth + 1)
    elif isinstance(value, dict):
        if "Person" not in str(value.get("@type", "")) and isinstance(value.get("name"), str):
            yield value["name"]
    elif isinstance(value, str) and not value.startswith(("http", "_:", "#")):
        yield value


def _trimmed(name: str) -> str:
    return re.sub(r"(?:\s+(?:of|for|and|the|de|du|des|la|in|on|&))+$", "", name)


def _line(text: str) -> str:
    """The first characters of a text as one line: a title of 200 kB is none."""
    return " ".join(text[:_LONGEST_LINE].split())


def _is(key: str, text: str) -> bool:
    """Whether `text` is, from end to end, one of the wordings of `data/names.toml`."""
    return words("names", key).fullmatch(text) is not None


def _names_body(text: str) -> bool:
    return words("names", "bodies").search(text) is not None


def is_person(name: str) -> bool:
    """Whether a name is a person's: titled, or two words of which the first is a common given name."""
    if _PERSON.search(name):
        return True
    first_line = name.split("\n")[0].strip()
    if _names_body(first_line):
        return False
    return bool(_TWO_NAMES.match(first_line)) and _is("given_names", first_line.split()[0])
