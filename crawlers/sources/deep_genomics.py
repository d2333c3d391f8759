"""Internships of Deep Genomics (medicines from genomics), from its board at Lever."""

from catalog.words import Kind, Way
from crawlers.bases.lever import LeverSource


class DeepGenomics(LeverSource):
    name = "deep_genomics"
    title = "Deep Genomics"
    organisation = "Deep Genomics"
    kinds = (Kind.INTERNSHIP, Kind.FELLOWSHIP)
    way = Way.JSON_API
    homepage = "https://jobs.lever.co/deepgenomics"
    hosts = ("api.lever.co",)
    terms = "https://github.com/lever/postings-api"
    board = "deepgenomics"
    min_items = 0  # it may well have no internship open
