"""Calls for papers among the updates of Springer Nature's journals of health services, education and nursing."""

from catalog.words import Kind, Way
from crawlers.bases.springer_updates import SpringerUpdatesSource

_JOURNALS = {
    "10459": "Advances in Health Sciences Education",
    "12909": "BMC Medical Education",
    "12912": "BMC Nursing",
    "12913": "BMC Health Services Research",
    "12960": "Human Resources for Health",
    "12992": "Globalization and Health",
    "13012": "Implementation Science",
    "40670": "Medical Science Educator",
}


class SpringerJournals(SpringerUpdatesSource):
    name = "springer_journals"
    title = "Springer Nature: journal updates"
    organisation = "Springer Nature"
    aggregates = True
    kinds = (Kind.JOURNAL_CALL,)
    way = Way.LISTING
    homepage = "https://link.springer.com/journal/12909/updates"
    hosts = ("link.springer.com",)
    terms = "https://www.springernature.com/gp/legal/general-terms-of-use/16834264"
    journals = _JOURNALS
    entrances = tuple(f"https://link.springer.com/journal/{number}/updates" for number in _JOURNALS)
    gaps = (
        "Written without a live look: its first crawl is to be reviewed. A deadline that only the "
        "update's own page states is not seen."
    )
    min_items = 0  # a journal may have no call open
