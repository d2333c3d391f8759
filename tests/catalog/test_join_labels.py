"""Joining on labelled pairs: hardly ever wrong, and most of what belongs together found."""

from collections import Counter

import pytest

from tests.catalog.labelled_pairs import Fared, fared, labelled_pairs

PAIRS = list(labelled_pairs())


def report(name: str, found: Fared) -> str:
    lines = [f"{name}: {found.pairs} pairs, precision {found.precision:.3f}, recall {found.recall:.3f}"]
    lines += [
        f"  wrongly joined ({one.label}): {one.one.title!r} / {one.other.title!r}" for one in found.wrongly_joined
    ]
    lines += [f"  missed: {one.one.title!r} / {one.other.title!r}" for one in found.missed]
    return "\n".join(lines)


def test_the_labelled_set_is_large_and_has_all_three_sorts() -> None:
    counted = Counter(pair.label for pair in PAIRS)

    assert len(PAIRS) >= 300
    assert min(counted.values()) >= 60, counted


@pytest.mark.parametrize("half", ["all", "held back"])
def test_joining_is_hardly_ever_wrong_and_finds_most(half: str) -> None:
    found = fared(pair for pair in PAIRS if half == "all" or pair.is_held_back)
    print(report(half, found))

    assert found.precision >= 0.99, report(half, found)
    assert found.recall >= 0.90, report(half, found)
