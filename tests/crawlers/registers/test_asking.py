"""Asking the registers over real HTTP: politely, once, and with every failure written down."""

import datetime as dt
import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx
import pytest

from catalog.stores.journals import Wanted
from catalog.tables import JournalRecord
from crawlers.registers.asking import Registers, ask_all

NOW = dt.datetime(2027, 1, 15, 2, tzinfo=dt.UTC)
DOAJ = {"results": [{"id": "abc", "bibjson": {"title": "Example Journal", "apc": {"has_apc": False}}}]}
CROSSREF = {"message": {"items": [{"title": "Example Journal", "ISSN": ["1234-5679"], "counts": {"total-dois": 9}}]}}


@dataclass
class Said:
    """What the server answers by the first part of the path, and what it was asked."""

    answers: dict[str, tuple[int, object]]
    asked: list[tuple[str, str, str]] = field(default_factory=list)
    url: str = ""


@pytest.fixture
def said() -> Iterator[Said]:
    state = Said({"doaj": (200, DOAJ), "crossref": (200, CROSSREF)})

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            state.asked.append((self.path, self.headers["User-Agent"], self.headers.get("If-None-Match", "")))
            status, value = state.answers[self.path.split("/")[1].split("?")[0]]
            if self.headers.get("If-None-Match") == '"1"' and status == 200:
                status = 304
            body = b"" if status == 304 else value if isinstance(value, bytes) else json.dumps(value).encode()
            self.send_response(status)
            self.send_header("ETag", '"1"')
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Keep quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    state.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield state
    server.shutdown()
    thread.join()
    server.server_close()


def wanted(before: JournalRecord | None = None, issns: tuple[str, ...] = ()) -> Wanted:
    return Wanted("example journal", "Example Journal", issns, before)


def ask(said: Said, one: Wanted, pauses: list[float] | None = None) -> JournalRecord:
    with httpx.Client(headers={"User-Agent": "Opportune/1.0 (+mailto:a@example.org)"}) as client:
        waited = [] if pauses is None else pauses
        doaj, crossref = f"{said.url}/doaj/", f"{said.url}/crossref"
        return Registers(client, mailto="a@example.org", wait=waited.append, doaj=doaj, crossref=crossref).ask(one, NOW)


def test_both_registers_are_asked_by_name_with_our_name_and_an_address(said: Said):
    pauses: list[float] = []
    record = ask(said, wanted(), pauses)
    assert (record.in_doaj, record.charges, record.in_crossref, record.works) == (True, False, True, 9)
    assert record.issns == ["1234-5679"]
    assert record.answered_at == NOW
    assert [path.split("?")[0] for path, _, _ in said.asked] == ["/crossref", "/doaj/issn%3A1234-5679"]
    assert "mailto=a%40example.org" in said.asked[0][0]
    assert all(agent.startswith("Opportune/1.0") for _, agent, _ in said.asked)
    assert len(pauses) == 2
    assert min(pauses) >= 1.0


def test_what_has_not_changed_is_not_sent_again_and_stays_known(said: Said):
    first = ask(said, wanted(issns=("1234-5679",)))
    again = ask(said, wanted(first))
    assert [validator for _, _, validator in said.asked[2:]] == ['"1"', '"1"']
    assert (again.in_doaj, again.works) == (True, 9)


def test_a_journal_that_nobody_lists_is_known_to_be_listed_nowhere(said: Said):
    said.answers = {"doaj": (200, {"results": []}), "crossref": (404, b"Resource not found.")}
    record = ask(said, wanted(issns=("1234-5679",)))
    assert (record.in_doaj, record.in_crossref, record.failure) == (False, False, "")


def test_a_number_that_is_anothers_makes_no_journal_a_listed_one(said: Said):
    other = {"title": "Famous Journal", "pissn": "1234-5679", "apc": {"has_apc": False}}
    said.answers = {
        "doaj": (200, {"results": [{"id": "abc", "bibjson": other}]}),
        "crossref": (200, {"message": {"title": "Famous Journal", "ISSN": ["1234-5679"]}}),
    }
    record = ask(said, wanted(issns=("1234-5679",)))
    assert (record.in_doaj, record.in_crossref, record.charges, record.publisher) == (False, False, None, "")
    assert [path.split("?")[0].split("%3A")[0] for path, _, _ in said.asked] == [
        "/crossref/1234-5679", "/crossref", "/doaj/issn", "/doaj/bibjson.title.exact",
    ]  # fmt: skip
    assert ask(said, wanted(record, issns=("1234-5679",))).in_doaj is False, "nor when it is asked again"


@pytest.mark.parametrize("answer", [(500, b"oops"), (200, b"<html>"), (200, {"nothing": 1}), (200, b"x" * 3_000_000)])
def test_a_failure_is_written_down_and_keeps_what_was_known(said: Said, answer: tuple[int, object]):
    said.answers["doaj"] = answer
    before = JournalRecord(key="example journal", in_doaj=True, institution="Example Society")
    record = ask(said, wanted(before))
    assert (record.in_doaj, record.institution) == (True, "Example Society")
    assert record.failure
    assert record.answered_at is None
    assert record.asked_at == NOW


def test_a_register_that_cannot_be_reached_fails_nothing_else():
    gone = Said({}, url="http://127.0.0.1:9")
    assert "Connect" in ask(gone, wanted()).failure


def test_too_many_requests_end_the_night(said: Said):
    said.answers["crossref"] = (429, b"")
    kept: list[JournalRecord] = []
    with httpx.Client() as client:
        registers = Registers(client, wait=lambda _: None, doaj=f"{said.url}/doaj/", crossref=f"{said.url}/crossref")
        several = [wanted(), wanted(), wanted()]
        asked, failed, why = ask_all(registers, several, kept.append, clock=lambda: NOW, until=NOW + dt.timedelta(1))
    assert (asked, failed, len(said.asked), kept) == (0, 0, 1, [])
    assert "429" in why


def test_asking_ends_when_its_time_is_over(said: Said):
    times = iter([NOW, NOW, NOW + dt.timedelta(hours=1)])
    kept: list[JournalRecord] = []
    with httpx.Client() as client:
        registers = Registers(client, wait=lambda _: None, doaj=f"{said.url}/doaj/", crossref=f"{said.url}/crossref")
        until = NOW + dt.timedelta(minutes=3)
        asked, _, why = ask_all(registers, [wanted(), wanted()], kept.append, clock=lambda: next(times), until=until)
    assert (asked, len(kept), why) == (1, 1, "the time for it was over")
