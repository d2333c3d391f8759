"""Lists with detail pages, structured data, sitemaps: what is followed, kept and refused."""

import datetime as dt
import gzip
from pathlib import Path

import pytest
from scrapy import Request
from scrapy.http import HtmlResponse, TextResponse
from twisted.python.failure import Failure

from catalog.drafts import PostingDraft
from catalog.words import Kind, Outcome
from crawlers.bases.discovery import sources
from crawlers.bases.euraxess_portal import deadlines_of, kind_of
from crawlers.bases.linked_pages import is_further_page
from crawlers.bases.listing import ListingSource
from crawlers.bases.programme_pages import article_by_address
from crawlers.bases.refusal import Refusal
from crawlers.bases.saved import Saved
from crawlers.bases.source import Unreadable

AS_OF = dt.datetime(2027, 1, 15, tzinfo=dt.UTC)
FROZEN = Path(__file__).parents[2] / "fixtures" / "sources"
ADDRESS = "https://medicalaid.org/programs/example/"
CARD = '<article class="ecl-content-item"><h3 class="ecl-content-block__title"><a href="/jobs/1">PhD</a></h3></article>'
STORED_ARTICLES = [
    "https://medicalaid.org/tips-for-planning-your-pre-med-internship-abroad",
    "https://medicalaid.org/how-many-shadowing-hours-for-medical-school-are-required-2023",
    "https://medicalaid.org/blog/how-many-clinical-hours-make-you-a-competitive-applicant-in-2026-a-data-driven-look/",
]


def read(source: str, body: str | bytes, url: str = ADDRESS) -> list[PostingDraft | Refusal]:
    raw = body.encode() if isinstance(body, str) else body
    return list(sources()[source](as_of=AS_OF).read(Saved(raw, url, AS_OF)))


def euraxess() -> ListingSource:
    made = sources()["euraxess"](as_of=AS_OF)
    assert isinstance(made, ListingSource)
    return made


def followed() -> Request:
    page = HtmlResponse("https://euraxess.ec.europa.eu/jobs/search", body=CARD.encode())
    (request,) = euraxess().parse(page)
    assert isinstance(request, Request)
    return request


def test_a_card_is_followed_to_its_page():
    assert followed().url == "https://euraxess.ec.europa.eu/jobs/1"


def test_what_the_card_said_is_kept_when_its_page_cannot_be_had():
    request = followed()
    failure = Failure(TimeoutError())
    failure.request = request  # type: ignore[attr-defined]
    (draft,) = euraxess().keep_card(failure)
    assert isinstance(draft, PostingDraft)
    assert draft.title == "PhD"


def test_what_the_card_said_is_kept_when_its_page_is_another():
    request = followed()
    page = TextResponse(request.url, body=b"<html><h1>Maintenance</h1></html>")
    (draft,) = euraxess().parse_detail(page, **request.cb_kwargs)
    assert isinstance(draft, PostingDraft)
    assert draft.key == "1"


def test_a_body_without_markup_is_no_list():
    with pytest.raises(Unreadable, match="not a page"):
        read("euraxess", "nothing")


@pytest.mark.parametrize(
    ("printed", "zone", "on"),
    [
        ("12 Apr 2026 - 23:59 (Europe/Brussels)", "Europe/Brussels", dt.date(2026, 4, 12)),
        ("12 Apr 2026 - 21:59 (UTC)", "UTC", dt.date(2026, 4, 12)),
        ("13 Apr 2026 - 07:59 (Australia/Sydney)", "Australia/Sydney", dt.date(2026, 4, 13)),
        ("12 Apr 2026 - 21:59 (Mars/Olympus)", "UTC", dt.date(2026, 4, 12)),
    ],
)
def test_the_instant_is_from_the_markup_and_the_zone_from_the_text(printed: str, zone: str, on: dt.date):
    (deadline,) = deadlines_of(printed, "2026-04-12T21:59:00+00:00")
    assert (deadline.zone, deadline.on) == (zone, on)
    assert deadline.at == dt.datetime(2026, 4, 12, 21, 59, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("title", "positions", "kind"),
    [
        ("Research doctoral candidate – PhD position", "", Kind.FELLOWSHIP),
        ("Adjunct (Post-doc)", "", Kind.FELLOWSHIP),
        ("Bolsa de Investigação", "", Kind.FELLOWSHIP),
        ("Research associate", "Postdoc Positions", Kind.FELLOWSHIP),
        ("Trainee in clinical data", "", Kind.INTERNSHIP),
        ("Senior Lecturer - Applied Physics", "", None),
        ("TECNICO DE LABORATORIO", "Other Positions", None),
    ],
)
def test_fellowships_are_told_from_ordinary_posts(title: str, positions: str, kind: Kind | None):
    assert kind_of(title, positions) is kind


@pytest.mark.parametrize("url", STORED_ARTICLES)
def test_the_known_articles_are_refused_by_their_address(url: str):
    assert article_by_address(url)
    (found,) = read(
        "international_medical_aid",
        "<html><h1>An internship in Kenya</h1><p>Fees $100. Apply now. 4 weeks.</p></html>",
        url,
    )
    assert isinstance(found, Refusal)
    assert found.sort == "article"


@pytest.mark.parametrize("path", ["/programs/kenya/", "/pre-medicine-internships/", "/nursing-internship-peru/", "/"])
def test_programmes_are_not_taken_for_articles(path: str):
    assert article_by_address(f"https://medicalaid.org{path}") == ""


def test_a_compressed_sitemap_is_read():
    body = f"<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'><url><loc>{STORED_ARTICLES[0]}</loc></url></urlset>"
    (found,) = read("international_medical_aid", gzip.compress(body.encode()), "https://medicalaid.org/sitemap.xml.gz")
    assert isinstance(found, Refusal)
    assert found.url == STORED_ARTICLES[0]


def test_an_index_of_sitemaps_is_followed_on_its_own_host_only():
    body = b"""<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
      <sitemap><loc>https://medicalaid.org/page-sitemap.xml</loc></sitemap>
      <sitemap><loc>https://elsewhere.example.org/sitemap.xml</loc></sitemap></sitemapindex>"""
    source = sources()["international_medical_aid"](as_of=AS_OF)
    found = list(source.parse(HtmlResponse("https://medicalaid.org/sitemap_index.xml", body=body)))
    assert [item.url for item in found if isinstance(item, Request)] == ["https://medicalaid.org/page-sitemap.xml"]


def described(thing: str) -> str:
    return f'<html><script type="application/ld+json">{thing}</script><body><h1>Example</h1><p>Words.</p></body></html>'


@pytest.mark.parametrize(
    ("thing", "kind"),
    [
        ('{"@type": "Course", "name": "Global health course"}', Kind.WORKSHOP),
        ('{"@type": "https://schema.org/EducationEvent", "name": "Example school"}', Kind.WORKSHOP),
        ('{"@type": ["Event", "Thing"], "name": "Sepsis symposium", "location": "Den Haag"}', Kind.WORKSHOP),
        ('{"@type": "JobPosting", "title": "Data helper", "employmentType": ["FULL_TIME", "INTERN"]}', Kind.INTERNSHIP),
        ('{"@type": "JobPosting", "title": "Postdoctoral researcher"}', Kind.FELLOWSHIP),
        ('{"@type": "MonetaryGrant", "name": "Travel grant"}', Kind.FELLOWSHIP),
        (
            '{"@type": "ItemList", "itemListElement": [{"item": {"@type": "Course", "name": "Inner course"}}]}',
            Kind.WORKSHOP,
        ),
    ],
)
def test_described_things_have_the_kind_of_their_type(thing: str, kind: Kind):
    (draft,) = read("international_medical_aid", described(thing))
    assert isinstance(draft, PostingDraft)
    assert draft.kind is kind


@pytest.mark.parametrize(
    "thing",
    [
        '{"@type": "MusicEvent", "name": "A concert"}',
        '{"@type": "Event", "name": "Governing Board meeting"}',
        '{"@type": "JobPosting", "title": "Corporate Tax Director"}',
        '{"@type": "Course"}',
        '{"@type": "Event", "name": "Symposium", "offers": [3], "location": {"address": 7}, "url": 5}',
    ],
)
def test_other_things_are_refused_and_odd_ones_break_nothing(thing: str):
    (found,) = read("international_medical_aid", described(thing))
    assert isinstance(found, Refusal) or found.title == "Symposium"


def test_a_posts_expiry_is_labelled_as_what_it_is():
    thing = '{"@type": "JobPosting", "title": "Clinical fellow", "validThrough": "2027-03-31T23:59:00+02:00"}'
    (draft,) = read("international_medical_aid", described(thing))
    assert isinstance(draft, PostingDraft)
    assert "expires" in draft.deadlines[0].label


def test_a_cancelled_event_is_kept_as_closed_with_the_words():
    thing = '{"@type": "Event", "name": "Sepsis course", "eventStatus": "https://schema.org/EventCancelled"}'
    (draft,) = read("international_medical_aid", described(thing))
    assert isinstance(draft, PostingDraft)
    assert draft.outcome is Outcome.CLOSED
    assert draft.quotes["outcome"] == "eventStatus: EventCancelled"


def test_a_list_that_shows_its_newest_only_is_left_after_the_pages_that_are_wanted():
    body = b'<ul><li class="ecl-pagination__item--next"><a href="?page=1">Next</a></li></ul>'
    page = HtmlResponse("https://euraxess.ec.europa.eu/jobs/search", body=body)
    (request,) = euraxess().parse(page)
    assert isinstance(request, Request)
    assert request.cb_kwargs == {"number": 2}
    assert list(euraxess().parse(page, number=5)) == []


def test_a_page_has_one_key_however_it_was_reached():
    page = (FROZEN / "international_medical_aid" / "page.html").read_text("utf-8")
    stated = page.replace("</head>", f'<meta property="og:url" content="{ADDRESS}"></head>')
    (draft,) = read("international_medical_aid", stated, "https://www.medicalaid.org/programs/example/?from=mail")
    assert isinstance(draft, PostingDraft)
    assert draft.key == draft.url == ADDRESS


LIST = "https://www.sib.swiss/training/upcoming-training-courses"


@pytest.mark.parametrize("more", ["?page=2", "?topic_page=0", "/page/2/", "?start=20"])
def test_a_list_that_goes_on_is_followed_under_its_own_address(more: str):
    source = sources()["sib_training"](as_of=AS_OF)
    body = f'<h1>Courses</h1><a href="{LIST}{more}">Next</a><a href="/training/course/one">One</a>'.encode()
    for page in (LIST, f"{LIST}?page=1"):
        asked = [one.url for one in source.parse(HtmlResponse(page, body=body)) if isinstance(one, Request)]
        assert asked == [f"{LIST}{more}", "https://www.sib.swiss/training/course/one"]


@pytest.mark.parametrize("other", ["?page=2&sort=name", "?page=next", "?view=2", "/archive?page=2", ""])
def test_another_view_of_a_list_is_no_page_of_it(other: str):
    assert not is_further_page(LIST + other, LIST)


@pytest.mark.parametrize("name", ["bmc_collections", "nature_collections"])
def test_what_a_list_without_an_end_leaves_out_may_still_be_open(name: str):
    assert not sources()[name].shows_all
