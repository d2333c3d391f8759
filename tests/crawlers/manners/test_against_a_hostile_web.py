"""One crawl of every scenario side by side; each test looks at what one of them came to."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import sqlalchemy as sa

from catalog.database import connect, reading
from catalog.tables import Posting
from catalog.words import RunVerdict
from crawlers.process import run_crawl
from crawlers.report import CrawlReport, SourceReport
from tests.crawlers import hostile_server
from tests.crawlers.crawling import order
from tests.crawlers.hostile_sources import SCENARIOS

pytestmark = pytest.mark.slow

HEALTHY, SUSPECT, FAILED = RunVerdict.HEALTHY, RunVerdict.SUSPECT, RunVerdict.FAILED
QUICK = {"DOWNLOAD_TIMEOUT": 2, "OPPORTUNE_CRAWL_DELAY_CEILING": 60.0, "OPPORTUNE_RETRY_PAUSE": 1.0}


@dataclass
class Outcome:
    report: CrawlReport
    server: hostile_server.HostileServer
    peak_memory: int
    kept: dict[str, int]
    titles: dict[str, list[str]]
    log: str

    def of(self, source: str) -> SourceReport:
        return next(one for one in self.report.sources if one.source == source)


@pytest.fixture(scope="module")
def outcome(upgraded_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Outcome]:
    folder = tmp_path_factory.mktemp("hostile")
    url = f"sqlite:///{folder / 'opportune.db'}"
    (folder / "opportune.db").write_bytes(upgraded_file.read_bytes())
    with hostile_server.running() as server:
        given = order(url, server.port, *SCENARIOS, overrides={**QUICK, "MEMUSAGE_CHECK_INTERVAL_SECONDS": 1})
        peak = [0]
        report = run_crawl(given, lambda event: peak.append(event.get("memory", 0)))
        engine = connect(url)
        with reading(engine) as session:
            titles: dict[str, list[str]] = {}
            for source, draft in session.execute(sa.select(Posting.source, Posting.draft)):
                titles.setdefault(source, []).append(draft.title)
        engine.dispose()
        kept = {source: len(those) for source, those in titles.items()}
        yield Outcome(report, server, max(peak), kept, titles, (folder / "crawl.log").read_text())


def test_one_bad_source_of_many_leaves_the_others_alone(outcome: Outcome) -> None:
    assert outcome.of("steady").verdict is HEALTHY
    assert outcome.kept["steady"] == 6
    assert outcome.report.exit_code == 3


def test_nothing_that_lies_on_loopback_was_ever_asked_for(outcome: Outcome) -> None:
    assert outcome.server.secrets_told == 0


@pytest.mark.parametrize("source", ["robots_500", "robots_login", "robots_silent", "robots_denies"])
def test_a_robots_txt_that_forbids_or_cannot_be_read_is_obeyed(outcome: Outcome, source: str) -> None:
    assert outcome.of(source).verdict is FAILED
    assert outcome.of(source).reasons[0].startswith("robots:")
    assert {hit.path for hit in outcome.server.hits(source)} == {"/robots.txt"}


def test_a_missing_robots_txt_allows(outcome: Outcome) -> None:
    assert [hit.path for hit in outcome.server.hits("steady")] == ["/robots.txt", "/calls"]


def test_a_source_with_an_exemption_does_not_ask_robots_txt_and_the_report_says_why(outcome: Outcome) -> None:
    assert [hit.path for hit in outcome.server.hits("exempt")] == ["/calls"]
    assert outcome.of("exempt").robots_exemption == "a documented API of the tests"


def test_the_crawl_delay_that_a_site_asks_for_is_kept(outcome: Outcome) -> None:
    times = [hit.at for hit in outcome.server.hits("crawl_delay") if hit.path != "/robots.txt"]
    assert len(times) == 3
    assert times[-1] - times[0] >= 1.8  # two delays of a second; arrivals are noted a little late


def test_retry_after_is_waited_for(outcome: Outcome) -> None:
    first, second = (hit.at for hit in outcome.server.hits("wait_two", "/calls"))
    assert 1.9 <= second - first < 10
    assert outcome.of("wait_two").verdict is HEALTHY


def test_a_retry_after_that_says_nothing_gets_our_own_pause(outcome: Outcome) -> None:
    first, second = (hit.at for hit in outcome.server.hits("wait_junk", "/calls"))
    assert second - first >= 0.95
    assert outcome.of("wait_junk").drafts == 6


def test_a_site_that_asks_to_wait_a_day_is_left_for_the_next_run(outcome: Outcome) -> None:
    assert len(outcome.server.hits("wait_day", "/calls")) == 1
    assert outcome.of("wait_day").reasons == ["deferred: asked to wait 86400 s"]


@pytest.mark.parametrize("source", ["to_loopback", "to_decimal", "to_mapped", "to_elsewhere"])
def test_a_redirect_to_where_we_may_not_go_is_not_followed(outcome: Outcome, source: str) -> None:
    assert outcome.of(source).verdict is FAILED
    assert any(reason.startswith("egress:") for reason in outcome.of(source).reasons)


def test_a_redirect_to_a_file_or_by_a_meta_tag_is_not_followed(outcome: Outcome) -> None:
    assert outcome.of("to_file").verdict is FAILED
    assert outcome.of("meta_refresh").verdict is FAILED
    assert outcome.of("meta_refresh").pages == 1


def test_a_redirect_loop_ends_after_five(outcome: Outcome) -> None:
    asked = [hit for hit in outcome.server.hits("redirect_loop") if hit.path != "/robots.txt"]
    assert len(asked) == 6
    assert outcome.of("redirect_loop").verdict is FAILED


@pytest.mark.parametrize("source", ["bomb", "bomb_twice", "big", "big_unsaid"])
def test_a_body_that_is_too_large_is_dropped_and_counted(outcome: Outcome, source: str) -> None:
    assert outcome.of(source).verdict is FAILED
    assert outcome.of(source).reasons == ["too_large: 1 bodies dropped"]


def test_memory_stays_bounded_under_all_of_it(outcome: Outcome) -> None:
    assert 0 < outcome.peak_memory < 300 * 2**20


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("drip", "unreachable: timeout×1"),
        ("cut_off", "unreachable: cut_off×1"),
        ("garbage", "unreachable: broken_answer×1"),
        ("server_error", "no_page: 503×1"),
        ("denied", "blocked: 403×1"),
        ("challenge", "blocked: challenge page×1"),
        ("unauthorised", "blocked: 401×1"),
        ("legal", "blocked: 451×1"),
        ("gone", "no_page: 410×1"),
        ("long_headers", "unreachable: broken_answer×1"),
        ("not_ours", "unreadable: 1 answers were not in the source's format"),
        ("login_wall", "unreadable: 1 answers were not in the source's format"),
        ("soft_404", "unreadable: 1 answers were not in the source's format"),
        ("half_json", "unreadable: 1 answers were not in the source's format"),
        ("binary", "unreadable: 1 answers were not in the source's format"),
        ("pdf", "unreadable: 1 answers were not in the source's format"),
    ],
)
def test_a_source_that_gives_nothing_failed_and_says_how(outcome: Outcome, source: str, reason: str) -> None:
    assert outcome.of(source).verdict is FAILED
    assert outcome.of(source).reasons == [reason]


def test_a_denial_is_not_argued_with(outcome: Outcome) -> None:
    for source in ("denied", "challenge"):
        assert len(outcome.server.hits(source, "/calls")) == 1


def test_endless_pages_end_at_the_budget_and_what_was_found_is_kept(outcome: Outcome) -> None:
    assert outcome.of("endless").verdict is SUSPECT
    assert outcome.of("endless").reasons == ["budget: stopped at the page budget"]
    assert 8 <= outcome.kept["endless"] <= 14  # robots.txt is a page of the budget too


def test_pages_that_are_new_only_by_their_address_end_at_the_budget_and_count_once(outcome: Outcome) -> None:
    assert outcome.of("session_ids").verdict is SUSPECT
    assert outcome.of("session_ids").reasons == ["budget: stopped at the page budget"]
    assert (outcome.kept["session_ids"], outcome.of("session_ids").drafts) == (1, 1)


def test_a_lying_charset_is_suspect(outcome: Outcome) -> None:
    assert outcome.of("charset_lie").verdict is SUSPECT
    assert outcome.of("charset_lie").reasons[0].startswith("charset:")


def test_what_is_no_text_is_not_kept_as_text(outcome: Outcome) -> None:
    assert outcome.kept["control"] == 3
    assert sorted(outcome.titles["control"]) == ["Fellowship 0", "Fellowship 1", "Fellowship 2"]


def test_titles_that_are_all_the_same_are_suspect(outcome: Outcome) -> None:
    assert outcome.of("read_more").verdict is SUSPECT
    assert outcome.of("read_more").reasons == ["titles: 12 of 12 are the same"]


def test_an_empty_list_is_suspect_where_a_source_promises_more(outcome: Outcome) -> None:
    assert outcome.of("empty").verdict is SUSPECT
    assert outcome.of("empty").reasons == ["few: 0 found, at least 1 expected"]


def test_we_say_who_we_are_and_carry_nothing_else(outcome: Outcome) -> None:
    assert len(outcome.server.state.hits) > 100
    for hit in outcome.server.state.hits:
        assert hit.headers["user-agent"] == "Opportune/1.0 (+https://opportune.example.org/crawler)"
        assert "cookie" not in hit.headers
        assert "referer" not in hit.headers
