"""What the service counts of itself, for Prometheus: by route as it is declared, never by what was asked for.

Each process counts for itself, in a registry of its own. What the database knows (ages, queues) is not
counted here but read when somebody looks: `operations.metrics`. No label may hold anything about a person:
labels are names of routes, codes and words of ours.
"""

import datetime as dt
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

from opentelemetry import trace
from prometheus_client import CollectorRegistry, Counter, Histogram
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector
from sqlalchemy.exc import SQLAlchemyError

from api.problem_kinds import Kind
from api.recommending import Recommender
from catalog.replica import Replica, Standing
from recommender.filters import Filters
from recommender.health import Mode, RecommenderState
from recommender.results import Board, Chosen, RankedList, Recommended, SearchResults

Answer = TypeVar("Answer")
_REQUEST_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
_RANKING_SECONDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10)


class ServiceMetrics:
    """What is counted as requests are answered."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._requests = Counter(
            "opportune_requests", "Requests answered", ["method", "route", "status"], registry=self.registry
        )
        self._seconds = Histogram(
            "opportune_request_seconds",
            "Time until a request was answered",
            ["route"],
            buckets=_REQUEST_SECONDS,
            registry=self.registry,
        )
        self._counted: dict[tuple[str, str, int], tuple[Counter, Histogram]] = {}
        self._problems = Counter(
            "opportune_problems", "Requests refused or failed, by problem", ["route", "code"], registry=self.registry
        )
        self._chosen = Counter(
            "opportune_catalogue_reads",
            "Reads that may go to the replica, by how it was: those go elsewhere unless it `follows`",
            ["replica"],
            registry=self.registry,
        )
        self._ranking = Histogram(
            "opportune_ranking_seconds",
            "Time to work out a list, by what was asked and how far it went",
            ["what", "mode"],
            buckets=_RANKING_SECONDS,
            registry=self.registry,
        )

    def expect_faults(self, routes: Iterable[str]) -> None:
        """Tell of no error that nobody foresaw on each of these, since Prometheus sees no rise in what begins at 1."""
        for route in routes:
            self._problems.labels(route, Kind.INTERNAL.code)

    def answered(self, method: str, route: str, status: int, problem: str, seconds: float) -> None:
        """Count a request; `problem` is the code of the problem it was answered with, if it was."""
        counted = self._counted.get((method, route, status))
        if counted is None:  # looking a child up by its labels takes longer than counting
            counted = self._requests.labels(method, route, str(status)), self._seconds.labels(route)
            self._counted[method, route, status] = counted
        counted[0].inc()
        counted[1].observe(seconds)
        if problem:
            self._problems.labels(route, problem).inc()

    def ranked(self, what: str, mode: str, seconds: float) -> None:
        """Count a list that was worked out."""
        self._ranking.labels(what, mode).observe(seconds)

    def chose(self, standing: Standing) -> None:
        """Count a read that may go to the replica."""
        self._chosen.labels(str(standing)).inc()

    def watch_replica(self, replica: Replica) -> None:
        """Tell how the replica is, whenever somebody looks."""
        self.registry.register(_ReplicaState(replica))

    def watch(self, state: Callable[[], RecommenderState | None]) -> None:
        """Tell how the recommender is, whenever somebody looks."""
        self.registry.register(_RankingState(state))


class _RankingState(Collector):
    """Degraded or not, and how much waits for the index, at the moment of looking."""

    def __init__(self, state: Callable[[], RecommenderState | None]) -> None:
        self._state = state

    def describe(self) -> list[GaugeMetricFamily]:
        """Nothing beforehand: registering must not open the database."""
        return []

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """The gauges now."""
        try:
            found = self._state()
        except SQLAlchemyError:
            return
        hybrid = found is not None and found.mode is Mode.HYBRID and not found.degraded
        yield _gauge("opportune_degraded", "1 while lists go by words alone or in part", 0 if hybrid else 1)
        if found is not None:
            yield _gauge("opportune_ranked_calls", "Open calls that are ranked", found.calls)
            yield _gauge("opportune_index_waiting", "Open calls without a vector", found.waiting)


class _ReplicaState(Collector):
    """Whether the replica answers, and how far behind it is, at the moment of looking."""

    def __init__(self, replica: Replica) -> None:
        self._replica = replica

    def describe(self) -> list[GaugeMetricFamily]:
        """Nothing beforehand: registering must not open the database."""
        return []

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """The gauges now."""
        lag = self._replica.lag()
        yield _gauge(
            "opportune_replica_up", "1 while the read replica answers", float(lag.standing is not Standing.AWAY)
        )
        if lag.seconds is not None:
            yield _gauge("opportune_replica_lag_seconds", "How far the read replica is behind", lag.seconds)


def _gauge(name: str, what: str, value: float) -> GaugeMetricFamily:
    made = GaugeMetricFamily(name, what)
    made.add_metric([], value)
    return made


class MeasuredRecommender:
    """A recommender whose answers are timed and traced."""

    def __init__(self, inner: Recommender, metrics: ServiceMetrics) -> None:
        self._inner = inner
        self._metrics = metrics

    def recommend(
        self, mentee_id: str, filters: Filters | None = None, *, now: dt.datetime, shown: int | None = None
    ) -> RankedList:
        """The mentee's list, the first `shown` with reasons (None: all)."""
        return self._measured("recommend", lambda: self._inner.recommend(mentee_id, filters, now=now, shown=shown))

    def explain(self, mentee_id: str, chosen: Sequence[Chosen], *, now: dt.datetime) -> tuple[Recommended, ...]:
        """Further calls of a list with their reasons."""
        return self._measured("explain", lambda: self._inner.explain(mentee_id, chosen, now=now))

    def look_out(self, mentee_ids: Sequence[str], *, now: dt.datetime) -> int:
        """See what is in view for these mentees and keep it; how many were seen."""
        return self._measured("look_out", lambda: self._inner.look_out(mentee_ids, now=now))

    def board(self, opportunity_id: str, mentee_ids: Sequence[str], *, now: dt.datetime) -> Board:
        """These mentees for one call."""
        return self._measured("board", lambda: self._inner.board(opportunity_id, mentee_ids, now=now))

    def search(
        self, words: str, filters: Filters | None = None, *, now: dt.datetime, limit: int = 100
    ) -> SearchResults:
        """Calls by words and meaning, whoever they are for."""
        return self._measured("search", lambda: self._inner.search(words, filters, now=now, limit=limit))

    def more_like(
        self, opportunity_id: str, filters: Filters | None = None, *, now: dt.datetime, limit: int = 20
    ) -> SearchResults:
        """Other calls like this one."""
        return self._measured("more_like", lambda: self._inner.more_like(opportunity_id, filters, now=now, limit=limit))

    def state(self, now: dt.datetime | None = None) -> RecommenderState:
        """How the recommender is."""
        return self._inner.state(now)

    def _measured(self, what: str, ask: Callable[[], Answer]) -> Answer:
        started = time.perf_counter()
        with trace.get_tracer("opportune").start_as_current_span(f"ranking.{what}", record_exception=False) as span:
            answer = ask()
            mode = str(getattr(answer, "mode", "none"))
            span.set_attribute("opportune.mode", mode)
        self._metrics.ranked(what, mode, time.perf_counter() - started)
        return answer
