"""What the shape of a page says against its being one call: many dates, many links, nothing asked."""

import re
from dataclasses import dataclass

from crawlers.reading.document import Document
from crawlers.reading.patterns import words

_MANY_DATES = 15
_SOME_DATES = 8
_WORDS_TO_A_DATE = 150
"""In a list a date comes at least this often; a long page about one thing may name many dates."""
_MANY_LINKS = 25
_LONG_LINK = 25
_MANY_LINKED_HEADINGS = 5
_SEPARATORS = re.compile(r"\s[-–—|»·:]\s|\|")
WHOLE_PAGE = 150
"""Words from which a text is a whole page rather than an excerpt of one."""
_FEWEST_QUESTIONS = 3
_QUESTION = re.compile(r"(?:Q|Question|F|Frage|P|D)(?: ?\d+)?\s?[:.)]\s")
_ANSWER = re.compile(r"(?:A|R|Answer|Antwort)(?: ?\d+)?\s?[:.)]\s")
_LONGEST_TITLE = 300
_COUNT = re.compile(
    r"\W*(?:(?:the|top|best|over|more than|these|latest)\s+){0,3}(?!(?:19|20)\d\d\b)"
    r"(?:\d{2,4}|[3-9]|ten|twenty|thirty|fifty)\+?\s"
    r"(?!(?:one|two|three|four|five|six|year|month|week|day|hour|minute|phd|doctoral|postdoc\w*|esr)\b)",
    re.IGNORECASE,
)
"""A leading count of things: not a year, and not the places or the length of one thing."""
_FEW_WORDS = re.compile(r"(?:[\w'/&-]+\s+){0,6}")
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?"
_FULL_DATE = re.compile(
    rf"{_MONTH} \d\d?(?:st|nd|rd|th)?,? 20\d\d|\d\d?(?:st|nd|rd|th)? {_MONTH},? 20\d\d|20\d\d-\d\d-\d\d"
)


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something that speaks against a page, with the words that show it, if words do.

    `soft` doubts are about where a page stands (a blog), not what it is.
    """

    code: str
    says: str
    weight: float
    words: str = ""
    soft: bool = False


def shape_of(document: Document, text: str, *, asks: bool) -> list[Doubt]:
    """What a page's make-up says against it: a list by its title, links or dates; a page that asks for nothing.

    `text` is its matter in lower case; `asks` says whether it names a deadline, an application, who
    may apply, or an event in its title. A whole page that asks for nothing is a programme's home or
    an account of it; a short excerpt is not judged so.
    """
    found = []
    if any(words("kinds", "titles_of_lists").fullmatch(name) for name in _names(document)):
        found.append(Doubt("list-by-title", "called a list", 6.0))
    elif any(words("kinds", "titles_of_several").fullmatch(name) for name in _names(document)):
        found.append(Doubt("several-by-title", "called by several things' name", 1.0))
    names = _title_parts(document)
    if any(words("kinds", "titles_of_side_pages").fullmatch(name) for name in names):
        found.append(Doubt("side-page", "a page beside the call: its organisers, place, sponsors or rules", 7.0))
    elif any(words("kinds", "titles_of_programmes").fullmatch(name) for name in names):
        found.append(Doubt("programme-page", "what happens and when, or what a scheme is", 5.0, soft=True))
    if _asks_and_answers(document):
        found.append(Doubt("questions-and-answers", "a page of questions and answers", 7.0))
    if _linked_headings(document) >= _MANY_LINKED_HEADINGS:
        found.append(Doubt("list-of-links", "headings that lead to other pages", 4.0))
    dates = len(set(_FULL_DATE.findall(text)))
    links = sum(len(words) >= _LONG_LINK for words, _ in document.links)
    if (dates >= _MANY_DATES and dates * _WORDS_TO_A_DATE >= len(text.split())) or (
        dates >= _SOME_DATES and links >= _MANY_LINKS
    ):
        found.append(Doubt("list-of-dates", "so many dates that it is a list", 5.0))
    if not asks and len(text.split()) >= WHOLE_PAGE and not words("kinds", "plainly_asked").search(text):
        found.append(Doubt("nothing-asked", "a whole page that asks nobody to apply, submit or register", 4.0))
    return found


def _asks_and_answers(document: Document) -> bool:
    """Whether a page is made of questions with their answers ("Q: ... A: ..."), whatever else it is called."""
    asked = sum(bool(_QUESTION.match(block.text)) for block in document.main)
    answered = sum(bool(_ANSWER.match(block.text)) for block in document.main)
    if min(asked, answered) >= _FEWEST_QUESTIONS and 2 * (asked + answered) >= len(document.main):
        return True
    names = (document.heading, document.title) if document.heading or document.title else (_first_heading(document),)
    return any(words("kinds", "titles_of_questions").search(name) for name in names)


def _first_heading(document: Document) -> str:
    return next((block.text for block in document.main if block.level), "")


def _names(document: Document) -> list[str]:
    """The main heading and the first part of the title, in lower case."""
    first = _SEPARATORS.split(document.title, maxsplit=1)[0]
    return [" ".join(name.lower().split()) for name in (document.heading, first) if name]


def _title_parts(document: Document) -> list[str]:
    """The main heading, else the first one, and each part of the title: sites put their own name before or after."""
    parts = [document.heading or _first_heading(document), *_SEPARATORS.split(document.title)]
    return [" ".join(part.lower().split()) for part in parts if part.strip()]


def _linked_headings(document: Document) -> int:
    headings = {block.text for block in document.main if block.level}
    return len(headings & {words for words, _ in document.links})


def is_roundup(title: str) -> bool:
    """Whether a title announces many things ("20 fellowships currently open"), so that it is not one.

    A leading count decides; "Opportunities for Collaborative Research at NIH" is one call, and
    "12 one-year fellowships" or "10 PhD positions" are the places of one.
    """
    count = _COUNT.match(title[:_LONGEST_TITLE])
    if count is None:
        return False
    things = words("kinds", "counted").finditer(title[:_LONGEST_TITLE], count.end())
    return any(_FEW_WORDS.fullmatch(title, count.end(), thing.start()) for thing in things)
