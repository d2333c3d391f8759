"""United States federal calls, whichever of Grants.gov's interfaces tells of them: what one person can apply for.

Most of them are for organisations. What one person can go for is told by the NIH activity code in
the title (F31, K99 …) or by words saying that the individual applies; the rest is refused as such.
"""

import datetime as dt
import re
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from catalog.drafts import Deadline, Moment, Money
from catalog.standing import is_placeholder
from catalog.words import DeadlinePurpose, Kind, MoneyPurpose, Precision, Timing
from crawlers.bases import prose
from crawlers.bases.moments import deadline_from
from crawlers.bases.refusal import NOT_FOR_A_PERSON
from crawlers.bases.saved import Found, Saved
from crawlers.bases.source import Source

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


@dataclass(frozen=True, slots=True)
class FederalCall:
    """What any of the interfaces says of one call; texts are plain, `note` is what is said of the closing day."""

    key: str
    url: str
    title: str
    number: str = ""
    agency: str = ""
    description: str = ""
    eligibility: str = ""
    individuals: bool = False  # individuals are among the types of applicants
    forecast: bool = False
    opens: dt.date | None = None
    closes: dt.date | None = None
    note: str = ""
    low: float | None = None
    high: float | None = None
    tags: tuple[str, ...] = ()
    identifiers: dict[str, str] = field(default_factory=dict)
    modified: dt.datetime | None = None


class FederalCallsSource(Source, base=True):
    """Keeps fellowships and career awards of individuals."""

    def read_call(self, call: FederalCall, saved: Saved) -> Found:
        """A person's award as a draft, or a refusal of an organisation's grant."""
        if not is_for_a_person(call):
            reason = f"{NOT_FOR_A_PERSON}: an organisation's grant"
            return self.refuse(key=call.key, url=call.url, title=call.title, reason=reason)
        deadlines, timing, opens = calendar_of(call, saved.as_of)
        who = "" if codes_in(call.title) else f"\n\nELIGIBILITY\n\n{call.eligibility}"
        text = f"{call.title}\n\n{call.description}{who}"
        return self.draft(
            saved,
            key=call.key,
            url=call.url,
            title=call.title,
            kind=Kind.FELLOWSHIP,
            organisation=call.agency,
            summary=call.description,
            description="\n\n".join(part for part in (call.description, call.eligibility) if part),
            language="en",
            read=prose.fields_in(text, as_of=saved.as_of, day_first=False),
            deadlines=deadlines,
            timing=timing,
            opens=opens,
            money=money_of(call),
            tags=call.tags,
            external_ids=call.identifiers,
            modified_at=call.modified,
        )


def codes_in(title: str) -> list[str]:
    """The NIH activity codes in a title's parentheses: "(F99/K00 Clinical Trial Not Allowed)" gives F99 and K00.

    Outside parentheses a code tells of others: "Grant Program for K01 Recipients (R03 …)".
    """
    return [code for inside in _PARENTHESES.findall(title) for code in _ACTIVITY_CODE.findall(inside)]


def may_be_a_persons(title: str) -> bool:
    """Whether a title leaves open that one person can apply: the texts decide then."""
    codes = codes_in(title)
    return codes[0] in _PERSON_CODES if codes else bool(_AWARD.search(title))


def is_for_a_person(call: FederalCall) -> bool:
    """Whether one person can apply, alone or through a sponsor: the first activity code decides, else the words."""
    if codes_in(call.title) or not may_be_a_persons(call.title):
        return may_be_a_persons(call.title)
    return call.individuals or bool(_BY_THE_PERSON.search(call.eligibility) or _BY_THE_PERSON.search(call.description))


def calendar_of(call: FederalCall, as_of: dt.datetime) -> tuple[tuple[Deadline, ...], Timing, Moment | None]:
    """Deadlines, timing and opening day.

    The closing date of an NIH programme announcement (PA, PAR) is when the announcement expires;
    several due dates a year fall before it and are not in the data. A placeholder (2121-10-12) is
    no deadline.
    """
    note = " ".join(call.note.split())
    opens, closes = _day(call.opens), _with_clock(_day(call.closes), note)
    rolling = bool(_ROLLING.search(note))
    if closes is None or is_placeholder(closes, as_of):
        return (), Timing.ROLLING if rolling else Timing.UNKNOWN, opens
    if _SEVERAL_DUE_DATES.match(call.number):
        label = "the announcement expires; earlier due dates are on its page"
        return (deadline_from(closes, purpose=DeadlinePurpose.OTHER, label=label),), Timing.SEVERAL, opens
    label = "estimated closing date" if call.forecast else "closing date"
    return (deadline_from(closes, label=label),), Timing.ROLLING if rolling else Timing.FIXED, opens


def money_of(call: FederalCall) -> tuple[Money, ...]:
    """The award's bounds in dollars; zero and one stand for "not stated"."""
    low = call.low if call.low and call.low > 1 else None
    if not (low or call.high):
        return ()
    return (Money(purpose=MoneyPurpose.AWARD, low=low, high=call.high, currency="USD", per="total"),)


def _day(on: dt.date | None) -> Moment | None:
    return Moment(precision=Precision.DAY, on=on, quote=on.isoformat()) if on else None


def _with_clock(moment: Moment | None, note: str) -> Moment | None:
    """Give the closing day the clock time that its note states, unless the note speaks of dates of its own."""
    if moment is None or moment.on is None or _OWN_DATE.search(note) or not (found := _CLOCK.search(note)):
        return moment
    hour = int(found[1]) % 12 + (12 if found[3].lower() == "p" else 0)
    zone = _ZONES[(found[4] or found[5])[0].lower()]
    at = dt.datetime.combine(moment.on, dt.time(hour, int(found[2] or 0)), ZoneInfo(zone))
    return Moment(precision=Precision.INSTANT, at=at, on=moment.on, zone=zone, quote=f"{moment.quote}: {note}"[:1000])
