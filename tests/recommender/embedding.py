"""An embedder whose vectors are computed from the words of a text: exact, quick, and needs no model."""

import hashlib
from collections.abc import Sequence

import numpy as np

from catalog.columns import Float32
from recommender.embedders import ModelUnavailable, Progress, unit_vectors
from recommender.tokens import terms


class WordEmbedder:
    """Texts that share words are near each other. Counts what it was asked for."""

    def __init__(self, model: str = "words@1", dimension: int = 64) -> None:
        self.model = model
        self.dimension = dimension
        self.embedded: list[str] = []

    def embed_documents(self, texts: Sequence[str], progress: Progress | None = None) -> Float32:
        self.embedded += texts
        if progress is not None:
            progress(len(texts))
        return self.embed_queries(texts)

    def embed_queries(self, texts: Sequence[str]) -> Float32:
        found = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for at, text in enumerate(texts):
            for term in terms(text) or ["nothing"]:
                digest = hashlib.blake2b(term.encode(), digest_size=8).digest()
                found[at, digest[0] % self.dimension] += 1.0
                found[at, digest[1] % self.dimension] += 0.5
        return unit_vectors(found, self.dimension)


class NoModel:
    """What is left when the model's files are gone."""

    model = "words@1"
    dimension = 64

    def embed_documents(self, texts: Sequence[str], progress: Progress | None = None) -> Float32:
        del progress
        return self.embed_queries(texts)

    def embed_queries(self, texts: Sequence[str]) -> Float32:
        raise ModelUnavailable(f"the model is missing, so {len(texts)} texts cannot be embedded; install it again")
