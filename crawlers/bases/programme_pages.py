"""Is this page a programme that one can join, or does it only write about such things?

Used where a site publishes neither a list nor structured data. A programme page states things of
its own in short: a price, a length, dates, a way to apply. An article reasons at length under
numbered or asking headings, and says when it was written.
"""

import re

from crawlers.bases.links import path_of
from crawlers.bases.refusal import ARTICLE, NO_KIND, ROUNDUP
from crawlers.reading.document import Document
from crawlers.reading.kinds import is_roundup

_ARTICLE_PATHS = re.compile(
    r"/(?:blog|news|articles?|stories|story|press|resources?|guides?|tag|category|author|faqs?|reviews?|testimonials?|team|about|staff"
    r"|contact|privacy|terms|donate|gallery|events?)(?:/|$|-us|-policy)",
    re.I,
)
_ARTICLE_SLUG = re.compile(
    r"/(?:how|what|why|when|where|which|who|should|can|is|are|do|does|tips?|top|best|ways|reasons|things|guide|ultimate|understanding"
    r"|everything|becoming|a-guide|the-(?:ultimate|complete|best|top|importance|benefits)|\d+)-[^/]*/?$"
    r"|/[^/]*-(?:tips|guide|checklist|explained|vs)(?:-[^/]*)?/?$|/[^/]*-20\d\d(?:-[^/]*)?/?$",
    re.I,
)
_ASKING = re.compile(
    r"^\s*(?:\d+[.):]\s|(?:how|what|why|when|which|who|should|can|is|are|do|does|tips?|conclusion|final thoughts)\b)",
    re.I,
)
_PRICE = re.compile(r"[$€£]\s?\d[\d,.]*|\b(?:USD|EUR|GBP)\s?\d[\d,.]+|\b\d[\d,.]+\s?(?:USD|EUR|GBP)\b")
_STATED = {
    "a fee": re.compile(
        r"\b(?:program(?:me)?|application|internship|tuition) (?:fees?|costs?|price)\b|\bfees? (?:include|cover)",
    ),
    "a length": re.compile(
        r"\b(?:\d+|two|three|four|six|eight|ten|twelve)(?:\s?[-–]\s?(?:to\s)?\d+)?[\s-]?(?:weeks?|months?)\b",
    ),
    "a way to apply": re.compile(
        r"\bapply (?:now|here|today|online|by)\b|\bstart (?:your|an) application\b|\benrol+ (?:now|here)\b"
        r"|\bapplication (?:form|deadline|process)\b|\breserve your (?:place|spot)\b",
    ),
    "dates": re.compile(
        r"\b(?:(?:start|arrival|session|program(?:me)?) dates?|intakes?|rolling admissions?|year[- ]round)\b",
    ),
    "what is included": re.compile(
        r"\bwhat(?:'|’)?s included\b|\b(?:accommodation|housing|meals|airport pick-?up)\b[^.]{0,40}\bincluded\b"
        r"|\bincludes? (?:accommodation|housing|meals)\b",
    ),
    "who may join": re.compile(r"\b(?:eligibility|who can (?:apply|join)|requirements|open to)\b"),
}
"""In lower case, which is several times faster than taking any case."""
_SIGNS = {
    "a price": ("$", "€", "£", "usd", "eur", "gbp"),
    "a fee": ("fee", "cost", "price"),
    "a length": ("week", "month"),
    "a way to apply": ("appl", "enrol", "reserve your"),
    "dates": ("date", "intake", "rolling", "round"),
    "what is included": ("includ",),
    "who may join": ("eligib", "who can", "requirement", "open to"),
}
"""Letters without which each pattern above cannot match: looking for these first is ten times faster."""
_ENOUGH = 3
_WRITTEN = {"Article", "BlogPosting", "NewsArticle", "FAQPage", "QAPage", "AboutPage", "ContactPage", "ProfilePage"}


def article_by_address(url: str) -> str:
    """Why an address is an article's, or nothing: advice asks, counts or carries a year in its last part."""
    path = path_of(url)
    if found := _ARTICLE_PATHS.search(path):
        return f"it lies under {found[0]}"
    if _ARTICLE_SLUG.search(path):
        return "its address asks, counts or dates like advice"
    return ""


def why_no_programme(document: Document) -> str:
    """The reason to refuse a page, or nothing when it states what a programme states."""
    title = document.heading or document.title
    if is_roundup(title):
        return f"{ROUNDUP}: many things at once"
    if document.url and (reason := article_by_address(document.url)):
        return f"{ARTICLE}: {reason}"
    types = {str(name) for thing in document.structured for name in _as_list(thing.get("@type"))}
    if written := types & _WRITTEN:  # og:type says nothing: WordPress plug-ins call every page an article
        return f"{ARTICLE}: it calls itself {', '.join(sorted(written))}"
    headings = [block.text for block in document.main if block.level in (2, 3)]
    asking = [text for text in headings if _ASKING.search(text) or text.rstrip().endswith("?")]
    stated = statements(document)
    if len(asking) >= 3 and len(asking) * 2 >= len(headings) and len(stated) < _ENOUGH + 2:
        return f"{ARTICLE}: its headings ask or count ({asking[0][:60]!r})"
    if len(stated) < _ENOUGH:
        return f"{NO_KIND}: it states only {', '.join(stated) or 'nothing'} of a programme"
    return ""


def statements(document: Document) -> list[str]:
    """What a page states of the things that a programme states."""
    text = "\n".join(block.words for block in document.main)
    text += "\n" + "\n".join(words for words, _ in document.links)
    lower = text.lower()
    possible = (name for name, signs in _SIGNS.items() if any(sign in lower for sign in signs))
    return [name for name in possible if (_PRICE.search(text) if name == "a price" else _STATED[name].search(lower))]


def _as_list(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]
