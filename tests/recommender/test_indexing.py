"""The index: only what is new, nothing twice, nothing lost by a kill, one model beside the other."""

import datetime as dt
import os
import signal
import subprocess
import sys
import textwrap
from collections.abc import Sequence
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy import Engine
from sqlalchemy.pool import QueuePool
from sqlmodel import col

from catalog.columns import Float32
from catalog.database import reading, writing
from catalog.stores.vectors import count_waiting, forget_other_models, goal_vectors
from catalog.tables import Goal, IndexBuild, Opportunity, Passage, PassageVector, Tombstone
from catalog.words import Kind, Outcome
from recommender import indexing
from recommender.embedders import ModelUnavailable, Progress
from recommender.indexing import Progress as Told
from recommender.indexing import index
from tests.builders import NOW, make_goal, make_mentee, make_opportunity, make_programme, save
from tests.recommender.embedding import NoModel, WordEmbedder

LONG = " ".join(f"Sentence number {number} speaks of surgery in the hills and of nothing else." for number in range(60))


def pool_of(engine: Engine) -> QueuePool:
    assert isinstance(engine.pool, QueuePool)
    return engine.pool


def shelve(engine: Engine, count: int) -> None:
    save(
        engine,
        *(
            make_opportunity(id=f"opp_{number:03}", title=f"Call number {number}", rev=number + 1)
            for number in range(count)
        ),
    )


def vectors(engine: Engine, model: str = "words@1") -> dict[str, str]:
    """The text hash of every vector by passage."""
    with reading(engine) as session:
        rows = session.execute(
            sa.select(col(PassageVector.passage_id), col(PassageVector.text_hash)).where(
                col(PassageVector.model) == model
            )
        )
        return dict(rows.all())


def rewrite(engine: Engine, opportunity_id: str, rev: int, **values: object) -> None:
    with writing(engine) as session:
        row = session.get_one(Opportunity, opportunity_id)
        for name, value in values.items():
            setattr(row, name, value)
        row.rev = rev
        session.add(row)


def test_every_open_call_and_goal_is_embedded_once(both_engines: Engine) -> None:
    shelve(both_engines, 3)
    save(both_engines, make_programme(), make_mentee(), make_goal())
    embedder = WordEmbedder()

    first = index(both_engines, embedder, NOW)
    second = index(both_engines, embedder, NOW)

    assert (first.passages_embedded, first.goals_embedded, first.swapped) == (3, 1, True)
    assert (second.passages_embedded, second.goals_embedded, second.swapped) == (0, 0, False)
    assert len(embedder.embedded) == 3
    with reading(both_engines) as session:
        assert count_waiting(session, "words@1") == 0
        (kept,) = goal_vectors(session, ["gol_operate"], "words@1")["gol_operate"]
        assert kept.vector.shape == (64,)


def test_a_call_that_goes_away_or_changes_while_it_is_cut_is_left_to_whoever_did_that(
    both_engines: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelve(both_engines, 3)
    cut = indexing._new_passages

    def meanwhile(call: Opportunity) -> list[indexing.NewPassage]:
        assert pool_of(both_engines).checkedout() == 0, "cut outside any transaction"
        if call.id == "opp_002" and call.rev < 9:
            rewrite(both_engines, "opp_001", 9, title="Another title")
            with writing(both_engines) as session:
                session.delete(session.get_one(Opportunity, "opp_000"))
        return cut(call)

    monkeypatch.setattr(indexing, "_new_passages", meanwhile)
    assert index(both_engines, WordEmbedder(), NOW).passages_embedded == 2
    with reading(both_engines) as session:
        texts = dict(session.execute(sa.select(col(Passage.opportunity_id), col(Passage.text))).all())
    assert sorted(texts) == ["opp_001", "opp_002"]
    assert "Another title" in texts["opp_001"]


def test_the_calls_of_a_large_source_are_not_written_in_one_piece(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(engine, *(make_opportunity(id=f"opp_{number}", title=f"Call {number}") for number in range(7)))
    monkeypatch.setattr(indexing, "CALLS_AT_ONCE", 3)
    pieces: list[int] = []
    keep = indexing._keep_passages

    def counted(session: indexing.Session, cut: Sequence[tuple[str, int, list[indexing.NewPassage]]]) -> int:
        pieces.append(len(cut))
        return keep(session, cut)

    monkeypatch.setattr(indexing, "_keep_passages", counted)
    assert index(engine, WordEmbedder(), NOW).calls_read == 7
    assert pieces == [3, 3, 1]


def test_only_what_changed_is_embedded_again(engine: Engine) -> None:
    shelve(engine, 3)
    index(engine, embedder := WordEmbedder(), NOW)
    rewrite(engine, "opp_001", 50, description="Something else altogether.")
    rewrite(engine, "opp_002", 51, url="https://lakeside.example.org/elsewhere")
    embedder.embedded.clear()

    report = index(engine, embedder, NOW)

    assert report.calls_read == 2
    assert report.passages_embedded == 1
    assert ["Something else altogether" in text for text in embedder.embedded] == [True]


def test_a_call_of_another_kind_has_vectors_of_that_kind_without_being_embedded_again(both_engines: Engine) -> None:
    shelve(both_engines, 2)
    index(both_engines, WordEmbedder(), NOW)
    rewrite(both_engines, "opp_001", 50, kind=Kind.WORKSHOP)

    assert index(both_engines, WordEmbedder(), NOW).passages_embedded == 0

    with reading(both_engines) as session:
        kinds = dict(session.execute(sa.select(col(PassageVector.passage_id), col(PassageVector.kind))).all())
    assert kinds == {"opp_000:0": Kind.FELLOWSHIP, "opp_001:0": Kind.WORKSHOP}


def test_a_goal_said_anew_is_embedded_anew(engine: Engine) -> None:
    save(engine, make_programme(), make_mentee(), make_goal())
    index(engine, WordEmbedder(), NOW)
    with writing(engine) as session:
        session.get_one(Goal, "gol_operate").text = "Write about malaria"

    assert index(engine, WordEmbedder(), NOW).goals_embedded == 1
    assert index(engine, WordEmbedder(), NOW).goals_embedded == 0


def test_closed_calls_are_not_embedded_until_they_open_again(engine: Engine) -> None:
    save(engine, make_opportunity(outcome=Outcome.CLOSED))
    assert index(engine, WordEmbedder(), NOW).passages_embedded == 0

    rewrite(engine, "opp_rural_surgery", 9, outcome=Outcome.OPEN)
    assert index(engine, WordEmbedder(), NOW).passages_embedded == 1


def test_passages_that_are_no_longer_needed_leave_a_tombstone(engine: Engine) -> None:
    save(engine, make_opportunity(summary="", description=LONG))
    index(engine, WordEmbedder(), NOW)
    assert len(vectors(engine)) > 2

    rewrite(engine, "opp_rural_surgery", 9, description="Short now.")
    index(engine, WordEmbedder(), NOW)

    assert list(vectors(engine)) == ["opp_rural_surgery:0"]
    with reading(engine) as session:
        buried = session.scalars(sa.select(col(Tombstone.row_id)).where(col(Tombstone.table_name) == "passage")).all()
    assert "opp_rural_surgery:1" in buried


def test_many_calls_of_one_revision_are_all_read(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(indexing, "CALLS_AT_ONCE", 2)
    save(engine, *(make_opportunity(id=f"opp_{number}", title=f"Call {number}", rev=7) for number in range(5)))
    save(engine, make_opportunity(id="opp_late", rev=8))

    assert index(engine, WordEmbedder(), NOW).passages_embedded == 6


class Overtaken(WordEmbedder):
    """While it embeds, a crawl changes a call and deletes another."""

    def __init__(self, engine: Engine) -> None:
        super().__init__()
        self.engine = engine

    def embed_documents(self, texts: Sequence[str], progress: Progress | None = None) -> Float32:
        if not self.embedded:
            with writing(self.engine) as session:
                session.get_one(Passage, "opp_000:0").text_hash = "changed meanwhile"
                session.delete(session.get_one(Passage, "opp_001:0"))
        return super().embed_documents(texts, progress)


def test_what_a_crawl_changed_meanwhile_gets_no_old_vector(engine: Engine) -> None:
    shelve(engine, 3)

    index(engine, Overtaken(engine), NOW)

    assert list(vectors(engine)) == ["opp_002:0"]


def test_a_model_that_fails_half_way_leaves_what_was_done(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(indexing, "PASSAGES_AT_ONCE", 2)
    shelve(engine, 5)

    class Failing(WordEmbedder):
        def embed_documents(self, texts: Sequence[str], progress: Progress | None = None) -> Float32:
            if len(self.embedded) >= 4:
                raise ModelUnavailable("out of memory")
            return super().embed_documents(texts, progress)

    with pytest.raises(ModelUnavailable):
        index(engine, Failing(), NOW)
    assert len(vectors(engine)) == 4
    with reading(engine) as session:
        assert session.scalars(sa.select(col(IndexBuild.active))).all() == [False]

    assert index(engine, WordEmbedder(), NOW).passages_embedded == 1


def test_calls_are_kept_when_there_is_no_model_at_all(engine: Engine) -> None:
    shelve(engine, 2)

    with pytest.raises(ModelUnavailable):
        index(engine, NoModel(), NOW)

    with reading(engine) as session:
        assert count_waiting(session, "words@1") == 2


KILLED_HALF_WAY = """
    import os, signal, sys
    from catalog.database import connect
    from recommender import indexing
    from tests.builders import NOW
    from tests.recommender.embedding import WordEmbedder

    class Slow(WordEmbedder):
        def embed_documents(self, texts, progress=None):
            if len(self.embedded) >= 6:
                os.kill(os.getpid(), signal.SIGKILL)
            return super().embed_documents(texts)

    indexing.PASSAGES_AT_ONCE = 2
    indexing.index(connect(sys.argv[1]), Slow(), NOW)
"""


def test_an_index_killed_by_force_goes_on_where_it_was(engine: Engine, database_url: str) -> None:
    shelve(engine, 10)
    root = Path(__file__).parents[2]

    ended = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(KILLED_HALF_WAY), database_url],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root)},
        check=False,
    )

    assert ended.returncode == -signal.SIGKILL
    assert len(vectors(engine)) == 6
    assert index(engine, WordEmbedder(), NOW).passages_embedded == 4
    assert len(vectors(engine)) == 10


def test_another_model_is_built_beside_and_then_swapped_in(engine: Engine) -> None:
    shelve(engine, 2)
    index(engine, WordEmbedder(), NOW)

    report = index(engine, WordEmbedder("other@2", dimension=32), NOW + dt.timedelta(hours=1))

    assert report.swapped
    assert vectors(engine).keys() == vectors(engine, "other@2").keys()
    with reading(engine) as session:
        builds = dict(session.execute(sa.select(col(IndexBuild.model), col(IndexBuild.active))).all())
    assert builds == {"words@1": False, "other@2": True}


def test_the_old_models_vectors_can_be_forgotten(engine: Engine) -> None:
    shelve(engine, 2)
    index(engine, WordEmbedder(), NOW)
    index(engine, WordEmbedder("other@2", dimension=32), NOW)

    with writing(engine) as session:
        assert forget_other_models(session, "other@2") == 2

    assert vectors(engine) == {}
    assert len(vectors(engine, "other@2")) == 2


def test_progress_is_told_to_the_end(engine: Engine) -> None:
    shelve(engine, 3)
    told: list[Told] = []

    index(engine, WordEmbedder(), NOW, told.append)

    assert told == [Told("passages", 3, None), Told("vectors", 3, 3)]
