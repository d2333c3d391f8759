"""The settings that keep sites unharmed and us safe: the effective ones, as a source's crawl has them."""

import pytest
from scrapy.crawler import Crawler

from crawlers.bases.discovery import sources
from crawlers.settings import crawl_settings, user_agent

CONTACT = "https://opportune.example.org/crawler"

PINNED = {
    "ROBOTSTXT_OBEY": True,
    "ROBOTSTXT_USER_AGENT": "Opportune",
    "USER_AGENT": f"Opportune/1.0 (+{CONTACT})",
    "CONCURRENT_REQUESTS": 8,
    "CONCURRENT_REQUESTS_PER_DOMAIN": 1,
    "DOWNLOAD_DELAY": 1.0,
    "AUTOTHROTTLE_ENABLED": True,
    "DOWNLOAD_TIMEOUT": 30,
    "DOWNLOAD_MAXSIZE": 8 * 1024 * 1024,
    "DOWNLOAD_WARNSIZE": 2 * 1024 * 1024,
    "DOWNLOAD_FAIL_ON_DATALOSS": True,
    "DOWNLOAD_VERIFY_CERTIFICATES": True,
    "REDIRECT_MAX_TIMES": 5,
    "METAREFRESH_ENABLED": False,
    "RETRY_TIMES": 2,
    "CLOSESPIDER_TIMEOUT_NO_ITEM": 300,
    "COOKIES_ENABLED": False,
    "REFERRER_POLICY": "no-referrer",
    "HTTPPROXY_ENABLED": False,
    "TELNETCONSOLE_ENABLED": False,
    "REMOTE_CONTROL_ENABLED": False,
    "MEMUSAGE_ENABLED": True,
    "MEMUSAGE_LIMIT_MB": 768,
    "TWISTED_DNS_RESOLVER": "crawlers.manners.resolver.GuardedResolver",
    "TWISTED_REACTOR": "twisted.internet.asyncioreactor.AsyncioSelectorReactor",
    "HTTPCACHE_ENABLED": False,
    "LOG_LEVEL": "INFO",
    "JOBDIR": None,  # it does not survive a kill; a crawl is idempotent instead
}


@pytest.mark.parametrize("name", sources())
def test_every_source_is_crawled_under_the_pinned_settings(name: str) -> None:
    source = sources()[name]
    effective = Crawler(source, crawl_settings(contact=CONTACT)).settings
    assert {setting: effective[setting] for setting in PINNED} == PINNED
    assert effective.getint("CLOSESPIDER_PAGECOUNT") == source.max_pages
    assert effective.getint("CLOSESPIDER_TIMEOUT") == source.max_seconds <= 3600
    assert effective.getint("DEPTH_LIMIT") == (max(source.max_pages, 20) if source.chained else 20)


@pytest.mark.parametrize("name", ["grants_gov_extract", "mit_events", "ukri_fellowships", "bmc_collections"])
def test_a_list_that_goes_on_is_read_as_far_as_its_budget_of_pages(name: str) -> None:
    effective = Crawler(sources()[name], crawl_settings(contact=CONTACT)).settings
    assert effective.getint("DEPTH_LIMIT") >= sources()[name].max_pages > 20


def test_only_http_and_https_can_be_fetched() -> None:
    settings = Crawler(next(iter(sources().values())), crawl_settings(contact=CONTACT)).settings
    handlers = {scheme: handler for scheme, handler in settings.getwithbase("DOWNLOAD_HANDLERS").items() if handler}
    assert set(handlers) == {"http", "https"}


def test_the_manners_stand_where_they_see_every_request() -> None:
    settings = Crawler(next(iter(sources().values())), crawl_settings(contact=CONTACT)).settings
    placed = settings.getwithbase("DOWNLOADER_MIDDLEWARES")
    by_name = {str(key).rpartition(".")[2]: place for key, place in placed.items()}
    assert by_name["EgressGuard"] == 10
    assert by_name["StrictRobots"] == 100
    assert by_name["RetryAfter"] == 550
    for replaced in ("OffsiteMiddleware", "RobotsTxtMiddleware", "RetryMiddleware", "HttpCompressionMiddleware"):
        assert by_name[replaced] is None
    assert min(place for place in by_name.values() if place is not None) == by_name["EgressGuard"]


def test_what_is_turned_off_is_not_even_loaded() -> None:
    settings = Crawler(next(iter(sources().values())), crawl_settings(contact=CONTACT)).settings
    parts = ("EXTENSIONS", "DOWNLOADER_MIDDLEWARES")
    loaded = {str(part) for name in parts for part in settings.get_component_priority_dict_with_base(name)}
    for off in ("TelnetConsole", "RemoteControl", "CookiesMiddleware", "HttpProxyMiddleware"):
        assert not [part for part in loaded if off in part]
    assert any("CloseSpider" in part for part in loaded)


def test_sample_mode_changes_where_connections_go_and_how_fast_and_nothing_about_safety() -> None:
    real, sample = crawl_settings(contact=CONTACT), crawl_settings(contact=CONTACT, sample_web_port=8765)
    changed = {name for name in real | sample if real.get(name) != sample.get(name)}
    assert changed == {
        "DOWNLOAD_DELAY",
        "AUTOTHROTTLE_ENABLED",
        "CONCURRENT_REQUESTS_PER_DOMAIN",
        "DOWNLOAD_HANDLERS",
        "OPPORTUNE_CRAWL_DELAY_CEILING",
        "OPPORTUNE_RETRY_PAUSE",
        "OPPORTUNE_SAMPLE_WEB_PORT",
    }


def test_the_user_agent_says_where_we_can_be_reached() -> None:
    assert user_agent("mailto:crawler@example.org") == "Opportune/1.0 (+mailto:crawler@example.org)"
