"""Boards at Lever (`api.lever.co/v0/postings/{board}?mode=json`), read from captured answers.

The answer is a bare list. There is no deadline; `createdAt` counts milliseconds; the text stands in
several parts, `lists` being markup of list items without their list.
"""

import datetime as dt
from typing import Any, ClassVar

from crawlers.bases import prose
from crawlers.bases.board_places import place_of, places_in_words, remote_in_words
from crawlers.bases.job_boards import JobBoardSource, Post, pay_of
from crawlers.bases.json_api import Record, listed
from crawlers.bases.source import Unreadable


class LeverSource(JobBoardSource, base=True):
    """Reads a board of Lever. European boards lie on `api.eu.lever.co`: then say so as `endpoint`."""

    endpoint = "https://api.lever.co/v0/postings/{board}"
    asked: ClassVar[dict[str, Any]] = {"mode": "json"}

    def records(self, answer: Any) -> list[Record]:
        """The posts, or the error in words (an unknown board answers 404 with `ok: false`)."""
        if not isinstance(answer, list):
            raise Unreadable(f"Lever gave no list but {str(answer)[:200]!r}")
        return answer

    def describe(self, record: Record) -> tuple[str, str, str]:
        """Key, page and title."""
        return str(record["id"]), str(record.get("hostedUrl") or ""), prose.line_of(str(record.get("text") or ""))

    def post_of(self, record: Record) -> Post:
        """What a record says."""
        key, url, title = self.describe(record)
        categories = record.get("categories") or {}
        locations = [str(one) for one in listed(categories.get("allLocations")) or listed(categories.get("location"))]
        pay = record.get("salaryRange") or {}
        return Post(
            key=key,
            url=url,
            title=title,
            markup=_markup(record),
            sorts=tuple(str(categories[name]) for name in ("commitment", "team") if categories.get(name)),
            places=places_in_words(*locations) or place_of(code=str(record.get("country") or "")),
            remote=_remote(record, locations),
            money=pay_of(pay.get("min"), pay.get("max"), pay.get("currency"), pay.get("interval")),
            tags=tuple(str(categories.get(name) or "") for name in ("department", "team")),
            published=iso_of(record.get("createdAt")),
        )


def _markup(record: Record) -> str:
    opening = str(record.get("descriptionBody") or record.get("description") or "")
    if record.get("opening") and record.get("descriptionBody"):
        opening = f"{record['opening']}{opening}"
    lists = [
        f"<h3>{one.get('text') or ''}</h3><ul>{one.get('content') or ''}</ul>" for one in listed(record.get("lists"))
    ]
    return "".join([opening, *lists, str(record.get("additional") or "")])


def _remote(record: Record, locations: list[str]) -> bool | None:
    """Lever's own word where it says one; hybrid is neither."""
    return {"remote": True, "on-site": False, "onsite": False}.get(
        str(record.get("workplaceType") or "").lower(), remote_in_words(*locations)
    )


def iso_of(milliseconds: Any) -> str | None:
    """Milliseconds since 1970 as an ISO text; None for what counts none."""
    if isinstance(milliseconds, bool) or not isinstance(milliseconds, int | float):
        return None
    try:
        return dt.datetime.fromtimestamp(milliseconds / 1000, dt.UTC).isoformat()
    except (ValueError, OverflowError, OSError):
        return None
