"""Research fellowships and scholarships in ear, nose and throat medicine of an Australian foundation."""

from catalog.words import Kind, Way
from crawlers.bases.linked_pages import LinkedPagesSource


class GprwmfAwards(LinkedPagesSource):
    name = "gprwmf_awards"
    title = "Garnett Passe and Rodney Williams Memorial Foundation"
    organisation = "Garnett Passe and Rodney Williams Memorial Foundation"
    kinds = (Kind.FELLOWSHIP,)
    way = Way.LISTING
    homepage = "https://gprwmf.org.au/awards/"
    hosts = ("gprwmf.org.au",)
    terms = "No page of terms is known; robots.txt is asked first."
    entrances = ("https://gprwmf.org.au/awards/",)
    pages = r"^/awards/[\w-]+/?$"
    kind = Kind.FELLOWSHIP
    day_first = True
    gaps = (
        "Written without a live look: its first crawl is to be reviewed. The yearly round is often given "
        "in months only."
    )
    min_items = 1
