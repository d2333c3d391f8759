"""A coordinator in a real browser: pages are watched, and what the reader was unsure of is decided."""

from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.web.barriers import faultless_everywhere
from tests.web.conftest import Demo
from tests.web.test_mentor import settled

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def waiting(demo: Demo) -> list[dict[str, Any]]:
    return list(demo.call("GET", "/review?limit=100")["items"])


@pytest.fixture(autouse=True)
def _nothing_decided(demo: Demo) -> None:
    """Each test finds the queue as the crawl left it."""
    for item in demo.call("GET", "/review?state=accepted&state=mended&state=refused&limit=100")["items"]:
        demo.call("DELETE", f"/review/{item['id']}/decision")
    assert len(waiting(demo)) >= 3


def row(page: Page, title: str) -> Locator:
    return page.locator(".rows > li").filter(has=page.get_by_role("heading", name=title, exact=True))


DISAGREES = "Thistledown Leadership Fellowship for Nurses and Physicians"


def test_a_doubt_is_shown_with_the_pages_words_and_accepted(page: Page, demo: Demo, sign_in: Any):
    settled(sign_in(page, "/review"))
    asked = row(page, DISAGREES)
    expect(asked).to_contain_text("The page names different dates")
    expect(asked.locator("q").first).to_contain_text("Apply by")
    count = len(waiting(demo))

    asked.get_by_role("button", name="It is right").click()

    expect(asked).to_have_count(0)
    expect(page.get_by_role("link", name=f"Waiting ({count - 1})")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(asked).to_be_visible()
    assert len(waiting(demo)) == count


def test_a_date_is_put_right_and_mentors_see_by_whom(page: Page, demo: Demo, sign_in: Any):
    settled(sign_in(page, "/review"))
    asked = row(page, DISAGREES)
    asked.get_by_role("button", name="Put it right").click()
    form = page.get_by_role("form", name="Put it right")
    expect(form.get_by_label("Deadline")).to_be_focused()
    form.get_by_label("Deadline").fill("31.5.2027")
    form.get_by_role("button", name="Save what is changed").click()
    expect(form.get_by_role("alert")).to_contain_text("YYYY-MM-DD")

    form.get_by_label("Deadline").fill("2032-05-31")
    form.get_by_label("How you know").fill("Their office said so")
    form.get_by_role("button", name="Save what is changed").click()

    expect(asked).to_have_count(0)
    page.get_by_role("link", name="Decided").click()
    page.get_by_role("link", name=DISAGREES).click()
    settled(page)
    expect(page.get_by_text("Put right by a person").first).to_be_visible()
    expect(page.get_by_text("31 May 2032").first).to_be_visible()
    expect(page.get_by_text("Their office said so").first).to_be_visible()


def test_a_refused_call_is_withdrawn_and_can_be_taken_back(page: Page, demo: Demo, sign_in: Any):
    [item] = [one for one in waiting(demo) if one["title"] == DISAGREES]
    settled(sign_in(page, "/review"))
    row(page, DISAGREES).get_by_role("button", name="Refuse").click()
    page.get_by_label("Why").fill("Not for our mentees")
    page.keyboard.press("Enter")
    expect(row(page, DISAGREES)).to_have_count(0)
    assert demo.call("GET", f"/opportunities/{item['opportunity_id']}")["status"] == "withdrawn"

    page.get_by_role("link", name="Decided").click()
    expect(row(page, DISAGREES)).to_contain_text("Not for our mentees")
    row(page, DISAGREES).get_by_role("button", name="Take the decision back").click()

    expect(page.locator("#main").get_by_text("Taken back: it waits again.")).to_be_visible()
    assert demo.call("GET", f"/opportunities/{item['opportunity_id']}")["status"] != "withdrawn"


def test_the_queue_by_keyboard(page: Page, demo: Demo, sign_in: Any):
    demo.call("PATCH", "/me", json={"shortcuts": True})
    settled(sign_in(page, "/review"))
    titles = page.locator(".rows > li h2").all_inner_texts()
    page.keyboard.press("j")
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.textContent") == titles[1]

    page.keyboard.press("a")

    expect(page.locator(".rows > li")).to_have_count(len(titles) - 1)
    expect(page.locator(".rows > li h2").nth(1)).to_be_focused()
    page.keyboard.press("z")
    expect(page.locator(".rows > li")).to_have_count(len(titles))
    page.keyboard.press("j")
    page.keyboard.press("m")
    expect(page.get_by_role("form", name="Put it right")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("form", name="Put it right")).to_have_count(0)


def test_a_marked_call_is_marked_for_mentors(page: Page, demo: Demo, sign_in: Any):
    [item] = [one for one in waiting(demo) if one["title"] == DISAGREES]
    settled(sign_in(page, f"/opportunities/{item['opportunity_id']}"))
    expect(page.get_by_text("Being checked")).to_be_visible()


def test_a_page_is_watched_and_watched_no_more(page: Page, demo: Demo, sign_in: Any):
    settled(sign_in(page, "/watched"))
    expect(page.get_by_text("The page is gone.")).to_be_visible()
    page.get_by_label("Address").fill("http://192.168.0.1/prize")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("not on the public internet")
    page.get_by_label("Address").fill("https://trust.example.org/prize")
    page.keyboard.press("Enter")
    mine = page.locator(".rows > li").filter(has_text="https://trust.example.org/prize")
    expect(mine).to_contain_text("Not read yet")

    mine.get_by_role("button", name="Stop watching").click()
    expect(mine).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    expect(mine).to_be_visible()
    mine.get_by_role("button", name="Stop watching").click()
    expect(mine).to_have_count(0)


def test_the_views_have_no_barrier_in_any_state(page: Page, demo: Demo, sign_in: Any):
    settled(sign_in(page, "/review"))
    page.get_by_role("button", name="Put it right").first.click()
    faultless_everywhere(page)
    page.get_by_role("button", name="Refuse").first.click()
    faultless_everywhere(page)
    page.get_by_role("button", name="It is right").first.click()
    expect(page.locator("#main").get_by_text("Kept as it was read.")).to_be_visible()
    page.get_by_role("link", name="Decided").click()
    expect(page.get_by_role("button", name="Take the decision back").first).to_be_visible()
    faultless_everywhere(page)
