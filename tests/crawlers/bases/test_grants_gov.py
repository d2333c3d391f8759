"""Grants.gov's search, its calls and its extract; and that awards already made are never calls."""

import datetime as dt
import io
import json
import subprocess
import sys
import zipfile
from typing import Any

import pytest
from scrapy import Request
from scrapy.http import Response

from catalog.drafts import PostingDraft
from crawlers.bases.discovery import sources
from crawlers.bases.grants_gov import american_day, stamped_day
from crawlers.bases.grants_gov_extract import GrantsGovExtractSource, day_of
from crawlers.bases.links import host_of
from crawlers.bases.refusal import Refusal
from crawlers.bases.saved import Found, Saved
from crawlers.bases.schema_org import kind_of
from crawlers.bases.source import Unreadable

AS_OF = dt.datetime(2027, 1, 15, tzinfo=dt.UTC)
NAMESPACE = "http://apply.grants.gov/system/OpportunityDetail-V1.0"


def read(name: str, answer: object) -> list[Found]:
    return list(sources()[name](as_of=AS_OF).read(Saved(json.dumps(answer).encode(), "https://example.org/", AS_OF)))


def test_an_error_comes_with_a_good_status():
    with pytest.raises(Unreadable, match="Invalid search"):
        read("nih_fellowships", {"errorcode": 7, "msg": "Invalid search", "data": {"oppHits": []}})


def test_what_the_documentation_and_the_wire_spell_otherwise_is_read_either_way():
    hit = {
        "id": 5,
        "number": "PA-27-1",
        "title": "A Fellowship (F31)",
        "agencyName": "An Institute",
        "alnist": ["93.1"],
    }
    (found,) = read("nih_fellowships", {"errorcode": 0, "data": {"oppHits": [hit], "hitCount": 1}})
    assert isinstance(found, PostingDraft)
    assert (found.organisation, found.tags) == ("An Institute", ("93.1",))


def test_days_are_read_as_each_interface_writes_them():
    assert american_day("06/29/2023") == dt.date(2023, 6, 29)
    assert stamped_day("2027-08-18-00-00-00") == dt.date(2027, 8, 18)
    assert day_of("01052027") == dt.date(2027, 1, 5)
    for nothing in ("", "13/45/2027", "Aug 18, 2027 12:00:00 AM EDT", None):
        assert american_day(nothing) is None
        assert stamped_day(nothing) is None
    assert day_of("1052027") is None, "a number that lost its zero is no date"
    assert day_of("99992027") is None


def elements(count: int) -> str:
    calls = "".join(
        f"<OpportunitySynopsisDetail_1_0><OpportunityID>{n}</OpportunityID><OpportunityTitle>Award {n} (F31)"
        f"</OpportunityTitle><CloseDate>05082027</CloseDate></OpportunitySynopsisDetail_1_0>"
        for n in range(count)
    )
    return f"<Grants xmlns='{NAMESPACE}'>{calls}</Grants>"


def packed(text: str) -> bytes:
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("GrantsDBExtract20270114v2.xml", text)
    return body.getvalue()


class SmallSlices(GrantsGovExtractSource, base=True):
    """The extract's reader with slices that a test can count."""

    name = "small_slices"
    extract = "https://extract.example.org/Extract{day}.zip"
    hosts = ("extract.example.org",)
    aggregates = True
    slice_size = 100


def crawled(file: bytes) -> tuple[list[Any], list[Request]]:
    """What a crawl finds in a file that a server gives in slices, and what it asked for."""
    source = SmallSlices(as_of=AS_OF)
    waiting, asked, found = list(source.first_requests()), [], []
    while waiting:
        request = waiting.pop(0)
        asked.append(request)
        begin, end = map(int, (request.headers["Range"] or b"").decode().removeprefix("bytes=").split("-"))
        response = Response(request.url, 206, {"ETag": '"one"'}, file[begin : end + 1])
        for item in source.parse(response, **request.cb_kwargs):
            (waiting if isinstance(item, Request) else found).append(item)
    return found, asked


def test_the_extract_is_asked_for_slice_by_slice_to_the_end_of_what_is_packed():
    file = packed(elements(40))
    found, asked = crawled(file)
    assert [draft.key for draft in found] == [str(n) for n in range(40)]
    assert asked[0].url == "https://extract.example.org/Extract20270114.zip?from=0"
    needed = -(-file.index(b"PK\x01\x02") // 100)  # the directory at the end is not asked for
    assert len({request.url for request in asked}) == len(asked) == needed
    assert all(request.headers["If-Match"] == b'"one"' for request in asked[1:])


def test_a_slice_without_those_before_it_says_so():
    source = SmallSlices(as_of=AS_OF)
    with pytest.raises(Unreadable, match="from byte 100, without the part before it"):
        list(source.read(Saved(b"x" * 100, "https://extract.example.org/", AS_OF, context={"begin": 100})))


@pytest.mark.parametrize(
    ("file", "said"),
    [
        (b"", "no extract of Grants.gov"),
        (b"<html><body>Not found</body></html>", "no extract of Grants.gov"),
        (b"{}" * 20, "neither an archive nor XML"),
        (b"<Grants><a></b></Grants>", "not XML"),
        (packed(elements(3))[:40] + b"\x00" * 60, "no extract|damaged"),
    ],
    ids=["nothing", "a page", "neither", "broken XML", "broken archive"],  # an archive's bytes name the hour
)
def test_what_is_no_extract_is_said_to_be_none(file: bytes, said: str):
    with pytest.raises(Unreadable, match=said):
        list(SmallSlices(as_of=AS_OF).read(Saved(file, "https://extract.example.org/", AS_OF)))


def test_an_entity_in_the_extract_is_not_opened():
    text = elements(1).replace("<CloseDate>", "<Description>Read &x; it</Description><CloseDate>")
    bomb = f"<!DOCTYPE Grants [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>{text}"
    (found,) = SmallSlices(as_of=AS_OF).read(Saved(bomb.encode(), "https://extract.example.org/", AS_OF))
    assert isinstance(found, PostingDraft)
    assert found.description == "Read"


READ_A_LARGE_EXTRACT = """
import datetime as dt, resource, sys, zlib
from tests.crawlers.bases.test_grants_gov import AS_OF, NAMESPACE, SmallSlices
from crawlers.bases.saved import Saved

def xml(size):
    yield f"<Grants xmlns='{NAMESPACE}'>".encode()
    made, n = 0, 0
    while made < size:
        n += 1
        text = ("<OpportunitySynopsisDetail_1_0><OpportunityID>%d</OpportunityID><OpportunityTitle>Grant %d (R01)"
          "</OpportunityTitle><CloseDate>05082027</CloseDate><Description>%s</Description>"
          "</OpportunitySynopsisDetail_1_0>" % (n, n, f"health {n} " * 300)).encode()
        made += len(text)
        yield text
    yield b"</Grants>"

def slices(size):
    packing = zlib.compressobj(1, zlib.DEFLATED, -15)
    waiting = b"PK\\x03\\x04" + bytes([20, 0, 8, 0, 8, 0]) + bytes(16) + bytes([1, 0, 0, 0]) + b"x"
    for text in xml(size):
        waiting += packing.compress(text)
        while len(waiting) >= 65536:
            yield waiting[:65536]
            waiting = waiting[65536:]
    yield waiting + packing.flush()

def read(size):
    source, begin, calls = SmallSlices(as_of=AS_OF), 0, 0
    for body in slices(size):
        calls += sum(1 for _ in source.read(Saved(body, "https://e.example.org/", AS_OF, context={"begin": begin})))
        begin += len(body)
    return calls, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024

print(*read(5_000_000), *read(50_000_000))
"""


@pytest.mark.slow
def test_an_extract_of_fifty_megabytes_is_read_in_flat_memory():
    told = subprocess.run([sys.executable, "-c", READ_A_LARGE_EXTRACT], capture_output=True, text=True, check=True)
    few, before, many, after = map(int, told.stdout.split())
    sys.stdout.write(f"5 MB: {few} calls, {before} MiB; 50 MB: {many} calls, {after} MiB")
    assert many > 9 * few > 0
    assert after - before <= 10, "memory grows with the extract"


PROJECT = {
    "appl_id": 1,
    "project_num": "5F31EX000001-02",
    "activity_code": "F31",
    "opportunity_number": "PA-23-272",
    "title": "Individual Fellowship: sleep and hearts",
    "project_title": "Individual Fellowship (F31): sleep and hearts",
    "award_amount": 42_000,
    "project_start_date": "2026-09-01T00:00:00",
}
"""An award already made, as NIH RePORTER tells of it."""


@pytest.mark.parametrize("answer", [{"meta": {"total": 1}, "results": [PROJECT]}, {"payload": {"projects": [PROJECT]}}])
def test_awards_already_made_are_never_calls(answer: object):
    for name, source in sources().items():
        body = json.dumps(answer).encode()
        try:
            found = list(source(as_of=AS_OF, needed={}).read(Saved(body, source.homepage, AS_OF)))
        except Unreadable:
            continue
        assert not [item for item in found if isinstance(item, PostingDraft)], name


def test_a_described_grant_that_names_what_it_funded_is_an_award():
    grant = {"@type": "MonetaryGrant", "name": "Fellowship in health", "fundedItem": {"@type": "Person"}}
    assert kind_of(grant, "Fellowship in health") == (None, "none of the four kinds: an award already made")
    assert kind_of(grant | {"applicationDeadline": "2027-03-01"}, "Fellowship in health")[0] is not None


def test_no_source_asks_a_register_of_awards():
    registers = {"api.reporter.nih.gov", "reporter.nih.gov", "cordis.europa.eu", "api.openaire.eu", "api.nsf.gov"}
    for source in sources().values():
        assert not registers & {*source.hosts, host_of(source.homepage)}


def test_a_grant_of_an_organisation_is_refused_with_the_reason():
    hit = {"id": "7", "title": "Institutional Training (T32)"}
    (found,) = read("nih_fellowships", {"errorcode": 0, "data": {"oppHits": [hit]}})
    assert isinstance(found, Refusal)
    assert found.sort == "not for a person"
