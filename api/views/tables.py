"""Rows of files (CSV, RFC 4180) that people open in a spreadsheet and programs read back.

A cell that a spreadsheet would take for a formula has an apostrophe before it (`catalog.cohort.table.guarded`):
take one off where `'` stands before `=`, `+`, `-`, `@`, a backslash, tab or return, and the field is as it was.
What holds several things is JSON.
"""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from api.schemas.forwards import ForwardView
from api.schemas.recommendations import RecommendationView
from api.views.opportunities import Now, deadline_view, moment_view, row_view
from catalog.cohort.table import BYTE_ORDER_MARK, guarded
from catalog.tables import Opportunity

_PLAIN = (
    "id", "kind", "title", "organisation", "url", "host", "status", "timing", "closes_at", "forgotten", "remote",
    "funding", "first_seen_at", "last_seen_at", "changed_at",
)  # fmt: skip
_NESTED = ("places", "money", "career_stages", "tags", "flags", "sources", "starts", "ends", "expected")
_DEADLINE = ("purpose", "precision", "on", "clock", "zone", "at", "quote")
_KEPT = ("edition", "language", "outcome", "predicted", "withdrawn_at", "summary", "description")
OPPORTUNITY_COLUMNS = (
    *_PLAIN,
    *(f"deadline_{name}" for name in _DEADLINE),
    *_NESTED,
    "deadlines",
    "opens",
    "requirements",
    "quotes",
    *_KEPT,
)
FORWARD_COLUMNS = (
    "id", "created_at", "state", "settled_at", "channel", "mentee_id", "mentee", "sent_by", "opportunity_id", "title",
    "organisation", "url", "status", "closes_at", "subject", "message", "note", "answer", "answer_why", "answer_reason",
    "answered_at", "answer_by_mentor", "remind_on",
)  # fmt: skip
RECOMMENDATION_COLUMNS = (
    "rank", "score", "line", "eligibility", "question", "days_left", "start_by", "goal", "goal_sentence",
    *OPPORTUNITY_COLUMNS,
)  # fmt: skip
_ROWS_A_PIECE = 200


def lines(columns: Sequence[str], rows: Iterable[Mapping[str, Any]], *, mark: bool) -> Iterator[bytes]:
    """The file in pieces of some rows, so that it is never whole in memory. `mark`: begin with a byte order mark."""
    written = io.StringIO(newline="")
    writer = csv.writer(written)
    written.write(BYTE_ORDER_MARK if mark else "")
    writer.writerow(columns)
    for number, row in enumerate(rows, start=1):
        writer.writerow([guarded(cell(row.get(column))) for column in columns])
        if number % _ROWS_A_PIECE == 0:
            yield written.getvalue().encode()
            written.seek(0)
            written.truncate()
    yield written.getvalue().encode()


def cell(value: Any) -> str:
    """A value as its text: nothing for what is not known, `true` and `false`, JSON for what holds several things."""
    if value is None or value in ([], {}):
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict) else str(value)


def opportunity_cells(opportunity: Opportunity, sources: Sequence[str], now: Now) -> dict[str, Any]:
    """All that is known of one, by column."""
    row = row_view(opportunity, sources, now).model_dump(mode="json")
    deadline, opens = row["deadline"] or {}, moment_view(opportunity.opens)
    return {
        **{name: row[name] for name in (*_PLAIN, *_NESTED)},
        **{f"deadline_{name}": deadline.get(name) for name in _DEADLINE},
        "deadlines": [view.model_dump(mode="json") for one in opportunity.deadlines if (view := deadline_view(one))],
        "opens": opens and opens.model_dump(mode="json"),
        "requirements": [one.model_dump(mode="json") for one in opportunity.requirements],
        "quotes": opportunity.quotes,
        **opportunity.model_dump(mode="json", include=set(_KEPT)),
    }


def forward_cells(forward: ForwardView) -> dict[str, Any]:
    """A forward with what came back, by column."""
    row = forward.model_dump(mode="json")
    about, reply = row["opportunity"], row["reply"] or {}
    return {
        **{name: row[name] for name in FORWARD_COLUMNS if name in row},
        "mentee_id": row["mentee"] and row["mentee"]["id"],
        "mentee": row["mentee"] and row["mentee"]["name"],
        "sent_by": row["sent_by"] and row["sent_by"]["name"],
        "opportunity_id": about["id"],
        **{name: about[name] for name in ("title", "organisation", "url", "status", "closes_at")},
        "answer": reply.get("answer"),
        "answer_why": reply.get("why"),
        "answer_reason": reply.get("reason"),
        "answered_at": reply.get("created_at"),
        "answer_by_mentor": reply.get("by_mentor"),
        "remind_on": reply.get("remind_on"),
    }


def recommendation_cells(item: RecommendationView, opportunity: Mapping[str, Any]) -> dict[str, Any]:
    """One of a mentee's list with its opportunity's cells, by column."""
    row = item.model_dump(mode="json", include={"rank", "score", "line", "match", "eligibility", "time_left"})
    match = row["match"] or {}
    return {
        **opportunity,
        "rank": row["rank"],
        "score": row["score"],
        "line": row["line"],
        "eligibility": row["eligibility"]["verdict"],
        "question": row["eligibility"]["question"],
        "days_left": row["time_left"]["days"],
        "start_by": row["time_left"]["start_by"],
        "goal": match.get("goal"),
        "goal_sentence": match.get("sentence"),
    }
