"""What about an opportunity is no longer as it was, as far as people who hold it would want to know."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from catalog.columns import as_json
from catalog.drafts import Deadline, Moment
from catalog.tables import Opportunity
from catalog.words import ChangeKind


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that changed: `field` names the column whose source says so."""

    kind: ChangeKind
    field: str
    old: Any
    new: Any
    old_quote: str = ""
    new_quote: str = ""


def differences(row: Opportunity, values: dict[str, Any]) -> list[Difference]:
    """What differs between an opportunity as stored and the columns it will have; wording alone is no difference."""
    found = [_withdrawal(row, values)]
    if "title" in values:
        found += [_deadlines(row, values), _opens(row, values), _outcome(row, values), _title(row, values)]
    return [one for one in found if one is not None]


def _deadlines(row: Opportunity, values: dict[str, Any]) -> Difference | None:
    new: tuple[Deadline, ...] = values["deadlines"]
    if _dates(row.deadlines) == _dates(new) and row.timing == values["timing"]:
        return None
    return Difference(
        ChangeKind.DEADLINE,
        "deadlines",
        {"timing": row.timing, "deadlines": [as_json(one) for one in row.deadlines]},
        {"timing": values["timing"], "deadlines": [as_json(one) for one in new]},
        _words(row.deadlines) or row.quotes.get("timing", ""),
        _words(new) or values["quotes"].get("timing", ""),
    )


def _opens(row: Opportunity, values: dict[str, Any]) -> Difference | None:
    new: Moment | None = values["opens"]
    old = row.opens
    if _dates([old] if old else []) == _dates([new] if new else []):
        return None
    return Difference(
        ChangeKind.OPENS,
        "opens",
        as_json(old) if old else None,
        as_json(new) if new else None,
        old.quote if old else "",
        new.quote if new else "",
    )


def _outcome(row: Opportunity, values: dict[str, Any]) -> Difference | None:
    if row.outcome == values["outcome"]:
        return None
    return Difference(
        ChangeKind.OUTCOME,
        "outcome",
        row.outcome,
        values["outcome"],
        row.quotes.get("outcome", ""),
        values["quotes"].get("outcome", ""),
    )


def _title(row: Opportunity, values: dict[str, Any]) -> Difference | None:
    if row.title == values["title"]:
        return None
    return Difference(ChangeKind.TITLE, "title", row.title, values["title"], row.title, values["title"])


def _withdrawal(row: Opportunity, values: dict[str, Any]) -> Difference | None:
    new = values["withdrawn_at"]
    if (row.withdrawn_at is None) == (new is None):
        return None
    kind = ChangeKind.REVIVED if new is None else ChangeKind.WITHDRAWN
    return Difference(kind, "withdrawn_at", None, None)


def _dates(moments: Iterable[Moment]) -> list[str]:
    """What the moments say, without the words that say it."""
    return sorted(str(as_json(one.model_copy(update={"quote": "", "label": ""}))) for one in moments)


def _words(moments: Iterable[Moment]) -> str:
    return "; ".join(dict.fromkeys(one.quote for one in moments if one.quote))  # one line may name two dates
