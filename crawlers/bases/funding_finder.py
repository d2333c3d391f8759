"""The list of UKRI's Funding Finder: each card states a call's type, funders, opening and closing.

Only calls whose stated type is a fellowship are kept: a person holds one, an organisation every other type.
"""

from typing import ClassVar

from catalog.words import Kind
from crawlers.bases import prose
from crawlers.bases.listing import Card, ListingSource
from crawlers.bases.refusal import NOT_FOR_A_PERSON
from crawlers.bases.saved import Found, Saved

_ROW = '.opportunity__summary .govuk-table__row:contains("{}:") dd'
_DATES = {"opens": "Opening date", "closes": "Closing date"}


class FundingFinderSource(ListingSource, base=True):
    """Reads the cards of the list; a call's own page is not asked for."""

    item = "div.opportunity"
    fields: ClassVar[dict[str, str]] = {
        "title": "a.ukri-funding-opp__link",
        "url": "a.ukri-funding-opp__link::attr(href)",
        "summary": "div.entry-content",
        "type": _ROW.format("Funding type"),
        "funders": _ROW.format("Funders"),
        **{name: _ROW.format(label) for name, label in _DATES.items()},
    }
    next_page = "a.next.page-numbers::attr(href)"

    def read_card(self, card: Card, saved: Saved) -> Found:
        """A fellowship with the dates that its card states, or a refusal that names the type."""
        url, title = card["url"], card["title"]
        if "fellowship" not in card["type"].lower():
            reason = f"{NOT_FOR_A_PERSON}: its funding type is {card['type'] or 'not stated'}"
            return self.refuse(key=url, url=url, title=title, reason=reason)
        dates = [f"{label}: {card[name]}" for name, label in _DATES.items() if card[name]]
        document = prose.document_of("\n\n".join((card["summary"], *dates)), title=title, url=url)
        return self.draft(
            saved,
            key=url,
            url=url,
            title=title,
            kind=Kind.FELLOWSHIP,
            organisation="" if "," in card["funders"] else card["funders"],
            summary=card["summary"],
            description=prose.text_of(document),
            language="en",
            read=prose.fields_in(document, as_of=saved.as_of, day_first=self.day_first, kind=Kind.FELLOWSHIP),
        )
