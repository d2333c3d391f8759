"""The peer: a Scrapy spider of a dozen lines that follows the same sitemap and only downloads.

    python -m bench.bare PORT SETTINGS

Scrapy's own parts, with the values of our settings. Says how many pages it saw, and its CPU time when it began.
"""

import json
import re
import sys
import time
from collections.abc import Iterator
from typing import Any

from scrapy import Request, Spider, signals
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.http import Response

from bench.site import HOST
from crawlers.settings import crawl_settings

OURS = ("DOWNLOADER_MIDDLEWARES", "ITEM_PIPELINES", "EXTENSIONS", "SPIDER_MODULES")
"""Settings that name parts of ours; the peer has Scrapy's instead. The way to loopback is the same for both."""


class Bare(Spider):
    """Downloads and forgets."""

    name = "bare"

    async def start(self) -> Any:
        """Ask for the sitemap."""
        yield Request(f"http://{HOST}/sitemap.xml")

    def parse(self, response: Response) -> Iterator[Request]:
        """Ask for every page."""
        for url in re.findall(rb"<loc>([^<]+)</loc>", response.body):
            yield Request(url.decode(), self.forget)

    def forget(self, response: Response) -> None:
        """A page was downloaded."""


def main() -> None:
    """Crawl, and print the count."""
    port = int(sys.argv[1])
    settings = crawl_settings(contact="https://opportune.example.org/crawler", sample_web_port=port)
    settings = {name: value for name, value in (settings | json.loads(sys.argv[2])).items() if name not in OURS}
    process = AsyncCrawlerProcess(settings)
    crawler = process.create_crawler(Bare)
    found: dict[str, float] = {}

    def closed() -> None:
        found["pages"] = crawler.stats.get_value("response_received_count") - 2  # robots.txt and the sitemap

    crawler.signals.connect(closed, signal=signals.spider_closed, weak=False)
    found["start"] = time.process_time()  # what Scrapy loads for a crawl counts for both crawlers
    process.crawl(crawler)
    process.start()
    print(json.dumps(found))


if __name__ == "__main__":
    main()
