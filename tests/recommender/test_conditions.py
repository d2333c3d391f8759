"""What a quote asks for beyond what was read of it."""

import pytest

from recommender.left_over import left_over


def test_what_a_fellowship_is_about_is_no_condition() -> None:
    assert left_over("Postdoctoral Fellowship in the Genomics of Antimicrobial Resistance") == ()


def test_a_fellowship_that_must_have_been_completed_is_one() -> None:
    assert "cardiology" in left_over("Applicants must have completed a fellowship in interventional cardiology")


@pytest.mark.parametrize(
    "title",
    [
        "Internship in Health Informatics for Undergraduate Students",
        "Summer school on Antimicrobial Resistance for PhD students and postdocs",
        "Call for papers on Ageing and Robotics by early-career researchers",
        "Metabolomics Summer School for doctoral students",
        "Workshop for residents: Writing a Rebuttal",
    ],
)
def test_what_any_offer_is_about_is_no_condition(title: str) -> None:
    assert left_over(title) == ()


@pytest.mark.parametrize(
    ("title", "asked"),
    [
        ("Summer school for PhD students in metabolomics", "metabolomics"),
        ("Perfusion Nurses Fellowship for two", "Perfusion"),
        ("Workshop: for certified perfusionists", "perfusionists"),
        ("Internship on Ageing for certified coders", "certified"),
    ],
)
def test_whom_an_offer_is_for_stays_one(title: str, asked: str) -> None:
    assert asked in left_over(title)
