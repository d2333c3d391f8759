"""Which embedder the settings ask for."""

from typing import Literal

from recommender.bfloat16 import BFloat16MiniLM
from recommender.embedders import Embedder, SentenceTransformerEmbedder
from recommender.minilm import PackagedMiniLM

Numbers = Literal["float32", "bfloat16"]
"""The format that calls are embedded in."""


def open_embedder(model: str = "", numbers: Numbers = "float32") -> Embedder:
    """The embedder for the settings `model` and `numbers`; loads nothing yet.

    An empty `model` is the packaged MiniLM, any other goes through sentence-transformers, in float32 alone:
    ValueError otherwise.
    """
    if model and numbers != "float32":
        raise ValueError(f"{numbers} is for the packaged model; {model} is run in float32")
    if model:
        return SentenceTransformerEmbedder(model)
    return PackagedMiniLM() if numbers == "float32" else BFloat16MiniLM()
