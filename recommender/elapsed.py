"""How long ago somebody got the degree that a condition counts from, as far as its year tells.

A year is some day of it. So a condition is met when it is met whichever day it was and whichever day the call counts
on, not met when it is met on none, and cannot be told else; then the day that would settle it is asked for.
"""

import calendar
import datetime as dt

from catalog.words import CareerStage, Degree, Profession, Verdict
from recommender.people import MenteeFacts
from recommender.reckoning import Days, Reckoning
from recommender.spans import Since, Span
from recommender.stages import IN_TRAINING_FOR_A_PROFESSION

YES, NO, CANNOT_TELL = Verdict.ELIGIBLE, Verdict.INELIGIBLE, Verdict.UNKNOWN
FACTS = {Since.DOCTORATE: "doctorate_in", Since.MEDICAL: "qualified_in", Since.QUALIFIED: "qualified_in"}
"""The fact that tells of a degree whoever it is."""
_TURNED = {YES: NO, NO: YES, CANNOT_TELL: CANNOT_TELL}
_DOCTORS = (CareerStage.MEDICAL_STUDENT, CareerStage.RESIDENT)
_SPELT = (Degree.MEDICAL, Degree.BACHELOR)
"""Who holds no higher degree than these has but one year in which they graduated."""


def within(span: Span, person: MenteeFacts, when: Reckoning, *, turned: bool = True) -> Verdict:
    """Whether somebody got the degree when a condition wants it; of several that are named any may be meant.

    turned: what the condition refuses is turned round. Else it is asked whether somebody is one of those kept out,
    who are those that do not do what is asked for with a "not".
    """
    facts = facts_wanted(span, person)
    found = {_by(span, fact, person, when) for fact in facts} or {CANNOT_TELL}
    verdict = found.pop() if len(found) == 1 else CANNOT_TELL
    if not (span.refused if turned else span.negated):
        return verdict
    return CANNOT_TELL if span.lenient and verdict is YES else _TURNED[verdict]


def facts_wanted(span: Span, person: MenteeFacts) -> tuple[str, ...]:
    """The facts that tell of the degrees that a condition counts from, for this person; none where none does."""
    wanted = dict.fromkeys(fact for since in span.since if (fact := _fact(since, person)))
    if len(wanted) > 1 and _never(person):
        wanted.pop("doctorate_in", None)
    return tuple(wanted)


def window(span: Span, person: MenteeFacts, when: Reckoning) -> tuple[Days, Days] | None:
    """The days of a degree that meet a condition for certain, and those that may; None where the call's day is needed.

    Either may be empty: its last day is then before its first.
    """
    if span.after or span.before:
        return _between_days(span, person, when)
    days = when.days(span.counted, person.as_of)
    if days is None:
        return None
    counted_first, counted_last = days
    latest = (_back(counted_first, span.least or 0), _back(counted_last, span.least or 0))
    if span.most is None:
        return (dt.date.min, latest[0]), (dt.date.min, latest[1])
    return (_back(counted_last, span.most), latest[0]), (_back(counted_first, span.most), latest[1])


def _between_days(span: Span, person: MenteeFacts, when: Reckoning) -> tuple[Days, Days]:
    """Of one that names days: where it names no last day, only degrees that are held on the day that counts are meant.

    Unless it speaks of degrees to come.
    """
    first = span.after or (dt.date.min, dt.date.min)
    last = span.before or dt.date.max
    if span.before or span.past is False:
        return (first[0], last), (first[1], last)
    counted = when.days(span.counted, person.as_of) or (dt.date.min, dt.date.max)
    return (first[0], counted[0]), (first[1], counted[1] if span.past else last)


def got_on(fact: str, person: MenteeFacts) -> Days | None:
    """The days on which a degree may have been got, or will be; None where its year is not known."""
    year: int | None = getattr(person, fact)
    if year is None:
        return None
    first, last = dt.date(year, 1, 1), dt.date(year, 12, 31)
    held = _holds(fact, person)
    if person.as_of is not None and held is not None and first <= person.as_of <= last:
        return (first, person.as_of) if held else (person.as_of, last)
    return first, last


def _by(span: Span, fact: str, person: MenteeFacts, when: Reckoning) -> Verdict:
    got = got_on(fact, person)
    if got is None:
        return NO if fact == "doctorate_in" and _never(person) and not (span.lenient or span.negated) else CANNOT_TELL
    windows = window(span, person, when)
    if windows is None:
        return CANNOT_TELL
    (first, last), (perhaps_first, perhaps_last) = windows
    if got[0] >= first and got[1] <= last:
        return CANNOT_TELL if span.done and span.least else YES  # so long ago, but were they spent in practice?
    if got[1] < perhaps_first or got[0] > perhaps_last:
        return CANNOT_TELL if span.lenient or (span.done and got[1] < perhaps_first) else NO
    return CANNOT_TELL


def _fact(since: Since, person: MenteeFacts) -> str | None:
    """The fact behind a degree, None where nobody's facts tell which of several is meant."""
    if since is Since.MEDICAL:
        return "qualified_in" if _is_of_medicine(person) else None
    if since in (Since.HIGHEST, Since.GRADUATION):
        if person.degree is Degree.DOCTORATE and since is Since.HIGHEST:
            return "doctorate_in"
        one_degree = person.degree in _SPELT or (person.degree is None and person.stage in _DOCTORS)
        studies = since is Since.GRADUATION and person.stage in IN_TRAINING_FOR_A_PROFESSION
        return "qualified_in" if one_degree or studies else None
    if since is Since.DOCTORATE and person.doctorate_in is None and _never(person):
        return "doctorate_in"
    return FACTS[since]


def _is_of_medicine(person: MenteeFacts) -> bool:
    doctor = person.profession in (None, Profession.PHYSICIAN) and person.stage in _DOCTORS
    return doctor or person.profession is Profession.PHYSICIAN or person.degree is Degree.MEDICAL


def _never(person: MenteeFacts) -> bool:
    """Whether somebody has no doctorate and is on the way to none."""
    if person.degree is Degree.DOCTORATE or person.stage in (CareerStage.GRADUATE_STUDENT, CareerStage.POSTDOC):
        return False
    return person.degree is not None or person.stage in IN_TRAINING_FOR_A_PROFESSION


def _holds(fact: str, person: MenteeFacts) -> bool | None:
    """Whether the degree is held by now; None where that is not known."""
    if fact == "doctorate_in":
        if person.degree is None:
            return True if person.stage is CareerStage.POSTDOC else None
        return person.degree is Degree.DOCTORATE
    if person.stage in IN_TRAINING_FOR_A_PROFESSION:
        return False
    return True if person.degree is Degree.MEDICAL or person.stage is CareerStage.RESIDENT else None


def _back(day: dt.date, months: int) -> dt.date:
    """The same day so many months before, or the last one of a shorter month."""
    at = day.year * 12 + day.month - 1 - months
    year, month = divmod(at, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
