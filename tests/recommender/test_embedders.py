"""The packaged model and others: found without a network, checked before use, and refused when damaged."""

import shutil
from pathlib import Path

import numpy as np
import pytest

from recommender import embedders
from recommender.embedders import MINILM_SHA256, ModelUnavailable, SentenceTransformerEmbedder, unit_vectors
from recommender.meaning import Meaning
from tests.recommender.embedding import NoModel, WordEmbedder


@pytest.fixture(scope="module")
def minilm() -> SentenceTransformerEmbedder:
    return SentenceTransformerEmbedder()


def test_the_packaged_model_embeds_meaning(minilm: SentenceTransformerEmbedder) -> None:
    calls = minilm.embed_documents(["A fellowship in global surgery", "Special issue on soil chemistry"])
    (goal,) = minilm.embed_queries(["I want to operate where there are few surgeons"])

    assert calls.shape == (2, minilm.dimension) == (2, 384)
    assert calls.dtype == np.float32
    assert np.allclose(np.linalg.norm(calls, axis=1), 1.0, atol=1e-5)
    assert calls[0] @ goal > calls[1] @ goal + 0.2


def test_the_order_of_the_texts_is_kept_though_they_are_embedded_by_length(minilm: SentenceTransformerEmbedder) -> None:
    texts = ["a long text about nursing in the hills and valleys " * 3, "short", "a little longer"]
    done: list[int] = []

    together = minilm.embed_documents(texts, done.append)

    alone = np.concatenate([minilm.embed_documents([text]) for text in texts])
    assert np.allclose(together, alone, atol=1e-5)
    assert sum(done) == 3


def test_the_model_is_named_with_its_weights(minilm: SentenceTransformerEmbedder) -> None:
    assert minilm.model == f"all-MiniLM-L6-v2@{MINILM_SHA256[:12]}"


def test_a_damaged_package_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "model.safetensors").write_bytes(b"cut off")
    monkeypatch.setattr(embedders, "packaged_model_path", lambda: tmp_path)

    with pytest.raises(ModelUnavailable, match="damaged"):
        SentenceTransformerEmbedder().embed_queries(["anything"])


def test_a_missing_package_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embedders, "MINILM_PACKAGE", "gt_no_such_model")

    with pytest.raises(ModelUnavailable, match="install it again"):
        SentenceTransformerEmbedder().embed_queries(["anything"])


def test_a_folder_of_another_model_is_named_by_its_own_weights(tmp_path: Path) -> None:
    folder = tmp_path / "my-model"
    folder.mkdir()
    (folder / "model.safetensors").write_bytes(b"weights")
    embedder = SentenceTransformerEmbedder(str(folder))

    assert embedder.model.startswith("my-model@")
    with pytest.raises(ModelUnavailable, match="cannot be loaded"):
        embedder.embed_queries(["anything"])


def test_a_folder_without_weights_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelUnavailable, match="no weights"):
        _ = SentenceTransformerEmbedder(str(tmp_path)).model


def test_a_folder_that_is_not_there_is_not_taken_for_a_name(tmp_path: Path) -> None:
    with pytest.raises(ModelUnavailable, match="no folder"):
        _ = SentenceTransformerEmbedder(str(tmp_path / "gone")).model


def test_a_copy_of_the_model_loads_by_path(tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(embedders.packaged_model_path(), copy, copy_function=lambda a, b: Path(b).symlink_to(a))
    embedder = SentenceTransformerEmbedder(str(copy))

    assert embedder.embed_queries(["a goal"]).shape == (1, 384)
    assert embedder.model == f"copy@{MINILM_SHA256[:12]}"


@pytest.mark.parametrize(
    "bad", [np.full((1, 4), np.nan), np.zeros((1, 4)), np.ones((1, 5)), np.ones(4), np.full((1, 4), np.inf)]
)
def test_vectors_that_would_poison_a_ranking_are_refused(bad: np.ndarray) -> None:
    with pytest.raises(ModelUnavailable):
        unit_vectors(bad.astype(np.float32), 4)


def test_meaning_remembers_texts_and_never_raises() -> None:
    embedder = WordEmbedder()
    meaning = Meaning(embedder)

    first = meaning.vectors("malaria")
    assert first is not None
    assert meaning.vectors("malaria") is first
    assert meaning.failure == ""

    broken = Meaning(NoModel())
    assert broken.vectors("malaria") is None
    assert "missing" in broken.failure
