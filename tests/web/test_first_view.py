"""The first view: few bytes, one round trip after the shell, nothing that jumps."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Page, expect

from tests.api.serving import Served
from tests.web.conftest import Demo, PageMaker
from tests.web.days import as_ada
from tests.web.every_view import VIEWS, pretend
from tests.web.fifty import MENTEE, served_fifty

pytestmark = [pytest.mark.browser, pytest.mark.slow]
MOST_BYTES = 100_000
FOR_SOME = {"ask /v1/crawl-requests", "ask /v1/sign-in/methods"}
"""What is asked for coordinators alone, or for nobody: who is signed in must be known before."""
SHIFTS = """
    window.__moved = [];
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries())
        if (!entry.hadRecentInput) __moved.push([entry.value, ...entry.sources.map(({node}) => node?.outerHTML?.slice(0, 120))]);
    }).observe({type: "layout-shift", buffered: true});
"""


@dataclass
class Wire:
    """What went over the wire for a page: each request's address, who began it, and its bytes with all headers."""

    urls: dict[str, str] = field(default_factory=dict)
    begun_by: dict[str, str] = field(default_factory=dict)
    sizes: dict[str, int] = field(default_factory=dict)
    order: list[str] = field(default_factory=list)
    """`ask /v1/…` and `end /v1/…` as they happened."""

    def asked(self, event: dict[str, Any]) -> None:
        name, url = event["requestId"], re.sub(r"^\w+://[^/]+", "", event["request"]["url"])
        self.urls[name] = url
        self.begun_by[name] = event["initiator"]["type"]
        self.order.append(f"ask {url}")

    def ended(self, event: dict[str, Any]) -> None:
        self.sizes[event["requestId"]] = round(event["encodedDataLength"])
        self.order.append(f"end {self.urls.get(event['requestId'], '?')}")

    def forget(self) -> None:
        for kept in (self.urls, self.begun_by, self.sizes, self.order):
            kept.clear()

    def bytes_of(self, matches: str) -> int:
        return sum(size for name, size in self.sizes.items() if re.match(matches, self.urls.get(name, "?")))

    def waited(self) -> list[str]:
        """Questions to the API that began when another had been answered, and modules that another module led to."""
        first = next((at for at, what in enumerate(self.order) if what.startswith("end /v1/")), len(self.order))
        late = [what for what in self.order[first:] if what.startswith("ask /v1/")]
        return late + [url for name, url in self.urls.items() if url.endswith("js") and self.begun_by[name] != "parser"]


def watched(page: Page) -> Wire:
    """Listen to what goes over the wire from now on."""
    wire = Wire()
    session = page.context.new_cdp_session(page)
    session.on("Network.requestWillBeSent", wire.asked)
    session.on("Network.loadingFinished", wire.ended)
    session.send("Network.enable")
    page.add_init_script(SHIFTS)
    return wire


def settled(page: Page) -> None:
    expect(page.get_by_role("heading", level=1).first).to_be_visible()
    expect(page.locator(".bones")).to_have_count(0)
    page.wait_for_timeout(100)  # what is asked too late is asked as soon as something is drawn


@pytest.fixture(scope="module")
def fifty(upgraded_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with served_fifty(upgraded_file, tmp_path_factory.mktemp("fifty")) as running:
        yield running


@pytest.mark.parametrize("locale", ["en-GB", "es-ES"])
def test_fifty_rows_and_the_shell_are_under_100_kb_in_one_round_trip_and_nothing_jumps(
    new_page: PageMaker, fifty: Served, locale: str, record_property: Any
) -> None:
    """A first visit, with nothing kept: what `Network.loadingFinished` counts, headers and all."""
    page = new_page(locale=locale)
    wire = watched(page)
    as_ada(page, fifty, f"/mentees/{MENTEE}")
    expect(page.locator(".rows > li")).to_have_count(50)
    settled(page)
    assert page.evaluate("document.documentElement.lang") == locale[:2]
    sizes = {"answers": wire.bytes_of("/v1/"), "shell": wire.bytes_of("/(?!v1/)"), "requests": len(wire.sizes)}
    record_property("first view", sizes)
    assert sizes["answers"] > 10_000
    assert sizes["answers"] + sizes["shell"] < MOST_BYTES, sizes
    assert wire.waited() == []
    assert page.evaluate("__moved") == []


def test_every_view_asks_all_it_needs_at_once_and_none_jumps(
    page: Page, demo: Demo, sign_in: Any, named: dict[str, str]
) -> None:
    sign_in(page, "/nowhere")
    pretend(page)
    wire = watched(page)
    trouble = {}
    for view in VIEWS:
        if view.signed_out:
            page.context.clear_cookies()
        wire.forget()
        page.goto(view.address(demo, named))
        settled(page)
        if found := [what for what in wire.waited() if what not in FOR_SOME] + page.evaluate("__moved"):
            trouble[view.name] = found
    assert not trouble, "\n".join(f"{name}: {found}" for name, found in trouble.items())


def test_what_is_sent_is_compressed_tagged_and_not_sent_twice(demo: Demo) -> None:
    address = f"{demo.url}/assets/main.js"
    plain = httpx.get(address, headers={"Accept-Encoding": "identity"})
    for encoding in ("br", "gzip"):
        answer = httpx.get(address, headers={"Accept-Encoding": f"{encoding}, deflate"})
        assert answer.headers["content-encoding"] == encoding
        assert answer.headers["vary"] == "Accept-Encoding"
        assert answer.text == plain.text
        assert int(answer.headers["content-length"]) < len(plain.content) / 2
        assert answer.headers["etag"] != plain.headers["etag"]
        again = httpx.get(address, headers={"Accept-Encoding": encoding, "If-None-Match": answer.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")
    assert "content-encoding" not in httpx.get(address, headers={"Accept-Encoding": "br;q=0"}).headers
    assert httpx.get(f"{demo.url}/assets/nothing.js").status_code == 404


def test_answers_are_compressed_each_way_with_a_tag_of_its_own(demo: Demo) -> None:
    ways = {way: httpx.get(f"{demo.url}/v1/coverage", headers={"Accept-Encoding": way}) for way in ("br", "gzip", "x")}
    assert [answer.headers.get("content-encoding") for answer in ways.values()] == ["br", "gzip", None]
    assert len({answer.headers["etag"] for answer in ways.values()}) == 3
    assert all(answer.json()["items"] == ways["x"].json()["items"] for answer in ways.values())
    long = [int(answer.headers["content-length"]) for answer in ways.values()]
    assert long[0] < long[1] < long[2]


def test_the_worker_keeps_the_shell_and_no_answer(demo: Demo) -> None:
    worker = httpx.get(f"{demo.url}/sw.js")
    assert worker.headers["content-type"].startswith("text/javascript")
    kept = worker.text.split("\n")[0]
    assert "/assets/words/es.json" in kept
    assert "/assets/views/mentee.js" in kept
    assert "/v1" not in kept
