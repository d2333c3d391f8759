"""Boards on which an organisation posts all its jobs: internships and fellowships are taken, ordinary posts refused.

A vendor's base says where a posting's facts stand; the decision is here, since every vendor's board
mixes a few internships among hundreds of jobs. A posting that is gone from the list is filled.
"""

from dataclasses import dataclass
from typing import Any, ClassVar
from urllib.parse import urlencode

from scrapy import Request

from catalog.drafts import Deadline, Money, Place
from catalog.vocabularies import is_currency
from catalog.words import Funding, MoneyPurpose, Timing
from crawlers.bases import prose
from crawlers.bases.job_titles import kind_of
from crawlers.bases.json_api import JsonApiSource, Record
from crawlers.bases.moments import deadline_from, instant_in, moment_in
from crawlers.bases.saved import Found, Saved
from crawlers.bases.source import finite

_PER = {"year": "year", "annual": "year", "month": "month", "week": "week", "day": "day", "hour": "hour"}


@dataclass(frozen=True, slots=True)
class Post:
    """What any board says of one posting. `sorts` are its words for the form of employment."""

    key: str
    url: str
    title: str
    markup: str = ""
    organisation: str = ""
    sorts: tuple[str, ...] = ()
    places: tuple[Place, ...] = ()
    remote: bool | None = None
    deadline: Deadline | None = None
    money: tuple[Money, ...] = ()
    language: str | None = None
    tags: tuple[str, ...] = ()
    identifiers: tuple[tuple[str, str], ...] = ()
    published: Any = None  # what `instant_in` can read
    modified: Any = None


class JobBoardSource(JsonApiSource, base=True):
    """Reads one organisation's board: `board` is its name in the vendor's addresses."""

    board: ClassVar[str]
    required = (*JsonApiSource.required, "board")
    endpoint: ClassVar[str]
    asked: ClassVar[dict[str, Any]] = {}

    def request(self, page: int) -> Request:  # noqa: ARG002
        """The whole board at once; a vendor that pages says so."""
        asked = f"?{urlencode(self.asked)}" if self.asked else ""
        return Request(self.endpoint.format(board=self.board) + asked)

    def has_more(self, answer: Any, page: int) -> bool:  # noqa: ARG002
        """Nothing after the one page."""
        return False

    def post_of(self, record: Record) -> Post:
        """What a record says, in every vendor's words alike."""
        raise NotImplementedError

    def read_record(self, record: Record, saved: Saved) -> Found:
        """An internship or fellowship as a draft; every other post is refused, and counted."""
        post = self.post_of(record)
        kind, reason = kind_of(post.title, post.sorts)
        if kind is None:
            return self.refuse(key=post.key, url=post.url, title=post.title, reason=reason)
        document = prose.document_of(post.markup, title=post.title)
        text = prose.text_of(document)
        return self.draft(
            saved,
            key=post.key,
            url=post.url,
            title=post.title,
            kind=kind,
            organisation=post.organisation,
            summary=text,
            description=text,
            language=post.language,
            read=prose.fields_in(document, as_of=saved.as_of, day_first=self.day_first, kind=kind),
            deadlines=(post.deadline,) if post.deadline else (),
            timing=Timing.FIXED if post.deadline else Timing.UNKNOWN,
            places=post.places,
            remote=post.remote,
            **_paid(post.money),
            tags=tuple(dict.fromkeys(tag for tag in post.tags if tag)),
            external_ids=dict(post.identifiers),
            published_at=instant_in(post.published),
            modified_at=instant_in(post.modified),
        )


def _paid(money: tuple[Money, ...]) -> dict[str, Any]:
    """A stated pay, and that there is one; what the text says of it stands where the board states none."""
    if not money:
        return {}
    return {"money": money, "funding": Funding.STIPEND, "quotes": {"funding": money[0].quote}}


def closes_at(text: Any, label: str) -> Deadline | None:
    """A board's own closing time as the deadline of applications."""
    moment = moment_in(text)
    return deadline_from(moment, label=label) if moment else None


def pay_of(low: Any, high: Any, currency: Any, period: Any) -> tuple[Money, ...]:
    """What a board states that the post pays."""
    least, most, code = finite(low), finite(high), str(currency or "").upper()
    if not (least or most) or not is_currency(code):
        return ()
    per = next((name for word, name in _PER.items() if word in str(period or "").lower()), None)
    words = "–".join(f"{value:,.0f}" for value in (least, most) if value)
    stated = " ".join(part for part in (words, code, str(period or "")) if part)
    return (
        Money(
            purpose=MoneyPurpose.STIPEND,
            low=least,
            high=most,
            currency=code,
            per=per,
            quote=stated,
        ),
    )
