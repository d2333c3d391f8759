"""The bridge from a source's prose to the readers: markup in, fields of a draft out.

Structured facts of a source win over what is read here; this fills what its fields leave out.
"""

import dataclasses
import datetime as dt
from dataclasses import dataclass, field
from typing import Any

import pycountry

from catalog.drafts import Place
from catalog.words import Kind
from crawlers.bases.refusal import ARTICLE, NO_KIND
from crawlers.bases.saved import Saved
from crawlers.reading.document import Document
from crawlers.reading.kinds import judge
from crawlers.reading.parsing import parse_html, parse_text


@dataclass(frozen=True, slots=True)
class Judged:
    """What a piece of prose was found to be: a kind and its fields, or the reason to refuse it."""

    kind: Kind | None = None
    refused: str = ""
    fields: dict[str, Any] = field(default_factory=dict)


def page_of(saved: Saved) -> Document:
    """A whole page as a document; the charset that the server claimed is one hint among others."""
    charset = saved.content_type.partition("charset=")[2].strip(" \"'") or None
    return parse_html(saved.body, url=saved.url, declared_encoding=charset)


def document_of(markup: str, *, title: str = "", url: str | None = None, published: dt.date | None = None) -> Document:
    """A fragment of markup, or plain text, as a document with the title that stands outside it."""
    document = parse_html(markup, url=url) if "<" in markup else parse_text(markup, url=url)
    return dataclasses.replace(
        document, title=title or document.title, heading=title or document.heading, published=published
    )


def text_of(prose: Document | str) -> str:
    """The visible words, a paragraph to each block."""
    document = document_of(prose) if isinstance(prose, str) else prose
    return "\n\n".join(block.words for block in document.main if block.words)


def fields_in(
    prose: Document | str, *, as_of: dt.datetime, day_first: bool | None = None, kind: Kind | None = None
) -> dict[str, Any]:
    """The fields of a draft that the prose states, each with its quote; nothing where it is silent."""
    return {}


def judged(document: Document, *, as_of: dt.datetime, day_first: bool | None = None, is_event: bool = False) -> Judged:
    """Judge prose that names no kind of itself: a kind with fields, or the reason to refuse it.

    An entry with the times of an event can be acted on by that; other prose must present something to act on.
    """
    fields = fields_in(document, as_of=as_of, day_first=day_first)
    judgement = judge(document, has_deadline=bool(fields.get("deadlines")))
    because = judgement.reasons[0] if judgement.reasons else "nothing to act on"
    if judgement.kind is None:
        return Judged(refused=f"{NO_KIND}: {because}")
    if not judgement.is_opportunity and not (is_event and judgement.kind is Kind.WORKSHOP):
        return Judged(kind=judgement.kind, refused=f"{ARTICLE}: {because}")
    return Judged(kind=judgement.kind, fields=fields)


def kind_named(title: str) -> Kind | None:
    """The kind that a title names, if any."""
    return judge(document_of(title, title=title)).kind


def places_of(text: str) -> tuple[Place, ...]:
    """The places that a line such as a LOCATION names."""
    parts = [part.strip() for part in text.split(",") if part.strip()]
    codes = [(code, part) for part in parts if (code := country_code(part))]
    return tuple(Place(country=code, quote=text) for code, _ in codes[-1:])


def country_code(name: str) -> str | None:
    """The ISO 3166-1 alpha-2 code of a country's name or code; None when it is neither."""
    try:
        found = pycountry.countries.lookup(name) if name else None
    except LookupError:
        return None
    return str(found.alpha_2) if found is not None else None


def alpha_2(iso3: str) -> str | None:
    """The two-letter code for a three-letter one."""
    found = pycountry.countries.get(alpha_3=iso3.upper()) if iso3 else None
    return str(found.alpha_2) if found is not None else None


def language_code(tag: str | None) -> str | None:
    """The primary language of a tag ("en-US" gives "en")."""
    primary = (tag or "").replace("_", "-").split("-")[0].lower()
    return primary if primary.isascii() and primary.isalpha() and len(primary) in (2, 3) else None
