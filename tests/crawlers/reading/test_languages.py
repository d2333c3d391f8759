"""The language of a page by its words, its script, and only then by what it declares."""

import pytest

from crawlers.reading.document import Block, Document
from crawlers.reading.languages import language_of

TEXTS = [
    (
        "en",
        "Applications are invited from students who will be in the final year of their degree and are able to attend.",
    ),
    (
        "fr",
        "Les candidatures sont ouvertes aux étudiants en médecine qui souhaitent effectuer un stage dans un hôpital.",
    ),
    (
        "es",
        "La convocatoria está dirigida a los alumnos de la licenciatura en medicina con un promedio mínimo para el proceso.",
    ),
    (
        "pt",
        "A chamada é para os profissionais de saúde que não podem participar do curso, com bolsas em uma das cidades.",
    ),
    (
        "de",
        "Die Bewerbung für das Stipendium ist bis zum ersten Mai möglich und wird von der Stiftung mit dem Fonds geprüft.",
    ),
    (
        "it",
        "Il bando è rivolto ai giovani medici che non sono ancora iscritti alla scuola di specializzazione della regione.",
    ),
    (
        "nl",
        "De inschrijving voor het symposium is geopend en de deelnemers worden met een bericht op de hoogte gebracht.",
    ),
    (
        "ru",
        "Заявки на участие в конференции принимаются до конца мая, и все участники получат ответ по почте от комитета.",
    ),
    (
        "id",
        "Pendaftaran untuk program ini dibuka bagi mahasiswa dan dokter yang akan mengikuti pelatihan di kota dengan beasiswa.",
    ),
    ("ja", "応募資格は医学部の学生であることです。締め切りは五月一日です。"),
]


@pytest.mark.parametrize(("code", "text"), TEXTS)
def test_words_tell_the_language_whatever_the_template_declares(code: str, text: str) -> None:
    assert language_of(Document(blocks=(Block(text),))) == code
    assert language_of(Document(blocks=(Block(text),), language="pl")) == code


def test_too_few_words_leave_it_to_the_declaration() -> None:
    assert language_of(Document(blocks=(Block("Menu"),), language="fr-CA")) == "fr"
    assert language_of(Document(blocks=(Block("Menu"),))) is None
    assert language_of(Document(blocks=(), language="???")) is None
