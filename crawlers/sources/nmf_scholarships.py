"""Scholarships and fellowships for students of medicine and nursing in the United States, of NMF."""

from catalog.words import Kind, Way
from crawlers.bases.linked_pages import LinkedPagesSource


class NmfScholarships(LinkedPagesSource):
    name = "nmf_scholarships"
    title = "National Medical Fellowships"
    organisation = "National Medical Fellowships"
    kinds = (Kind.FELLOWSHIP, Kind.INTERNSHIP)
    way = Way.LISTING
    homepage = "https://nmfonline.org/scholarships-programs/"
    hosts = (
        "nmfonline.org",
        "www.nmfonline.org",
    )
    terms = "No page of terms is known; robots.txt is asked first."
    entrances = ("https://nmfonline.org/scholarships-programs/",)
    pages = r"^/(?:scholarships-programs|service-learning-programs)/[\w/-]*[\w-]+/?$"
    kind = Kind.FELLOWSHIP
    day_first = False
    gaps = (
        "Written without a live look: its first crawl is to be reviewed. The list holds programmes that "
        "are closed: their pages say so or give no date."
    )
    min_items = 1
