"""Forwards and their `Idempotency-Key`: the first answer again, however often it is tried; 409 while it is made."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Header, Response
from sqlmodel import Session

from api.caller import Caller
from api.problems import Kind, Problem
from api.service import Service
from api.underway import still_under_way
from catalog.stores import idempotency
from catalog.tables import IdempotencyRecord

Key = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        pattern=r"^[\x21-\x7e]{1,255}$",
        description="A new random value for each request, the same when it is tried again. Required.",
        examples=["8e03978e-40d5-43dd-bc93-6894a57f9324"],
    ),
]


@dataclass(frozen=True, slots=True)
class Once:
    """One request by its key. Made by `once`."""

    caller: str
    key: str
    request: str
    service: Service

    def answered(self, session: Session) -> IdempotencyRecord | None:
        """The first answer, without taking the key: asked before anything is checked."""
        with _naming_reuse():
            return idempotency.first_answer(
                session, caller=self.caller, key=self.key, request=self.request, now=self.service.clock()
            )

    def begin(self, session: Session) -> IdempotencyRecord | None:
        """Take the key (None), or the first answer when another was quicker. Raises Problem (409) while another
        process works on it; those of this process are told before (`api.underway`)."""
        if not idempotency.take_turn(session, caller=self.caller, key=self.key):
            raise still_under_way()
        with _naming_reuse():
            return idempotency.begin(
                session, caller=self.caller, key=self.key, request=self.request, now=self.service.clock()
            )

    def finish(self, session: Session, status: int, body: Any) -> None:
        """Keep the answer in the transaction of its effect."""
        idempotency.finish(session, caller=self.caller, key=self.key, status=status, body=body)


def once(service: Service, caller: Caller, key: str | None, operation: str, body: Any) -> Once:
    """The request, if it has a key. Raises Problem (400) otherwise."""
    if key is None:
        raise Problem(Kind.IDEMPOTENCY_KEY_MISSING)
    return Once(caller.mentor.id, key, idempotency.request_hash(operation, body), service)


def replayed(record: IdempotencyRecord, response: Response) -> Any:
    """The first answer's body, marked as such. Raises Problem (410) where it was about somebody who was erased."""
    if record.body is None:
        raise Problem(Kind.GONE, "The mentee of this forward was erased.")
    response.headers["Idempotent-Replayed"] = "true"
    response.status_code = record.status or 201
    return record.body


@contextmanager
def _naming_reuse() -> Iterator[None]:
    """Answer 422 where a key was used for a different request."""
    try:
        yield
    except idempotency.KeyReused as error:
        raise Problem(Kind.IDEMPOTENCY_KEY_REUSED) from error
