"""Boards at Greenhouse (`boards-api.greenhouse.io/v1/boards/{board}/jobs`), read from captured answers.

One answer holds the whole board. `content` is markup escaped as a whole; `absolute_url` may lie on
the organisation's own site; several posts of one job share `internal_job_id`; the deadline is null
as a rule. An unknown board answers 404.
"""

from typing import Any, ClassVar

from crawlers.bases import prose
from crawlers.bases.board_places import places_in_words, remote_in_words
from crawlers.bases.job_boards import JobBoardSource, Post, closes_at
from crawlers.bases.json_api import Record, listed
from crawlers.bases.source import Unreadable


class GreenhouseSource(JobBoardSource, base=True):
    """Reads a board of Greenhouse with its texts."""

    endpoint = "https://boards-api.greenhouse.io/v1/boards/{board}/jobs"
    asked: ClassVar[dict[str, Any]] = {"content": "true"}

    def records(self, answer: Any) -> list[Record]:
        """The posts, or the error in words."""
        if not isinstance(answer, dict) or not isinstance(answer.get("jobs"), list):
            raise Unreadable(f"Greenhouse gave no jobs but {str(answer)[:200]!r}")
        records: list[Record] = answer["jobs"]
        return records

    def describe(self, record: Record) -> tuple[str, str, str]:
        """Key, page and title."""
        return str(record["id"]), str(record.get("absolute_url") or ""), prose.line_of(str(record.get("title") or ""))

    def post_of(self, record: Record) -> Post:
        """What a record says."""
        key, url, title = self.describe(record)
        location = str((record.get("location") or {}).get("name") or "")
        return Post(
            key=key,
            url=url,
            title=title,
            markup=str(record.get("content") or ""),
            organisation=prose.line_of(str(record.get("company_name") or "")),
            sorts=_employment(record),
            places=places_in_words(location),
            remote=remote_in_words(location),
            deadline=closes_at(record.get("application_deadline"), "application deadline"),
            language=prose.language_code(record.get("language")),
            tags=tuple(str(one.get("name") or "").strip() for one in listed(record.get("departments"))),
            identifiers=(("greenhouse", str(record["internal_job_id"])),) if record.get("internal_job_id") else (),
            published=record.get("first_published"),
            modified=record.get("updated_at"),
        )


def _employment(record: Record) -> tuple[str, ...]:
    """The organisation's own field for the form of employment, whatever it calls it exactly."""
    named = [one for one in listed(record.get("metadata")) if "employment" in str(one.get("name") or "").lower()]
    return tuple(str(value) for one in named for value in listed(one.get("value")))
