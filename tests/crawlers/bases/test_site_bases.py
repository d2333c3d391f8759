"""Pages linked from lists, timetables upside down, WikiCFP's rows, a page builder's posts, filled listings."""

import datetime as dt
from pathlib import Path

import pytest
from scrapy import Request
from scrapy.http import HtmlResponse, TextResponse
from twisted.python.failure import Failure

from catalog.drafts import PostingDraft
from catalog.words import DeadlinePurpose, Kind, Outcome
from crawlers.bases.discovery import sources
from crawlers.bases.journal_pages import journal_named
from crawlers.bases.links import without_tracking
from crawlers.bases.refusal import Refusal
from crawlers.bases.saved import Saved
from crawlers.bases.source import Source
from crawlers.bases.timetables import dates_after_labels
from crawlers.bases.wikicfp import WikiCfpSource
from crawlers.reading.parsing import parse_html

AS_OF = dt.datetime(2027, 1, 15, tzinfo=dt.UTC)
FROZEN = Path(__file__).parents[2] / "fixtures" / "sources"
LIST = "https://www.projects-abroad.org/medical-internships/"


def source(name: str) -> Source:
    return sources()[name](as_of=AS_OF)


def read(name: str, body: str, url: str) -> list[PostingDraft | Refusal]:
    return list(source(name).read(Saved(body.encode(), url, AS_OF)))


def test_a_page_is_asked_for_once_however_its_visitors_are_counted():
    body = '<a href="/trips/a?utm_source=x">A</a> <a href="/trips/a#dates">A</a> <a href="https://example.org/trips/b">B</a>'
    found = list(source("projects_abroad_medical").parse(HtmlResponse(LIST, body=body.encode())))
    assert [one.url for one in found if isinstance(one, Request)] == ["https://www.projects-abroad.org/trips/a"]


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("https://example.org/a?utm_source=x&id=2#top", "https://example.org/a?id=2"),
        ("https://example.org/a?q=a+b", "https://example.org/a?q=a+b"),
        ("https://example.org/a?gclid=1&fbclid=2", "https://example.org/a"),
        ("http://[", "http://["),
    ],
)
def test_only_what_counts_visitors_is_cut_from_an_address(url: str, kept: str):
    assert without_tracking(url) == kept


def test_a_date_above_its_label_is_put_after_it_and_prose_is_left_alone():
    page = parse_html(
        "<p>1 September 2027</p><p>Application deadline</p><p>15 November 2027</p><p>Interviews</p><p>A call.</p>"
    )
    turned = [block.words for block in dates_after_labels(page, day_first=True).blocks]
    assert turned == ["Application deadline: 1 September 2027", "Interviews: 15 November 2027", "A call."]
    prose = parse_html("<p>It ends on 1 September 2027.</p><p>Apply soon</p><p>2 October 2027</p>")
    assert dates_after_labels(prose, day_first=True).blocks == prose.blocks


def test_a_heading_that_says_only_how_to_apply_is_called_by_its_name():
    body = (FROZEN / "medical_service_learning" / "page.html").read_text("utf-8")
    (draft,) = read("medical_service_learning", body, "https://medicalservicelearning.com/how-to-apply")
    assert draft.title == "Medical Service Learning: pre-medical internship"


def test_a_page_that_is_another_than_the_programme_is_refused():
    (found,) = read(
        "who_internships", "<h1>Page not found</h1><p>Try the search.</p>", source("who_internships").homepage
    )
    assert isinstance(found, Refusal)


def test_an_article_beside_the_programmes_is_refused():
    url = "https://www.cfhi.org/programs/how-to-pack"
    (found,) = read("cfhi_programmes", "<h1>How to pack</h1><p>Bring shoes and a hat for the sun.</p>", url)
    assert isinstance(found, Refusal)


@pytest.mark.parametrize(
    ("text", "journal"),
    [
        ("A special issue of Healthcare (ISSN 2227-9032). This special issue", "Healthcare"),
        ("BMC Example Education is calling for submissions to our Collection", "BMC Example Education"),
        ("The journal is calling for calm.", ""),
    ],
)
def test_a_call_names_its_journal(text: str, journal: str):
    assert journal_named(text) == journal


def wikicfp() -> WikiCfpSource:
    made = source("wikicfp")
    assert isinstance(made, WikiCfpSource)
    return made


def followed() -> list[Request]:
    feed = (FROZEN / "wikicfp" / "page.xml").read_bytes()
    found = list(wikicfp().parse(TextResponse(wikicfp().entrances[0], body=feed)))
    return [one for one in found if isinstance(one, Request)]


def test_a_call_of_a_feed_is_followed_to_its_page_whoever_copied_it():
    assert {one.url.split("?")[1] for one in followed()} == {"eventid=900001", "eventid=900002", "eventid=900003"}


def test_what_the_feed_said_is_kept_when_the_page_of_a_call_cannot_be_had():
    failure = Failure(TimeoutError())
    failure.request = followed()[0]  # type: ignore[attr-defined]
    (draft,) = wikicfp().keep_entry(failure)
    assert isinstance(draft, PostingDraft)
    assert (draft.key, draft.kind, draft.deadlines) == ("900001", Kind.WORKSHOP, ())


def test_the_deadline_in_brackets_is_the_abstracts():
    body = (FROZEN / "wikicfp" / "page_list.html").read_text("utf-8")
    conference, issue = read("wikicfp", body, "http://www.wikicfp.com/cfp/call?conference=medicine")
    assert isinstance(conference, PostingDraft)
    assert {one.purpose: one.on for one in conference.deadlines} == {
        DeadlinePurpose.PAPER: dt.date(2027, 6, 15),
        DeadlinePurpose.ABSTRACT: dt.date(2027, 6, 8),
    }
    assert isinstance(issue, PostingDraft)
    assert (issue.kind, issue.deadlines, issue.places) == (Kind.JOURNAL_CALL, (), ())


def test_posts_of_a_page_builder_are_followed_to_their_pages_with_what_the_list_said():
    listed = (FROZEN / "opportunities_circle" / "page.json").read_bytes()
    made = source("opportunities_circle")
    first, second, *_ = made.parse(TextResponse("https://www.opportunitiescircle.com/wp-json/wp/v2/posts", body=listed))
    assert isinstance(first, Request)
    assert isinstance(second, Refusal)
    page = (FROZEN / "opportunities_circle" / "page_post.html").read_bytes()
    (draft,) = made.parse(HtmlResponse(first.url, body=page), **first.cb_kwargs)
    assert isinstance(draft, PostingDraft)
    assert (draft.key, draft.tags) == ("9001", ("Fellowships",))


def test_a_listing_that_is_filled_is_closed():
    body = (FROZEN / "cagi_jobs" / "page.json").read_text("utf-8")
    found = {
        one.title: one
        for one in read("cagi_jobs", body, "https://jobs.cagi.ch/fr/wp-json")
        if isinstance(one, PostingDraft)
    }
    assert found["Stagiaire programme eau"].outcome is Outcome.CLOSED


def test_posts_of_two_sites_with_one_number_are_two_things():
    body = (FROZEN / "mladiinfo" / "page.json").read_text("utf-8")
    (draft, *_) = read("mladiinfo", body, "https://mladiinfo.eu/")
    assert isinstance(draft, PostingDraft)
    assert draft.external_ids == {"wordpress": "mladiinfo.eu/9001"}
