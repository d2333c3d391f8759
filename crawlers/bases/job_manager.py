"""Job lists kept with the WordPress plug-in WP Job Manager, through its custom type (`/wp-json/wp/v2/job-listings`).

Only internships and fellowships are taken. The plug-in's `_job_expires` is when the notice goes, which
is not always the deadline and says so; a deadline in the text wins. `_filled` means that the post is given.
"""

import re
from typing import Any

from catalog.words import Kind, Outcome, Timing
from crawlers.bases import prose
from crawlers.bases.json_api import Record
from crawlers.bases.moments import deadline_from, instant_in, moment_in
from crawlers.bases.refusal import NO_KIND
from crawlers.bases.saved import Found, Saved
from crawlers.bases.wordpress import WordPressSource, terms_of

_INTERNSHIP = re.compile(
    r"\b(?:intern(?:ship)?s?|trainee(?:ship)?s?|stagiaires?|stages?(?= |$)|praktik(?:um|ant)\w*|becari[oa]s?)\b", re.I
)
_FELLOWSHIP = re.compile(r"\b(?:fellow(?:ship)?s?|scholarships?|bourses?)\b", re.I)


class JobManagerSource(WordPressSource, base=True):
    """Reads the job listings of a WordPress site that runs the plug-in."""

    collection = "job-listings"

    def read_record(self, record: Record, saved: Saved) -> Found:
        """One listing as a draft, or the reason why not."""
        key, url, title = self.describe(record)
        terms = tuple(terms_of(record))
        kind = kind_of(" · ".join((title, *terms)))
        if kind is None:
            return self.refuse(key=key, url=url, title=title, reason=f"{NO_KIND}: an ordinary post")
        meta = fields_of(record)
        document = prose.document_of(rendered_markup(record), title=title, url=url)
        read = prose.fields_in(document, as_of=saved.as_of, day_first=self.day_first, kind=kind)
        text = prose.text_of(document)
        return self.draft(
            saved,
            key=key,
            url=url,
            title=title,
            kind=kind,
            organisation=prose.line_of(str(meta.get("_company_name") or "")),
            summary=text,
            description=text,
            places=prose.places_of(str(meta.get("_job_location") or "")),
            tags=terms,
            read=read,
            published_at=instant_in(record.get("date_gmt")),
            modified_at=instant_in(record.get("modified_gmt")),
            **until(meta, read),
        )


def kind_of(words: str) -> Kind | None:
    """Internship or fellowship by the title and the types of a listing; None for an ordinary post."""
    if _INTERNSHIP.search(words):
        return Kind.INTERNSHIP
    return Kind.FELLOWSHIP if _FELLOWSHIP.search(words) else None


def fields_of(record: Record) -> dict[str, Any]:
    """The plug-in's own fields of a listing; an empty list where a site does not show them."""
    meta = record.get("meta")
    return meta if isinstance(meta, dict) else {}


def until(meta: dict[str, Any], read: dict[str, Any]) -> dict[str, Any]:
    """What the listing's own fields say of its end: given already, or a notice that expires."""
    if str(meta.get("_filled") or "0") not in ("0", "False"):
        return {"outcome": Outcome.CLOSED, "quotes": {"outcome": "_filled: 1"}}
    expires = moment_in(meta.get("_job_expires"))
    if expires is None or read.get("deadlines"):
        return {}
    return {"deadlines": (deadline_from(expires, label="the notice expires"),), "timing": Timing.FIXED}


def rendered_markup(record: Record) -> str:
    """The markup of a listing's text."""
    content = record.get("content")
    return str(content.get("rendered") or "") if isinstance(content, dict) else ""
