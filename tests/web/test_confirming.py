"""What is not certain, on the page: a condition of one call is answered in its row, a fact that settles several is asked first."""

from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.web.conftest import Demo, PageMaker

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def asked_of_one_call(demo: Demo, things: int = 1) -> tuple[str, str]:
    """A mentee and a call of theirs with so many things to check that no fact answers."""
    for mentee in demo.mentees:
        for item in demo.call("GET", f"/mentees/{mentee}/recommendations?limit=50")["items"]:
            unknown = [one for one in item["eligibility"]["requirements"] if one["verdict"] == "unknown"]
            quotes = {one["quote"] for one in unknown}
            if len(quotes) == things and item["eligibility"]["question"] and not any(one["fact"] for one in unknown):
                return mentee, item["opportunity"]["title"]
    raise AssertionError("the sample web has no call with such conditions of its own")


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


def test_all_that_is_left_is_confirmed_at_once_and_listed_beside_her_notes(
    page: Page, demo: Demo, sign_in: Any
) -> None:
    mentee, title = asked_of_one_call(demo, things=2)
    sign_in(page, f"/mentees/{mentee}")
    verdict = page.get_by_role("article", name=title, exact=True).locator(".verdict")
    verdict.locator("summary").click()
    verdict.get_by_role("button", name="They meet all 2").click()
    expect(verdict).to_contain_text("May apply")
    page.get_by_text("Notes and reminders").click()
    listed = page.get_by_role("region", name="Confirmed for single calls").get_by_role("listitem")
    expect(listed.filter(has_text=title)).to_have_count(2)
    listed.filter(has_text=title).first.get_by_role("button", name="Take back").click()
    expect(listed.filter(has_text=title)).to_have_count(1)
    expect(page.get_by_role("heading", name="Confirmed for single calls")).to_be_focused()
    expect(verdict).to_contain_text("1 thing to check")
    listed.filter(has_text=title).get_by_role("button", name="Take back").click()
    expect(verdict).to_contain_text("2 things to check")
    expect(page.locator(":focus")).to_have_count(1)


def test_what_cannot_be_kept_is_said_and_can_be_tried_again(new_page: PageMaker, demo: Demo, sign_in: Any) -> None:
    new_page.expected = r"status of 401|ERR_FAILED"
    page, (mentee, title) = new_page(), asked_of_one_call(demo)
    page.route("**/confirmations", lambda route: route.abort(), times=1)
    sign_in(page, f"/mentees/{mentee}")
    verdict = page.get_by_role("article", name=title, exact=True).locator(".verdict")
    verdict.get_by_role("button", name="They meet this").click()
    expect(page.locator(".toast")).to_contain_text("not be reached")
    expect(verdict.get_by_role("button", name="They meet this")).to_be_enabled()


def test_where_only_some_could_be_confirmed_it_is_said_and_they_can_be_taken_back(
    new_page: PageMaker, demo: Demo, sign_in: Any
) -> None:
    new_page.expected = r"status of 401|ERR_FAILED"
    page, (mentee, title) = new_page(), asked_of_one_call(demo, things=2)
    asked: list[Route] = []

    def fail_the_second(route: Route) -> None:
        asked.append(route)
        if len(asked) == 2:
            route.abort()
        else:
            route.fallback()

    sign_in(page, f"/mentees/{mentee}")
    page.route("**/confirmations", fail_the_second)
    verdict = page.get_by_role("article", name=title, exact=True).locator(".verdict")
    verdict.locator("summary").click()
    verdict.get_by_role("button", name="They meet all 2").click()
    expect(page.locator(".toast")).to_contain_text("not be reached")
    expect(verdict).to_contain_text("1 thing to check")
    page.locator(".toast").get_by_role("button", name="Undo").click()
    expect(verdict).to_contain_text("2 things to check")
    expect(page.locator(".toast")).to_contain_text("Undone.")


def test_what_a_co_mentor_took_back_meanwhile_is_shown_as_it_is_now(
    new_page: PageMaker, demo: Demo, sign_in: Any
) -> None:
    new_page.expected = r"status of (401|404)"
    mentee, title = asked_of_one_call(demo)
    page = sign_in(new_page(), f"/mentees/{mentee}")
    verdict = page.get_by_role("article", name=title, exact=True).locator(".verdict")
    with page.expect_response("**/confirmations") as made:
        verdict.get_by_role("button", name="They meet this").click()
    back = verdict.get_by_role("button", name="Take back")
    expect(back).to_be_visible()
    demo.call("DELETE", f"/mentees/{mentee}/confirmations/{made.value.json()['id']}")
    back.click()
    expect(verdict).to_contain_text("1 thing to check")
    expect(page.locator(".toast")).not_to_contain_text("Undone.")


def test_where_the_call_asks_otherwise_by_now_the_list_is_asked_for_anew(page: Page, demo: Demo, sign_in: Any) -> None:
    mentee, title = asked_of_one_call(demo)
    refused = {"code": "invalid", "title": "Invalid", "detail": "It asks nothing in these words.", "status": 422}
    page.route("**/confirmations", lambda route: route.fulfill(status=422, json=refused), times=1)
    sign_in(page, f"/mentees/{mentee}")
    yes = page.get_by_role("article", name=title, exact=True).get_by_role("button", name="They meet this")
    expect(yes).to_be_visible()
    with page.expect_response("**/recommendations?*limit=50*"):
        yes.click()


def test_the_day_of_a_confirmation_is_the_one_where_the_reader_is(
    new_page: PageMaker, demo: Demo, sign_in: Any
) -> None:
    asked = {"type": "other", "any_of": [], "quote": "Bring a car.", "verdict": "eligible", "question": "", "gap": ""}
    confirmed = {"id": "cnf_car", "at": "2027-03-01T23:30:00Z"}
    judged = {"verdict": "eligible", "requirements": [{**asked, "confirmed": confirmed}], "question": ""}

    def confirming(route: Route) -> None:
        found = route.fetch()
        items = [{**item, "eligibility": judged} for item in found.json()["items"]]
        route.fulfill(response=found, json={**found.json(), "items": items})

    page = new_page(timezone_id="Asia/Kolkata")
    page.route("**/recommendations?*", confirming)
    sign_in(page, f"/mentees/{demo.mentees[0]}")
    expect(page.locator(".rows > li").first).to_contain_text("confirmed by a mentor on 2 Mar 2027")
    page.goto(f"{demo.url}/mentees/{demo.mentees[0]}/meeting")
    expect(page.locator(".meeting .row").first).to_contain_text("confirmed by a mentor on 2 Mar 2027")
    page.unroute_all(behavior="wait")


@pytest.mark.parametrize("fact", ["degree", None])
def test_a_condition_that_a_fact_answers_is_not_confirmed_for_one_call(
    page: Page, demo: Demo, sign_in: Any, fact: str | None
) -> None:
    asked = {"type": "other", "any_of": [], "verdict": "unknown", "gap": ""}
    first = {**asked, "quote": "Live here.", "question": "Where?", "fact": "residence"}
    second = {**asked, "quote": "Hold this.", "question": "Hold what?", "fact": fact}
    judged = {"verdict": "unknown", "requirements": [first, second], "question": "Where?", "fact": "residence"}

    def asking(route: Route) -> None:
        found = route.fetch()
        items = [{**item, "eligibility": judged} for item in found.json()["items"]]
        route.fulfill(response=found, json={**found.json(), "items": items})

    page.route("**/recommendations?*limit=50*", asking)
    sign_in(page, f"/mentees/{demo.mentees[0]}")
    verdict = page.locator(".rows > li .verdict").first
    verdict.locator("summary").click()
    expect(verdict.get_by_role("listitem")).to_contain_text("Hold this.")
    expect(verdict.get_by_role("button", name="They meet this")).to_have_count(0 if fact else 1)
    page.unroute_all(behavior="wait")


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
