"""What is not certain, on the page: a condition of one call is answered in its row, a fact that settles several is asked first."""

from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.web.conftest import Demo, PageMaker

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def asked_of_one_call(demo: Demo) -> tuple[str, str]:
    """A mentee and a call of theirs with one thing to check that no fact answers."""
    for mentee in demo.mentees:
        for item in demo.call("GET", f"/mentees/{mentee}/recommendations?limit=50")["items"]:
            judged = item["eligibility"]
            unknown = {one["quote"] for one in judged["requirements"] if one["verdict"] == "unknown"}
            if judged["question"] and judged["fact"] is None and len(unknown) == 1:
                return mentee, item["opportunity"]["title"]
    raise AssertionError("the sample web has no call with a condition of its own")


def test_a_condition_of_one_call_is_answered_in_its_row_and_taken_back(page: Page, demo: Demo, sign_in: Any) -> None:
    mentee, title = asked_of_one_call(demo)
    sign_in(page, f"/mentees/{mentee}")
    row = page.get_by_role("article", name=title, exact=True)
    verdict = row.locator(".verdict")
    expect(verdict).to_contain_text("1 thing to check")
    yes, back = verdict.get_by_role("button", name="They meet this"), verdict.get_by_role("button", name="Take back")

    yes.focus()
    page.keyboard.press("Enter")

    expect(verdict).to_contain_text("May apply")
    expect(verdict).to_contain_text("confirmed by a mentor on")
    expect(back).to_be_focused()
    page.locator(".toast").get_by_role("button", name="Undo").click()
    expect(verdict).to_contain_text("1 thing to check")
    yes.click()
    back.click()
    expect(yes).to_be_visible()
    expect(page.locator(".toast")).to_contain_text("Undone.")


def test_what_cannot_be_kept_is_said_and_can_be_tried_again(new_page: PageMaker, demo: Demo, sign_in: Any) -> None:
    new_page.expected = r"status of 401|ERR_FAILED"
    page, (mentee, title) = new_page(), asked_of_one_call(demo)
    page.route("**/confirmations", lambda route: route.abort(), times=1)
    sign_in(page, f"/mentees/{mentee}")
    verdict = page.get_by_role("article", name=title, exact=True).locator(".verdict")
    verdict.get_by_role("button", name="They meet this").click()
    expect(page.locator(".toast")).to_contain_text("not be reached")
    expect(verdict.get_by_role("button", name="They meet this")).to_be_enabled()


@pytest.mark.parametrize(("settles", "shown"), [(2, 1), (1, 0)])
def test_only_a_question_that_settles_several_is_asked_first(
    page: Page, demo: Demo, sign_in: Any, settles: int, shown: int
) -> None:
    ask = {"question": "In which country does this person live?", "fact": "residence", "settles": settles, "unknown": 3}

    def asking(route: Route) -> None:
        found = route.fetch()
        route.fulfill(response=found, json={**found.json(), "ask": ask})

    page.route("**/recommendations?*limit=50*", asking)
    sign_in(page, f"/mentees/{demo.mentees[0]}")
    expect(page.locator(".rows > li").first).to_be_visible()
    expect(page.locator(".ask")).to_have_count(shown)


def test_the_same_words_are_announced_a_second_time(page: Page, demo: Demo, sign_in: Any) -> None:
    sign_in(page, f"/mentees/{demo.mentees[2]}")
    rows = page.locator(".rows.ranked > li")
    said = page.locator("#announcements")
    rows.nth(1).get_by_role("button", name="Save").click()
    expect(said).to_have_text("Saved.")
    once = said.evaluate("region => region.textContent")
    rows.nth(2).get_by_role("button", name="Save").click()
    page.wait_for_function("once => document.getElementById('announcements').textContent !== once", arg=once)
    expect(said).to_have_text("Saved.")
    for number in (1, 2):
        rows.nth(number).get_by_role("button", name="Save").click()
        expect(rows.nth(number).get_by_role("button", name="Save", pressed=True)).to_have_count(0)
