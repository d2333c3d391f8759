"""Our crawl beside a bare Scrapy spider that only downloads: same pages, same settings, same core, same run.

    python bench/crawl.py [--pages 2000] [--mix mixed] [--memory] [--rounds 1] [--json FILE]

The site is served by a process on another core. Pages per second are of CPU time, from when
each crawl begins to the end of its process: ours reads, checks, archives, stages, judges and promotes into SQLite.
`whole_process_ratio` counts the start of the interpreter too.
`--memory` crawls ten times as many pages too, and says how much more memory that took.
"""

import argparse
import contextlib
import datetime as dt
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench.site import BORN, MIXES
from bench.summaries import of_crawl
from catalog.schema import upgrade
from crawlers.order import CrawlOrder

ROOT = Path(__file__).parents[1]
PARALLEL = {"CONCURRENT_REQUESTS": 8, "CONCURRENT_REQUESTS_PER_DOMAIN": 8, "CLOSESPIDER_TIMEOUT_NO_ITEM": 0}
SOURCE_OF = {"calls": "pages", "mixed": "pages", "few": "pages", "news": "pages", "lists": "lists"}


@dataclass
class Measured:
    """What one process did and what it cost."""

    pages: int
    cpu: float  # seconds
    wall: float  # seconds
    peak_mb: float
    start: float = 0.0  # seconds of CPU before the crawl began: the interpreter and its modules
    memory: list[tuple[int, float]] = field(default_factory=list)  # (pages read, MB resident) as it went
    more: dict[str, Any] = field(default_factory=dict)

    @property
    def rate(self) -> float:
        """Pages for each second of CPU time from when the crawl began to the end of the process."""
        return self.pages / (self.cpu - self.start)


def cores() -> tuple[set[int], set[int]]:
    """A core for the crawler and those for the server; the same where there is only one."""
    found = sorted(os.sched_getaffinity(0))
    return {found[0]}, set(found[1:]) or {found[0]}


@contextlib.contextmanager
def site(pages: int, mix: str, core: set[int]) -> Iterator[int]:
    """The invented site in a process of its own; its port."""
    command = [sys.executable, "-m", "bench.site", "--pages", str(pages), "--mix", mix]
    serving = _start(command, core)
    assert serving.stdout is not None
    try:
        yield int(serving.stdout.readline())
    finally:
        serving.communicate("")


def _start(command: list[str], core: set[int], **more: Any) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        preexec_fn=lambda: os.sched_setaffinity(0, core),
        **more,
    )


def _ended(child: "subprocess.Popen[str]", begun: float, pages: int) -> Measured:
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    cpu = used.ru_utime + used.ru_stime
    return Measured(pages, round(cpu, 3), round(time.perf_counter() - begun, 3), round(used.ru_maxrss / 1024, 1))


def bare(port: int, core: set[int]) -> Measured:
    """Download everything with the bare spider."""
    begun = time.perf_counter()
    child = _start(
        [sys.executable, "-m", "bench.bare", str(port), json.dumps(PARALLEL)], core, stderr=subprocess.DEVNULL
    )
    assert child.stdout is not None
    said = json.loads(child.stdout.read())
    measured = _ended(child, begun, int(said["pages"]))
    measured.start = said["start"]
    return measured


def ours(port: int, mix: str, core: set[int], folder: Path) -> Measured:
    """Crawl everything as `opportune crawl` does."""
    url = f"sqlite:///{folder / 'opportune.db'}"
    upgrade(url)
    order = CrawlOrder(
        database_url=url,
        data_dir=folder,
        sources=[SOURCE_OF[mix]],
        as_of=dt.datetime.combine(BORN, dt.time(2), dt.UTC),
        contact="https://opportune.example.org/crawler",
        sample_web_port=port,
        environment="test",
        minimum_free_bytes=0,
        spider_modules=["bench.crawled"],
        overrides=PARALLEL,
    )
    begun = time.perf_counter()
    with (folder / "crawl.log").open("w") as log:
        child = _start([sys.executable, "-m", "crawlers.child"], core, stderr=log)
    assert child.stdin is not None
    assert child.stdout is not None
    child.stdin.write(order.model_dump_json() + "\n")
    child.stdin.flush()
    memory, last, start = [], {}, 0.0
    for line in child.stdout:
        last = json.loads(line)
        if last["event"] == "begun":
            start = cpu_seconds(child.pid)
        if last["event"] == "progress":
            memory.append((sum(one["pages"] for one in last["sources"].values()), resident_mb(child.pid)))
    report = last["report"]["sources"][0]
    measured = _ended(child, begun, report["pages"] - 1)  # the sitemap
    measured.memory, measured.start = memory, start
    measured.more = {name: report[name] for name in ("verdict", "reasons", "drafts", "new")}
    measured.more["refused"] = sum(report["refused"].values())
    return measured


def resident_mb(process: int) -> float:
    """The memory that a process holds now; 0 where it has ended or the system does not tell."""
    with contextlib.suppress(OSError):
        lines = Path(f"/proc/{process}/status").read_text("utf-8").splitlines()
        return round(next((int(line.split()[1]) for line in lines if line.startswith("VmRSS:")), 0) / 1024, 1)
    return 0.0


def cpu_seconds(process: int) -> float:
    """The CPU time that a process has used."""
    user, system = Path(f"/proc/{process}/stat").read_text("utf-8").rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def compare(pages: int, mix: str) -> dict[str, Any]:
    """Both over the same site."""
    ours_core, others = cores()
    with site(pages, mix, others) as port, tempfile.TemporaryDirectory() as folder:
        peer = bare(port, ours_core)
        own = ours(port, mix, ours_core, Path(folder))
        archive = sum(file.stat().st_size for file in Path(folder).rglob("*.warc.gz"))
    assert own.pages == peer.pages == pages, f"asked for {pages} pages, got {own.pages} and {peer.pages}"
    assert own.more["verdict"] == "healthy", f"the crawl failed, so that its figure says nothing: {own.more}"
    return {
        "pages": pages,
        "mix": mix,
        "calls_in_100": MIXES[mix],
        "bare_pages_per_cpu_second": round(peer.rate, 1),
        "ours_pages_per_cpu_second": round(own.rate, 1),
        "ratio": round(own.rate / peer.rate, 3),
        "bare_start_seconds": round(peer.start, 2),
        "ours_start_seconds": round(own.start, 2),
        "whole_process_ratio": round((own.pages / own.cpu) / (peer.pages / peer.cpu), 3),
        "bare_wall": peer.wall,
        "ours_wall": own.wall,
        "bare_peak_mb": peer.peak_mb,
        "ours_peak_mb": own.peak_mb,
        "archive_mb": round(archive / 2**20, 1),
        "memory": own.memory[:: max(1, len(own.memory) // 50)],
        **own.more,
    }


def main() -> None:
    """Run and print."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--pages", type=int, default=2_000)
    options.add_argument("--mix", choices=[*MIXES, "all"], default="all")
    options.add_argument("--memory", action="store_true", help="crawl ten times as many pages of the first mix too")
    options.add_argument("--json", type=Path, help="write everything that was measured to this file")
    options.add_argument("--figures", type=Path, help="write what was found to this file")
    chosen = options.parse_args()
    mixes = list(MIXES) if chosen.mix == "all" else [chosen.mix]
    rows = []
    shown = (
        "pages",
        "mix",
        "bare_pages_per_cpu_second",
        "ours_pages_per_cpu_second",
        "ratio",
        "ours_peak_mb",
        "drafts",
        "refused",
    )
    print("   ".join(f"{name:>10}" for name in shown))
    for pages, mix in [(chosen.pages, mix) for mix in mixes] + [(chosen.pages * 10, mixes[0])] * chosen.memory:
        rows.append(compare(pages, mix))
        print("   ".join(f"{rows[-1][name]!s:>{max(10, len(name))}}" for name in shown), flush=True)
    if chosen.figures:
        of_crawl(rows).write(chosen.figures)
    if chosen.json:
        chosen.json.write_text(json.dumps(rows, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
