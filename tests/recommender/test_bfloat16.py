"""Documents in bfloat16: as near as promised, the same in any company, and an error that says what to do without it."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from recommender import bfloat16
from recommender.bfloat16 import BFloat16MiniLM, like_batches
from recommender.embedders import BATCH, ModelUnavailable
from recommender.minilm import TOKENS_AT_ONCE, MiniLM

PEERS = Path(sys.prefix) / "peers"  # where `make bench` installs it
SUBJECTS = ("surgery", "malaria in children", "quality improvement", "nursing", "a first paper", "épidémiologie")
TEXTS = [
    *(f"{subject}, call {number}. " + "Travel and lodging are paid. " * number for number, subject in enumerate(SUBJECTS)),
    *("antimicrobial resistance " * number for number in (1, 1, 2, 3, 5, 9, 20, 40, 90, 200)),
    "",
    "MALARIA",
]  # fmt: skip


@pytest.fixture(scope="module")
def installed() -> Iterator[None]:
    """OpenVINO, and a processor that it can multiply bfloat16 on."""
    sys.path.append(str(PEERS))
    try:
        sys.modules.setdefault("openvino_telemetry", None)  # as the embedder does
        openvino = pytest.importorskip("openvino", reason="the extra `openvino` is not installed")
        if "BF16" not in openvino.Core().get_property("CPU", "OPTIMIZATION_CAPABILITIES"):
            pytest.skip("this processor has no bfloat16 products")
        yield
    finally:
        sys.path.remove(str(PEERS))


@pytest.fixture(scope="module")
def alone(installed: None) -> tuple[BFloat16MiniLM, np.ndarray]:
    made = BFloat16MiniLM()
    return made, np.concatenate([made.embed_documents([text]) for text in TEXTS])


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.integers(0, len(TEXTS) - 1), min_size=1, max_size=40))
def test_a_vector_is_the_same_to_the_bit_in_any_company(
    alone: tuple[BFloat16MiniLM, np.ndarray], chosen: list[int]
) -> None:
    embedder, vectors = alone

    assert np.array_equal(embedder.embed_documents([TEXTS[at] for at in chosen]), vectors[chosen])


def test_documents_are_near_the_float32_ones_and_goals_are_them(alone: tuple[BFloat16MiniLM, np.ndarray]) -> None:
    embedder, vectors = alone
    whole = MiniLM()
    done: list[int] = []

    again = embedder.embed_documents(TEXTS, done.append)

    assert np.array_equal(again, vectors)
    assert sum(done) == len(TEXTS)
    assert (vectors * whole.embed_documents(TEXTS)).sum(axis=1).min() > bfloat16.LEAST_COSINE
    assert not np.array_equal(vectors, whole.embed_documents(TEXTS)), "it would be no bfloat16"
    assert np.array_equal(embedder.embed_queries(TEXTS[:3]), whole.embed_queries(TEXTS[:3]))


def test_vectors_that_are_off_are_refused(installed: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bfloat16, "KNOWN_TEXTS", ("Another text", *bfloat16.KNOWN_TEXTS[1:]))

    with pytest.raises(ModelUnavailable, match="are off"):
        BFloat16MiniLM().embed_documents(["a call"])


def test_without_the_extra_calls_are_refused_and_goals_are_still_embedded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "openvino", None)
    embedder = BFloat16MiniLM()

    assert embedder.embed_queries(["a goal"]).shape == (1, 384)
    with pytest.raises(ModelUnavailable, match=r"install opportune\[openvino\]"):
        embedder.embed_documents(["a call"])


def test_a_batch_holds_texts_of_one_padded_length() -> None:
    lengths = [7, 256, 3, 8, 9, 200, *[5] * 40, 256, 256]

    found = like_batches(lengths)

    assert sorted(at for _, batch in found for at in batch) == list(range(len(lengths)))
    assert all(length - 8 < lengths[at] <= length for length, batch in found for at in batch)
    assert all(len(batch) <= BATCH and len(batch) * length <= TOKENS_AT_ONCE for length, batch in found)
    assert like_batches([]) == []


def test_nobody_is_told_that_it_is_used(installed: None) -> None:
    code = (
        "import sys; sys.path.append(sys.argv[1]); from recommender.bfloat16 import BFloat16MiniLM; "
        "BFloat16MiniLM().embed_documents(['a call']); "
        "sys.exit('openvino' not in sys.modules or sys.modules['openvino_telemetry'] is not None)"
    )

    assert subprocess.run([sys.executable, "-c", code, str(PEERS)], check=False).returncode == 0


def test_who_serves_never_imports_it() -> None:
    code = (
        "import sys; from recommender.models import open_embedder; "
        "open_embedder('', 'bfloat16').embed_queries(['a goal']); "
        "sys.exit(bool({'openvino', 'onnx', 'torch'} & set(sys.modules)))"
    )

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
