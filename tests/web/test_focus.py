"""The focus is never nowhere: what is pressed may go, and the next key goes on from there."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.web.conftest import Demo, PageMaker
from tests.web.test_day_by_keyboard import token_in

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def press(page: Page, name: str, within: str = "main") -> None:
    """With the keyboard: the button takes the focus, then Enter."""
    button = page.locator(within).get_by_role("button", name=name).first
    button.focus()
    page.keyboard.press("Enter")


def at(page: Page, matches: str) -> None:
    """What has the focus now, or as soon as what took it away is drawn."""
    expect(page.locator(f":focus:is({matches})")).to_have_count(1)


def test_the_focus_goes_on_wherever_what_had_it_is_taken_away(
    page: Page, new_page: PageMaker, demo: Demo, sign_in: Any, named: dict[str, str]
) -> None:
    sign_in(page, f"/opportunities/{named['call']}")
    boxes = page.get_by_role("checkbox", name="Choose")
    for number in range(boxes.count() - 2, boxes.count()):
        boxes.nth(number).check()
    expect(page.locator("#board")).not_to_be_in_viewport()
    press(page, "Send…")
    press(page, "Copy the messages", "dialog")
    expect(page.locator(".toast")).to_contain_text("2 messages recorded")
    at(page, "#board")  # the bar with its button is gone
    expect(page.locator("#board")).to_be_in_viewport()
    press(page, "Undo", ".toast")
    expect(page.locator(".toast")).to_contain_text("Undone")
    press(page, "Close this message", ".toast")
    expect(page.locator(".toast")).to_have_count(0)
    at(page, "#board")

    sign_in(page, "/settings/access")
    page.get_by_text("Make a key").first.click()
    page.get_by_label("What it is for").fill("To be revoked")
    press(page, "Make the key")
    at(page, ".once h2")
    press(page, "I have kept it")
    at(page, "#keys-title")
    seen_from = page.evaluate("scrollY")
    press(page, "Revoke… To be revoked")
    at(page, ".ending button")
    assert page.evaluate("scrollY") == seen_from, "what is seen already does not move"
    press(page, "Cancel")
    at(page, "button")
    page.keyboard.press("Enter")
    at(page, ".ending .danger")
    page.keyboard.press("Enter")
    expect(page.locator(".toast")).to_contain_text("Revoked")
    at(page, ".row h3")

    body = {"url": "https://hooks.example.org/focus", "name": "Focus", "events": ["opportunity.new"]}
    hook = demo.call("POST", "/webhooks", json=body)
    sign_in(page, "/settings/webhooks")
    press(page, "Edit Focus")
    at(page, "input[name=url]")
    press(page, "Cancel")
    at(page, ".row h2")
    press(page, "Edit Focus")
    press(page, "Save")
    expect(page.locator(".toast")).to_contain_text("Saved.")
    at(page, ".row h2")
    demo.call("DELETE", f"/webhooks/{hook['id']}")

    sign_in(page, f"/mentees/{named['mentee']}")
    page.get_by_text("Notes and reminders").click()
    page.get_by_role("textbox", name="A new note").fill("Ask about the letter")
    press(page, "Keep the note")
    expect(page.locator(".toast")).to_contain_text("Kept")
    at(page, "form button")
    press(page, "Change Ask about the letter")
    at(page, "textarea")
    press(page, "Keep the note", ".plain-list")
    at(page, ".plain-list button")
    press(page, "Remove Ask about the letter")
    expect(page.locator(".plain-list")).to_have_count(0)
    at(page, ".beside *")

    forward = {"mentee_id": demo.mentees[4], "opportunity_id": named["call"], "channel": "copy"}
    made = demo.call("POST", "/forwards", json=forward, headers={"Idempotency-Key": f"focus-{id(demo)}"})["items"][0]
    theirs = new_page()
    theirs.goto(f"{demo.url}/reply#{token_in(made['message'])}")
    press(theirs, "Interested")
    at(theirs, "#thanks")
    press(theirs, "Answer differently")
    at(theirs, "#question")
