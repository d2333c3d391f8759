"""What counts as a robots.txt, and the private parts of Scrapy that reading it strictly leans on."""

import inspect

import pytest
from scrapy.core.downloader import Downloader, Slot
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.extensions.throttle import AutoThrottle
from scrapy.http import Response
from scrapy.robotstxt import ProtegoRobotParser

from crawlers.manners.robots import is_page


@pytest.mark.parametrize(
    "body", [b"", b"User-agent: *\nDisallow: /x", b"# <html> is forbidden\n", b"\xef\xbb\xbfUser-agent: *"]
)
def test_rules_are_rules(body: bytes) -> None:
    assert not is_page(Response("https://a.example.org/robots.txt", body=body))


@pytest.mark.parametrize(
    "body",
    [b"<!DOCTYPE html><title>Sign in</title>", b"\n\n <HTML>", b"\xef\xbb\xbf<html>", b"<?xml version='1.0'?><html/>"],
)
def test_a_page_is_not_rules(body: bytes) -> None:
    assert is_page(Response("https://a.example.org/robots.txt", body=body))


def test_the_private_parts_of_scrapy_that_we_replace_are_there() -> None:
    assert list(inspect.signature(RobotsTxtMiddleware._parse_robots).parameters) == [
        "self", "response", "netloc", "request",
    ]  # fmt: skip
    assert list(inspect.signature(RobotsTxtMiddleware._robots_error).parameters) == ["self", "exc", "netloc"]
    assert "self._parsers[netloc] = Deferred()" in inspect.getsource(RobotsTxtMiddleware.robot_parser)
    assert "per_slot_settings" in inspect.getsource(Downloader._get_slot)
    assert {"delay", "jitter", "concurrency"} <= set(Slot.__slots__)
    assert "mindelay" in inspect.getsource(AutoThrottle._adjust_delay)
    assert callable(ProtegoRobotParser.crawl_delay)
