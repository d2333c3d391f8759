"""The ranking beside its two baselines, over the same documents: ours, plain cosine, plain BM25.

"Ours" is the scorer of the lists themselves, over a snapshot made of the documents, without what
a set cannot have: a person, deadlines, spreading.
"""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum

import numpy as np

from catalog.columns import Float32
from catalog.standing import Timetable
from catalog.words import Funding, Kind, Timing
from recommender.labelled import Document, LabelledSet
from recommender.lexical import Vocabulary, build_lexicon, count_terms, query_terms
from recommender.passages import CallText, call_passages, goal_passages
from recommender.ranker import Scope, Wish
from recommender.snapshot import Call, build_snapshot
from recommender.snapshot_ranker import SnapshotRanker
from recommender.tokens import terms

DEPTH = 10
_NOW = dt.datetime(2027, 1, 1, tzinfo=dt.UTC)

Embed = Callable[[Sequence[str]], Float32]
"""Unit vectors for texts, shape (texts, dimension)."""


class System(StrEnum):
    """A way of ranking that can be scored."""

    OURS = "ours"
    COSINE = "cosine"
    BM25 = "bm25"


def rank(system: System, labelled: LabelledSet, embed_documents: Embed, embed_queries: Embed) -> dict[str, list[str]]:
    """The best ten documents for each query."""
    if system is System.BM25:
        return _by_words(labelled)
    if system is System.COSINE:
        return _by_cosine(labelled, embed_documents, embed_queries)
    return _by_ours(labelled, embed_documents, embed_queries)


def whole(document: Document) -> str:
    """A document as plain similarity reads it."""
    same = document.title and not document.text.startswith(document.title)
    return f"{document.title}. {document.text}" if same else document.text


def document_texts(system: System, labelled: LabelledSet) -> list[str]:
    """Every text of the documents that a system embeds, each once."""
    if system is System.BM25:
        return []
    cut = (lambda one: [whole(one)]) if system is System.COSINE else _passages
    return list(dict.fromkeys(text for document in labelled.documents for text in cut(document)))


def query_texts(system: System, labelled: LabelledSet) -> list[str]:
    """Every text of the queries that a system embeds, each once."""
    if system is System.BM25:
        return []
    cut = (lambda text: [text]) if system is System.COSINE else goal_passages
    return list(dict.fromkeys(piece for text in labelled.queries.values() for piece in cut(text)))


def _passages(document: Document) -> list[str]:
    return call_passages(CallText(document.title or document.text[:80], description=document.text))


def _by_ours(labelled: LabelledSet, embed_documents: Embed, embed_queries: Embed) -> dict[str, list[str]]:
    vocabulary = Vocabulary()
    calls = [_call(document, vocabulary) for document in labelled.documents]
    vectors = {document.id: embed_documents(_passages(document)) for document in labelled.documents}
    ranker = SnapshotRanker(build_snapshot(1, "evaluated", calls, vectors, vocabulary))
    wishes = [
        Wish(name, query_terms(text), embed_queries(goal_passages(text))) for name, text in labelled.queries.items()
    ]
    found = ranker.search(wishes, Scope(_NOW), DEPTH)
    return {name: [hit.opportunity_id for hit in hits] for name, hits in found.hits.items()}


def _call(document: Document, vocabulary: Vocabulary) -> Call:
    body = "" if document.text == document.title else document.text
    return Call(
        id=document.id,
        rev=1,
        kind=Kind.FELLOWSHIP,
        title=document.title,
        organisation="",
        series_id=None,
        countries=frozenset(),
        remote=None,
        funding=Funding.UNKNOWN,
        requirements=(),
        timetable=Timetable(Kind.FELLOWSHIP, Timing.ROLLING),
        closes_at=None,
        words=count_terms(vocabulary, document.title, "", (), body),
    )


def _by_cosine(labelled: LabelledSet, embed_documents: Embed, embed_queries: Embed) -> dict[str, list[str]]:
    rows = embed_documents([whole(document) for document in labelled.documents])
    return {name: _best(labelled, rows @ embed_queries([text])[0]) for name, text in labelled.queries.items()}


def _by_words(labelled: LabelledSet) -> dict[str, list[str]]:
    vocabulary = Vocabulary()
    counted = [count_terms(vocabulary, "", "", (), whole(document)) for document in labelled.documents]
    lexicon = build_lexicon(vocabulary, counted)
    asked: Mapping[str, dict[str, float]] = {
        name: {term: float(count) for term, count in Counter(terms(text)).items()}
        for name, text in labelled.queries.items()
    }
    return {name: _best(labelled, lexicon.score(query, common=True)) for name, query in asked.items()}


def _best(labelled: LabelledSet, scores: Float32) -> list[str]:
    order = np.argsort(-scores, kind="stable")[:DEPTH]
    return [labelled.documents[at].id for at in order]
