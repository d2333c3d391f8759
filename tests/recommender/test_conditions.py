"""What a quote asks for beyond what was read of it."""

import pytest

from catalog.drafts import Requirement
from catalog.words import RequirementType
from recommender.conditions import asks_for_more, without_other_fields
from recommender.left_over import left_over
from recommender.people import MenteeFacts


def test_what_a_fellowship_is_about_is_no_condition() -> None:
    assert left_over("Postdoctoral Fellowship in the Genomics of Antimicrobial Resistance") == ()


def test_nothing_at_the_end_of_a_long_quote_is_lost() -> None:
    assert "microscope" in left_over("Doctors may apply " + "and doctors may apply " * 40 + "with a microscope.")


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
        "Numbers for Nurses: Measuring a Ward",
        "Systematic Reviews for Clinicians: From Question to Search",
        "Writing Week for Early-Career Researchers in Medicine",
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
        ("Numbers for Certified Nurses: Measuring a Ward", "Certified"),
        ("Licensed Numbers for Nurses", "Licensed"),
        ("Those with a swimming badge for nurses may apply.", "swimming"),
    ],
)
def test_whom_an_offer_is_for_stays_one(title: str, asked: str) -> None:
    assert asked in left_over(title)


@pytest.mark.parametrize(
    "sentence",
    [
        "The course is for nurses who want to improve how they teach.",
        "Nurses, engineers and drivers may apply, and every letter is reviewed by somebody who works there.",
    ],
)
def test_a_wish_to_learn_and_what_becomes_of_papers_ask_for_nothing(sentence: str) -> None:
    assert left_over(sentence) == ()


def test_a_condition_behind_a_wish_stays_one() -> None:
    assert "microscope" in left_over(
        "The course is for nurses who want to improve how they teach and have a microscope."
    )


def test_a_degree_behind_a_wish_stays_one() -> None:
    assert "law" in left_over("Applicants with a strong interest in ethics and a degree in law are sought.")


def test_of_several_fields_ones_own_suffices() -> None:
    listed = "PhD students in botany, microbiology or rocket science may apply."

    assert without_other_fields(listed, "microbiology") == "PhD students may apply."
    assert without_other_fields(listed, "surgery") == listed
    assert without_other_fields(listed, "") == listed


def test_a_specialty_is_no_qualification_in_it() -> None:
    asked = Requirement(
        type=RequirementType.CITIZENSHIP,
        any_of=("KE",),
        quote="Applicants must be nationals of Kenya and hold a specialist qualification in surgery.",
    )

    assert asks_for_more(asked, MenteeFacts(citizenships=("KE",), specialty="surgery"))
