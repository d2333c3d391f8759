"""A source is refused when it is incomplete, keeps its secrets, and never loses what it cannot use."""

import datetime as dt
from pathlib import Path

import pytest
from scrapy.exceptions import NotConfigured
from scrapy.settings import Settings
from scrapy.utils.test import get_crawler

from catalog.drafts import PostingDraft
from catalog.words import Kind, Timing, Way
from crawlers.bases.discovery import facts, sources
from crawlers.bases.refusal import Refusal
from crawlers.bases.saved import Saved
from crawlers.bases.source import SOURCE_SETTINGS, Source, clipped, combined, finite

AS_OF = dt.datetime(2027, 1, 15, tzinfo=dt.UTC)
PAGE = Saved(b"", "https://example.org/list?page=2&appname=a-secret", AS_OF)


class ExampleSource(Source):
    name = "example"
    title = "Example"
    organisation = "Example Institute"
    kinds = (Kind.WORKSHOP,)
    way = Way.LISTING
    homepage = "https://example.org/"
    hosts = ("example.org",)
    terms = "Invented."
    needs = ("example_key",)
    max_pages = 7
    min_items = 0


def test_a_source_that_leaves_facts_out_is_refused_when_it_is_defined():
    with pytest.raises(TypeError, match="does not say its kinds, hosts"):

        class Incomplete(Source):
            name = "incomplete"
            title = "Incomplete"
            organisation = "Nobody"
            way = Way.LISTING
            homepage = "https://example.org/"
            terms = "none"
            min_items = 1


def test_a_source_is_disabled_with_the_reason_until_what_it_needs_is_set():
    assert "disabled until example_key is set" in ExampleSource.disabled_because({})
    assert ExampleSource.disabled_because({"example_key": "k"}) == ""
    with pytest.raises(NotConfigured, match="example_key"):
        ExampleSource.from_crawler(get_crawler(ExampleSource))


def test_a_crawl_hands_over_the_needed_values_and_holds_to_the_budgets():
    crawler = get_crawler(ExampleSource, {SOURCE_SETTINGS: {"example_key": "k", "other": "x"}})
    source = ExampleSource.from_crawler(crawler, as_of="2027-01-15T00:00:00+00:00")
    assert source.needed == {"example_key": "k"}
    assert source.as_of == AS_OF
    settings = Settings()
    ExampleSource.update_settings(settings)
    assert settings.getint("CLOSESPIDER_PAGECOUNT") == 7


def test_a_moment_without_an_offset_is_refused():
    with pytest.raises(ValueError, match="no offset"):
        ExampleSource(as_of="2027-01-15T00:00:00")


def test_secrets_are_taken_out_of_the_address_that_is_kept():
    source = ExampleSource(as_of=AS_OF, needed={"example_key": "a-secret"})
    draft = source.draft(PAGE, key="1", url="https://example.org/1", title="A course", kind=Kind.WORKSHOP)
    assert isinstance(draft, PostingDraft)
    assert draft.fetched_from == "https://example.org/list?page=2"


@pytest.mark.parametrize(
    ("url", "title", "said"),
    [
        ("javascript:alert(1)", "A course", "invalid: url: Value error, only http and https"),
        ("https://example.org/1", "", "invalid: title: String should have at least 3 characters"),
    ],
)
def test_what_does_not_pass_validation_is_refused_with_the_reason(url: str, title: str, said: str):
    found = ExampleSource(as_of=AS_OF).draft(PAGE, key="1", url=url, title=title, kind=Kind.WORKSHOP)
    assert isinstance(found, Refusal)
    assert found.reason.startswith(said)
    assert found.sort == "invalid"


def test_a_description_beyond_the_bound_is_cut_and_flagged_not_lost():
    found = ExampleSource(as_of=AS_OF).draft(
        PAGE, key="1", url="https://example.org/1", title="A course", kind=Kind.WORKSHOP, description="word " * 30_000
    )
    assert isinstance(found, PostingDraft)
    assert found.flags == ("description_cut",)
    assert len(found.description) <= 100_000


def test_a_stated_fact_beats_what_was_read_and_silence_beats_nothing():
    read = {
        "timing": Timing.FIXED,
        "deadlines": ("read",),
        "remote": True,
        "quotes": {"timing": "by May", "remote": "online"},
        "flags": ("year_inferred",),
    }
    stated = combined(read, {"timing": Timing.ROLLING, "deadlines": (), "remote": None, "flags": ("permanent",)})
    assert stated["timing"] is Timing.ROLLING
    assert stated["deadlines"] == ()
    assert stated["remote"] is True
    assert stated["quotes"] == {"remote": "online"}
    assert stated["flags"] == ("permanent",)
    silent = combined(read, {"timing": Timing.UNKNOWN, "deadlines": ()})
    assert silent["deadlines"] == ("read",)
    assert silent["flags"] == ("year_inferred",)


@pytest.mark.parametrize("value", ["none", "", None, "0", 0, "nan", "inf", -5])
def test_numbers_that_say_nothing_are_nothing(value: object):
    assert finite(value) is None


def test_numbers_are_read_as_words_or_numbers():
    assert finite("2,750,000") == 2_750_000
    assert finite(30500) == 30500


def test_clipping_ends_at_a_word():
    assert clipped("one two three", 10) == ("one two…", True)
    assert clipped("short", 10) == ("short", False)


def test_sources_are_found_by_name_in_alphabetical_order_and_say_who_they_are():
    found = sources()
    assert list(found) == sorted(found)
    assert set(found) >= {
        "eu_funding",
        "euraxess",
        "international_medical_aid",
        "maastricht_events",
        "ojs_announcements",
        "opportunity_desk",
        "reliefweb_training",
        "simpler_grants",
    }
    for name, source in found.items():
        said = facts(source)
        assert said["name"] == name
        assert source.hosts or source.way is Way.PAGE_WATCH, "watched pages bring their hosts along"
        assert source.allowed_domains == list(source.hosts)


def test_every_source_is_described_where_its_terms_and_gaps_are_kept():
    page = (Path(__file__).parents[3] / "docs" / "sources.md").read_text("utf-8")
    assert [name for name in sources() if f"\n## {name}\n" not in page or f"| `{name}` |" not in page] == []


def test_a_source_states_facts_and_needs_no_code_of_its_own():
    for source in sources().values():
        own = [name for name, value in vars(source).items() if callable(value) and not name.startswith("__")]
        assert own == []


def test_only_the_documented_api_asks_no_robots_txt():
    exempt = [name for name, source in sources().items() if source.robots_exemption]
    assert exempt == ["reliefweb_internships", "reliefweb_training"]


def test_no_source_counts_whose_addresses_are_guessed():
    assert [name for name, source in sources().items() if "guess" in source.gaps] == []
    held = [kind for source in sources().values() for kind in source.kinds]
    assert min(held.count(kind) for kind in Kind) >= 8
