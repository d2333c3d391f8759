"""Courses of the SIB Swiss Institute of Bioinformatics."""

from catalog.words import Kind, Way
from crawlers.bases.linked_pages import LinkedPagesSource


class SibTraining(LinkedPagesSource):
    name = "sib_training"
    title = "SIB training"
    organisation = "SIB Swiss Institute of Bioinformatics"
    kinds = (Kind.WORKSHOP,)
    way = Way.STRUCTURED_DATA
    homepage = "https://www.sib.swiss/training/upcoming-training-courses"
    hosts = ("www.sib.swiss",)
    terms = "No page of terms is known; robots.txt is asked first."
    entrances = ("https://www.sib.swiss/training/upcoming-training-courses",)
    pages = r"^/training/course/[\w-]+/?$"
    kind = Kind.WORKSHOP
    day_first = True
    gaps = (
        "Written without a live look: its first crawl is to be reviewed. The deadline of registration is "
        "in the prose, in a form that is not always read."
    )
    min_items = 1
