"""How a reader's answers are scored beside labels."""

import datetime as dt
from typing import Any

from crawlers.reading.evaluation import Labelled, baselines_of, mistakes, scores
from crawlers.reading.parsing import parse_text


def page(label: dict[str, Any], answer: dict[str, Any], **baselines: str | None) -> Labelled:
    return Labelled("page", label, answer, baselines)


def test_a_missing_deadline_is_right_where_none_is_right() -> None:
    pages = [
        page({"is_opportunity": True, "deadline": "2027-05-01"}, {"deadline": "2027-05-01"}),
        page({"is_opportunity": True, "deadline": None}, {"deadline": None}),
        page({"is_opportunity": True, "deadline": "2027-05-01"}, {"deadline": None}),
        page({"is_opportunity": False, "deadline": None}, {"deadline": None}),
    ]
    assert scores(pages)["deadline"] == {"exact": 0.6667, "invented": 0.0}


def test_a_date_on_any_page_whose_label_has_none_is_invented() -> None:
    pages = [
        page({"is_opportunity": False, "deadline": None}, {"deadline": "2027-05-01"}),
        page({"is_opportunity": True, "deadline": None}, {"deadline": None}),
    ]
    assert scores(pages)["deadline"]["invented"] == 0.5


def test_is_opportunity_is_scored_by_f1() -> None:
    pairs = [(True, True), (True, True), (True, False), (False, True), (False, False)]
    pages = [page({"is_opportunity": true}, {"is_opportunity": said}) for said, true in pairs]
    assert scores(pages)["is_opportunity"] == {"f1": 0.6667}


def test_kind_is_scored_only_on_opportunities_of_the_four_kinds() -> None:
    pages = [
        page({"is_opportunity": True, "kind": "fellowship"}, {"kind": "fellowship"}),
        page({"is_opportunity": True, "kind": "workshop"}, {"kind": "fellowship"}),
        page({"is_opportunity": True, "kind": "other"}, {"kind": "fellowship"}),
        page({"is_opportunity": False, "kind": "workshop"}, {"kind": "fellowship"}),
    ]
    assert scores(pages)["kind"] == {"accuracy": 0.5}


def test_the_labels_stage_words_are_met_by_stages_and_professions() -> None:
    label = {"is_opportunity": True, "career_stages": ["resident", "physician", "faculty"]}
    said = {"career_stages": ["resident", "mid_career"], "professions": ["physician", "dentist"]}
    assert scores([page(label, said)])["stages"] == {"f1": 1.0}


def test_countries_are_compared_as_sets() -> None:
    pages = [
        page({"is_opportunity": True, "countries": ["KE", "UG"]}, {"countries": ["UG", "KE"]}),
        page({"is_opportunity": True, "countries": []}, {"countries": ["KE"]}),
    ]
    assert scores(pages)["countries"] == {"accuracy": 0.5}


def test_a_field_that_no_label_has_is_not_scored() -> None:
    result = scores([page({"is_opportunity": True, "kind": "workshop"}, {"is_opportunity": True, "kind": "workshop"})])
    assert (result["deadline"]["exact"], result["stages"]["f1"], result["countries"]["accuracy"]) == (None, None, None)


def test_baselines_are_scored_by_the_same_rules() -> None:
    result = scores(
        [
            page(
                {"is_opportunity": True, "deadline": "2027-05-01"},
                {"deadline": None},
                first_date="2027-05-01",
                near=None,
            )
        ]
    )
    assert result["baselines"] == {
        "first_date": {"exact": 1.0, "invented": None},
        "near": {"exact": 0.0, "invented": None},
    }


def test_the_baselines_take_the_first_date_and_the_one_near_a_deadline_word() -> None:
    document = parse_text("Posted on 3 January 2027.\n\nThe conference is on 9 July 2027.\n\nDeadline: 1 May 2027.")
    assert baselines_of(document, dt.date(2027, 1, 1)) == {
        "first_date": "2027-01-03",
        "near_deadline_word": "2027-05-01",
    }


def test_mistakes_are_told_in_words() -> None:
    found = mistakes(
        page(
            {"is_opportunity": True, "kind": "workshop", "deadline": "2027-05-01"},
            {"is_opportunity": True, "kind": "fellowship", "deadline": None},
        )
    )
    assert found == ["kind: fellowship, should be workshop", "deadline: None, should be 2027-05-01"]
