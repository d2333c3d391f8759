"""Scoring a ranking: the measures by hand, and the command on a small labelled set."""

import json
import math
from pathlib import Path

import pytest
from typer.testing import CliRunner

from operations.command_line import app
from recommender.evaluation import evaluate
from recommender.labelled import Document, LabelledSet, UnreadableSet, read_set
from recommender.systems import System, document_texts, query_texts, rank
from tests.recommender.embedding import WordEmbedder


def test_measures_by_hand() -> None:
    found = evaluate({"q": ["b", "a", "x"]}, {"q": {"a": 3.0, "b": 1.0, "c": 0.0}})

    best = 7 + 1 / math.log2(3)
    assert found.scores["ndcg@10"].mean == pytest.approx((1 + 7 / math.log2(3)) / best)
    assert found.scores["recall@10"].mean == 1.0
    assert found.scores["mrr@10"].mean == 1.0
    assert found.unjudged == pytest.approx(1 / 3)


def test_the_first_right_one_decides_the_reciprocal_rank() -> None:
    found = evaluate({"q": ["x", "y", "a"], "r": ["x"]}, {"q": {"a": 1.0}, "r": {"a": 1.0}})

    assert found.scores["mrr@10"].mean == pytest.approx((1 / 3 + 0) / 2)
    assert found.by_query["r"]["recall@10"] == 0.0


def test_only_the_first_ten_count() -> None:
    ranking = [f"x{number}" for number in range(10)] + ["a"]

    assert evaluate({"q": ranking}, {"q": {"a": 1.0}}).scores["recall@10"].mean == 0.0


def test_the_interval_holds_the_mean_and_is_the_same_every_time() -> None:
    ranked = {f"q{number}": ["a"] if number % 3 else ["x"] for number in range(30)}
    grades = {name: {"a": 1.0} for name in ranked}

    first, second = evaluate(ranked, grades), evaluate(ranked, grades)

    score = first.scores["ndcg@10"]
    assert score.low < score.mean < score.high
    assert first.scores == second.scores


LABELLED = LabelledSet(
    (
        Document("d1", "Malaria field school", "Nets and mosquitoes."),
        Document("d2", "", "Surgery in the hills. Theatre work."),
        Document("d3", "Nursing", "Nursing"),
    ),
    {"q1": "malaria nets", "q2": "surgery"},
    {"q1": {"d1": 2.0, "d3": 0.0}, "q2": {"d2": 1.0}},
)


@pytest.mark.parametrize("system", list(System))
def test_each_system_ranks_what_fits_first(system: System) -> None:
    embedder = WordEmbedder()

    found = rank(system, LABELLED, embedder.embed_documents, embedder.embed_queries)

    assert {name: documents[0] for name, documents in found.items()} == {"q1": "d1", "q2": "d2"}


def test_every_text_that_a_system_embeds_is_known_beforehand() -> None:
    for system in System:
        embedder = WordEmbedder()
        asked: list[str] = []

        def watch(texts: object, embedder: WordEmbedder = embedder, asked: list[str] = asked) -> object:
            asked.extend(texts)  # type: ignore[arg-type]
            return embedder.embed_queries(texts)  # type: ignore[arg-type]

        rank(system, LABELLED, watch, watch)  # type: ignore[arg-type]
        assert set(asked) == {*document_texts(system, LABELLED), *query_texts(system, LABELLED)}


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    docs, queries, qrels = tmp_path / "docs.jsonl", tmp_path / "queries.jsonl", tmp_path / "qrels.tsv"
    docs.write_text(
        "".join(json.dumps({"_id": d.id, "title": d.title, "text": d.text}) + "\n" for d in LABELLED.documents)
    )
    queries.write_text("".join(json.dumps({"_id": k, "text": v}) + "\n" for k, v in LABELLED.queries.items()))
    rows = [f"{q}\t{d}\t{grade:g}" for q, grades in LABELLED.grades.items() for d, grade in grades.items()]
    qrels.write_text("query-id\tcorpus-id\tscore\n" + "\n".join(rows) + "\n")
    return ["--docs", str(docs), "--queries", str(queries), "--qrels", str(qrels)]


def test_a_set_is_read_as_written(files: list[str]) -> None:
    assert read_set(*(Path(name) for name in files[1::2])) == LABELLED


@pytest.mark.parametrize(
    ("which", "text"), [(1, "not json\n"), (1, '{"title": "no id"}\n'), (5, "q1\td1\tmany\n"), (5, "\n")]
)
def test_a_broken_file_is_named(files: list[str], which: int, text: str) -> None:
    Path(files[which]).write_text(text)

    with pytest.raises(UnreadableSet, match=Path(files[which]).name):
        read_set(*(Path(name) for name in files[1::2]))


def test_the_command_prints_each_system_with_its_measures(files: list[str], tmp_path: Path) -> None:
    kept = tmp_path / "vectors.npz"

    first = CliRunner().invoke(app, ["evaluate", "ranking", *files, "--json", "--vectors", str(kept)])
    assert first.exit_code == 0, first.output
    scores = json.loads(first.stdout)
    assert set(scores) == {"ours", "cosine", "bm25"}
    assert scores["ours"]["ndcg@10"] == scores["ours"]["mrr@10"] == 1.0
    assert kept.is_file()

    again = CliRunner().invoke(app, ["evaluate", "ranking", *files, "--json", "--vectors", str(kept)])
    assert json.loads(again.stdout) == scores


def test_the_command_prints_a_table_for_people(files: list[str]) -> None:
    shown = CliRunner().invoke(app, ["evaluate", "ranking", *files, "--system", "bm25"])

    assert shown.exit_code == 0, shown.output
    assert "bm25" in shown.stdout


def test_the_command_names_the_broken_file(files: list[str]) -> None:
    Path(files[1]).write_text("not json\n")

    ended = CliRunner().invoke(app, ["evaluate", "ranking", *files])

    assert ended.exit_code == 1
    assert "docs.jsonl, line 1" in ended.stderr.replace("\n", " ")
