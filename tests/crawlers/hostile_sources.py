"""One small source for each scenario of the hostile server, all with the same reader."""

from collections.abc import Iterable, Iterator

from scrapy import Request
from scrapy.http import HtmlResponse, Response

from catalog.words import Kind, Way
from crawlers.bases.saved import Found, Saved
from crawlers.bases.source import Source, Unreadable

SCENARIOS = [
    "steady",
    "exempt",
    "robots_500",
    "robots_login",
    "robots_silent",
    "robots_denies",
    "crawl_delay",
    "wait_two",
    "wait_junk",
    "wait_day",
    "to_loopback",
    "to_decimal",
    "to_mapped",
    "to_file",
    "to_elsewhere",
    "meta_refresh",
    "redirect_loop",
    "bomb",
    "big",
    "big_unsaid",
    "drip",
    "cut_off",
    "garbage",
    "challenge",
    "denied",
    "server_error",
    "not_ours",
    "empty",
    "endless",
    "login_wall",
    "soft_404",
    "unauthorised",
    "legal",
    "gone",
    "half_json",
    "binary",
    "pdf",
    "long_headers",
    "bomb_twice",
    "charset_lie",
    "control",
    "read_more",
    "session_ids",
    "alpha",
    "beta",
    "gamma",
    "delta",
]


class Listing(Source, base=True):
    """Reads `<ul class=calls>` and follows `rel=next`."""

    def first_requests(self) -> Iterable[Request]:
        yield Request(f"http://{self.hosts[0]}/calls", dont_filter=True)

    def read(self, saved: Saved) -> Iterator[Found]:
        page = HtmlResponse(saved.url, body=saved.body, encoding="utf-8")
        if not page.css("ul.calls"):
            raise Unreadable("there is no list of calls")
        for row in page.css("ul.calls li"):
            key, title = row.attrib["id"], row.css("::text").get("")
            if title.startswith("Refuse"):
                yield self.refuse(key=key, url=saved.url, title=title, reason="roundup")
            else:
                yield self.draft(saved, key=key, url=f"http://{self.hosts[0]}/{key}", title=title, kind=Kind.FELLOWSHIP)

    def follow(self, saved: Saved, response: Response) -> Iterable[Request]:
        for link in response.css("a[rel=next]::attr(href)"):
            yield response.follow(link.get())


def _source(name: str) -> type[Source]:
    facts = {
        "__module__": __name__,
        "name": name,
        "title": f"The {name} source",
        "organisation": "Example Trust",
        "kinds": (Kind.FELLOWSHIP,),
        "way": Way.LISTING,
        "homepage": f"http://{name.replace('_', '-')}.example.org/",
        "hosts": (f"{name.replace('_', '-')}.example.org",),
        "terms": "invented for tests",
        "min_items": 0 if name == "meta_refresh" else 1,
        "max_pages": 10 if name in ("endless", "session_ids") else 200,
        "robots_exemption": "a documented API of the tests" if name == "exempt" else "",
    }
    return type(name.title().replace("_", ""), (Listing,), facts)


for _name in SCENARIOS:
    globals()[_name.title()] = _source(_name)


class Keyed(Listing):
    """Disabled until its key is set; its key is part of every address."""

    name = "keyed"
    title = "The source with a key"
    organisation = "Example Trust"
    kinds = (Kind.FELLOWSHIP,)
    way = Way.LISTING
    homepage = "http://keyed.example.org/"
    hosts = ("keyed.example.org",)
    terms = "invented for tests"
    min_items = 1
    needs = ("keyed_api_key",)

    def first_requests(self) -> Iterable[Request]:
        yield Request(f"http://keyed.example.org/calls?key={self.needed['keyed_api_key']}")


class Inside8080(_source("inside_8080")):  # type: ignore[misc]
    """Asks a port that public sites use, so that only the resolver stands between it and loopback."""

    __module__ = __name__
    name = "inside_8080"
    port = 8080

    def first_requests(self) -> Iterable[Request]:
        yield Request(f"http://{self.hosts[0]}:{self.port}/calls")


class Inside8443(Inside8080):
    name = "inside_8443"
    port = 8443


class InsideTls(_source("inside_tls")):  # type: ignore[misc]
    """Asks by https; exempt, so that the first thing it meets is the certificate."""

    __module__ = __name__
    name = "inside_tls"
    robots_exemption = "a documented API of the tests"

    def first_requests(self) -> Iterable[Request]:
        yield Request(f"https://{self.hosts[0]}:8443/calls")
