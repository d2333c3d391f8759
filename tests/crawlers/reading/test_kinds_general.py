"""Texts that name a fellowship or an internship and ask nobody for anything, beside calls in the same words."""

import pytest

from catalog.words import Kind
from crawlers.reading.kinds import judge
from crawlers.reading.page import read_page
from crawlers.reading.parsing import parse_text

NOT_CALLS = [
    (
        "https://www.example.com/observerships",
        "Observerships abroad\nMost hospitals that take observers give places to graduates of their own region first. "
        "There are several reasons why you should think of one all the same.",
    ),
    (
        "https://www.example.de/famulatur",
        "Die Famulatur\nIn der Regel dauert eine Famulatur dreißig Tage. Der Begriff kommt aus dem Lateinischen. "
        "Für Studierende der Medizin ist sie Pflicht.",
    ),
    (
        "https://www.example.br/estagio",
        "O estágio em enfermagem\nExistem dois tipos de estágio: o obrigatório e o facultativo. Geralmente dura dois semestres.",
    ),
    (
        "https://www.example.org/electives/kisumu",
        "My elective in Kisumu\nI spent six weeks on the paediatric wards and learned to listen. My supervisor was patient with medical students.",
    ),
    (
        "https://rating.example.de/famulatur/311",
        "Ich habe eine E-Mail geschrieben und bekam nach drei Tagen eine Zusage. Die Bewerbung für die Famulatur war einfach, die vier Wochen lehrreich.",
    ),
    (
        "https://health.example.gov/summer-interns",
        "Host a summer health intern\nLocal departments should apply by 17 February 2031 to host an undergraduate public health intern.",
    ),
    (
        "https://journal.example.org/guidelines-guest-editors",
        "Special issues: guidelines for guest editors\nA special issue is a collection of articles on one theme. Guest editors are responsible for inviting reviewers.",
    ),
    (
        "https://journal.example.org/overview",
        "Submission overview\nTypes of publications: original articles, reviews, letters. All manuscripts are submitted through the platform.",
    ),
    (
        "https://www.example.com/news/new-fee",
        "Doctors face new fee\nThe college asks the government to pay for its programme for doctors in fellowship training, which costs $34,000.",
    ),
    (
        "https://jobs.example.org/jobs/technical-officer",
        "Number of vacancies: 1\nProbation period: three months\nClosing date: 10 November 2031\nMinimum education: bachelor's degree, two years' experience",
    ),
    (
        "https://rules.example.edu/articulo-202",
        "Para los estudiantes de medicina, en el año de internado, el período lectivo es un año calendario, y quien pierda una rotación "
        "durante el período de entrenamiento deberá repetirla entera según el tiempo que para ella se haya programado; para cada rotación rige lo dispuesto en este reglamento.",
    ),
]

CALLS = [
    (
        Kind.FELLOWSHIP,
        "https://www.example.de/nachwuchs/2097",
        "Bewerben können sich Promovierte aller Fächer. Das Stipendium beträgt monatlich 1.200 Euro und dauert bis zu sechs Monate.",
    ),
    (
        Kind.FELLOWSHIP,
        "https://www.example.it/avvisi/12",
        "Possono accedere alle borse i laureati in medicina. L'importo è di 1.000 euro al mese, la durata di dodici mesi.",
    ),
    (
        Kind.INTERNSHIP,
        "https://hospital.example.br/criterios",
        "Critérios de seleção para os estágios: as solicitações devem ser encaminhadas do dia 1 ao dia 10 de cada mês; alunos do último ano têm preferência.",
    ),
    (
        Kind.INTERNSHIP,
        "https://agency.example.gov/ehs/application",
        "All application materials are due by 3 February 2031. To apply send a CV, a transcript and two essays on your coursework.",
    ),
    (
        Kind.FELLOWSHIP,
        "https://academy.example.org/programmes/health-leaders-scheme/dates",
        "Applications open 3 June 2031 and close 12 July 2031. Residential workshops must be attended. The cost is £900 per person.",
    ),
    (
        Kind.FELLOWSHIP,
        "https://fonds.example.nl/informatie",
        "De studiebeurs is bedoeld voor promovendi. U kunt een aanvraag indienen tussen 1 januari en 15 februari 2031; het bedrag is 1000 euro.",
    ),
    (
        Kind.WORKSHOP,
        "https://congresso.example.it/2031/sottomissione",
        "Tutti gli autori che desiderano sottoporre un abstract al Congresso possono inviare il contributo entro il 23 giugno 2031.",
    ),
    (
        Kind.WORKSHOP,
        "https://congress.example.org/abstracts/submission-guidelines",
        "Submission guidelines\nSymposia and posters: 31 May 2031. Abstracts must be in English. The congress takes place in Oslo; posters hang all week.",
    ),
]


@pytest.mark.parametrize(("url", "text"), NOT_CALLS)
def test_a_text_about_such_things_is_no_call(url: str, text: str) -> None:
    judgement = judge(parse_text(text, url=url))
    assert not judgement.is_opportunity, judgement.reasons


@pytest.mark.parametrize(("kind", "url", "text"), CALLS)
def test_a_call_that_says_who_may_apply_or_what_to_hand_in_is_taken(kind: Kind, url: str, text: str) -> None:
    reading = read_page(parse_text(text, url=url))
    assert (reading.is_opportunity, reading.kind) == (True, kind)


def test_refusing_paper_applications_closes_nothing() -> None:
    text = "Four fellows are chosen each year. Paper applications are not accepted for fellowship positions; submit your application online."
    assert read_page(parse_text(text, url="https://www.example.org/fellowship")).is_opportunity


def test_a_journal_that_always_takes_papers_is_a_call_once_it_names_an_issue_and_a_day() -> None:
    standing = "Our journal welcomes original research and reviews. Manuscripts are sent through the platform."
    url = "https://journal.example.org/about"
    assert not judge(parse_text(standing, url=url)).is_opportunity
    issue = f"{standing} Papers for the special issue on heat are due on 1 May 2031."
    assert read_page(parse_text(issue, url=url)).kind is Kind.JOURNAL_CALL
