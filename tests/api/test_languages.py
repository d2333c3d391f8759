"""A mentor is told what we say in the language that they chose, or that their browser reads."""

import re

import pytest

from api.languages import accepted
from tests.api.serving import Served


def test_a_mentor_is_told_in_their_language_and_else_in_their_browsers(recommending: Served) -> None:
    ada, address = recommending.as_mentor("mtr_ada"), "/v1/mentees/mte_ben/recommendations?limit=1"

    def line(**headers: str) -> str:
        return str(ada.get(address, headers=headers).json()["items"][0]["line"])

    assert re.search(r"May apply; \d+ days left\.$", line())
    assert re.search(
        r"Puede solicitarlo; quedan \d+ días\.$", line(**{"Accept-Language": "fr;q=0.9, es-MX;q=0.8, en;q=0.1"})
    )
    assert ada.patch("/v1/me", json={"locale": "es"}, headers={"If-Match": "*"}).is_success
    assert "Puede solicitarlo" in line(**{"Accept-Language": "en"}), "what they chose counts more"
    table = ada.get("/v1/mentees/mte_ben/recommendations.csv").text.splitlines()
    assert table[0].startswith("rank,score,line,eligibility,")
    assert "Puede solicitarlo; " in table[1]
    assert ",eligible," in table[1], "words for programs are the same in every language"
    choices = ada.get("/v1/reminders/choices?opportunity_id=opp_001").json()["items"]
    assert "Una semana antes de la fecha límite" in [one["label"] for one in choices]
    file = "name;stage;citizenships\nBo Example;medcal student;Kenia\n"
    shown = ada.post("/v1/mentees/imports", content=file.encode(), headers={"Content-Type": "text/csv"}).json()
    assert shown["rows"][0]["remarks"][0]["detail"].startswith("“medcal student” no es una de las palabras.")
    refused = ada.post("/v1/mentees/imports", content=b"%PDF", headers={"Content-Type": "text/csv"}).json()
    assert refused["errors"][0]["detail"].startswith("Es un PDF.")


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("", "en"),
        ("es", "es"),
        ("de, es;q=0.5", "es"),
        ("en-GB, es;q=0.9", "en-GB"),
        ("es;q=0, fr", "en"),
        ("es;q=x", "en"),
    ],
)
def test_the_language_that_is_liked_most_of_those_we_speak(header: str, language: str) -> None:
    assert accepted(header) == language
