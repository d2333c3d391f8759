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
from typing import Any
from urllib.parse import quote

import httpx

from catalog.stores.journals import Wanted
from catalog.tables import JournalRecord
from crawlers.registers.answers import CrossrefFacts, DoajFacts, Unintelligible, crossref_facts, doaj_facts

DOAJ = "https://doaj.org/api/v4/search/journals/"
CROSSREF = "https://api.crossref.org/journals"
LARGEST = 2 * 2**20
_PAUSE = 1.0  # seconds between requests


class TooMany(Exception):
    """A register asked us to come back later."""


@dataclass(frozen=True, slots=True)
class Heard:
    """One answer: its JSON, None where the register knows nothing (404), and its validator."""

    value: Any
    validator: str = ""
    unchanged: bool = False


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
        by_number = f"{self.crossref}/{record.issns[0]}" if record.issns else ""
        query: dict[str, str | int] = {"mailto": self.mailto} if self.mailto else {}
        url = by_number or self.crossref
        heard = self._get(url, query if by_number else {**query, "query": record.title, "rows": 10}, record, "crossref")
        if heard.unchanged:
            return
        facts = crossref_facts(heard.value, record.key, record.issns) if heard.value is not None else None
        keep_crossref(record, facts)
        record.validators = {**record.validators, "crossref": heard.validator}

    def _doaj(self, record: JournalRecord) -> None:
        asked = f"issn:{record.issns[0]}" if record.issns else f'bibjson.title.exact:"{quoted(record.title)}"'
        heard = self._get(self.doaj + quote(asked, safe=""), {"pageSize": 10}, record, "doaj")
        if heard.unchanged:
            return
        facts = doaj_facts(heard.value, record.key, record.issns) if heard.value is not None else None
        keep_doaj(record, facts)
        record.validators = {**record.validators, "doaj": heard.validator}

    def _get(self, url: str, query: dict[str, str | int], record: JournalRecord, register: str) -> Heard:
        self.wait(_PAUSE)
        known = record.validators.get(register, "") if record.answered_at else ""
        headers = {"If-None-Match": known} if known else {}
        with self.client.stream("GET", url, params=query, headers=headers) as response:
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
