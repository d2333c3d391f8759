"""Boards of employers: an internship or fellowship is told from the post of whoever runs one, and pages from interfaces."""

import datetime as dt
import json
from typing import Any, ClassVar

import pytest
from scrapy import Request
from scrapy.http import TextResponse
from twisted.python.failure import Failure

from catalog.drafts import Place, PostingDraft
from catalog.words import Funding, Kind
from crawlers.bases.board_places import places_in_words, remote_in_words
from crawlers.bases.discovery import sources
from crawlers.bases.job_boards import pay_of
from crawlers.bases.job_titles import kind_of
from crawlers.bases.lever import iso_of
from crawlers.bases.refusal import Refusal
from crawlers.bases.saved import Saved
from crawlers.bases.smartrecruiters import SmartRecruitersSource
from crawlers.bases.source import Source, Unreadable
from crawlers.bases.workable import together

AS_OF = dt.datetime(2027, 1, 15, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Data Science Intern", Kind.INTERNSHIP),
        ("Program Coordinator Intern", Kind.INTERNSHIP),
        ("Stage - Santé publique", Kind.INTERNSHIP),
        ("Praktikum Medizin", Kind.INTERNSHIP),
        ("Postdoctoral Fellow, Cancer", Kind.FELLOWSHIP),
        ("Program Manager Fellow", Kind.FELLOWSHIP),
        ("PhD candidate in epidemiology", Kind.FELLOWSHIP),
        ("Internal Audit Manager", None),
        ("International Medical Officer", None),
        ("Internal Medicine Physician", None),
        ("Internship Coordinator", None),
        ("Manager, Fellowships", None),
        ("Head of Internship Programs", None),
        ("Fellowship Program Director", None),
        ("Distinguished Fellow, Engineering", None),
        ("Stage Manager", None),
        ("Trainee Phlebotomist", None),
    ],
)
def test_who_is_an_intern_or_fellow_is_told_from_who_runs_the_programme(title: str, kind: Kind | None):
    found, reason = kind_of(title)
    assert found is kind
    assert (not reason) is (kind is not None)


@pytest.mark.parametrize(
    ("sorts", "kind"),
    [
        (("Internship",), Kind.INTERNSHIP),
        (("FullTime",), None),
        (("fulltime permanent",), None),
        (("intern", "Intern"), Kind.INTERNSHIP),
        (("Fellowship - 12 months",), Kind.FELLOWSHIP),
        (("International",), None),
        ((), None),
    ],
)
def test_the_form_of_employment_speaks_where_the_title_is_silent(sorts: tuple[str, ...], kind: Kind | None):
    assert kind_of("Research Placement", sorts)[0] is kind


def test_places_are_read_from_free_text():
    assert places_in_words("Nairobi, Kenya · Dakar, Senegal") == (
        Place(country="KE", city="Nairobi", quote="Nairobi, Kenya"),
        Place(country="SN", city="Dakar", quote="Dakar, Senegal"),
    )
    assert places_in_words("Redwood City, CA or Remote") == (
        Place(country="US", city="Redwood City", quote="Redwood City, CA"),
    )
    assert places_in_words("Anywhere, ZZ") == ()
    assert remote_in_words("Redwood City, CA or Remote") is True
    assert remote_in_words("Redwood City, CA") is None


def test_pay_is_kept_with_its_period_and_nothing_is_made_of_words():
    (money,) = pay_of("28000", 30000, "gbp", "1 YEAR")
    assert (money.low, money.high, money.currency, money.per) == (28000, 30000, "GBP", "year")
    assert pay_of("none", None, "USD", "year") == ()
    assert pay_of(10, 20, "shells", "hour") == ()


def test_what_a_board_pays_is_what_funds_the_post():
    (draft, *_) = read("genomics_plc", {"jobs": [ashby("Summer Intern", comp=(28000, 30000))]})
    assert isinstance(draft, PostingDraft)
    assert draft.funding is Funding.STIPEND
    assert draft.quotes["funding"] == "28,000–30,000 GBP 1 YEAR"


def test_unlisted_posts_are_not_shown():
    assert read("genomics_plc", {"jobs": [ashby("Summer Intern", listed=False)]}) == []


def test_one_post_in_several_countries_is_one_posting_with_several_places():
    spain = {"shortcode": "A1", "locations": [{"country": "Spain", "countryCode": "ES"}]}
    portugal = {"shortcode": "A1", "country": "Portugal"}
    hidden = {"shortcode": "B2", "country": "Malta", "city": "", "locations": [{"country": "Italy", "hidden": True}]}
    first, second = together([spain, portugal, hidden])
    assert [one["country"] for one in first["locations"]] == ["Spain", "Portugal"]
    assert second is hidden
    assert together([7, None]) == [7, None]


@pytest.mark.parametrize("milliseconds", [None, True, "1799000000000", 10**30])
def test_a_time_that_is_none_is_none(milliseconds: object):
    assert iso_of(milliseconds) is None


@pytest.mark.parametrize(
    ("name", "answer"),
    [
        ("msf_usa", {"status": 404, "error": "Job not found"}),
        ("deep_genomics", {"ok": False, "error": "Document not found"}),
        ("global_fund", {"message": "Unauthorized"}),
        ("genomics_plc", {"success": False}),
    ],
)
def test_an_unknown_board_is_an_error_and_not_an_empty_one(name: str, answer: object):
    with pytest.raises(Unreadable):
        read(name, answer)


@pytest.mark.parametrize(("name", "wrapped"), [("msf_usa", "jobs"), ("deep_genomics", ""), ("global_fund", "content")])
@pytest.mark.parametrize("record", [{}, 7, None, [], {"id": 1, "location": "Oslo", "categories": 3, "title": "Intern"}])
def test_a_misshapen_post_is_refused_and_ends_nothing(name: str, wrapped: str, record: object):
    (found,) = read(name, {wrapped: [record]} if wrapped else [record])
    assert isinstance(found, Refusal)


class TestTheTextThatStandsElsewhere:
    """SmartRecruiters: the list has titles only."""

    listed: ClassVar[dict[str, Any]] = {
        "id": "1",
        "name": "Health Intern",
        "location": {"city": "Geneva", "country": "ch"},
    }

    def test_ordinary_posts_are_refused_before_their_text_is_asked_for(self):
        ordinary = {"id": "2", "name": "Accountant"}
        followed, refused = self.crawled({"content": [self.listed, ordinary], "totalFound": 2})
        assert isinstance(followed, Request)
        assert followed.url == "https://api.smartrecruiters.com/v1/companies/TheGlobalFund/postings/1"
        assert isinstance(refused, Refusal)
        assert refused.url == "https://jobs.smartrecruiters.com/TheGlobalFund/2"

    def test_the_next_page_is_asked_for_while_posts_lie_beyond(self):
        (followed,) = self.crawled({"content": [{"id": "2", "name": "Accountant"}], "totalFound": 101})[1:]
        assert isinstance(followed, Request)
        assert followed.url.endswith("limit=100&offset=100")
        assert self.crawled({"content": [], "totalFound": 101}) == []

    def test_a_text_that_cannot_be_had_gives_way_to_the_list(self):
        source = self.source()
        (request, *_) = self.crawled({"content": [self.listed]})
        failure = Failure(OSError("away"))
        failure.request = request  # type: ignore[attr-defined]
        (kept,) = source.keep_listed(failure)
        assert isinstance(kept, PostingDraft)
        assert (kept.title, kept.description) == ("Health Intern", "")
        found_on = "https://api.smartrecruiters.com/v1/companies/TheGlobalFund/postings"
        (kept,) = source.parse_detail(self.response({"content": []}), record=self.listed, found_on=found_on)
        assert isinstance(kept, PostingDraft)
        assert str(kept.fetched_from) == found_on

    def test_a_text_is_read_with_the_rest(self):
        detail = self.listed | {"jobAd": {"sections": {"jobDescription": {"title": "You", "text": "<p>Help us.</p>"}}}}
        (draft,) = self.source().parse_detail(self.response(detail), record=self.listed, found_on="")
        assert isinstance(draft, PostingDraft)
        assert draft.description == "You\n\nHelp us."

    def source(self) -> SmartRecruitersSource:
        made: Source = sources()["global_fund"](as_of=AS_OF)
        assert isinstance(made, SmartRecruitersSource)
        return made

    def crawled(self, answer: object) -> list[Any]:
        return list(self.source().parse(self.response(answer)))

    def response(self, answer: object) -> TextResponse:
        return TextResponse("https://api.smartrecruiters.com/v1/x", body=json.dumps(answer).encode())


def ashby(title: str, *, listed: bool = True, comp: tuple[int, int] | None = None) -> dict[str, Any]:
    part = {"compensationType": "Salary", "interval": "1 YEAR", "currencyCode": "GBP"}
    pay = {"summaryComponents": [part | {"minValue": comp[0], "maxValue": comp[1]}]} if comp else None
    url = "https://jobs.ashbyhq.com/example/1"
    return {"id": "1", "title": title, "jobUrl": url, "isListed": listed, "compensation": pay}


def read(name: str, answer: object) -> list[Any]:
    return list(sources()[name](as_of=AS_OF).read(Saved(json.dumps(answer).encode(), "https://example.org/", AS_OF)))
