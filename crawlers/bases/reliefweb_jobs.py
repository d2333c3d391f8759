"""Internships among the jobs of ReliefWeb's API: the closing date is a day, and the way to apply a text of its own."""

from typing import Any

from catalog.words import Timing
from crawlers.bases import prose
from crawlers.bases.job_titles import kind_of
from crawlers.bases.json_api import Record, listed
from crawlers.bases.moments import deadline_from, moment_in
from crawlers.bases.reliefweb_api import ReliefWebSource, body_of, said_of
from crawlers.bases.saved import Found, Saved


class ReliefWebInternshipsSource(ReliefWebSource, base=True):
    """Reads the open job notices of type Internship; the interface sends no others."""

    endpoint = "https://api.reliefweb.int/v2/jobs"

    def asked(self) -> dict[str, Any]:
        """Internships only: ordinary posts are hundreds, and never wanted."""
        return {"filter": {"field": "type.name", "value": "Internship"}}

    def read_record(self, record: Record, saved: Saved) -> Found:
        """One internship as a draft; every other post is refused."""
        key, url, title = self.describe(record)
        fields: Record = record["fields"]
        sorts = [str(sort.get("name") or "") for sort in listed(fields.get("type")) if isinstance(sort, dict)]
        kind, reason = kind_of(title, tuple(sorts))
        if kind is None:
            return self.refuse(key=key, url=url, title=title, reason=reason)
        closes = moment_in((fields.get("date") or {}).get("closing"))
        how = prose.text_of(fields.get("how_to_apply-html") or "") or str(fields.get("how_to_apply") or "")
        return self.draft(
            saved,
            key=key,
            url=url,
            title=title,
            kind=kind,
            read=prose.fields_in(body_of(fields), title=title, as_of=saved.as_of, day_first=True, kind=kind),
            deadlines=(deadline_from(closes, label="closing date"),) if closes else (),
            timing=Timing.FIXED if closes else Timing.UNKNOWN,
            **said_of(fields, key, how=how),
        )
