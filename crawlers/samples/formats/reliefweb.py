"""The ReliefWeb API (version 2) as the sample web plays it: `/v2/training`.

The application name is mandatory (400 without one) and must be approved (403 otherwise); version 1
is gone (410). Without a profile or named fields only titles are sent.
"""

import json
from typing import Any

from crawlers.samples.content import Date, SampleCall, Table
from crawlers.samples.exchange import Request, Response, as_json
from crawlers.samples.prose import html_of, plain

HOSTS = ("api.reliefweb.int",)
UNAPPROVED = "not-approved"
"""The one application name that the sample service does not know; every other counts as approved."""
MOST = 1000
_TYPES = {
    "Call for Papers": 4608,
    "Training/Workshop": 4609,
    "Academic Degree/Course": 4610,
    "Conference/Lecture": 21006,
}
_FORMATS = {"On-site": 4606, "Online": 4607}
_API = "https://api.reliefweb.int/v2"


class Wire(Table):
    """What only this format carries. No dates at all means a permanent course."""

    id: int
    type: str = "Training/Workshop"
    formats: tuple[str, ...] = ("On-site",)
    cost: str = "free"
    fee: str = ""
    country: str = ""
    iso3: str = ""
    city: str = ""
    registration: Date | None = None
    starts: Date | None = None
    ends: Date | None = None
    how_to_register: str = "Register through the link."
    event_url: str = ""
    language: str = "English"
    careers: tuple[str, ...] = ()
    themes: tuple[str, ...] = ("Health",)


class ReliefWeb:
    """The training endpoint over the sample calls."""

    def __init__(self, calls: tuple[SampleCall, ...]) -> None:
        pairs = [(call, Wire.model_validate(call.wire)) for call in calls]
        self._pairs = sorted(pairs, key=lambda pair: (pair[0].posted.on, pair[1].id), reverse=True)

    def answer(self, request: Request) -> Response | None:
        """A page of trainings (GET or POST), or one by its number."""
        if request.path.startswith("/v1/"):
            return _failure(410, "GoneHttpException", "The v1 of the API has been decommissioned. Please use v2.")
        if not request.path.startswith("/v2/training"):
            return None
        name = request.parameter("appname")
        if not name:
            return _failure(400, "BadRequestHttpException", "Missing appname parameter")
        if name == UNAPPROVED:
            return _failure(403, "AccessDeniedHttpException", "You are not using an approved appname.")
        if request.path.rstrip("/") == "/v2/training":
            return self._list(request, name)
        wanted = request.path.rstrip("/").rsplit("/", 1)[-1]
        found = [_item(call, wire, None) for call, wire in self._pairs if str(wire.id) == wanted]
        return as_json({"href": f"{_API}/training/{wanted}", "time": 4, "totalCount": 1, "count": 1, "data": found}) \
            if found else _failure(404, "NotFoundHttpException", f"Item {wanted} not found")  # fmt: skip

    def _list(self, request: Request, name: str) -> Response:
        try:
            asked = json.loads(request.body) if request.method == "POST" and request.body else {}
        except ValueError:
            return _failure(400, "BadRequestHttpException", "Invalid JSON payload")
        limit = int(asked.get("limit", request.number("limit", 10)))
        offset = int(asked.get("offset", request.number("offset", 0)))
        if not 0 <= limit <= MOST:
            return _failure(400, "BadRequestHttpException", f"Invalid limit: {limit}")
        kept = _fields_asked(request, asked)
        data = [_item(call, wire, kept) for call, wire in self._pairs[offset : offset + limit]]
        here = f"{_API}/training?appname={name}&limit={limit}"
        links = {"self": {"href": f"{here}&offset={offset}"}}
        if offset + limit < len(self._pairs):
            links["next"] = {"href": f"{here}&offset={offset + limit}{_kept_query(request)}"}
        return as_json(
            {
                "time": 9,
                "href": f"{_API}/training",
                "links": links,
                "took": 3,
                "totalCount": len(self._pairs),
                "count": len(data),
                "data": data,
            }
        )


def _failure(status: int, kind: str, message: str) -> Response:
    return as_json({"status": status, "time": 2, "error": {"type": kind, "message": message}}, status)


def _kept_query(request: Request) -> str:
    """The rest of the query, which the service repeats in the link to the next page."""
    gone = ("appname=", "limit=", "offset=")
    return "".join(f"&{part}" for part in request.query.split("&") if part and not part.startswith(gone))


def _fields_asked(request: Request, asked: dict[str, Any]) -> set[str] | None:
    """The top-level fields to send, or None for all of them."""
    included = (asked.get("fields") or {}).get("include") or [
        value for name, values in request.parameters.items() if name.startswith("fields[include]") for value in values
    ]
    profile = asked.get("profile") or request.parameter("profile")
    if profile == "full":
        return None
    listed = {"title", "date", "source", "country", "url", "url_alias"} if profile == "list" else {"title"}
    return {name.split(".")[0] for name in included} | listed


def _midnight(moment: Date) -> str:
    return f"{moment.on.isoformat()}T00:00:00+00:00"


def _item(call: SampleCall, wire: Wire, kept: set[str] | None) -> dict[str, Any]:
    fields = {name: value for name, value in _fields(call, wire).items() if kept is None or name in kept}
    return {"id": str(wire.id), "score": 1, "href": f"{_API}/training/{wire.id}", "fields": fields}


def _fields(call: SampleCall, wire: Wire) -> dict[str, Any]:
    """A training as the service keeps it: what is not given is left out."""
    return {
        "id": wire.id,
        "status": "published",
        "title": call.title,
        "body": plain(call.body),
        "body-html": html_of(call.body),
        "how_to_register": plain(wire.how_to_register),
        "how_to_register-html": html_of(wire.how_to_register),
        "date": _dates(call, wire),
        "url": f"https://reliefweb.int/node/{wire.id}",
        "url_alias": f"https://reliefweb.int/training/{wire.id}/{call.id}",
        "source": [{"id": 1500 + wire.id % 97, "name": call.organisation, "shortname": call.organisation,
                    "type": {"id": 274, "name": "Non-governmental Organization"}}],
        "type": [{"id": _TYPES[wire.type], "name": wire.type}],
        "format": [{"id": _FORMATS[name], "name": name} for name in wire.formats],
        "cost": wire.cost,
        "language": [{"id": 267, "name": wire.language, "code": call.reads.language}],
        "training_language": [{"id": 267, "name": wire.language, "code": call.reads.language}],
        "career_categories": [{"id": 6867 + number, "name": name} for number, name in enumerate(wire.careers)],
        "theme": [{"id": 4595, "name": name} for name in wire.themes],
        **_given(wire),
    }  # fmt: skip


def _dates(call: SampleCall, wire: Wire) -> dict[str, str]:
    given = {"registration": wire.registration, "start": wire.starts, "end": wire.ends}
    return {
        "created": f"{call.posted.on.isoformat()}T09:12:00+00:00",
        "changed": f"{call.modified.on.isoformat()}T09:12:00+00:00",
        **{name: _midnight(moment) for name, moment in given.items() if moment},
    }


def _given(wire: Wire) -> dict[str, Any]:
    """Of the fields that not every training has those that this one has."""
    country = {"id": 100 + wire.id % 97, "name": wire.country, "shortname": wire.country, "iso3": wire.iso3}
    fields = {
        "event_url": wire.event_url,
        "fee_information": wire.fee,
        "country": [country | {"primary": True}] if wire.country else [],
        "city": [{"id": 7000 + wire.id % 97, "name": wire.city}] if wire.city else [],
    }
    return {name: value for name, value in fields.items() if value}
