"""Requests that schemathesis makes up from the description, sent to the running service and held to what it says.

One service for a file of tests, over a populated database that is laid anew after every request that changed
something: what a request is answered depends on that request alone, so that a failure is found again.
"""

import hashlib
import json
import shutil
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, get_args

import schemathesis
from hypothesis import HealthCheck, settings
from pydantic_core.core_schema import ErrorType
from schemathesis.core.parameters import ParameterLocation
from schemathesis.specs.openapi.checks import negative_data_rejection, positive_data_acceptance

from catalog.database import connect
from catalog.values import visible_text
from catalog.words import Scope
from recommender.indexing import index
from recommender.service import Recommender
from tests.api.conftest import many_calls, populate
from tests.api.serving import Served, serving
from tests.api.test_access_matrix import make_places
from tests.builders import NOW, save
from tests.recommender.embedding import WordEmbedder

ROOT = Path(__file__).parents[2]
ROLES = ("mtr_ada", "mtr_eve", "mtr_fay")
"""A mentor, a coordinator and an administrator take turns, by what the request says."""
SHORTENED = frozenset({"too_short", "string_too_short"})
"""Too short once white space and characters that hide were taken away."""
OF_SHAPE = frozenset(get_args(ErrorType)) - SHORTENED - {"missing", "value_error"}
"""Codes of what a schema can state. A request of the right shape may be refused under our own codes only."""
SAFE = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})


def described() -> Any:
    """The committed description, as schemathesis reads it."""
    made = schemathesis.openapi.from_dict(json.loads((ROOT / "openapi.json").read_text("utf-8")))
    made.config.generation.with_security_parameters = (
        False  # each request has a key; that none works without is checked
    )
    # 428 is the standard's own answer (RFC 6585 §3); 404 comes first where an object is not one's own
    missing = made.config.checks.missing_required_header
    missing.expected_statuses = [*missing.expected_statuses, "404", "428"]
    made.config.request_timeout = 60.0  # a slow disk is not a fault of the service
    return made


def operations(schema: Any) -> set[str]:
    """The operation ids of a selection."""
    return {one.ok().definition.raw["operationId"] for one in schema.get_all_operations()}


def cases(count: int) -> settings:
    """So many made-up requests for each operation, beside those at the limits of every parameter; always the same."""
    return settings(
        max_examples=count, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
    )


@dataclass
class Answering:
    """The service, the objects it has, and how it answered so far."""

    served: Served
    places: dict[str, str]
    live: Path
    pristine: Path
    keys: dict[str, str]
    watching: sqlite3.Connection
    laid: int = -1
    statuses: dict[str, Counter[int]] = field(default_factory=lambda: defaultdict(Counter))

    def hold_to_the_contract(self, case: Any) -> None:
        """Send the request; everything schemathesis can check is checked."""
        roles = self._roles(case)
        self._point_at_what_is_there(case)
        for role in roles:
            try:
                answer = case.call(base_url=self.served.url, headers={"Authorization": f"Bearer {self.keys[role]}"})
                self.statuses[case.operation.definition.raw["operationId"]][answer.status_code] += 1
                unfair = [negative_data_rejection] if _shorter_when_read(case.body) else []
                unfair += [positive_data_acceptance] if _unstated(answer) else []
                case.validate_response(answer, excluded_checks=unfair)
            finally:
                if case.method not in SAFE:
                    self.lay_anew()

    def _point_at_what_is_there(self, case: Any) -> None:
        """Name objects that exist and versions that hold, wherever the request is meant to be right."""
        for where, location in (
            (case.path_parameters, ParameterLocation.PATH),
            (case.body, ParameterLocation.BODY),
            (case.query, ParameterLocation.QUERY),
        ):
            if isinstance(where, dict) and not case.meta.is_negative_at(location):
                where.update({name: self.places[name] for name in where if name in self.places})
                where.pop("cursor", None)  # nobody can make one up; tests/api/test_recommendations.py follows real ones
        if not case.meta.is_negative_at(ParameterLocation.HEADER):
            case.headers.update({"If-Match": "*"} if "If-Match" in case.headers else {})

    def _roles(self, case: Any) -> Sequence[str]:
        """One of the roles, by what is asked; all of them where nothing is."""
        if not (case.path_parameters or case.query or case.body):
            return ROLES
        said = json.dumps([case.path, str(case.path_parameters), str(case.query), repr(case.body)])
        digest = hashlib.blake2b(said.encode("utf-8", "surrogatepass"), digest_size=4).digest()
        return [ROLES[int.from_bytes(digest, "big") % len(ROLES)]]

    def lay_anew(self) -> None:
        """Put the database back as it was populated, if anything has been written since."""
        written = self._written()
        if written == self.laid:
            return
        with closing(sqlite3.connect(self.pristine)) as source, closing(sqlite3.connect(self.live)) as target:
            target.execute("PRAGMA synchronous=OFF")
            source.backup(target)
        self.laid = self._written()

    def _written(self) -> int:
        """A number that changes whenever another connection commits (sqlite.org/pragma.html#pragma_data_version)."""
        return int(self.watching.execute("PRAGMA data_version").fetchone()[0])

    def without_success(self) -> list[str]:
        """The operations that never answered 2xx: what they need (a password, a provider) is not made up."""
        return sorted(name for name, seen in self.statuses.items() if not any(status < 300 for status in seen))

    def report(self) -> str:
        """How often each operation answered what."""
        return "\n".join(
            f"{name:32} " + " ".join(f"{status}×{count}" for status, count in sorted(seen.items()))
            for name, seen in sorted(self.statuses.items())
        )


def _shorter_when_read(body: Any) -> bool:
    """Whether a text loses white space or characters that hide, and may then have the length it was not to have."""
    if isinstance(body, dict | list):
        return any(_shorter_when_read(one) for one in (body.values() if isinstance(body, dict) else body))
    return isinstance(body, str) and len(" ".join(visible_text(body).split())) < len(body)


def _unstated(answer: Any) -> bool:
    """Whether a request of the right shape was refused for a reason that a schema cannot state."""
    if answer.status_code in (400, 410, 412, 428):  # a missing key or version, a link or a version that is no more
        return answer.json()["code"] != "malformed-request"
    if answer.status_code != 422:
        return False
    problem = answer.json()
    return problem["code"] != "invalid-request" or not OF_SHAPE & {one["code"] for one in problem["errors"]}


@contextmanager
def answering(upgraded_file: Path, folder: Path) -> Iterator[Answering]:
    """A service with a recommender and mail, thirty calls, and an object for each parameter of an address."""
    live, pristine = folder / "opportune.db", folder / "pristine.db"
    shutil.copy(upgraded_file, live)
    engine = connect(f"sqlite:///{live}")
    populate(engine)
    save(engine, *many_calls(30))
    embedder = WordEmbedder()
    index(engine, embedder, NOW)
    with serving(
        f"sqlite:///{live}",
        load=lambda: Recommender(engine, embedder, look_again_after=3600.0),
        smtp_url="smtp://127.0.0.1:1",
    ) as served:
        places = make_places(served)
        keys = {
            "mtr_ada": served.key("mtr_ada"),
            "mtr_eve": served.key("mtr_eve"),
            "mtr_fay": served.key("mtr_fay", *Scope),
        }
        with closing(sqlite3.connect(live)) as source, closing(sqlite3.connect(pristine)) as target:
            source.backup(target)
        with closing(sqlite3.connect(live, check_same_thread=False)) as watching:
            yield Answering(served, places, live, pristine, keys, watching)
    engine.dispose()
