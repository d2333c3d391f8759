"""Internships and fellowships of Relief International, from its board at SmartRecruiters."""

from catalog.words import Kind, Way
from crawlers.bases.smartrecruiters import SmartRecruitersSource


class ReliefInternational(SmartRecruitersSource):
    name = "relief_international"
    title = "Relief International"
    organisation = "Relief International"
    kinds = (Kind.INTERNSHIP, Kind.FELLOWSHIP)
    way = Way.JSON_API
    homepage = "https://jobs.smartrecruiters.com/ReliefInternational"
    hosts = ("api.smartrecruiters.com",)
    terms = "https://developers.smartrecruiters.com/docs/posting-api"
    board = "ReliefInternational"
    min_items = 0  # it may well have no internship open
