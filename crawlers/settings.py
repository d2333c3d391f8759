"""The crawler's settings: polite to sites, and safe against what they may send.

Scrapy's own defaults read `file:` addresses, accept any certificate and a gigabyte of body, and
listen for remote commands; its security page says so. Every departure is written here once and
compared with the effective settings by a test.
"""

from collections.abc import Mapping
from typing import Any

from scrapy.settings.default_settings import DOWNLOADER_MIDDLEWARES_BASE, EXTENSIONS_BASE

from crawlers.bases.source import SOURCE_SETTINGS

SAMPLE_WEB_PORT = "OPPORTUNE_SAMPLE_WEB_PORT"
CRAWL_DELAY_CEILING = "OPPORTUNE_CRAWL_DELAY_CEILING"
RETRY_AFTER_CEILING = "OPPORTUNE_RETRY_AFTER_CEILING"
RETRY_PAUSE = "OPPORTUNE_RETRY_PAUSE"

_ROBOT = "Opportune"
_HANDLER = "crawlers.manners.sample_web.SampleWebHandler"

_POLITE: dict[str, Any] = {
    "ROBOTSTXT_OBEY": True,
    "ROBOTSTXT_USER_AGENT": _ROBOT,
    "CONCURRENT_REQUESTS": 8,
    "CONCURRENT_REQUESTS_PER_DOMAIN": 1,
    "CONCURRENT_ITEMS": 4,  # Scrapy makes so many tasks for every page, a quarter of a page's cost at its hundred
    "DOWNLOAD_DELAY": 1.0,
    "AUTOTHROTTLE_ENABLED": True,
    "AUTOTHROTTLE_START_DELAY": 1.0,
    "RETRY_TIMES": 2,
    CRAWL_DELAY_CEILING: 60.0,  # seconds; a source that asks for more gets this and ends at its budget
    RETRY_AFTER_CEILING: 60.0,  # seconds; a source that asks for more is left for the next run
    RETRY_PAUSE: 5.0,  # seconds before asking again where "too many requests" does not say when
}

_BOUNDED: dict[str, Any] = {
    "DOWNLOAD_TIMEOUT": 30,
    "DOWNLOAD_MAXSIZE": 8 * 2**20,
    "DOWNLOAD_WARNSIZE": 2 * 2**20,
    "DOWNLOAD_FAIL_ON_DATALOSS": True,
    "REDIRECT_MAX_TIMES": 5,
    "CLOSESPIDER_TIMEOUT_NO_ITEM": 300,
    "MEMUSAGE_ENABLED": True,
    "MEMUSAGE_LIMIT_MB": 768,
}

_SAFE: dict[str, Any] = {
    "DOWNLOAD_VERIFY_CERTIFICATES": True,
    "DOWNLOAD_HANDLERS": {"file": None, "data": None, "ftp": None, "s3": None},
    "METAREFRESH_ENABLED": False,
    "COOKIES_ENABLED": False,
    "REFERRER_POLICY": "no-referrer",
    "HTTPPROXY_ENABLED": False,  # behind a proxy the resolver would no longer see where we connect
    "HTTPCACHE_ENABLED": False,  # the archive and conditional requests do this
    "TELNETCONSOLE_ENABLED": False,
    "REMOTE_CONTROL_ENABLED": False,
    "TWISTED_DNS_RESOLVER": "crawlers.manners.resolver.GuardedResolver",
    "TWISTED_REACTOR": "twisted.internet.asyncioreactor.AsyncioSelectorReactor",
}

# what is turned off above is left out where Scrapy's own parts are listed: where ours are it would be loaded first
_PARTS: dict[str, Any] = {
    "EXTENSIONS_BASE": EXTENSIONS_BASE
    | dict.fromkeys(("scrapy.extensions.telnet.TelnetConsole", "scrapy.extensions.remote_control.RemoteControl")),
    "DOWNLOADER_MIDDLEWARES_BASE": DOWNLOADER_MIDDLEWARES_BASE
    | dict.fromkeys(
        (
            "scrapy.downloadermiddlewares.cookies.CookiesMiddleware",
            "scrapy.downloadermiddlewares.httpproxy.HttpProxyMiddleware",
        )
    ),
    "EXTENSIONS": {"scrapy.extensions.memusage.MemoryUsage": None, "crawlers.manners.memory.OwnMemory": 0},
    "DOWNLOADER_MIDDLEWARES": {
        # EgressGuard knows the declared hosts exactly, counts what it stops, and has no way round it
        "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,
        "crawlers.manners.egress.EgressGuard": 10,
        "crawlers.fetched.KeepFetched": 20,
        "crawlers.manners.blocked.Blocked": 25,
        "crawlers.manners.conditional.ConditionalGet": 30,
        "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
        "crawlers.manners.robots.StrictRobots": 100,
        "scrapy.downloadermiddlewares.retry.RetryMiddleware": None,
        "crawlers.manners.retry_after.RetryAfter": 550,
        "scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware": None,
        "crawlers.manners.bounds.BoundedCompression": 590,
    },
    "ITEM_PIPELINES": {"crawlers.pipeline.StagePipeline": 100},
    "SPIDER_MODULES": ["crawlers.sources"],
    "LOG_LEVEL": "INFO",
    "STATS_DUMP": False,  # the report has them
}

_ON_LOOPBACK: dict[str, Any] = {
    "DOWNLOAD_DELAY": 0.0,
    "AUTOTHROTTLE_ENABLED": False,
    "CONCURRENT_REQUESTS_PER_DOMAIN": 4,
    CRAWL_DELAY_CEILING: 0.0,
    RETRY_PAUSE: 0.1,
}


def user_agent(contact: str) -> str:
    """Who we say we are; `contact` is where the owner of a site reaches whoever runs this crawler."""
    return f"{_ROBOT}/1.0 (+{contact})"


def crawl_settings(
    *, contact: str, needed: Mapping[str, str] | None = None, sample_web_port: int | None = None
) -> dict[str, Any]:
    """The settings of a crawl. `needed` holds the values that sources need (keys, names) by setting.

    With `sample_web_port` every request to a declared host goes to that loopback port instead,
    without delay, and nothing else can be reached.
    """
    settings = {**_POLITE, **_BOUNDED, **_SAFE, **_PARTS, "USER_AGENT": user_agent(contact)}
    settings[SOURCE_SETTINGS] = dict(needed or {})
    if sample_web_port is not None:
        handlers = {**_SAFE["DOWNLOAD_HANDLERS"], "http": _HANDLER, "https": _HANDLER}
        settings |= {**_ON_LOOPBACK, SAMPLE_WEB_PORT: sample_web_port, "DOWNLOAD_HANDLERS": handlers}
    return settings
