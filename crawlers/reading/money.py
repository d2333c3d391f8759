"""What it pays and what it costs: amounts with their purpose, and funding in one word.

An amount is for whatever the nearest word says (stipend, travel, fee, article charge, prize, award).
Funding is what the page says for the person who takes part: a fee for others, or a tuition that a
scholarship covers, is no fee.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal, cast

from catalog.drafts import Money
from catalog.words import Funding, MoneyPurpose
from crawlers.reading.amounts import Amount, amounts_in
from crawlers.reading.document import Document
from crawlers.reading.patterns import Wording, table, words
from crawlers.reading.sentences import Sentence, clip, own_title, sentences_of

Period = Literal["total", "year", "month", "week", "day", "hour"]
_MOST_AMOUNTS = 30
_MOST_READ = 200
_MOST_SENTENCES = 1500
_PERIOD_REACH = 30
_SAID = ("full", "stipend", "travel", "unpaid", "fee", "free")
"""The lists of `data/money.toml` that speak of funding, those that decide first first."""
_PAID_AS = {
    MoneyPurpose.STIPEND: Funding.STIPEND,
    MoneyPurpose.AWARD: Funding.STIPEND,
    MoneyPurpose.PRIZE: Funding.STIPEND,
    MoneyPurpose.TRAVEL: Funding.TRAVEL,
    MoneyPurpose.FEE: Funding.FEE,
}


@dataclass(frozen=True, slots=True)
class MoneyReading:
    """Funding in one word, the amounts, and the words behind them by field name."""

    funding: Funding
    money: tuple[Money, ...]
    quotes: dict[str, str]


def money_in(document: Document) -> MoneyReading:
    """Read what a page pays and costs. Nothing said is `unknown`, never free."""
    money: list[Money] = []
    said: dict[str, str] = {}
    for count, sentence in enumerate(sentences_of(document)):
        if count > _MOST_SENTENCES or len(money) > _MOST_READ:
            break
        money.extend(_money(sentence))
        for name, quote in _funding(sentence.text):
            said.setdefault(name, quote)
    kept = tuple(dict.fromkeys(money))[:_MOST_AMOUNTS]
    titled = dict(_funding(own_title(document)))
    funding, quote = _decided(titled or said, kept)
    quotes = {"funding": quote} if quote else {}
    if kept:
        quotes["money"] = kept[0].quote
    return MoneyReading(funding, kept, quotes)


def _money(sentence: Sentence) -> Iterator[Money]:
    text = sentence.text[:5000]
    if not re.search(r"\d", text):
        return
    context = f"{sentence.heading} {sentence.label}"
    for amount in amounts_in(text):
        if not words("money", "not_ours").search(text[max(0, amount.start - 60) : amount.end + 40]):
            yield Money(
                purpose=_purpose(text, amount, context),
                low=None if _is_the_most(text, amount) else amount.low,
                high=amount.low if _is_the_most(text, amount) else amount.high,
                currency=amount.currency,
                per=_period(text, amount),
                quote=clip(text, amount.start, amount.end),
            )


def _is_the_most(text: str, amount: Amount) -> bool:
    """Whether a single amount is a ceiling: "up to £5,000", "£750 at most"."""
    before, after = text[max(0, amount.start - 30) : amount.start], text[amount.end : amount.end + 20]
    said = _at_most().search(before.lower()) or words("money", "at_most_after").match(after.lstrip(" ,("))
    return amount.high is None and said is not None


@cache
def _at_most() -> re.Pattern[str]:
    return re.compile(rf"{words('money', 'at_most_before').pattern}\W*$")


@cache
def _purposes() -> tuple[tuple[MoneyPurpose, Wording], ...]:
    return tuple((MoneyPurpose(name), Wording(any_of)) for name, any_of in table("money")["purposes"].items())


def _purpose(text: str, amount: Amount, context: str) -> MoneyPurpose:
    """What the nearest word of purpose says, before the amount rather than after; else the heading."""
    nearest: tuple[float, MoneyPurpose] | None = None
    for purpose, pattern in _purposes():
        for found in pattern.finditer(text, max(0, amount.start - 120), min(len(text), amount.end + 60)):
            before = found.end() <= amount.start
            distance = amount.start - found.end() if before else (found.start() - amount.end) * 1.5 + 2
            if purpose is MoneyPurpose.AWARD:
                distance += 15  # "award", "up to" say little beside "travel" or "stipend"
            if nearest is None or distance < nearest[0]:
                nearest = (distance, purpose)
    if nearest is not None:
        return MoneyPurpose.AWARD if nearest[1] is MoneyPurpose.FEE and _is_paid_for(text) else nearest[1]
    return next((purpose for purpose, pattern in _purposes() if pattern.search(context)), MoneyPurpose.OTHER)


def _is_paid_for(text: str) -> bool:
    """Whether a sentence says that fees are paid for the one who takes part: "the scholarship pays tuition"."""
    return bool(words("money", "funding.paid_for").search(text))


def _period(text: str, amount: Amount) -> Period | None:
    after = text[amount.end : amount.end + _PERIOD_REACH]
    before = text[max(0, amount.start - _PERIOD_REACH) : amount.start]
    for window in (re.split(r"[.;,(]\s", after)[0], re.split(r"[.;,]\s", before)[-1]):
        for name in table("money")["periods"]:
            if words("money", f"periods.{name}").search(window):
                return cast(Period, name)
    return None


@cache
def _any_funding() -> Wording:
    """Every wording that speaks of funding, for a first look at a sentence."""
    return Wording(one for name in _SAID for one in table("money")["funding"][name])


def _funding(text: str) -> Iterator[tuple[str, str]]:
    """What a sentence says of funding, by the name of the list that said it, with its words."""
    lists = table("money")["funding"]
    if not _any_funding().search(text):
        return
    for name in _SAID:
        found = words("money", f"funding.{name}").search(text)
        if not found or (f"not_{name}" in lists and words("money", f"funding.not_{name}").search(text)):
            continue
        if name != "fee" or not _is_paid_for(text):
            yield name, clip(text, *found.span())


def _decided(said: dict[str, str], money: tuple[Money, ...]) -> tuple[Funding, str]:
    """Funding in one word: what is paid beats what it costs, but "unpaid" beats a stipend without an amount."""
    paid = [amount for amount in money if amount.purpose is MoneyPurpose.STIPEND]
    charged = [amount for amount in money if amount.purpose is MoneyPurpose.FEE and (amount.low or amount.high)]
    order = list(_SAID)
    if "unpaid" in said and not paid:
        order.remove("stipend")
    if charged and "free" in said:
        order.remove("free")
    for name in order:
        if name in said:
            return Funding.NONE if name in ("unpaid", "free") else Funding(name), said[name]
    for amount in money:
        if amount.purpose in _PAID_AS:
            return _PAID_AS[amount.purpose], amount.quote
    return Funding.UNKNOWN, ""
