"""The EU Funding & Tenders search (SEDIA) as the sample web plays it.

A multipart POST in which every part is a JSON blob of its own; anything else is turned away with
405 or 500, as by the true service. Every metadata value is a list of strings.
"""

import datetime as dt
import json
from email import message_from_bytes
from typing import Any

from crawlers.samples.content import Date, SampleCall, Table
from crawlers.samples.exchange import Request, Response, as_json
from crawlers.samples.prose import html_of, opening

HOSTS = ("api.tech.ec.europa.eu",)
MOST_PER_PAGE = 100
_PORTAL = "https://ec.europa.eu/info/funding-tenders/opportunities/portal/screen/opportunities"
_TYPES = {"topic": "1", "prospect": "2", "cascade": "8"}
_STATUSES = {"forthcoming": "31094501", "open": "31094502", "closed": "31094503"}


class Wire(Table):
    """What only this format carries. `deadlines` in the order in which the service lists them."""

    reference: int
    type: str = "cascade"
    status: str = "open"
    identifier: str
    topic: str = ""
    call_id: str = ""
    acronym: str = ""
    project: str = ""
    programme: str = "43108390"
    model: str = "single-stage"
    deadlines: tuple[Date, ...] = ()
    starts: Date
    budget: str | None = None
    also_in: tuple[str, ...] = ()


class EuFunding:
    """The search endpoint over the sample calls."""

    def __init__(self, calls: tuple[SampleCall, ...]) -> None:
        self._results = [result for call in calls for result in _results(call, Wire.model_validate(call.wire))]

    def answer(self, request: Request) -> Response | None:
        """One page of results for a well-formed search."""
        if request.path != "/search-api/prod/rest/search":
            return None
        if request.method != "POST":
            return as_json({"message": "Request method 'GET' is not supported", "status": 405}, 405)
        if request.parameter("apiKey") != "SEDIA":
            return as_json({"message": "Invalid api key", "status": 401}, 401)
        parts = _parts(request)
        if parts is None:
            return as_json({"message": "Current request is not a multipart request", "status": 500}, 500)
        return as_json(_page([result for result in self._results if _matches(result, parts)], request))


def _page(found: list[dict[str, Any]], request: Request) -> dict[str, Any]:
    """The results that are asked for, with how many there are."""
    size = min(max(request.number("pageSize", 10), 1), MOST_PER_PAGE)
    number = max(request.number("pageNumber", 1), 1)
    return {
        "apiVersion": "2.146",
        "terms": request.parameter("text", "***"),
        "responseTime": 12,
        "totalResults": len(found),
        "pageNumber": number,
        "pageSize": size,
        "sort": "es_SortDate:DESC",
        "groupByField": None,
        "queryLanguage": {"language": "en", "probability": 0.0},
        "spellingSuggestion": "",
        "bestBets": [],
        "results": found[(number - 1) * size : number * size],
        "warnings": [],
    }


def _parts(request: Request) -> dict[str, Any] | None:
    """The JSON of each part by name, or None unless the body is multipart with JSON parts."""
    kind = request.headers.get("content-type", "")
    if not kind.startswith("multipart/form-data"):
        return None
    message = message_from_bytes(b"Content-Type: " + kind.encode() + b"\r\n\r\n" + request.body)
    found: dict[str, Any] = {}
    for part in message.walk():
        name = part.get_param("name", header="content-disposition")
        if part.is_multipart() or not isinstance(name, str):
            continue
        if part.get_content_type() != "application/json":
            return None
        try:
            found[name] = json.loads(part.get_payload(decode=True) or b"null")  # type: ignore[arg-type]
        except ValueError:
            return None
    return found


def _matches(result: dict[str, Any], parts: dict[str, Any]) -> bool:
    languages = parts.get("languages")
    if languages and result["language"] not in languages:
        return False
    clauses = ((parts.get("query") or {}).get("bool") or {}).get("must") or []
    for clause in clauses:
        for name, wanted in (clause.get("terms") or {}).items():
            held = result["metadata"].get(name)
            if held is not None and not set(held) & set(wanted):
                return False
    return True


def _sedia(instant: dt.datetime) -> str:
    return instant.strftime("%Y-%m-%dT%H:%M:%S.000+0000")


def _results(call: SampleCall, wire: Wire) -> list[dict[str, Any]]:
    """The call once for each language that it is listed in, as the service repeats it."""
    return [_result(call, wire, language) for language in ("en", *wire.also_in)]


def _result(call: SampleCall, wire: Wire, language: str) -> dict[str, Any]:
    cascade = wire.type == "cascade"
    shown = {
        "cascade": f"{_PORTAL}/competitive-calls-cs/{wire.call_id}",
        "prospect": f"{_PORTAL}/prospect-details/{wire.identifier}PROSPECTSEN",
        "topic": f"{_PORTAL}/topic-details/{wire.identifier}",
    }[wire.type]
    return {
        "apiVersion": "2.146",
        "reference": f"{wire.reference}{'COMPETITIVE_CALL' if cascade else 'TOPICS'}{language}",
        "url": shown,
        "title": None,
        "contentType": "text/plain",
        "language": language,
        "databaseLabel": "SEDIA",
        "database": "SEDIA",
        "summary": call.title,
        "content": call.title if cascade else opening(call.body),
        "weight": 9.8,
        "metadata": _metadata(call, wire, language),
    }


def _metadata(call: SampleCall, wire: Wire, language: str) -> dict[str, list[str]]:
    """Where the service keeps what it knows, in lists; a cascade call has its title and text in fields of its own."""
    cascade = wire.type == "cascade"
    metadata: dict[str, list[str]] = {
        "es_SortDate": [_sedia(wire.starts.in_utc())],
        "title": [wire.topic or call.title] if cascade else [call.title],
        "type": [_TYPES[wire.type]],
        "DATASOURCE": ["SEDIA"],
        "projectAcronym": [wire.acronym] if wire.acronym else [],
        "callTitle": [call.title],
        "frameworkProgramme": [wire.programme],
        "budget": [wire.budget] if wire.budget else [],
        "identifier": [wire.identifier],
        "programmePeriod": ["2021 - 2027"],
        "deadlineDate": [_sedia(deadline.in_utc()) for deadline in wire.deadlines],
        "projectName": [wire.project] if wire.project else [],
        "startDate": [_sedia(wire.starts.in_utc())],
        "deadlineModel": [wire.model],
        "status": [_STATUSES[wire.status]],
        "language": [language],
        "description" if cascade else "descriptionByte": [html_of(call.body)],
    }
    return metadata | {"callccm2Id": [wire.call_id]} if cascade else metadata
