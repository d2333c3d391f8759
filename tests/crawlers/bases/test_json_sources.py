"""JSON interfaces: errors behind HTTP 200, misshapen records, pages, and what a vendor means by its fields."""

import datetime as dt
import json
from email import message_from_bytes
from typing import Any

import pytest

from catalog.drafts import PostingDraft
from catalog.words import DeadlinePurpose, Kind, RequirementType, Timing
from crawlers.bases.discovery import sources
from crawlers.bases.federal_calls import FederalCall, calendar_of, codes_in, is_for_a_person
from crawlers.bases.json_api import JsonApiSource, json_in
from crawlers.bases.refusal import Refusal
from crawlers.bases.reliefweb_api import kind_of as reliefweb_kind
from crawlers.bases.saved import Found, Saved
from crawlers.bases.simpler_grants_api import call_in
from crawlers.bases.source import Source, Unreadable

AS_OF = dt.datetime(2027, 1, 15, tzinfo=dt.UTC)
ASKED = "https://example.org/api"


def source(name: str) -> JsonApiSource:
    made: Source = sources()[name](as_of=AS_OF, needed=dict.fromkeys(sources()[name].needs, "a-secret"))
    assert isinstance(made, JsonApiSource)
    return made


def read(name: str, answer: Any) -> list[Found]:
    return list(source(name).read(Saved(json.dumps(answer).encode(), ASKED, AS_OF)))


@pytest.mark.parametrize(
    ("name", "answer", "said"),
    [
        ("simpler_grants", {"message": "Invalid API key", "status_code": 401}, "Invalid API key"),
        ("eu_funding", {"errorCode": "NOT_FOUND"}, "NOT_FOUND"),
        (
            "reliefweb_training",
            {"status": 403, "error": {"message": "You are not using an approved appname"}},
            "approved",
        ),
        (
            "opportunity_desk",
            {"code": "rest_post_invalid_page_number", "message": "The page number"},
            "The page number",
        ),
    ],
)
def test_an_error_behind_a_good_status_is_an_error(name: str, answer: object, said: str):
    with pytest.raises(Unreadable, match=said):
        read(name, answer)


@pytest.mark.parametrize("body", [b"<html>Blocked</html>", b"", b"[1, 2", b"\xff\xfe"])
def test_what_is_not_json_is_said_to_be_none(body: bytes):
    with pytest.raises(Unreadable, match="not JSON: it begins"):
        json_in(body)


@pytest.mark.parametrize("body", [b'\xef\xbb\xbf[{"a": 1}]', b')]}\',\n[{"a": 1}]', b'export default [{"a": 1}];\n'])
def test_what_stands_before_the_value_is_passed_over(body: bytes):
    assert json_in(body) == [{"a": 1}]


@pytest.mark.parametrize("name", ["simpler_grants", "eu_funding", "reliefweb_training", "opportunity_desk"])
@pytest.mark.parametrize("record", [{}, {"metadata": 3, "fields": 3, "summary": 3, "content": 3}, 7, None, []])
def test_a_misshapen_record_is_refused_and_ends_nothing(name: str, record: object):
    wrapped = {"simpler_grants": "data", "eu_funding": "results", "reliefweb_training": "data"}.get(name)
    (found,) = read(name, {wrapped: [record]} if wrapped else [record])
    assert isinstance(found, Refusal)


def test_keys_travel_in_a_header_and_names_in_the_address_only():
    request = next(iter(source("simpler_grants").first_requests()))
    assert request.headers["X-API-Key"] == b"a-secret"
    assert "a-secret" not in request.url
    reliefweb = source("reliefweb_training")
    assert (
        reliefweb.public_address(next(iter(reliefweb.first_requests())).url) == "https://api.reliefweb.int/v2/training"
    )


def test_every_part_of_the_commissions_question_is_a_json_document_of_its_own():
    request = next(iter(source("eu_funding").first_requests()))
    head = b"Content-Type: " + (request.headers["Content-Type"] or b"") + b"\r\n\r\n"
    parts = {
        part.get_param("name", header="content-disposition"): part
        for part in message_from_bytes(head + request.body).walk()
    }
    assert {parts[name].get_content_type() for name in ("query", "languages", "sort")} == {"application/json"}
    assert json.loads(str(parts["languages"].get_payload())) == ["en"]


def test_pages_are_asked_for_while_there_are_more():
    grants = source("simpler_grants")
    assert grants.has_more({"pagination_info": {"total_pages": 2}}, 1)
    assert not grants.has_more({"pagination_info": {"total_pages": 2}}, 2)
    assert not grants.has_more({}, 1)
    funding = source("eu_funding")
    assert funding.has_more({"results": [{}], "totalResults": 101}, 1)
    assert not funding.has_more({"results": [], "totalResults": 101}, 1), "an empty page ends it, whatever is promised"
    assert not funding.has_more({"results": [{}], "totalResults": 99_999}, 100), "results end at the ten-thousandth"


@pytest.mark.parametrize(
    ("title", "codes"),
    [
        ("Predoctoral Fellowship (Parent F31)", ["F31"]),
        ("Pathway to Independence (K99/R00 - Independent Clinical Trial Required)", ["K99", "R00"]),
        ("Small Grant Program for K01 Recipients (R03 Clinical Trial Optional)", ["R03"]),
        ("Transition Award (INvestigation of Conditions) (F99/K00 Clinical T", ["F99", "K00"]),
        ("Wood Innovations", []),
    ],
)
def test_activity_codes_are_those_in_parentheses(title: str, codes: list[str]):
    assert codes_in(title) == codes


@pytest.mark.parametrize(
    ("title", "eligibility", "person"),
    [
        ("Individual Fellowship (F32)", "", True),
        ("Institutional Training Grant (Parent T32)", "individuals may apply", False),
        ("Mentored Development Program (K12 Clinical Trial Optional)", "", False),
        ("Postdoctoral Research Fellowships in Biology", "Proposals must be submitted by the individual.", True),
        ("Professional Fellowship", "Please see the announcement.", False),
        ("Research on Soil", "Proposals must be submitted by the individual.", False),
    ],
)
def test_what_a_person_can_apply_for_is_told_from_what_an_institution_can(title: str, eligibility: str, person: bool):
    assert is_for_a_person(FederalCall("1", "", title, eligibility=eligibility)) is person


def test_the_end_of_a_programme_announcement_is_not_the_next_due_date():
    record = {"opportunity_number": "PA-27-002", "summary": {"close_date": "2029-05-08"}}
    (deadline,), timing, _ = calendar_of(call_in(record), AS_OF)
    assert timing is Timing.SEVERAL
    assert deadline.purpose is DeadlinePurpose.OTHER


@pytest.mark.parametrize(
    ("note", "at"),
    [
        (
            "no later than 11:59 PM, ET, on the listed application due date",
            dt.datetime(2027, 4, 2, 3, 59, tzinfo=dt.UTC),
        ),
        ("no later than 4:00PM Central Time", dt.datetime(2027, 4, 1, 21, tzinfo=dt.UTC)),
        ("by 12 p.m. Pacific", dt.datetime(2027, 4, 1, 19, tzinfo=dt.UTC)),
        ("due by 11:59 p.m. ET on March 31, 2026", None),
        ("No Explanation", None),
    ],
)
def test_the_clock_of_a_closing_day_is_in_its_note(note: str, at: dt.datetime | None):
    record = {"opportunity_number": "RFA-1", "summary": {"close_date": "2027-04-01", "close_date_description": note}}
    (deadline,), _, _ = calendar_of(call_in(record), AS_OF)
    assert deadline.at == at
    assert deadline.on == dt.date(2027, 4, 1)


@pytest.mark.parametrize(
    ("types", "kind"),
    [
        ([{"id": 4608}], Kind.JOURNAL_CALL),
        ([{"id": "4609", "name": "Training/Workshop"}], Kind.WORKSHOP),
        ([{"name": "Conference/Lecture"}], Kind.WORKSHOP),
        ([{"id": 264, "name": "Job"}], None),
        ([], None),
        (["Training"], None),
    ],
)
def test_reliefwebs_types_are_known_by_number_or_name(types: list[Any], kind: Kind | None):
    assert reliefweb_kind({"type": types}) is kind


def test_two_calls_on_one_page_are_two_postings():
    results = [
        {
            "reference": f"{n}CS",
            "url": "https://example.org/one",
            "metadata": {"type": ["8"], "callTitle": [f"Internships {n}"]},
        }
        for n in (1, 2)
    ]
    found = read("eu_funding", {"results": results, "totalResults": 2})
    assert [draft.key for draft in found if isinstance(draft, PostingDraft)] == ["1CS", "2CS"]


@pytest.mark.parametrize(
    "body",
    [
        {
            "body-html": "<p>A course of five days.</p><h3>Participants</h3><p>Nurses with a year of work in the field.</p>"
        },
        {"body": "A course of five days.\n\n## Participants\n\nNurses with a year of work in the field."},
        {"body": "A course of five days.\n\nParticipants\n\nNurses with a year of work in the field."},
    ],
    ids=["markup", "Markdown", "plain text"],
)
def test_a_heading_inside_a_field_still_says_who_may_come(body: dict[str, str]):
    fields = {
        "title": "Records for displaced people",
        "url": "https://reliefweb.int/t/1",
        "type": [{"id": 4609}],
    } | body
    (draft,) = read("reliefweb_training", {"totalCount": 1, "data": [{"id": "1", "fields": fields}]})
    assert isinstance(draft, PostingDraft), draft
    asked = {one.type: one for one in draft.requirements}
    assert asked[RequirementType.PROFESSION].any_of == ("nurse",)
    assert "##" not in (draft.description or "")
