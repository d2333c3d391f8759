"""Journals' calls for papers as pages: special issues, collections, topics.

Publishers print the same few facts in their own words: "Submission Status: Open | Submission
Deadline: 2 March 2026", "Deadline for manuscript submissions: 30 November 2025 | Viewed by 12",
"closed (31 October 2022)". A journal's page about how to submit, and an invitation to edit an issue,
call for nothing.
"""

import re
from collections.abc import Mapping
from typing import ClassVar

from catalog.words import Kind, Outcome
from crawlers.bases import prose
from crawlers.bases.linked_pages import LinkedPagesSource
from crawlers.bases.links import path_of
from crawlers.bases.refusal import ARTICLE
from crawlers.bases.saved import Found, Saved
from crawlers.reading.document import Document

_STATES_A_CALL = re.compile(
    r"\bsubmission (?:status|deadline)\b|\bdeadline for (?:manuscript |paper )?submissions?\b|\bsubmissions? due\b"
    r"|\bcall(?:s|ing)? for (?:papers|submissions|manuscripts|articles)\b"
    r"|\b(?:collection|special issue|theme issue|research topic)\b[^.]{0,120}\b(?:welcomes?|invites?|submit)\b",
    re.I,
)
_CLOSED = re.compile(
    r"\bsubmission status\W{0,3}closed\b[^.\n]{0,60}|\bsubmissions?\W{0,3}closed \([^)]{4,40}\)"
    r"|\bthis (?:special issue|collection|call for papers) is (?:now )?closed(?: for submissions?)?",
    re.I,
)
_FOR_EDITORS = re.compile(
    r"\b(?:calls? for|seeking|wanted|join)\b[^.]{0,30}\b(?:reviewers?|editors?|proposals?)\b|\bpropose an? ", re.I
)
_A_JOURNAL = r"(?P<name>[A-Z][\w&'’.,:() -]{2,90}?)"
_OF_JOURNAL = (
    re.compile(rf"\b[Ss]pecial [Ii]ssue (?:of|in) (?:the (?:journal )?)?{_A_JOURNAL} \((?:e?ISSN|P-ISSN)"),
    re.compile(rf"(?m)^{_A_JOURNAL} is calling for (?:submissions|papers)\b"),
    re.compile(rf"\b[Jj]ournals?\s*:\s*{_A_JOURNAL}(?:\n|$)"),
)


class JournalPagesSource(LinkedPagesSource, base=True):
    """Reads pages that each call for papers. `journals` names those that only the path of a page tells apart."""

    kind = Kind.JOURNAL_CALL
    journals: ClassVar[Mapping[str, str]] = {}

    def read_programme(self, document: Document, saved: Saved) -> Found:
        """A call for papers, open or closed, or the reason why the page is none."""
        title, url, text = (
            document.heading or document.title,
            self.own_address(document, saved),
            prose.text_of(document),
        )
        if not _STATES_A_CALL.search(f"{title}\n{text}"):
            reason = f"{ARTICLE}: it calls for no papers"
            return self.refuse(key=url, url=url, title=title, reason=reason)
        if _FOR_EDITORS.search(title):
            reason = f"{ARTICLE}: it calls for editors or reviewers"
            return self.refuse(key=url, url=url, title=title, reason=reason)
        read = prose.fields_in(document, as_of=saved.as_of, day_first=self.day_first, kind=Kind.JOURNAL_CALL)
        if closed := _CLOSED.search(text):
            words = {**read.get("quotes", {}), "outcome": " ".join(closed[0].split())}
            read |= {"outcome": Outcome.CLOSED, "quotes": words}
        return self.draft(
            saved,
            key=url,
            url=url,
            title=title,
            kind=Kind.JOURNAL_CALL,
            organisation=journal_named(text) or self.journal_at(url),
            summary=document.meta.get("description") or text,
            description=text,
            read=read,
        )

    def journal_at(self, url: str) -> str:
        """The journal that the path of an address names, as far as this source knows."""
        return next((name for part, name in self.journals.items() if f"/{part}/" in f"{path_of(url)}/"), "")


def journal_named(text: str) -> str:
    """The journal that a call says it is of, or nothing."""
    for words in _OF_JOURNAL:
        if found := words.search(text):
            return found["name"].strip(" ,.")
    return ""
