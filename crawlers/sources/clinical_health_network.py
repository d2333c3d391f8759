"""Internships and fellowships of the Clinical Health Network for Transformation, from its board at Lever."""

from catalog.words import Kind, Way
from crawlers.bases.lever import LeverSource


class ClinicalHealthNetwork(LeverSource):
    name = "clinical_health_network"
    title = "Clinical Health Network for Transformation"
    organisation = "Clinical Health Network for Transformation"
    kinds = (Kind.INTERNSHIP, Kind.FELLOWSHIP)
    way = Way.JSON_API
    homepage = "https://jobs.lever.co/ClinicalHealthNetworkForTransformation"
    hosts = ("api.lever.co",)
    terms = "https://github.com/lever/postings-api"
    board = "ClinicalHealthNetworkForTransformation"
    min_items = 0  # it may well have no internship open
