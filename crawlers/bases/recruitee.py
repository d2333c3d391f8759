"""Boards at Recruitee (`{board}.recruitee.com/api/offers/`), read from a captured answer.

Times are written "2026-08-05 10:10:39 UTC"; `close_at` is null as a rule; the text stands in
`description` and `requirements`; `careers_url` may lie on the organisation's own site.
"""

from typing import Any

from catalog.drafts import Place
from crawlers.bases import prose
from crawlers.bases.board_places import place_of
from crawlers.bases.job_boards import JobBoardSource, Post, closes_at, pay_of
from crawlers.bases.json_api import Record, listed
from crawlers.bases.source import Unreadable


class RecruiteeSource(JobBoardSource, base=True):
    """Reads a board of Recruitee."""

    endpoint = "https://{board}.recruitee.com/api/offers/"

    def records(self, answer: Any) -> list[Record]:
        """The offers, or the error in words."""
        if not isinstance(answer, dict) or not isinstance(answer.get("offers"), list):
            raise Unreadable(f"Recruitee gave no offers but {str(answer)[:200]!r}")
        records: list[Record] = answer["offers"]
        return records

    def describe(self, record: Record) -> tuple[str, str, str]:
        """Key, page and title."""
        return str(record["id"]), str(record.get("careers_url") or ""), prose.line_of(str(record.get("title") or ""))

    def post_of(self, record: Record) -> Post:
        """What a record says."""
        key, url, title = self.describe(record)
        pay = record.get("salary") or {}
        return Post(
            key=key,
            url=url,
            title=title,
            markup=f"{record.get('description') or ''}{record.get('requirements') or ''}",
            organisation=prose.line_of(str(record.get("company_name") or "")),
            sorts=(str(record.get("employment_type_code") or "").replace("_", " "),),
            places=_places(record),
            remote=_remote(record),
            deadline=closes_at(_zoned(record.get("close_at")), "the offer closes"),
            money=pay_of(pay.get("min"), pay.get("max"), pay.get("currency"), pay.get("period")),
            tags=(str(record.get("department") or ""), *(str(tag) for tag in listed(record.get("tags")))),
            published=_zoned(record.get("published_at")),
            modified=_zoned(record.get("updated_at")),
        )


def _zoned(text: Any) -> str:
    """Recruitee's time stamp in ISO 8601."""
    return str(text or "").replace(" UTC", "Z")


def _places(record: Record) -> tuple[Place, ...]:
    """All locations, or the one that stands in the offer itself."""
    many = [one for one in listed(record.get("locations")) if isinstance(one, dict)] or [record]
    found = [
        place
        for one in many
        for place in place_of(
            city=str(one.get("city") or ""),
            country=str(one.get("country") or ""),
            code=str(one.get("country_code") or ""),
        )
    ]
    return tuple(dict.fromkeys(found))


def _remote(record: Record) -> bool | None:
    """True or false where only one of the three ways is ticked; a choice among several is neither."""
    ways = [name for name in ("remote", "hybrid", "on_site") if record.get(name) is True]
    return {"remote": True, "on_site": False}.get(ways[0]) if len(ways) == 1 else None
