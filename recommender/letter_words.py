"""The words of our messages in each language that we write: templates of our own, sentences, and dates.

They are data (`recommender/data/letters.toml`), so that a language is added without code.
"""

import datetime as dt
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from catalog.drafts import Deadline
from catalog.values import ANYWHERE_ON_EARTH
from catalog.words import DeadlinePurpose, Precision
from recommender.letter_templates import Template, fill

ENGLISH = "en"


@dataclass(frozen=True, slots=True)
class Words:
    """One language: see the file for what each sentence is for."""

    language: str
    name: str
    subject: str
    body: str
    several: str
    due: str
    why: str
    they_write: str
    asks_for: str
    rolling: str
    no_deadline: str
    start_by: str
    caution: str
    day: str
    month: str
    no_zone: str
    aoe: str
    months: tuple[str, ...]
    what_is_due: dict[DeadlinePurpose, str]

    @property
    def template(self) -> Template:
        """Our own template."""
        return Template(self.subject, self.body.strip(), self.language)

    def say_day(self, day: dt.date) -> str:
        """A date that no reader can take for another: 31 March 2027."""
        return self._date(self.day, day)

    def say_date(self, deadline: Deadline) -> str:
        """A deadline's date alone; nothing where it has none."""
        if deadline.on is None:
            return ""
        return self._date(self.month if deadline.precision is Precision.MONTH else self.day, deadline.on)

    def say_deadline(self, deadline: Deadline) -> str:
        """A deadline as exactly as it is known. A date without a time shows none."""
        date = self.say_date(deadline)
        if deadline.clock is None or deadline.precision not in (Precision.INSTANT, Precision.LOCAL_TIME):
            return date
        if deadline.precision is Precision.LOCAL_TIME or deadline.zone is None:
            return f"{date}, {deadline.clock:%H:%M} {self.no_zone}"
        zone = self.aoe if deadline.zone == ANYWHERE_ON_EARTH else deadline.zone
        return f"{date}, {deadline.clock:%H:%M} {zone}"

    def _date(self, pattern: str, day: dt.date) -> str:
        return fill(pattern, {"day": str(day.day), "month": self.months[day.month - 1], "year": str(day.year)})


@cache
def languages() -> dict[str, Words]:
    """The languages by their codes, English first."""
    table = tomllib.loads(files("recommender").joinpath("data/letters.toml").read_text("utf-8"))
    found = {}
    for code, entry in table.items():
        due = {DeadlinePurpose(purpose): said for purpose, said in entry.pop("what_is_due").items()}
        found[code] = Words(language=code, months=tuple(entry.pop("months")), what_is_due=due, **entry)
    return found


def words_for(locale: str) -> Words:
    """The words for a locale (`es-MX`), English where we do not write its language."""
    known = languages()
    return known.get(locale.split("-")[0].lower(), known[ENGLISH])
