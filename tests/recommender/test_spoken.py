"""What the service says is said in the reader's language: every sentence that it can make, found in the code itself."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.drafts import Requirement
from catalog.words import CareerStage, Degree, Kind, Profession, RequirementType, Verdict
from recommender.asking import question
from recommender.eligibility import judge
from recommender.naming import plain
from recommender.people import MenteeFacts
from recommender.spoken import spoken
from recommender.trust_words import AGAINST, FOR

ROOT = Path(__file__).parents[2]
VALUES = {
    RequirementType.CAREER_STAGE: tuple(CareerStage),
    RequirementType.PROFESSION: tuple(Profession),
    RequirementType.CITIZENSHIP: ("KE", "NL"),
    RequirementType.RESIDENCE: ("KE", "NL"),
    RequirementType.DEGREE: tuple(Degree),
    RequirementType.MEMBERSHIP: ("Lakeside Society",),
}
SAYING = {"Remark", "_problem", "_warning", "NotUnderstood", "NotACohort", "TrustReason", "WarningView", "Choice"}
"""What is called with a sentence as one of its values."""


def test_sentences_that_hold_others_are_said_whole() -> None:
    said = {
        "“Fellows; they operate.” May apply; 20 days left.": "«Fellows; they operate.» Puede solicitarlo; quedan 20 días.",
        "Ada Lake sent it to this mentee on 3 March 2027.": "Ada Lake envió esto a esta persona el 3 de marzo de 2027.",
        "citizenship must be Kenya, Uganda or others": "nacionalidad: debe ser Kenia, Uganda o otros",
        "The latest sensible day to begin (a visa: about 60 days)": "El último día razonable para empezar (un visado: unos 60 días)",
        "Fewer workshops, because 2 were dismissed and 1 was refused as the wrong kind": "Menos talleres, porque se descartaron 2 y se rechazó 1 por ser de otro tipo",
    }  # fmt: skip
    assert {english: spoken(english, "es-MX") for english in said} == said


def test_what_is_not_ours_to_say_and_other_languages_stay_as_they_are() -> None:
    for text in ("", "Bring a hat; no snow.", "May apply; and bring a hat.", "{n} days left"):
        assert spoken(text, "es") == text
    assert spoken("May apply", "") == spoken("May apply", "fr") == spoken("May apply", "en-GB") == "May apply"


@given(st.text(max_size=80))
def test_whatever_is_said_gets_an_answer(text: str) -> None:
    assert isinstance(spoken(text, "es"), str)
    assert spoken(f"Does this person meet “{text}x”?", "es").startswith("¿Cumple")


def asked() -> Iterator[str]:
    """Every question and every gap."""
    people = (MenteeFacts(), MenteeFacts(stage=CareerStage.FELLOW, profession=Profession.NURSE, citizenships=("BR",),
              residence="BR", degree=Degree.BACHELOR, memberships=("Another",)))  # fmt: skip
    for type_, values in VALUES.items():
        for value in values:
            for excludes in (False, True):
                one = Requirement(type=type_, any_of=(value,), excludes=excludes, quote="As the page says it.")
                for person in people:
                    yield question(one, person)
                    judged = judge([one], person)
                    yield from (entry.gap for entry in judged.requirements if entry.verdict is Verdict.INELIGIBLE)


def test_every_question_and_gap_is_said() -> None:
    english = sorted(set(asked()))
    assert len(english) > 20
    assert [one for one in english if spoken(one, "es") == one] == []
    vocabulary = {plain(word) for enum in (CareerStage, Profession, Degree) for word in enum}
    for one in english:
        left = re.sub(r"«[^»]*»", "", spoken(one, "es"))
        assert not [word for word in vocabulary if " " in word and word in left], one


def sentences(path: Path) -> Iterator[str]:
    """The sentences that a module hands to what says them, with something in each place."""
    tree = ast.parse(path.read_text("utf-8"))
    bound = {
        target.id: node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign) and isinstance(target := node.targets[0], ast.Name)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) in SAYING:
            for argument in [*node.args, *(one.value for one in node.keywords)]:
                argument = bound.get(argument.id, argument) if isinstance(argument, ast.Name) else argument
                yield from (text for text in written(argument) if re.search(r"[a-z] [a-z]", text))


def written(node: ast.expr) -> Iterator[str]:
    """The text of a literal: for a number a number, for what else is put in a name, and for a hint none."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    if isinstance(node, ast.JoinedStr):
        yield "".join(str(part.value) if isinstance(part, ast.Constant) else filling(part) for part in node.values)


NUMBERS = re.compile(r"len\(|live|MOST|most|longest|before|seen|works|AT_MOST|days")
OPTIONAL = {"hint": "", "much": "", "because": "", "articles": " it"}


def filling(part: ast.expr) -> str:
    code = ast.unparse(part.value) if isinstance(part, ast.FormattedValue) else ""
    return OPTIONAL.get(code, "7" if NUMBERS.search(code) else "Kenya")


@pytest.mark.parametrize(
    "module",
    ["catalog/cohort/values.py", "catalog/cohort/rows.py", "catalog/cohort/planning.py", "catalog/cohort/files.py",
     "catalog/cohort/cells.py", "catalog/cohort/dates.py", "catalog/cohort/lists.py", "catalog/cohort/columns.py", "recommender/trust.py", "recommender/reminding.py"],
)  # fmt: skip
def test_every_remark_that_a_module_makes_is_said(module: str) -> None:
    found = set(sentences(ROOT / module))
    assert found
    assert sorted(one for one in found if spoken(one, "es") == one) == []


def test_every_sign_of_trust_and_kind_is_said() -> None:
    assert [sign.text for sign in (*AGAINST, *FOR) if spoken(sign.text, "es") == sign.text] == []
    assert {Kind.FELLOWSHIP, Kind.INTERNSHIP, Kind.WORKSHOP, Kind.JOURNAL_CALL} == set(Kind)
