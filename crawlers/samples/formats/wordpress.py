"""A WordPress site's REST API as the sample web plays it, with the posts' own pages.

Titles and contents are `rendered` with entities, dates have no offset (the `_gmt` ones are UTC),
paging stands in the headers X-WP-Total and X-WP-TotalPages, and a page past the end is a 400.
"""

import datetime as dt
import html
from typing import Any

from crawlers.samples.content import SampleCall, Table
from crawlers.samples.dates import STYLES
from crawlers.samples.exchange import Request, Response, as_json, page
from crawlers.samples.prose import html_of, opening

HOSTS = ("opportunitydesk.org",)
_CATEGORIES = {
    "Fellowships and Scholarships": 21,
    "Internships and Trainings": 34,
    "Conferences and Workshops": 45,
    "Call for Papers": 58,
    "Search by Region": 63,
    "Tips and Advice": 70,
}
_OFFSET = dt.timedelta(hours=1)
"""The site's clock runs at UTC+1, so that `date` and `date_gmt` differ as they do on real sites."""
_BAD_PAGE = {
    "code": "rest_post_invalid_page_number",
    "message": "The page number requested is larger than the number of pages available.",
    "data": {"status": 400},
}


class Wire(Table):
    """What only this format carries.

    `raw` is appended as it stands, then a word of `long_word` letters; `twice` escapes title and content twice.
    """

    post: int
    category: str
    tags: tuple[str, ...] = ()
    raw: str = ""
    long_word: int = 0
    twice: bool = False


class WordPress:
    """The posts of one site, newest first."""

    def __init__(self, calls: tuple[SampleCall, ...]) -> None:
        pairs = [(call, Wire.model_validate(call.wire)) for call in calls]
        self._posts = sorted(pairs, key=lambda pair: (pair[0].modified.on, pair[1].post), reverse=True)

    def answer(self, request: Request) -> Response | None:
        """A page of posts, one post, or a post's own page."""
        route = request.path.rstrip("/")
        if request.path == "/" and request.parameter("rest_route"):
            route = "/wp-json" + request.parameter("rest_route").rstrip("/")
        if route == "/wp-json/wp/v2/posts":
            return self._page(request)
        for call, wire in self._posts:
            if route == f"/wp-json/wp/v2/posts/{wire.post}":
                return as_json(_post(call, wire, embedded=True), content_type="application/json; charset=UTF-8")
            if route == _path(call).rstrip("/"):
                return page(_own_page(call, wire), modified=call.modified)
        return None

    def _page(self, request: Request) -> Response:
        found = [pair for pair in self._posts if _wanted(pair, request)]
        size, number = request.number("per_page", 10), request.number("page", 1)
        if not 1 <= size <= 100:
            return as_json({"code": "rest_invalid_param", "message": "Invalid parameter(s): per_page",
                            "data": {"status": 400}}, 400)  # fmt: skip
        pages = -(-len(found) // size)
        if number < 1 or (number > pages and number > 1):
            return as_json(_BAD_PAGE, 400)
        shown = found[(number - 1) * size : number * size]
        embedded = "_embed" in request.parameters
        posts = as_json(
            [_post(call, wire, embedded) for call, wire in shown], content_type="application/json; charset=UTF-8"
        )
        return posts.with_headers(**{"X_WP_Total": str(len(found)), "X_WP_TotalPages": str(pages)})


def _wanted(pair: tuple[SampleCall, Wire], request: Request) -> bool:
    call, wire = pair
    categories = {int(part) for part in request.parameter("categories").split(",") if part.isdigit()}
    if categories and _CATEGORIES[wire.category] not in categories:
        return False
    after = request.parameter("modified_after")
    return not after or _modified(call).isoformat() > after.rstrip("Z")[:19]


def _published(call: SampleCall) -> dt.datetime:
    return call.posted.in_utc(dt.time(8, 30)).replace(tzinfo=None)


def _modified(call: SampleCall) -> dt.datetime:
    """UTC, naive as the API writes it. A revision is made in the first minute of its day."""
    revised = call.revised.in_utc(dt.time(0, 1)).replace(tzinfo=None) if call.revised else None
    return revised or _published(call)


def _path(call: SampleCall) -> str:
    return f"/{call.posted.on:%Y/%m/%d}/{call.id}/"


def _link(call: SampleCall) -> str:
    return f"https://{HOSTS[0]}{_path(call)}"


def _rendered(text: str, twice: bool = False) -> str:
    """A title as WordPress prints it: typographic quotes, dashes and ampersands as numeric entities."""
    shown = html.escape(text, quote=False).replace("&amp;", "&#038;")
    shown = shown.replace("'", "&#8217;").replace("\u2019", "&#8217;").replace("\u2013", "&#8211;")
    return html.escape(shown, quote=False) if twice else shown


def _content(call: SampleCall, wire: Wire) -> str:
    body = html_of(call.body) + ("\n" + wire.raw if wire.raw else "")
    if wire.long_word:
        body += f"<p>{('pneumono' * wire.long_word)[: wire.long_word]}</p>"
    return "\n" + (html.escape(body, quote=False) if wire.twice else body) + "\n"


def _post(call: SampleCall, wire: Wire, embedded: bool) -> dict[str, Any]:
    published, modified = _published(call), _modified(call)
    site = f"https://{HOSTS[0]}"
    slug = wire.category.lower().replace(" ", "-")
    post: dict[str, Any] = {
        "id": wire.post,
        "date": (published + _OFFSET).isoformat(),
        "date_gmt": published.isoformat(),
        "guid": {"rendered": f"{site}/?p={wire.post}"},
        "modified": (modified + _OFFSET).isoformat(),
        "modified_gmt": modified.isoformat(),
        "slug": call.id,
        "status": "publish",
        "type": "post",
        "link": _link(call),
        "title": {"rendered": _rendered(call.title, wire.twice)},
        "content": {"rendered": _content(call, wire), "protected": False},
        "excerpt": {"rendered": f"<p>{html.escape(opening(call.body))} [&hellip;]</p>\n", "protected": False},
        "author": 3,
        "featured_media": 0,
        "comment_status": "closed",
        "ping_status": "closed",
        "sticky": False,
        "template": "",
        "format": "standard",
        "meta": {"footnotes": ""},
        "categories": [_CATEGORIES[wire.category]],
        "tags": [1000 + number for number, _ in enumerate(wire.tags)],
        "class_list": [f"post-{wire.post}", "post", "type-post", "status-publish", "hentry", f"category-{slug}"],
        "acf": [],
        "_links": {"self": [{"href": f"{site}/wp-json/wp/v2/posts/{wire.post}"}]},
    }
    return post | {"_embedded": _embedded(wire)} if embedded else post


def _embedded(wire: Wire) -> dict[str, Any]:
    """What a post otherwise only refers to."""
    return {
        "author": [{"id": 3, "name": "Sample Editor", "slug": "sample-editor"}],
        "wp:term": [
            [_term(_CATEGORIES[wire.category], wire.category, "category")],
            [_term(1000 + number, tag, "post_tag") for number, tag in enumerate(wire.tags)],
        ],
    }


def _term(number: int, name: str, taxonomy: str) -> dict[str, Any]:
    slug = name.lower().replace(" ", "-")
    return {"id": number, "link": f"https://{HOSTS[0]}/{taxonomy}/{slug}/", "name": name, "slug": slug,
            "taxonomy": taxonomy}  # fmt: skip


def _own_page(call: SampleCall, wire: Wire) -> str:
    return f"""<!DOCTYPE html>
<html lang="{call.reads.language}"><head><meta charset="UTF-8"><title>{_rendered(call.title)} - Opportunity Desk</title>
<link rel="canonical" href="{_link(call)}"><link rel="https://api.w.org/" href="https://{HOSTS[0]}/wp-json/"></head>
<body class="single-post"><nav class="menu"><a href="/">Home</a> <a href="/category/fellowships/">Fellowships</a></nav>
<article class="post type-post hentry"><h1 class="entry-title">{_rendered(call.title)}</h1>
<span class="meta_date">{STYLES["mdy"](call.posted.on)}</span>
<div class="entry-content">{_content(call, wire)}</div></article>
<footer>Sample page</footer></body></html>
"""
