"""Templates of mentors: named places and nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender.letter_templates import PLACES, UnknownPlace, check, fill, parts
from recommender.letter_words import languages


@pytest.mark.parametrize(
    "text",
    [
        "{mentee.__class__}",
        "{mentee[0]}",
        "{mentee!r}",
        "{mentee:>900000000}",
        "{}",
        "{0}",
        "{{mentee}}",
        "{password}",
        "{Mentee}",
        "{mentee",
        "mentee}",
        "{ mentee }",
        "{mentee}{",
    ],
)
def test_braces_around_anything_but_a_place_are_refused_with_what_is_allowed(text: str) -> None:
    with pytest.raises(UnknownPlace, match=r"\{mentee\}.*\{why\}.*\{reply_link\}") as refused:
        check(text)
    assert "password" not in str(refused.value)


@given(st.text(alphabet="{}a_.[]!:(mentee) \n", max_size=60))
def test_what_is_accepted_is_filled_in_without_a_brace_left(text: str) -> None:
    try:
        check(text)
    except UnknownPlace:
        return
    assert not set("{}") & set(fill(text, dict.fromkeys(PLACES, "x")))


@given(st.text(st.characters(exclude_characters="\n"), max_size=40))
def test_a_value_is_text_whatever_it_holds(value: str) -> None:
    assert fill("<{title}>{mentor}", {"title": value, "mentor": "Ada"}) == f"<{value}>Ada"


def test_lines_and_brackets_that_would_be_empty_go() -> None:
    assert fill("A\nby {due}\n\n\n\n{title} ({organisation})", {"title": "T"}) == "A\n\nT"
    assert fill("{title} ({organisation})", {"title": "T", "organisation": "O"}) == "T (O)"


def test_our_own_templates_have_known_places_only_and_their_parts_are_all_of_them() -> None:
    assert list(languages()) == ["en", "es"]
    for words in languages().values():
        check(words.body)
        check(words.subject)
        opening, section, closing = parts(words.body)
        assert "{mentee}" in opening
        assert "{reply_link}" in section
        assert "{mentor}" in closing
        assert "\n\n".join((opening, section, closing)) == words.template.body
