"""Told to go away, we go: a challenge page is an answer of "no" with status 200, not something to get round.

No user agents are rotated and no challenge is solved. The source's run fails as *blocked*, the
next run asks once again, and `opportune sources` shows it to whoever looks.
"""

import re
from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response

CHALLENGED = "blocked/challenge"

_TITLES = re.compile(
    rb"\s*(?:just a moment|attention required|access denied|one moment, please|are you a robot|"
    rb"robot check|security check|ddos-guard|pardon our interruption|verify you are human)"
)
_MARKS = (b"window._cf_chl_opt", b"incapsula incident id", b"geo.captcha-delivery.com", b'id="px-captcha"')
_HEAD = 20_000


class Blocked:
    """Drops and counts pages by which a site asks whether a person is there."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Take the crawler for its statistics."""
        return cls(crawler)

    def process_response(self, request: Request, response: Response) -> Response:  # noqa: ARG002
        """Pass a page on, unless it is a challenge."""
        if is_challenge(response):
            self.crawler.stats.inc_value(CHALLENGED)
            raise IgnoreRequest("the site asks whether a person is there")
        return response


def is_challenge(response: Response) -> bool:
    """Whether a response is a challenge and not what was asked for.

    The marks are those of the common services (Cloudflare, Imperva, DataDome, PerimeterX, DDoS-Guard);
    they count in HTML only, so that an article about them in a JSON feed is still read.
    """
    if (response.headers.get("cf-mitigated") or b"").lower() == b"challenge":
        return True
    head = response.body[:_HEAD].lower()
    if head.lstrip()[:1] != b"<" or b"html" not in head[:1000]:
        return False
    title = head.find(b"<title>")
    return (title >= 0 and _TITLES.match(head, title + 7) is not None) or any(mark in head for mark in _MARKS)
