"""Calls in scripts and languages of which few words were known, and pages that tell who won instead of calling."""

import datetime as dt

import pytest

from catalog.words import Kind, Outcome
from crawlers.reading.page import PageReading, read_page
from crawlers.reading.parsing import parse_html


def read(title: str, text: str) -> PageReading:
    markup = f"<title>{title}</title><h1>{title}</h1><p>{text}</p>"
    return read_page(parse_html(markup), as_of=dt.date(2026, 11, 23))


@pytest.mark.parametrize(
    ("title", "text", "kind"),
    [
        ("Genç Hekimler Araştırma Bursu", "Hekimler başvurabilir. Son başvuru tarihi: 15 Ocak 2027.", Kind.FELLOWSHIP),
        ("Yaz Stajı", "Tıp öğrencileri başvurabilir. Son başvuru tarihi: 15 Ocak 2027.", Kind.INTERNSHIP),
        ("2027年度 研究助成 募集要項", "応募資格：医師。応募締切：2027年1月29日。助成額：100万円。", Kind.FELLOWSHIP),
        ("2027年青年医师进修奖学金", "申请条件：执业医师。申请截止日期：2027年1月29日。", Kind.FELLOWSHIP),
        ("2027 신진의학자 장학금 모집 공고", "지원 자격: 의사. 접수기간: 2027년 1월 4일 ~ 1월 29일.", Kind.FELLOWSHIP),
        (
            "Chamada permanente: relatos de experiência",
            "A revista recebe relatos em fluxo contínuo.",
            Kind.JOURNAL_CALL,
        ),
        (
            "Clinician-Scientist-Programm",
            "Bewerben können sich Ärzte in Weiterbildung bis 1. März 2027.",
            Kind.FELLOWSHIP,
        ),
    ],
)
def test_a_call_in_few_known_words_is_taken(title: str, text: str, kind: Kind) -> None:
    reading = read(title, text)
    assert (reading.outcome, reading.kind) == (Outcome.OPEN, kind)


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Prix de thèse 2026 : liste des lauréats", "La date limite était fixée au 1er octobre 2026."),
        ("Graduatoria definitiva. Borsa di studio", "Le domande sono pervenute entro il 30 settembre 2026."),
        ("Listado provisional de admitidos. Becas 2026", "El plazo de solicitud terminó el 30 de septiembre de 2026."),
        ("Nachwuchspreis 2026 verliehen", "Bis zur Einreichungsfrist am 31. Juli 2026 waren 19 Arbeiten da."),
        ("Results of the 2026 fellowship competition", "Fellows were chosen. The deadline was 1 October 2026."),
        ("Current opportunities at the trust", "Fellowship: deadline 7 December 2026. Internship: 31 January 2027."),
    ],
)
def test_who_was_chosen_is_no_call(title: str, text: str) -> None:
    assert read(title, text).outcome is not Outcome.OPEN


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Borse di studio", "Possono partecipare i laureati entro il 30 gennaio 2027. Segue la graduatoria."),
        (
            "Prix de thèse",
            "Les docteurs peuvent candidater avant le 30 janvier 2027. Les lauréats recevront 2000 euros.",
        ),
        ("Opportunities for nurses: a fellowship", "Nurses may apply by 31 January 2027 for the fellowship."),
    ],
)
def test_a_call_that_tells_how_winners_are_named_is_one(title: str, text: str) -> None:
    assert read(title, text).outcome is Outcome.OPEN
