"""Starting a crawl in a process of its own, and listening to it."""

import contextlib
import json
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from crawlers.order import CrawlOrder
from crawlers.report import NOTHING_USABLE, CrawlReport

LOG_NAME = "crawl.log"


class CrawlRefused(Exception):
    """The crawl did not begin, or ended without a report. `exit_code` is 75 when another crawl runs, else 1."""

    def __init__(self, why: str, exit_code: int = NOTHING_USABLE) -> None:
        super().__init__(why)
        self.exit_code = exit_code


def run_crawl(order: CrawlOrder, on_event: Callable[[dict[str, Any]], None] = lambda _: None) -> CrawlReport:
    """Crawl in a child process and return its report; `on_event` hears of the progress.

    The child's log is kept in the data folder, under `log_name`. SIGTERM and Ctrl-C are passed on, and
    the child ends with us however we end. Raises CrawlRefused.
    """
    order.data_dir.mkdir(parents=True, exist_ok=True)
    log = order.data_dir / log_name(order)
    with log.open("wb") as errors, _child(errors) as child:
        assert child.stdin is not None
        assert child.stdout is not None
        child.stdin.write(order.model_dump_json() + "\n")
        child.stdin.flush()  # and left open: its closing tells the child that we are gone
        last: dict[str, Any] = {}
        with _passing_on_signals(child):
            for line in child.stdout:
                last = json.loads(line)
                on_event(last)
            child.wait()
    return _report(last, child.returncode, log)


def log_name(order: CrawlOrder) -> str:
    """The file in the data folder that the crawl's log is kept in; parts of a divided crawl have one each."""
    return f"crawl-{order.sources[0]}.log" if order.part else LOG_NAME


def _child(errors: Any) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-m", "crawlers.child"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=errors,
        text=True,
        start_new_session=True,  # Ctrl-C reaches it once, from us
    )


def _report(last: dict[str, Any], code: int, log: Path) -> CrawlReport:
    if last.get("event") == "report":
        return CrawlReport.model_validate(last["report"])
    if last.get("event") == "refused":
        raise CrawlRefused(last["why"], last["exit_code"])
    tail = log.read_text("utf-8", "replace").splitlines()[-3:]
    raise CrawlRefused(f"the crawl ended unexpectedly (status {code}); the end of {log}:\n" + "\n".join(tail))


@contextlib.contextmanager
def _passing_on_signals(child: "subprocess.Popen[str]") -> Iterator[None]:
    """While the child runs, give it the SIGTERM and SIGINT that we get. Only the main thread may."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def pass_on(number: int, _frame: Any) -> None:
        child.send_signal(number)

    before = {number: signal.signal(number, pass_on) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
