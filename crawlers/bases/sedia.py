"""The European Commission's search interface SEDIA: topics and cascade-funding calls of the Funding & Tenders Portal.

The wire format was read from a captured answer; the request form (multipart, each part a JSON
document of its own) from working clients. Plain form fields answer 405 or 500.
"""

import datetime as dt
import json
import re
from typing import Any
from urllib.parse import urlencode

from scrapy import Request

from catalog.drafts import Deadline, Moment
from catalog.words import Kind, Timing
from crawlers.bases import prose
from crawlers.bases.json_api import JsonApiSource, Record, listed
from crawlers.bases.moments import deadline_from, moment_in
from crawlers.bases.refusal import NOT_FOR_A_PERSON
from crawlers.bases.saved import Found, Saved
from crawlers.bases.source import Unreadable

FORTHCOMING, OPEN = "31094501", "31094502"
TOPIC, PROSPECT, CASCADE = "1", "2", "8"
_PORTAL = "https://ec.europa.eu/info/funding-tenders/opportunities/portal/screen/opportunities"
_BOUNDARY = "opportune-part-5a1d7c"  # fixed, so that the same question is the same request
_WINDOW = 10_000  # results beyond the ten-thousandth are not given

_PERSON_TOPIC = re.compile(r"-MSCA-20\d\d-PF-|\bMSCA-PF\b|ERC-20\d\d-(?:STG|COG|ADG)\b", re.I)
_INTERNSHIP = re.compile(r"\b(?:internships?|traineeships?|placements?)\b", re.I)
_WORKSHOP = re.compile(r"\b(?:summer|winter|spring) school|\b(?:training|short) course|\bbootcamp|\bhackathon", re.I)
_FELLOWSHIP = re.compile(
    r"\b(?:fellowships?|scholarships?|bursar(?:y|ies)|individual mobility|doctoral (?:grant|candidate)s?)\b", re.I
)


class SediaSource(JsonApiSource, base=True):
    """Reads the portal's search results; keeps what one person can apply for."""

    endpoint = "https://api.tech.ec.europa.eu/search-api/prod/rest/search"
    page_size = 100  # the most that is given, whatever is asked
    types: tuple[str, ...] = (TOPIC, CASCADE)

    def request(self, page: int) -> Request:
        """One page of the open and forthcoming calls, in English (every call is there once a language)."""
        address = {"apiKey": "SEDIA", "text": "***", "pageSize": self.page_size, "pageNumber": page}
        query = {"bool": {"must": [{"terms": {"type": list(self.types)}}, {"terms": {"status": [FORTHCOMING, OPEN]}}]}}
        parts = {"query": query, "languages": ["en"], "sort": {"field": "sortStatus", "order": "ASC"}}
        return Request(
            f"{self.endpoint}?{urlencode(address, safe='*')}",
            method="POST",
            headers={"Content-Type": f"multipart/form-data; boundary={_BOUNDARY}"},
            body=multipart(parts),
        )

    def records(self, answer: Any) -> list[Record]:
        """The results, or the reason there are none."""
        if not isinstance(answer, dict) or not isinstance(answer.get("results"), list):
            raise Unreadable(f"SEDIA gave no results but {str(answer)[:200]!r}")
        return [record for record in answer["results"] if language_of(record) == "en"]

    def has_more(self, answer: Any, page: int) -> bool:
        """Whether results lie beyond this page and inside the window that is given."""
        total = min(int(answer.get("totalResults") or 0), _WINDOW)
        return bool(answer.get("results")) and page * self.page_size < total

    def describe(self, record: Record) -> tuple[str, str, str]:
        """Reference, address and name."""
        return str(record.get("reference", "")), str(record.get("url", "")), str(record.get("summary", ""))

    def read_record(self, record: Record, saved: Saved) -> Found:
        """A call that a person can go for, or a refusal of what only organisations can."""
        facts = {name: [str(value) for value in listed(values)] for name, values in record["metadata"].items()}
        key, title = str(record["reference"]), name_of(record, facts)
        url = address_of(record, facts)
        body = _first(facts, "descriptionByte") or _first(facts, "description")
        description = prose.text_of(body)
        kind = kind_of(facts, title)
        if kind is None:
            return self.refuse(key=key, url=url, title=title, reason=f"{NOT_FOR_A_PERSON}: {_sort(facts)}")
        deadlines = deadlines_of(facts)
        read = prose.fields_in(body, title=title, as_of=saved.as_of, day_first=True)
        return self.draft(
            saved,
            key=key,
            url=url,
            title=title,
            kind=kind,
            organisation=_first(facts, "projectName"),
            summary=description,
            description=description,
            language="en",
            read=read,
            timing=timing_of(deadlines),
            deadlines=deadlines,
            opens=moment_in(_first(facts, "startDate")),
            tags=tuple(facts.get("projectAcronym", [])),
            external_ids={"sedia": key} | _topic_of(facts),
        )


def multipart(parts: dict[str, Any]) -> bytes:
    """A multipart/form-data body in which every part is its own `application/json` file (RFC 7578)."""
    lines: list[str] = []
    for name, value in parts.items():
        lines += [
            f"--{_BOUNDARY}",
            f'Content-Disposition: form-data; name="{name}"; filename="blob"',
            "Content-Type: application/json",
            "",
            json.dumps(value),
        ]
    return "\r\n".join([*lines, f"--{_BOUNDARY}--", ""]).encode()


def language_of(record: Any) -> str:
    """The language of a result (every call is found once in each); English when it does not say."""
    if not isinstance(record, dict):
        return "en"
    metadata = record.get("metadata")
    stated = listed(metadata.get("language")) if isinstance(metadata, dict) else []
    return str(record.get("language") or next(iter(stated), "en"))


def name_of(record: Record, facts: dict[str, list[str]]) -> str:
    """The call's own name: in cascade calls `title` is the topic of the project that passes the money on."""
    if _first(facts, "type") == CASCADE:
        return prose.line_of(_first(facts, "callTitle") or str(record.get("summary") or ""))
    return prose.line_of(_first(facts, "title") or str(record.get("summary") or ""))


def address_of(record: Record, facts: dict[str, list[str]]) -> str:
    """The page for people. Topics carry an interface address, so theirs is built."""
    kind, identifier = _first(facts, "type"), _first(facts, "identifier")
    if kind == TOPIC and identifier:
        return f"{_PORTAL}/topic-details/{identifier}"
    if kind == CASCADE and (number := _first(facts, "callccm2Id")):
        return f"{_PORTAL}/competitive-calls-cs/{number}"
    return str(record.get("url") or "")


def kind_of(facts: dict[str, list[str]], title: str) -> Kind | None:
    """What a person could take from the call; None when it is for organisations only.

    Topics name individual schemes in their identifier (MSCA Postdoctoral Fellowships, ERC grants).
    A cascade call is a person's only when its own name says so: the texts of calls for firms speak
    of internships and scholarships too.
    """
    if _first(facts, "type") == TOPIC:
        named = " ".join([_first(facts, "identifier"), *facts.get("typesOfAction", [])])
        return Kind.FELLOWSHIP if _PERSON_TOPIC.search(named) else None
    if _first(facts, "type") != CASCADE:
        return None
    for words, kind in ((_INTERNSHIP, Kind.INTERNSHIP), (_FELLOWSHIP, Kind.FELLOWSHIP), (_WORKSHOP, Kind.WORKSHOP)):
        if words.search(title):
            return kind
    return None


def _topic_of(facts: dict[str, list[str]]) -> dict[str, str]:
    """The identifier of a topic. A cascade call carries that of its project's topic, which several calls share."""
    identifier = _first(facts, "identifier")
    return {"eu_topic": identifier} if identifier and _first(facts, "type") == TOPIC else {}


def deadlines_of(facts: dict[str, list[str]]) -> tuple[Deadline, ...]:
    """Every cut-off, in order. Midnight stands for the day: topics close at 17:00 Brussels, unsaid in the data."""
    found = [moment_in(text) for text in facts.get("deadlineDate", [])]
    label = _first(facts, "deadlineModel")
    ordered = sorted((m for m in found if m is not None and m.on is not None), key=_in_order)
    return tuple(deadline_from(moment, label=label) for moment in ordered)


def timing_of(deadlines: tuple[Deadline, ...]) -> Timing:
    """Several cut-offs, one, or none given."""
    if len(deadlines) > 1:
        return Timing.SEVERAL
    return Timing.FIXED if deadlines else Timing.UNKNOWN


def _in_order(moment: Moment) -> tuple[dt.date, float]:
    return moment.on or dt.date.max, moment.at.timestamp() if moment.at else 0.0


def _sort(facts: dict[str, list[str]]) -> str:
    return {TOPIC: "a topic for consortia", PROSPECT: "a prospect call"}.get(
        _first(facts, "type"), "a call for organisations"
    )


def _first(facts: dict[str, list[str]], name: str) -> str:
    return next(iter(facts.get(name, [])), "").strip()
