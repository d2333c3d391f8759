"""Words: folded and stemmed alike on both sides, weighed by field, never gained by repeating."""

import math

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from recommender.lexical import (
    FIELD_WEIGHT,
    FIELDS,
    K1,
    LENGTH_SHARE,
    REPEATS_COUNTED,
    TermCounts,
    Vocabulary,
    build_lexicon,
    count_terms,
    query_terms,
)
from recommender.tokens import abbreviations, also_called, stem, terms

POOL = ["malaria", "surgery", "rural", "nurse", "policy"]
TEXTS = st.lists(st.sampled_from(POOL), max_size=12).map(" ".join)


def test_forms_of_a_word_are_one_term() -> None:
    for forms in (
        ("fellowship", "fellowships", "Fellowship's"),
        ("disease", "diseases"),
        ("train", "training", "trained", "trains"),
        ("study", "studies"),
        ("médecine", "medecine"),
    ):
        assert len({terms(form)[0] for form in forms}) == 1, forms


def test_words_that_carry_nothing_are_left_out() -> None:
    assert terms("I would like to be in the hospital") == terms("hospital")


def test_compounds_are_also_one_term() -> None:
    assert "obgyn" in terms("OB-GYN rotation")
    assert {"covid", "19", "covid19"} <= set(terms("COVID-19"))


def test_an_abbreviation_and_its_meaning_find_each_other() -> None:
    assert {"quality", stem("improvement")} <= set(also_called("QI on my ward"))
    assert "qi" in also_called("I lead quality improvement")
    assert also_called("I like who I am") == [], "a small word is not the World Health Organization"
    assert stem("organization") in also_called("an internship at WHO")


def test_every_abbreviation_has_a_meaning_to_look_for() -> None:
    assert all(terms(meaning) for meanings in abbreviations().values() for meaning in meanings)


def plain_bm25(calls: list[tuple[str, str]], term: str) -> list[float]:
    """BM25F by the book, one call at a time."""
    fields = [(terms(title), [], [], terms(body)) for title, body in calls]
    average = [max(1.0, sum(len(call[at]) for call in fields) / len(calls)) for at in range(4)]
    having = sum(any(term in words for words in call) for call in fields)
    rarity = math.log1p((len(calls) - having + 0.5) / (having + 0.5))
    found = []
    for call in fields:
        strength = 0.0
        for at, name in enumerate(FIELDS):
            share = LENGTH_SHARE[name]
            length = 1 - share + share * len(call[at]) / average[at]
            strength += FIELD_WEIGHT[name] * min(call[at].count(term), REPEATS_COUNTED) / length
        found.append(rarity * strength * (K1 + 1) / (K1 + strength) if strength else 0.0)
    return found


@settings(deadline=None)  # the first imports SciPy
@given(st.lists(st.tuples(TEXTS, TEXTS), min_size=1, max_size=8), st.sampled_from(POOL))
def test_scores_are_those_of_the_book(calls: list[tuple[str, str]], word: str) -> None:
    vocabulary = Vocabulary()
    lexicon = build_lexicon(vocabulary, [count_terms(vocabulary, title, "", (), body) for title, body in calls])
    term = stem(word)

    expected = plain_bm25(calls, term)

    assert np.allclose(lexicon.score({term: 1.0}), expected, atol=1e-4)
    assert np.allclose([lexicon.weight_of(term, at) for at in range(len(calls))], expected, atol=1e-4)


def test_repeating_a_word_does_not_lift_a_call_above_its_honest_twin() -> None:
    vocabulary = Vocabulary()
    honest, stuffed = (
        "Learn surgery in hospitals of the hills",
        "Learn surgery in hospitals of the hills" + " surgery" * 200,
    )
    others = [count_terms(vocabulary, "", "", (), f"other call {number} about nursing") for number in range(10)]
    pair = [count_terms(vocabulary, "", "", (), text) for text in (honest, stuffed)]
    lexicon = build_lexicon(vocabulary, [*pair, *others])

    scores = lexicon.score(query_terms("surgery in hospitals"))

    assert scores[1] <= scores[0]


def test_a_word_in_the_title_counts_for_more() -> None:
    vocabulary = Vocabulary()
    calls = [
        count_terms(vocabulary, "Malaria", "", (), "nursing school"),
        count_terms(vocabulary, "Nursing", "", (), "malaria school"),
    ]

    scores = build_lexicon(vocabulary, calls).score({"malaria": 1.0})

    assert scores[0] > scores[1] > 0


def test_very_common_words_count_only_when_words_are_all_there_is() -> None:
    vocabulary = Vocabulary()
    calls: list[TermCounts] = [
        count_terms(vocabulary, "", "", (), f"fellowship {'malaria' if number == 0 else 'nursing'}")
        for number in range(100)
    ]
    lexicon = build_lexicon(vocabulary, calls)

    assert not lexicon.score({"fellowship": 1.0}).any()
    assert lexicon.score({"fellowship": 1.0}, common=True).all()
    assert lexicon.score({"malaria": 1.0})[0] > 0


def test_a_lexicon_does_not_know_terms_that_came_after_it() -> None:
    vocabulary = Vocabulary()
    lexicon = build_lexicon(vocabulary, [count_terms(vocabulary, "", "", (), "malaria")])
    count_terms(vocabulary, "", "", (), "surgery")

    assert not lexicon.score({"surgery": 1.0}).any()


def test_no_calls_at_all_are_no_trouble() -> None:
    assert build_lexicon(Vocabulary(), []).score({"malaria": 1.0}).shape == (0,)


@given(st.text(st.characters(max_codepoint=127), max_size=60))
def test_ascii_takes_a_quicker_way_to_the_same_terms(text: str) -> None:
    """A single letter of another script is no term, and sends the text the slower way."""
    assert terms(text) == terms(f"{text} 中")
