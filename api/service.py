"""What every route is handed: the engine, the clock, the recommender, and what this installation can do."""

import datetime as dt
import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Annotated, cast

from fastapi import Depends, Request
from sqlalchemy import Engine

from api.cursors import Cursors
from api.openid import OpenIdProvider
from api.problems import Kind, Problem
from api.recommending import Recommender
from catalog.replica import Replica
from catalog.sealing import Sealer
from catalog.stores.remembered_calls import RememberedCalls
from recommender.progress import Progress

logger = logging.getLogger("opportune.api")
LOADING_PATIENCE = 20.0
"""Seconds a request waits for a recommender that is still being loaded, which takes about five."""


class RecommenderSlot:
    """The recommender, loaded in the background so that the service answers before torch is imported."""

    def __init__(self, load: Callable[[], Recommender], progress: Progress) -> None:
        self._load = load
        self.progress = progress
        self._done = threading.Event()
        self._found: Recommender | None = None

    def start(self) -> None:
        """Begin to load."""
        threading.Thread(target=self._run, name="load-recommender", daemon=True).start()

    def _run(self) -> None:
        try:
            self._found = self._load()
        except Exception:
            logger.exception("the recommender could not be loaded")
        finally:
            self._done.set()

    def finish(self, within: float = 15.0) -> None:
        """Let loading that was begun come to its end: a thread in a native library aborts a process that exits."""
        self._done.wait(within)

    @property
    def loading(self) -> bool:
        """Whether it is not yet known if there is a recommender."""
        return not self._done.is_set()

    @property
    def loaded(self) -> Recommender | None:
        """The recommender, if it is there now."""
        return self._found

    def wait(self) -> Recommender:
        """The recommender. Raises Problem (503) when it could not be loaded, or is still being loaded."""
        self._done.wait(LOADING_PATIENCE)
        if self._found is None:
            what = "still being loaded" if self.loading else "not available; the operator's log says why"
            raise Problem(Kind.UNAVAILABLE, f"The recommender is {what}.", headers={"Retry-After": "5"})
        return self._found


@dataclass(frozen=True, slots=True)
class Service:
    """Everything the routes need, made once by `create_app`."""

    engine: Engine
    clock: Callable[[], dt.datetime]
    cursors: Cursors
    recommender: RecommenderSlot
    sealer: Sealer
    public_url: str
    webhooks_to_loopback: bool
    email_available: bool
    undo: dt.timedelta
    closing_soon: dt.timedelta
    ranking_lasts: dt.timedelta
    mails_per_day: int
    openid: OpenIdProvider | None
    replica: Replica | None = None
    calls: RememberedCalls = field(default_factory=RememberedCalls)


def _service(request: Request) -> Service:
    return cast(Service, request.app.state.service)


ServiceDep = Annotated[Service, Depends(_service)]


def _reading(service: ServiceDep) -> Service:
    return service if service.replica is None else replace(service, engine=service.replica.engine())


CatalogueDep = Annotated[Service, Depends(_reading)]
"""For routes that read the catalogue and write nothing: `engine` is a replica's if there is one that shows all."""
