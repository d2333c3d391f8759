"""A few lines in which one says plainly who may apply: what else they tell is no condition on anybody."""

import pytest

from crawlers.reading.eligibility import requirements_in
from crawlers.reading.parsing import parse_text


def asked(text: str) -> list[str]:
    """What a page asks for, by type and value, in order; of what a person must read, the words."""
    return [f"{one.type}: {', '.join(one.any_of) or one.quote}" for one in requirements_in(parse_text(text))]


@pytest.mark.parametrize(
    "told",
    [
        "Former interns say that the quiet nights taught them most.",
        "The theatre team has two surgeons and a nurse who has worked there for thirty years.",
        "You sleep in a cabin and cook in turns.",
        "So far more than four hundred people have come, from nine countries.",
        "Most learners need about two hours a week.",
        "Case reports should not exceed 900 words.",
        "The fee of 80 euros is waived for participants from low-income countries.",
        "Participants visit wards for at least twelve hours and write about one patient.",
    ],
)
def test_what_only_tells_of_the_offer_asks_for_nothing(told: str) -> None:
    assert asked(f"Winter School of Wound Care\n\nThe school is open to pharmacists. {told}") == [
        "profession: pharmacist"
    ]


@pytest.mark.parametrize(
    "condition",
    [
        "Applicants must own a boat.",
        "Candidates should have sung in a choir.",
        "The course is taught in Finnish.",
        "Entry is by nomination.",
        "Fellows give up their post at home.",
        "Participants hold a diving certificate.",
        "Places are restricted to staff of the county.",
        "Pharmacists and cooks apply together.",
        "You hold a pilot licence.",
        "Those with two jobs are excluded.",
        "Fellows are women from the islands.",
        "Participants have passed a swimming test.",
        "You belong to the lighthouse service.",
        "You have two years at sea behind you.",
        "They work in a district hospital.",
        "A boat licence is needed.",
        "Two winters on the ice are expected.",
        "Those above 40 are too late.",
        "Your manager nominates you.",
        "The grant goes to orphans.",
        "Previous winners do not compete again.",
        "We do not accept applications from the mainland.",
    ],
)
def test_a_condition_beside_it_is_kept(condition: str) -> None:
    assert f"other: {condition}" in asked(
        f"Winter School of Wound Care\n\nThe school is open to pharmacists. {condition}"
    )


def test_where_nothing_is_plain_whom_an_offer_names_is_left_to_a_person():
    assert asked("Ten evenings for bakers who sing.") == ["other: Ten evenings for bakers who sing."]


def test_who_is_met_there_is_no_further_way_in():
    told = (
        "Observe midwives and physicians at work. Applicants must be medical students. Rooms are in the nurses' home."
    )
    assert asked(f"Summer in Turku\n\n{told}") == ["career_stage: medical_student"]


@pytest.mark.parametrize(
    "idle", ["You can register online until May.", "The library is open until ten.", "The county needs more hands."]
)
def test_words_of_opening_and_needing_that_name_nobody_are_not_plain(idle: str) -> None:
    assert asked(f"Night Ward Week\n\n{idle} Surgeons from the city come for a week.") == ["profession: physician"]


@pytest.mark.parametrize("joint", ["und an", "sowie an", "und"])
def test_a_german_list_names_each_of_them(joint: str) -> None:
    assert asked(f"Der Kurs richtet sich an Pflegekräfte {joint} Ärzte.") == [
        "profession: nurse",
        "profession: physician",
    ]


def test_a_degree_in_one_of_several_subjects_is_no_medical_degree():
    assert asked("Applicants must hold a degree in medicine, nursing or pharmacy.")[0] == "degree: bachelor"
    assert asked("Applicants must hold a degree in medicine.")[0] == "degree: medical"
