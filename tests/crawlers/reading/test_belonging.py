"""Where applicants have to belong, in tables and in five languages, and what says nothing of it."""

import pytest

from catalog.words import RequirementType
from crawlers.reading.eligibility import requirements_in
from crawlers.reading.parsing import parse_html, parse_text

CITIZEN, RESIDENT = RequirementType.CITIZENSHIP, RequirementType.RESIDENCE


def belonging(text: str) -> set[tuple[RequirementType, str]]:
    found = (parse_html if text.startswith("<") else parse_text)(text)
    return {(one.type, "|".join(one.any_of)) for one in requirements_in(found) if one.type in (CITIZEN, RESIDENT)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Dirigido a enfermeras de nacionalidad chilena o uruguaya.", {(CITIZEN, "CL|UY")}),
        ("Requisitos: ser peruana.", {(CITIZEN, "PE")}),
        ("Les candidats doivent être de nationalité togolaise.", {(CITIZEN, "TG")}),
        ("Ouvert aux citoyennes béninoises.", {(CITIZEN, "BJ")}),
        ("Podem concorrer médicos de nacionalidade angolana.", {(CITIZEN, "AO")}),
        ("Bewerben können sich Ärzte mit österreichischer Staatsangehörigkeit.", {(CITIZEN, "AT")}),
        ("Les candidats doivent être de nationalité congolaise.", {(CITIZEN, "CONGOS")}),
        ("Applicants must be Congolese citizens.", {(CITIZEN, "CONGOS")}),
        ("Les candidats doivent être ressortissants du Congo-Brazzaville.", {(CITIZEN, "CG")}),
        ("Podem concorrer enfermeiras de nacionalidade guineense.", {(CITIZEN, "GUINEAS")}),
        ("Possono candidarsi i medici di cittadinanza italiana.", {(CITIZEN, "IT")}),
        ("Podem inscrever-se enfermeiros residentes no Brasil.", {(RESIDENT, "BR")}),
        ("Los candidatos deben residir en Chile.", {(RESIDENT, "CL")}),
        ("Les candidats doivent résider au Togo ou au Bénin.", {(RESIDENT, "TG|BJ")}),
        ("Voraussetzung: Wohnsitz in Deutschland oder der Schweiz.", {(RESIDENT, "DE|CH")}),
        ("Applicants must live in Europe.", {(RESIDENT, "EUROPE")}),
        ("Open to nurses from any country in Africa.", {(RESIDENT, "AFRICA")}),
        ("Estudantes de qualquer país de língua portuguesa podem participar.", {(RESIDENT, "CPLP"), (CITIZEN, "CPLP")}),
    ],
)
def test_what_a_sentence_asks_for(text: str, expected: set[tuple[RequirementType, str]]) -> None:
    assert belonging(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Eligible countries: Chad, Niger and Mali", {(CITIZEN, "TD|NE|ML"), (RESIDENT, "TD|NE|ML")}),
        ("Applicant: Chad", {(CITIZEN, "TD"), (RESIDENT, "TD")}),
        ("Country of residence: Chad", {(RESIDENT, "TD")}),
        ("Nationality: Chad", {(CITIZEN, "TD")}),
        ("<table><tr><th>Applicant country</th><td>Chad</td></tr></table>", {(CITIZEN, "TD"), (RESIDENT, "TD")}),
    ],
)
def test_a_country_alone_after_a_label_of_those_who_apply(
    text: str, expected: set[tuple[RequirementType, str]]
) -> None:
    assert belonging(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Location: Chad",
        "Country: Chad",
        "Requisitos: nivel B2 de francés.",
        "Se valora la literatura mexicana. Pueden participar enfermeras.",
        "Ärzte aller Fächer, die an einem deutschen Text arbeiten, können teilnehmen.",
        "No se exige nacionalidad chilena.",
        "Ouvert aux infirmières, sans condition de nationalité.",
        "Open to nurses from any country in the world.",
    ],
)
def test_what_asks_for_no_country(text: str) -> None:
    assert belonging(text) == set()
