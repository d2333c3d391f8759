"""Internships and fellowships of Genomics plc, from its board at Ashby."""

from catalog.words import Kind, Way
from crawlers.bases.ashby import AshbySource


class GenomicsPlc(AshbySource):
    name = "genomics_plc"
    title = "Genomics plc"
    organisation = "Genomics plc"
    kinds = (Kind.INTERNSHIP, Kind.FELLOWSHIP)
    way = Way.JSON_API
    homepage = "https://jobs.ashbyhq.com/genomics"
    hosts = ("api.ashbyhq.com",)
    terms = "https://developers.ashbyhq.com/docs/public-job-posting-api"
    board = "genomics"
    min_items = 0  # it may well have no internship open
