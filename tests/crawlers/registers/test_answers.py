"""What DOAJ and Crossref answer, as facts: the right journal among names that are alike, or none."""

import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.journals import is_issn, issns_in, journal_key
from crawlers.registers.answers import DoajFacts, Unintelligible, crossref_facts, doaj_facts

CAPTURES = Path(os.environ.get("OPPORTUNE_SHARED") or Path(__file__).parents[4] / "shared") / "captures/api/journals"
KEY = "example journal of nursing"


def listed(**described: object) -> dict[str, object]:
    bibjson = {"title": "Example Journal of Nursing ", "pissn": "1234-5679", **described}
    return {"total": 1, "results": [{"id": "abc", "bibjson": bibjson}]}


def test_a_listed_journal_gives_what_it_charges_and_whose_it_is():
    answer = listed(
        apc={"has_apc": True, "max": [{"price": 900, "currency": "EUR"}, {"price": "1200", "currency": "EUR"}]},
        publisher={"name": "Example Press", "country": "GH"},
        institution={"name": "Example Society of Nursing"},
        publication_time_weeks=20,
    )
    assert doaj_facts(answer, KEY) == DoajFacts(
        "abc", ("1234-5679",), "Example Press", "Example Society of Nursing", True, 1200.0, "EUR", 20
    )


@pytest.mark.parametrize(
    ("apc", "charges"), [({"has_apc": False}, False), ({"average_price": "500", "currency": "USD"}, True), (None, None)]
)
def test_what_is_not_said_of_a_charge_is_not_known(apc: object, charges: bool | None):
    facts = doaj_facts(listed(apc=apc), KEY)
    assert facts is not None
    assert facts.charges is charges


def test_a_name_that_is_only_alike_is_another_journal():
    assert doaj_facts(listed(), "example journal of nursing science") is None
    assert crossref_facts({"message": {"items": [{"title": "Nursing", "ISSN": []}]}}, KEY) is None


@pytest.mark.parametrize("title", ["EJN", "Example Journal of Nursing (Basel)"])
def test_the_same_number_lets_a_name_be_shortened(title: str):
    assert doaj_facts(listed(title=title), KEY, ["1234-5679"]) is not None


def test_an_alternative_name_is_a_name():
    assert doaj_facts(listed(title="Revista", alternative_title="Example Journal of Nursing"), KEY) is not None


@pytest.mark.parametrize("title", ["Lakeside Medical Journal", "Example Journal of Nursing Science", "EJNS"])
def test_a_journal_that_prints_anothers_number_is_not_that_one(title: str):
    assert doaj_facts(listed(title=title), KEY, ["1234-5679"]) is None
    answer = {"message": {"title": title, "ISSN": ["1234-5679"], "counts": {"total-dois": 9}}}
    assert crossref_facts(answer, KEY, ["1234-5679"]) is None


def test_letters_without_the_number_are_no_name():
    assert doaj_facts(listed(title="EJN"), KEY) is None


@pytest.mark.parametrize("answer", [None, [], {}, {"results": {}}, {"message": "no"}])
def test_an_answer_of_another_shape_is_said_to_be_one(answer: object):
    with pytest.raises(Unintelligible):
        doaj_facts(answer, KEY)
    with pytest.raises(Unintelligible):
        crossref_facts(answer, KEY)


_JSON = st.recursive(st.none() | st.booleans() | st.integers() | st.text(max_size=9), lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(["bibjson", "apc", "max", "title", "ISSN", "counts", "pissn"]), inner), max_leaves=12)  # fmt: skip


@given(_JSON)
def test_no_answer_breaks_the_reading(value: object):
    doaj_facts({"results": [value, {"bibjson": value}]}, KEY)
    crossref_facts({"message": {"items": [value]}}, KEY)


@pytest.mark.skipif(not CAPTURES.is_dir(), reason=f"no captures at {CAPTURES}: set OPPORTUNE_SHARED")
@pytest.mark.parametrize("file", ["doaj_journal", "doaj_journal_many_0", "doaj_journal_search"])
def test_captured_answers_of_doaj_are_read(file: str):
    answer = json.loads((CAPTURES / f"{file}.json").read_text("utf-8"))
    for result in answer.get("results", [answer]):
        facts = doaj_facts(answer, journal_key(result["bibjson"]["title"]))
        assert facts is not None
        assert facts.id == result["id"]
        assert facts.charges is result["bibjson"]["apc"]["has_apc"]


@pytest.mark.skipif(not CAPTURES.is_dir(), reason=f"no captures at {CAPTURES}: set OPPORTUNE_SHARED")
@pytest.mark.parametrize("file", ["crossref_journals_ids_0", "crossref_journals_ids_1", "crossref_journals_query"])
def test_captured_answers_of_crossref_are_read(file: str):
    answer = json.loads((CAPTURES / f"{file}.json").read_text("utf-8"))
    for journal in answer["message"].get("items", [answer["message"]]):
        facts = crossref_facts(answer, journal_key(journal["title"]))
        assert facts is not None
        assert facts.works == journal["counts"]["total-dois"]


def test_the_name_of_a_journal_is_the_same_with_and_without_its_special_issue():
    same = ["The Example Journal of Nursing", "EXAMPLE JOURNAL OF NURSING", "Example Journal of Nursing – Special Issue on Care",
            "Example Journal of Nursing 2027 Special Collection"]  # fmt: skip
    assert {journal_key(name) for name in same} == {KEY}
    assert journal_key("Care & Cure") == journal_key("Care and Cure")


def test_numbers_are_read_where_a_text_calls_them_so():
    text = "Healthcare (ISSN 2227-9032). Print ISSN: 1234-5679, eISSN 1234-5678 (a misprint); call 2227-9032 now."
    assert issns_in(text) == ["2227-9032", "1234-5679"]
    assert is_issn("2049-369X")
