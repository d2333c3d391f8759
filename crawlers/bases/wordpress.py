"""Sources that are WordPress sites, read through their REST interface (`/wp-json/wp/v2/posts`).

`date` is the site's local time; `*_gmt` are UTC without saying so. Roundups ("20 fellowships
currently open") are refused by the leading count of their title. The number of pages is in the
header `X-WP-TotalPages`; the page after the last answers 400.
"""

from collections.abc import Iterable, Iterator
from typing import Any, ClassVar
from urllib.parse import urlencode

from scrapy import Request
from scrapy.http import Response

from crawlers.bases import prose
from crawlers.bases.json_api import JsonApiSource, Record, listed
from crawlers.bases.links import host_of
from crawlers.bases.moments import instant_in
from crawlers.bases.organisers import with_organiser
from crawlers.bases.refusal import ROUNDUP
from crawlers.bases.saved import Found, Saved
from crawlers.bases.source import Unreadable
from crawlers.reading.kinds import is_roundup


class WordPressSource(JsonApiSource, base=True):
    """Reads the newest posts. `site` is the address before `/wp-json`; `collection` is posts or an own type."""

    site: ClassVar[str]
    required = (*JsonApiSource.required, "site")
    shows_all = False
    collection: ClassVar[str] = "posts"
    page_size: ClassVar[int] = 50
    most_pages: ClassVar[int] = 4  # older posts are past; a change to one moves it to the front

    def request(self, page: int) -> Request:
        """One page of posts, the last modified first, with the names of their terms."""
        asked = {"per_page": self.page_size, "page": page, "_embed": 1, "orderby": "modified", "order": "desc"}
        return Request(f"{self.site}/wp-json/wp/v2/{self.collection}?{urlencode(asked)}")

    def records(self, answer: Any) -> list[Record]:
        """The posts (a single one is a list of one), or the error in words."""
        if isinstance(answer, dict) and "id" in answer and "link" in answer:
            return [answer]
        if not isinstance(answer, list):
            message = answer.get("message") if isinstance(answer, dict) else answer
            raise Unreadable(f"WordPress gave no posts but {str(message)[:200]!r}")
        return answer

    def follow(self, saved: Saved, response: Response) -> Iterable[Request]:
        """Ask for the next page while the header counts more."""
        page = int(saved.context.get("page", 1))
        total = int((response.headers.get("X-WP-TotalPages") or b"1").decode("latin-1") or 1)
        if page < min(total, self.most_pages):
            yield self.numbered(page + 1)

    def describe(self, record: Record) -> tuple[str, str, str]:
        """Key, address and title."""
        return str(record.get("id", "")), str(record.get("link", "")), rendered(record.get("title"))

    def read_record(self, record: Record, saved: Saved) -> Found:
        """One post as a draft, or the reason why not."""
        key, url, title = self.describe(record)
        if is_roundup(title):
            return self.refuse(key=key, url=url, title=title, reason=f"{ROUNDUP}: many things at once")
        published = instant_in(record.get("date_gmt") or record.get("date"))
        markup = (record.get("content") or {}).get("rendered") or ""
        document = prose.document_of(markup, title=title, url=url, published=published.date() if published else None)
        judged = prose.judged(document, as_of=saved.as_of, day_first=self.day_first)
        if judged.refused or judged.kind is None:
            return self.refuse(key=key, url=url, title=title, reason=judged.refused)
        excerpt = prose.text_of((record.get("excerpt") or {}).get("rendered") or "")
        text = prose.text_of(document)
        return self.draft(
            saved,
            key=key,
            url=url,
            title=title,
            kind=judged.kind,
            summary=excerpt.removesuffix("[…]").strip() or text,
            description=text,
            tags=tuple(terms_of(record)),
            external_ids={"wordpress": f"{host_of(url)}/{key}"},
            read=with_organiser(judged.fields, document) if self.aggregates else judged.fields,
            published_at=published,
            modified_at=instant_in(record.get("modified_gmt")),
        )


def rendered(field: Any) -> str:
    """A rendered text field with its entities resolved."""
    return prose.line_of(str(field.get("rendered", "") if isinstance(field, dict) else field or ""))


def terms_of(record: Record) -> Iterator[str]:
    """The names of a post's categories and tags, as `_embed` carries them."""
    seen: set[str] = set()
    for group in (record.get("_embedded") or {}).get("wp:term") or []:
        for term in listed(group):
            name = prose.line_of(str(term.get("name", ""))) if isinstance(term, dict) else ""
            if name and name not in seen and name.lower() != "uncategorized":
                seen.add(name)
                yield name
