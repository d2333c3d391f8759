"""The packaged model without torch: the same vectors, or sentence-transformers' in its place."""

import logging
import sys
from pathlib import Path

import numpy as np
import pytest

from recommender import embedders, minilm
from recommender.embedders import ModelUnavailable, SentenceTransformerEmbedder
from recommender.minilm import BATCH, TOKENS_AT_ONCE, MiniLM, PackagedMiniLM, batches
from tests.recommender import minilm_graph

TEXTS = [
    "",
    "MALARIA",
    "malaria",
    "A fellowship in paediatric intensive care for nurses from ECOWAS countries, with travel and lodging.",
    "Médecins\u00a0de\tfamille — offre d’été; 奨学金 \N{WHITE SMILING FACE}",
    "Statement of purpose. " * 200,
    *(f"call {number} on " + "antimicrobial resistance " * number for number in range(20)),
]


@pytest.fixture(scope="module")
def ours() -> MiniLM:
    return MiniLM()


def test_its_vectors_are_those_of_sentence_transformers(ours: MiniLM) -> None:
    theirs = SentenceTransformerEmbedder()

    assert ours.model == theirs.model
    assert ours.dimension == theirs.dimension
    assert np.allclose(ours.embed_documents(TEXTS), theirs.embed_documents(TEXTS), rtol=0, atol=2e-6)
    assert np.allclose(ours.embed_queries(TEXTS), theirs.embed_queries(TEXTS), rtol=0, atol=2e-6)


def test_a_vector_hardly_depends_on_what_it_was_made_with_and_says_how_far_it_is(ours: MiniLM) -> None:
    done: list[int] = []

    together = ours.embed_documents(TEXTS, done.append)

    assert np.allclose(together, np.concatenate([ours.embed_queries([text]) for text in TEXTS]), rtol=0, atol=1e-6)
    assert sum(done) == len(TEXTS)
    assert len(done) > 1
    assert ours.embed_documents([]).shape == (0, 384)


def test_batches_are_of_like_length_and_bounded() -> None:
    lengths = [7, 256, 3, 200, *[5] * 40, 256, 256, 256, 256]

    found = batches(lengths)

    assert sorted(at for batch in found for at in batch) == list(range(len(lengths)))
    assert all(len(batch) <= BATCH for batch in found)
    assert all(len(batch) * max(lengths[at] for at in batch) <= TOKENS_AT_ONCE for batch in found)
    longest = [max(lengths[at] for at in batch) for batch in found]
    assert longest == sorted(longest)


def test_the_graph_is_the_one_that_its_program_makes() -> None:
    kept = Path(minilm_graph.DATA / "minilm.onnx").read_bytes()

    assert minilm_graph.build() == kept


def test_where_the_vectors_differ_sentence_transformers_is_used_and_the_log_says_so(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(minilm, "KNOWN_TEXTS", ("Another text", *minilm.KNOWN_TEXTS[1:]))
    embedder = PackagedMiniLM()

    with caplog.at_level(logging.WARNING):
        vectors = embedder.embed_queries(["a goal"])

    assert "differ from sentence-transformers'" in caplog.text
    assert np.allclose(vectors, SentenceTransformerEmbedder().embed_queries(["a goal"]), rtol=0, atol=1e-6)


def test_without_onnxruntime_sentence_transformers_is_used(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setitem(sys.modules, "onnxruntime", None)

    assert PackagedMiniLM().embed_queries(["a goal"]).shape == (1, 384)
    assert "onnxruntime cannot run" in caplog.text


def test_damaged_weights_are_refused_by_both(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "model.safetensors").write_bytes(b"cut off")
    monkeypatch.setattr(embedders, "packaged_model_path", lambda: tmp_path)
    monkeypatch.setattr(minilm, "packaged_model_path", lambda: tmp_path)

    with pytest.raises(ModelUnavailable, match="damaged"):
        PackagedMiniLM().embed_queries(["anything"])
