"""Boards at Workable (`apply.workable.com/api/v1/widget/accounts/{board}`), read from a captured answer.

One post stands in the list once for each of its countries, always with the same `shortcode`: those
are one posting with several places. There is no deadline.
"""

from typing import Any, ClassVar

from catalog.drafts import Place
from crawlers.bases import prose
from crawlers.bases.board_places import place_of
from crawlers.bases.job_boards import JobBoardSource, Post
from crawlers.bases.json_api import Record, listed
from crawlers.bases.source import Unreadable


class WorkableSource(JobBoardSource, base=True):
    """Reads a board of Workable with its texts."""

    endpoint = "https://apply.workable.com/api/v1/widget/accounts/{board}"
    asked: ClassVar[dict[str, Any]] = {"details": "true"}

    def records(self, answer: Any) -> list[Record]:
        """The posts, each once with all its locations, or the error in words."""
        if not isinstance(answer, dict) or not isinstance(answer.get("jobs"), list):
            raise Unreadable(f"Workable gave no jobs but {str(answer)[:200]!r}")
        return together(answer["jobs"])

    def describe(self, record: Record) -> tuple[str, str, str]:
        """Key, page and title."""
        return str(record["shortcode"]), str(record.get("url") or ""), prose.line_of(str(record.get("title") or ""))

    def post_of(self, record: Record) -> Post:
        """What a record says."""
        key, url, title = self.describe(record)
        return Post(
            key=key,
            url=url,
            title=title,
            markup=str(record.get("description") or ""),
            sorts=(str(record.get("employment_type") or ""),),
            places=_places(record),
            remote=True if record.get("telecommuting") is True else None,
            tags=(str(record.get("department") or ""),),
            published=record.get("published_on"),
        )


def together(records: list[Any]) -> list[Any]:
    """The records of one shortcode as one record with the locations of all; what is misshapen stays alone."""
    found: dict[str, Any] = {}
    for index, record in enumerate(records):
        code = str(record.get("shortcode") or f"#{index}") if isinstance(record, dict) else f"#{index}"
        if code in found:
            found[code] = found[code] | {"locations": [*_locations(found[code]), *_locations(record)]}
        else:
            found[code] = record
    return list(found.values())


def _locations(record: Record) -> list[Record]:
    """The shown locations of a record, or the country and city beside them where there are none."""
    own = [one for one in listed(record.get("locations")) if isinstance(one, dict) and not one.get("hidden")]
    return own or [{"country": record.get("country"), "city": record.get("city")}]


def _places(record: Record) -> tuple[Place, ...]:
    found = [
        place
        for one in _locations(record)
        for place in place_of(
            city=str(one.get("city") or ""),
            country=str(one.get("country") or ""),
            code=str(one.get("countryCode") or ""),
        )
    ]
    return tuple(dict.fromkeys(found))
