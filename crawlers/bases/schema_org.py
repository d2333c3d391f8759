"""What schema.org's words say of a thing that a page describes in JSON-LD: its kind, dates, places, price.

`location` may be a plain string, dates may lack a time, a page may carry several scripts. The
`validThrough` of a job is when the notice expires, which is not always the deadline, and says so.
"""

import re
from collections.abc import Iterator
from typing import Any

from catalog.drafts import Deadline, Money, Place
from catalog.identifiers import fitting_key
from catalog.vocabularies import is_country, is_currency
from catalog.words import Funding, Kind, MoneyPurpose, Outcome, Timing
from crawlers.bases import prose
from crawlers.bases.calendar_events import CalendarEvent
from crawlers.bases.events import why_not
from crawlers.bases.json_api import json_in, listed
from crawlers.bases.links import resolved
from crawlers.bases.moments import deadline_from, instant_in, moment_in
from crawlers.bases.refusal import NO_KIND
from crawlers.bases.saved import Saved
from crawlers.bases.source import Unreadable, finite
from crawlers.reading.document import Document

Thing = dict[str, Any]

UNTYPED = "thing without a type"
_DEEPEST = 5
_TAUGHT = {"Course", "CourseInstance", "EducationEvent"}
_ATTENDED = {"Event", "BusinessEvent", "Hackathon", "PublicationEvent"}
_OTHER_EVENTS = re.compile(
    r"^(?:Music|Sports|Theater|Comedy|Dance|Food|Festival|Sale|Screening|Social|Visual|Literary|Childrens).*"
)
_PROGRAMMES = {"EducationalOccupationalProgram", "WorkBasedProgram"}
_POSTS = {"JobPosting"}
_GRANTS = {"Grant", "MonetaryGrant"}
_INTERNSHIP = re.compile(
    r"\b(?:intern(?:ship)?s?|traineeships?|electives?|observerships?|clerkships?|externships?|shadowing)\b", re.I
)
_FELLOWSHIP = re.compile(
    r"\b(?:fellow(?:ship)?s?|scholarships?|post-?doc\w*|ph\.?d\.? (?:position|candidate)s?|studentships?)\b",
    re.I,
)


def document_in(saved: Saved) -> Document:
    """The page of a body, or of a JSON-LD file that stands alone."""
    if saved.body.lstrip()[:1] in (b"[", b"{"):
        things = [thing for thing in listed(json_in(saved.body)) if isinstance(thing, dict)]
        return Document(blocks=(), url=saved.url, structured=tuple({"@type": UNTYPED, **thing} for thing in things))
    if b"<" not in saved.body:
        raise Unreadable(f"neither a page nor JSON-LD: it begins {saved.body[:60]!r}")
    return prose.page_of(saved)


def things_in(document: Document) -> list[Thing]:
    """The described things that could be opportunities, in the page's order, those inside lists too."""
    return [thing for outer in document.structured for thing in _within(outer) if is_candidate(thing)]


def types_of(thing: Thing) -> set[str]:
    """The types of a thing without the address of the vocabulary."""
    return {str(name).rsplit("/", 1)[-1] for name in listed(thing.get("@type"))}


def is_candidate(thing: Thing) -> bool:
    """Whether a thing is of a type that is offered to people."""
    types = types_of(thing)
    known = _TAUGHT | _ATTENDED | _PROGRAMMES | _POSTS | _GRANTS | {UNTYPED}
    return bool(types & known) or any(_OTHER_EVENTS.match(name) and name.endswith("Event") for name in types)


def kind_of(thing: Thing, title: str) -> tuple[Kind | None, str]:
    """The kind of a thing, or the reason why it has none."""
    types = types_of(thing)
    if types & _GRANTS and thing.get("fundedItem") and not deadlines_of(thing):
        return None, f"{NO_KIND}: an award already made"  # a register names what was funded, a call by when to apply
    intern = "INTERN" in {str(word).upper() for word in listed(thing.get("employmentType"))}
    if types & (_POSTS | _PROGRAMMES | _GRANTS):
        if intern or _INTERNSHIP.search(title):
            return Kind.INTERNSHIP, ""
        if types & _GRANTS or _FELLOWSHIP.search(title):
            return Kind.FELLOWSHIP, ""
        return (Kind.WORKSHOP, "") if types & _PROGRAMMES else (None, f"{NO_KIND}: an ordinary post")
    if types & _TAUGHT:
        return Kind.WORKSHOP, ""
    if types & _ATTENDED:
        reason = why_not(CalendarEvent(uid="", title=title, description=str(thing.get("description") or "")))
        return (None, reason) if reason else (Kind.WORKSHOP, "")
    return None, f"{NO_KIND}: {', '.join(sorted(types))}"


def said_by(thing: Thing) -> dict[str, Any]:
    """The fields that the description states."""
    deadlines = deadlines_of(thing)
    found: dict[str, Any] = {
        "organisation": _names(thing.get("organizer") or thing.get("provider") or thing.get("hiringOrganization")),
        "deadlines": deadlines,
        "timing": Timing.FIXED if deadlines else Timing.UNKNOWN,
        "opens": moment_in(thing.get("applicationStartDate")),
        "starts": moment_in(_said_first(thing, "startDate")),
        "ends": moment_in(_said_first(thing, "endDate")),
        "places": tuple(_places(_said_first(thing, "location") or thing.get("jobLocation"))),
        "remote": _remote(thing),
        "published_at": instant_in(thing.get("datePosted") or thing.get("datePublished")),
        **_price(thing),
    }
    if isinstance(language := thing.get("inLanguage"), str):
        found["language"] = prose.language_code(language)
    if "EventCancelled" in str(thing.get("eventStatus", "")):
        found |= {"outcome": Outcome.CLOSED, "quotes": {"outcome": "eventStatus: EventCancelled"}}
    return found


def deadlines_of(thing: Thing) -> tuple[Deadline, ...]:
    """The stated deadline of application, or the day a post's notice expires."""
    stated = [moment_in(text) for text in listed(thing.get("applicationDeadline"))]
    if found := tuple(deadline_from(moment) for moment in stated if moment is not None):
        return found
    expires = moment_in(thing.get("validThrough")) if types_of(thing) & _POSTS else None
    return (deadline_from(expires, label="the notice expires (validThrough)"),) if expires else ()


def title_of(thing: Thing) -> str:
    """Its name or title."""
    return prose.line_of(str(thing.get("title") or thing.get("name") or ""))


def key_of(thing: Thing, page: str) -> str:
    """What tells a thing apart: its `@id` or address in full, since both may be relative to the page it is on.

    Without either (`_:b0` names nothing outside its page) its page, title and start do, wherever on the page it is.
    """
    names = (thing.get("@id"), thing.get("url"))
    name = next((name for name in names if isinstance(name, str) and name.strip() and not name.startswith("_:")), "")
    start = str(_said_first(thing, "startDate") or "")
    return fitting_key(resolved(page, name) if name else f"{page}#{' '.join((title_of(thing), start)).strip()}")


def url_of(thing: Thing, page: str) -> str:
    """Its own address, else the page's."""
    url = thing.get("url")
    return resolved(page, url) if isinstance(url, str) and url else page


def _within(thing: Thing, depth: int = 0) -> Iterator[Thing]:
    """A thing and those that it lists: `mainEntity` of a page, `itemListElement` of a list, `item` of its entries."""
    yield thing
    if depth < _DEEPEST:
        for name in ("mainEntity", "itemListElement", "item"):
            for inner in listed(thing.get(name)):
                if isinstance(inner, dict):
                    yield from _within(inner, depth + 1)


def _said_first(thing: Thing, name: str) -> Any:
    """What the thing says under a name, or the first of its course instances that says it."""
    instances = [thing, *(i for i in listed(thing.get("hasCourseInstance")) if isinstance(i, dict))]
    return next((instance[name] for instance in instances if instance.get(name)), None)


def _names(value: Any) -> str:
    names = [str(one.get("name") or "") if isinstance(one, dict) else str(one) for one in listed(value)]
    return ", ".join(name for name in names if name)


def _places(value: Any) -> Iterator[Place]:
    for place in listed(value):
        if isinstance(place, str):
            yield from prose.places_of(place)
        elif isinstance(place, dict):
            yield from _address(place)


def _address(place: Thing) -> Iterator[Place]:
    address = place.get("address") or place.get("name") or ""
    if isinstance(address, str):
        yield from prose.places_of(address)
        return
    if not isinstance(address, dict):
        return
    country, city = _names(address.get("addressCountry")), str(address.get("addressLocality") or "")
    code = country if is_country(country) else prose.country_code(country)
    words = ", ".join(part for part in (city, country) if part)
    if words:
        yield Place(country=code, city=city, quote=words)


def _remote(thing: Thing) -> bool | None:
    mode = " ".join(
        str(_said_first(thing, name) or "") for name in ("eventAttendanceMode", "jobLocationType", "courseMode")
    ).lower()
    if re.search(r"online|telecommute|virtual", mode):
        return True
    return False if re.search(r"offline|onsite", mode) else None


def _price(thing: Thing) -> dict[str, Any]:
    """What taking part costs, from its offers."""
    for offer in (offer for offer in listed(_said_first(thing, "offers")) if isinstance(offer, dict)):
        currency = str(offer.get("priceCurrency") or "")
        low = finite(offer.get("price") or offer.get("lowPrice"))
        if low and is_currency(currency):
            high = finite(offer.get("highPrice")) or low
            words = f"{low:g} {currency}"
            money = Money(purpose=MoneyPurpose.FEE, low=low, high=high, currency=currency, quote=words)
            return {"funding": Funding.FEE, "money": (money,), "quotes": {"funding": words}}
    return {}
