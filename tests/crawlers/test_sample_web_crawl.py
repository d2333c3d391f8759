"""The real sources crawl the invented web in a process, as in the demo; killed at any moment it comes out the same."""

import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy import Engine
from sqlmodel import col

from catalog.database import connect, reading
from catalog.tables import CrawlRun, Lease, Opportunity, Posting, SourceRun
from catalog.words import RunState, RunVerdict
from crawlers.order import CrawlOrder
from crawlers.process import run_crawl
from crawlers.samples.content import SOURCES
from crawlers.samples.server import SampleServer, running
from crawlers.samples.web import web_on
from tests.crawlers.crawling import AS_OF, dump, order

NEEDED = {"simpler_grants_api_key": "sample", "reliefweb_appname": "opportune-sample"}
ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def web() -> Iterator[SampleServer]:
    with running(web_on(AS_OF.date())) as server:
        yield server


def sample_order(url: str, web: SampleServer, data_dir: Path) -> CrawlOrder:
    return order(url, web.port, *SOURCES, spider_modules=["crawlers.sources"], needed=NEEDED, data_dir=data_dir)


@pytest.fixture(scope="module")
def undisturbed(web: SampleServer, upgraded_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    folder = tmp_path_factory.mktemp("undisturbed")
    (folder / "opportune.db").write_bytes(upgraded_file.read_bytes())
    url = f"sqlite:///{folder / 'opportune.db'}"
    report = run_crawl(sample_order(url, web, folder))
    assert {one.source: one.reasons for one in report.sources if one.verdict is not RunVerdict.HEALTHY} == {}
    assert report.exit_code == 0
    engine = connect(url)
    yield engine
    engine.dispose()


def test_every_source_is_healthy_and_all_four_kinds_are_found(undisturbed: Engine) -> None:
    with reading(undisturbed) as session:
        assert set(session.execute(sa.select(col(SourceRun.source))).scalars()) == set(SOURCES)
        kinds = dict(
            session.execute(sa.select(col(Opportunity.kind), sa.func.count()).group_by(col(Opportunity.kind))).all()
        )
        postings = session.execute(sa.select(sa.func.count()).select_from(Posting)).scalar_one()
    assert len(kinds) == 4
    assert postings >= 60
    assert sum(kinds.values()) < postings, "the same call in two sources is one opportunity"


SEEDS = [11, *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(12, 16))]


@pytest.mark.parametrize("seed", SEEDS)
def test_killed_at_a_random_moment_and_run_again_it_comes_out_the_same(
    web: SampleServer, undisturbed: Engine, database_url: str, engine: Engine, tmp_path: Path, seed: int
) -> None:
    given = sample_order(database_url, web, tmp_path)
    caller = "import sys; from crawlers.order import CrawlOrder; from crawlers.process import run_crawl\n"
    caller += "run_crawl(CrawlOrder.model_validate_json(sys.stdin.read()))"
    child = subprocess.Popen(
        [sys.executable, "-c", caller], stdin=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, cwd=ROOT
    )
    assert child.stdin is not None
    child.stdin.write(given.model_dump_json())
    child.stdin.close()
    until_it_has_begun(engine)
    time.sleep(random.Random(seed).uniform(0, 2.5))
    child.send_signal(signal.SIGKILL)  # only who ordered the crawl: the crawl's own process must end with it
    child.wait()
    time.sleep(0.5)
    report = run_crawl(given)
    assert report.exit_code == 0
    assert dump(engine) == dump(undisturbed)
    if engine.dialect.name == "postgresql":
        return
    with reading(engine) as session:
        assert session.connection().exec_driver_sql("PRAGMA integrity_check").scalar_one() == "ok"


def until_it_has_begun(engine: Engine) -> None:
    give_up = time.monotonic() + 60
    while time.monotonic() < give_up:
        with reading(engine) as session:
            if session.execute(sa.select(col(CrawlRun.id)).where(col(CrawlRun.state) == RunState.RUNNING)).first():
                return
        time.sleep(0.02)
    raise AssertionError("the crawl did not begin")


def test_the_lease_is_free_after_a_crawl(undisturbed: Engine) -> None:
    with reading(undisturbed) as session:
        lease = session.execute(sa.select(Lease)).scalar_one()
        run = session.execute(sa.select(CrawlRun)).scalar_one()
    assert run.finished_at is not None
    assert lease.expires_at <= run.finished_at
