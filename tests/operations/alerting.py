"""What a PromQL expression comes to on one scrape: as much of the language as our alert rules use.

A rate is taken as if all of a counter had come within its range. Labels that a rule does not name are kept as they are.
"""

import math
import operator
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import promql_parser as promql

Labels = tuple[tuple[str, str], ...]
Samples = Mapping[tuple[str, Labels], float]
Vector = dict[Labels, float]
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


def fires(expression: str, samples: Samples) -> bool:
    """Whether an alert of this expression would be raised."""
    return bool(_vector(promql.parse(expression), samples))


def _vector(one: Any, samples: Samples) -> Vector:
    if isinstance(one, promql.ParenExpr):
        return _vector(one.expr, samples)
    if isinstance(one, promql.VectorSelector):
        return {labels: value for (name, labels), value in samples.items() if name == one.name and _has(labels, one)}
    if isinstance(one, promql.AggregateExpr):
        return _aggregated(one, samples)
    if isinstance(one, promql.Call):
        return _called(one, samples)
    assert isinstance(one, promql.BinaryExpr), f"{type(one).__name__} is more than is known here"
    return _joined(one, samples)


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


def _aggregated(one: promql.AggregateExpr, samples: Samples) -> Vector:
    by = set(one.modifier.labels) if one.modifier else set()
    groups: dict[Labels, list[float]] = {}
    for labels, value in _vector(one.expr, samples).items():
        groups.setdefault(tuple(pair for pair in labels if pair[0] in by), []).append(value)
    work = {"sum": sum, "max": max, "min": min}[str(one.op)]
    return {labels: float(work(values)) for labels, values in groups.items()}  # type: ignore[operator]


def _called(one: promql.Call, samples: Samples) -> Vector:
    arguments: list[Any] = list(one.args)
    if one.func.name == "histogram_quantile":
        return _quantile(arguments[0].val, _vector(arguments[1], samples))
    if one.func.name == "absent":
        return {} if _vector(arguments[0], samples) else {(): 1.0}
    seconds = {"rate": arguments[0].range.total_seconds(), "increase": 1.0}[one.func.name]
    return {labels: value / seconds for labels, value in _vector(arguments[0].vector_selector, samples).items()}


def _quantile(share: float, buckets: Vector) -> Vector:
    """The upper end of the bucket in which that share lies."""
    counts = sorted((float(dict(labels)["le"]), count) for labels, count in buckets.items())
    if not counts or not counts[-1][1]:
        return {}
    ends = [end for end, count in counts if count >= share * counts[-1][1] and end != math.inf]
    return {(): ends[0] if ends else counts[-2][0]}


def _joined(one: promql.BinaryExpr, samples: Samples) -> Vector:
    sign = str(one.op)
    if isinstance(one.lhs, promql.NumberLiteral):
        assert sign == "*"
        return {labels: one.lhs.val * value for labels, value in _vector(one.rhs, samples).items()}
    left = _vector(one.lhs, samples)
    if isinstance(one.rhs, promql.NumberLiteral):
        return {labels: value for labels, value in left.items() if COMPARE[sign](value, one.rhs.val)}
    right = _vector(one.rhs, samples)
    if sign == "or":
        return {**right, **left}
    if sign == "and":
        return {labels: value for labels, value in left.items() if labels in right}
    return {labels: value for labels, value in left.items() if labels in right and COMPARE[sign](value, right[labels])}
