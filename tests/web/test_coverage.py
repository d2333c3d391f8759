"""The public coverage page in a real browser: readable by everybody, on every width, in light and dark, hostile text or not."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Route, expect

from tests.web.conftest import Demo, PageMaker

pytestmark = [pytest.mark.browser, pytest.mark.slow]
SUCCESS_CRITERIA = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


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


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_barrier_is_found_and_nothing_overflows_at_320_pixels(
    new_page: PageMaker, demo: Demo, scheme: Any, screenshots: Any
) -> None:
    for width in (1280, 320):
        page = opened(new_page(color_scheme=scheme, viewport={"width": width, "height": 900}), demo)
        found = Axe().run(page, options={"runOnly": {"type": "tag", "values": SUCCESS_CRITERIA}})
        assert found.response["violations"] == [], found.generate_report()
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        if screenshots:
            page.screenshot(path=screenshots / f"coverage-{scheme}-{width}.png")


def test_hostile_text_stays_text(page: Page, demo: Demo) -> None:
    evil = "<img src=x onerror='window.pwned=1'>" + "W" * 300

    def answer(route: Route) -> None:
        whole = demo.call("GET", "/coverage")
        first = whole["items"][0] | {"title": evil, "gaps": evil, "freshness": "stale", "trouble": [evil]}
        route.fulfill(json=whole | {"items": [first]})

    page.route("**/v1/coverage", answer)
    opened(page, demo)
    expect(page.get_by_role("heading", level=3)).to_contain_text("onerror")
    assert page.evaluate("window.pwned") is None
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280


def test_those_who_sign_in_find_their_way_to_it(page: Page, demo: Demo) -> None:
    page.goto(demo.url)
    page.get_by_role("link", name="What is covered").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What is covered")
