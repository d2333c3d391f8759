"""The packaged MiniLM with documents in bfloat16 by OpenVINO: over twice as quick, if the processor has such products.

An extra (`opportune[openvino]`), needed by whoever indexes and by nobody who serves: goals and searches are embedded
in float32 as ever, which costs no rank more than bfloat16 would (decision 0004). Its vectors have a name of
their own, so that those of two formats never stand in one index.

A text's vector must not depend on what it was embedded with, or ranks would change from run to run. So a text is padded
by its own length alone, and only texts of one padded length share a batch. Whether that holds bit for bit on this
processor is tried before the first use, beside how far known texts are from sentence-transformers' vectors.
"""

import sys
import threading
from collections.abc import Sequence
from importlib.resources import files
from itertools import groupby
from typing import Any

import numpy as np

from catalog.columns import Float32
from recommender.embedders import (
    BATCH,
    ModelUnavailable,
    Progress,
    check_packaged,
    packaged_model_path,
    threads_to_use,
    unit_vectors,
)
from recommender.minilm import (
    DIMENSION,
    KNOWN_TEXTS,
    TOKENS_AT_ONCE,
    MiniLM,
    PackagedMiniLM,
    known_vectors,
    open_tokenizer,
)
from recommender.minilm import means_over_tokens as means

STEP = 8  # tokens to whose multiple a text is padded: enough company for short texts, little waste
LEAST_COSINE = 0.9999  # of a known text with sentence-transformers' float32; measured .99997
INSTALL = "install opportune[openvino] where calls are indexed, or set OPPORTUNE_NUMBERS=float32"


class BFloat16MiniLM:
    """Documents by OpenVINO in bfloat16, goals and searches by the float32 model. Shared by threads."""

    model = f"{MiniLM.model}+bfloat16"
    dimension = DIMENSION

    def __init__(self) -> None:
        self._queries = PackagedMiniLM()
        self._documents: _OpenVINO | None = None
        self._lock = threading.Lock()

    def embed_documents(self, texts: Sequence[str], progress: Progress | None = None) -> Float32:
        """Unit vectors, shape (texts, 384). Raises ModelUnavailable without the extra or a fitting processor."""
        with self._lock:  # one request at a time has the threads
            if self._documents is None:
                self._documents = _checked()
            return self._documents.embed(texts, progress)

    def embed_queries(self, texts: Sequence[str]) -> Float32:
        """Unit vectors for goals and searches, shape (texts, 384), without OpenVINO. Raises ModelUnavailable."""
        return self._queries.embed_queries(texts)


def like_batches(lengths: Sequence[int]) -> list[tuple[int, list[int]]]:
    """Batches as (padded length, places of texts), shortest first: of one padded length, at most 16 and 512 tokens."""
    found: list[tuple[int, list[int]]] = []
    padded = [-(-length // STEP) * STEP for length in lengths]
    for length, several in groupby(sorted(range(len(lengths)), key=padded.__getitem__), key=padded.__getitem__):
        alike, size = list(several), min(BATCH, max(1, TOKENS_AT_ONCE // length))
        found += [(length, alike[start : start + size]) for start in range(0, len(alike), size)]
    return found


class _OpenVINO:
    """The compiled model and its tokenizer; for one thread at a time."""

    def __init__(self) -> None:
        self._request, self._tokenizer = _compiled().create_infer_request(), open_tokenizer()

    def embed(self, texts: Sequence[str], progress: Progress | None = None) -> Float32:
        found = np.empty((len(texts), DIMENSION), dtype=np.float32)
        tokens = [encoding.ids for encoding in self._tokenizer.encode_batch(list(texts))]
        for length, batch in like_batches([len(text) for text in tokens]):
            try:
                vectors = means([tokens[at] for at in batch], length, self._last_layer)
            except RuntimeError as error:  # OpenVINO's
                raise ModelUnavailable(f"OpenVINO could not embed: {error}") from error
            found[batch] = unit_vectors(vectors, DIMENSION)
            if progress is not None:
                progress(len(batch))
        return found

    def _last_layer(self, given: dict[str, Any]) -> Any:
        return self._request.infer(given)[0]


def _checked() -> _OpenVINO:
    """The model, after it was tried. Raises ModelUnavailable saying what is amiss."""
    check_packaged(packaged_model_path())
    try:
        made = _OpenVINO()
    except ImportError as error:
        raise ModelUnavailable(f"bfloat16 needs OpenVINO ({error}); {INSTALL}") from error
    except RuntimeError as error:
        raise ModelUnavailable(f"OpenVINO cannot run the model: {error}; {INSTALL}") from error
    together = made.embed(KNOWN_TEXTS)
    cosine = float((together * known_vectors()).sum(axis=1).min())
    if cosine < LEAST_COSINE:
        raise ModelUnavailable(f"OpenVINO's vectors are off: cosine {cosine:.5f} with the known ones; {INSTALL}")
    in_company = made.embed([text for text in KNOWN_TEXTS for _ in range(3)])
    if not np.array_equal(np.repeat(together, 3, axis=0), in_company):
        raise ModelUnavailable(f"here a vector would depend on what it is made with; {INSTALL}")
    return made


def _compiled() -> Any:
    # importing OpenVINO reports that to its maker; without this module it has a stand-in that reports nothing
    sys.modules.setdefault("openvino_telemetry", None)  # type: ignore[arg-type]
    import onnx
    import openvino
    from onnx.external_data_helper import load_external_data_for_model

    core = openvino.Core()
    if "BF16" not in core.get_property("CPU", "OPTIMIZATION_CAPABILITIES"):
        raise ModelUnavailable(f"this processor has no bfloat16 products; {INSTALL}")
    graph = onnx.load_model_from_string(files("recommender").joinpath("data/minilm.onnx").read_bytes())
    # OpenVINO takes no weights from outside the graph's own folder
    load_external_data_for_model(graph, str(packaged_model_path()))
    settings = {
        "INFERENCE_PRECISION_HINT": "bf16",
        "INFERENCE_NUM_THREADS": threads_to_use(),
        "NUM_STREAMS": 1,
        "ENABLE_CPU_PINNING": False,  # others have these cores too
    }
    return core.compile_model(core.read_model(graph.SerializeToString()), "CPU", settings)
