"""WordPress sites whose posts hold no text in the interface: a page builder (Elementor) keeps it to the page.

`/wp-json/wp/v2/posts` says which posts there are; each post's own page is fetched and read. What the
list already rules out (a roundup, a category of what has expired) costs no request.
"""

from collections.abc import Iterator
from typing import Any, ClassVar

from scrapy import Request
from scrapy.http import Response

from crawlers.bases import prose
from crawlers.bases.json_api import Record, json_in
from crawlers.bases.links import host_of
from crawlers.bases.moments import instant_in
from crawlers.bases.organisers import of_the_call
from crawlers.bases.refusal import ROUNDUP
from crawlers.bases.saved import Found, Saved
from crawlers.bases.wordpress import WordPressSource, rendered, terms_of
from crawlers.reading.kinds import is_roundup


class WordPressPagesSource(WordPressSource, base=True):
    """Reads the pages of the newest posts. `left_out` holds the ids of categories not to ask for."""

    left_out: ClassVar[tuple[int, ...]] = ()

    def request(self, page: int) -> Request:
        """One page of posts, without the categories that are left out."""
        asked = super().request(page)
        numbers = "%2C".join(map(str, self.left_out))
        return asked.replace(url=f"{asked.url}&categories_exclude={numbers}") if numbers else asked

    def parse(self, response: Response, **context: Any) -> Iterator[Found | Request]:
        """Read a post's page; of a list, refuse what its titles rule out and follow the others."""
        saved = self.saved(response, **context)
        if self.is_page(saved):
            yield from self.read(saved)
            return
        for record in self.records(json_in(saved.body)):
            key, url, title = self.described(record)
            if is_roundup(title):
                yield self.refuse(key=key, url=url, title=title, reason=f"{ROUNDUP}: many things at once")
            elif host_of(url) in self.hosts:
                yield Request(url, cb_kwargs={"record": brief(record)})
        yield from self.follow(saved, response)

    def read(self, saved: Saved) -> Iterator[Found]:
        """Read the page of one post, or the posts of a list as far as the list tells."""
        if self.is_page(saved):
            yield self.read_post(saved)
        else:
            yield from super().read(saved)

    def is_page(self, saved: Saved) -> bool:
        """Whether a body is the page of a post, not an answer of the interface."""
        return host_of(saved.url) in self.hosts and saved.body.lstrip()[:1] == b"<"

    def read_post(self, saved: Saved) -> Found:
        """One post's page as a draft, or the reason why not; `saved.context["record"]` is what the list said."""
        record: Record = saved.context.get("record") or {}
        document = prose.page_of(saved)
        title = rendered(record.get("title")) or document.heading or document.title
        key = str(record.get("id") or saved.url)
        if is_roundup(title):
            return self.refuse(key=key, url=saved.url, title=title, reason=f"{ROUNDUP}: many things at once")
        judged = prose.judged(document, as_of=saved.as_of, day_first=self.day_first)
        if judged.refused or judged.kind is None:
            return self.refuse(key=key, url=saved.url, title=title, reason=judged.refused)
        text = prose.text_of(document)
        return self.draft(
            saved,
            key=key,
            url=saved.url,
            title=title,
            kind=judged.kind,
            summary=document.meta.get("description") or text,
            description=text,
            tags=tuple(record.get("terms") or ()),
            read=of_the_call(judged.fields, document) if self.aggregates else judged.fields,
            published_at=instant_in(record.get("date_gmt")),
            modified_at=instant_in(record.get("modified_gmt")),
        )


def brief(record: Record) -> Record:
    """What the list says of a post that its page may not, small enough to travel with the request."""
    kept = {name: record.get(name) for name in ("id", "date_gmt", "modified_gmt", "title")}
    return kept | {"terms": list(terms_of(record))}
