"""Internships and fellowships of the hospitals of Northwestern Medicine, from its board at SmartRecruiters."""

from catalog.words import Kind, Way
from crawlers.bases.smartrecruiters import SmartRecruitersSource


class NorthwesternMedicine(SmartRecruitersSource):
    name = "northwestern_medicine"
    title = "Northwestern Medicine"
    organisation = "Northwestern Medicine"
    kinds = (Kind.INTERNSHIP, Kind.FELLOWSHIP)
    way = Way.JSON_API
    homepage = "https://jobs.smartrecruiters.com/northwesternmedicine"
    hosts = ("api.smartrecruiters.com",)
    terms = "https://developers.smartrecruiters.com/docs/posting-api"
    board = "northwesternmedicine"
    min_items = 0  # it may well have no internship open
