"""Pictures of every view, light, dark and narrow, to be looked at; and those that the README shows. Run by `make screenshots`.

Not a test: nothing here can fail but for want of a view.
"""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.web.barriers import NARROW, WIDE
from tests.web.conftest import Demo, PageMaker
from tests.web.every_view import VIEWS, pretend
from tests.web.pictures import in_few_colours

MOST_BYTES = 80_000
README = Path(__file__).parents[2] / "docs" / "images"
SHAPES = {"light": ("light", WIDE), "dark": ("dark", WIDE), "narrow": ("light", NARROW)}
SHOWN = {"today": "/", "mentee": "/mentees/{mentee}", "call": "/opportunities/{call}", "forwarded": "/forwarded"}
"""What the README shows, and where it is."""


@pytest.fixture
def folder(screenshots: Path | None) -> Path:
    """`build/screenshots`, unless $OPPORTUNE_SCREENSHOTS names another."""
    found = screenshots or Path("build/screenshots")
    found.mkdir(parents=True, exist_ok=True)
    return found


def settled(page: Page) -> Page:
    expect(page.get_by_role("heading", level=1).first).to_be_visible()
    expect(page.locator(".bones")).to_have_count(0)
    page.wait_for_load_state("networkidle")
    return page


def test_every_view(new_page: PageMaker, demo: Demo, signed_in: Any, named: dict[str, str], folder: Path) -> None:
    page = new_page(storage_state=signed_in)
    pretend(page)
    for view in VIEWS:
        if view.signed_out:
            page.context.clear_cookies()
        page.goto("about:blank")
        page.goto(view.address(demo, named))
        for name, (scheme, size) in SHAPES.items():
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            page.set_viewport_size(size)
            settled(page).screenshot(path=folder / f"{view.name}-{name}.png", full_page=True)


def test_the_dialogs(new_page: PageMaker, demo: Demo, signed_in: Any, named: dict[str, str], folder: Path) -> None:
    page = new_page(storage_state=signed_in)
    page.goto(f"{demo.url}/mentees/{named['mentee']}")
    settled(page).get_by_role("button", name="Forward").first.click()
    expect(page.get_by_role("dialog").get_by_label("Subject")).to_be_visible()
    for name, (scheme, size) in SHAPES.items():
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        page.set_viewport_size(size)
        page.screenshot(path=folder / f"forward-dialog-{name}.png")
    page.keyboard.press("Escape")
    page.set_viewport_size(WIDE)
    page.get_by_role("button", name="Dismiss").first.click()
    page.screenshot(path=folder / "dismiss-light.png")
    page.get_by_text("Notes and reminders").click()
    page.screenshot(path=folder / "notes-light.png")
    page.get_by_role("button", name="Keys and language").click()
    page.screenshot(path=folder / "help-light.png")


def test_what_the_readme_shows(new_page: PageMaker, demo: Demo, signed_in: Any, named: dict[str, str]) -> None:
    page = new_page(storage_state=signed_in, viewport={"width": 1180, "height": 720})
    named = {**named, "call": well_known(demo)}
    for name, path in SHOWN.items():
        page.goto(demo.url + path.format(**named))
        settled(page)
        if name == "mentee":
            page.locator(".year").evaluate("(year) => scrollTo(0, year.offsetTop - 16)")
        small = in_few_colours(new_page(), page.screenshot())
        assert len(small) < MOST_BYTES, f"{name}: {len(small)} bytes"
        (README / f"{name}.png").write_bytes(small)


def well_known(demo: Demo) -> str:
    """A call with a deadline that somebody may apply for: there is something to show about it."""
    lists = (demo.call("GET", f"/mentees/{mentee}/recommendations?limit=50")["items"] for mentee in demo.mentees)
    rows = (row for items in lists for row in items)
    return next(
        str(row["opportunity"]["id"])
        for row in rows
        if row["eligibility"]["verdict"] == "eligible"
        and row["opportunity"]["deadline"]
        and row["opportunity"]["money"]
    )
