"""The ranking on labelled goals of trainees: better than plain cosine by what was promised.

Reads a folder that is not part of the project; skipped where it is not there.
"""

import os
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from catalog.columns import Float32
from recommender.embedders import SentenceTransformerEmbedder
from recommender.evaluation import evaluate
from recommender.labelled import read_set
from recommender.passages import text_hash
from recommender.systems import System, document_texts, rank

SHARED = Path(os.environ.get("OPPORTUNE_SHARED", Path(__file__).parents[3] / "shared"))
MENTORS = SHARED / "eval" / "mentors"


@pytest.mark.long
@pytest.mark.skipif(not MENTORS.is_dir(), reason=f"no labelled goals at {MENTORS}; set OPPORTUNE_SHARED")
def test_goals_of_trainees_are_served_better_than_by_cosine_or_words_alone(
    pytestconfig: pytest.Config,
) -> None:
    labelled = read_set(MENTORS / "docs.jsonl", MENTORS / "queries.jsonl", MENTORS / "qrels.tsv")
    embedder = SentenceTransformerEmbedder()
    texts = list(dict.fromkeys(text for system in System for text in document_texts(system, labelled)))
    rows = dict(zip(texts, _embedded(texts, embedder, pytestconfig), strict=True))

    def documents(asked: Sequence[str]) -> Float32:
        return np.stack([rows[text] for text in asked])

    found = {
        system: evaluate(rank(system, labelled, documents, embedder.embed_queries), labelled.grades)
        for system in System
    }
    ndcg = {system: one.scores["ndcg@10"].mean for system, one in found.items()}

    assert ndcg[System.OURS] >= ndcg[System.COSINE] + 0.05
    assert ndcg[System.OURS] >= ndcg[System.BM25] + 0.05
    assert found[System.OURS].unjudged <= 0.15


def _embedded(texts: Sequence[str], embedder: SentenceTransformerEmbedder, config: pytest.Config) -> Float32:
    """Embedded once for a model and texts, kept in pytest's cache: the ranking changes more often than they do."""
    assert config.cache is not None
    name = text_hash("\n\n".join([embedder.model, *texts]))
    kept = Path(config.cache.mkdir("labelled-vectors")) / f"{name}.npy"
    if not kept.is_file():
        np.save(kept, embedder.embed_documents(texts))
    rows: Float32 = np.load(kept)
    return rows
