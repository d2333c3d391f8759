"""Who is to hear that something changed: exactly those who hold it, once for each change. Pure decisions.

A mentor holds an opportunity for a mentee when they sent it or saved it for them, it was not taken back,
and what came of it leaves the date of interest. It is theirs to pass on for as long as they may see the
mentee; after that it is everybody's who mentors them.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from catalog.words import ChangeKind, ReplyAnswer

TOLD_OF = frozenset(
    {ChangeKind.DEADLINE, ChangeKind.OPENS, ChangeKind.OUTCOME, ChangeKind.WITHDRAWN, ChangeKind.REVIVED}
)
"""A title that is worded anew is no news to who holds the call."""
OVER = frozenset({ReplyAnswer.NOT_FOR_ME, ReplyAnswer.REJECTED})
"""Answers after which a mentee no longer asks when it closes."""


@dataclass(frozen=True, slots=True)
class Holding:
    """That an opportunity was sent (`forward_id`) or saved for a mentee.

    owner: who did it, None once they may not see the mentee any more. rev: the opportunity's revision as they
    saw it; None in rows of an older version, where `since` tells instead.
    """

    mentee_id: str
    opportunity_id: str
    owner: str | None
    since: dt.datetime
    rev: int | None = None
    forward_id: str | None = None
    answer: ReplyAnswer | None = None


@dataclass(frozen=True, slots=True)
class Changed:
    """One change as it was recorded."""

    id: str
    opportunity_id: str
    kind: ChangeKind
    rev: int
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class Owed:
    """One notice: the natural key is the first three."""

    change_id: str
    mentor_id: str
    mentee_id: str
    opportunity_id: str
    forward_id: str | None


def addressees(owner: str | None, mentors: Sequence[str]) -> Sequence[str]:
    """Whose it is: the owner's while they may see the mentee, else of all who mentor them."""
    return mentors if owner is None else (owner,)


def held_before(holding: Holding, change: Changed) -> bool:
    """Whether it was sent or saved as it stood before the change."""
    return holding.since <= change.at if holding.rev is None else holding.rev < change.rev


def notices(
    changes: Iterable[Changed], holdings: Iterable[Holding], mentors: Mapping[str, Sequence[str]]
) -> list[Owed]:
    """The notices owed for these changes. mentors: of each mentee, those that are active."""
    held: dict[str, list[Holding]] = {}
    for holding in holdings:
        if holding.answer not in OVER:
            held.setdefault(holding.opportunity_id, []).append(holding)
    found: dict[tuple[str, str, str], Owed] = {}
    for change in changes:
        for holding in held.get(change.opportunity_id, ()) if change.kind in TOLD_OF else ():
            if held_before(holding, change):
                for mentor_id in addressees(holding.owner, mentors.get(holding.mentee_id, ())):
                    owed = Owed(change.id, mentor_id, holding.mentee_id, change.opportunity_id, holding.forward_id)
                    key = (change.id, mentor_id, holding.mentee_id)
                    if key not in found or found[key].forward_id is None:  # sent says more than saved
                        found[key] = owed
    return list(found.values())
