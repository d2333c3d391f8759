"""The sample web on bad days: errors, resets, slow and cut bodies, pauses asked for, and pages that change."""

import random
import socket
import struct
import threading
import time
from collections import Counter

from crawlers.samples.exchange import Response
from crawlers.samples.server import SampleHandler, SampleServer
from crawlers.samples.web import Web

TROUBLES = {"error": 3, "reset": 2, "slow": 4, "cut": 2, "busy": 2}
"""Of a hundred answers, so many go wrong in each way."""
PIECES, PAUSE = 8, 0.1  # of a slow body; seconds between them


class TroubledHandler(SampleHandler):
    """Answers like the sample web, mostly."""

    server: "TroubledServer"

    def _send(self, response: Response) -> None:
        trouble = self.server.next_trouble()
        if trouble == "error":
            super()._send(Response(b"down", "text/plain", 503))
        elif trouble == "busy":
            super()._send(Response(b"", "text/plain", 429, {"Retry-After": "1"}))
        elif trouble == "reset":
            self._reset()
        elif trouble in ("slow", "cut") and response.status == 200 and response.body:
            self._in_pieces(response, PIECES if trouble == "slow" else PIECES // 2)
        else:
            super()._send(response)

    def _in_pieces(self, response: Response, pieces: int) -> None:
        """Send that many of the body's pieces slowly; a body that lacks some is cut off."""
        self.send_response(response.status)
        for name, value in response.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Type", response.content_type)
        self.send_header("Content-Length", str(len(response.body)))
        self.end_headers()
        size = -(-len(response.body) // PIECES)
        for number in range(pieces):
            self.wfile.write(response.body[number * size : (number + 1) * size])
            self.wfile.flush()
            time.sleep(PAUSE)
        if pieces < PIECES:
            self._reset()

    def _reset(self) -> None:
        """Close so that the other side sees a reset."""
        self.close_connection = True
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.close()


class TroubledServer(SampleServer):
    """Serves one `Web` with troubles, the same for the same seed as long as requests come in the same order."""

    handler = TroubledHandler

    def __init__(self, web: Web, seed: int) -> None:
        self._chooser = random.Random(seed)
        self._lock = threading.Lock()
        self.calm = False
        self.troubles: Counter[str] = Counter()
        super().__init__(web)

    def next_trouble(self) -> str:
        """How the next answer goes wrong; nothing where it does not."""
        with self._lock:
            if self.calm:
                return ""
            kinds = (*TROUBLES, "")
            [chosen] = self._chooser.choices(kinds, (*TROUBLES.values(), 100 - sum(TROUBLES.values())))
            self.troubles[chosen or "none"] += 1
            return chosen
