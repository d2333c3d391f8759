"""Settings for Scrapy's own tools (`scrapy list`, `scrapy shell URL`): the same manners, nothing stored."""

from crawlers.settings import crawl_settings

_FOR_CRAWLS_ONLY = (
    "crawlers.fetched.KeepFetched",
    "crawlers.manners.conditional.ConditionalGet",
    "crawlers.manners.egress.EgressGuard",  # a person types the address; the resolver still keeps it outside
)

_settings = crawl_settings(contact="https://github.com/opportune-health/opportune#crawler")
_settings["DOWNLOADER_MIDDLEWARES"] = {
    name: order for name, order in _settings["DOWNLOADER_MIDDLEWARES"].items() if name not in _FOR_CRAWLS_ONLY
}
_settings["ITEM_PIPELINES"] = {}
globals().update(_settings)
