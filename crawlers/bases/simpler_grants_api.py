"""Simpler.Grants.gov (`POST /v1/opportunities/search`): United States federal calls, with a free key.

Most of them are for organisations. What one person can go for is told by the NIH activity code in
the title (F31, K99 …) or by words saying that the individual applies; the rest is refused as such.
"""

import datetime as dt
import re
from typing import Any
from zoneinfo import ZoneInfo

from scrapy import Request

from catalog.drafts import Deadline, Moment, Money
from catalog.standing import is_placeholder
from catalog.words import DeadlinePurpose, Kind, MoneyPurpose, Precision, Timing
from crawlers.bases import prose
from crawlers.bases.json_api import JsonApiSource, Record, json_request, listed
from crawlers.bases.moments import day_in, deadline_from, instant_in
from crawlers.bases.refusal import NOT_FOR_A_PERSON
from crawlers.bases.saved import Found, Saved
from crawlers.bases.source import Unreadable, finite

_PUBLIC_PAGE = "https://simpler.grants.gov/opportunity/"
_PARENTHESES = re.compile(r"\(([^()]*)\)?")
_ACTIVITY_CODE = re.compile(r"\b(?:[A-Z]{1,2}\d[A-Z0-9]|[A-Z]\d{2}|[A-Z]{2}\d|KL2|UE5|DP[1-7])\b")
# NIH activity codes whose award is one person's training or career (grants.nih.gov, "Types of Grant Programs")
_PERSON_CODES = frozenset(
    {"F05", "F30", "F31", "F32", "F33", "F37", "F99", "R36", "DP5", "K00", "K01", "K02", "K05", "K06", "K07", "K08"}
    | {"K18", "K22", "K23", "K24", "K25", "K26", "K38", "K43", "K76", "K99"}
)
_AWARD = re.compile(
    r"\b(?:fellowships?|fellows|scholarships?|scholar awards?|dissertation|career (?:development|advancement))\b", re.I
)
_BY_THE_PERSON = re.compile(
    r"\b(?:submit(?:ted)?|appl(?:y|ied)) (?:directly )?by the (?:individual|fellow|postdoctoral|candidate)"
    r"|\bfellowship (?:candidates?|applicants?|proposers?)\b"
    r"|\bindividuals? (?:may|must|can|who|are eligible to) (?:apply|submit)",
    re.I,
)
_SEVERAL_DUE_DATES = re.compile(r"^PAR?-\d\d-\d+$")
_CLOCK = re.compile(
    r"\b(\d{1,2})(?::(\d\d))?\s*([ap])\.?\s?m\.?,?\s*\(?"
    r"(?:(E|C|M|P)(?:[SD])?T|(Eastern|Central|Mountain|Pacific)(?: (?:Standard |Daylight )?Time)?)\b",
    re.I,
)
_ZONES = {"e": "America/New_York", "c": "America/Chicago", "m": "America/Denver", "p": "America/Los_Angeles"}
_OWN_DATE = re.compile(r"\b(?:19|20)\d\d\b")
_ROLLING = re.compile(r"\brolling\b|\baccepted anytime\b|\bopen continuously\b", re.I)


class SimplerGrantsSource(JsonApiSource, base=True):
    """Reads the search results; keeps fellowships and career awards of individuals."""

    endpoint = "https://api.simpler.grants.gov/v1/opportunities/search"
    page_size = 100  # the most that is given
    key_setting = "simpler_grants_api_key"
    categories: tuple[str, ...] = ()

    def request(self, page: int) -> Request:
        """One page of the posted and forecast calls of the source's categories, newest first."""
        body = {
            "filters": {
                "opportunity_status": {"one_of": ["posted", "forecasted"]},
                "funding_category": {"one_of": list(self.categories)},
            },
            "pagination": {
                "page_offset": page,
                "page_size": self.page_size,
                "sort_order": [{"order_by": "opportunity_id", "sort_direction": "descending"}],
            },
        }
        return json_request(self.endpoint, body, {"X-API-Key": self.needed[self.key_setting]})

    def records(self, answer: Any) -> list[Record]:
        """The opportunities, or the reason there are none."""
        if not isinstance(answer, dict) or not isinstance(answer.get("data"), list):
            message = answer.get("message") if isinstance(answer, dict) else answer
            raise Unreadable(f"Simpler.Grants.gov gave no data but {str(message)[:200]!r}")
        records: list[Record] = answer["data"]
        return records

    def has_more(self, answer: Any, page: int) -> bool:
        """Whether the answer counts more pages."""
        return page < int((answer.get("pagination_info") or {}).get("total_pages") or 0)

    def describe(self, record: Record) -> tuple[str, str, str]:
        """Key, address and title."""
        return key_of(record), page_of(record), prose.line_of(str(record.get("opportunity_title", "")))

    def read_record(self, record: Record, saved: Saved) -> Found:
        """A person's award, or a refusal of an organisation's grant."""
        key, url, title = self.describe(record)
        summary = record["summary"]
        description = prose.text_of(summary.get("summary_description") or "")
        eligibility = prose.text_of(summary.get("applicant_eligibility_description") or "")
        if not is_for_a_person(title, summary, description, eligibility):
            return self.refuse(key=key, url=url, title=title, reason=f"{NOT_FOR_A_PERSON}: an organisation's grant")
        deadlines, timing, opens = calendar_of(record, saved.as_of)
        text = f"{title}\n\n{description}" + ("" if codes_in(title) else f"\n\n{eligibility}")
        read = prose.fields_in(text, as_of=saved.as_of, day_first=False)
        return self.draft(
            saved,
            key=key,
            url=url,
            title=title,
            kind=Kind.FELLOWSHIP,
            organisation=record.get("agency_name") or record.get("top_level_agency_name"),
            summary=description,
            description="\n\n".join(part for part in (description, eligibility) if part),
            language="en",
            read=read,
            deadlines=deadlines,
            timing=timing,
            opens=opens,
            money=money_of(summary),
            tags=tuple(listed(summary.get("funding_categories"))),
            external_ids=identifiers_of(record),
            modified_at=instant_in(summary.get("updated_at")),
        )


def key_of(record: Record) -> str:
    """The successor's own id; the Grants.gov number is kept beside it to join on."""
    return str(record.get("opportunity_id") or record.get("legacy_opportunity_id") or "")


def page_of(record: Record) -> str:
    """The page for people."""
    return f"{_PUBLIC_PAGE}{key_of(record)}"


def identifiers_of(record: Record) -> dict[str, str]:
    """The numbers by which other sources call the same thing."""
    names = {"grants_gov": "legacy_opportunity_id", "opportunity_number": "opportunity_number"}
    return {name: str(record[field]) for name, field in names.items() if record.get(field)}


def codes_in(title: str) -> list[str]:
    """The NIH activity codes in a title's parentheses: "(F99/K00 Clinical Trial Not Allowed)" gives F99 and K00.

    Outside parentheses a code tells of others: "Grant Program for K01 Recipients (R03 …)".
    """
    return [code for inside in _PARENTHESES.findall(title) for code in _ACTIVITY_CODE.findall(inside)]


def is_for_a_person(title: str, summary: Record, description: str, eligibility: str) -> bool:
    """Whether one person can apply, alone or through a sponsor: the first activity code decides, else the words."""
    if codes := codes_in(title):
        return codes[0] in _PERSON_CODES
    if not _AWARD.search(title):
        return False
    return "individuals" in listed(summary.get("applicant_types")) or bool(
        _BY_THE_PERSON.search(eligibility) or _BY_THE_PERSON.search(description)
    )


def calendar_of(record: Record, as_of: dt.datetime) -> tuple[tuple[Deadline, ...], Timing, Moment | None]:
    """Deadlines, timing and opening day.

    The closing date of an NIH programme announcement (PA, PAR) is when the announcement expires;
    several due dates a year fall before it and are not in the data. A placeholder (2121-10-12) is
    no deadline.
    """
    summary = record["summary"]
    forecast = bool(summary.get("is_forecast"))
    prefix = "forecasted_" if forecast else ""
    opens = _day(summary.get(f"{prefix}post_date"))
    note = " ".join(str(summary.get(f"{prefix}close_date_description") or "").split())
    closes = _with_clock(_day(summary.get(f"{prefix}close_date")), note)
    rolling = bool(_ROLLING.search(note))
    if closes is None or is_placeholder(closes, as_of):
        return (), Timing.ROLLING if rolling else Timing.UNKNOWN, opens
    if _SEVERAL_DUE_DATES.match(str(record.get("opportunity_number") or "")):
        label = "the announcement expires; earlier due dates are on its page"
        return (deadline_from(closes, purpose=DeadlinePurpose.OTHER, label=label),), Timing.SEVERAL, opens
    label = "estimated closing date" if forecast else "closing date"
    return (deadline_from(closes, label=label),), Timing.ROLLING if rolling else Timing.FIXED, opens


def money_of(summary: Record) -> tuple[Money, ...]:
    """The award's bounds in dollars; zero and one stand for "not stated"."""
    low, high = finite(summary.get("award_floor")), finite(summary.get("award_ceiling"))
    low = low if low and low > 1 else None
    return (Money(purpose=MoneyPurpose.AWARD, low=low, high=high, currency="USD", per="total"),) if low or high else ()


def _day(text: Any) -> Moment | None:
    on = day_in(text)
    return Moment(precision=Precision.DAY, on=on, quote=str(text)) if on else None


def _with_clock(moment: Moment | None, note: str) -> Moment | None:
    """Give the closing day the clock time that its note states, unless the note speaks of dates of its own."""
    if moment is None or moment.on is None or _OWN_DATE.search(note) or not (found := _CLOCK.search(note)):
        return moment
    hour = int(found[1]) % 12 + (12 if found[3].lower() == "p" else 0)
    zone = _ZONES[(found[4] or found[5])[0].lower()]
    at = dt.datetime.combine(moment.on, dt.time(hour, int(found[2] or 0)), ZoneInfo(zone))
    return Moment(precision=Precision.INSTANT, at=at, on=moment.on, zone=zone, quote=f"{moment.quote}: {note}"[:1000])
