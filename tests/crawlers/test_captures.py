"""Real responses, captured by others, through `opportune read --source`.

The table says which source reads which file and what a careful person counts in it. A file in no
such format is listed with the reason. The captures are not part of this project: they are found
through OPPORTUNE_SHARED, else beside the checkout, and without them this is skipped.
"""

import csv
import datetime as dt
import json
import os
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

from catalog.drafts import PostingDraft
from catalog.words import Kind, Way
from crawlers.bases.discovery import sources
from crawlers.bases.feed import FeedSource, feed_in
from crawlers.bases.grants_gov_extract import SYNOPSIS
from crawlers.bases.localist import LocalistSource
from crawlers.bases.recruitee import RecruiteeSource
from crawlers.bases.refusal import Refusal
from crawlers.bases.saved import Found, Saved
from crawlers.bases.source import Source
from crawlers.bases.workable import WorkableSource
from operations.commands.read_source import found_in

SHARED = Path(os.environ.get("OPPORTUNE_SHARED") or Path(__file__).parents[3] / "shared")
CAPTURES = SHARED / "captures" / "api"
AS_OF = dt.datetime(2026, 2, 23, 12, tzinfo=dt.UTC)

pytestmark = pytest.mark.skipif(
    not CAPTURES.is_dir(), reason=f"no captures at {CAPTURES}: set OPPORTUNE_SHARED to the folder that holds them"
)


@dataclass(frozen=True)
class Reading:
    """Which source reads a file, and what it should find. `records` counts drafts and refusals together."""

    source: str
    drafts: int | range
    records: int
    refused: str = ""  # the sort of every refusal, where there is only one


def event(drafts: int) -> Reading:
    return Reading("maastricht_events", drafts, 1, "none of the four kinds")


NO_CALLS = "article"
NO_KIND = "none of the four kinds"


def board(source: str, records: int) -> Reading:
    """A captured board: all its posts are ordinary ones."""
    return Reading(source, 0, records, NO_KIND)


READ = {
    "ats/greenhouse_databricks.json": board("msf_usa", 2),  # solution architects
    "ats/greenhouse_gitlab.json": board("broad_institute", 2),
    "ats/greenhouse_smarterdx.json": board("arc_institute", 2),
    "ats/lever_board_jobs.json": board("deep_genomics", 2),
    "ats/lever_matchgroup.json": board("clinical_health_network", 2),
    "ats/lever_palantir.json": board("deep_genomics", 2),
    "ats/smartrecruiters_knight.json": board("northwestern_medicine", 1),  # a nursing assistant
    "grants_gov/legacy_detail_333438_PAR-21-168.json": Reading("nih_fellowships", 0, 1, "not for a person"),  # an R25
    "grants_gov/search2_kairos_page1.json": Reading("grants_gov_fellowships", 0, 3, "not for a person"),
    "indico/cern_event_845525.json": Reading("asc_trainings", 0, 1, NO_KIND),  # somebody tries the system
    # workshops for teachers, all of them, and nothing about health: the base alone takes them, below
    "events_json/localist_cornell_events.json": Reading("cornell_events", 0, 11, "about something else"),
    "events_json/localist_cornell_testData.json": Reading("cornell_events", 0, 4, NO_KIND),  # exhibition, garden, film
    "grants_gov/simpler_search_raw_2026-02.json": Reading("simpler_grants", 64, 786, "not for a person"),
    "eu_sedia/sedia_cascade_type8.json": Reading("eu_funding", 3, 4, "not for a person"),
    "euraxess/search_results_page_2026-03.html": Reading("euraxess", 7, 10, NO_KIND),
    "euraxess/job_detail_sample_2026-03.html": Reading("euraxess", 1, 1),
    # a German library blog: calls for one conference and three workshops among news
    "wordpress/wp_v2_posts_dini_2023-10.json": Reading("opportunity_desk", range(2, 7), 50),
    "wordpress/wp_v2_posts_dini_2024-10.json": Reading("opportunity_desk", range(2, 7), 50),
    # local volunteering, of which only roles that say so in their title could count
    "wordpress/wp_v2_opportunities_2016.json": Reading("opportunity_desk", range(9), 115),
    "wordpress/wp_v2_categories_2016.json": Reading("opportunity_desk", 0, 6, NO_KIND),
    "events_rss_ics/maastricht_um_1.ics": event(1),
    "events_rss_ics/maastricht_um_2.ics": event(1),
    "events_rss_ics/maastricht_um_3.ics": event(1),
    "events_rss_ics/maastricht_um_4.ics": event(0),  # trying on glasses
    "events_rss_ics/maastricht_um_5.ics": event(0),
    "events_rss_ics/maastricht_um_list.html": Reading("maastricht_events", 0, 0),
    "events_rss_ics/uu_event_1.ics": event(1),
    "events_rss_ics/uu_event_2.ics": event(0),  # a book launch
    "events_rss_ics/uu_event_3.ics": event(1),
    "events_rss_ics/uu_event_4.ics": event(1),
    "events_rss_ics/uu_event_5.ics": event(1),
    "events_rss_ics/pawsey_experience-with-porting-and-scaling-codes-on-amd-gpus.ics": event(1),
    "events_rss_ics/pawsey_pacer-seminar-computational-fluid-dynamics.ics": event(1),
    "events_rss_ics/pawsey_pacer-seminar-radio-astronomy.ics": event(1),
    "events_rss_ics/pawsey_pawsey-intern-showcase-2022.ics": event(1),
    "events_rss_ics/pawsey_pawsey-supercomputing-centre-5cd096b58d0.ics": event(1),
    "events_rss_ics/det_board_of_education.ics": Reading("maastricht_events", 0, 33, NO_KIND),
    "events_rss_ics/tec_clihtf.ics": Reading("maastricht_events", 0, 30, NO_KIND),  # broken, and meetings only
    # two book launches, a drinks reception, a closing event and a day of which nothing is said
    "events_rss_ics/uu_events.rss": Reading("utrecht_events", 12, 17, NO_KIND),
    "wordpress/dtls_courses_feed.xml": Reading("dtls_courses", 3, 3),
    "wordpress/dtls_events_feed.xml": Reading("ojs_announcements", 0, 1, NO_CALLS),
    "reliefweb/rss_disasters_sample_2026-07.xml": Reading("ojs_announcements", 0, 7, NO_CALLS),
    "ats/neogov.xml": Reading("ojs_announcements", 0, 2, NO_CALLS),
    "reliefweb/v1_disasters_list.json": Reading("reliefweb_training", 0, 1000, NO_KIND),
    "schema_org/nbis_course_instances.jsonld": Reading("international_medical_aid", 29, 32, NO_KIND),
    "schema_org/jobposting_avalanche_list.html": Reading("international_medical_aid", 0, 9, NO_KIND),
    "schema_org/jobposting_paylocity_fermi.html": Reading("international_medical_aid", 0, 1, NO_KIND),
    "schema_org/songkick_event.html": Reading("international_medical_aid", 0, 1, NO_KIND),
    "schema_org/tdcc_event_governing_board.html": Reading("international_medical_aid", 0, 1, NO_KIND),
    "wikicfp/search_cloud20160505.html": Reading(
        "wikicfp", 29, 30, NO_KIND
    ),  # 26 conferences, 3 special issues, a book
    "wikicfp/conf_mobisys20160620.html": Reading("wikicfp", 9, 9),
    "wikicfp/search_noresult20160516.html": Reading("wikicfp", 0, 0),
    "events_html/dans_agenda_p1.html": Reading("international_medical_aid", 0, 1),
    "events_html/nwo_meetings_p0.html": Reading("international_medical_aid", 0, 1),
}

NOT_READ = {
    "ats/workable_zaelab.json": "no source of ours yet: the base reads it below",
    "ats/recruitee_anonymised.json": "no source of ours yet: the base reads it below",
    "ats/personio.xml": "Personio's boards: no source of ours",
    "events_json/carpentries": "the Carpentries' feed: no source of ours",
    "events_json/eventbrite": "Eventbrite: an organiser's events need a token",
    "events_json/eventon": "EventON draws its calendar by a program",
    "events_json/google": "Google Calendar needs a key",
    "events_json/libcal": "LibCal: no source of ours",
    "events_json/utwente": "one university's own format: no source of ours",
    "journals/": "Crossref, DOAJ and PubMed describe journals and articles, not calls",
    "ojs_oai/": "OAI-PMH gives articles, not announcements",
}


def captured_files() -> list[str]:
    if not CAPTURES.is_dir():
        return []
    with (CAPTURES / "PROVENANCE.tsv").open(encoding="utf-8", newline="") as table:
        rows = csv.DictReader(table, delimiter="\t")
        return [row["file"] for row in rows if row["kind"].startswith("capture")]


def test_every_captured_file_is_read_or_has_a_reason_not_to_be():
    unspoken = [
        file for file in captured_files() if file not in READ and not any(file.startswith(start) for start in NOT_READ)
    ]
    assert unspoken == []


def test_every_calendar_is_read():
    calendars = {str(file.relative_to(CAPTURES)) for file in CAPTURES.glob("events_rss_ics/*.ics")}
    assert calendars <= set(READ)


@pytest.mark.parametrize("file", READ)
def test_a_captured_response_gives_what_a_careful_person_counts(file: str, capsys: pytest.CaptureFixture[str]):
    expected = READ[file]
    found = found_in(CAPTURES / file, expected.source, AS_OF)

    drafts = [item for item in found if isinstance(item, PostingDraft)]
    refused = Counter(item.sort for item in found if isinstance(item, Refusal))
    with capsys.disabled():
        sys.stdout.write(f"\n{file}: {len(drafts)} drafts, refused {dict(refused)}")
    assert len(found) == expected.records
    wanted = expected.drafts if isinstance(expected.drafts, range) else range(expected.drafts, expected.drafts + 1)
    assert len(drafts) in wanted
    assert "invalid" not in refused
    if expected.refused:
        assert set(refused) <= {expected.refused}
    assert len({draft.key for draft in drafts}) == len(drafts)


def test_careful_details_of_the_captures_come_out_right():
    by_title = {
        draft.title: draft
        for file in ("euraxess/job_detail_sample_2026-03.html", "eu_sedia/sedia_cascade_type8.json")
        for draft in found_in(CAPTURES / file, READ[file].source, AS_OF)
        if isinstance(draft, PostingDraft)
    }
    postdoc = by_title["Postdoctoral Researcher"]
    assert postdoc.organisation == "Fondation nationale des Sciences Politiques"
    assert [(place.country, place.city) for place in postdoc.places] == [("FR", "Paris")]
    assert postdoc.deadlines[0].at == dt.datetime(2026, 4, 12, 21, 59, tzinfo=dt.UTC)
    assert postdoc.deadlines[0].zone == "Europe/Brussels"

    internship = by_title["METU Internships Offer"]
    assert len(internship.deadlines) == 7
    assert by_title["Gnomon Internships Offer"].url == internship.url, "two calls share one page"
    assert by_title["Gnomon Internships Offer"].key != internship.key


class CourseFeed(FeedSource):
    """A feed of courses and events, which none of our sources is yet: the base reads it all the same."""

    name = "course_feed"
    title = "A feed of courses"
    organisation = "A university"
    kinds = (Kind.WORKSHOP,)
    way = Way.FEED
    homepage = "https://www.uu.nl/en/events"
    hosts = ("www.uu.nl",)
    terms = "None: it is never fetched."
    entrances = ("https://www.uu.nl/en/events.rss",)
    kind = Kind.WORKSHOP
    min_items = 0


@pytest.mark.parametrize(
    ("file", "drafts", "refused"),
    [
        ("wordpress/dtls_courses_feed.xml", 3, 0),
        ("wordpress/dtls_events_feed.xml", 1, 0),
        # two book launches, a drinks reception, a closing event and a day of which nothing is said
        ("events_rss_ics/uu_events.rss", 12, 5),
    ],
)
def test_the_feed_base_reads_the_captured_feeds_of_courses_and_events(file: str, drafts: int, refused: int):
    saved = Saved((CAPTURES / file).read_bytes(), CourseFeed.homepage, AS_OF)
    found = list(CourseFeed(as_of=AS_OF).read(saved))
    assert sum(isinstance(item, PostingDraft) for item in found) == drafts
    assert sum(isinstance(item, Refusal) for item in found) == refused


def test_an_event_that_a_feed_dates_by_its_time_keeps_start_and_end():
    file = CAPTURES / "events_rss_ics" / "uu_events.rss"
    entry = feed_in(Saved(file.read_bytes(), "https://www.uu.nl/en/events.rss", AS_OF)).entries[0]
    assert entry.starts is not None
    assert entry.starts.at == dt.datetime(2025, 9, 3, 13, tzinfo=dt.UTC)
    assert entry.ends is not None
    assert entry.ends.at == dt.datetime(2025, 9, 3, 15, 30, tzinfo=dt.UTC)
    assert entry.dated is None
    assert "symposium" in entry.markup
    assert "&amp;" not in entry.markup


class EveryEvent(LocalistSource):
    """The captured calendar without our choice of subjects."""

    name = "every_event"
    title = "All of a university's events"
    organisation = "Cornell University"
    kinds = (Kind.WORKSHOP,)
    way = Way.JSON_API
    homepage = "https://events.cornell.edu/"
    hosts = ("events.cornell.edu",)
    terms = "None: it is never fetched."
    site = "https://events.cornell.edu"
    min_items = 0


class AWorkableBoard(WorkableSource):
    """A board of Workable, of which no source of ours reads one yet."""

    name = "a_workable_board"
    title = "A board"
    organisation = "An employer"
    kinds = (Kind.INTERNSHIP,)
    way = Way.JSON_API
    homepage = "https://apply.workable.com/example"
    hosts = ("apply.workable.com",)
    terms = "None: it is never fetched."
    board = "example"
    min_items = 0


class ARecruiteeBoard(RecruiteeSource):
    """A board of Recruitee, of which no source of ours reads one yet."""

    name = "a_recruitee_board"
    title = "A board"
    organisation = "An employer"
    kinds = (Kind.INTERNSHIP,)
    way = Way.JSON_API
    homepage = "https://example.recruitee.com/"
    hosts = ("example.recruitee.com",)
    terms = "None: it is never fetched."
    board = "example"
    min_items = 0


@pytest.mark.parametrize(
    ("source", "file", "drafts", "records"),
    [
        (EveryEvent, "events_json/localist_cornell_events.json", 11, 11),
        (EveryEvent, "events_json/localist_cornell_testData.json", 0, 4),
        (AWorkableBoard, "ats/workable_zaelab.json", 0, 1),  # one post in two countries
        (ARecruiteeBoard, "ats/recruitee_anonymised.json", 0, 2),
    ],
)
def test_a_base_reads_the_captures_that_no_source_of_ours_publishes(
    source: type[Source], file: str, drafts: int, records: int
):
    found = list(source(as_of=AS_OF).read(Saved((CAPTURES / file).read_bytes(), source.homepage, AS_OF)))
    assert len(found) == records
    assert sum(isinstance(item, PostingDraft) for item in found) == drafts
    assert {item.sort for item in found if isinstance(item, Refusal)} <= {NO_KIND}


def test_a_board_of_which_part_was_captured_is_read_list_and_detail():
    captured = json.loads((CAPTURES / "ats/smartrecruiters_bosch_mixed.json").read_bytes())
    pages = [*captured["list_pages"], *captured["details"].values()]
    found = [item for page in pages for item in found_in_answer("northwestern_medicine", page)]
    assert [item.sort for item in found if isinstance(item, Refusal)] == [NO_KIND] * 6


def test_the_extract_of_which_a_table_was_made_gives_the_three_calls_for_individuals():
    """The table lost the leading zeros of its dates; of 600 calls 14 speak of fellowships, 3 of them to a person."""
    table = (CAPTURES / "grants_gov/xml_extract_as_csv_2022.csv").open(encoding="utf-8", newline="")
    with table:
        rows = list(csv.DictReader(table))
    elements = "".join(f"<{SYNOPSIS}>{''.join(map(as_element, row.items()))}</{SYNOPSIS}>" for row in rows)
    body = f"<Grants xmlns='http://apply.grants.gov/system/OpportunityDetail-V1.0'>{elements}</Grants>"
    as_of = dt.datetime(2022, 1, 15, 12, tzinfo=dt.UTC)
    found = list(sources()["grants_gov_extract"](as_of=as_of).read(Saved(body.encode(), "https://example.org/", as_of)))
    assert len(found) == len(rows) == 600
    drafts = [item for item in found if isinstance(item, PostingDraft)]
    assert [draft.title for draft in drafts] == [
        "Office of Polar Programs Postdoctoral Research Fellowships",
        "Fellowships",
        "Fellowships for Advanced Social Science Research on Japan",
    ]
    assert all(draft.deadlines for draft in drafts)


def as_element(cell: tuple[str, str]) -> str:
    name, value = cell
    if not name or not value:
        return ""
    whole = value.removesuffix(".0")
    return f"<{name}>{escape(whole.zfill(8) if name.endswith('Date') else whole)}</{name}>"


def found_in_answer(source: str, answer: object) -> list[Found]:
    reader = sources()[source](as_of=AS_OF)
    return list(reader.read(Saved(json.dumps(answer).encode(), reader.homepage, AS_OF)))
