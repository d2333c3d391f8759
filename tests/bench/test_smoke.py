"""Every benchmark at a size of seconds, so that none of them rots: that it runs, and what its figures stand beside."""

import json
import sys
from pathlib import Path

import pytest

from bench import cohort, crawl, dumping, run, scale, start
from bench.catalogue import Installation, make
from bench.figures import Results
from bench.load import ask, get, load
from bench.served import cores, running
from bench.summaries import of_crawl, of_digest, of_embedding, of_search
from tests.ports import free_port

SEARCHED = {
    "calls": 100,
    "filter": "2 %",
    "goals": 4,
    "ours_ms": 1.0,
    "numpy_ms": 4.0,
    "recall@50": 1.0,
    "faiss flat ms": 2.0,
    "faiss flat recall": 0.9,
}


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    return make(tmp_path_factory.mktemp("installation"), 60, 3)


def test_an_installation_is_made_once_and_found_again(installation: Installation) -> None:
    assert make(installation.folder, 60, 3) == installation


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="the processor time of others is read from /proc")
def test_the_generator_reads_whole_answers_and_counts_them(tmp_path: Path) -> None:
    body, port = tmp_path / "body.json", free_port()
    body.write_bytes(b'{"items": [' + b"1," * 40_000 + b"1]}")
    command = [sys.executable, "-m", "bench.bare_api", str(port), str(body)]
    path = "/v1/mentees/mte_any/recommendations"
    with running(command, port, core=cores()[0], ready=path) as served:
        status, _, answer = ask(served.port, get(path, served.port))
        found = load(served.port, [get(path, served.port)], clients=3, seconds=0.2, service=served.process)

    assert (status, answer) == (200, body.read_bytes())
    assert set(found.statuses) == {200}
    assert found.bytes_read > len(answer) * len(found.latencies) > 0
    assert 0 < found.median <= found.percentile(0.99)


def test_files_are_taken_in_written_backed_up_and_restored(tmp_path: Path) -> None:
    file, like = tmp_path / "cohort.csv", tmp_path / "like.db"
    cohort.write_file(file, 20)
    cohort.upgrade(f"sqlite:///{like}")
    cohort.plain_import(file, like, tmp_path / "plain.db")
    cohort.plain_export(tmp_path / "plain.db", tmp_path / "plain.csv")
    cohort.plain_copy(tmp_path / "plain.db", tmp_path / "copy.db")

    assert len((tmp_path / "plain.csv").read_text().splitlines()) == 20
    assert (tmp_path / "copy.db").stat().st_size == (tmp_path / "plain.db").stat().st_size


def test_without_postgres_it_is_said_that_its_backup_has_no_peer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tests.postgres._can_run", lambda program: False)
    results = Results()
    dumping.beside_pg_dump(results, "cohort", 10, tmp_path, cohort.seconds)
    assert results.figures == []
    assert "does not run" in results.missing["pg_dump"]


def test_serving_imports_nothing_heavy() -> None:
    assert start.imported_by_serving() == []


def test_growth_is_measured_at_any_size() -> None:
    assert scale.of_calls(200).keys() == {"search", "order", "memory"}
    assert scale.of_mentees(2).keys() == {"digest", "memory"}


@pytest.mark.parametrize(
    ("found", "name", "ratio"),
    [
        (of_search({"rows": [SEARCHED], "peers_missing": {}}), "100 calls, filter 2 %, 4 goals", 0.25),
        (
            of_digest([{"mentees": 5, "calls": 100, "filter": "20 %", "gflops": 3, "gemm_gflops": 6, "cpu_s": 1}]),
            "5 mentees, 100 calls, filter 20 %",
            0.5,
        ),
    ],
)
def test_what_is_found_stands_beside_its_peer(found: Results, name: str, ratio: float) -> None:
    assert (found.figures[0].name, found.figures[0].ratio) == (name, ratio)


def test_embedding_and_crawls_are_told_too() -> None:
    row = {"words": 30, "numbers": "float32", "ours_per_s": 9, "st_per_s": 3, "cosine_off": 1e-6, "top10_same": 1}
    cold = {"seconds": 1, "mb": 200}
    embedded = of_embedding({"speed": [row], "cold_start": {"ours": cold, "sentence-transformers": cold}})
    pages = {"pages": 5, "mix": "mixed", "calls_in_100": 20, "ours_peak_mb": 90.0}
    crawled = of_crawl([{**pages, "ours_pages_per_cpu_second": 30.0, "bare_pages_per_cpu_second": 50.0}])

    assert embedded.figures[0].ratio == 3
    assert crawled.figures[0].reached is True


def test_every_part_of_a_run_is_a_module_and_bench_ends_within_a_quarter_of_an_hour() -> None:
    for size, parts in run.SIZES.items():
        for part in parts:
            assert (run.ROOT / "bench" / f"{part.name}.py").is_file(), (size, part.name)
    assert sum(part.minutes for part in run.BENCH) <= 15
    assert crawl.SOURCE_OF.keys() == crawl.MIXES.keys()


def test_a_part_that_takes_too_long_or_fails_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "took more than" in run.run(run.Part("scale", minutes=0.0), tmp_path)["missing"][""]
    failing = run.Part("page", ("no such file",))
    assert run.run(failing, tmp_path)["missing"][""] == "ended with 1"


def test_results_are_written_for_the_runner(tmp_path: Path) -> None:
    Results(missing={"chromadb": "not installed"}).write(tmp_path / "found.json")
    assert json.loads((tmp_path / "found.json").read_text())["missing"] == {"chromadb": "not installed"}
