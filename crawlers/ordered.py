"""A crawl as ordered: the order comes in on standard input, events go out on standard output as JSON lines.

`crawlers.child` is the process that runs it.
"""

import json
import logging
import os
import signal
import sys
import threading
from collections.abc import Iterable
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
    say = sys.stdout

    def announce(event: dict[str, Any]) -> None:
        say.write(json.dumps(event) + "\n")
        say.flush()

    try:
        report = (crawl_part if order.part else crawl)(order, announce, asked_to_stop.is_set)
    except LeaseHeld as held:
        announce({"event": "refused", "why": f"another crawl runs ({held})", "exit_code": ANOTHER_RUNS})
        return ANOTHER_RUNS
    except (UnknownSource, NoRoom, SchemaMismatch) as problem:
        announce({"event": "refused", "why": str(problem), "exit_code": NOTHING_USABLE})
        return NOTHING_USABLE
    except DBAPIError as error:
        logging.getLogger(__name__).exception("The crawl ended without its database")
        why = f"the database does not answer ({error.orig}); what was promoted before is kept, crawl again"
        announce({"event": "refused", "why": why, "exit_code": NOTHING_USABLE})
        return NOTHING_USABLE
    announce({"event": "report", "report": report.model_dump(mode="json")})
    return report.exit_code


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
