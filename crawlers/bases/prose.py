"""The bridge from a source's prose to the readers: markup in, fields of a draft out.

Structured facts of a source win over what is read here; this fills what its fields leave out.
"""

import dataclasses
import datetime as dt
import html
import re
from dataclasses import dataclass, field
from typing import Any

import pycountry

from catalog.drafts import Deadline, Place
from catalog.vocabularies import is_country
from catalog.words import DeadlinePurpose, Kind, Outcome, Timing
from crawlers.bases.refusal import ARTICLE, NO_KIND
from crawlers.bases.saved import Saved
from crawlers.reading.document import Block, Document
from crawlers.reading.kinds import judge
from crawlers.reading.kinds_evidence import find
from crawlers.reading.kinds_evidence import places_of as places_of_evidence
from crawlers.reading.page import PageReading, read_page
from crawlers.reading.parsing import parse_html, parse_text
from crawlers.reading.places import country_named, places_in

_NAMES_IT = 3.0  # of the title weights in kinds.toml: "fellowship" 7, "conference" 5, "journals" 2.5
_MARKUP = re.compile(r"<[a-zA-Z/!]")
_SHARED_FIELDS = frozenset(
    {"organisation", "deadlines", "timing", "opens", "starts", "ends", "places", "remote", "requirements", "funding"}
    | {"money", "language", "flags"}
)
"""Fields that a page's reading and a draft have in common."""
_QUOTED_AS = {"start": "starts", "end": "ends"}


@dataclass(frozen=True, slots=True)
class Judged:
    """What a piece of prose was found to be: a kind and its fields, or the reason to refuse it."""

    kind: Kind | None = None
    refused: str = ""
    fields: dict[str, Any] = field(default_factory=dict)


def line_of(markup: str) -> str:
    """A title on one line: tags taken out, entities resolved, even those escaped twice."""
    text = html.unescape(html.unescape(markup))
    return " ".join((text_of(text) if _MARKUP.search(text) else text).split())


def page_of(saved: Saved) -> Document:
    """A whole page as a document; the charset that the server claimed is one hint among others."""
    charset = saved.content_type.partition("charset=")[2].strip(" \"'") or None
    return parse_html(saved.body, url=saved.url, declared_encoding=charset)


def document_of(markup: str, *, title: str = "", url: str | None = None, published: dt.date | None = None) -> Document:
    """A fragment of markup, or plain text, as a document with the title that stands outside it."""
    if not _MARKUP.search(markup):
        markup = html.unescape(markup)  # plain text, or markup that was escaped as a whole (seen at Greenhouse)
    document = parse_html(markup, url=url) if _MARKUP.search(markup) else parse_text(markup, url=url)
    return dataclasses.replace(
        document, title=title or document.title, heading=title or document.heading, published=published
    )


def _titled(prose: str, title: str) -> Document:
    """Prose below the title that its source keeps apart from it: a title, too, names places, dates and a language."""
    plain = html.unescape(prose) if not _MARKUP.search(prose) else prose
    marked = _MARKUP.search(plain)
    return document_of(f"<h1>{html.escape(title)}</h1>{plain}" if marked else f"{title}\n\n{plain}", title=title)


def text_of(prose: Document | str) -> str:
    """The visible words, a paragraph to each block."""
    document = document_of(prose) if isinstance(prose, str) else prose
    return "\n\n".join(block.words for block in document.main if block.words)


def fields_in(
    prose: Document | str,
    *,
    as_of: dt.datetime,
    title: str = "",
    day_first: bool | None = None,
    kind: Kind | None = None,
) -> dict[str, Any]:
    """The fields of a draft that the prose states, each with its quote; nothing where it is silent.

    Markup is to be given as it came, not as `text_of` it: "Participants" says who may come because it is a heading.
    """
    document = (_titled(prose, title) if title else document_of(prose)) if isinstance(prose, str) else prose
    return _fields_of(_reading_of(document, as_of, day_first, kind, is_call=True))


def _reading_of(
    document: Document, as_of: dt.datetime, day_first: bool | None, kind: Kind | None, *, is_call: bool = False
) -> PageReading:
    hints = {"kind": kind} if kind else None
    return read_page(document, as_of=as_of.date(), day_first=day_first, hints=hints, is_call=is_call)


def _fields_of(reading: PageReading) -> dict[str, Any]:
    """The fields of a draft that a reading filled; a journal's call happens nowhere, whatever places its page names."""
    is_journal = reading.kind is Kind.JOURNAL_CALL
    names = _SHARED_FIELDS - {"places", "remote"} if is_journal else _SHARED_FIELDS
    found: dict[str, Any] = {name: getattr(reading, name) for name in names}
    if is_journal:
        found["deadlines"] = tuple(map(_as_paper, reading.deadlines))
    if reading.outcome is Outcome.CLOSED:
        found["outcome"] = Outcome.CLOSED
    quotes = {_QUOTED_AS.get(name, name): words for name, words in reading.quotes.items()}
    found = {name: value for name, value in found.items() if value or value is False}
    return found | {"quotes": {name: words for name, words in quotes.items() if name in found}}


def _as_paper(deadline: Deadline) -> Deadline:
    """What is handed in to a journal is a paper, whatever the sentence calls the handing in."""
    is_paper = deadline.purpose is DeadlinePurpose.APPLICATION
    return deadline.model_copy(update={"purpose": DeadlinePurpose.PAPER}) if is_paper else deadline


def judged(
    document: Document, *, as_of: dt.datetime, day_first: bool | None = None, kind: Kind | None = None
) -> Judged:
    """Judge prose that names no kind of itself: a kind with fields, or the reason to refuse it.

    It must present something to act on, and either its title names the kind or it states a deadline:
    words in passing do not make a call. Of a page that a person calls a `kind`, a deadline or words
    that one can always apply are enough.
    """
    reading = _reading_of(document, as_of, day_first, kind)
    if reading.kind is None:
        return Judged(refused=f"{NO_KIND}: {_because(document)}")
    dated = reading.main is not None or reading.timing is Timing.ROLLING
    if reading.outcome is Outcome.NOT_AN_OPPORTUNITY and not (kind and dated):
        return Judged(kind=reading.kind, refused=f"{ARTICLE}: {_because(document)}")
    if not (kind or reading.main or kind_named(document.title)):
        return Judged(kind=reading.kind, refused=f"{ARTICLE}: neither its title nor a deadline says that it is a call")
    return Judged(kind=reading.kind, fields=_fields_of(reading))


def _because(document: Document) -> str:
    """The first reason that the judge gives."""
    return next(iter(judge(document).reasons), "nothing to act on")


def kind_named(title: str) -> Kind | None:
    """The kind that a title names in words that leave little doubt, if any."""
    evidence = find(places_of_evidence(Document(blocks=(), title=title)), "kind")
    named = [found for found in evidence if found.place == "title" and found.weight >= _NAMES_IT]
    return max(named, key=lambda found: found.weight).cue.kind if named else None


def places_of(text: str) -> tuple[Place, ...]:
    """The places that a line such as a LOCATION names."""
    return places_in(Document(blocks=(Block(text=text, label="Location"),))).places if text else ()


def country_code(name: str) -> str | None:
    """The ISO 3166-1 alpha-2 code of a country's name or code; None when it is neither."""
    name = name.strip()
    return name if is_country(name) else country_named(name)


def alpha_2(iso3: str) -> str | None:
    """The two-letter code for a three-letter one."""
    found = pycountry.countries.get(alpha_3=iso3.upper()) if iso3 else None
    return str(found.alpha_2) if found is not None else None


def language_code(tag: str | None) -> str | None:
    """The primary language of a tag ("en-US" gives "en")."""
    primary = (tag or "").replace("_", "-").split("-")[0].lower()
    return primary if primary.isascii() and primary.isalpha() and len(primary) in (2, 3) else None
