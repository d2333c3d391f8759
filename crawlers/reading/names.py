"""What it is called and whose it is: title and organisation, without site names and without people."""

import re
from collections.abc import Iterator
from typing import Any

from crawlers.reading.document import Document
from crawlers.reading.sentences import clip, sentences_of

_SEPARATOR = re.compile(r"\s+(?:[|»›·•–—]|::|-|/|»)\s+|\s*\|\s*|\s+:\s+")
_LONGEST_TITLE = 300
_SHORTEST_TITLE = 4
_LONGEST_NAME = 120
_NO_TITLE = re.compile(
    r"^(?:home(?: ?page)?|welcome|untitled.*|index|page|menu|listen|skip to.*|details?|events?|news|agenda|opportunities|jobs?|careers?|search|apply(?: now)?|"
    r"important dates|dates|overview|about(?: us)?|read more|accueil|inicio|startseite|главная|beranda)$",
    re.IGNORECASE,
)
_GENERAL = re.compile(
    r"(?:(?:open )?calls? for [\w ,&/-]{3,40}|(?:abstract|paper|poster|manuscript) (?:submissions?|instructions?|guidelines)|submi(?:t|ssions?)\b.{0,25}|"
    r"(?:conference |event |online )?registration|register|mentorship(?: program(?:me)?)?|travel (?:awards?|grants?|bursaries)|applications?|how to apply|"
    r"application (?:form|process|page)|eligibility|fellowships?|internships?|scholarships?|electives?|observerships?|posters?|abstracts?|important dates|dates|"
    r"call for papers and .{0,30}|programme?|workshops?|courses?|awards?|convocatoria|appel [àa] \w+|bewerbung|anmeldung|inscripci[óo]n|inscri[çc][ãa]o)",
    re.IGNORECASE,
)
"""Headings that say what to do and not of what: the name beside them in the page's title is added."""
_NOISE = re.compile(
    r"^\s*(?:new!?|open|closed|deadline extended:?|extended:?|\W+)\s*[:\-–]\s*|\s*(?:\(closed\)|\[closed\])\s*$",
    re.IGNORECASE,
)
_BODY = (
    r"(?:University|Universit\w+|Institut\w*|Hospital|College|School|Society|Association|Foundation|Fund|Trust|Council|Centre|Center|Academy|"
    r"Organi[sz]ation|Ministry|Agency|Commission|Union|Federation|Consortium|Network|Alliance|Programme|Laborator\w+|Clinic|Department|Faculty|"
    r"Group|Press|Journal|Bank|Initiative|Committee|Stiftung|Fondation|Fundaci[óo]n|Fondazione|Universidad|Universidade|Institut[eo]?|NHS)"
)
_OFFERED = re.compile(
    r"\b(?:hosted|offered|organi[sz]ed|funded|sponsored|run|provided|administered|presented|supported|convened|published) (?:jointly )?by (?:the )?"
    rf"(?P<name>[A-ZÀ-Þ][\w&'’.-]*(?:\s+(?:[A-ZÀ-Þ][\w&'’.-]*|of|for|and|the|de|du|des|la|in|on|&)){{0,11}})"
)
_ORGANISATION_LABEL = re.compile(
    r"^(?:(?:host(?:ing)?|awarding|funding|offering|sponsoring) )?(?:organi[sz]ations?|organi[sz]ers?|institutions?|provider|sponsor|funder|host|employer|company|agency|"
    r"university|offered by|organi[sz]ed by|hosted by|organisateurs?|organisme|institution d.accueil|organizador(?:es)?|organiza|instituci[óo]n|institui[çc][ãa]o|"
    r"veranstalter|einrichtung|arbeitgeber|organizzatore|ente|organisator|организатор|penyelenggara)\W*$",
    re.IGNORECASE,
)
_COPYRIGHT = re.compile(
    r"(?:©|\(c\)|copyright)\s*(?:copyright\s*)?(?:\d{4}\s*(?:[-–]\s*\d{2,4})?)?\s*[,.|:–-]?\s*(?:by |the )?(?P<name>[A-ZÀ-Þ][^|•·\n©]{2,100}?)(?:\s*[.,|]\s*(?:all rights|all rights|alle rechte|tous droits|todos los|\d{4})|\.|\||$|\s\d{4})",
    re.IGNORECASE,
)
_PERSON = re.compile(
    r"^(?:(?:Prof(?:essor)?|Dr|Mr|Mrs|Ms|Sir|Dame|Ing|Drs)\.?\s|[A-Z][a-z]+ [A-Z]\. [A-Z][a-z]+$)|,\s*(?:M\.?D|Ph\.?D|MPH|MSc|FRCP)\b"
)
_TWO_NAMES = re.compile(r"^[A-Z][a-zà-ÿ]+(?:-[A-Z][a-z]+)? (?:[A-Z]\.? )?[A-Z][a-zà-ÿ]+(?:-[A-Z][a-z]+)?$")
_FIRST_NAMES = set(
    "adam ahmed aisha alan alex ali amina amy ana andrea andrew angela ann anna anne anthony antonio barbara ben brian carl carlos catherine charles "
    "chris christian christine claire daniel david diana donald edward elena elizabeth emily emma eric fatima felix francis frank frederick george grace "
    "hannah hans helen henry ibrahim ingrid isabel ivan jack jacob james jan jane janet jean jennifer jessica joan john jonathan jose joseph juan julia "
    "karen karl kate katherine kevin kim laura lee linda lisa louis lucy luis marc maria marie mario mark martin mary matthew max michael michelle mohamed "
    "mohammed nancy natalia nicholas nicole nina olga oliver omar pablo patricia patrick paul pedro peter philip rachel rebecca richard robert roger rosa "
    "ruth ryan samuel sandra sara sarah scott sergei simon sofia sophie stefan stephen steven susan thomas tim timothy tom ursula victor victoria walter "
    "william yusuf".split()
)
_CREDITS = re.compile(r"\b(?:wordpress|theme|powered|design(?:ed)?|all rights|privacy|cookie|terms)\b", re.IGNORECASE)


def title_of(document: Document) -> tuple[str, str]:
    """The page's title and the words it was taken from: the main heading, else the `title` without the site's name."""
    for candidate in _titles(document):
        title = _NOISE.sub("", " ".join(candidate.split())).strip(" |-–—:·•»")
        if _SHORTEST_TITLE <= len(title) <= _LONGEST_TITLE and not _NO_TITLE.match(title):
            return title, _words_behind(candidate, document)
    whole = " ".join(document.title.split())
    return (clip(whole, 0, None, _LONGEST_TITLE),) * 2 if whole else ("", "")


def _words_behind(candidate: str, document: Document) -> str:
    """The page's own words for a title: the candidate itself, or the whole `title` it was put together from."""
    whole = " ".join(document.title.split())
    return clip(" ".join(candidate.split()) if " – " not in candidate or candidate in whole else whole or candidate)


def _titles(document: Document) -> Iterator[str]:
    site = _site_name(document)
    heading, title = " ".join(document.heading.split()), " ".join(document.title.split())
    shared = _without_site(document.meta.get("og:title", ""), site)
    own = _without_site(title, site)
    if heading and not _is_site(heading, site, title) and len(heading) <= _LONGEST_TITLE:
        yield _qualified(heading, title, site, (own, shared))
    if own and _GENERAL.fullmatch(own):
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
    if not _GENERAL.fullmatch(heading):
        return next(
            (other for other in longer if heading.lower() in other.lower() and len(heading.split()) <= 4), heading
        )
    parts = [part.strip() for part in _SEPARATOR.split(title) if part.strip()]
    others = [part for part in (*parts, site) if part and not _GENERAL.fullmatch(part) and not _NO_TITLE.match(part)]
    return (
        f"{heading} – {others[0]}" if others and heading.lower() not in others[0].lower() else (others or [heading])[0]
    )


def _site_name(document: Document) -> str:
    return " ".join(document.meta.get("og:site_name", "").split())


def _is_site(heading: str, site: str, title: str) -> bool:
    """Whether a heading is the site's name: declared so, or the part that comes last in a longer title."""
    if site and heading.lower() == site.lower():
        return True
    parts = _SEPARATOR.split(title)
    return len(parts) > 1 and heading.lower() == parts[-1].strip().lower()


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
        if len(bars[0]) >= _SHORTEST_TITLE and not _NO_TITLE.match(bars[0])
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
        and bool(re.search(_BODY, part))
        and not re.search(r"\d{4}|fellow|intern|course|award|grant", part, re.IGNORECASE)
    )


def organisation_of(document: Document) -> tuple[str, str]:
    """The organisation that offers it and the words that say so; never a person. Empty when not said."""
    for name, quote in _organisations(document):
        name = " ".join(name.split()).strip(" .,:;|–—-")
        general = _GENERAL.fullmatch(name) or _NO_TITLE.match(name) or re.fullmatch(_BODY, name)
        if (
            1 < len(name) <= _LONGEST_NAME
            and not name[0].islower()
            and not general
            and not is_person(name)
            and not _CREDITS.search(name)
        ):
            return name, quote
    return "", ""


def _organisations(document: Document) -> Iterator[tuple[str, str]]:
    for entry in document.structured:
        for field in ("hiringOrganization", "organizer", "provider", "sponsor", "funder", "publisher"):
            for name in _names(entry.get(field)):
                yield name, name
    for block in document.main:
        if block.label and _ORGANISATION_LABEL.match(block.label.strip()) and len(block.text) <= _LONGEST_NAME:
            yield block.text, " ".join(block.text.split())
    for sentence in sentences_of(document):
        if (found := _OFFERED.search(sentence.text)) and re.search(_BODY, found["name"]):
            yield _trimmed(found["name"]), clip(sentence.text, *found.span())
    if site := _site_name(document):
        yield site, site
    for block in document.blocks:
        text = " ".join(block.text.split())
        if ("©" in text or "copyright" in text.lower()) and len(text) <= 600 and (found := _COPYRIGHT.search(text)):
            if not _TWO_NAMES.match(found["name"].strip()) or re.search(_BODY, found["name"]):
                yield found["name"], clip(text, *found.span())
    parts = [part.strip() for part in _SEPARATOR.split(document.title) if part.strip()]
    if len(parts) > 1 and len(document.title) <= _LONGEST_TITLE:
        yield parts[-1], parts[-1]


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


def is_person(name: str) -> bool:
    """Whether a name is a person's: titled, or two words of which the first is a common given name."""
    if _PERSON.search(name):
        return True
    first_line = name.split("\n")[0].strip()
    if re.search(_BODY, first_line):
        return False
    return bool(_TWO_NAMES.match(first_line)) and first_line.split()[0].lower() in _FIRST_NAMES
