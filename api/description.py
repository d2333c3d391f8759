"""The API's own description: OpenAPI 3.1, from which clients and the page's types are made."""

import threading
from collections.abc import Mapping
from typing import Any

from fastapi import FastAPI
from pydantic.json_schema import models_json_schema

from api.deprecation import Deprecation, mark
from api.problem_examples import problem_examples
from api.request_examples import BODIES
from api.schemas.problems import Problem
from api.taking_keys import describe_keys
from api.telling_events import tell_events
from api.telling_headers import tell
from api.telling_words import tell_words

_ABOUT = """\
Opportunities, mentees and what fits them. Whoever builds a frontend should never need to ask us anything.

**Signing in.** Programs send `Authorization: Bearer opp_live_…`; a front end elsewhere asks for tokens
(`POST /v1/tokens`); the page has a session cookie.

**Lists** are `{"items": […], "next": cursor or null}`; give `next` as `cursor` with the same filters for the next
page. A page has at most 100 items, a body 256 KiB, a goal 2,000 characters.

**Errors** are problem documents (RFC 9457) whose `type` is the address of a page that explains it. What was sent
is never repeated.

**Changes** name what they change: send the `ETag` you read as `If-Match`. A field that is left out stays; one that is
null stays too, unless null means that it is not known. GETs answer 304 to `If-None-Match`.

**Retrying.** GET, PUT and DELETE may be tried again as they are. A POST that makes something takes an
`Idempotency-Key`, a forward needs one: the same key gives the first answer again for 48 hours.

**Limits** are told in every answer (`RateLimit`, `RateLimit-Policy`); beyond them is 429 with `Retry-After`.

**Unknown** is a value: null says that it is not known, never no. Instants are UTC; a date without a time has no time.

Within v1 only additions are made: fields to answers, words to vocabularies. Pass over a field, and show a word as
it is, that you do not know.
"""
_TAGS = {
    "signing in": "Sessions of the page, and who one is.",
    "opportunities": "What can be gone for, with the words it was read from.",
    "mentees": "Mentees, their goals and co-mentors, notes about them, and what was decided for them.",
    "recommendations": "Ranked lists with reasons.",
    "forwards": "Sending opportunities to mentees: drafting, sending, undoing, and what came of it.",
    "templates": "The words in which I forward, with places to be filled in.",
    "reminders": "Days to come back to something, which move when its deadline does.",
    "feeds": "Lists as calendars, RSS and JSON Feed, by links of their own.",
    "exports": "Lists as files.",
    "webhooks": "Telling programs of events.",
    "replies": "A mentee's answer by link.",
    "today": "What needs a mentor today, and who has had nothing lately.",
    "subscriptions": "Ending mail by link, and lifting what keeps mail from an address.",
    "sources": "Where opportunities come from, and how well that goes.",
    "review": "What the reader was unsure of, for a coordinator to decide.",
    "administration": "Programmes, accounts, invitations and the audit record: for administrators and coordinators.",
    "health": "For load balancers and operators.",
}


def operation_id(name: str) -> str:
    """`recommend_for_mentee` → `recommendForMentee`: the stable name from which clients are generated."""
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)


def describe(app: FastAPI, deprecated: Mapping[str, Deprecation]) -> None:
    """Let `app.openapi()` tell everything: texts, the problem's schema, and no default of the framework's."""
    app.description = _ABOUT
    app.openapi_tags = [{"name": name, "description": text} for name, text in _TAGS.items()]
    app.license_info = {"name": "Apache-2.0", "identifier": "Apache-2.0"}
    plain, being_made = app.openapi, threading.Lock()

    def openapi() -> dict[str, Any]:
        with being_made:  # two threads that make it at once break each other's, and one would see it half told
            return app.openapi_schema or _told(app, plain(), deprecated)

    app.openapi = openapi  # type: ignore[method-assign]


def _told(app: FastAPI, schema: dict[str, Any], deprecated: Mapping[str, Deprecation]) -> dict[str, Any]:
    _, problem = models_json_schema([(Problem, "serialization")], ref_template="#/components/schemas/{model}")
    schema["components"]["schemas"].update(problem["$defs"])
    tell(schema, {operation_id(name): body for name, body in BODIES.items()})
    describe_keys(schema)
    tell_events(schema)
    tell_words(schema)
    schema["components"]["examples"] = problem_examples()
    mark(schema, {operation_id(name): one for name, one in deprecated.items()})
    app.openapi_schema = schema
    return schema
