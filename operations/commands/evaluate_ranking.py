"""`opportune evaluate ranking`: score the ranking on a labelled set, beside two baselines."""

import json as json_module
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated, Any

import numpy as np
import typer
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from catalog.columns import Float32
from operations.opening import fail, messages, read_settings
from recommender.embedders import Embedder, ModelUnavailable
from recommender.evaluation import MEASURES, Evaluation, evaluate
from recommender.labelled import LabelledSet, UnreadableSet, read_set
from recommender.models import open_embedder
from recommender.passages import text_hash
from recommender.systems import System, document_texts, query_texts, rank

_TEXTS_AT_ONCE = 512


def evaluate_ranking(
    docs: Annotated[Path, typer.Option(exists=True, dir_okay=False, help="Documents: JSON lines, _id, title, text")],
    queries: Annotated[Path, typer.Option(exists=True, dir_okay=False, help="Queries: JSON lines, _id, text")],
    qrels: Annotated[Path, typer.Option(exists=True, dir_okay=False, help="Judgments: query, document, score; tabs")],
    system: Annotated[list[System] | None, typer.Option(help="Only these systems; all three by default")] = None,
    model: Annotated[str | None, typer.Option(help="A sentence-transformers model by name or path")] = None,
    vectors: Annotated[Path | None, typer.Option(help="Keep vectors in this .npz file and use those in it")] = None,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object")] = False,
) -> None:
    """Score the ranking on labelled data, beside plain cosine and plain BM25.

    Example: opportune evaluate ranking --docs docs.jsonl --queries queries.jsonl --qrels qrels.tsv
    """
    try:
        labelled = read_set(docs, queries, qrels)
        settings = read_settings()
        embedder = open_embedder(settings.model, settings.numbers) if model is None else open_embedder(model)
        found = _scores(labelled, system or list(System), embedder, vectors)
    except (UnreadableSet, ModelUnavailable) as error:
        raise fail(error) from error
    if json:
        sys.stdout.write(json_module.dumps({name: _as_json(one) for name, one in found.items()}) + "\n")
    else:
        Console().print(_table(found))


def _scores(
    labelled: LabelledSet, systems: Sequence[System], embedder: Embedder, kept: Path | None
) -> dict[System, Evaluation]:
    documents = [text for system in systems for text in document_texts(system, labelled)]
    questions = [text for system in systems for text in query_texts(system, labelled)]
    store = _Vectors(kept, embedder.model)
    with Progress(console=messages, transient=True) as progress:
        store.fill("d", documents, embedder.embed_documents, progress)
        store.fill("q", questions, embedder.embed_queries, progress)
    return {
        system: evaluate(rank(system, labelled, store.reader("d"), store.reader("q")), labelled.grades)
        for system in systems
    }


class _Vectors:
    """Vectors by model and text, kept in a file when one is named."""

    def __init__(self, path: Path | None, model: str) -> None:
        self._path = path
        self._model = model
        self._rows: dict[str, Float32] = {}
        if path is not None and path.is_file():
            with np.load(path, allow_pickle=False) as found:
                self._rows = dict(zip(found["keys"].tolist(), found["rows"], strict=True))

    def fill(
        self, role: str, texts: Sequence[str], embed: Callable[[Sequence[str]], Float32], progress: Progress
    ) -> None:
        """Embed what is missing, shortest first, keeping it as it comes."""
        missing = sorted({text for text in texts if self._key(role, text) not in self._rows}, key=len)
        task = progress.add_task("Embedding", total=len(missing))
        for start in range(0, len(missing), _TEXTS_AT_ONCE):
            batch = missing[start : start + _TEXTS_AT_ONCE]
            rows = embed(batch)
            self._rows |= {self._key(role, text): row for text, row in zip(batch, rows, strict=True)}
            self._save()
            progress.advance(task, len(batch))

    def reader(self, role: str) -> Callable[[Sequence[str]], Float32]:
        """The vectors of texts that have been filled in."""
        return lambda texts: np.stack([self._rows[self._key(role, text)] for text in texts])

    def _key(self, role: str, text: str) -> str:
        return f"{self._model}:{role}:{text_hash(text)}"

    def _save(self) -> None:
        if self._path is not None:
            np.savez(self._path, keys=np.array(list(self._rows)), rows=np.stack(list(self._rows.values())))


def _as_json(found: Evaluation) -> dict[str, Any]:
    measures = {name: round(score.mean, 6) for name, score in found.scores.items()}
    intervals = {f"{name}_interval": [round(one.low, 6), round(one.high, 6)] for name, one in found.scores.items()}
    return {**measures, **intervals, "unjudged@10": round(found.unjudged, 6), "queries": found.queries}


def _table(found: dict[System, Evaluation]) -> Table:
    table = Table("System", *MEASURES, "unjudged@10", "queries")
    for name, one in found.items():
        cells = [
            f"{one.scores[measure].mean:.3f} [{one.scores[measure].low:.3f}, {one.scores[measure].high:.3f}]"
            for measure in MEASURES
        ]
        table.add_row(name, *cells, f"{one.unjudged:.2f}", str(one.queries))
    return table
