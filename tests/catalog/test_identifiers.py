"""Identifiers: opaque, stable where there is a natural key, in order of time where there is none."""

import re
import time

from hypothesis import given
from hypothesis import strategies as st

from catalog.identifiers import derived_identifier, identifier


def test_look_like_a_prefix_and_a_word_without_letters_that_are_mistaken() -> None:
    for made in (identifier("fwd"), derived_identifier("opp", "source", "key")):
        assert re.fullmatch(r"(fwd|opp)_[0-9a-hjkmnp-tv-z]{25,26}", made)
        assert len(made) <= 64


def test_no_two_are_the_same_and_later_ones_sort_later() -> None:
    made = [identifier("fwd") for _ in range(2000)]
    assert len(set(made)) == len(made)

    time.sleep(0.005)
    assert identifier("fwd") > max(made)


def test_a_derived_identifier_is_the_same_for_ever() -> None:
    assert derived_identifier("opp", "lakeside_listing", "rural-surgery") == "opp_301rk6h469tg05szqzwpwrnqw"


@given(st.lists(st.text(max_size=8), min_size=1, max_size=3), st.lists(st.text(max_size=8), min_size=1, max_size=3))
def test_different_natural_keys_give_different_identifiers(one: list[str], other: list[str]) -> None:
    if one != other and "\x1f" not in "".join(one + other):
        assert derived_identifier("opp", *one) != derived_identifier("opp", *other)
