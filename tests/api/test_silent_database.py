"""A PostgreSQL that is stopped in its tracks: it takes connections, acknowledges everything and answers nothing."""

import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from catalog.database import connect
from tests.api.conftest import populate
from tests.api.serving import serving
from tests.postgres import Cluster, Databases, cluster_of_its_own

pytestmark = [pytest.mark.postgres, pytest.mark.slow]
A_FEW_SECONDS = 6.0


@contextmanager
def silent(cluster: Cluster) -> Iterator[None]:
    """The server and all its processes, stopped for the length of the block."""
    everyone = cluster.processes()
    for process in everyone:
        os.kill(process, signal.SIGSTOP)
    try:
        yield
    finally:
        for process in everyone:
            os.kill(process, signal.SIGCONT)


def test_a_silent_server_is_answered_503_within_seconds_and_nothing_needs_a_restart() -> None:
    with cluster_of_its_own() as cluster, Databases(cluster.url).upgraded() as url:
        engine = connect(url)
        populate(engine)
        engine.dispose()
        with serving(url) as served:
            ada = served.as_mentor()
            assert ada.get("/v1/mentees").status_code == 200
            with silent(cluster):
                for _ in range(2):
                    begun = time.monotonic()
                    answer = ada.get("/v1/mentees")
                    assert (answer.status_code, answer.headers["retry-after"]) == (503, "3")
                    assert time.monotonic() - begun < A_FEW_SECONDS
                assert ada.get("/livez").status_code == 200
                begun = time.monotonic()
                assert ada.get("/readyz").status_code == 503
                assert time.monotonic() - begun < A_FEW_SECONDS
            assert ada.get("/v1/mentees").status_code == 200
            assert ada.get("/readyz").status_code == 200
