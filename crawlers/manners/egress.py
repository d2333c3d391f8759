"""Where we may go: only to the hosts that a source declares, by http or https, on ports that sites use.

Every request passes here, redirected ones too; Scrapy's own filter lets through whatever carries
`dont_filter`, which first requests do and redirects copy. What a name resolves to is judged by
`GuardedResolver` when the connection is made.
"""

import logging
from typing import Self
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import CannotResolveHostError, IgnoreRequest

from catalog.addresses import AddressRefused, check_callable
from crawlers.manners.resolver import refused_names

BLOCKED = "egress/blocked"
logger = logging.getLogger(__name__)


class EgressGuard:
    """Stops a request that may not leave, and counts it by the rule it broke."""

    def __init__(self, crawler: Crawler, hosts: frozenset[str]) -> None:
        self.crawler = crawler
        self.hosts = hosts

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Take the declared hosts from the source's class."""
        hosts: tuple[str, ...] = getattr(crawler.spidercls, "hosts", ())
        return cls(crawler, frozenset(host.lower() for host in hosts))

    def process_request(self, request: Request) -> None:
        """Let the request pass, or drop it."""
        if broken := broken_rule(request.url, self.hosts):
            rule, why = broken
            self.crawler.stats.inc_value(f"{BLOCKED}/{rule}")
            logger.warning("Not fetched: a request to host %r: %s", urlsplit(request.url).hostname, why)
            raise IgnoreRequest(f"{rule}: {why}")

    def process_exception(self, request: Request, exception: Exception) -> None:
        """Count a name that the resolver refused because of where it leads."""
        host = urlsplit(request.url).hostname or ""
        if isinstance(exception, CannotResolveHostError) and host in refused_names():
            self.crawler.stats.inc_value(f"{BLOCKED}/resolved")


def broken_rule(url: str, hosts: frozenset[str]) -> tuple[str, str] | None:
    """The rule (`address` or `host`) that a request would break and why, or None if it may leave."""
    try:
        check_callable(url)
    except AddressRefused as refused:
        return "address", str(refused)
    host = (urlsplit(url).hostname or "").rstrip(".").lower()
    return None if host in hosts else ("host", "the source does not declare it")
