"""The demo notices at once that it cannot be served, and takes nobody else's service for its own."""

import datetime as dt
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from operations.demonstration.failing import DemoFailed
from operations.demonstration.service import held, wait_until_ready
from operations.demonstration.showing import demonstration


class Ready(BaseHTTPRequestHandler):
    """Some other service, which is always ready, and takes a moment to say so."""

    def do_GET(self) -> None:
        time.sleep(1)
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def another_service() -> Iterator[int]:
    with HTTPServer(("127.0.0.1", 0), Ready) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_port
        server.shutdown()


def test_a_taken_port_is_said_before_anything_is_set_up(another_service: int, tmp_path: Path):
    steps: list[str] = []
    with (
        pytest.raises(DemoFailed, match=rf"port {another_service} cannot be used .*--port"),
        demonstration(tmp_path, another_service, dt.date(2026, 11, 1), steps.append),
    ):
        pass
    assert (steps, list(tmp_path.iterdir())) == ([], [])


def test_a_taken_port_is_a_sentence_on_the_command_line(another_service: int, tmp_path: Path):
    command = [sys.executable, "-m", "operations", "demo", "--port", str(another_service)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 1
    assert f"port {another_service} cannot be used" in done.stderr
    assert "Traceback" not in done.stderr


def test_another_service_that_answers_is_not_taken_for_ours(another_service: int, tmp_path: Path):
    log = tmp_path / "serve.log"
    log.write_text("address already in use")
    with (
        subprocess.Popen(["sleep", "0.5"]) as ending,
        pytest.raises(DemoFailed, match="address already in use"),
    ):
        wait_until_ready(f"http://127.0.0.1:{another_service}", ending, log)


def test_a_port_that_is_free_again_is_taken(tmp_path: Path):
    """A connection of the service before may linger for a minute (TIME_WAIT)."""
    with socket.socket() as server:
        server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        server.bind(("127.0.0.1", 0))
        server.listen()
        port = int(server.getsockname()[1])
        with socket.create_connection(("127.0.0.1", port)):
            accepted, _ = server.accept()
            accepted.close()
    with held(port) as kept:
        assert kept.getsockname()[1] == port


def test_nobody_gets_the_port_while_all_is_being_set_up():
    """It was only tried at first, and another program took it in the quarter of a minute that crawling takes."""
    with held(0) as kept, socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as every server does
        with pytest.raises(OSError, match="in use"):
            other.bind(("127.0.0.1", kept.getsockname()[1]))
