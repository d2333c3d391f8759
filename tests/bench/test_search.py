"""The bench of search: the same question to every engine, and one that is not there is named."""

import contextlib
import sys

import numpy as np
import pytest

from bench.peers import PEERS, Asked, Columns, open_peers
from bench.search import compare


@pytest.fixture
def columns() -> Columns:
    chooser = np.random.default_rng(3)
    vectors = chooser.normal(size=(300, 16)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return Columns(vectors, *(chooser.integers(0, most, 300).astype(np.int32) for most in (4, 100, 2)))


def test_a_peer_that_is_not_installed_is_named(columns: Columns, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("faiss", "apsw", "chromadb"):
        monkeypatch.setitem(sys.modules, module, None)
    monkeypatch.delitem(PEERS, "pgvector")

    with contextlib.ExitStack() as stack:
        found = {name: peer for name, peer, _ in open_peers(columns, stack)}

    assert list(found) == ["faiss flat", "faiss HNSW", "sqlite-vec", "chromadb"]
    assert all(str(reason).startswith("not installed") for reason in found.values())


@pytest.mark.postgres
def test_pgvector_is_asked_the_same_question_as_we(columns: Columns) -> None:
    asked, goal = Asked(kind=2, day=60, country=1), columns.vectors[5]
    passing = np.flatnonzero(asked.mask(columns))
    right = passing[np.argsort(-(columns.vectors[passing] @ goal))][:10].tolist()

    with contextlib.ExitStack() as stack:
        peer = PEERS["pgvector"](columns, stack)
        before = peer.cpu()

        assert peer.nearest(goal, asked, 10) == right
        assert len(peer.nearest(goal, Asked(), 300)) == 300
        assert peer.cpu() > before


def test_ours_is_exact_and_small() -> None:
    found = compare(2_000, with_peers=False)

    rows = found["rows"]
    assert isinstance(rows, list)
    assert [row["recall@50"] for row in rows] == [1.0] * 6
    assert [row["her_recall@50"] for row in rows] == [1.0] * 6
    assert all(0 < row["for_her"] < row["passing"] for row in rows)
    assert found["bytes_per_dimension"] == {"held": 5.01, "mapped": 1.01}
