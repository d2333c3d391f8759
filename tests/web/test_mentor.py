"""A mentor's evening in a real browser: sign in, choose, forward; it is recorded and not offered again."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.web.conftest import Demo, PageMaker

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def settled(page: Page) -> Page:
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_text("Loading")).to_have_count(0)
    return page


def test_what_is_forwarded_is_recorded_and_not_offered_again(page: Page, demo: Demo, sign_in: Any):
    sign_in(page, "/mentees")
    page.locator(".card h2").first.get_by_role("link").click()
    settled(page)
    row = page.locator(".rows > li").first
    title = row.get_by_role("heading").inner_text()

    row.get_by_role("button", name="Forward").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_label("Subject")).not_to_have_value("")
    dialog.get_by_role("button", name="Copy the message").click()

    expect(dialog).to_be_hidden()
    expect(page.get_by_role("heading", name=title, exact=True)).to_have_count(0)
    page.reload()
    settled(page)
    expect(page.locator(".rows > li").first).to_be_visible()
    expect(page.get_by_role("heading", name=title, exact=True)).to_have_count(0)
    page.get_by_role("link", name="Forwarded").click()
    expect(page.get_by_role("heading", name=title, exact=True)).to_be_visible()
    assert title in [forward["opportunity"]["title"] for forward in demo.call("GET", "/forwards")["items"]]


def test_every_row_answers_what_when_why_and_whether_they_may_apply(page: Page, demo: Demo, sign_in: Any):
    sign_in(page, f"/mentees/{demo.mentees[1]}")
    settled(page)
    rows = page.locator(".rows > li")
    assert rows.count() >= 5
    for row in rows.all():
        expect(row.get_by_role("heading")).not_to_be_empty()
        expect(row.locator(".deadline strong")).not_to_be_empty()
        expect(row.locator(".why")).not_to_be_empty()
        known = row.locator(".eligible").count()
        expect(row.locator(".verdict .says")).to_contain_text("apply" if known else re.compile("to check|not known"))


def test_filters_live_in_the_address_and_deep_links_survive_signing_in(page: Page, demo: Demo, sign_in_by_form: Any):
    sign_in_by_form(page, f"/mentees/{demo.mentees[0]}?kind=workshop")
    settled(page)
    expect(page.get_by_role("checkbox", name="Workshop")).to_be_checked()
    for row in page.locator(".rows > li").all():
        expect(row.locator(".kicker")).to_contain_text("Workshop")

    page.get_by_role("checkbox", name="Workshop").uncheck()
    page.get_by_role("checkbox", name="Fellowship").check()

    expect(page.locator(".rows .kicker", has_text="Workshop")).to_have_count(0)
    assert "kind=fellowship" in page.url


@pytest.mark.parametrize("view", ["/mentees/{mentee}", "/opportunities"])
def test_the_next_page_of_a_filtered_list_keeps_its_filters(page: Page, demo: Demo, sign_in: Any, view: str):
    page.route("**/v1/**limit=50*", lambda route: route.continue_(url=route.request.url.replace("limit=50", "limit=5")))
    sign_in(page, view.format(mentee=demo.mentees[3]) + "?kind=workshop&kind=journal_call&kind=fellowship")
    settled(page)
    rows = page.locator(".rows > li")
    expect(rows.first).to_be_visible()
    shown = rows.count()

    page.get_by_role("button", name="Show more").click()

    expect(rows.nth(shown)).to_be_visible()
    expect(page.get_by_role("alert")).to_have_count(0)
    expect(page.locator(".kicker", has_text="Internship")).to_have_count(0)


def test_a_dismissed_call_is_gone_and_undo_brings_it_back(page: Page, demo: Demo, sign_in: Any):
    sign_in(page, f"/mentees/{demo.mentees[1]}")
    settled(page)
    row = page.locator(".rows > li").first
    title = row.get_by_role("heading").inner_text()
    row.get_by_role("button", name="Dismiss").click()
    row.get_by_role("button", name="Wrong topic").click()
    expect(page.get_by_role("heading", name=title, exact=True)).to_have_count(0)

    page.get_by_role("button", name="Undo").click()

    expect(page.get_by_role("heading", name=title, exact=True)).to_be_visible()


def test_what_is_saved_while_an_older_list_is_on_its_way_stays_saved(page: Page, demo: Demo, sign_in: Any) -> None:
    sign_in(page, f"/mentees/{demo.mentees[2]}")
    settled(page)
    dismissed, title = page.locator(".rows > li h3").all_inner_texts()[:2]
    page.locator(".rows > li").first.get_by_role("button", name="Dismiss").click()
    page.get_by_role("button", name="Wrong topic").click()
    older: list[tuple[Route, Any]] = []
    lists = "**/recommendations?*limit=50*"
    page.route(lists, lambda route: older.append((route, route.fetch())), times=1)

    page.get_by_role("button", name="Undo").click()
    while not older:
        page.wait_for_timeout(50)
    row = page.get_by_role("article", name=title, exact=True)
    row.get_by_role("button", name="Save").click()
    expect(row.get_by_role("button", name="Save", pressed=True)).to_be_visible()
    [(route, answer)] = older
    with page.expect_request(lists) as anew:
        route.fulfill(response=answer)
    anew.value.response()

    expect(page.get_by_role("article", name=dismissed, exact=True)).to_be_visible()
    expect(row.get_by_role("button", name="Save", pressed=True)).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(row.get_by_role("button", name="Save", pressed=True)).to_have_count(0)


def test_what_was_sent_closes_no_dialog_that_was_opened_meanwhile(page: Page, demo: Demo, sign_in: Any) -> None:
    sign_in(page, f"/mentees/{demo.mentees[2]}")
    under_way: list[Route] = []
    page.route("**/v1/forwards", lambda route: under_way.append(route))
    rows = settled(page).locator(".rows > li")
    dialog = page.get_by_role("dialog")
    rows.first.get_by_role("button", name="Forward").click()
    dialog.get_by_role("button", name="Copy the message").click()
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    rows.nth(1).get_by_role("button", name="Forward").click()
    dialog.get_by_label("Subject").fill("Half written")

    while not under_way:
        page.wait_for_timeout(50)
    under_way[0].fulfill(status=201, json={"items": [{"id": "fwd_1", "state": "copied", "subject": "", "message": ""}]})

    expect(page.locator(".toast")).to_be_attached()
    expect(dialog.get_by_label("Subject")).to_have_value("Half written")


def test_beside_a_call_an_answer_to_another_edition_is_not_shown(page: Page, demo: Demo, sign_in: Any) -> None:
    call = demo.call("GET", f"/mentees/{demo.mentees[2]}/recommendations?limit=1")["items"][0]["opportunity"]["id"]
    sent = {"forward_id": "fwd_1", "opportunity_id": "opp_1", "same_opportunity": False, "answer": "not_for_me"}

    def answered(route: Route) -> None:
        found = route.fetch()
        board = found.json()
        board["items"][0]["sent"] = [sent | {"by": None, "at": "2026-01-01T00:00:00Z", "state": "copied"}]
        route.fulfill(response=found, json=board)

    page.route(f"**/v1/opportunities/{call}/mentees*", answered)
    sign_in(page, f"/opportunities/{call}")
    row = page.get_by_role("region", name="My mentees").get_by_role("listitem").first
    expect(row).to_contain_text("Another edition was sent.")
    expect(row).not_to_contain_text("Not for me")


def test_a_wrong_password_is_explained_and_the_name_is_kept(page: Page, demo: Demo):
    page.goto(demo.url)
    page.get_by_label("E-mail").fill(demo.email)
    page.get_by_label("Password").fill("not the password")
    page.get_by_role("button", name="Sign in").click()

    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_label("E-mail")).to_have_value(demo.email)


def test_signing_out_ends_it(page: Page, demo: Demo, sign_in_by_form: Any):
    sign_in_by_form(page)
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()
    page.goto(f"{demo.url}/mentees/{demo.mentees[0]}")
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()


def test_a_press_that_is_still_worked_on_is_waited_for(new_page: PageMaker, demo: Demo, signed_in: Any) -> None:
    """The service says that the first request with this key is not answered yet; then it is."""
    new_page.expected = "status of 409"
    page = new_page(storage_state=signed_in)
    page.goto(f"{demo.url}/mentees/{demo.mentees[1]}")
    busy = {"code": "idempotency-key-in-use", "title": "First request not answered", "detail": "Again.", "status": 409}
    keys: list[str] = []

    def twice_busy(route: Route) -> None:
        keys.append(route.request.headers["idempotency-key"])
        if len(keys) < 3:
            route.fulfill(status=409, json=busy)
        else:
            route.continue_()

    page.route("**/v1/forwards", twice_busy)
    settled(page).locator(".rows > li").first.get_by_role("button", name="Forward").click()
    page.get_by_role("dialog").get_by_role("button", name="Copy the message").click()
    expect(page.locator(".toast")).to_contain_text("Copied")
    assert len(keys) == 3
    assert len(set(keys)) == 1
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".toast")).to_contain_text("Undone")
