"""Pages made of one deadline in one of many wordings, among dates of other things: the deadline is what is read.

The wordings are of the kinds that calls use in fifteen languages; every one is tried by itself, and
pages with distractors before and after are made at random.
"""

import datetime as dt
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawlers.reading.deadlines import deadlines_in
from crawlers.reading.parsing import parse_html

DEADLINE = dt.date(2027, 5, 14)
MONTHS = {
    "en": "January February March April May June July August September October November December",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "pt": "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
    "pl": "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia",
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "sv": "januari februari mars april maj juni juli augusti september oktober november december",
    "tr": "Ocak Şubat Mart Nisan Mayıs Haziran Temmuz Ağustos Eylül Ekim Kasım Aralık",
    "id": "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember",
    "ar": "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر",
}
WORDINGS = {
    "en": """
        Application deadline: {}
        Applications close {}.
        Applications close at 5pm on {}.
        The call closes on {}.
        The application period closes {} at midnight.
        Closing date: {}
        Close date: {}, 17:00
        Closing Date{}, 12:00
        Deadline for applications: {} (23:59 CET)
        Deadline to apply is {}.
        Deadline to Apply – {}
        The deadline is {}.
        The deadline for submission of applications is {}, 11:59 pm ET.
        The deadline for receipt of completed applications is {}.
        The deadline has been extended to {}!
        Extended deadline: {}
        NEW DEADLINE {}
        Last date for submission: {}
        Last date to apply: {}
        Last date of receipt of application is {}
        Last day to submit an application: {}
        Apply by {}
        Apply before {}.
        Apply now! Deadline {}
        Applications are due {}.
        Applications due: {}
        Applications are due by 5:00 p.m. on {}.
        Applications must be received by {}.
        Applications must be submitted through the online portal no later than {}.
        Applications should reach the secretariat not later than {}.
        Completed applications must be emailed to the coordinator on or before {}.
        Applications will be accepted until {}.
        Applications are accepted through {}.
        Applications are now open until {}.
        Applications received after {} will not be considered.
        Application period: 1 March 2027 to {}
        Application window: 1 March 2027 – {}
        Applications open 1 March 2027 and close {}.
        We are accepting applications from 1 March 2027 until {}.
        Interested candidates should send a CV and a cover letter to the address below by {}.
        Please submit your application form together with two references by {}.
        Please send your expression of interest by {}.
        Kindly submit the form on or before {}.
        To apply, complete the form by {}.
        To be considered, applications must be complete by {}.
        All materials are due by {}.
        All application materials, including letters of reference, must be received by {}.
        Submit by {}
        Submit your abstract by {}.
        Abstract submission deadline: {}
        Abstract submission closes {}
        Abstracts must be submitted by {}, 23:59 AoE.
        Deadline for abstract submission is on {}.
        Paper submission due: {}
        Papers due: {}
        Full paper submission: {}
        Submission of full papers: {}
        Manuscript submission deadline: {}
        Manuscripts are due {}.
        Deadline for manuscript submissions: {}
        Submissions open until {}.
        Submission Deadline: {} (Anywhere on Earth)
        Nominations close {}.
        Nominations must be received by close of business on {}.
        Registration closes on {}.
        Registration deadline: {}
        Register by {}.
        Please register before {}.
        Registration is open until {}.
        Proposals are due on {}.
        {}: Application deadline
        {} – Deadline for applications
        {} is the deadline for applications.
        Don't miss the deadline of {}!
        Expires: {}
        Application expiry date: {}
        Valid through: applications until {}
        Cut-off date for applications: {}
        Applications will close at 12 noon GMT on {}.
        Deadline: midnight on {}
        Deadline: midnight GMT, {}
        The application must arrive by post by {} (date of postmark).
        Entries close: {}
        Proposal submission cutoff: {}
        The portal will remain open till {}.
        The vacancy is open until {}.
        Application Closing: {}
    """,
    "de": """
        Bewerbungsfrist: {}
        Bewerbungsschluss: {}
        Bewerbungsschluss ist der {}.
        Bewerbungsende: {}
        Antragsfrist: {}
        Die Antragsfrist endet am {}.
        Die Bewerbungsfrist endet am {}.
        Die Frist läuft bis zum {}.
        Einsendeschluss: {}
        Einreichungsfrist: {}
        Abgabetermin: {}
        Anmeldeschluss: {}
        Meldeschluss ist der {}.
        Anmeldung bis {}
        Bewerben Sie sich bis zum {}.
        Bewerbungen sind bis zum {} einzureichen.
        Bewerbungen werden bis {} entgegengenommen.
        Bitte senden Sie Ihre Bewerbung bis spätestens {} an das Sekretariat.
        Bewerbungszeitraum: 1. März 2027 bis {}
        Anträge können bis zum {} gestellt werden.
        Die Bewerbungsfrist wurde bis zum {} verlängert.
    """,
    "fr": """
        Date limite de candidature : {}
        Date limite : {}
        La date limite de dépôt des dossiers est fixée au {}.
        Date limite de soumission des résumés : {}
        Clôture des candidatures : {}
        Clôture des inscriptions le {}
        Date de clôture : {}
        Les candidatures sont ouvertes jusqu'au {}.
        Les dossiers doivent être transmis en ligne avant le {}.
        Les candidatures doivent être envoyées au plus tard le {}.
        Candidatez avant le {} !
        Inscription obligatoire avant le {}.
        Dépôt des candidatures du 1er mars 2027 au {}
        Échéance : {}
        Merci d'envoyer votre dossier avant le {} à minuit.
        Appel à communications ouvert jusqu'au {}.
        La date limite a été repoussée au {}.
    """,
    "es": """
        Fecha límite: {}
        Fecha límite de postulación: {}
        Fecha límite de recepción de propuestas: hasta las 18:00 hrs. del día {}
        Fecha de cierre: {}
        Cierre de convocatoria: {}
        La convocatoria cierra el {}.
        El plazo de presentación de solicitudes finaliza el {}.
        El plazo de inscripción estará abierto hasta el {}.
        Plazo: hasta el {}
        Plazo de solicitud: del 1 de marzo de 2027 al {}
        Las inscripciones deben realizarse en línea hasta el {}.
        Postulaciones hasta el {}
        Los resúmenes se recibirán hasta el {}.
        Envío de resúmenes: {}
        Recepción de trabajos hasta el {}.
        La convocatoria estará vigente del 1 de marzo de 2027 al {}.
        Inscripciones abiertas hasta el {}
        Vencimiento: {}
        Las solicitudes deberán enviarse a más tardar el {}.
        Último día para postular: {}
    """,
    "pt": """
        Prazo: {}
        Prazo para submissão: {}
        Prazo de inscrição: até {}
        O prazo termina em {}.
        Inscrições até {}
        Inscrições abertas até {}.
        As inscrições podem ser feitas até o dia {}.
        Data limite para envio de resumos: {}
        Data-limite: {}
        Candidaturas até {}
        As candidaturas decorrem de 1 de março de 2027 a {}.
        Submissão de trabalhos até {}
        Período de inscrição: 1 de março de 2027 a {}
        Encerramento das inscrições: {}
        As propostas devem ser enviadas até {}.
        O prazo foi prorrogado até {}.
    """,
    "it": """
        Scadenza: {}
        Scadenza presentazione domande: {}
        La scadenza per la presentazione delle domande è il {}.
        Le domande devono pervenire entro il {}.
        Domande entro il {}
        Iscrizioni entro il {}
        Termine ultimo per le candidature: {}
        Il bando scade il {}.
        Data di scadenza: {}
        Iscrizioni aperte fino al {}.
        Le candidature devono essere inviate entro e non oltre il {}.
    """,
    "nl": """
        Deadline: {}
        Sluitingsdatum: {}
        Uiterste inschrijfdatum: {}
        Aanmelden kan tot en met {}.
        Schrijf je in vóór {}.
        Solliciteren kan tot {}.
        Aanmelden vóór {}
        De deadline voor het indienen van aanvragen is {}.
        Reageren voor {}: stuur je sollicitatie in.
    """,
    "pl": """
        Termin składania wniosków: {}
        Termin nadsyłania zgłoszeń: {}
        Zgłoszenia przyjmujemy do {}.
        Wnioski można składać do {}.
        Termin zgłoszeń upływa {}.
        Rejestracja do {}
        Nabór wniosków trwa do {}.
    """,
    "ru": """
        Дедлайн: {}
        Крайний срок подачи заявок: {}
        Срок подачи заявок: до {}
        Заявки принимаются до {}.
        Прием заявок до {}
        Приём документов осуществляется до {}.
        Подать заявку можно до {}.
        Последний срок подачи: {}
        Окончание приема заявок: {}
        Регистрация открыта до {}.
    """,
    "sv": """
        Sista ansökningsdag: {}
        Sista dag för ansökan: {}
        Ansökan senast {}
        Ansök senast {}.
        Ansökan ska vara inne senast {}.
        Anmäl dig senast {}.
    """,
    "tr": """
        Son başvuru tarihi: {}
        Başvuru son tarihi: {}
        Son başvuru: {}
        Başvurular {} tarihine kadar yapılabilir.
    """,
    "id": """
        Batas akhir pendaftaran: {}
        Batas waktu pengiriman naskah: {}
        Tenggat: {}
        Pendaftaran paling lambat {}
        Pendaftaran dibuka hingga {}
        Pendaftaran ditutup {}
        Deadline pendaftaran: {}
    """,
    "ar": """
        آخر موعد للتقديم: {}
        الموعد النهائي: {}
        الموعد النهائي لتقديم الطلبات هو {}
        آخر موعد لاستلام الطلبات {}
        يستمر التقديم حتى {}
        باب التقديم مفتوح حتى {}
    """,
    "zh": """
        截止日期：{}
        申请截止日期：{}
        报名截止时间：{}
        投稿截止：{}
        申请截止到{}。
        报名时间：即日起至{}
    """,
    "ja": """
        締切：{}
        応募締切：{}
        申込期限：{}
        演題登録締切：{}
        応募期間：2027年3月1日～{}
    """,
}
DISTRACTORS = """
    Posted on 3 February 2027
    Last updated: 5 February 2027
    The programme begins on 1 September 2027.
    Start date: 1 September 2027
    The workshop will be held on 20–22 September 2027 in Lisbon.
    Conference dates: 20–22 September 2027
    Notification of acceptance: 30 June 2027
    Applicants will be notified by 30 June 2027.
    Successful candidates will be informed by 30 June 2027.
    Interviews will take place on 10 June 2027.
    Results will be announced on 15 July 2027.
    Camera-ready papers due: 15 July 2027
    Early bird registration ends 1 July 2027.
    Payment must be made by 20 July 2027.
    Cancellations received by 1 August 2027 will be refunded in full.
    The Academy was founded on 12 May 1988.
    Last year's school took place on 3 June 2026.
    Fellows must have completed their degree by 31 August 2027.
    Applicants must be born after 1 January 1997.
    The fellowship runs from 1 October 2027 to 30 September 2028.
    © 2027 Example Academy
    A webinar about the programme will be held on 2 March 2027.
    Applications open on 1 March 2027.
    Orientation: 28 August 2027
    Published in the Example Gazette on 7 February 2027.
    Visa letters are sent out by 5 August 2027.
    Hotel rooms are reserved until 1 August 2027.
    ISSN 2027-0514
"""


def written(language: str, day: dt.date) -> str:
    if language in ("zh", "ja"):
        return f"{day.year}年{day.month}月{day.day}日"
    month = MONTHS[language].split()[day.month - 1]
    return {
        "de": f"{day.day}. {month} {day.year}",
        "es": f"{day.day} de {month} de {day.year}",
        "pt": f"{day.day} de {month} de {day.year}",
    }.get(language, f"{day.day} {month} {day.year}")


def lines(text: str) -> list[str]:
    return [line.strip() for line in text.strip().splitlines()]


def main_date(language: str, paragraphs: list[str], title: str = "") -> dt.date | None:
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    main = deadlines_in(parse_html(f"<html lang={language}><title>{title}</title><main>{body}</main></html>")).main
    return main.on if main else None


SAID = [(language, wording) for language, wordings in WORDINGS.items() for wording in lines(wordings)]


@pytest.mark.parametrize(("language", "wording"), SAID)
def test_every_wording_gives_its_deadline(language: str, wording: str) -> None:
    assert main_date(language, [wording.format(written(language, DEADLINE))]) == DEADLINE


def test_deadlines_are_read_in_fifteen_languages() -> None:
    assert len(WORDINGS) == 15


@pytest.mark.parametrize("distractor", lines(DISTRACTORS))
@pytest.mark.parametrize("title", ["Example Research Fellowship 2027", "Call for papers: Example Workshop"])
def test_no_distractor_is_a_deadline(distractor: str, title: str) -> None:
    early = ("Early bird",)
    assert main_date("en", [distractor], title) is None or distractor.startswith(early)


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from(lines(WORDINGS["en"])), st.randoms(use_true_random=False), st.sampled_from(["paragraphs", "list"])
)
def test_a_deadline_is_found_among_distractors(wording: str, chance: random.Random, layout: str) -> None:
    others = chance.sample(lines(DISTRACTORS), 5)
    said = wording.format(written("en", DEADLINE))
    page = others[:]
    page.insert(chance.randrange(len(page) + 1), said)
    tag = "p" if layout == "paragraphs" else "li"
    body = "".join(f"<{tag}>{line}</{tag}>" for line in page)
    main = deadlines_in(parse_html(f"<html lang=en><title>Example Fellowship</title><main>{body}</main></html>")).main
    assert main is not None
    assert main.on == DEADLINE


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.sampled_from([d for d in lines(DISTRACTORS) if "Early" not in d]), min_size=1, max_size=8, unique=True)
)
def test_a_page_of_distractors_has_no_deadline(distractors: list[str]) -> None:
    assert main_date("en", distractors, "Example Fellowship") is None
