"""Yearly pre-medical service learning trips."""

from catalog.words import Kind, Way
from crawlers.bases.linked_pages import LinkedPagesSource


class MedicalServiceLearning(LinkedPagesSource):
    name = "medical_service_learning"
    title = "Medical Service Learning"
    organisation = "Medical Service Learning"
    kinds = (Kind.INTERNSHIP,)
    way = Way.DETAIL
    homepage = "https://medicalservicelearning.com/how-to-apply"
    hosts = (
        "medicalservicelearning.com",
        "www.medicalservicelearning.com",
    )
    terms = "No page of terms is known; robots.txt is asked first."
    entrances = ("https://medicalservicelearning.com/how-to-apply",)
    pages = r"^/how-to-apply/?$"
    titles = (("/how-to-apply", "Medical Service Learning: pre-medical internship"),)
    kind = Kind.INTERNSHIP
    day_first = False
    gaps = (
        "Written without a live look: its first crawl is to be reviewed. Its heading says only ”How to "
        "Apply”: the title is ours."
    )
    min_items = 1
