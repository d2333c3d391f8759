"""Which pages are something one can go for, and of which kind: examples, one short page each."""

import pytest

from catalog.words import Kind
from crawlers.reading.document import Block, Document
from crawlers.reading.kinds import for_a_person, is_roundup, judge, kind_of_words
from crawlers.reading.page import read_page
from crawlers.reading.parsing import parse_html, parse_text

CALLS = [
    (
        Kind.JOURNAL_CALL,
        "https://journal.example.org/collections/climate-and-kidney",
        "This collection brings together research on heat and kidney disease. Open for submissions until 15 May 2026. Editors from Lisbon and Nairobi.",
    ),
    (
        Kind.JOURNAL_CALL,
        "https://press.example.com/jrn/cfp-frailty",
        "Guest editors invite original articles and reviews on frailty. Abstracts of 300 words first; full papers by 1 June 2026.",
    ),
    (
        Kind.JOURNAL_CALL,
        "https://revista.example.es/convocatorias/dossier",
        "Convocatoria de artículos para el dossier temático Salud y migración. Envío de manuscritos hasta el 30 de septiembre de 2025.",
    ),
    (
        Kind.JOURNAL_CALL,
        "https://ojs.example.br/index.php/saude/announcement/view/12",
        "Chamada de artigos: número temático sobre saúde indígena. Submissões até 31 de março.",
    ),
    (
        Kind.JOURNAL_CALL,
        "https://www.example-publishing.com/journals/bmj-like/call-for-papers/ai-in-triage",
        "Submission deadline 31 December 2026. Topics include validation, bias and deployment. Papers are peer reviewed as usual.",
    ),
    (
        Kind.WORKSHOP,
        "https://www.example-congress.org/registration",
        "Early bird until 1 March: members 350 €, non-members 450 €. Late registration on site only.",
    ),
    (
        Kind.WORKSHOP,
        "https://ichg2027.example.org/",
        "The 9th International Congress on Health Geography takes place in Porto, 4-7 July 2027. Abstracts open in October.",
    ),
    (
        Kind.WORKSHOP,
        "https://uni.example.ac.uk/short-courses/epi",
        "Five-day introduction to epidemiology. Fee £900; places limited to 24; no prior knowledge needed.",
    ),
    (
        Kind.WORKSHOP,
        "https://sommerschule.example.de/",
        "Die Sommerschule Global Health richtet sich an Studierende aller Fächer (außer Medizin). Bewerbung bis 30. April.",
    ),
    (
        Kind.WORKSHOP,
        "https://www.example.org/events/grant-writing-webinar",
        "Free 90-minute webinar on grant writing for early-career researchers. Register by e-mail.",
    ),
    (
        Kind.WORKSHOP,
        "https://abstracts.example-society.org/guidelines",
        "At most 250 words, structured. One presenting author. Posters are 90 x 120 cm. Deadline 12 January.",
    ),
    (
        Kind.WORKSHOP,
        "https://congresso.example.it/",
        "Invio degli abstract entro il 15 maggio; quota di iscrizione 200 euro.",
    ),
    (
        Kind.WORKSHOP,
        "https://colloque.example.fr/appel",
        "Appel à communications: les résumés sont à soumettre avant le 2 février 2026.",
    ),
    (
        Kind.INTERNSHIP,
        "https://hospital.example.sg/clinical-electives",
        "Overseas students in their final two years may do up to eight weeks. Apply six months ahead; administrative fee S$300.",
    ),
    (
        Kind.INTERNSHIP,
        "https://www.example.int/careers/interns",
        "Students in their last year of a bachelor or enrolled in a master may join for three to six months. A monthly allowance is paid.",
    ),
    (
        Kind.INTERNSHIP,
        "https://lab.example.edu/surf",
        "Ten weeks of mentored laboratory work for undergraduates; $5,000 stipend and housing. Applications due February 1.",
    ),
    (
        Kind.INTERNSHIP,
        "https://med.example.edu/visiting-students",
        "Visiting fourth-year students may rotate in surgery, medicine and paediatrics for four weeks. VSLO only.",
    ),
    (
        Kind.INTERNSHIP,
        "https://klinikum.example.de/famulatur",
        "Famulaturen sind ganzjährig möglich. Bewerbung mit Lebenslauf per E-Mail, Dauer mindestens 30 Tage.",
    ),
    (
        Kind.INTERNSHIP,
        "https://hospital.example.org/img-observership",
        "Foreign graduates observe rounds for a month. No hands-on care. $750 per month. TOEFL needed.",
    ),
    (
        Kind.INTERNSHIP,
        "https://ong.example.fr/stage",
        "Stage de six mois à Dakar, gratification mensuelle, convention obligatoire. Candidature avant le 15 mars.",
    ),
    (
        Kind.INTERNSHIP,
        "https://www.example.org/exchange/ifmsa",
        "Medical students exchange for four weeks in August; a host student meets them; fee 250 euros.",
    ),
    (
        Kind.INTERNSHIP,
        "https://voluntariado.example.mx/",
        "Programa de voluntariado en clínicas rurales para estudiantes de enfermería; hospedaje incluido.",
    ),
    (
        Kind.FELLOWSHIP,
        "https://foundation.example.org/grants/smith-prize",
        "The Smith Prize of $10,000 is given each year to a researcher under 40. Nominations close on 1 May.",
    ),
    (
        Kind.FELLOWSHIP,
        "https://www.example.ac.za/research/postdoc-2026",
        "Two-year position on TB genomics. PhD within five years. R350 000 per year, tax free.",
    ),
    (
        Kind.FELLOWSHIP,
        "https://www.example.org/leaders/apply",
        "A year-long programme for mid-career women in ministries of health. 30 places. Travel and lodging are covered.",
    ),
    (
        Kind.FELLOWSHIP,
        "https://stiftung.example.de/foerderung/doktoranden",
        "Stipendium für medizinische Promotion, 12 Monate, 1.000 € monatlich. Bewerbungsfrist 15. November.",
    ),
    (
        Kind.FELLOWSHIP,
        "https://www.example.edu.br/bolsas",
        "Bolsas de mestrado para profissionais de saúde de países africanos. Inscrições até 10 de junho.",
    ),
    (
        Kind.FELLOWSHIP,
        "https://becas.example.es/2026",
        "Becas para residentes de último año: estancia de tres meses en un hospital extranjero, 3.000 €.",
    ),
    (
        Kind.FELLOWSHIP,
        "https://college.example.org.uk/awards/travelling",
        "Members in training may ask for up to £1,500 towards a visit to a centre abroad.",
    ),
    (
        Kind.FELLOWSHIP,
        "https://www.example.org/scholar-program",
        "Supports junior faculty for three years with 75% protected time and $150,000 a year. Letter of intent required.",
    ),
    (
        Kind.FELLOWSHIP,
        "https://uni.example.ch/phd",
        "Fully funded PhD place in health economics, four years from September. Send CV and transcripts.",
    ),
    (
        Kind.INTERNSHIP,
        "https://med.example.edu/student-programs/overview",
        "Between the first and second year of medical school, 10 weeks with a mentor; a stipend of $4,000. Application deadline: February 1st.",
    ),
    (
        Kind.FELLOWSHIP,
        "http://examplefellows.org/apply/",
        "We are accepting applications for next year's cohort, due 1 December 2031.",
    ),
    (
        Kind.WORKSHOP,
        "https://www.example.edu/education/diploma-tropical-health/admissions",
        "Courses designed for physicians, nurses with clinical experience and students. Fees: $8,000 for four two-week modules.",
    ),
    (
        Kind.WORKSHOP,
        "https://exemplo.example.br/trabalhos_regulamento",
        "Data limite para envio de trabalhos: 20 de fevereiro de 2031. Número de autores limitado a 15.",
    ),
    (
        Kind.INTERNSHIP,
        "https://volunteers.example.org/pages/app",
        "Volunteers observe procedures in clinical areas from early June through mid-August; completed sophomore year, GPA of 3.2.",
    ),
    (
        Kind.FELLOWSHIP,
        "https://www.example.org/early-stage-investigator-travel-award",
        "Early-stage investigators may apply for a travel award to the summit. Application deadline: May 1, 2031.",
    ),
    (
        Kind.FELLOWSHIP,
        "https://www.example.de/foerderung/jahresstipendien",
        "Jahresstipendien für Mediziner: monatliche Rate, Reisekostenzuschuss. Bewerbung bis 1. März 2031.",
    ),
]

NOT_CALLS = [
    (
        "https://www.example.org/call-for-applications-postgraduate-training-scheme",
        "Only applications from universities in LMICs will be considered; selection of universities for the second phase.",
    ),
    (
        "https://www.example.org/articles/journal-template",
        "A template for manuscripts: abstract, keywords, introduction with placeholder text.",
    ),
    (
        "https://docs.example.org/the-manual-of-exchanges",
        "Booklet for outgoing students: abbreviations, conditions, contacts.",
    ),
    (
        "https://meeting.example.org/session/22/exchange-program",
        "Session abstract: challenges of the exchange program, a survey of national officers, percentages.",
    ),
    (
        "https://www.example.org/new-vision-for-scholarships",
        "A ceremony on August 13 in Exampleton honored 1,200 midwifery students who are receiving scholarships.",
    ),
    (
        "https://ojs.example.org/index.php/jem/about/submissions",
        "Log in or register to make a submission. Submission preparation checklist: not published before, 12-point font, abstract.",
    ),
    (
        "https://www.example.org/future_conferences",
        "Table of future conferences: year, dates, location, venue and chair, 2031 to 2035.",
    ),
    (
        "https://fellowships.example.org/",
        "A database of global health fellowships for physicians, made from two surveys.",
    ),
    (
        "https://list.example.net/1997/006765",
        "Reply on a mailing list: where announcements of research internships can be found; deadlines are in March.",
    ),
    (
        "https://www.example.org/summer-school-2031",
        "26.09.2031. Over 400 students from 60 countries attended the summer school, which has concluded.",
    ),
    (
        "https://journal.example.org/special-issues",
        "What is a special issue? All proposals should name a suggested title, the guest editors and a deadline for submission.",
    ),
    (
        "https://www.example.edu/research/fellowship.php",
        "A selection of fellowships for postdoctoral researchers in a table: sponsor, deadline, citizenship.",
    ),
    (
        "https://www.example.org/groups/host-observership",
        "Establish an observership in your hospital: programs last two to four weeks; sample forms for preceptors and observers.",
    ),
    (
        "https://www.example.fr/sante/bourses",
        "Plusieurs bourses et aides financières existent pour les étudiants en médecine, de 400 à 1 200 euros par mois.",
    ),
    (
        "https://agency.example.gov/newsreleases/agency-awards-grants",
        "News Releases. Agency awards grants to ten schools. Applicants must be public schools; apply next year.",
    ),
    (
        "https://www.example.edu/global-health/interns",
        "Students travelled to four continents for internships this summer. They are fully funded and open to all students.",
    ),
    (
        "https://fellowship.example.org/update",
        "The 2031 fellowship was postponed until 2032; recruitment will be held in late 2031.",
    ),
    (
        "https://archive.example.org/articles/PMC0000001",
        "Abstract: a hands-on programme for visiting trainees; 41 registrars since 2016; results and conclusions.",
    ),
    (
        "https://www.example.com/10-tips-for-your-elective",
        "Ten tips on packing, visas and supervisors, by a final-year student.",
    ),
    (
        "https://www.example.edu/news/2025/smith-wins-fellowship",
        "Dr Smith has been awarded a fellowship to study in Boston; the dean congratulated her.",
    ),
    (
        "https://careers.example.org/search?q=health",
        "Showing 1-20 of 143 results. Filter by country, contract type, grade.",
    ),
    ("https://www.example.org/alumni", "Meet our former fellows and read what they do now."),
    (
        "https://journal.example.org/for-authors",
        "Manuscripts must follow the ICMJE rules; use Vancouver references; word limits by article type.",
    ),
    (
        "https://journal.example.org/propose-special-issue",
        "Would you like to guest edit? Send a proposal with a title, scope, list of authors and time plan.",
    ),
    ("https://www.example.org/privacy", "We use cookies and process data under the GDPR."),
    (
        "https://blog.example.org/my-month-in-malawi",
        "I spent a month on the wards and learned more than I had in a year.",
    ),
    (
        "https://www.example.com/best-scholarships-2026",
        "A list of scholarships with links: Chevening, DAAD, Erasmus Mundus, Fulbright, each with a line or two.",
    ),
    (
        "https://hospital.example.org/vacancies/ward-manager",
        "Ward manager, band 7, permanent contract, 37.5 hours. Salary £46,148-£52,809.",
    ),
    ("https://www.example.org/faq", "Can I apply twice? Yes. Is there an age limit? No."),
    (
        "https://med.example.edu/residency/current-residents",
        "Our residents come from 30 schools; see their photos and where graduates went.",
    ),
    (
        "https://www.example.org/what-is-an-observership",
        "An observership lets a doctor watch practice in another country. It differs from an externship in several ways.",
    ),
    (
        "https://www.example.org/annual-report-2024",
        "In 2024 we funded 41 fellows in 12 countries and held three workshops.",
    ),
    (
        "https://magazine.example.com/review-summer-school",
        "Review of a summer school: teaching good, food poor, four stars.",
    ),
    ("https://www.example.org/conference-2023/photos", "Photos and slides of the 2023 conference are online."),
    (
        "https://www.example.gov/press/minister-opens-course",
        "The minister opened the course on Monday; 40 nurses have been trained.",
    ),
]


@pytest.mark.parametrize(("kind", "url", "text"), CALLS)
def test_a_call_is_recognised_with_its_kind(kind: Kind, url: str, text: str) -> None:
    judgement = judge(parse_text(text, url=url))
    assert (judgement.is_opportunity, judgement.kind) == (True, kind), judgement.reasons


@pytest.mark.parametrize(("url", "text"), NOT_CALLS)
def test_what_only_resembles_a_call_is_refused(url: str, text: str) -> None:
    judgement = judge(parse_text(text, url=url))
    assert not judgement.is_opportunity, judgement.reasons


@pytest.mark.parametrize(
    "markup",
    [
        "<title>Access Denied</title><h1>Access Denied</h1><p>You don't have permission to access this page.</p>",
        "<title>Just a moment...</title><p>Checking your browser before accessing the fellowship page.</p>",
        "<title>Page not found</title><p>Apply for our fellowship by 1 May. Search the site instead.</p>",
        "<title>Fellowships</title><nav><a href='/'>Home</a><a href='/apply'>Apply</a></nav>",
        "",
    ],
)
def test_a_block_page_or_an_empty_shell_is_no_call_whatever_its_address_says(markup: str) -> None:
    judgement = judge(parse_html(markup, url="https://example.org/fellowship/apply"))
    assert not judgement.is_opportunity
    assert judgement.reasons[0].split(":")[0] in {"blocked", "empty"}


def test_a_page_that_says_it_is_closed_cannot_be_acted_on_but_keeps_its_kind() -> None:
    document = parse_text("Example Fellowship. Apply by 1 May 2026. Applications are now closed.")
    judgement = judge(document, has_deadline=True, closed=True)
    assert not judgement.is_opportunity
    assert judgement.kind is Kind.FELLOWSHIP
    assert judgement.reasons[0].startswith("closed")


def test_the_first_part_of_a_title_names_the_kind() -> None:
    document = parse_html(
        "<title>Travel Awards - Example Workshop 2026</title><h2>Travel Awards</h2><p>Applications due 5 May.</p>"
    )
    assert judge(document).kind is Kind.FELLOWSHIP


def test_a_list_of_events_is_told_from_an_event() -> None:
    cards = "".join(
        f"<h3><a href='/e/{n}'>Workshop number {n} on methods</a></h3><p>Register by {n} May 2027.</p>"
        for n in range(1, 9)
    )
    assert not judge(parse_html(f"<title>Events | Example</title><h1>Events</h1>{cards}")).is_opportunity
    event = "<title>Workshop on methods | Example</title><h1>Workshop on methods</h1><p>Register by 3 May 2027, 9:00 - 17:00, room 4.</p>"
    assert judge(parse_html(event)).is_opportunity


def test_a_programme_home_that_asks_for_nothing_is_refused() -> None:
    words = "Fellows at our agency enjoy rotations and learn a great deal about how offices work together. " * 12
    document = Document(
        blocks=(Block(words),), title="Management Fellows Program", heading="Management Fellows Program"
    )
    judgement = judge(document)
    assert not judgement.is_opportunity
    assert any(reason.startswith("nothing-asked") for reason in judgement.reasons)


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("20 Hot Jobs Currently Open", True),
        ("17 Scholarships for African Students 2026", True),
        ("Top 10 Summer Internships", True),
        ("2026 Global Health Fellowships", False),
        ("Opportunities for Collaborative Research at the NIH Clinical Center", False),
        ("12 one-year fellowships in Basel", False),
        ("10 PhD positions in neuroscience", False),
        ("3-month research internship", False),
        ("Applications now open", False),
        ("5th International Conference on Example Health", False),
    ],
)
def test_a_leading_count_makes_a_roundup(title: str, expected: bool) -> None:
    assert is_roundup(title) is expected


@pytest.mark.parametrize(
    ("title", "number", "expected"),
    [
        ("Individual Predoctoral Fellowship (Parent F31)", "PA-23-272", True),
        ("Individual Fellowship for Students at Institutions With Institutional Training (Parent F30)", "", True),
        ("Pathway to Independence Award (Parent K99/R00 Independent Clinical Trial Required)", "", True),
        ("Health Services Research Dissertation Program (R36)", "", True),
        ("Mathematical Sciences Postdoctoral Research Fellowships", "", True),
        ("MSCA Postdoctoral Fellowships 2026", "HORIZON-MSCA-2026-PF-01-01", True),
        ("MSCA Doctoral Networks 2026", "HORIZON-MSCA-2026-DN-01-01", False),
        ("Research Project Grant (Parent R01 Clinical Trial Optional)", "", False),
        ("Institutional Research Training Grant (Parent T32)", "", False),
        ("Mentored Research Career Development Program Award (K12)", "", False),
        ("Better prevention of disease", "HORIZON-HLTH-2026-01", False),
        ("Statewide Example Network", "", None),
    ],
)
def test_a_grant_is_for_a_person_or_an_institution(title: str, number: str, expected: bool | None) -> None:
    assert for_a_person(title, number) is expected


@pytest.mark.parametrize(
    ("title", "text", "kind"),
    [
        ("Doctoral student in plant biology", "", Kind.FELLOWSHIP),
        ("Medical Student Summer Research Program", "", Kind.INTERNSHIP),
        ("Example Foundation Student Summer Fellowship", "", Kind.FELLOWSHIP),
        ("Famulatur in der Chirurgie", "", Kind.INTERNSHIP),
        ("École d'été en épidémiologie", "", Kind.WORKSHOP),
        ("Special Issue on Heat and Health", "", Kind.JOURNAL_CALL),
        ("Call for Papers", "Guest editors invite manuscripts for the journal.", Kind.JOURNAL_CALL),
        ("Lise Example Program", "", None),
    ],
)
def test_the_kind_of_a_record_known_to_be_a_call(title: str, text: str, kind: Kind | None) -> None:
    assert kind_of_words(title, text) is kind


def test_a_refused_page_says_first_what_speaks_against_it() -> None:
    advice = "<p>A motivation letter says why the fellowship fits you. Read the call twice. Be yourself.</p>"
    judgement = judge(
        parse_html(f"<title>How to Write a Motivation Letter for a Fellowship</title><main>{advice}</main>")
    )
    assert not judgement.is_opportunity
    assert judgement.reasons[0].startswith("advice: ")
    assert "fellowship: a fellowship" in judgement.reasons


def test_a_page_refused_for_want_of_anything_to_act_on_says_so() -> None:
    judgement = judge(parse_html("<title>A fellowship</title><main><p>There is a fellowship in that town.</p></main>"))
    assert not judgement.is_opportunity
    assert judgement.reasons[0].startswith("too-little: ")


def test_a_kind_that_no_words_name_is_said_to_be_inferred() -> None:
    markup = (
        "<title>The Example Chair</title><main><p>Applicants must be physicians. Apply by email.</p>"
        "<p>We pay a salary of USD 4,000 a month and cover travel.</p></main>"
    )
    judgement = judge(parse_html(markup))
    assert (judgement.is_opportunity, judgement.kind, judgement.inferred) == (True, Kind.FELLOWSHIP, True)
    assert judgement.reasons[0].startswith("inferred: ")
    assert judgement.quote == "Applicants must be physicians. Apply by email."
    assert "kind_inferred" in read_page(parse_html(markup)).flags


@pytest.mark.parametrize(
    "markup",
    [
        "<h3>Fellowship FAQ</h3><p>Applicants may apply with one proposal.</p><p>The deadline is 1 May 2027.</p>",
        "<h1>Questions and answers</h1><p>The fellowship is open to all who may apply until 1 May 2027.</p>",
        "<h1>Example Fellowship</h1>" + "<p>Q: May I apply twice?</p><p>A: Yes, until 1 May 2027.</p>" * 4,
    ],
)
def test_a_page_of_questions_and_answers_is_no_call(markup: str) -> None:
    judgement = judge(parse_html(f"<main>{markup}</main>"), has_deadline=True)
    assert not judgement.is_opportunity
    assert judgement.reasons[0] == "questions-and-answers: a page of questions and answers"


def test_a_call_that_answers_questions_at_its_end_is_a_call() -> None:
    markup = (
        "<h1>Example Fellowship 2027</h1><p>Applicants must be physicians.</p><p>Apply by 1 May 2027.</p>"
        "<p>A stipend is paid.</p><p>The fellowship lasts a year.</p><h2>FAQ</h2><p>Q: May I apply twice?</p><p>A: Yes.</p>"
    )
    assert judge(parse_html(f"<main>{markup}</main>"), has_deadline=True).is_opportunity


CONFERENCE = (
    "<p>The Example Conference on Sleep takes place from 3 to 5 May 2031 in Oslo. Registration is open to all.</p>"
    "<p>Abstract submission deadline: 1 February 2031.</p>"
)


@pytest.mark.parametrize(
    "title",
    [
        "Code of Conduct | Example Conference 2031",
        "EXC 2031 | Become a Sponsor",
        "Venue &amp; Travel - Example Conference 2031",
        "Keynote Speakers - EXC 2031",
        "Accommodation | EXC 2031",
        "Organizing Committee - EXC 2031",
        "Letter of Invitation - EXC 2031",
        "Contact | EXC 2031",
    ],
)
def test_a_page_beside_a_call_is_not_the_call_though_a_banner_repeats_its_deadline(title: str) -> None:
    page = parse_html(f"<title>{title}</title><main>{CONFERENCE}</main>")
    judgement = judge(page, has_deadline=True)
    assert not judgement.is_opportunity
    assert judgement.reasons[0].startswith("side-page: ")


@pytest.mark.parametrize("title", ["Travel Awards | EXC 2031", "Call for Abstracts - EXC 2031", "EXC 2031", "Register"])
def test_the_call_itself_on_the_same_site_is_taken(title: str) -> None:
    page = parse_html(f"<title>{title}</title><main>{CONFERENCE}</main>")
    assert judge(page, has_deadline=True).is_opportunity


def test_the_programme_of_an_event_without_anything_to_hand_in_is_no_call() -> None:
    markup = "<title>Schedule | Example Workshop 2031</title><main><p>3 May 2031, Oslo</p><p>09:00-10:00 Opening talk</p></main>"
    assert not judge(parse_html(markup)).is_opportunity


def test_a_whole_page_that_says_for_whom_something_is_but_asks_nobody_is_no_call() -> None:
    words = (
        "The institute works for young researchers with partners, and its fellows must be proud of their work. " * 12
    )
    markup = f"<title>The Example Institute</title><main><h1>Our fellows</h1><p>{words}</p></main>"
    assert not judge(parse_html(markup)).is_opportunity


def test_papers_that_a_conference_asks_for_are_no_journal_call() -> None:
    markup = (
        "<title>Call for Papers | EXC 2031</title><main><p>We welcome contributions of original research.</p>"
        "<p>Manuscripts are reviewed; authors of accepted papers present them at the conference in Oslo.</p>"
        "<p>One author of each paper must register. The proceedings appear before the workshops. Due 1 May 2031.</p></main>"
    )
    assert judge(parse_html(markup), has_deadline=True).kind is Kind.WORKSHOP


def test_a_page_kept_as_its_template_is_read_by_the_title_it_declares() -> None:
    markup = (
        '---\nlayout: page\ntitle: "Sponsors"\n---\n{% include header.html %}\n'
        "<p>The Example Conference is open to all until {{ page.end }} 3 May.</p>"
    )
    page = parse_html(markup)
    assert page.title == "Sponsors"
    assert [block.text for block in page.blocks] == ["The Example Conference is open to all until 3 May."]
    assert not judge(page).is_opportunity


def test_a_whole_page_that_names_a_kind_only_in_passing_is_no_call() -> None:
    words = "The institute trains people in modelling and its staff gain hands-on experience over two years. " * 12
    markup = (
        "<title>Our funding | Example Laboratory</title><main><p>"
        f"{words}</p><p>One project was a summer school; it is open to visitors with a ticket and costs nothing.</p></main>"
    )
    assert not judge(parse_html(markup)).is_opportunity


@pytest.mark.parametrize("heading", ["Submission Received", "Getting to Example University", "Revise an Abstract"])
def test_what_comes_after_handing_in_is_no_call(heading: str) -> None:
    page = parse_html(f"<title>EXC 2031</title><main><h1>{heading}</h1>{CONFERENCE}</main>")
    assert not judge(page, has_deadline=True).is_opportunity
