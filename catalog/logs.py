"""How a process writes its log: lines for people, or one JSON object a line for whoever collects them.

Every module logs through `logging`; structlog only renders. What belongs to each line of a request or a
run (`request_id`, `run`, `night`) is kept beside. Traces of errors are written without the values of
variables, which may be about a person.

structlog is imported where it is used: it imports Twisted wherever that is installed, which serving has no use for.
"""

import logging
import sys
import time
from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Literal, TextIO

LogFormat = Literal["text", "json"]
_TEXT = "%(asctime)s %(levelname)s %(name)s %(message)s"

_belonging: ContextVar[dict[str, Any] | None] = ContextVar("belonging", default=None)


def set_up_logging(form: LogFormat, stream: TextIO | None = None) -> None:
    """Write what is logged from INFO on to `stream`, standard error if none is given, in place of what was set up."""
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(json_lines() if form == "json" else Lines(_TEXT))
    logging._srcfile = None  # nor where in the code (the HOWTO's way to spare the look)
    logging.logThreads = logging.logProcesses = logging.logMultiprocessing = False  # in no line of ours
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)
    logging.captureWarnings(form == "json")
    logging.getLogger("alembic").setLevel(logging.WARNING)  # readiness asks it for the revision each time


class Lines(logging.Formatter):
    """Lines for people. What the clock says is worked out once a second."""

    _second: tuple[int, str] = (-1, "")

    def formatTime(self, record: logging.LogRecord, datefmt: str | None = None) -> str:  # noqa: ARG002
        """When it was logged, to the millisecond, in the machine's zone."""
        second = int(record.created)
        if second != self._second[0]:
            self._second = second, time.strftime(self.default_time_format, time.localtime(second))
        return f"{self._second[1]},{int(record.msecs):03d}"


def json_lines() -> logging.Formatter:
    """One JSON object a line: time (UTC), level, logger, message as `event`, and what belongs to the line."""
    import structlog

    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[
            _add_belonging,
            structlog.stdlib.add_log_level,
            structlog.stdlib.add_logger_name,
            structlog.stdlib.ExtraAdder(),
            structlog.processors.TimeStamper(fmt="iso", utc=True, key="time"),
            structlog.processors.format_exc_info,
        ],
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        keep_exc_info=False,
    )


def _add_belonging(_logger: Any, _method: str, line: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    return {**(_belonging.get() or {}), **line}


def belongs_to(**known: Any) -> None:
    """Add these to every line that this thread, or what it starts from now on, writes."""
    _belonging.set({**(_belonging.get() or {}), **known})


@contextmanager
def belonging(**known: Any) -> Iterator[None]:
    """Add these to every line that is written within."""
    token = _belonging.set({**(_belonging.get() or {}), **known})
    try:
        yield
    finally:
        _belonging.reset(token)
