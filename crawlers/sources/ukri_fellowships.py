"""Fellowships of the United Kingdom's research councils, from the list of UKRI's Funding Finder."""

from typing import ClassVar

from catalog.words import Kind, Way
from crawlers.bases import prose
from crawlers.bases.listing import Card, ListingSource
from crawlers.bases.refusal import NOT_FOR_A_PERSON
from crawlers.bases.saved import Found, Saved

_ROW = '.opportunity__summary .govuk-table__row:contains("{}:") dd'
_DATES = {"opens": "Opening date", "closes": "Closing date"}


class UkriFellowships(ListingSource):
    name = "ukri_fellowships"
    title = "UKRI Funding Finder"
    organisation = "UK Research and Innovation"
    kinds = (Kind.FELLOWSHIP,)
    way = Way.LISTING
    homepage = "https://www.ukri.org/opportunity/"
    hosts = ("www.ukri.org",)
    terms = "https://www.ukri.org/about-us/terms-of-use/"
    entrances = ("https://www.ukri.org/opportunity/?filter_status%5B0%5D=open&filter_status%5B1%5D=upcoming",)
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
    day_first = True
    min_items = 1

    def read_card(self, card: Card, saved: Saved) -> Found:
        """A call whose stated type is a fellowship; all others are grants of organisations."""
        url, title = card["url"], card["title"]
        if "fellowship" not in card["type"].lower():
            reason = f"{NOT_FOR_A_PERSON}: its funding type is {card['type'] or 'not stated'}"
            return self.refuse(key=url, url=url, title=title, reason=reason)
        lines = [f"{label}: {card[name]}" for name, label in _DATES.items() if card[name]]
        document = prose.document_of("\n\n".join((card["summary"], *lines)), title=title, url=url)
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
