"""A night of forty sources of ten pages, each on a loopback address of its own, at the settings of a real crawl.

    python -m bench.night [--pages 10] [--figures FILE]

Nothing is made quicker for it: a second between two requests to a host, AutoThrottle, robots.txt. Bound by politeness
alone means that the crawl takes about as long as its longest source must wait, and that the processor idles meanwhile.
CPU is that of the crawl's process from when it begins, over the clock's time until the report.
"""

import argparse
import asyncio
import contextlib
import datetime as dt
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from scrapy import Request
from scrapy.http import Response

from bench.crawl import ROOT, cpu_seconds
from bench.figures import Figure, Results
from bench.night_sources import SOURCES, address_of, host_of
from bench.site import BORN, HOST, Site, answer, pages, sitemap
from catalog.schema import upgrade
from crawlers.manners.sample_web import SampleWebHandler
from crawlers.order import CrawlOrder
from crawlers.settings import CRAWL_DELAY_CEILING, RETRY_PAUSE

BENCH = "night"
AS_AT_NIGHT = {
    "DOWNLOAD_DELAY": 1.0,
    "AUTOTHROTTLE_ENABLED": True,
    "CONCURRENT_REQUESTS_PER_DOMAIN": 1,
    CRAWL_DELAY_CEILING: 60.0,
    RETRY_PAUSE: 5.0,
    "TWISTED_DNS_RESOLVER": "scrapy.resolver.CachingThreadedResolver",  # ours lets nobody call 127.0.0.17
    "DOWNLOAD_HANDLERS": {"http": "bench.night.OwnAddress", "https": None, "file": None, "data": None, "ftp": None},
}


class OwnAddress(SampleWebHandler):
    """Asks the address that stands for a host."""

    async def download_request(self, request: Request) -> Response:
        """The answer bears the true address."""
        parts = urlsplit(request.url)
        there = urlunsplit(("http", f"{address_of(parts.hostname or '')}:{self.port}", parts.path, parts.query, ""))
        detour = request.replace(url=there)
        detour.headers.setdefault(b"Host", parts.netloc.encode("ascii"))
        response = await super(SampleWebHandler, self).download_request(detour)
        request.meta["download_latency"] = detour.meta.get("download_latency", 0.0)
        return response.replace(url=request.url)


async def serve(count: int) -> None:
    """Serve every source's site on its address, all on one port; say which; end when standard input does."""
    port, servers, loop = 0, [], asyncio.get_running_loop()
    for number in range(SOURCES):
        answers = answers_of(host_of(number), count)
        address = address_of(host_of(number))
        made = await loop.create_server(lambda answers=answers: Site(answers), address, port)
        port = made.sockets[0].getsockname()[1]
        servers.append(made)
    print(port, flush=True)
    await asyncio.to_thread(sys.stdin.read)


def answers_of(host: str, count: int) -> dict[bytes, bytes]:
    """A site's answers by path."""
    made = dict(pages(count, "mixed"))
    answers = {path.encode(): answer("200 OK", body, "text/html; charset=utf-8") for path, body in made.items()}
    answers[b"/sitemap.xml"] = answer(
        "200 OK", sitemap(list(made)).replace(HOST.encode(), host.encode()), "application/xml"
    )
    answers[b"/robots.txt"] = answer("200 OK", b"User-agent: *\nAllow: /\n", "text/plain")
    answers[b"/404"] = answer("404 Not Found", b"", "text/plain")
    return answers


@contextlib.contextmanager
def sites(count: int) -> Iterator[int]:
    """The sites in a process of their own; their port."""
    command = [sys.executable, "-m", "bench.night", "--serve", "--pages", str(count)]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as serving:
        assert serving.stdout is not None
        yield int(serving.stdout.readline())
        serving.communicate("")


def crawl(port: int, folder: Path) -> tuple[dict[str, Any], float, float]:
    """The report, and seconds of CPU and by the clock from when the crawl began."""
    url = f"sqlite:///{folder / 'opportune.db'}"
    upgrade(url)
    order = CrawlOrder(
        database_url=url,
        data_dir=folder,
        as_of=dt.datetime.combine(BORN, dt.time(2), dt.UTC),
        contact="https://opportune.example.org/crawler",
        sample_web_port=port,
        environment="test",
        minimum_free_bytes=0,
        spider_modules=["bench.night_sources"],
        overrides=AS_AT_NIGHT,
    )
    with (folder / "crawl.log").open("w") as log:
        command = [sys.executable, "-m", "crawlers.child"]
        child = subprocess.Popen(
            command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, text=True
        )
    assert child.stdin is not None
    assert child.stdout is not None
    child.stdin.write(order.model_dump_json() + "\n")
    child.stdin.flush()
    begun, cpu, last = time.perf_counter(), 0.0, dict[str, Any]()
    for line in child.stdout:
        last = json.loads(line)
        if last["event"] == "begun":
            begun, cpu = time.perf_counter(), cpu_seconds(child.pid)
        if last["event"] == "report":
            break
    found = last["report"], cpu_seconds(child.pid) - cpu, time.perf_counter() - begun
    child.communicate("")
    return found


def measure(count: int) -> Results:
    """All figures."""
    with sites(count) as port, tempfile.TemporaryDirectory() as folder:
        report, cpu, wall = crawl(port, Path(folder))
    read = sum(one["pages"] for one in report["sources"])
    assert read >= SOURCES * count, f"asked for {SOURCES * count} pages, read {read}"
    polite = count + 1.0  # the sitemap, then the pages, a second apart
    note = f"{SOURCES} sources, {read} pages, {cpu:.1f} s of CPU in {wall:.0f} s"
    return Results(
        [
            Figure(BENCH, "CPU of a night's crawl", cpu, "s", "by the clock", wall, at_most=0.1, note=note),
            Figure(BENCH, "time of a night's crawl", wall, "s", "waits of one source", polite, at_most=1.1, note=note),
        ]
    )


def main() -> None:
    """Measure and tell."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--pages", type=int, default=10)
    options.add_argument("--serve", action="store_true", help=argparse.SUPPRESS)
    options.add_argument("--figures", type=Path, help="write what was found to this file")
    chosen = options.parse_args()
    if chosen.serve:
        return asyncio.run(serve(chosen.pages))
    return measure(chosen.pages).write(chosen.figures)


if __name__ == "__main__":
    main()
