"""Sample mode: requests to declared hosts go to one loopback port, and think they went out.

The request keeps its address and its `Host`; only the connection is another. `https` is spoken as
plain http, since nobody can have a certificate for these names here.
"""

from urllib.parse import urlsplit, urlunsplit

from scrapy import Request
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.crawler import Crawler
from scrapy.http import Response

from crawlers.manners.resolver import LOOPBACK
from crawlers.settings import SAMPLE_WEB_PORT


class SampleWebHandler(HTTP11DownloadHandler):
    """Downloads from the sample web whatever is asked of a declared host (`EgressGuard` has seen to that)."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self.port = crawler.settings.getint(SAMPLE_WEB_PORT)

    async def download_request(self, request: Request) -> Response:
        """Ask the loopback port, with the true host named in `Host`; the answer bears the true address."""
        parts = urlsplit(request.url)
        there = urlunsplit(("http", f"{LOOPBACK}:{self.port}", parts.path, parts.query, ""))
        detour = request.replace(url=there)
        detour.headers.setdefault(b"Host", parts.netloc.encode("ascii"))
        response = await super().download_request(detour)
        if "download_latency" in detour.meta:
            request.meta["download_latency"] = detour.meta["download_latency"]
        return response.replace(url=request.url)
