"""Which languages a condition demands of everybody."""

import pytest

from catalog.drafts import Requirement
from catalog.words import RequirementType, Verdict
from recommender.asking import AskedFact, fact_asked
from recommender.eligibility import judge
from recommender.languages import languages_asked
from recommender.people import MenteeFacts


@pytest.mark.parametrize(
    ("quote", "asked"),
    [
        ("Candidates must be fluent in French.", "fr"),
        ("Fluency in English and Spanish is required.", "en es"),
        ("Applicants must be fluent in English, French or Spanish.", "en fr es"),
        ("Applicants must speak English and be able to read French.", "en fr"),
        ("A good command of German (C1) is required.", "de"),
        ("English language skills are required.", "en"),
        ("Fluency in English is required; knowledge of French is an asset.", "en"),
        ("Fluency in English is required and knowledge of French is an asset.", "en"),
        ("Fluency in English is required, knowledge of French would be helpful.", "en"),
        ("Fluency in English is required, Spanish preferred.", "en"),
        ("Applicants must apply online; fluency in English and French is preferred.", ""),
        ("Knowledge of German is not required.", ""),
        ("No knowledge of German is required, but applicants must be fluent in English.", "en"),
        ("Applicants must have working knowledge of the French health system.", ""),
        ("Applicants whose native language is not English must submit TOEFL.", ""),
        ("Non-native speakers must show proficiency in English.", ""),
        ("Kiswahili is required, because the children do not speak English.", "sw"),
        ("Une bonne maîtrise du français est indispensable ; l'anglais est un atout.", "fr"),
        ("La connaissance du système français est indispensable.", ""),
        ("Imprescindible nivel B2 de inglés.", "en"),
        ("Se valorará el conocimiento de inglés.", ""),
        ("No se requiere conocimiento de alemán.", ""),
        ("É necessário um bom domínio da língua portuguesa.", "pt"),
        ("É necessário um bom conhecimento da literatura portuguesa.", ""),
        ("Gute Deutschkenntnisse sind erforderlich.", "de"),
    ],
)
def test_languages_are_demanded_clause_by_clause(quote: str, asked: str) -> None:
    assert languages_asked(quote) == frozenset(asked.split())


@pytest.mark.parametrize(
    ("quote", "verdict"),
    [
        ("Fluency in English is required; knowledge of French is an asset.", Verdict.UNKNOWN),
        ("Knowledge of German is not required.", Verdict.UNKNOWN),
        ("Applicants must have working knowledge of the French health system.", Verdict.UNKNOWN),
        ("Applicants whose native language is not English must submit TOEFL.", Verdict.UNKNOWN),
        ("Applicants must be fluent in English.", Verdict.ELIGIBLE),
        ("Applicants must be fluent in French.", Verdict.INELIGIBLE),
    ],
)
def test_nobody_is_ruled_out_by_a_language_that_is_not_demanded(quote: str, verdict: Verdict) -> None:
    asked = Requirement(type=RequirementType.OTHER, quote=quote)
    assert judge([asked], MenteeFacts(languages=("en",))).verdict is verdict


@pytest.mark.parametrize(
    ("quote", "fact"),
    [
        ("Applicants must be fluent in English.", AskedFact.LANGUAGES),
        ("Applicants must be fluent in English and own a car.", None),
        ("Knowledge of German is not required.", None),
    ],
)
def test_what_somebody_speaks_is_asked_where_that_settles_it(quote: str, fact: AskedFact | None) -> None:
    asked = Requirement(type=RequirementType.OTHER, quote=quote)
    assert fact_asked(judge([asked], MenteeFacts()).question) is fact
    assert fact_asked(judge([asked], MenteeFacts(languages=("en",))).question) is None, "it is known"
