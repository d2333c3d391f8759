"""Filling a peer's index, in a process of its own: `python -m bench.filling chromadb|txtai FOLDER`.

FOLDER holds `columns.npz` (ids, kinds, days, vectors of calls, and goals' vectors), and gets the index. Each is made as
its documentation says, with its own defaults but for one thing: txtai compares exactly (faiss, Flat), as ours does;
its default would look at a twentieth of the calls. txtai asks `vectors_of` for the vector of each text, since it
takes questions as texts alone: "goal 7" is the seventh goal's.
"""

import functools
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

AT_ONCE = 5_000
FOLDER = "BENCH_COLUMNS"  # where txtai's process finds the vectors
COLLECTION = "calls"


@functools.cache
def columns(folder: str) -> dict[str, Any]:
    """What is searched, by name."""
    with np.load(Path(folder) / "columns.npz") as file:
        return {name: file[name] for name in file.files}


@functools.cache
def _places(folder: str) -> dict[str, int]:
    return {str(name): at for at, name in enumerate(columns(folder)["ids"])}


def vectors_of(texts: Sequence[str]) -> Any:
    """The vectors of calls by id, and of goals by number, shape (texts, dimension): what txtai calls its transform."""
    folder = os.environ[FOLDER]
    known, places = columns(folder), _places(folder)
    rows = [
        known["goals"][int(one.removeprefix("goal "))] if one.startswith("goal ") else known["vectors"][places[one]]
        for one in texts
    ]
    return np.array(rows, dtype=np.float32)


def fill_chromadb(folder: Path) -> None:
    """A collection with kind and day as metadata."""
    import chromadb

    known = columns(str(folder))
    client = chromadb.PersistentClient(str(folder / "chromadb"), chromadb.Settings(anonymized_telemetry=False))
    calls: Any = client.create_collection(COLLECTION, configuration={"hnsw": {"space": "ip"}})
    for low in range(0, len(known["ids"]), AT_ONCE):
        part = slice(low, low + AT_ONCE)
        told = zip(known["kinds"][part].tolist(), known["days"][part].tolist(), strict=True)
        metadatas = [{"kind": kind, "day": day} for kind, day in told]
        calls.add(ids=known["ids"][part].tolist(), embeddings=known["vectors"][part], metadatas=metadatas)
    print(calls.id)


def fill_txtai(folder: Path) -> None:
    """An index with content, so that it can be filtered by SQL; and the configuration that serves it."""
    from txtai.embeddings import Embeddings

    os.environ[FOLDER] = str(folder)
    known = columns(str(folder))
    made = Embeddings(
        {
            "method": "external",
            "transform": "bench.filling.vectors_of",
            "content": True,
            "faiss": {"components": "IDMap,Flat"},
        }
    )
    told = zip(known["ids"].tolist(), known["kinds"].tolist(), known["days"].tolist(), strict=True)
    made.index((name, {"text": name, "kind": kind, "day": day}, None) for name, kind, day in told)
    made.save(str(folder / "txtai"))
    served = f"path: {folder / 'txtai'}\nwritable: false\nembeddings: {{method: external, content: true}}\n"
    (folder / "txtai.yml").write_text(served, "utf-8")


if __name__ == "__main__":
    {"chromadb": fill_chromadb, "txtai": fill_txtai}[sys.argv[1]](Path(sys.argv[2]))
