"""Calls for papers of journals of medicine, health and medical education that run Open Journal Systems."""

from catalog.words import Kind, Way
from crawlers.bases.ojs import FEED_PATH, OjsAnnouncementsSource

_JOURNALS = (
    "https://journalhosting.ucalgary.ca/index.php/cmej",  # Canadian Medical Education Journal
    "https://publications.inschool.id/index.php/ghmj",  # GHMJ (Global Health Management Journal)
)


class OjsAnnouncements(OjsAnnouncementsSource):
    name = "ojs_announcements"
    title = "Journals' calls for papers"
    organisation = "Journals on Open Journal Systems"
    aggregates = True
    kinds = (Kind.JOURNAL_CALL,)
    way = Way.FEED
    homepage = "https://journalhosting.ucalgary.ca/index.php/cmej/announcement"
    hosts = ("journalhosting.ucalgary.ca", "publications.inschool.id")
    terms = "Each journal's announcements are public; their feeds are a feature that its editors switch on."
    entrances = tuple(f"{journal}/{FEED_PATH}/rss2" for journal in _JOURNALS)
    gaps = "An older call can look withdrawn where editors show their newest announcements only."
    min_items = 0  # a journal has no call open for most of the year
