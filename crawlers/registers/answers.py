"""The answers of DOAJ and Crossref about a journal, as plain facts.

DOAJ (doaj.org/api/docs): `{"total", "results": [{"id", "bibjson": {…}}]}`; older records write the article
charge as `apc.max[].price`, and the oldest as `apc.average_price`. Crossref (api.crossref.org):
`{"message": {…}}` for one ISSN, `{"message": {"items": […]}}` for a search by name. A search finds names
that are alike: only one that is the same is taken to be the journal. An ISSN shows no more than what a page
prints, and a page may print another journal's: it only lets a name be shortened to its first letters.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from catalog.journals import is_issn, journal_key
from catalog.titles import initials

_BRACKETED = re.compile(r"[(\[][^()\[\]]*[)\]]")


class Unintelligible(ValueError):
    """An answer that is not of the shape that the register promises."""


@dataclass(frozen=True, slots=True)
class DoajFacts:
    """What DOAJ says of a journal that it lists. `charges` None: it does not say."""

    id: str
    issns: tuple[str, ...]
    publisher: str = ""
    institution: str = ""
    charges: bool | None = None
    charge: float | None = None
    currency: str = ""
    weeks: int | None = None


@dataclass(frozen=True, slots=True)
class CrossrefFacts:
    """What Crossref says of a journal with articles registered there."""

    issns: tuple[str, ...]
    publisher: str = ""
    works: int | None = None


def doaj_facts(answer: Any, key: str, issns: Sequence[str] = ()) -> DoajFacts | None:
    """The journal of this name among the results, or None when it is not listed. Raises Unintelligible."""
    results = answer.get("results") if isinstance(answer, dict) else None
    if results is None and isinstance(answer, dict) and "bibjson" in answer:
        results = [answer]  # a journal asked for by its id stands alone
    if not isinstance(results, list):
        raise Unintelligible(f"DOAJ answered without results: {str(answer)[:120]!r}")
    for result in results:
        described = result.get("bibjson") if isinstance(result, dict) else None
        if isinstance(described, dict):
            own = _issns((described.get("pissn"), described.get("eissn")))
            titles = (described.get("title"), described.get("alternative_title"))
            if any(_same(title, own, key, issns) for title in titles):
                return _doaj_facts(str(result.get("id") or ""), own, described)
    return None


def crossref_facts(answer: Any, key: str, issns: Sequence[str] = ()) -> CrossrefFacts | None:
    """The journal of this name, or None when Crossref has none of it. Raises Unintelligible."""
    message = answer.get("message") if isinstance(answer, dict) else None
    if not isinstance(message, dict):
        raise Unintelligible(f"Crossref answered without a message: {str(answer)[:120]!r}")
    items = message.get("items") if "items" in message else [message]
    for item in items if isinstance(items, list) else []:
        if isinstance(item, dict):
            own = _issns(item.get("ISSN") or ())
            if _same(item.get("title"), own, key, issns):
                counts = item.get("counts")
                works = _whole(counts.get("total-dois")) if isinstance(counts, dict) else None
                return CrossrefFacts(own, str(item.get("publisher") or "").strip(), works)
    return None


def _doaj_facts(number: str, issns: tuple[str, ...], described: dict[str, Any]) -> DoajFacts:
    charges, charge, currency = _charge(described.get("apc"))
    return DoajFacts(
        id=number,
        issns=issns,
        publisher=_name(described.get("publisher")),
        institution=_name(described.get("institution")),
        charges=charges,
        charge=charge,
        currency=currency,
        weeks=_whole(described.get("publication_time_weeks")),
    )


def _charge(apc: Any) -> tuple[bool | None, float | None, str]:
    """Whether there is an article charge, and the highest: prices come as numbers or as text."""
    if not isinstance(apc, dict):
        return None, None, ""
    highest = [one for one in apc.get("max") or () if isinstance(one, dict)]
    prices = [(_number(one.get("price")), str(one.get("currency") or "")) for one in highest]
    prices.append((_number(apc.get("average_price")), str(apc.get("currency") or "")))
    named = [(price, currency) for price, currency in prices if price]
    charges = apc.get("has_apc")
    said = charges if isinstance(charges, bool) else (True if named else None)
    price, currency = max(named, default=(None, ""), key=lambda one: one[0] or 0.0)
    return said, price if said else None, currency[:3].upper() if said else ""


def _same(title: Any, own: Sequence[str], key: str, issns: Sequence[str]) -> bool:
    if not isinstance(title, str):
        return False
    named = journal_key(title)
    if named == key or journal_key(_BRACKETED.sub(" ", title)) == key:  # "Example Reports (Basel)"
        return True
    shortened = len(key) > 1 and len(named) > 1 and (initials(named) == key or initials(key) == named)
    return shortened and bool(set(own) & set(issns))


def _issns(values: Any) -> tuple[str, ...]:
    listed: Iterable[Any] = values if isinstance(values, list | tuple) else ()
    return tuple(dict.fromkeys(value for value in listed if isinstance(value, str) and is_issn(value)))


def _name(value: Any) -> str:
    return str(value.get("name") or "").strip() if isinstance(value, dict) else str(value or "").strip()


def _number(value: Any) -> float | None:
    try:
        number = float(value)
    except (TypeError, ValueError):
        return None
    return number if 0 < number < 1e9 else None


def _whole(value: Any) -> int | None:
    number = _number(value)
    return int(number) if number is not None else None
