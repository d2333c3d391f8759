"""A connection to a mail server that comes to an end, whatever the server says and however slowly.

A time-out counts from one byte to the next: a server that says a little now and then (a tar pit, a reply that never
ends) could keep the mail of a whole installation waiting for ever.
"""

import smtplib
import socket
import threading
from contextlib import suppress
from typing import Any


class _Limited:
    """Cuts the connection off after `most` seconds: whoever reads or writes then finds it closed."""

    def __init__(self, *given: Any, most: float, **named: Any) -> None:
        self._over = threading.Event()
        self._connected: socket.socket | None = None
        self._limit = threading.Timer(most, self._cut_off)
        self._limit.daemon = True
        self._limit.start()
        try:
            super().__init__(*given, **named)
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Close it."""
        self._limit.cancel()
        super().close()  # type: ignore[misc]
        if self._connected is not None:
            self._connected.close()

    def _cut_off(self) -> None:
        self._over.set()
        if self._connected is not None:
            with suppress(OSError):
                self._connected.shutdown(socket.SHUT_RDWR)


class _Connecting(smtplib.SMTP):
    """Keeps a second handle of the connection: while TLS is agreed upon the first is nobody's."""

    _over: threading.Event
    _connected: socket.socket | None

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        """Raises TimeoutError where looking for the server alone took too long."""
        found: socket.socket = super()._get_socket(host, port, timeout)  # type: ignore[misc]
        self._connected = found.dup()
        if self._over.is_set():
            found.close()
            raise TimeoutError("connecting took too long")
        return found


class Smtp(_Limited, _Connecting):
    """Unencrypted, or by STARTTLS."""


class SmtpTls(_Limited, smtplib.SMTP_SSL, _Connecting):
    """Encrypted from the start."""
