"""The public coverage page in a real browser: readable by everybody. What holds for every view is in `test_every_view.py`."""

import pytest
from playwright.sync_api import Page, expect

from tests.web.conftest import Demo

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def opened(page: Page, demo: Demo) -> Page:
    page.goto(f"{demo.url}/coverage")
    expect(page.get_by_role("heading", level=1)).to_have_text("What is covered")
    expect(page.locator(".rows > li").first).to_be_visible()
    return page


def test_everybody_sees_every_source_without_signing_in(page: Page, demo: Demo) -> None:
    opened(page, demo)
    names = [item["title"] for item in demo.call("GET", "/coverage")["items"]]
    shown = page.locator("h3, .off li").all_inner_texts()
    assert sorted(text.removesuffix("(opens in a new tab)").strip() for text in shown) == sorted(names)
    expect(page.get_by_text("Up to date", exact=True).first).to_be_visible()
    expect(page.get_by_text("not in the sample web").first).to_be_visible()
    trend = page.get_by_role("img", name="Found in the last").first
    expect(trend).to_be_visible()
    assert trend.get_attribute("aria-label") == page.locator("figcaption").first.inner_text()


def test_those_who_sign_in_find_their_way_to_it(page: Page, demo: Demo) -> None:
    page.goto(demo.url)
    page.get_by_role("link", name="What is covered").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What is covered")
