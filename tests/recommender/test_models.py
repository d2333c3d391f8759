"""Which embedder the settings open, and when a format is refused."""

import pytest

from catalog.settings import Settings
from recommender.bfloat16 import BFloat16MiniLM
from recommender.embedders import SentenceTransformerEmbedder
from recommender.minilm import PackagedMiniLM
from recommender.models import open_embedder


def test_any_other_model_goes_through_sentence_transformers() -> None:
    assert isinstance(open_embedder(), PackagedMiniLM)
    assert isinstance(open_embedder("some/model"), SentenceTransformerEmbedder)


def test_bfloat16_is_another_model_of_the_same_weights() -> None:
    half, whole = open_embedder("", "bfloat16"), open_embedder()

    assert isinstance(half, BFloat16MiniLM)
    assert half.model == f"{whole.model}+bfloat16"
    assert half.dimension == whole.dimension


def test_another_model_is_not_run_in_bfloat16() -> None:
    with pytest.raises(ValueError, match="float32"):
        open_embedder("some/model", "bfloat16")
    with pytest.raises(ValueError, match="OPPORTUNE_NUMBERS"):
        Settings(model="some/model", numbers="bfloat16")
