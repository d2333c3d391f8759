"""Fellowships and courses of public health, from an aggregator that copies the official text."""

from catalog.words import Kind, Way
from crawlers.bases.wordpress import WordPressSource


class PublicHealthUpdate(WordPressSource):
    name = "public_health_update"
    title = "Public Health Update"
    organisation = "Public Health Update"
    aggregates = True
    kinds = tuple(Kind)
    way = Way.WORDPRESS
    homepage = "https://publichealthupdate.com/"
    hosts = ("publichealthupdate.com",)
    terms = "No page of terms is known; robots.txt is asked first."
    site = "https://publichealthupdate.com"
    day_first = False
    gaps = (
        "Written without a live look: its first crawl is to be reviewed. It copies the official text, and "
        "tells of health days and policies beside the calls, which are refused."
    )
    min_items = 3
