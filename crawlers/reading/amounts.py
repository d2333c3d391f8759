"""Amounts of money as pages write them: "40.000 €", "40 000 Ft", "$3,300", "USD 1,500", "€1-2 million".

A number counts only beside a currency; scores (IELTS 7.5), counts of fellowships and years do not.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from catalog.vocabularies import is_currency
from crawlers.reading.patterns import table

_NUMBER = (
    r"\d{1,2}(?:,\d{2}){1,3},\d{3}(?!\d)"  # 18,00,000: lakhs
    r"|\d{1,3}(?:[.,'’ \u00a0\u202f]\d{3}){1,4}(?:[.,]\d{1,2})?(?!\d)|\d{1,12}(?:[.,]\d{1,2})?(?!\d)"
)
_SCALE = r"(?:\s?(?:k|K|thousand|million|[Mm]io\.?|m|M|bn|billion|lakh)\b)?"
_AMOUNT = rf"(?:{_NUMBER}){_SCALE}"
_RANGE = rf"(?P<low>{_AMOUNT})(?:\s?(?:-|–|—|to|and|à|a|bis|e)\s?(?P<mark>[$€£])?\s?(?P<high>{_AMOUNT}))?"
_SCALES = {"k": 1e3, "thousand": 1e3, "m": 1e6, "mio": 1e6, "million": 1e6, "bn": 1e9, "billion": 1e9, "lakh": 1e5}
_LARGEST = 1e12
_LEAST_RAND = 500


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount or range in one currency (ISO 4217), and where it stands in its text."""

    low: float
    high: float | None
    currency: str
    start: int
    end: int


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    symbols, names = table("money")["symbols"], table("money")["names"]
    codes = r"[A-Z]{3}(?:\s?[$€£])?"
    before = "|".join(sorted((re.escape(symbol) for symbol in symbols), key=len, reverse=True))
    after = "|".join(sorted((re.escape(word) for word in (*symbols, *names) if word != "R"), key=len, reverse=True))
    leading = re.compile(rf"(?<![\w$€£.,-])(?P<currency>{before}|{codes})\s?{_RANGE}")
    trailing = re.compile(rf"(?<![\w$€£.,/-]){_RANGE}\s?(?P<currency>(?i:{after})|{codes})(?!\w)")
    return leading, trailing


def amounts_in(text: str) -> Iterator[Amount]:
    """Yield the amounts in `text`, in order, each number once."""
    leading, trailing = _patterns()
    taken = 0
    found = [
        amount
        for pattern in (leading, trailing)
        for match in pattern.finditer(text)
        if (amount := _amount(match, text))
    ]
    for amount in sorted(found, key=lambda amount: (amount.start, -(amount.end - amount.start))):
        if amount.start >= taken:
            taken = amount.end
            yield amount


def _amount(match: re.Match[str], text: str) -> Amount | None:
    currency = _currency(match["currency"], text, match.end())
    low = _value(match["low"])
    high = _value(match["high"]) if match["high"] else None
    if currency is None or low is None or low > _LARGEST:
        return None
    if match["currency"] == "R" and low < _LEAST_RAND:
        return None  # "R 3" is a region, "R01" a grant
    if high is not None and _is_year(match["low"]) and _is_year(match["high"]):
        return None  # "2026-2027 EUR region"
    start, end = match.span()
    if high is not None and high <= low:
        high = None
    if (
        high is not None
        and low < 1000 <= high
        and re.search(r"[a-z]", match["high"], re.IGNORECASE)
        and not re.search(r"[a-z]", match["low"], re.IGNORECASE)
    ):
        low *= _scale(match["high"])  # "€1-2 million"
    return Amount(low, high, currency, start, end)


def _is_year(written: str) -> bool:
    return bool(re.fullmatch(r"(?:19|20)\d\d", written))


def _currency(written: str, text: str, end: int) -> str | None:
    tables = table("money")
    written = written.strip()
    if written in ("$", "US$") and (code := re.match(r"\s?(CAD|AUD|NZD|USD|SGD|HKD)\b", text[end : end + 5])):
        return code.group(1)
    symbol = tables["symbols"].get(written)
    if symbol:
        return str(symbol)
    name = tables["names"].get(written.lower())
    if name:
        return str(name)
    lowered = {key.lower(): value for key, value in tables["symbols"].items()}
    iso = written[:3].upper()
    return iso if is_currency(iso) and written[:3].isupper() else lowered.get(written.lower())


def _scale(written: str) -> float:
    word = re.search(r"[a-z]+", written, re.IGNORECASE)
    return _SCALES.get(word.group().lower(), 1.0) if word else 1.0


def _value(written: str) -> float | None:
    """The number that is written, whichever of dot, comma, apostrophe and space groups its digits."""
    digits = re.sub(r"[^\d.,]", "", re.sub(r"[a-z].*", "", written, flags=re.IGNORECASE)).strip(".,")
    decimal = re.search(r"[.,](\d{1,2})$", digits)
    whole = digits[: decimal.start()] if decimal else digits
    whole = re.sub(r"[.,]", "", whole)
    if not whole:
        return None
    return (float(whole) + (float(f"0.{decimal.group(1)}") if decimal else 0.0)) * _scale(written)
