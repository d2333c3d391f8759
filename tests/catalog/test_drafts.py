"""What a reader may hand over, and what is stopped at the border."""

import datetime as dt
import unicodedata
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from catalog.drafts import Deadline, Moment, Money, Place, Requirement
from catalog.values import visible_text
from catalog.words import MoneyPurpose, Outcome, Precision, RequirementType, Timing
from tests.builders import make_deadline, make_draft

DAY = dt.date(2027, 5, 31)

REFUSED_DRAFTS: dict[str, tuple[dict[str, Any], str]] = {
    "a script for a link": ({"url": "javascript:alert(1)"}, "only http and https"),
    "a title of nothing one can see": ({"title": "\u200b\u202e \n"}, "at least 3 characters"),
    "a fixed deadline that is not there": ({"deadlines": (), "timing": Timing.FIXED}, "needs a deadline"),
    "only a deadline that was struck out": (
        {"deadlines": (make_deadline(superseded=True),), "timing": Timing.FIXED}, "needs a deadline"),
    "closed without the words": ({"outcome": Outcome.CLOSED}, "keeps the words"),
    "what is none": ({"outcome": Outcome.NOT_AN_OPPORTUNITY}, "refused, not stored"),
    "a field that nobody knows": ({"surprise": 1}, "surprise"),
    "an instant without an offset": ({"fetched_at": dt.datetime(2027, 1, 1)}, "needs an offset"),
    "a source's name with a space": ({"source": "Lakeside listing"}, "source"),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED_DRAFTS)
def test_a_draft_is_refused(case: str) -> None:
    changes, says = REFUSED_DRAFTS[case]

    with pytest.raises(ValidationError, match=says):
        make_draft(**changes)


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"precision": Precision.INSTANT, "on": DAY}, "needs at"),
        ({"precision": Precision.DAY}, "needs on"),
        ({"precision": Precision.LOCAL_TIME, "on": DAY}, "needs clock"),
        (
            {"precision": Precision.DAY, "on": DAY, "at": dt.datetime(2027, 5, 31, tzinfo=dt.UTC)},
            "cannot have an instant",
        ),
        ({"precision": Precision.NONE}, "words only"),
        ({"precision": Precision.NONE, "on": DAY, "quote": "soon"}, "words only"),
        ({"precision": Precision.DAY, "on": DAY, "zone": "Mars/Olympus"}, "neither an IANA zone nor AoE"),
        ({"precision": Precision.DAY, "on": DAY, "zone": "../etc/passwd"}, "neither an IANA zone nor AoE"),
    ],
)
def test_a_moment_says_exactly_what_is_known(fields: dict[str, Any], says: str) -> None:
    with pytest.raises(ValidationError, match=says):
        Moment(**fields)


def test_an_instant_is_kept_in_utc_with_the_zone_of_the_page() -> None:
    at = dt.datetime(2027, 5, 31, 23, 59, tzinfo=dt.timezone(dt.timedelta(hours=-12)))

    kept = Deadline(precision=Precision.INSTANT, at=at, on=DAY, zone="AoE", quote="23:59 AoE")

    assert (kept.at, kept.on, kept.zone) == (dt.datetime(2027, 6, 1, 11, 59, tzinfo=dt.UTC), DAY, "AoE")


@pytest.mark.parametrize(
    ("type_", "values", "good"),
    [
        (RequirementType.CITIZENSHIP, ("KE", "EU"), True),
        (RequirementType.CITIZENSHIP, ("Kenya",), False),
        (RequirementType.CAREER_STAGE, ("resident", "fellow"), True),
        (RequirementType.CAREER_STAGE, ("nurse",), False),
        (RequirementType.PROFESSION, ("nurse",), True),
        (RequirementType.DEGREE, ("medical",), True),
        (RequirementType.DEGREE, ("MD",), False),
        (RequirementType.MEMBERSHIP, ("Lakeside Society",), True),
    ],
)
def test_a_requirement_uses_the_words_of_its_type(type_: RequirementType, values: tuple[str, ...], good: bool) -> None:
    if good:
        assert Requirement(type=type_, any_of=values, quote="x").any_of == values
    else:
        with pytest.raises(ValidationError):
            Requirement(type=type_, any_of=values, quote="x")


def test_a_requirement_needs_the_words_that_say_it() -> None:
    with pytest.raises(ValidationError, match="quote"):
        Requirement(type=RequirementType.OTHER, quote="\u200b")


def test_codes_are_checked() -> None:
    with pytest.raises(ValidationError, match="ISO 3166"):
        Place(country="UK")
    with pytest.raises(ValidationError, match="ISO 4217"):
        Money(purpose=MoneyPurpose.AWARD, currency="$")


def test_hidden_characters_are_taken_out_and_the_rest_is_left() -> None:
    hidden = "Free\u200b \u202ecourse\u202c\U000e0041 \x00in\ud800 Zürich\u0301"

    assert visible_text(hidden) == "Free course in Zürich\u0301"
    assert visible_text("de\u0301j\u00e0\nvu\ttoo") == "déjà\nvu\ttoo"


@pytest.mark.parametrize(
    "name", ["امیر\u200cحسین", "ශ\u0dca\u200dර\u0dd3 ලංකා", "ന\u0d4d\u200d", "र\u094d\u200dय", "👩\u200d⚕\ufe0f"]
)
def test_joiners_stay_where_a_word_is_spelt_with_them_and_hide_nowhere(name: str) -> None:
    assert visible_text(name) == name
    assert visible_text(f"\u200d{name}\u200c sur\u200dgery \u061cx").endswith(" surgery x")
    assert visible_text("سلام\u200c\u200cدنیا\u200c") == "سلامدنیا"


@given(st.text(st.characters(codec=None) | st.sampled_from("\u200c\u200d\u094d\u0951\u0915\u0633")))
def test_any_text_can_be_stored_and_is_the_same_when_read_again(text: str) -> None:
    seen = visible_text(text)

    seen.encode("utf-8")
    assert "\x00" not in seen
    assert visible_text(seen) == seen
    assert unicodedata.is_normalized("NFC", seen)


def test_a_draft_is_the_same_after_json() -> None:
    draft = make_draft(requirements=(Requirement(type=RequirementType.OTHER, quote="Be kind."),), remote=False)

    assert type(draft).model_validate_json(draft.model_dump_json(exclude_defaults=True)) == draft
