"""Open special issues of MDPI's journals of healthcare, nursing, public health and medical education."""

from catalog.words import Kind, Way
from crawlers.bases.journal_pages import JournalPagesSource

_LIST = "https://www.mdpi.com/journal/{}/special_issues?page_count=100&page_no=1&search=&section_id=&sort=deadline&view=open"
_JOURNALS = {
    "healthcare": "Healthcare",
    "nursrep": "Nursing Reports",
    "ime": "International Medical Education",
    "ijerph": "International Journal of Environmental Research and Public Health",
}


class MdpiSpecialIssues(JournalPagesSource):
    name = "mdpi_special_issues"
    title = "MDPI special issues"
    organisation = "MDPI"
    aggregates = True
    kinds = (Kind.JOURNAL_CALL,)
    way = Way.LISTING
    homepage = "https://www.mdpi.com/journal/healthcare/special_issues"
    hosts = ("www.mdpi.com",)
    terms = "https://www.mdpi.com/about/terms-and-conditions"
    journals = _JOURNALS
    entrances = tuple(_LIST.format(journal) for journal in _JOURNALS)
    pages = r"^/journal/\w+/special_issues/\w+/?$"
    shows_all = False  # the hundred that close first
    day_first = True
    gaps = (
        "Written without a live look: its first crawl is to be reviewed. Mirrors of the site under other "
        "names exist: only 'www.mdpi.com' is asked. Many issues are edited by guests; see the signs of "
        "trust beside each call."
    )
    min_items = 10
