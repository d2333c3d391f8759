"""Closed notices in eighteen languages, each on a page that still names its deadline; and what only looks like one."""

import pytest

from crawlers.reading.closing import closed_notice
from crawlers.reading.parsing import parse_html

CLOSED = {
    "en": ["Applications are now closed.", "The call is closed", "This opportunity has expired", "Applications for 2026 are closed. Check back in January.", "The application window has closed.", "Status: Closed", "Applications closed on 3 May 2026.", "Submissions are closed.", "This vacancy is no longer available", "Call closed", "Application Closed", "The 2026 application cycle is now closed.", "Recruitment for this program is complete", "Position filled", "The nomination period has ended", "This fellowship is not accepting applications at this time", "The program is currently on hiatus", "We are not offering this program in 2026"],
    "fr": ["L'appel à candidatures est clos.", "Candidatures closes", "Les inscriptions sont terminées.", "La date limite de dépôt est passée.", "Appel clôturé", "Offre expirée", "Les candidatures sont désormais fermées."],
    "es": ["La convocatoria está cerrada.", "Convocatoria cerrada", "Plazo cerrado", "El plazo de inscripción ha finalizado.", "Inscripciones cerradas", "El plazo de postulación ya venció.", "CONVOCATORIA FINALIZADA", "Fuera de plazo"],
    "pt": ["Inscrições encerradas", "As inscrições estão encerradas.", "Prazo esgotado", "O prazo de candidatura terminou.", "Chamada encerrada", "Edital encerrado", "Candidaturas fechadas"],
    "de": ["Die Bewerbungsfrist ist abgelaufen.", "Die Bewerbungsphase ist beendet.", "Anmeldung geschlossen", "Bewerbungen sind nicht mehr möglich.", "Die Ausschreibung ist geschlossen.", "Bewerbungsfrist abgelaufen", "Die Anmeldefrist ist verstrichen."],
    "it": ["Bando chiuso", "Le iscrizioni sono chiuse.", "Il bando è scaduto.", "I termini sono scaduti.", "Candidature chiuse"],
    "nl": ["De inschrijving is gesloten.", "De deadline is verstreken.", "Aanmelden is niet meer mogelijk.", "Deze vacature is vervuld."],
    "pl": ["Nabór zakończony", "Rekrutacja została zakończona.", "Termin składania wniosków minął.", "Rejestracja zamknięta"],
    "ru": ["Прием заявок завершен.", "Приём заявок закрыт", "Конкурс завершён", "Срок подачи заявок истёк.", "Прием заявок окончен"],
    "uk": ["Прийом заявок завершено", "Реєстрація закрита"],
    "ar": ["تم إغلاق باب التقديم", "انتهى التقديم", "انتهت فترة التسجيل", "التقديم مغلق"],
    "zh": ["报名已截止", "申请已结束", "征稿已截止", "报名通道已关闭", "征集已于2026年8月20日截止"],
    "ja": ["募集は終了しました", "受付終了", "募集を締め切りました"],
    "ko": ["접수가 마감되었습니다", "모집이 종료되었습니다"],
    "tr": ["Başvurular kapandı", "Başvuru süresi dolmuştur.", "Başvurular sona ermiştir.", "BAŞVURULAR KAPANMIŞTIR", "KAYITLAR KAPANMIŞTIR.", "BAŞVURU SÜRESİ SONA ERMİŞTİR."],
    "id": ["Pendaftaran telah ditutup.", "Pendaftaran ditutup"],
    "sv": ["Ansökan är stängd", "Ansökningstiden har gått ut."],
    "cs": ["Přihlášky jsou uzavřeny", "Registrace byla ukončena."],
}  # fmt: skip
NOT_CLOSED = [
    "Applications close on 3 May 2027.",
    "The call will be closed on 3 May.",
    "If the deadline has passed, contact us.",
    "Incomplete applications will not be considered.",
    "Early bird registration is closed. Regular registration is open.",
    "Positions are filled on a first come basis.",
    "Registration will close when all places are filled.",
    "This is a closed competition for members.",
    "La convocatoria se cerrará el 3 de mayo.",
    "Die Bewerbungsfrist endet am 3. Mai.",
    "L'appel sera clos le 3 mai.",
    "As inscrições serão encerradas em 3 de maio.",
    "Pendaftaran ditutup pada 3 Mei 2027",
]


def notice(words: str, language: str = "en") -> str | None:
    title = "Example Fellowship 2027"
    body = f"<h1>{title}</h1><p>{words}</p><p>Young doctors train in rural hospitals. Deadline: 3 May 2027.</p>"
    return closed_notice(parse_html(f"<html lang={language}><title>{title}</title><main>{body}</main></html>"))


@pytest.mark.parametrize(("language", "words"), [(name, words) for name, all_ in CLOSED.items() for words in all_])
def test_a_notice_is_found_beside_a_deadline(language: str, words: str) -> None:
    assert notice(words, language) is not None


def test_notices_are_known_in_nine_languages_and_more() -> None:
    assert len(CLOSED) >= 18
    assert all(len(notices) >= 2 for notices in CLOSED.values())


@pytest.mark.parametrize("words", NOT_CLOSED)
def test_what_will_close_is_open(words: str) -> None:
    assert notice(words) is None
