"""A whole day without a mouse: triage three mentees, forward two calls, take one back, and see an answer come in."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.web.conftest import Demo

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def walk_to(page: Page, matches: str, key: str = "Tab") -> None:
    """Tab until the focused element matches, as somebody without a mouse does."""
    for _ in range(80):
        if page.evaluate("(matches) => document.activeElement.matches(matches)", matches):
            return
        page.keyboard.press(key)
    pytest.fail(f"{matches} cannot be reached with Tab")


def first_title(page: Page) -> str:
    expect(page.locator(".rows > li").first).to_be_visible()
    return page.locator(".rows > li h3").first.inner_text()


def forward_first(page: Page) -> str:
    title = first_title(page)
    page.keyboard.press("j")
    expect(page.locator(".rows > li h3 a").first).to_be_focused()
    page.keyboard.press("f")
    expect(page.get_by_role("dialog").get_by_label("Subject")).to_be_visible()
    walk_to(page, "dialog .actions button:nth-last-child(2)")
    assert page.evaluate("document.activeElement.textContent") == "Copy the message"
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.get_by_role("heading", name=title, exact=True)).to_have_count(0)
    return title


def test_open_triage_three_forward_two_undo_one_and_a_mentee_answers(page: Page, demo: Demo) -> None:
    demo.call("PATCH", "/me", json={"shortcuts": True})
    page.goto(f"{demo.url}/mentees/{demo.mentees[2]}")
    walk_to(page, "[name=email]")
    page.keyboard.type(demo.email)
    page.keyboard.press("Tab")
    page.keyboard.type(demo.password)
    page.keyboard.press("Enter")
    taken_back = forward_first(page)
    page.keyboard.press("z")
    expect(page.get_by_role("heading", name=taken_back, exact=True)).to_be_visible()

    page.keyboard.press("j")
    page.keyboard.press("s")
    expect(page.get_by_role("button", name="Saved").first).to_be_visible()
    page.keyboard.press("z")
    expect(page.get_by_role("button", name="Saved")).to_have_count(0)
    page.keyboard.press("j")
    page.keyboard.press("e")
    expect(page.get_by_role("button", name="Wrong topic")).to_be_focused()
    page.keyboard.press("Escape")

    page.goto(f"{demo.url}/mentees/{demo.mentees[3]}")
    sent = forward_first(page)
    page.goto(f"{demo.url}/mentees/{demo.mentees[4]}")
    first_title(page)
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_text("Next row")).to_be_visible()
    expect(dialog.get_by_text("Dismiss")).to_be_visible()
    page.keyboard.press("Escape")

    [forward] = [one for one in demo.call("GET", "/forwards")["items"] if one["opportunity"]["title"] == sent][:1]
    token = re.search(r"/reply#([\w-]+)", forward["message"])
    assert token
    demo.call("POST", f"/replies/{token[1]}", json={"answer": "interested"})
    walk_to(page, "header a[href='/forwarded']", key="Shift+Tab")
    page.keyboard.press("Enter")
    row = page.locator(".rows > li").filter(has=page.get_by_role("heading", name=sent, exact=True)).first
    expect(row).to_contain_text("Interested")


def test_keys_can_be_switched_off(page: Page, demo: Demo, sign_in) -> None:
    demo.call("PATCH", "/me", json={"shortcuts": True})
    try:
        sign_in(page, f"/mentees/{demo.mentees[4]}")
        first_title(page)
        page.keyboard.press("?")
        page.get_by_label("Use single keys").uncheck()
        page.keyboard.press("Escape")
        expect(page.get_by_role("dialog")).to_have_count(0)
        page.keyboard.press("?")
        page.keyboard.press("j")
        expect(page.get_by_role("dialog")).to_have_count(0)
        assert page.locator(".rows > li :focus").count() == 0
        assert demo.call("GET", "/me")["shortcuts"] is False
    finally:
        demo.call("PATCH", "/me", json={"shortcuts": True})


def test_several_mentees_are_ticked_and_sent_at_once(page: Page, demo: Demo, sign_in) -> None:
    rows = demo.call("GET", "/opportunities?kind=workshop&limit=20")["items"]
    boards = {row["id"]: demo.call("GET", f"/opportunities/{row['id']}/mentees")["items"] for row in rows[:6]}
    call = next(
        id_
        for id_, board in boards.items()
        if sum(one["fit"] != "not_eligible" and not one["sent"] for one in board) >= 2
    )
    sign_in(page, f"/opportunities/{call}")
    choices = page.get_by_role("checkbox", name="Choose")
    expect(choices.first).to_be_visible()
    for at in range(2):
        choices.nth(at).check()
    expect(page.get_by_text("2 chosen")).to_be_visible()
    before = len(demo.call("GET", f"/forwards?opportunity_id={call}")["items"])
    page.get_by_role("button", name="Send…").click()
    dialog = page.get_by_role("dialog", name="Send to 2 mentees")
    expect(dialog.get_by_role("group")).to_have_count(2)
    dialog.get_by_role("button", name="Copy the messages").click()
    expect(page.locator(".toast")).to_contain_text("2 messages recorded")
    assert len(demo.call("GET", f"/forwards?opportunity_id={call}")["items"]) == before + 2

    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".toast")).to_contain_text("Undone")
