"""Internships abroad in medicine, nursing and allied health by International Medical Aid (medicalaid.org)."""

from catalog.words import Kind, Way
from crawlers.bases.sitemap import SitemapSource


class InternationalMedicalAid(SitemapSource):
    name = "international_medical_aid"
    title = "International Medical Aid"
    organisation = "International Medical Aid"
    kinds = (Kind.INTERNSHIP, Kind.FELLOWSHIP, Kind.WORKSHOP)
    way = Way.SITEMAP
    homepage = "https://medicalaid.org/"
    hosts = ("medicalaid.org", "www.medicalaid.org")
    terms = "No page of terms is known; robots.txt is asked first."
    entrances = ("https://medicalaid.org/robots.txt", "https://medicalaid.org/sitemap.xml")
    pages = r"intern|program|fellow|shadow|elective|pre-?med|pre-?pa|nurs|midwi|dent|physician|medic|health"
    kind = Kind.INTERNSHIP
    gaps = "Prices and dates are read from pages that nobody has checked yet."
    min_items = 3
