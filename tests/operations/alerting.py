"""What a PromQL expression comes to on two scrapes: as much of the language as our alert rules use.

A rate is taken as if its range lay between them: what was not there at the first has not grown, whatever it is now, as
Prometheus sees it. Labels that a rule does not name are kept as they are.
"""

import math
import operator
import time
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

import promql_parser as promql

Labels = tuple[tuple[str, str], ...]
Samples = Mapping[tuple[str, Labels], float]
Vector = dict[Labels, float]


class Scrapes(NamedTuple):
    """What was told, a range apart."""

    earlier: Samples
    now: Samples


COMPARE: dict[str, Callable[[float, float], bool]] = {
    ">": operator.gt, "<": operator.lt, ">=": operator.ge, "==": operator.eq,
}  # fmt: skip


def selectors(expression: Any) -> Iterator[promql.VectorSelector]:
    """Every selector in it."""
    found: list[promql.VectorSelector] = []

    def visit(one: Any) -> None:
        if isinstance(one, promql.VectorSelector):
            found.append(one)

    promql.walk(expression, visit)
    yield from found


def fires(expression: str, told: Scrapes) -> bool:
    """Whether an alert of this expression would be raised."""
    return bool(_vector(promql.parse(expression), told))


def _vector(one: Any, told: Scrapes) -> Vector:
    if isinstance(one, promql.ParenExpr):
        return _vector(one.expr, told)
    if isinstance(one, promql.VectorSelector):
        return _selected(one, told.now)
    if isinstance(one, promql.AggregateExpr):
        return _aggregated(one, told)
    if isinstance(one, promql.Call):
        return _called(one, told)
    assert isinstance(one, promql.BinaryExpr), f"{type(one).__name__} is more than is known here"
    return _joined(one, told)


def _selected(one: promql.VectorSelector, samples: Samples) -> Vector:
    return {labels: value for (name, labels), value in samples.items() if name == one.name and _has(labels, one)}


def _has(labels: Labels, selector: promql.VectorSelector) -> bool:
    there = dict(labels)
    for matcher in selector.matchers.matchers:
        value = there.get(matcher.name, "")
        if matcher.op == promql.MatchOp.Equal:
            if value != matcher.value:
                return False
        elif value not in alternatives(matcher):
            return False
    return True


def alternatives(matcher: promql.Matcher) -> set[str]:
    """The values that `=~` lets through: words, or a status of which only the first digit is named."""
    assert matcher.op == promql.MatchOp.Re
    return {
        f"{word[0]}{number:02}" if ".." in word else word for word in matcher.value.split("|") for number in range(100)
    }


def _aggregated(one: promql.AggregateExpr, told: Scrapes) -> Vector:
    by = set(one.modifier.labels) if one.modifier else set()
    groups: dict[Labels, list[float]] = {}
    for labels, value in _vector(one.expr, told).items():
        groups.setdefault(tuple(pair for pair in labels if pair[0] in by), []).append(value)
    work = {"sum": sum, "max": max, "min": min}[str(one.op)]
    return {labels: float(work(values)) for labels, values in groups.items()}  # type: ignore[operator]


def _called(one: promql.Call, told: Scrapes) -> Vector:
    arguments: list[Any] = list(one.args)
    if one.func.name == "histogram_quantile":
        return _quantile(arguments[0].val, _vector(arguments[1], told))
    if one.func.name == "absent":
        return {} if _vector(arguments[0], told) else {(): 1.0}
    if one.func.name == "time":
        return {(): time.time()}
    seconds = {"rate": arguments[0].range.total_seconds(), "increase": 1.0}[one.func.name]
    before, now = (_selected(arguments[0].vector_selector, one) for one in told)
    return {labels: (value - before[labels]) / seconds for labels, value in now.items() if labels in before}


def _matched(labels: Labels, one: promql.BinaryExpr) -> Labels:
    """The labels by which two sides of `and` are compared: all, or those that `on (…)` names."""
    matching = one.modifier and one.modifier.matching
    return tuple(pair for pair in labels if pair[0] in matching.labels) if matching else labels


def _quantile(share: float, buckets: Vector) -> Vector:
    """The upper end of the bucket in which that share lies."""
    counts = sorted((float(dict(labels)["le"]), count) for labels, count in buckets.items())
    if not counts or not counts[-1][1]:
        return {}
    ends = [end for end, count in counts if count >= share * counts[-1][1] and end != math.inf]
    return {(): ends[0] if ends else counts[-2][0]}


def _joined(one: promql.BinaryExpr, told: Scrapes) -> Vector:
    sign = str(one.op)
    if isinstance(one.lhs, promql.NumberLiteral):
        assert sign == "*"
        return {labels: one.lhs.val * value for labels, value in _vector(one.rhs, told).items()}
    left = _vector(one.lhs, told)
    if isinstance(one.rhs, promql.NumberLiteral):
        return {labels: value for labels, value in left.items() if COMPARE[sign](value, one.rhs.val)}
    right = _vector(one.rhs, told)
    if sign == "-":
        return {labels: left[()] - value for labels, value in right.items()}
    if sign == "or":
        return {**right, **left}
    if sign == "and":
        there = {_matched(labels, one) for labels in right}
        return {labels: value for labels, value in left.items() if _matched(labels, one) in there}
    return {labels: value for labels, value in left.items() if labels in right and COMPARE[sign](value, right[labels])}
