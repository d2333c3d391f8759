"""Nights without trouble, before and after a soak: something to send from the beginning, and a catalogue to compare."""

import datetime as dt
import tempfile
from pathlib import Path

from bench.soaking.checks import check_catalogue
from bench.soaking.installation import Installation, installed
from bench.soaking.nights import USABLE, Backstage
from catalog.database import connect
from catalog.schema import upgrade
from crawlers.samples.web import web_on


def first_night(stage: Backstage) -> None:
    """So that there is something to send from the beginning."""
    stage.web.calm = True
    _crawl(stage, stage.installation, stage.today - dt.timedelta(days=1))
    if stage.rhythm.indexing and stage.installation.start("index").wait(timeout=600):
        stage.record.fault("the index is made", "the first one was not; see index.log")
    stage.web.calm = False


def compare(stage: Backstage) -> None:
    """The catalogue after all this, beside one of the same web without any of it."""
    yesterday = stage.today - dt.timedelta(days=1)
    for day in (yesterday, stage.today):
        _crawl(stage, stage.installation, day)
    with tempfile.TemporaryDirectory(prefix="opportune-undisturbed-") as folder:
        url = f"sqlite:///{folder}/opportune.db"
        upgrade(url)
        with installed(Path(folder), url, **stage.installation.settings) as other:
            for day in (yesterday, stage.today):
                _crawl(stage, other, day)
        undisturbed = connect(url)
        check_catalogue(stage.engine, undisturbed, stage.record)
        undisturbed.dispose()


def _crawl(stage: Backstage, where: Installation, day: dt.date) -> None:
    stage.web.web = web_on(day, stage.today)
    process = where.start("crawl")
    if process.wait(timeout=300) not in USABLE[:2]:
        stage.record.fault("a quiet crawl ends well", f"it ended with {process.returncode}")
