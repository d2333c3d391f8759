"""An invented site of many pages, and a server for it in a process of its own: what crawls are measured on.

    python bench/site.py --pages 2000 --mix mixed     # prints its port, serves until standard input closes

Of a hundred pages, so many present a call; the others are what such sites hold besides: news,
people, departments, advice. Every page stands in about 12 kB of header, menu and footer, as pages do.
"""

import argparse
import asyncio
import datetime as dt
import random
import sys
from collections.abc import Iterator

HOST = "calls.example.org"
BORN = dt.date(2026, 11, 1)
MIXES = {"few": 5, "mixed": 20, "calls": 100, "news": 0, "lists": 0}
"""Calls in a hundred pages. `few` is a site found by its sitemap, `calls` the details behind a list of calls
(each page read whole), `lists` lists of twenty cards, each a call to be read."""
CARDS = 20

_FIELDS = ("paediatric cardiology", "global surgery", "rural nursing", "medical education", "infectious disease")
_PLACES = ("Nairobi, Kenya", "Lyon, France", "Lima, Peru", "Pune, India", "Leeds, United Kingdom")
_TEXT = (
    "the department works with partner hospitals on training research care teaching patients outcomes community "
    "clinical trial data quality ward team families students library meeting report results study group centre "
    "regional network visit lecture project history building science public record service support year people"
)
_WORDS = _TEXT.split(" ")


def pages(count: int, mix: str) -> Iterator[tuple[str, bytes]]:
    """The path and body of each page; the same for the same arguments."""
    for number in range(count):
        chooser = random.Random(number)
        if mix == "lists":
            yield f"/list-{number}.html", page(f"Opportunities, part {number}", _cards(number, chooser), chooser)
        elif number % 100 * MIXES[mix] % 100 < MIXES[mix]:
            field = chooser.choice(_FIELDS)
            yield f"/programme-{number}.html", page(f"Fellowship in {field} {number}", _call(field, chooser), chooser)
        else:
            title = f"{_sentence(chooser, 5)[:-1]} {number}"
            yield f"/medical-page-{number}.html", page(title, _prose(chooser), chooser)


def page(title: str, main: str, chooser: random.Random) -> bytes:
    """A whole page around its main part."""
    menu = "".join(f'<li class="menu-item"><a href="/s/{word}/">{word.title()}</a></li>' for word in _WORDS)
    foot = "".join(f"<p>{_sentence(chooser, 12)}</p>" for _ in range(6))
    styles = "".join(f".c{n}{{margin:{n}px;padding:{n}px;color:#{n:06x}}}" for n in range(60))
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title} | Example Trust</title>'
        f'<meta name="description" content="{_sentence(chooser, 14)}"><style>{styles}</style></head><body>'
        f'<header><a href="/">Example Trust</a><nav><ul>{menu}</ul></nav></header><main><h1>{title}</h1>{main}</main>'
        f"<aside><h2>More from us</h2><ul>{menu}</ul></aside><footer>{foot}<ul>{menu}</ul></footer>"
        f'<script>window.site = {{"page": "{title}", "parts": [{", ".join(map(str, range(300)))}]}}</script>'
        "</body></html>"
    ).encode()


def _sentence(chooser: random.Random, length: int) -> str:
    return " ".join(chooser.choices(_WORDS, k=length)).capitalize() + "."


def _prose(chooser: random.Random, paragraphs: int = 10) -> str:
    return "".join(
        f"<p>{' '.join(_sentence(chooser, chooser.randint(8, 20)) for _ in range(4))}</p>" for _ in range(paragraphs)
    )


def _call(field: str, chooser: random.Random) -> str:
    closes = BORN + dt.timedelta(days=chooser.randint(20, 300))
    begins = closes + dt.timedelta(days=60)
    return (
        f"<p>The Example Trust invites applications for its twelve-month fellowship in {field} in"
        f" {chooser.choice(_PLACES)}. The fellowship provides a stipend of £{chooser.randint(12, 40)},000"
        " and travel.</p>"
        f"{_prose(chooser, 3)}<h2>Who can apply</h2><ul><li>Residents and early career physicians</li>"
        "<li>Applicants must hold a medical degree</li><li>Nationals of low- and middle-income countries</li></ul>"
        f"<h2>Key dates</h2><dl><dt>Application deadline</dt><dd>{closes:%d %B %Y}, 17:00 GMT</dd>"
        f"<dt>Start date</dt><dd>{begins:%d %B %Y}</dd></dl>{_prose(chooser, 3)}"
        '<h2>How to apply</h2><p>Apply now with a <a href="/apply">CV and a letter</a>.</p>'
    )


def _cards(number: int, chooser: random.Random) -> str:
    cards = []
    for n in range(CARDS):
        closes = BORN + dt.timedelta(days=chooser.randint(20, 300))
        cards.append(
            f'<article class="card"><h3><a href="/c/{number}-{n}">Fellowship in {chooser.choice(_FIELDS)}'
            f' {number}-{n}</a></h3><p class="says">{_sentence(chooser, 18)}</p>'
            f'<p class="closes">Closing date: {closes:%d %B %Y}</p></article>'
        )
    return "".join(cards)


def sitemap(paths: list[str]) -> bytes:
    """The site's sitemap, so that both crawlers learn of the pages in the same way."""
    entries = "".join(f"<url><loc>http://{HOST}{path}</loc></url>" for path in paths)
    return f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{entries}</urlset>'.encode()


def answer(status: str, body: bytes, kind: str) -> bytes:
    """One answer as it goes over the wire."""
    head = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n"
    return head.encode() + body


class Site(asyncio.Protocol):
    """The least that is HTTP: answers lie ready, so that the server is never what is waited for."""

    def __init__(self, answers: dict[bytes, bytes]) -> None:
        self.answers = answers
        self.waiting = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep where answers go."""
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        """Answer every whole request that has come."""
        self.waiting += data
        while b"\r\n\r\n" in self.waiting:
            asked, _, self.waiting = self.waiting.partition(b"\r\n\r\n")
            path = asked.split(b" ", 2)[1]
            self.transport.write(self.answers.get(path, self.answers[b"/404"]))  # type: ignore[attr-defined]


async def serve(answers: dict[bytes, bytes]) -> None:
    """Serve on a free port, say which, and end when standard input does."""
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Site(answers), "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await asyncio.to_thread(sys.stdin.read)


def main() -> None:
    """Make the pages, then serve them."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--pages", type=int, default=2_000)
    options.add_argument("--mix", choices=MIXES, default="mixed")
    chosen = options.parse_args()
    made = dict(pages(chosen.pages, chosen.mix))
    answers = {path.encode(): answer("200 OK", body, "text/html; charset=utf-8") for path, body in made.items()}
    answers[b"/sitemap.xml"] = answer("200 OK", sitemap(list(made)), "application/xml")
    answers[b"/robots.txt"] = answer("200 OK", b"User-agent: *\nAllow: /\n", "text/plain")
    answers[b"/404"] = answer("404 Not Found", b"", "text/plain")
    asyncio.run(serve(answers))


if __name__ == "__main__":
    main()
