"""`opportune index` and `opportune recommend`, over a database of the test's own."""

import json
from pathlib import Path

import pytest
from sqlalchemy import Engine
from typer.testing import CliRunner

from operations.command_line import app
from tests.builders import make_opportunity, sample_people, save


@pytest.fixture
def catalogue(engine: Engine, database_url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Engine:
    """A mentee with a goal and two calls; the settings name this database."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("OPPORTUNE_DATABASE_URL", database_url)
    open_all_year = {"timing": "rolling", "deadlines": (), "closes_at": None}
    save(
        engine,
        *sample_people(),
        make_opportunity(**open_all_year),
        make_opportunity(
            id="opp_soil",
            title="Soil chemistry school",
            summary="",
            description="Soil and stones.",
            rev=2,
            **open_all_year,
        ),
    )
    return engine


def run(*arguments: str) -> tuple[int, str, str]:
    found = CliRunner().invoke(app, list(arguments))
    return found.exit_code, found.stdout, found.stderr


@pytest.mark.usefixtures("catalogue")
def test_what_is_indexed_can_be_recommended() -> None:
    code, shown, _ = run("index", "--json")
    assert code == 0
    report = json.loads(shown)
    assert (report["passages_embedded"], report["goals_embedded"], report["swapped"]) == (2, 1, True)

    code, shown, _ = run("recommend", "mte_ben", "--json")
    assert code == 0
    found = json.loads(shown)
    assert found["mode"] == "hybrid"
    assert [item["opportunity"]["id"] for item in found["items"]] == ["opp_rural_surgery", "opp_soil"]
    assert found["items"][0]["reasons"]["match"]["sentence"]

    code, shown, _ = run("recommend", "--goal", "chemistry of soils", "--stage", "postdoc")
    assert code == 0
    assert shown.index("Soil chemistry") < shown.index("Rural Surgery")


@pytest.mark.usefixtures("catalogue")
def test_before_the_index_words_recommend_and_the_command_says_so() -> None:
    code, shown, said = run("recommend", "mte_ben")

    assert code == 0
    assert "Rural Surgery" in shown
    assert "words alone" in said


@pytest.mark.usefixtures("catalogue")
def test_without_a_model_the_command_says_what_is_wrong_and_that_nothing_is_lost(tmp_path: Path) -> None:
    code, _, said = run("index", "--model", str(tmp_path))

    assert code == 1
    assert "no weights" in said.replace("\n", " ")
    assert "kept" in said


@pytest.mark.usefixtures("catalogue")
def test_nobody_is_ranked_for_without_a_goal_or_a_name() -> None:
    assert run("recommend")[0] == 2
    code, _, said = run("recommend", "mte_nobody")
    assert code == 1
    assert "there is no mentee mte_nobody" in said


@pytest.mark.postgres
def test_with_vectors_left_in_postgresql_the_same_is_recommended(
    postgres_engine: Engine, postgres_url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("OPPORTUNE_DATABASE_URL", postgres_url)
    monkeypatch.setattr("catalog.stores.neighbour_indexes.WORTH_AN_INDEX", 0)
    open_all_year = {"timing": "rolling", "deadlines": (), "closes_at": None}
    save(postgres_engine, *sample_people(), make_opportunity(**open_all_year))
    assert run("index")[0] == 0
    _, in_memory, _ = run("recommend", "mte_ben", "--json")

    monkeypatch.setenv("OPPORTUNE_RANKER", "pgvector")
    code, _, said = run("index")
    assert code == 0
    assert said.count("made ix_passagevector_near_") == 4
    assert "made" not in run("index")[2]
    _, in_database, _ = run("recommend", "mte_ben", "--json")

    before, after = json.loads(in_memory), json.loads(in_database)
    assert after["mode"] == "hybrid"
    assert {**after, "created_at": ""} == {**before, "created_at": ""}
    assert run("index", "--forget-other-models")[0] == 0


def test_searching_in_the_database_needs_postgresql(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("OPPORTUNE_RANKER", "pgvector")

    code, _, said = run("recommend", "mte_ben")

    assert code == 1
    assert "needs PostgreSQL" in said
