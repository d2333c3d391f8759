"""Which postings announce the same thing: pure, and careful, since a wrong join hides an opportunity.

Two postings are the same when they share an identifier or an address, or when they come from
different sources, every distinguishing word of one title is in the other (places and the
organiser's own name apart), the organisers agree as far as they are known, and the deadlines fit.
Never across kinds or editions. Only those that share a key of `catalog.candidates` need be compared.
"""

import datetime as dt
from enum import IntEnum
from itertools import product

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from catalog.candidates import Candidate
from catalog.series import NEXT_EDITION_AFTER
from catalog.titles import place_words, word_list

EXTENSION = dt.timedelta(days=31)
"""Two sources may differ by an extension that one of them has not noticed."""
_SAME_DAY = dt.timedelta(days=2)  # time zones, and "midnight" of the day before
_NO_ORGANISATION_WORDS = frozenset({"university", "institute", "hospital", "college", "department", "foundation"}) | {
    "a", "an", "and", "at", "de", "for", "in", "of", "on", "the"
}  # fmt: skip


class Likeness(IntEnum):
    """How sure it is that two postings are one thing; more is surer."""

    DIFFERENT = 0
    TITLE = 1
    ADDRESS = 2
    IDENTIFIER = 3


def likeness(one: Candidate, other: Candidate) -> Likeness:
    """How sure it is that two postings are the same edition of the same thing."""
    found = _alike(one, other)
    return found if found and one.kind is other.kind and _same_edition(one, other) else Likeness.DIFFERENT


def _alike(one: Candidate, other: Candidate) -> Likeness:
    """How alike two postings are, of whatever kind and edition. The cheap questions come first."""
    if not one.identifiers.isdisjoint(other.identifiers):
        return Likeness.IDENTIFIER
    if one.source == other.source:
        return Likeness.DIFFERENT  # a source tells its own things apart, also where one page lists them all
    if one.numbered.keys() & other.numbered.keys():
        return Likeness.DIFFERENT  # a registry tells its own things apart too
    if one.address and one.address == other.address:
        return Likeness.ADDRESS
    return Likeness.TITLE if _same_title(one, other) else Likeness.DIFFERENT


def _same_edition(one: Candidate, other: Candidate) -> bool:
    if not _years_agree(one.title.years, other.title.years):
        return False
    if not (_year_fits(one.title.years, other) and _year_fits(other.title.years, one)):
        return False
    if one.title.editions and other.title.editions and one.title.editions.isdisjoint(other.title.editions):
        return False
    if one.closes == other.closes:
        return True
    apart = _days_apart(one, other)
    if apart is None:
        return not (one.long_over or other.long_over) or bool(one.title.years & other.title.years)
    return apart < NEXT_EDITION_AFTER


def _years_agree(one: frozenset[int], other: frozenset[int]) -> bool:
    """Whether two titles may name the same year; two academic years must be the same one."""
    if not one or not other:
        return True
    return one == other if len(one) > 1 and len(other) > 1 else not one.isdisjoint(other)


def _year_fits(years: frozenset[int], undated_title: Candidate) -> bool:
    """Whether the year in one title fits the deadline of a posting whose own title names none."""
    if not years or undated_title.title.years or not undated_title.closes:
        return True
    first = dt.date(min(years) - 1, 7 if len(years) > 1 else 1, 1)  # a course year is not announced 18 months ahead
    return undated_title.closes[-1] >= first and undated_title.closes[0].year <= max(years)


def _same_title(one: Candidate, other: Candidate) -> bool:
    if one.title.numbers != other.title.numbers:
        return False
    if one.title.references and other.title.references and one.title.references.isdisjoint(other.title.references):
        return False
    if one.title.forms and other.title.forms and one.title.forms.isdisjoint(other.title.forms):
        return False
    agree = _organisations_agree(one, other)
    apart = _days_apart(one, other)
    if agree is False or (apart is not None and apart > EXTENSION):
        return False
    organisers = one.organisation_words | other.organisation_words
    shared, left, right = _compare(one.title.words, other.title.words)
    if agree:  # half an organiser's name in a title may be another organiser's
        left, right = left - organisers, right - organisers
    same_day = apart is not None and apart <= _SAME_DAY
    if (left and right) or (left | right) - place_words():
        return bool(agree and same_day and (_is_head(one, other) or _is_head(other, one)))
    if agree is None:
        telling = len(shared - word_list("common"))
        named_alike = bool(one.title.forms & other.title.forms)
        return telling >= 4 or (same_day and telling + named_alike >= 3)
    return len(shared) >= 2 or (len(shared) >= 1 and same_day)


def _is_head(short: Candidate, long: Candidate) -> bool:
    """Whether one title is the other without its subtitle, and the subtitle names no level, part or other form."""
    head = short.title.words
    rest = long.title.words - head
    telling = head - word_list("common") - short.organisation_words
    special = rest & word_list("levels") or long.title.forms - short.title.forms
    return head == long.title.head and len(telling) >= 2 and len(rest) >= 2 and not special


def _compare(left: frozenset[str], right: frozenset[str]) -> tuple[set[str], set[str], set[str]]:
    """Which words are shared, and what is left over on either side."""
    shared, only_left, only_right = set(left & right), set(left - right), set(right - left)
    for mine, theirs in product(sorted(only_left), sorted(only_right)):
        if mine in only_left and theirs in only_right and _misspelt(mine, theirs):
            only_left.remove(mine)
            only_right.remove(theirs)
            shared.add(min(mine, theirs))
    return shared, only_left, only_right


def _misspelt(one: str, other: str) -> bool:
    """Whether two words differ by one slip of a key; short words and different beginnings are different words."""
    return min(len(one), len(other)) >= 7 and one[:4] == other[:4] and Levenshtein.distance(one, other) <= 1


def _organisations_agree(one: Candidate, other: Candidate) -> bool | None:
    """Whether the organisers are the same, or None when one of them is not known."""
    for known, unknown in ((one, other), (other, one)):
        telling = known.organisation_words - _NO_ORGANISATION_WORDS - {known.initials}
        if telling and telling <= unknown.said | unknown.organisation_words:
            return True
    if not one.organisation or not other.organisation:
        return None
    if one.initials == other.organisation or other.initials == one.organisation:
        return True
    mine, theirs = (each.organisation_words - _NO_ORGANISATION_WORDS - {each.initials} for each in (one, other))
    _, left, right = _compare(mine, theirs)
    if left and right:
        return False
    return fuzz.token_sort_ratio(one.organisation, other.organisation) >= 85


def _days_apart(one: Candidate, other: Candidate) -> dt.timedelta | None:
    return min((abs(mine - theirs) for mine, theirs in product(one.closes, other.closes)), default=None)
