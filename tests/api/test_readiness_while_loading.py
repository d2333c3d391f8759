"""While the calls are read after a start, readiness tells how far that is."""

import threading
from pathlib import Path

from sqlalchemy import Engine

from recommender.service import Recommender
from tests.api.serving import serving
from tests.recommender.embedding import WordEmbedder


def test_readiness_tells_how_many_calls_have_been_read(database_url: str, engine: Engine, tmp_path: Path) -> None:
    go_on = threading.Event()

    def load() -> Recommender:
        go_on.wait(60)
        return Recommender(engine, WordEmbedder())

    with serving(database_url, load=load) as running:
        progress = running.app.state.service.recommender.progress
        details = []
        for read, of in ((0, 0), (40_000, 100_000)):
            progress.read, progress.of = read, of
            answer = running.client().get("/readyz").json()
            details.append(next(check["detail"] for check in answer["checks"] if check["name"] == "model"))
        go_on.set()

    assert details == ["still being loaded: nothing read yet", "still being loaded: 40,000 of 100,000 calls read"]
