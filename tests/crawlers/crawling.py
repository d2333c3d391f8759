"""Crawling the hostile server in a process, as the command line does, and looking at what was kept."""

import datetime as dt
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Engine

from catalog.database import reading
from catalog.tables import Table
from crawlers.order import CrawlOrder
from tests.postgres import data_folders

AS_OF = dt.datetime(2026, 11, 1, 2, 15, tzinfo=dt.UTC)
MODULES = ["tests.crawlers.hostile_sources"]
CHANGING = {"run_id", "archive", "archive_offset"}


def order(url: str, port: int | None, *sources: str, **more: Any) -> CrawlOrder:
    return CrawlOrder(
        **{
            "database_url": url,
            "data_dir": data_folders.get(url) or Path(url.removeprefix("sqlite:///")).parent,
            "sources": list(sources),
            "as_of": AS_OF,
            "contact": "https://opportune.example.org/crawler",
            "sample_web_port": port,
            "environment": "test",
            "minimum_free_bytes": 0,
            "spider_modules": MODULES,
            **more,
        }
    )


RUN_TABLES = {"crawlrun", "sourcerun", "lease", "stagedposting", "revision", "alembic_version"}


def dump(engine: Engine) -> dict[str, list[dict[str, Any]]]:
    """Every table but those that say how a crawl went, without times, run ids and places in the archive."""
    with reading(engine) as session:
        found = {}
        for table in Table.metadata.sorted_tables:
            if table.name in RUN_TABLES:
                continue
            kept = [column for column in table.columns if not _changes(column.name)]
            rows = session.execute(sa.select(*kept)).mappings()
            found[table.name] = sorted((dict(row) for row in rows), key=repr)
        return found


def _changes(name: str) -> bool:
    return name.endswith("_at") or name in CHANGING or name == "rev"
