"""A crawl as ordered: the order comes in on standard input, events go out on standard output as JSON lines.

`crawlers.child` is the process that runs it.
"""

import json
import logging
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterable
from typing import Any, TextIO

from sqlalchemy.exc import DBAPIError

from catalog.logs import set_up_logging
from catalog.schema import SchemaMismatch
from catalog.stores.leases import LeaseHeld
from crawlers.beginning import NoRoom
from crawlers.order import CrawlOrder
from crawlers.report import ANOTHER_RUNS, NOTHING_USABLE
from crawlers.roster import UnknownSource
from crawlers.run import crawl, crawl_part


def main() -> int:
    """Crawl as standard input orders, and return the exit code."""
    asked_to_stop = threading.Event()  # until the reactor runs and takes these signals itself
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: asked_to_stop.set())
    order = CrawlOrder.model_validate_json(sys.stdin.readline())
    _die_with_the_caller(sys.stdin)
    mask_secrets(order.needed.values())
    if order.log_format == "json":
        set_up_logging("json")
    announce = _line_by_line(sys.stdout)
    try:
        report = (crawl_part if order.part else crawl)(order, announce, asked_to_stop.is_set)
    except (LeaseHeld, UnknownSource, NoRoom, SchemaMismatch, DBAPIError) as problem:
        exit_code = ANOTHER_RUNS if isinstance(problem, LeaseHeld) else NOTHING_USABLE
        announce({"event": "refused", "why": _in_words(problem), "exit_code": exit_code})
        return exit_code
    announce({"event": "report", "report": report.model_dump(mode="json")})
    return report.exit_code


def _line_by_line(stream: TextIO) -> Callable[[dict[str, Any]], None]:
    """Writes an event on a line of its own, at once."""

    def announce(event: dict[str, Any]) -> None:
        stream.write(json.dumps(event) + "\n")
        stream.flush()

    return announce


def _in_words(problem: Exception) -> str:
    """Why there was no crawl, or no more of it."""
    if isinstance(problem, LeaseHeld):
        return f"another crawl runs ({problem})"
    if isinstance(problem, DBAPIError):
        logging.getLogger(__name__).error("The crawl ended without its database", exc_info=problem)
        return f"the database does not answer ({problem.orig}); what was promoted before is kept, crawl again"
    return str(problem)


def mask_secrets(secrets: Iterable[str]) -> None:
    """Keep these values out of every line that is logged from now on in this process."""
    values = sorted((secret for secret in secrets if secret), key=len, reverse=True)
    plain = logging.getLogRecordFactory()

    def masked(*args: Any, **kwargs: Any) -> logging.LogRecord:
        record = plain(*args, **kwargs)
        text = record.getMessage()
        for value in values:
            text = text.replace(value, "***")
        record.msg, record.args = text, ()
        return record

    if values:
        logging.setLogRecordFactory(masked)


def _die_with_the_caller(stream: TextIO) -> None:
    """End at once when whoever ordered the crawl is gone: it has nobody to report to, and would hold the lease.

    The caller holds the other end of standard input open for as long as it lives.
    """

    def watch() -> None:
        while stream.read(1):
            pass
        os._exit(137)  # as if killed with it; the next run finds the lease's holder gone

    threading.Thread(target=watch, name="caller", daemon=True).start()
