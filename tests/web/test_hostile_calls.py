"""What hostile pages say, crawled, kept and served, in a real browser: text in every view, and nothing else.

The corpus is served by a site, read by the real crawler, and asked for by the real page.
"""

import html
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, Request, expect
from sqlalchemy import Engine
from sqlmodel import select

from catalog.database import reading, writing
from catalog.stores.watching import watch_page
from catalog.tables import Opportunity
from crawlers.process import run_crawl
from crawlers.samples import exchange
from crawlers.samples.server import running
from crawlers.samples.web import Web
from recommender.indexing import index
from recommender.service import Recommender
from tests.api.conftest import populate
from tests.api.serving import PASSWORD, Served, serving
from tests.builders import NOW, make_opportunity, save
from tests.crawlers.crawling import AS_OF, order
from tests.recommender.embedding import WordEmbedder
from tests.web.conftest import PageMaker

pytestmark = [pytest.mark.browser, pytest.mark.slow]
CORPUS = [
    "<script>window.__pwned=1</script>",
    "<img src=x onerror='window.__pwned=1'>",
    "<svg onload=window.__pwned=1>",
    "<svg><script href='data:,window.__pwned=1'></script></svg>",
    '"><script>window.__pwned=1</script>',
    "</title><script>window.__pwned=1</script>",
    "</textarea></noscript></style><script>window.__pwned=1</script>",
    "<iframe srcdoc='<script>parent.__pwned=1</script>'></iframe>",
    "<a href='javascript:window.__pwned=1'>Apply</a>",
    "<math><mtext><table><mglyph><style><img src=x onerror=window.__pwned=1>",
    '<noscript><p title="</noscript><img src=x onerror=window.__pwned=1>">',
    "<meta http-equiv=refresh content='0;url=javascript:window.__pwned=1'>",
    "<base href='https://collector.example.org/'><script src=x.js></script>",
    "{{constructor.constructor('window.__pwned=1')()}} ${window.__pwned=1}",
    "<object data='data:text/html,<script>parent.__pwned=1</script>'></object>",
    "<details open ontoggle=window.__pwned=1><input autofocus onfocus=window.__pwned=1>",
    "<style>@import 'https://collector.example.org/x.css';</style><link rel=stylesheet href=//collector.example.org>",
    "\\u003cscript\\u003ewindow.__pwned=1\\u003c/script\\u003e &lt;script&gt;window.__pwned=1&lt;/script&gt;",
]
PAGE = """<html lang="en"><head><title>Fellowship {number} {escaped}</title>
<script type="application/ld+json">{{"@type": "Organization", "name": "{name}", "url": "javascript:window.__pwned=1"}}</script>
</head><body><main><h1>Fellowship {number} {escaped}</h1><p>The Example Academy {escaped} invites applications for a
one-year fellowship in surgery {raw} in Nairobi, Kenya.</p><p>Applicants must be residents {escaped}.</p>
<p>Fellows receive a stipend of USD 2,000 {escaped}.</p><p>Application deadline: 31 May 2027 {escaped}</p>
<p><a href="javascript:window.__pwned=1">Apply</a></p></main></body></html>"""
LOOK_ALIKE = "https://\u0440\u0430ypal.example.org/fellowship"
FOREIGN = "main script, main img:not([src^='/assets/']), main iframe, main object, main style, main meta, [href^='javascript:']"
PATIENCE = 30_000  # ms, on a busy machine


class Hostile:
    """A site with one page for each of the corpus."""

    def answer(self, request: exchange.Request) -> exchange.Response | None:
        number = int(request.path.strip("/") or 0)
        said = CORPUS[number]
        return exchange.page(
            PAGE.format(
                number=number, escaped=html.escape(said), raw=said, name=said.replace("\\", "\\\\").replace('"', '\\"')
            )
        )


@pytest.fixture
def crawled(sqlite_url: str, sqlite_engine: Engine, tmp_path: Path) -> Iterator[Served]:
    """A service over what a crawl of the corpus gave."""
    populate(sqlite_engine)
    save(sqlite_engine, make_opportunity(id="opp_look_alike", title="Fellowship of look-alikes", url=LOOK_ALIKE, rev=2))
    with writing(sqlite_engine) as session:
        for number in range(len(CORPUS)):
            address = f"https://hostile.example.org/{number}"
            watch_page(session, address, kind=None, organisation=CORPUS[number][:200], added_by=None, now=AS_OF)
    with running(Web({"hostile.example.org": Hostile()}, AS_OF.date())) as site:
        run_crawl(order(sqlite_url, site.port, "page_watch", spider_modules=["crawlers.sources"], data_dir=tmp_path))
    embedder = WordEmbedder()
    index(sqlite_engine, embedder, NOW)
    with serving(sqlite_url, load=lambda: Recommender(sqlite_engine, embedder, look_again_after=0.0)) as service:
        yield service


def test_what_a_hostile_page_says_is_text_in_every_view(crawled: Served, new_page: PageMaker) -> None:
    with reading(crawled.engine) as session:
        calls = {one.title: one.id for one in session.exec(select(Opportunity)) if one.title.startswith("Fellowship")}
    assert len(calls) > len(CORPUS) * 0.8, "nearly all of the corpus was taken for fellowships"
    page, elsewhere = new_page(), list[str]()
    page.on("request", lambda asked: _note(asked, crawled.url, elsewhere))
    _sign_in(page, crawled.url)
    for path in ("/opportunities", "/mentees/mte_ben", "/coverage", "/", "/sources"):
        _harmless(page, crawled.url + path)
    for title, call in calls.items():
        _harmless(page, f"{crawled.url}/opportunities/{call}")
        expect(page.get_by_role("heading", level=1)).to_contain_text(f"Fellowship {title.split()[1]}", timeout=PATIENCE)
    page.goto(f"{crawled.url}/opportunities/opp_look_alike")
    expect(page.get_by_text("xn--ypal-43d9g.example.org").first).to_be_visible(timeout=PATIENCE)
    assert elsewhere == []


def _note(asked: Request, ours: str, elsewhere: list[str]) -> None:
    if not asked.url.startswith((ours, "data:", "blob:")):
        elsewhere.append(asked.url)


def _sign_in(page: Page, url: str) -> None:
    page.goto(url)
    page.get_by_label("E-mail").fill("ada@lakeside.example.org")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("navigation", name="Sections").wait_for()


def _harmless(page: Page, address: str) -> None:
    page.goto(address)
    expect(page.get_by_role("heading", level=1)).to_be_visible(timeout=PATIENCE)
    expect(page.get_by_text("Loading")).to_have_count(0, timeout=PATIENCE)
    found = "(foreign) => [window.__pwned, document.querySelectorAll(foreign).length]"
    assert page.evaluate(found, FOREIGN) in ([None, 0], [0]), address
