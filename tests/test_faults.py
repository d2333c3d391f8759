"""docs/faults.md: every fault of the matrix is there, with tests that exist, or with the reason why it has none."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

TESTS = Path(__file__).parent
PAGE = TESTS.parent / "docs" / "faults.md"
LAST = 36
_ROW = re.compile(r"^\| (F\d+) \| (.+) \| (.+) \| (.+) \|$", re.M)
_TEST = re.compile(r"`([\w/]+\.py)::(test_\w+)`")


def rows() -> dict[str, tuple[str, str, str]]:
    """By fault: what is injected, what is seen, and the tests."""
    return {name: (injected, seen, tests) for name, injected, seen, tests in _ROW.findall(PAGE.read_text("utf-8"))}


@cache
def names_in(file: str) -> frozenset[str]:
    tree = ast.parse((TESTS / file).read_text("utf-8"))
    return frozenset(node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def test_no_fault_is_missing_or_there_twice() -> None:
    named = [row[0] for row in _ROW.findall(PAGE.read_text("utf-8"))]
    assert sorted(named) == sorted(f"F{number}" for number in range(1, LAST + 1))


@pytest.mark.parametrize("fault", [f"F{number}" for number in range(1, LAST + 1)])
def test_each_fault_is_injected_by_tests_that_exist(fault: str) -> None:
    tests = rows()[fault][2]
    found = _TEST.findall(tests)
    assert found or tests.startswith("none: "), "name a test, or say why there is none"
    for file, name in found:
        assert name in names_in(file), f"{file} has no {name}"
