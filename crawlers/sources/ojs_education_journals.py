"""Calls for papers of African and student journals of health professions education on Open Journal Systems."""

from catalog.words import Kind, Way
from crawlers.bases.ojs import FEED_PATH, OjsAnnouncementsSource

_JOURNALS = (
    "http://www.ajhpe.org.za/index.php/ajhpe",  # African Journal of Health Professions Education
    "https://ijms.info/IJMS",  # International Journal of Medical Students
)


class OjsEducationJournals(OjsAnnouncementsSource):
    name = "ojs_education_journals"
    title = "Journals of health professions education"
    organisation = "Journals on Open Journal Systems"
    aggregates = True
    kinds = (Kind.JOURNAL_CALL,)
    way = Way.FEED
    homepage = "http://www.ajhpe.org.za/index.php/ajhpe/announcement"
    hosts = ("www.ajhpe.org.za", "ijms.info")
    terms = "Each journal's announcements are public; their feeds are a feature that its editors switch on."
    entrances = tuple(f"{journal}/{FEED_PATH}/rss2" for journal in _JOURNALS)
    gaps = (
        "Written without a live look: its first crawl is to be reviewed. A feed holds what has not "
        "expired, without saying when it expires; a journal without the plug-in answers with a page."
    )
    min_items = 0  # a journal has no call open for most of the year
