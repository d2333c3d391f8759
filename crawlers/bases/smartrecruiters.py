"""Boards at SmartRecruiters (`api.smartrecruiters.com/v1/companies/{board}/postings`), read from captured answers.

The list says no word of the text; that stands in `jobAd.sections` of `/postings/{id}`. `ref` is the
interface's own address: the page for people is `jobs.smartrecruiters.com/{board}/{id}`. Countries
are in lower case. An unknown board answers 200 with nothing in it.
"""

from typing import Any
from urllib.parse import urlencode

from scrapy import Request

from crawlers.bases import prose
from crawlers.bases.board_places import place_of
from crawlers.bases.detailed_json import DetailedJsonSource
from crawlers.bases.job_boards import JobBoardSource, Post
from crawlers.bases.job_titles import kind_of
from crawlers.bases.json_api import Record
from crawlers.bases.saved import Found, Saved
from crawlers.bases.source import Unreadable

_SECTIONS = ("companyDescription", "jobDescription", "qualifications", "additionalInformation")


class SmartRecruitersSource(DetailedJsonSource, JobBoardSource, base=True):
    """Reads a board of SmartRecruiters, and the text of each post that may be one."""

    endpoint = "https://api.smartrecruiters.com/v1/companies/{board}/postings"
    page_size = 100  # the most that is given

    def request(self, page: int) -> Request:
        """One page of the list."""
        asked = {"limit": self.page_size, "offset": (page - 1) * self.page_size}
        return Request(f"{self.endpoint.format(board=self.board)}?{urlencode(asked)}")

    def records(self, answer: Any) -> list[Record]:
        """The posts, or the error in words."""
        if not isinstance(answer, dict) or not isinstance(answer.get("content"), list):
            raise Unreadable(f"SmartRecruiters gave no postings but {str(answer)[:200]!r}")
        records: list[Record] = answer["content"]
        return records

    def has_more(self, answer: Any, page: int) -> bool:
        """Whether posts lie beyond this page; an empty page ends it."""
        return bool(answer.get("content")) and page * self.page_size < int(answer.get("totalFound") or 0)

    def describe(self, record: Record) -> tuple[str, str, str]:
        """Key, the page for people, and title."""
        key = str(record["id"])
        stated = str(record.get("postingUrl") or "")
        url = stated or f"https://jobs.smartrecruiters.com/{self.board}/{key}"
        return key, url, prose.line_of(str(record.get("name") or ""))

    def why_not_followed(self, record: Record) -> str:
        """Refuse ordinary posts before their text is asked for."""
        post = self.post_of(record)
        return kind_of(post.title, post.sorts)[1]

    def detail_request(self, record: Record) -> Request:
        """The request for a post's text."""
        return Request(f"{self.endpoint.format(board=self.board)}/{record['id']}")

    def detail_in(self, answer: Any) -> Record | None:
        """A post with its text."""
        return answer if isinstance(answer, dict) and isinstance(answer.get("jobAd"), dict) else None

    def read_detail(self, record: Record, saved: Saved) -> Found:
        """A post with its text as a draft."""
        return self.read_record(record, saved)

    def post_of(self, record: Record) -> Post:
        """What a record says, with its text or without."""
        key, url, title = self.describe(record)
        location = record.get("location") or {}
        employment = record.get("typeOfEmployment") or {}
        return Post(
            key=key,
            url=url,
            title=title,
            markup=_markup(record),
            organisation=prose.line_of(str((record.get("company") or {}).get("name") or "")),
            sorts=(str(employment.get("id") or ""), str(employment.get("label") or "")),
            places=place_of(city=str(location.get("city") or ""), code=str(location.get("country") or "")),
            remote=_remote(location),
            language=prose.language_code((record.get("language") or {}).get("code")),
            tags=tuple(str((record.get(name) or {}).get("label") or "") for name in ("department", "function")),
            identifiers=(("smartrecruiters", str(record["uuid"])),) if record.get("uuid") else (),
            published=record.get("releasedDate"),
        )


def _markup(record: Record) -> str:
    sections = (record.get("jobAd") or {}).get("sections") or {}
    parts = [sections.get(name) or {} for name in _SECTIONS]
    return "".join(f"<h3>{part.get('title') or ''}</h3>{part['text']}" for part in parts if part.get("text"))


def _remote(location: Record) -> bool | None:
    """From afar, or not; half of each is neither."""
    if location.get("hybrid") is True:
        return None
    return location["remote"] if isinstance(location.get("remote"), bool) else None
