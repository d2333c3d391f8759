"""The job lists and detail pages of EURAXESS, the European Commission's portal for researchers.

A deadline is printed in the employer's zone and marked up as an instant: the instant is taken from
`datetime`, the zone from the text. On detail pages labels repeat (Country, City, Website): the
first of each tells of the employer, those of the work location stand under its own heading.
"""

import re
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from parsel import Selector

from catalog.drafts import Deadline, Moment, Place
from catalog.words import Kind, Precision, Timing
from crawlers.bases import prose
from crawlers.bases.listing import Card, ListingSource, first_text
from crawlers.bases.moments import deadline_from, instant_in, moment_in
from crawlers.bases.refusal import NO_KIND
from crawlers.bases.saved import Found, Saved
from crawlers.bases.zones import known_zone

_PRINTED_ZONE = re.compile(r"\(([A-Za-z]+(?:/[A-Za-z_]+)+|UTC)\)")
_NUMBER = re.compile(r"/(?:jobs|hosting|funding)/(\d+)")
_INTERNSHIP = re.compile(r"\b(?:intern(?:ship)?s?|trainee(?:ship)?s?|stagiaire|prácticas|praktikum)\b", re.I)
_FELLOWSHIP = re.compile(
    r"\b(?:fellow(?:ship)?s?|scholarships?|studentships?|bolsas?|bolseiro\w*|becas?|predoctoral"
    r"|early[- ]stage researcher|ESR|ph\.?\s?d\.?|doctora(?:l|te|nd|nt)\w*|dottorato|assegno di ricerca|post-?\s?doc\w*"
    r"|marie (?:sk\w+[- ])?curie|msca)\b",
    re.I,
)
_POSITIONS = {"PhD Positions", "Postdoc Positions"}
_ORDINARY = f"{NO_KIND}: an ordinary post"
_SECTIONS = ("offer-description", "requirements", "additional-information")


class EuraxessSource(ListingSource, base=True):
    """Reads cards and detail pages; keeps doctoral and postdoctoral fellowships and internships."""

    shows_all = False
    most_pages = 5  # of about forty: newest first, ten offers a page, three fields, within the budget of pages
    item = "article.ecl-content-item"
    fields: ClassVar[dict[str, str]] = {
        "title": "h3.ecl-content-block__title a",
        "url": "h3.ecl-content-block__title a::attr(href)",
        "organisation": "li.ecl-content-block__primary-meta-item a",
        "summary": "div.ecl-content-block__description",
        "places": "div.id-Work-Locations .ecl-text-standard",
        "field": "div.id-Research-Field .ecl-text-standard",
        "profile": "div.id-Researcher-Profile .ecl-text-standard",
        "deadline": "div.id-Application-Deadline .ecl-text-standard",
        "deadline_at": "div.id-Application-Deadline time::attr(datetime)",
    }
    next_page = "li.ecl-pagination__item--next a::attr(href)"
    detail = "h1.ecl-content-block__title"

    def read_card(self, card: Card, saved: Saved) -> Found:
        """What a list card says."""
        key, title = key_of(card["url"]), card["title"]
        kind = kind_of(title)
        if kind is None:
            return self.refuse(key=key, url=card["url"], title=title, reason=_ORDINARY)
        return self.draft(
            saved,
            key=key,
            url=card["url"],
            title=title,
            kind=kind,
            organisation=card["organisation"],
            summary=card["summary"],
            description=card["summary"],
            **calendar_of(card["deadline"], card["deadline_at"]),
            places=prose.places_of(card["places"]),
            tags=tuple(part for part in (card["field"], card["profile"]) if part),
            external_ids={"euraxess": key},
        )

    def read_detail(self, page: Selector, saved: Saved) -> Found:
        """What a detail page says; its canonical address is the job's."""
        url = page.css("link[rel=canonical]::attr(href)").get() or saved.url
        key, title = key_of(url), first_text(page, self.detail)
        labels = labels_of(page)
        kind = kind_of(title, labels.get("Positions", [""])[0])
        if kind is None:
            return self.refuse(key=key, url=url, title=title, reason=_ORDINARY)
        document = prose.document_of("\n".join(section(page, name) for name in _SECTIONS), title=title, url=url)
        _, starts = labelled_time(page, "Offer Starting Date")
        return self.draft(
            saved,
            key=key,
            url=url,
            title=title,
            kind=kind,
            organisation=labels.get("Organisation/Company", [""])[0],
            summary=prose.text_of(section(page, _SECTIONS[0])),
            description=prose.text_of(document),
            read=prose.fields_in(document, as_of=saved.as_of, day_first=True, kind=kind),
            **calendar_of(*labelled_time(page, "Application Deadline")),
            places=places_of(page),
            starts=_day_of(starts),
            tags=tuple(labels.get("Research Field", [])[:1] + labels.get("Researcher Profile", [])[:1]),
            external_ids={"euraxess": key},
            published_at=instant_in(page.css("meta[property='article:published_time']::attr(content)").get()),
        )


def kind_of(title: str, positions: str = "") -> Kind | None:
    """Fellowship or internship by the title, or by the positions that a detail page states; None for ordinary posts."""
    if _INTERNSHIP.search(title):
        return Kind.INTERNSHIP
    if _FELLOWSHIP.search(title) or any(name in positions for name in _POSITIONS):
        return Kind.FELLOWSHIP
    return None


def key_of(url: str) -> str:
    """The portal's number of an offer, which its address carries."""
    found = _NUMBER.search(url)
    return found[1] if found else url


def deadlines_of(printed: str, instant: str) -> tuple[Deadline, ...]:
    """The deadline as printed ("12 Apr 2026 - 23:59 (Europe/Brussels)") at the instant of its markup."""
    at = instant_in(instant) if instant else None
    if at is None:
        return ()
    found = _PRINTED_ZONE.search(printed)
    zone = (found and known_zone(found[1])) or "UTC"
    moment = Moment(
        precision=Precision.INSTANT, at=at, on=at.astimezone(ZoneInfo(zone)).date(), zone=zone, quote=printed or instant
    )
    return (deadline_from(moment, label="Application Deadline"),)


def calendar_of(printed: str, instant: str) -> dict[str, Any]:
    """Deadline and timing: an offer without the one says nothing of the other."""
    deadlines = deadlines_of(printed, instant)
    return {"deadlines": deadlines, "timing": Timing.FIXED if deadlines else Timing.UNKNOWN}


def labels_of(page: Selector) -> dict[str, list[str]]:
    """Every `dt` with the texts of its `dd`s, in order; labels repeat."""
    found: dict[str, list[str]] = {}
    for term in page.css("dl dt"):
        value = term.xpath("following-sibling::dd[1]")
        found.setdefault(first_text(term, "*"), []).append(first_text(value[0], "*") if value else "")
    return found


def labelled_time(page: Selector, label: str) -> tuple[str, str]:
    """The printed text and the `datetime` of the time beside a label."""
    time = page.xpath("(//dl/dt[contains(normalize-space(.), $label)]/following-sibling::dd[1]//time)[1]", label=label)
    return (first_text(time[0], "*"), time[0].attrib.get("datetime", "")) if time else ("", "")


def section(page: Selector, anchor: str) -> str:
    """The markup under a heading, up to the next heading of its rank."""
    heading = page.css(f"h2#{anchor}")
    if not heading:
        return ""
    after = heading.xpath("following-sibling::*")
    if not after:
        after = heading.xpath("../following-sibling::*")
    parts: list[str] = []
    for node in after:
        if node.root.tag == "h2" or node.css("h2[id]"):
            break
        parts.append(node.get())
    return "\n".join(parts)


def places_of(page: Selector) -> tuple[Place, ...]:
    """The work locations: countries and cities under their own heading, not the employer's address."""
    found: list[Place] = []
    block = Selector(section(page, "work-locations") or "<p></p>", type="html")
    labels = labels_of(block)
    cities = labels.get("City", [])
    for index, country in enumerate(labels.get("Country", [])):
        city = cities[index] if index < len(cities) else ""
        found.append(
            Place(country=prose.country_code(country), city=city, quote=", ".join(x for x in (city, country) if x))
        )
    return tuple(dict.fromkeys(found))


def _day_of(text: str) -> Moment | None:
    """A starting day; the portal writes noon UTC for "some time that day"."""
    moment = moment_in(text)
    return Moment(precision=Precision.DAY, on=moment.on, quote=moment.quote) if moment else None
