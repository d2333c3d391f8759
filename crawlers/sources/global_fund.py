"""Internships of the Global Fund, from its board at SmartRecruiters."""

from catalog.words import Kind, Way
from crawlers.bases.smartrecruiters import SmartRecruitersSource


class GlobalFund(SmartRecruitersSource):
    name = "global_fund"
    title = "The Global Fund"
    organisation = "The Global Fund to Fight AIDS, Tuberculosis and Malaria"
    kinds = (Kind.INTERNSHIP, Kind.FELLOWSHIP)
    way = Way.JSON_API
    homepage = "https://jobs.smartrecruiters.com/TheGlobalFund"
    hosts = ("api.smartrecruiters.com",)
    terms = "https://developers.smartrecruiters.com/docs/posting-api"
    board = "TheGlobalFund"
    min_items = 0  # it may well have no internship open
