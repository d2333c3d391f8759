"""Internships at the non-governmental and international organisations of Geneva, from the list that CAGI keeps."""

from catalog.words import Kind, Way
from crawlers.bases.job_manager import JobManagerSource


class CagiJobs(JobManagerSource):
    name = "cagi_jobs"
    title = "CAGI: NGO jobs in Geneva"
    organisation = "CAGI, Geneva"
    aggregates = True
    kinds = (Kind.INTERNSHIP, Kind.FELLOWSHIP)
    way = Way.WORDPRESS
    homepage = "https://jobs.cagi.ch/fr/"
    hosts = ("jobs.cagi.ch",)
    terms = "No page of terms is known; robots.txt is asked first."
    site = "https://jobs.cagi.ch/fr"
    day_first = True
    gaps = (
        "Written without a live look: its first crawl is to be reviewed. '_job_expires' is when the "
        "notice goes, and its deadline is labelled so; a deadline in the text wins."
    )
    min_items = 1
