"""Announcement feeds of journals that run Open Journal Systems (pkp/ojs, plug-in AnnouncementFeed).

Only announcements that call for papers are kept. The feed holds what has not expired, not when it
expires: the deadline is in the prose. A title reads "Type: Title".
"""

import re

from catalog.words import Kind
from crawlers.bases import prose
from crawlers.bases.feed import Feed, FeedEntry, FeedSource, document_of
from crawlers.bases.refusal import ARTICLE
from crawlers.bases.saved import Found, Saved

FEED_PATH = "gateway/plugin/AnnouncementFeedGatewayPlugin"
_CALLS = re.compile(
    r"\bcalls? for (?:papers?|submissions?|articles?|manuscripts?|contributions?|abstracts?|case reports?)\b|\bcfp\b"
    r"|\b(?:special|thematic) issues?\b|\bspecial collections?\b|\bsubmissions? (?:are )?(?:now )?open\b"
    r"|\bappel à (?:communications?|contributions?|articles?|textes?)\b|\bconvocatoria\b"
    r"|\bllamado? a (?:artículos|contribuciones)\b"
    r"|\bchamadas? (?:de|para) (?:artigos|trabalhos|submiss\w+|publica\w+)\b|\bpanggilan (?:naskah|artikel)\b",
    re.I,
)
_NOT_FOR_AUTHORS = re.compile(
    r"\b(?:reviewers?|editors?|editorial (?:board|fellows?)|guest editors?|proposals? for (?:a )?special issues?)\b",
    re.I,
)


class OjsAnnouncementsSource(FeedSource, base=True):
    """Reads the announcement feeds of several journals; each feed names its journal."""

    shows_all = True  # the plug-in gives every announcement that has not expired, unless its editors limit it

    def read_entry(self, entry: FeedEntry, feed: Feed, saved: Saved) -> Found:
        """A call for papers, or a refusal of any other announcement."""
        if not _CALLS.search(entry.title) or _NOT_FOR_AUTHORS.search(entry.title):
            reason = f"{ARTICLE}: an announcement that calls for no papers"
            return self.refuse(key=entry.key, url=entry.url, title=entry.title, reason=reason)
        document = document_of(entry)
        text = prose.text_of(document)
        journal = journal_of(feed.title)
        return self.draft(
            saved,
            key=entry.key,
            url=entry.url,
            title=entry.title,
            kind=Kind.JOURNAL_CALL,
            organisation=journal,
            summary=text,
            description=text,
            tags=entry.tags,
            read=prose.fields_in(document, as_of=saved.as_of, day_first=self.day_first, kind=Kind.JOURNAL_CALL),
            published_at=entry.dated,
        )


def journal_of(feed_title: str) -> str:
    """The journal's name: feeds are called "Name: Announcements"."""
    return re.sub(
        r"\s*[:\-–]\s*(?:announcements?|avisos|annonces|pengumuman|notícias|noticias)\s*$", "", feed_title, flags=re.I
    )
