"""Makes `recommender/data/minilm.onnx` and `minilm_known.npy` anew: `python -m tests.recommender.minilm_graph`.

The graph is BERT's encoder, with those of its parts fused that onnxruntime is then quicker at. Its weights are offsets into
the packaged safetensors file.
"""

import json
import struct
from pathlib import Path

import numpy as np
from onnx import ModelProto, NodeProto, TensorProto, helper

import recommender
from recommender.embedders import SentenceTransformerEmbedder, packaged_model_path
from recommender.minilm import DIMENSION, KNOWN_TEXTS

LAYERS, HEADS, EPSILON = 6, 12, 1e-12  # the package's config.json
WEIGHTS = "model.safetensors"
FUSED = "com.microsoft"
DATA = Path(recommender.__file__).parent / "data"


class Graph:
    """A graph while it is written: nodes in order, and each weight that they name."""

    def __init__(self) -> None:
        with (packaged_model_path() / WEIGHTS).open("rb") as file:
            (size,) = struct.unpack("<Q", file.read(8))
            self._contents = json.loads(file.read(size))
        self._begin = 8 + size
        self._weights: dict[str, TensorProto] = {}
        self._nodes: list[NodeProto] = []

    def weight(self, name: str) -> str:
        entry = self._contents[name]
        assert entry["dtype"] == "F32"
        first, end = entry["data_offsets"]
        tensor = TensorProto(name=name, data_type=TensorProto.FLOAT, dims=entry["shape"])
        tensor.data_location = TensorProto.EXTERNAL
        for key, value in (("location", WEIGHTS), ("offset", self._begin + first), ("length", end - first)):
            tensor.external_data.add(key=key, value=str(value))
        self._weights[name] = tensor
        return name

    def node(self, operation: str, inputs: list[str], output: str, domain: str = "", **attributes: object) -> str:
        self._nodes.append(helper.make_node(operation, inputs, [output], domain=domain, **attributes))
        return output

    def product(self, given: str, name: str) -> str:
        return self.node("FusedMatMul", [given, self.weight(f"{name}.weight")], f"{name}.product", FUSED, transB=1)

    def looked_up(self, table: str, rows: str) -> str:
        return self.node("Gather", [self.weight(f"embeddings.{table}_embeddings.weight"), rows], f"of.{table}")

    def normal(self, given: str, skipped: str, name: str, output: str) -> str:
        """The product of a dense layer, its bias and what skipped it, normalised: apart, since fused it is slower."""
        biased = self.node(
            "Add", [self.product(given, f"{name}.dense"), self.weight(f"{name}.dense.bias")], f"{name}.of"
        )
        total = self.node("Add", [biased, skipped], f"{name}.sum")
        parts = [total, *self.scale_and_shift(f"{name}.LayerNorm")]
        return self.node("LayerNormalization", parts, output, axis=-1, epsilon=EPSILON)

    def scale_and_shift(self, name: str) -> list[str]:
        return [self.weight(f"{name}.weight"), self.weight(f"{name}.bias")]

    def layer(self, given: str, name: str, output: str) -> str:
        own = f"{name}.attention.self"
        three = [
            self.node("Add", [self.product(given, f"{own}.{part}"), self.weight(f"{own}.{part}.bias")], f"{own}.{part}")
            for part in ("query", "key", "value")
        ]
        seen = self.node("MultiHeadAttention", [*three, "", "mask"], f"{name}.seen", FUSED, num_heads=HEADS)
        attended = self.normal(seen, given, f"{name}.attention.output", f"{name}.attended")
        wide = [self.product(attended, f"{name}.intermediate.dense"), self.weight(f"{name}.intermediate.dense.bias")]
        return self.normal(self.node("BiasGelu", wide, f"{name}.wide", FUSED), attended, f"{name}.output", output)

    def model(self) -> ModelProto:
        inputs = [
            helper.make_tensor_value_info("tokens", TensorProto.INT64, ["texts", "length"]),
            helper.make_tensor_value_info("mask", TensorProto.INT32, ["texts", "length"]),
            helper.make_tensor_value_info("places", TensorProto.INT64, ["length"]),
        ]
        outputs = [helper.make_tensor_value_info("last", TensorProto.FLOAT, ["texts", "length", DIMENSION])]
        graph = helper.make_graph(self._nodes, "MiniLM", inputs, outputs, initializer=list(self._weights.values()))
        versions = [helper.make_opsetid("", 17), helper.make_opsetid(FUSED, 1)]
        return helper.make_model(graph, opset_imports=versions, ir_version=8, producer_name="opportune")


def build() -> bytes:
    """The graph as it is kept."""
    graph = Graph()
    kinds = graph.node("Sub", ["places", "places"], "kinds")  # every token is of a first text: 0
    placed = graph.node("Add", [graph.looked_up("word", "tokens"), graph.looked_up("token_type", kinds)], "typed")
    placed = graph.node("Add", [placed, graph.looked_up("position", "places")], "placed")
    parts = [placed, *graph.scale_and_shift("embeddings.LayerNorm")]
    at = graph.node("LayerNormalization", parts, "first", axis=-1, epsilon=EPSILON)
    for number in range(LAYERS):
        name = f"encoder.layer.{number}"
        at = graph.layer(at, name, "last" if number == LAYERS - 1 else f"{name}.end")
    return graph.model().SerializeToString(deterministic=True)


def main() -> None:
    """Write both files."""
    (DATA / "minilm.onnx").write_bytes(build())
    embedder = SentenceTransformerEmbedder()
    np.save(DATA / "minilm_known.npy", np.concatenate([embedder.embed_documents([text]) for text in KNOWN_TEXTS]))


if __name__ == "__main__":
    main()
