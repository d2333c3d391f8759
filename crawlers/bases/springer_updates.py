"""The updates of a Springer Nature journal (`link.springer.com/journal/<number>/updates`): cards, some of them calls.

A card's text states the deadline ("Submission Deadline: February 1, 2027", "Submissions due: …"); news
and notes to authors stand beside the calls. Which journal it is, the number in the address says.
"""

import re
from collections.abc import Mapping
from typing import ClassVar

from catalog.words import Kind
from crawlers.bases import prose
from crawlers.bases.links import path_of
from crawlers.bases.listing import Card, ListingSource
from crawlers.bases.refusal import ARTICLE
from crawlers.bases.saved import Found, Saved

_CALLS = re.compile(
    r"\bcalls? for (?:papers|submissions|manuscripts)\b|\bspecial issue\b|\b(?:topical |article )?collection\b"
    r"|\bsubmission deadline\b|\bsubmissions due\b|\bsubmission system closes\b",
    re.I,
)
_FOR_EDITORS = re.compile(r"\b(?:reviewers?|(?:associate|guest|section) editors?|editorial board)\b", re.I)
_NUMBER = re.compile(r"/journal/(\d+)/")


class SpringerUpdatesSource(ListingSource, base=True):
    """Reads the cards of each journal's updates; `journals` names them by their numbers."""

    journals: ClassVar[Mapping[str, str]]
    required = (*ListingSource.required, "journals")
    item = "article.app-card-highlight"
    fields: ClassVar[dict[str, str]] = {
        "title": "a.app-card-highlight__heading-link",
        "url": "a.app-card-highlight__heading-link::attr(href)",
        "text": "div.app-card-highlight__text",
    }
    next_page = "a[rel=next]::attr(href)"

    def read_card(self, card: Card, saved: Saved) -> Found:
        """A call with the deadline that its card states, or a refusal of any other update."""
        url, title = card["url"], card["title"]
        if not _CALLS.search(f"{title}\n{card['text']}") or _FOR_EDITORS.search(title):
            reason = f"{ARTICLE}: an update that calls for no papers"
            return self.refuse(key=url, url=url, title=title, reason=reason)
        document = prose.document_of(card["text"], title=title, url=url)
        number = _NUMBER.search(path_of(card["found_on"]) or path_of(url))
        return self.draft(
            saved,
            key=url,
            url=url,
            title=title,
            kind=Kind.JOURNAL_CALL,
            organisation=self.journals.get(number[1], "") if number else "",
            summary=card["text"],
            description=card["text"],
            language="en",
            read=prose.fields_in(document, as_of=saved.as_of, day_first=self.day_first, kind=Kind.JOURNAL_CALL),
        )
