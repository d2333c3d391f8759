"""Every problem is told in the reader's language: each sentence that one can hold is found in the code itself."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import BaseModel, Field, ValidationError

from api.invalid_requests import SAID_WITHOUT_INPUT
from api.languages import told_in
from api.problems import Kind, sentence
from catalog.watching import EVERY_ADVICE
from crawlers.doubting import _MARKED
from tests.api.serving import Served

ROOT = Path(__file__).parents[2]
PLACES = {
    "self.scope": "write",
    "refused.policy.name": "credential",
    "what": "still being loaded",
    "row.forward.state": "sent",
}
OUR_REFUSALS = {
    "PasswordRefused", "InvitationRefused", "TooManyGoals", "WishRefused", "ProgrammeRefused", "TooManyFeeds",
    "TooManyPages", "WebhookRefused", "AddressRefused", "MendRefused",
}  # fmt: skip


def calls(path: Path, names: set[str]) -> Iterator[ast.Call]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) in names:
            yield node


def written(node: ast.expr) -> str | None:
    """The text of a literal; what is put in is a number unless `PLACES` says otherwise."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(
            str(part.value) if isinstance(part, ast.Constant) else PLACES.get(ast.unparse(part.value), "7")
            for part in node.values
            if isinstance(part, ast.Constant | ast.FormattedValue)
        )
    return None


def in_code(folder: str, names: set[str]) -> set[str]:
    """The sentences that are handed to these names: what has a space and a letter, and is no pointer or code."""
    found = set()
    for path in (ROOT / folder).rglob("*.py"):
        for call in calls(path, names):
            texts = (written(one) for one in [*call.args, *(key.value for key in call.keywords)])
            found |= {text for text in texts if text and re.search(r"[a-z] [a-z]", text)}
    return found


def of_pydantic() -> Iterator[str]:
    """What pydantic says of the commonest mistakes."""

    class Asked(BaseModel, extra="forbid"):
        text: str = Field(max_length=3, pattern="^a")
        many: list[int] = Field(max_length=1)
        count: int = Field(ge=1, le=5)
        kind: Kind | None = None
        flag: bool = False

    wrong = (
        {"other": 1},
        {"text": "abcd", "many": [1, 2], "count": 0, "flag": "perhaps"},
        {"text": "b", "many": {}, "count": 9},
        {"text": 1, "many": ["x"], "count": "x"},
    )
    for body in wrong:
        with pytest.raises(ValidationError) as refused:
            Asked.model_validate(body)
        yield from (str(one["msg"]) for one in refused.value.errors() if not str(one["type"]).endswith("parsing"))


def test_every_problem_is_said_in_spanish() -> None:
    raised = in_code("api", {"Problem", "invalid", "FieldProblem"})
    refused = {sentence(one) for one in in_code("catalog", OUR_REFUSALS)}
    assert len(raised) > 80
    assert len(refused) > 20
    kinds = {text for kind in Kind for text in (kind.value.title, kind.value.advice)}
    english = raised | refused | kinds | set(EVERY_ADVICE) | set(SAID_WITHOUT_INPUT.values()) | set(of_pydantic())
    assert sorted(one for one in english if told_in(one, "es") == one) == []


def test_why_a_person_is_asked_is_said_in_spanish() -> None:
    doubts = {
        "The deadline moved from 3 March 2027 to an unknown day, which is earlier.":
            "La fecha límite pasó del 3 de marzo de 2027 al un día desconocido, que es antes.",
        "No words name its kind: whom it is for and what it pays made it a fellowship.":
            "Ninguna palabra dice de qué tipo es: por a quién se dirige y lo que paga se tomó por una beca.",
        "A person put its deadline right (2027-05-31); since then the source itself has changed it.":
            "Una persona corrigió la fecha límite (2027-05-31); desde entonces la propia fuente lo ha cambiado.",
    }  # fmt: skip
    assert {english: told_in(english, "es") for english in doubts} == doubts
    assert [words for _, _, words in _MARKED if told_in(words, "es") == words] == []


def test_a_problem_is_told_as_its_reader_reads_and_keeps_its_code(served: Served) -> None:
    nobody, ada = served.client(), served.as_mentor()
    english = nobody.get("/v1/me")
    spanish = nobody.get("/v1/me", headers={"Accept-Language": "es-MX, en;q=0.5"})
    assert (english.headers["Content-Language"], spanish.headers["Content-Language"]) == ("en", "es")
    assert (spanish.json()["title"], spanish.json()["code"]) == ("Sesión no iniciada", english.json()["code"])
    assert spanish.json()["type"] == english.json()["type"]
    assert ada.patch("/v1/me", json={"locale": "es"}, headers={"If-Match": "*"}).is_success
    wrong = ada.post("/v1/mentees", json={"name": "x" * 400, "stage": "none", "citizenships": ["QQ"]}).json()
    assert wrong["detail"] == "3 campos no son correctos."
    details = {one["pointer"]: one["detail"] for one in wrong["errors"]}
    assert details["/name"] == "Debe tener como máximo 200 caracteres"
    assert details["/stage"].startswith("Debe ser 'high_school', ")
    assert details["/citizenships/0"] == "No existe ese código de país ISO 3166-1 alfa-2, en mayúsculas."
    assert ada.get("/v1/mentees/mte_none").json()["detail"] == "No existe esa persona, o no es tuya."
