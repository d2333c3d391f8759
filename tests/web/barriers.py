"""Barriers on the page (WCAG 2.2 AA) as axe finds them, and what must fit on a narrow phone."""

from typing import Any

from axe_playwright_python.base import AXE_SCRIPT, AxeResults
from playwright.sync_api import Page, ViewportSize

CRITERIA = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
OPTIONS = {"runOnly": {"type": "tag", "values": CRITERIA}, "resultTypes": ["violations"]}
WIDE, NARROW = ViewportSize(width=1280, height=900), ViewportSize(width=320, height=900)


def faultless(page: Page) -> None:
    """No barrier as the page stands."""
    if page.evaluate("typeof axe === 'undefined'"):  # once for each document: it is long
        page.evaluate(AXE_SCRIPT)
    found: Any = page.evaluate("(options) => axe.run(options)", OPTIONS)
    assert found["violations"] == [], AxeResults(found).generate_report()


def fits(page: Page, width: int = 320) -> None:
    """Nothing reaches beyond the width."""
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def faultless_everywhere(page: Page) -> None:
    """No barrier, light and wide as well as dark and narrow, where nothing is cut off either."""
    faultless(page)
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size(NARROW)
    faultless(page)
    fits(page)
    page.emulate_media(color_scheme="light")
    page.set_viewport_size(WIDE)
