"""Figures, their file and their page: what was measured, what it stands beside, and whether it is enough."""

import datetime as dt
import json
from dataclasses import replace
from pathlib import Path

import pytest

from bench.figures import Figure, Line, Results, exponent, machine, told, whole
from bench.page import page, write
from bench.plots import bars, drawn
from bench.run import beside_earlier

NOW = dt.datetime(2027, 3, 1, 8, tzinfo=dt.UTC)
QUICK = Figure("api", "unchanged list", 900.0, "requests per core second", "bare FastAPI", 1500.0, at_least=0.5)
SLOW = Figure("start", "help", 0.6, "s", "the limit", 0.3, at_most=1.0)


def test_a_figure_is_judged_by_its_ratio_where_it_stands_beside_something() -> None:
    assert (QUICK.ratio, QUICK.target, QUICK.reached) == (0.6, ">= 0.5", True)
    assert (SLOW.ratio, SLOW.target, SLOW.reached) == (2.0, "<= 1", False)


def test_a_figure_beside_nothing_is_judged_by_itself_and_one_without_a_target_is_not() -> None:
    assert Figure("start", "heavy modules", 0, "modules", at_most=0).reached is True
    assert Figure("start", "ranked", 9.1, "s").reached is None


def test_a_figure_is_told_in_one_line() -> None:
    assert told(SLOW) == "start: help: 0.6 s; the limit: 0.3 s; ratio 2.0 (<= 1: NOT reached)"


@pytest.mark.parametrize(("power", "factor"), [(1.0, 3.0), (0.5, 2.0), (0.0, 7.0)])
def test_the_exponent_is_that_of_the_growth(power: float, factor: float) -> None:
    points = [(x, factor * x**power) for x in (1e3, 1e4, 1e5, 1e6)]
    assert exponent(points) == pytest.approx(power)


def test_no_exponent_is_fitted_through_one_point() -> None:
    assert exponent([(10.0, 3.0)]) is None


def test_the_machine_is_told_without_whose_it_is() -> None:
    assert set(machine()) == {"cores", "memory_gib", "processor", "system", "python", "load_before"}


def test_a_run_becomes_a_page_with_plots_and_a_history_of_one_row_a_figure(tmp_path: Path) -> None:
    line = Line("scale", "search", "opportunities", "ms", "ms of CPU", ((1e3, 0.1), (1e5, 1.0), (1e6, 9.0)), 1e5)
    parts = {
        "api": Results([QUICK, SLOW], [line]).as_json(),
        "search": {"missing": {"chromadb": "not installed"}},
        "crawl": {"missing": {"": "took more than 3 minutes"}},
    }
    found = whole(parts, "bench", machine(), NOW)

    write(found, tmp_path)
    write(found, tmp_path)

    said = (tmp_path / "docs" / "speed.md").read_text()
    assert "| unchanged list | 900 requests per core second | bare FastAPI: 1,500 | 0.6 | ≥ 0.5 | yes |" in said
    assert "| help | 0.6 s | the limit: 0.3 | 2 | ≤ 1 | **no** |" in said
    assert "- search: chromadb: not installed" in said
    assert "- crawl: took more than 3 minutes" in said
    assert "| search, ms of CPU | opportunities | 0.95 |" in said
    assert "images/speed-scale.svg" in said
    assert len((tmp_path / "bench" / "results" / "history.csv").read_text().splitlines()) == 3


def test_a_plot_holds_every_line_and_runs_no_script() -> None:
    line = Line("scale", "a < b", "calls", "s", "s", ((1, 1.0), (10, 5.0))).as_json()
    svg = drawn([line, line])
    assert svg.count("<polyline") == 2
    assert "a &lt; b" in svg
    assert "script" not in svg


def test_a_page_of_no_lines_has_no_plots() -> None:
    assert "![" not in page(whole({"api": Results([QUICK]).as_json()}, "bench", machine(), NOW), {})


def test_bars_say_who_is_better_whether_less_or_more_of_it_is_good() -> None:
    assert Figure("start", "help", 0.1, "s", "the limit", 0.3, at_most=1.0).reached
    svg = bars([one.as_json() for one in (QUICK, SLOW, Figure("search", "a < b", 2.0, "ms of CPU", "faiss", 6.0))])
    assert svg.count("<rect") == 1 + 3
    assert "a &lt; b: faiss" in svg
    assert "× 0.6" in svg
    assert bars([Figure("start", "ranked", 9.1, "s").as_json()]) == ""


def test_parts_that_are_run_alone_join_the_others_of_the_day(tmp_path: Path) -> None:
    file = tmp_path / "2027-03-01.json"
    before = whole({"api": Results([QUICK]).as_json(), "start": Results([SLOW]).as_json()}, "bench", machine(), NOW)
    file.write_text(json.dumps(before), "utf-8")
    anew = whole({"start": {"missing": {"": "took more than a minute"}}}, "bench", machine(), NOW)

    both = beside_earlier(anew, file, ["start"])
    assert [one["bench"] for one in both["figures"]] == ["api"]
    assert both["missing"] == {"start": "took more than a minute"}
    assert beside_earlier(before | {"size": "bench-full"}, file, []) == before | {"size": "bench-full"}


def test_each_part_keeps_when_it_ran_and_how_busy_the_machine_was(tmp_path: Path) -> None:
    file = tmp_path / "2027-03-01.json"
    calm, busy = machine() | {"load_before": 0.2}, machine() | {"load_before": 13.9}
    parts = {"start": Results([SLOW]).as_json(), "untitled": Results([replace(SLOW, bench="untitled")]).as_json()}
    file.write_text(json.dumps(whole(parts, "bench", calm, NOW)), "utf-8")
    anew = whole({"api": Results([QUICK]).as_json()}, "bench", busy, NOW + dt.timedelta(hours=2))

    both = beside_earlier(anew, file, ["api"])

    assert [one["bench"] for one in both["figures"]] == ["api", "start", "untitled"]
    _, api, start, untitled = page(both, {}).split("\n## ")
    assert "Ended 2027-03-01 at 10:00 UTC; load before: 13.9." in api
    assert "Ended 2027-03-01 at 08:00 UTC; load before: 0.2." in start
    assert "load before: 0.2." in untitled
    assert "none was kept" not in page(both, {})
    assert "none was kept" in page({**both, "runs": {}}, {})
