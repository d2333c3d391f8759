"""Where the spiders' findings leave Scrapy: into the source's stage."""

import asyncio
from typing import Self

from scrapy.crawler import Crawler

from catalog.drafts import PostingDraft
from crawlers.bases.saved import Found
from crawlers.crawling import SourceCrawler, source_crawler
from crawlers.stage import StageLost

STAGE_LOST = "stage_lost"
"""The reason with which a spider is closed when what it finds can no longer be kept."""


class StagePipeline:
    """Puts every draft and refusal on the stage, flushing full batches in a thread."""

    def __init__(self, crawler: SourceCrawler) -> None:
        self.crawler = crawler
        self.stage = crawler.stage
        self._closing: asyncio.Task[None] | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Take the stage from the crawler."""
        return cls(source_crawler(crawler))

    async def process_item(self, item: Found) -> Found:
        """Keep what was found."""
        full = self.stage.put(item)
        if isinstance(item, PostingDraft) and item.fetched_from:
            self.stage.note_keys(item.fetched_from, item.key)
        if full:
            await self._flush()
        return item

    async def close_spider(self) -> None:
        """Keep the last of it, and close the archive."""
        try:
            await asyncio.to_thread(self.stage.finish)
        except StageLost:
            self.crawler.stats.inc_value("stage/lost")
        finally:
            await asyncio.to_thread(self.crawler.file.close)

    async def _flush(self) -> None:
        try:
            await asyncio.to_thread(self.stage.flush)
        except StageLost:
            if self._closing is None:  # not awaited: closing waits for this very item
                closing = self.crawler.engine.close_spider_async(reason=STAGE_LOST)
                self._closing = asyncio.get_running_loop().create_task(closing)
            raise
