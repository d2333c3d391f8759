"""Asking DOAJ and Crossref about the journals of our calls: a few a night, slowly, and again after a month.

Both are documented interfaces that need no key. Crossref asks for a `mailto` and serves who gives one from
its polite pool; its public pool allows five requests a second, one at a time. We ask one a second, repeat
no question whose answer has not changed (ETag), and stop for the night at the first "too many requests".
Whatever happens here is written down and nothing else waits for it.
"""

import datetime as dt
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, TypeVar
from urllib.parse import quote

import httpx

from catalog.stores.journals import Wanted
from catalog.tables import JournalRecord
from crawlers.registers.answers import CrossrefFacts, DoajFacts, Unintelligible, crossref_facts, doaj_facts

DOAJ = "https://doaj.org/api/v4/search/journals/"
CROSSREF = "https://api.crossref.org/journals"
LARGEST = 2 * 2**20
Facts = TypeVar("Facts", DoajFacts, CrossrefFacts)
_PAUSE = 1.0  # seconds between requests


class TooMany(Exception):
    """A register asked us to come back later."""


@dataclass(frozen=True, slots=True)
class Heard:
    """One answer: its JSON, None where the register knows nothing (404), and its validator."""

    value: Any
    validator: str = ""
    unchanged: bool = False


@dataclass(frozen=True, slots=True)
class _Question:
    """What one register is asked. Its validator is kept under `name`, when its answer held the journal."""

    name: str
    url: str
    query: dict[str, str | int]


class Registers:
    """The two registers over one client. `wait` is called with the seconds to pause before each request."""

    def __init__(
        self,
        client: httpx.Client,
        *,
        mailto: str = "",
        wait: Callable[[float], None] = time.sleep,
        doaj: str = DOAJ,
        crossref: str = CROSSREF,
    ) -> None:
        self.client = client
        self.mailto = mailto
        self.wait = wait
        self.doaj = doaj
        self.crossref = crossref

    def ask(self, wanted: Wanted, now: dt.datetime) -> JournalRecord:
        """What both say of a journal. A failure keeps what was known. Raises TooMany."""
        before = wanted.before or JournalRecord(key=wanted.key)
        record = JournalRecord(**before.model_dump() | {"title": wanted.title, "asked_at": now, "failure": ""})
        record.issns = list(dict.fromkeys((*wanted.issns, *record.issns)))
        try:
            self._crossref(record)
            self._doaj(record)
            record.answered_at = now
        except (httpx.HTTPError, Unintelligible, ValueError) as error:
            record.failure = f"{type(error).__name__}: {error}"[:300]
        return record

    def _crossref(self, record: JournalRecord) -> None:
        query: dict[str, str | int] = {"mailto": self.mailto} if self.mailto else {}
        by_number = [_Question("crossref", f"{self.crossref}/{issn}", query) for issn in record.issns[:1]]
        by_name = _Question("crossref name", self.crossref, {**query, "query": record.title, "rows": 10})
        self._find(record, (*by_number, by_name), crossref_facts, keep_crossref)

    def _doaj(self, record: JournalRecord) -> None:
        asked = [("doaj", f"issn:{issn}") for issn in record.issns[:1]]
        asked.append(("doaj name", f'bibjson.title.exact:"{quoted(record.title)}"'))
        questions = [_Question(name, self.doaj + quote(words, safe=""), {"pageSize": 10}) for name, words in asked]
        self._find(record, questions, doaj_facts, keep_doaj)

    def _find(
        self,
        record: JournalRecord,
        questions: Iterable["_Question"],
        read: Callable[[Any, str, list[str]], Facts | None],
        keep: Callable[[JournalRecord, Facts | None], None],
    ) -> None:
        """Ask until an answer holds the journal: an ISSN that a page prints may be another journal's."""
        facts: Facts | None = None
        for question in questions:
            heard = self._get(question, record)
            if heard.unchanged:
                return
            facts = read(heard.value, record.key, record.issns) if heard.value is not None else None
            if facts is not None:
                record.validators = {**record.validators, question.name: heard.validator}
                break
            record.validators = {name: kept for name, kept in record.validators.items() if name != question.name}
        keep(record, facts)

    def _get(self, question: "_Question", record: JournalRecord) -> Heard:
        self.wait(_PAUSE)
        register = question.name.split()[0]
        known = record.validators.get(question.name, "") if record.answered_at else ""
        headers = {"If-None-Match": known} if known else {}
        with self.client.stream("GET", question.url, params=question.query, headers=headers) as response:
            if response.status_code in (429, 503):
                raise TooMany(f"{register} asked us to come back later ({response.status_code})")
            if response.status_code == 304:
                return Heard(None, known, unchanged=True)
            if response.status_code == 404:
                return Heard(None)
            response.raise_for_status()
            body = bounded(response.iter_bytes())
        return Heard(_json(body, register), response.headers.get("ETag", ""))


def ask_all(
    registers: Registers,
    wanted: Iterable[Wanted],
    keep: Callable[[JournalRecord], None],
    *,
    clock: Callable[[], dt.datetime],
    until: dt.datetime,
) -> tuple[int, int, str]:
    """Ask about each and keep each answer at once, until `until`: how many, how many failed, why it ended early."""
    asked = failed = 0
    for one in wanted:
        if clock() >= until:
            return asked, failed, "the time for it was over"
        try:
            record = registers.ask(one, clock())
        except TooMany as error:
            return asked, failed, str(error)
        keep(record)
        asked += 1
        failed += bool(record.failure)
    return asked, failed, ""


def keep_crossref(record: JournalRecord, facts: CrossrefFacts | None) -> None:
    """Write what Crossref said into the record."""
    record.in_crossref = facts is not None
    record.works = facts.works if facts else None
    if facts:
        record.publisher = facts.publisher or record.publisher
        record.issns = list(dict.fromkeys((*record.issns, *facts.issns)))


def keep_doaj(record: JournalRecord, facts: DoajFacts | None) -> None:
    """Write what DOAJ said into the record."""
    said = facts or DoajFacts(id="", issns=())
    record.in_doaj = facts is not None
    record.doaj_id, record.institution, record.weeks = said.id, said.institution, said.weeks
    record.charges, record.charge, record.currency = said.charges, said.charge, said.currency
    record.publisher = said.publisher or record.publisher
    record.issns = list(dict.fromkeys((*record.issns, *said.issns)))


def bounded(parts: Iterable[bytes]) -> bytes:
    """A body of at most LARGEST bytes. Raises Unintelligible when there is more."""
    body = b""
    for part in parts:
        body += part
        if len(body) > LARGEST:
            raise Unintelligible(f"the answer is larger than {LARGEST} bytes")
    return body


def quoted(title: str) -> str:
    """A title inside double quotes of a DOAJ query, where a quote or a backslash would end it."""
    return " ".join(title.replace('"', " ").replace("\\", " ").split())


def _json(body: bytes, register: str) -> Any:
    try:
        return httpx.Response(200, content=body).json()
    except ValueError as error:
        raise Unintelligible(f"{register} answered with no JSON: it begins {body[:60]!r}") from error
