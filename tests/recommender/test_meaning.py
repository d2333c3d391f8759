"""A model that failed once is tried again after a while, also where nobody asks for vectors."""

from collections.abc import Sequence

import pytest
from sqlalchemy import Engine

from catalog.columns import Float32
from recommender import meaning
from recommender.embedders import ModelUnavailable
from recommender.health import Mode
from recommender.indexing import index
from recommender.meaning import Meaning
from recommender.service import Recommender
from tests.builders import NOW, make_goal, make_mentee, make_opportunity, make_programme, save
from tests.recommender.embedding import WordEmbedder


class Interrupted(WordEmbedder):
    """A model that cannot be used for a moment, as when memory is short."""

    failing = True

    def embed_queries(self, texts: Sequence[str]) -> Float32:
        if self.failing:
            raise ModelUnavailable("out of memory")
        return super().embed_queries(texts)


def test_what_failed_is_left_alone_for_a_while_and_then_tried_again() -> None:
    embedder = Interrupted()
    patient, prompt = Meaning(embedder, try_again_after=3_600), Meaning(embedder, try_again_after=0)
    for one in (patient, prompt):
        assert one.vectors("malaria") is None
    embedder.failing = False

    for one in (patient, prompt):
        one.look_again()

    assert patient.failure == "out of memory"
    assert prompt.failure == ""


def test_lists_go_by_meaning_again_once_the_model_is_back(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(meaning, "TRY_AGAIN_AFTER", 0.0)
    save(engine, make_programme(), make_mentee(), make_goal("Learn surgery"), make_opportunity())
    index(engine, WordEmbedder(), NOW)
    embedder = Interrupted()
    service = Recommender(engine, embedder, look_again_after=0)
    service.search("malaria", now=NOW)
    assert service.recommend("mte_ben", now=NOW).mode is Mode.LEXICAL

    embedder.failing = False

    assert service.recommend("mte_ben", now=NOW).mode is Mode.HYBRID
