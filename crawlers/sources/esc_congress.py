"""The call for science of the congress of the European Society of Cardiology."""

from catalog.words import Kind, Way
from crawlers.bases.linked_pages import LinkedPagesSource


class EscCongress(LinkedPagesSource):
    name = "esc_congress"
    title = "ESC Congress: abstracts"
    organisation = "European Society of Cardiology"
    kinds = (Kind.WORKSHOP,)
    way = Way.DETAIL
    homepage = "https://www.escardio.org/events/congresses/esc-congress/call-for-science/abstracts"
    hosts = ("www.escardio.org",)
    terms = "https://www.escardio.org/Terms-and-conditions"
    entrances = ("https://www.escardio.org/events/congresses/esc-congress/call-for-science/abstracts",)
    pages = r"^/events/congresses/esc-congress/call-for-science/[\w-]+/?$"
    kind = Kind.WORKSHOP
    day_first = True
    gaps = "Written without a live look: its first crawl is to be reviewed. One address for every year's call."
    min_items = 0
