"""Boards at Ashby (`api.ashbyhq.com/posting-api/job-board/{board}`), as its documentation and other readers have it.

One answer holds the whole board. `isListed: false` is open to those who have the link only.
"""

from typing import Any, ClassVar

from catalog.drafts import Money, Place
from crawlers.bases import prose
from crawlers.bases.board_places import place_of, places_in_words, remote_in_words
from crawlers.bases.job_boards import JobBoardSource, Post, pay_of
from crawlers.bases.json_api import Record, listed
from crawlers.bases.source import Unreadable


class AshbySource(JobBoardSource, base=True):
    """Reads a board of Ashby with its pay."""

    endpoint = "https://api.ashbyhq.com/posting-api/job-board/{board}"
    asked: ClassVar[dict[str, Any]] = {"includeCompensation": "true"}

    def records(self, answer: Any) -> list[Record]:
        """The listed posts, or the error in words."""
        if not isinstance(answer, dict) or not isinstance(answer.get("jobs"), list):
            raise Unreadable(f"Ashby gave no jobs but {str(answer)[:200]!r}")
        return [one for one in answer["jobs"] if not isinstance(one, dict) or one.get("isListed") is not False]

    def describe(self, record: Record) -> tuple[str, str, str]:
        """Key, page and title."""
        return str(record["id"]), str(record.get("jobUrl") or ""), prose.line_of(str(record.get("title") or ""))

    def post_of(self, record: Record) -> Post:
        """What a record says."""
        key, url, title = self.describe(record)
        location = str(record.get("location") or "")
        return Post(
            key=key,
            url=url,
            title=title,
            markup=str(record.get("descriptionHtml") or record.get("descriptionPlain") or ""),
            sorts=(str(record.get("employmentType") or ""),),
            places=_places(record) or places_in_words(location),
            remote=True if record.get("isRemote") is True else remote_in_words(location),
            money=_pay(record),
            tags=tuple(str(record.get(name) or "") for name in ("department", "team")),
            published=record.get("publishedAt") or record.get("publishedDate"),
        )


def _places(record: Record) -> tuple[Place, ...]:
    """The first place and the others; a region alone ("EMEA") is none."""
    found: list[Place] = []
    for one in (record, *listed(record.get("secondaryLocations"))):
        address = ((one.get("address") or {}).get("postalAddress")) or {}
        city, country = str(address.get("addressLocality") or ""), str(address.get("addressCountry") or "")
        found += place_of(city=city, country=country)
    return tuple(dict.fromkeys(found))


def _pay(record: Record) -> tuple[Money, ...]:
    for part in listed((record.get("compensation") or {}).get("summaryComponents")):
        if str(part.get("compensationType") or "").lower() in ("salary", "stipend"):
            return pay_of(
                part.get("minValue"), part.get("maxValue"), part.get("currencyCode"), str(part.get("interval") or "")
            )
    return ()
