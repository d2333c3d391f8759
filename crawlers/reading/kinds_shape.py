"""What the shape of a page says against its being one call: many dates, many links, nothing asked."""

import re
from dataclasses import dataclass

from crawlers.reading.document import Document

_MANY_DATES = 15
_SOME_DATES = 8
_MANY_LINKS = 25
_LONG_LINK = 25
_WHOLE_PAGE = 150
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?"
_FULL_DATE = re.compile(
    rf"{_MONTH} \d\d?(?:st|nd|rd|th)?,? 20\d\d|\d\d?(?:st|nd|rd|th)? {_MONTH},? 20\d\d|20\d\d-\d\d-\d\d"
)


@dataclass(frozen=True, slots=True)
class Shape:
    """A trait of a page that speaks against it."""

    code: str
    says: str
    weight: float


def shape_of(document: Document, text: str, *, asks: bool) -> tuple[Shape, ...]:
    """The traits of a page's make-up that speak against it.

    `text` is its matter in lower case; `asks` says whether it names a deadline, an application or
    who may apply. A whole page that asks for nothing is a programme's home or an account of it; a
    short excerpt is not judged so.
    """
    dates = len(set(_FULL_DATE.findall(text)))
    links = sum(len(words) >= _LONG_LINK for words, _ in document.links)
    found = []
    if dates >= _MANY_DATES or (dates >= _SOME_DATES and links >= _MANY_LINKS):
        found.append(Shape("list-of-dates", "so many dates that it is a list", 5.0))
    if not asks and len(text.split()) >= _WHOLE_PAGE:
        found.append(Shape("nothing-asked", "a whole page that asks nobody to apply, submit or register", 4.0))
    return tuple(found)
