"""ReliefWeb's API, version 2 (apidoc.reliefweb.int): training and jobs of the humanitarian world.

Every call carries an approved application name. Dates are days, written as midnight UTC. A
training without any date is permanent; a job without a country is remote, of a roster or not yet
decided. The public page is `url_alias`; `href` is the interface's own address and is never shown.
"""

from typing import Any, ClassVar
from urllib.parse import urlencode

from scrapy import Request

from catalog.drafts import Money, Place
from catalog.vocabularies import is_country
from catalog.words import DeadlinePurpose, Funding, Kind, MoneyPurpose, Timing
from crawlers.bases import prose
from crawlers.bases.json_api import JsonApiSource, Record, json_request, listed
from crawlers.bases.moments import deadline_from, instant_in, moment_in
from crawlers.bases.refusal import NO_KIND
from crawlers.bases.saved import Found, Saved
from crawlers.bases.source import Unreadable

CALL_FOR_PAPERS, WORKSHOP, ACADEMIC, CONFERENCE = 4608, 4609, 4610, 21006
_KINDS = {
    CALL_FOR_PAPERS: Kind.JOURNAL_CALL,
    WORKSHOP: Kind.WORKSHOP,
    ACADEMIC: Kind.WORKSHOP,
    CONFERENCE: Kind.WORKSHOP,
}
_KINDS_BY_NAME = {
    "call for papers": Kind.JOURNAL_CALL,
    "training/workshop": Kind.WORKSHOP,
    "academic degree/course": Kind.WORKSHOP,
    "conference/lecture": Kind.WORKSHOP,
}
_ONLINE = 4607


class ReliefWebSource(JsonApiSource, base=True):
    """Reads the open notices of one kind of content, newest first."""

    endpoint: ClassVar[str]
    page_size = 100
    name_setting = "reliefweb_appname"

    def request(self, page: int) -> Request:
        """One page of open notices with all their fields."""
        address = f"{self.endpoint}?{urlencode({'appname': self.needed[self.name_setting]})}"
        body = {
            "preset": "latest",  # open notices only
            "profile": "full",
            "limit": self.page_size,
            "offset": (page - 1) * self.page_size,
            "sort": ["date.created:desc"],
        }
        return json_request(address, body | self.asked())

    def asked(self) -> dict[str, Any]:
        """What is asked for beyond that."""
        return {}

    def records(self, answer: Any) -> list[Record]:
        """The notices, or the error in words (an unapproved name answers 403, a missing one 400)."""
        if isinstance(answer, dict) and isinstance(answer.get("error"), dict):
            raise Unreadable(f"ReliefWeb: {answer['error'].get('message', 'an error without a message')}")
        if not isinstance(answer, dict) or not isinstance(answer.get("data"), list):
            raise Unreadable(f"ReliefWeb gave no data but {str(answer)[:200]!r}")
        records: list[Record] = answer["data"]
        return records

    def has_more(self, answer: Any, page: int) -> bool:
        """Whether the answer names a next page."""
        return bool((answer.get("links") or {}).get("next")) and page * self.page_size < int(answer["totalCount"])

    def describe(self, record: Record) -> tuple[str, str, str]:
        """Key, public page and title."""
        fields = record.get("fields") or {}
        url = fields.get("url_alias") or fields.get("url") or ""
        return str(record.get("id", "")), str(url), prose.line_of(str(fields.get("title") or fields.get("name") or ""))


class ReliefWebTrainingSource(ReliefWebSource, base=True):
    """Reads the open training notices."""

    endpoint = "https://api.reliefweb.int/v2/training"

    def read_record(self, record: Record, saved: Saved) -> Found:
        """One notice as a draft; what is no training (a disaster, a report) is refused."""
        key, url, title = self.describe(record)
        fields: Record = record["fields"]
        kind = kind_of(fields)
        if kind is None:
            return self.refuse(key=key, url=url, title=title, reason=f"{NO_KIND}: not a training notice")
        body = body_of(fields)
        return self.draft(
            saved,
            key=key,
            url=url,
            title=title,
            kind=kind,
            read=prose.fields_in(body, title=title, as_of=saved.as_of, day_first=True),
            remote=remote_of(fields),
            **said_of(fields, key, how=prose.text_of(fields.get("how_to_register-html") or "")),
            **calendar_of(fields, kind),
            **costs_of(fields, saved),
        )


def body_of(fields: Record) -> str:
    """The text of a notice, marked up where it is sent so."""
    return str(fields.get("body-html") or fields.get("body") or "")


def said_of(fields: Record, key: str, *, how: str) -> dict[str, Any]:
    """What notices of every kind say in the same fields; `how` one applies or registers is part of the description."""
    description, dates = prose.text_of(body_of(fields)), fields.get("date") or {}
    return {
        "organisation": ", ".join(source["name"] for source in listed(fields.get("source"))),
        "summary": description,
        "description": "\n\n".join(part for part in (description, how) if part),
        "places": places_of(fields),
        "tags": tuple(theme["name"] for field in ("theme", "career_categories") for theme in listed(fields.get(field))),
        "external_ids": {"reliefweb": key},
        "published_at": instant_in(dates.get("created")),
        "modified_at": instant_in(dates.get("changed")),
    }


def kind_of(fields: Record) -> Kind | None:
    """The kind that a notice's types name, by number or, where only names are sent, by name."""
    for sort in listed(fields.get("type")):
        if not isinstance(sort, dict):
            continue
        number = str(sort.get("id", ""))
        kind = _KINDS.get(int(number)) if number.isdigit() else None
        if kind := kind or _KINDS_BY_NAME.get(str(sort.get("name", "")).lower()):
            return kind
    return None


def calendar_of(fields: Record, kind: Kind) -> dict[str, Any]:
    """Deadline, timing, start and end: the registration date is the deadline, and no dates mean permanent."""
    dates = fields.get("date") or {}
    starts, ends = moment_in(dates.get("start")), moment_in(dates.get("end"))
    closes = moment_in(dates.get("registration"))
    purpose = DeadlinePurpose.PAPER if kind is Kind.JOURNAL_CALL else DeadlinePurpose.REGISTRATION
    timing = Timing.FIXED if closes else Timing.UNKNOWN if starts or ends else Timing.ROLLING
    return {
        "deadlines": (deadline_from(closes, purpose=purpose, label="registration"),) if closes else (),
        "timing": timing,
        "starts": starts,
        "ends": ends,
        "flags": () if closes or starts or ends else ("permanent",),
    }


def places_of(fields: Record) -> tuple[Place, ...]:
    """Where it happens; an online course has no country."""
    cities = [str(city["name"]) for city in listed(fields.get("city"))]
    codes = [(str(country.get("iso3", "")), str(country["name"])) for country in listed(fields.get("country"))]
    found = [(prose.alpha_2(iso3), name) for iso3, name in codes]
    return tuple(
        Place(country=code, city=cities[0] if len(cities) == 1 == len(found) else "", quote=name)
        for code, name in found
        if code and is_country(code)
    )


def remote_of(fields: Record) -> bool | None:
    """Whether one takes part from afar; unknown when no format is given."""
    formats = [str(form.get("id", "")) for form in listed(fields.get("format")) if isinstance(form, dict)]
    return str(_ONLINE) in formats if formats else None


def costs_of(fields: Record, saved: Saved) -> dict[str, Any]:
    """What taking part costs; "free" pays nothing and costs nothing."""
    cost, words = str(fields.get("cost") or "").lower(), str(fields.get("fee_information") or "")
    if cost == "free":
        return {"funding": Funding.NONE, "quotes": {"funding": "free"}}
    if cost != "fee-based":
        return {}
    read = prose.fields_in(words, as_of=saved.as_of).get("money", ())
    fees = tuple(Money(**{**money.model_dump(), "purpose": MoneyPurpose.FEE}) for money in read)
    return {"funding": Funding.FEE, "money": fees, "quotes": {"funding": words[:1000] or cost}}
