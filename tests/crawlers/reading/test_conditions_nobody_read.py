"""A sentence about applicants that no rule could read is a condition, unless it plainly asks for nothing."""

import pytest

from catalog.words import RequirementType
from crawlers.reading.eligibility import requirements_in
from crawlers.reading.parsing import parse_text


def kept_for_a_person(text: str) -> list[str]:
    return [one.quote for one in requirements_in(parse_text(text)) if one.type is RequirementType.OTHER]


@pytest.mark.parametrize(
    "condition",
    [
        "Candidates ought to own a microscope.",
        "The award is not available to those with two jobs.",
        "The scheme funds beekeepers and those who train them, on a permanent contract.",
        "If you left school before 2022 you can no longer take part.",
        "Eligibility\n\nFluency with a soldering iron",
        "Eligibility\n\nLevel of study: last term",
        "Ne peuvent concourir les anciens lauréats.",
        "Quedan fuera quienes ya cobren otra ayuda.",
        "Voraussetzung ist ein gültiger Tauchschein.",
        "Exige-se carta de condução.",
        "Eligibility\n\nA diving licence required to draw the EUR 900 stipend.",
        "Eligibility\n\nParticipants work in a district hospital.",
        "Eligibility\n\nFellows hold a driving licence.",
        "Eligibility\n\nThe course is open to beekeepers.",
        "Eligibility\n\nTravel grants are given to beekeepers.",
        "Eligibility\n\nBursaries pay the fees for beekeepers only.",
        "Eligibility\n\nPhD obtained 2019-2025.",
        "Eligibility\n\nPhD, 2019 or later",
        "Eligibility\n\nGraduated since 2021",
        "The journal welcomes papers from trainees in every health profession.",
    ],
)
def test_a_condition_that_no_rule_reads_is_kept(condition: str) -> None:
    assert kept_for_a_person(condition) == [condition.split("\n\n")[-1]]


@pytest.mark.parametrize(
    "remark",
    [
        "Applicants should send their CV to the office.",
        "Eligibility\n\nApplicants must be:",
        "Only one entry is allowed.",
        "Fees are due in May.",
        "Please contact the office with any questions.",
        "Candidates will be notified in June.",
        "We are an equal opportunity employer.",
        "No se requiere experiencia previa.",
        "Device Grant (R01 Clinical Trial Required)",
        "Eligibility\n\nParticipants draw a map on the last day.",
        "Eligibility\n\nEach participant brings a month of data.",
        "Eligibility\n\nThe course needs a telephone and two hours a week.",
        "Eligibility\n\nTeaching is limited to forty hours a year.",
        "Eligibility\n\nArticle charges are waived for authors from low-income countries.",
        "Eligibility\n\nStudents pay a reduced fee; members of the society attend free of charge.",
        "Eligibility\n\nFour bursaries cover the fee for participants from abroad.",
        "Applicants need not have worked in policy before.",
        "Registration is open to all.",
        "The journal welcomes papers from learners and teachers in every health profession.",
        "The doctoral programme 2026-2029 takes place in Vienna.",
    ],
)
def test_what_asks_for_nothing_is_not(remark: str) -> None:
    assert kept_for_a_person(remark) == []


def test_a_line_that_is_another_way_in_shuts_nobody_out_by_itself() -> None:
    found = requirements_in(parse_text("Applicants must:\n- hold a PhD\nOR be medical students"))

    assert {one.type for one in found} == {RequirementType.OTHER}


@pytest.mark.parametrize(
    "text",
    ["Experience of working in Kenya is required.", "Applicants must be willing to work in Kenya."],
)
def test_where_somebody_has_been_or_would_go_is_not_where_they_live(text: str) -> None:
    assert RequirementType.RESIDENCE not in {one.type for one in requirements_in(parse_text(text))}


def test_what_people_do_does_not_say_who_may_apply() -> None:
    assert kept_for_a_person("Nurses care for children at home.") == ["Nurses care for children at home."]
    assert not requirements_in(parse_text("Nurses care for children at home. The contest is open to everyone."))
