"""Feeds are sniffed from their bytes, and times that stand where they do not belong are understood."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scrapy.http import HtmlResponse

from crawlers.bases.discovery import sources
from crawlers.bases.feed import event_range, feed_in, twice_unescaped, when
from crawlers.bases.ojs import journal_of
from crawlers.bases.refusal import Refusal
from crawlers.bases.saved import Saved
from crawlers.bases.source import Unreadable

AS_OF = dt.datetime(2027, 1, 15, tzinfo=dt.UTC)


def saved(body: str, content_type: str = "text/html") -> Saved:
    return Saved(body.encode(), "https://example.org/feed", AS_OF, content_type)


@pytest.mark.parametrize(
    "body",
    [
        "<rss version='0.91'><channel><item><title>A call</title><link>/a</link></item></channel></rss>",
        "<rss version='2.0'><channel><item><title>A call</title><link>/a</link></item></channel></rss>",
        "<feed xmlns='http://www.w3.org/2005/Atom'><entry><title>A call</title><link href='/a'/></entry></feed>",
        "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://purl.org/rss/1.0/'>"
        "<item rdf:about='/a'><title>A call</title><link>/a</link></item></rdf:RDF>",
    ],
    ids=["rss 0.91", "rss 2.0", "atom", "rss 1.0"],
)
def test_every_kind_of_feed_is_read_whatever_its_content_type_says(body: str):
    (entry,) = feed_in(saved(body)).entries
    assert entry.title == "A call"
    assert entry.url == "https://example.org/a"


def test_a_page_is_no_feed():
    with pytest.raises(Unreadable, match="not a feed: it begins b'<html>"):
        feed_in(saved("<html><body>No feed here</body></html>"))


def test_a_feed_without_entries_is_a_feed():
    assert feed_in(saved("<rss version='2.0'><channel><title>T</title></channel></rss>")).entries == ()


def test_an_entry_whose_time_is_empty_has_none():
    (entry,) = feed_in(
        saved("<rss version='2.0'><channel><item><title>A call</title><pubDate></pubDate></item></channel></rss>")
    ).entries
    assert entry.dated is None


def test_one_dead_feed_of_several_is_refused_and_the_last_is_an_error():
    source = sources()["ojs_announcements"](as_of=AS_OF)
    page = HtmlResponse("https://journalhosting.ucalgary.ca/x", body=b"<html>Not here</html>")
    (found,) = source.parse(page)
    assert isinstance(found, Refusal)
    assert found.reason.startswith("invalid: not a feed")
    with pytest.raises(Unreadable):
        list(source.parse(page))


def test_publication_times_are_read_in_both_spellings():
    at = dt.datetime(2027, 1, 4, 16, tzinfo=dt.UTC)
    assert when("Mon, 04 Jan 2027 09:00:00 -0700") == at
    assert when("2027-01-04T17:00:00+01:00") == at
    assert when("yesterday") is None


def test_an_events_times_in_the_publication_date_are_start_and_end():
    starts, ends = event_range("Wed, 03 Sep 2025 15:00:00 +0200 - Wed, 03 Sep 2025 17:30:00 +0200")
    assert starts is not None
    assert ends is not None
    assert (starts.at, ends.at) == (
        dt.datetime(2025, 9, 3, 13, tzinfo=dt.UTC),
        dt.datetime(2025, 9, 3, 15, 30, tzinfo=dt.UTC),
    )
    assert event_range("Wed, 03 Sep 2025 15:00:00 +0200") == (None, None)


def test_ampersands_escaped_twice_are_resolved_and_markup_is_left_alone():
    assert twice_unescaped("launch &amp;amp; symposium") == "launch &amp; symposium"
    assert twice_unescaped("<p>a &lt; b</p>") == "<p>a &lt; b</p>"


def test_a_journals_name_is_the_feeds_without_the_word_for_announcements():
    assert journal_of("Example Journal: Announcements") == "Example Journal"
    assert journal_of("Revista de Ejemplo: Avisos") == "Revista de Ejemplo"


@given(st.text(max_size=300))
def test_no_text_inside_a_feed_can_break_the_reading(noise: str):
    feed_in(saved(f"<rss version='2.0'><channel><item><title>A</title>{noise}</item></channel></rss>"))
