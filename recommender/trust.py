"""Why to trust a journal's call or an event, and why not: reasons with the words they rest on, never a score.

Wording that invites anybody, promises what no review can promise or hides who runs a thing speaks
against it; a register, a society, an address that only universities get and a fee said openly speak
for it. Silence is said as such: a journal that DOAJ does not list may be a good one behind a
subscription, so that is a question and no reproach. No journal or organiser is named here.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Literal

from catalog.words import Kind, MoneyPurpose
from recommender.trust_words import AGAINST, FOR, Sign

_TRUSTED_HOSTS = re.compile(r"(?:^|\.)(?:(?:edu|gov|int|mil)(?:\.[a-z]{2})?|(?:ac|gob|gouv|govt|nhs)\.[a-z]{2})$")
_FREE_HOSTS = re.compile(
    r"(?:^|\.)(?:blogspot\.[a-z.]+|wordpress\.com|weebly\.com|wixsite\.com|sites\.google\.com|webnode\.[a-z.]+)$"
)
_DENIAL = re.compile(r"\b(?:no|not|never|nor|cannot|without|isn['’]t|don['’]t|doesn['’]t)\b", re.I)
_LONGEST_QUOTE = 300


class Side(StrEnum):
    """Which way a reason speaks."""

    FOR = "for"
    AGAINST = "against"
    UNKNOWN = "unknown"


Witness = Literal["page", "address", "doaj", "crossref"]


@dataclass(frozen=True, slots=True)
class TrustReason:
    """One reason. `quote` holds the words of the page, where it is the page that speaks."""

    side: Side
    code: str
    text: str
    witness: Witness
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Subject:
    """What is judged: a call as it is known, with its fees as (purpose, amount, currency, words)."""

    kind: Kind
    organisation: str
    host: str
    text: str
    fees: tuple[tuple[MoneyPurpose, float | None, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Register:
    """What registers said of the journal. None: not known; `asked` false: they were never asked."""

    asked: bool = False
    in_doaj: bool | None = None
    institution: str = ""
    charges: bool | None = None
    charge: float | None = None
    currency: str = ""
    in_crossref: bool | None = None
    works: int | None = None


def trust_reasons(subject: Subject, register: Register | None = None) -> tuple[TrustReason, ...]:
    """The reasons for a journal's call or an event, then those against, then what is not known; none of other kinds."""
    if subject.kind not in (Kind.JOURNAL_CALL, Kind.WORKSHOP):
        return ()
    found = [*_of_the_words(subject.kind, subject.text), *_of_who_runs_it(subject)]
    if subject.kind is Kind.JOURNAL_CALL:
        found += [*_of_registers(register or Register()), *_of_the_charge(subject, register or Register())]
    order = list(Side)
    return tuple(sorted(_once(found), key=lambda reason: order.index(reason.side)))


@lru_cache(maxsize=512)
def _of_the_words(kind: Kind, text: str) -> tuple[TrustReason, ...]:
    """What the wording tells. Kept for a while: the same calls stand in many mentees' lists."""
    return tuple(
        TrustReason(side, sign.code, sign.text, "page", quote)
        for side, signs in ((Side.FOR, FOR), (Side.AGAINST, AGAINST))
        for sign in signs
        if kind in sign.kinds and (quote := _quote_of(sign, text))
    )


def _of_who_runs_it(subject: Subject) -> Iterator[TrustReason]:
    if not subject.organisation:
        yield TrustReason(
            Side.AGAINST, "organiser_unnamed", "The page does not say who runs it, so nobody can be asked.", "page"
        )
    if _TRUSTED_HOSTS.search(subject.host):
        said = f"It is published at {subject.host}, an address that only universities and public bodies are given."
        yield TrustReason(Side.FOR, "public_address", said, "address")
    elif _FREE_HOSTS.search(subject.host):
        said = f"It is published at {subject.host}, where anyone can make a page without being named."
        yield TrustReason(Side.AGAINST, "free_address", said, "address")


def _of_registers(register: Register) -> Iterator[TrustReason]:
    if register.in_doaj:
        yield TrustReason(Side.FOR, "in_doaj", "The Directory of Open Access Journals lists the journal.", "doaj")
        if register.institution:
            said = f"DOAJ names the society or institution behind it: {register.institution}."
            yield TrustReason(Side.FOR, "institution", said, "doaj")
    elif register.in_doaj is False:
        said = "DOAJ does not list a journal of this name. It lists open-access journals only, so this says little."
        yield TrustReason(Side.UNKNOWN, "not_in_doaj", said, "doaj")
    if register.in_crossref:
        articles = f" {register.works:,} articles of it" if register.works else " it"
        yield TrustReason(Side.FOR, "in_crossref", f"Crossref registers{articles}.", "crossref")
    elif register.in_crossref is False:
        said = "Crossref has no journal of this name: its articles may have no lasting identifiers (DOIs)."
        yield TrustReason(Side.UNKNOWN, "not_in_crossref", said, "crossref")
    if register.in_doaj is None and register.in_crossref is None:
        why = "gave no answer" if register.asked else "have not been asked yet"
        said = f"Whether the journal is indexed is not known: the registers {why}."
        yield TrustReason(Side.UNKNOWN, "register_unknown", said, "doaj")


def _of_the_charge(subject: Subject, register: Register) -> Iterator[TrustReason]:
    """What it costs to publish: on the page, else as DOAJ says, else not known."""
    stated = [fee for fee in subject.fees if fee[0] in (MoneyPurpose.ARTICLE_CHARGE, MoneyPurpose.FEE)]
    if stated:
        _, amount, currency, words = stated[0]
        much = f" ({amount:,.0f} {currency})" if amount and currency else ""
        yield TrustReason(Side.FOR, "charge_stated", f"The call says openly what it charges{much}.", "page", words)
    elif register.charges is False:
        yield TrustReason(Side.FOR, "no_charge", "DOAJ says that authors are charged nothing.", "doaj")
    elif register.charges:
        much = f": up to {register.charge:,.0f} {register.currency}" if register.charge and register.currency else ""
        yield TrustReason(Side.FOR, "charge_known", f"DOAJ says what authors are charged{much}.", "doaj")
    else:
        said = "What it costs to publish there is not known. Ask before you submit."
        yield TrustReason(Side.UNKNOWN, "charge_unknown", said, "page")


def _quote_of(sign: Sign, text: str) -> str:
    """The sentence in which a sign stands, or nothing."""
    found = next((one for one in sign.words.finditer(text) if not _is_denied(one, text)), None)
    if found is None:
        return ""
    start = max((text.rfind(mark, 0, found.start()) + len(mark) for mark in (". ", "! ", "? ", "\n")), default=0)
    ends = [at + 1 for mark in (". ", "! ", "? ", "\n") if (at := text.find(mark, found.end())) >= 0]
    return " ".join(text[max(start, 0) : min(ends, default=len(text))].split())[:_LONGEST_QUOTE]


def _is_denied(found: re.Match[str], text: str) -> bool:
    """Whether the sentence says the contrary ("submission does not guarantee acceptance")."""
    return bool(_DENIAL.search(text, max(0, found.start() - 30), found.end()))


def _once(reasons: list[TrustReason]) -> Iterator[TrustReason]:
    seen: set[str] = set()
    for reason in reasons:
        if reason.code not in seen:
            seen.add(reason.code)
            yield reason
