"""Each line of the verdict's table by an example, and what must hold of every run by property."""

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.alarms import blind_nights
from catalog.watching import PageOutcome
from catalog.words import RunVerdict
from crawlers.verdict import RunFacts, Usual, judge, judge_pages

HEALTHY, SUSPECT, FAILED = RunVerdict.HEALTHY, RunVerdict.SUSPECT, RunVerdict.FAILED
USUAL = [Usual(20, {"deadlines": 0.95, "organisation": 1.0})] * 5
GOOD = RunFacts(
    items=20, pages=5, filled={"deadlines": 0.95, "organisation": 1.0}, same_title=1, dated=19, past=2, known_open=15
)


def test_a_run_like_those_before_it_is_healthy() -> None:
    assert judge(GOOD, USUAL) == (HEALTHY, [])


def test_the_first_run_ever_is_healthy_when_it_keeps_the_sources_promise() -> None:
    assert judge(GOOD, [], min_items=5) == (HEALTHY, [])


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        (RunFacts(robots_unreadable=1), "robots"),
        (RunFacts(robots_forbidden=3), "robots"),
        (RunFacts(statuses={"403": 1}), "blocked"),
        (RunFacts(challenges=2), "blocked"),
        (RunFacts(statuses={"500": 1}), "no_page"),
        (RunFacts(statuses={"302": 6}), "no_page"),
        (RunFacts(unreached={"certificate": 1}), "unreachable"),
        (RunFacts(egress_blocked={"address": 1}), "egress"),
        (RunFacts(finish_reason="retry_later", asked_seconds=86400), "deferred"),
        (RunFacts(too_large=1), "too_large"),
        (RunFacts(finish_reason="shutdown"), "interrupted"),
        (RunFacts(), "no_page"),
        (RunFacts(pages=3, callback_errors=3), "unreadable"),
        (replace(GOOD, infrastructure="database: OperationalError"), "database"),
        (replace(GOOD, infrastructure="lease: another crawl took over"), "lease"),
        (replace(GOOD, infrastructure="exception: TypeError"), "exception"),
    ],
)
def test_what_gives_nothing_usable_failed(facts: RunFacts, reason: str) -> None:
    verdict, reasons = judge(facts, USUAL)
    assert verdict is FAILED
    assert reasons[0].startswith(f"{reason}:")


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"items": 0}, "empty"),
        ({"items": 9}, "few"),
        ({"items": 101}, "many"),
        ({"missing": 5}, "missing"),
        ({"filled": {"deadlines": 0.6, "organisation": 1.0}}, "field"),
        ({"finish_reason": "closespider_pagecount"}, "budget"),
        ({"finish_reason": "closespider_timeout"}, "budget"),
        ({"finish_reason": "max_minutes"}, "budget"),
        ({"finish_reason": "memusage_exceeded"}, "budget"),
        ({"depth_cut": 1}, "budget"),
        ({"finish_reason": "shutdown"}, "interrupted"),
        ({"finish_reason": "retry_later"}, "deferred"),
        ({"statuses": {"500": 1}}, "errors"),
        ({"unreached": {"timeout": 1}}, "errors"),
        ({"robots_forbidden": 1}, "robots"),
        ({"challenges": 1}, "blocked"),
        ({"egress_blocked": {"address": 1}}, "egress"),
        ({"too_large": 1}, "too_large"),
        ({"callback_errors": 1}, "unreadable"),
        ({"unreadable": 0.03}, "charset"),
        ({"same_title": 13}, "titles"),
        ({"past": 19}, "past"),
    ],
)
def test_what_looks_wrong_is_suspect(change: dict[str, object], reason: str) -> None:
    verdict, reasons = judge(replace(GOOD, **change), USUAL)  # type: ignore[arg-type]
    assert verdict is SUSPECT
    assert [one.partition(":")[0] for one in reasons] == [reason]


@pytest.mark.parametrize(
    "change",
    [
        {"items": 10},  # half is not less than half
        {"items": 100},
        {"missing": 4},
        {"filled": {"deadlines": 0.9, "organisation": 1.0}},
        {"statuses": {"404": 3, "410": 1}},  # postings that are over
        {"egress_blocked": {"host": 2}},  # links to other sites
        {"unreadable": 0.02},
        {"same_title": 12},
        {"past": 18},
    ],
)
def test_what_is_within_the_usual_is_healthy(change: dict[str, object]) -> None:
    assert judge(replace(GOOD, **change), USUAL) == (HEALTHY, [])  # type: ignore[arg-type]


def test_a_small_source_may_have_a_quiet_night() -> None:
    quiet = RunFacts(items=0, pages=1)
    assert judge(quiet, [Usual(2)] * 5) == (HEALTHY, [])
    assert judge(quiet, [], min_items=1)[0] is SUSPECT


counts = st.integers(min_value=0, max_value=500)
facts_of_runs = st.builds(
    RunFacts,
    items=counts,
    pages=counts,
    finish_reason=st.sampled_from(["finished", "shutdown", "cut", "retry_later", "closespider_timeout", "strange"]),
    statuses=st.dictionaries(st.sampled_from(["302", "403", "404", "429", "500"]), st.integers(1, 9)),
    unreached=st.dictionaries(st.sampled_from(["timeout", "certificate"]), st.integers(1, 9)),
    robots_unreadable=st.integers(0, 2),
    callback_errors=st.integers(0, 3),
    infrastructure=st.sampled_from(["", "", "", "database: OperationalError"]),
    known_open=counts,
    missing=counts,
    same_title=counts,
    dated=counts,
    past=counts,
)
histories = st.lists(st.builds(Usual, counts, st.dictionaries(st.just("deadlines"), st.floats(0, 1))), max_size=14)


@given(facts_of_runs, histories, st.integers(0, 20))
def test_a_verdict_always_has_its_reasons(facts: RunFacts, history: list[Usual], min_items: int) -> None:
    verdict, reasons = judge(facts, history, min_items=min_items)
    assert (verdict is HEALTHY) == (reasons == [])
    assert all(reason.partition(":")[0].replace("_", "").isalpha() for reason in reasons)


@given(facts_of_runs, histories)
def test_no_run_without_a_page_or_with_a_fault_of_ours_is_ever_usable(facts: RunFacts, history: list[Usual]) -> None:
    verdict, _ = judge(facts, history)
    if facts.pages == 0 or facts.infrastructure:
        assert verdict is FAILED


@given(facts_of_runs, histories)
def test_only_a_run_that_saw_everything_is_healthy(facts: RunFacts, history: list[Usual]) -> None:
    if judge(facts, history)[0] is HEALTHY:
        assert facts.finish_reason == "finished"
        assert facts.known_open < 3 or facts.missing <= 0.3 * facts.known_open
        assert not facts.callback_errors


@given(facts_of_runs, histories, st.integers(1, 500))
def test_losing_more_never_makes_a_verdict_better(facts: RunFacts, history: list[Usual], more: int) -> None:
    order = [HEALTHY, SUSPECT, FAILED]
    worse = replace(facts, missing=facts.missing + more)
    assert order.index(judge(worse, history)[0]) >= order.index(judge(facts, history)[0])


def test_nights_without_a_healthy_run_are_counted_from_the_latest() -> None:
    assert blind_nights([HEALTHY, FAILED]) == 0
    assert blind_nights([SUSPECT, FAILED, HEALTHY, SUSPECT]) == 2
    assert blind_nights([FAILED, FAILED]) == 2
    assert blind_nights([]) == 0


def outcome(page: str, reason: str = "") -> PageOutcome:
    return PageOutcome(page, RunVerdict.FAILED if reason else RunVerdict.HEALTHY, reason)


@pytest.mark.parametrize(
    ("facts", "pages", "asked", "expected"),
    [
        (RunFacts(), [outcome("a")], 1, (RunVerdict.HEALTHY, [])),
        (
            RunFacts(),
            [outcome("a"), outcome("b", "status: 500")],
            2,
            (RunVerdict.HEALTHY, ["pages: 1 of 2 not read (status×1)"]),
        ),
        (RunFacts(), [outcome("a", "robots")], 1, (RunVerdict.FAILED, ["pages: 1 of 1 not read (robots×1)"])),
        (RunFacts(), [outcome("a", "gone: 404")], 1, (RunVerdict.HEALTHY, ["pages: 1 of 1 not read (gone×1)"])),
        (RunFacts(), [outcome("a")], 3, (RunVerdict.HEALTHY, ["budget: 2 of 3 pages not reached"])),
        (RunFacts(), [], 3, (RunVerdict.FAILED, ["budget: 3 of 3 pages not reached"])),
        (RunFacts(infrastructure="lease: lost"), [outcome("a")], 1, (RunVerdict.FAILED, ["lease: lost"])),
    ],
    ids=["all read", "one not read", "none read", "one gone is news", "cut short", "none reached", "our own fault"],
)
def test_pages_that_have_nothing_to_do_with_each_other_are_judged_each_by_itself(
    facts: RunFacts, pages: list[PageOutcome], asked: int, expected: tuple[RunVerdict, list[str]]
) -> None:
    assert judge_pages(facts, pages, asked) == expected


ROOT = Path(__file__).parents[2]
CODES = sorted(set(re.findall(r'f?"([a-z_]+): ', (ROOT / "crawlers/verdict.py").read_text("utf-8"))))


def test_every_code_is_found_in_the_code() -> None:
    assert {"pages", "budget", "blocked", "missing"} <= set(CODES)


@pytest.mark.parametrize("code", CODES)
def test_every_code_is_explained_to_whoever_is_on_call_and_to_everybody(code: str) -> None:
    rows = [line.split("|")[1] for line in (ROOT / "docs/running.md").read_text("utf-8").splitlines() if "|" in line]
    assert any(f"`{code}`" in row for row in rows)
    for language in ("en", "es"):
        words = json.loads((ROOT / f"web/assets/words/{language}.office.json").read_text("utf-8"))
        assert f"trouble.{code}" in words
