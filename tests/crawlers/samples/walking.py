"""Walks the sample web with a real source's own requests and reading, without a network or a reactor."""

import datetime as dt
from collections.abc import Iterable
from functools import cache
from urllib.parse import urlsplit

import scrapy
from scrapy.http import HtmlResponse, Response, TextResponse

from catalog.drafts import PostingDraft
from crawlers.bases.discovery import sources
from crawlers.bases.refusal import Refusal
from crawlers.bases.saved import Found
from crawlers.samples.content import SampleCall, calls_on
from crawlers.samples.exchange import Request
from crawlers.samples.web import Web, web_on

TODAY = dt.date(2026, 11, 22)
DAYS = (TODAY, dt.date(2027, 2, 28), dt.date(2028, 2, 29), dt.date(2026, 12, 31), dt.date(2027, 7, 1))


def morning(day: dt.date) -> dt.datetime:
    """The moment at which tests read the web of a day: after the nightly job, before the AoE day is over."""
    return dt.datetime.combine(day, dt.time(14), dt.UTC)


def asked(web: Web, request: scrapy.Request) -> Response:
    """What the web answers to a spider's request, as Scrapy would hand it over."""
    parts = urlsplit(request.url)
    headers = {name.decode().lower(): values[0].decode() for name, values in request.headers.items()}
    answer = web.answer(Request(request.method, parts.hostname or "", parts.path, parts.query, headers, request.body))
    kind = HtmlResponse if "html" in answer.content_type else TextResponse
    return kind(
        request.url,
        status=answer.status,
        headers={**answer.headers, "Content-Type": answer.content_type},
        body=answer.body,
        request=request,
        encoding="utf-8",
    )


@cache
def crawled(source: str, day: dt.date, today: dt.date | None = None) -> tuple[tuple[Found, ...], tuple[str, ...]]:
    """Everything a source finds on the sample web of `day`, and the addresses that did not answer 200."""
    spider_class = sources()[source]
    spider = spider_class(as_of=morning(day), needed=dict.fromkeys(spider_class.needs, "sample"))
    web = web_on(day, today)
    waiting = list(spider.first_requests())
    seen: set[tuple[str, str, bytes]] = set()
    found: list[Found] = []
    unanswered: list[str] = []
    while waiting:
        request = waiting.pop(0)
        if (mark := (request.method, request.url, request.body)) in seen:
            continue
        seen.add(mark)
        response = asked(web, request)
        if response.status != 200:
            unanswered.append(f"{response.status} {request.url}")
            continue
        results: Iterable[Found | scrapy.Request] = (request.callback or spider.parse)(response, **request.cb_kwargs)
        for result in results:
            (waiting if isinstance(result, scrapy.Request) else found).append(result)  # type: ignore[arg-type]
    return tuple(found), tuple(unanswered)


def drafts(source: str, day: dt.date = TODAY, today: dt.date | None = None) -> list[PostingDraft]:
    """The drafts among what a source finds."""
    return [found for found in crawled(source, day, today)[0] if isinstance(found, PostingDraft)]


def refusals(source: str, day: dt.date = TODAY) -> list[Refusal]:
    """The refusals among what a source finds."""
    return [found for found in crawled(source, day)[0] if isinstance(found, Refusal)]


def draft_of(call: SampleCall, day: dt.date = TODAY, today: dt.date | None = None) -> PostingDraft | None:
    """The draft that a source makes of a call; feeds put the type of an announcement before its title."""
    title = " ".join(call.title.split())
    return next((draft for draft in drafts(call.source, day, today) if draft.title.endswith(title)), None)


def calls(outcome: str | None = None, day: dt.date = TODAY) -> list[SampleCall]:
    """The calls of a day, of one outcome if asked."""
    return [call for call in calls_on(day) if outcome is None or call.outcome == outcome]
