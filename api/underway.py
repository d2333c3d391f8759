"""Which requests with an `Idempotency-Key` are under way in this process: the same one again is told so at once (409).

Forwards keep key, effect and answer in one transaction, so that the database shows no other request a key that is
taken and not answered yet. Other processes are told by `catalog.stores.idempotency.take_turn`.
"""

import threading

from api.problems import Kind, Problem
from api.service import Service


def still_under_way() -> Problem:
    """The first request with this key is not answered yet (Idempotency-Key draft, 2.6)."""
    return Problem(Kind.IDEMPOTENCY_KEY_IN_USE, headers={"Retry-After": "1"})


class UnderWay:
    """The keys of requests that are being worked on."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._keys: set[tuple[str, str]] = set()

    def take(self, caller: str, key: str) -> bool:
        """Whether it was free."""
        with self._lock:
            if (caller, key) in self._keys:
                return False
            self._keys.add((caller, key))
            return True

    def give_back(self, caller: str, key: str) -> None:
        """It was answered."""
        with self._lock:
            self._keys.discard((caller, key))


class Attempt:
    """One request with a key; `begin` is asked once it is known who calls."""

    def __init__(self, keys: UnderWay, key: str) -> None:
        self._keys, self._key, self._caller = keys, key, ""

    def begin(self, service: Service, caller: str) -> None:  # noqa: ARG002  (as `repeating.Asked`)
        """Take the key. Raises Problem (409) while another request has it."""
        if not self._keys.take(caller, self._key):
            raise still_under_way()
        self._caller = caller

    def end(self) -> None:
        """The request was answered."""
        if self._caller:
            self._keys.give_back(self._caller, self._key)
