"""Pairs of a mentee and an opportunity, many at once: what is known of each as they are looked up and written about."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlmodel import Session

from api.caller import Caller
from api.forwarding.drafting import Written, write
from api.forwarding.keeping import check_mail
from api.forwarding.targets import Target, target_of
from api.problems import Problem
from api.schemas.batches import Refusal
from api.schemas.forwards import ForwardTarget, WarningView
from api.service import Service
from catalog.stores.forwards import ForwardRow
from recommender.letter_templates import Template

Pair = tuple[str, str]
"""A mentee and an opportunity, by their ids."""


@dataclass(slots=True)
class Pairs:
    """What is known of each pair as the batch goes on: who and what, the words, and why one was refused."""

    targets: dict[Pair, Target] = field(default_factory=dict)
    written: dict[Pair, Written] = field(default_factory=dict)
    refused: dict[Pair, Problem] = field(default_factory=dict)
    warnings: dict[Pair, list[WarningView]] = field(default_factory=dict)
    rows: dict[Pair, ForwardRow] = field(default_factory=dict)

    def look_up(
        self, session: Session, service: Service, caller: Caller, bodies: Iterable[ForwardTarget], *, by_mail: bool
    ) -> None:
        """Find who and what is meant, or refuse."""
        for body in bodies:
            pair = pair_of(body)
            if pair in self.refused:
                continue
            try:
                target = target_of(session, caller, body)
                if by_mail:
                    check_mail(service, target)
                self.targets[pair] = target
            except Problem as problem:
                self.refused[pair] = problem
                self.targets.pop(pair, None)

    def write(self, service: Service, caller: Caller, template: Template, now: dt.datetime, together: bool) -> None:
        """Draft the messages of those that were found."""
        pairs = list(self.targets)
        drafts = write(service, list(self.targets.values()), caller, template, now=now, together=together)
        self.written = dict(zip(pairs, drafts, strict=True))


def pair_of(body: ForwardTarget) -> Pair:
    """Who and what a body names."""
    return body.mentee_id, body.opportunity_id


def refusal_of(service: Service, problem: Problem | None) -> Refusal | None:
    """A problem as the answer to one pair."""
    if problem is None:
        return None
    kind = problem.kind
    detail = problem.errors[0].detail if problem.errors else problem.detail
    return Refusal(
        type=f"{service.public_url}/problems/{kind.code}",
        code=kind.code,
        status=kind.value.status,
        title=kind.value.title,
        detail=detail,
    )
