"""A whole day without a mouse: triage three mentees, forward two calls, take one back, and see an answer come in."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.web.conftest import Demo, PageMaker

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


def go_to(page: Page, section: str) -> None:
    """By its link above."""
    walk_to(page, f"header a[href='{section}']", key="Shift+Tab")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(f"{section}$"))
    expect(page.get_by_role("heading", level=1)).to_be_focused()


def open_row(page: Page, matches: str) -> None:
    """Press j until the row's link matches, then open it."""
    expect(page.locator(f"main :is(.rows, .cards) > li a{matches}").first).to_be_visible()
    for _ in range(40):
        page.keyboard.press("j")
        if page.evaluate("(matches) => document.activeElement.matches(matches)", f"main li a{matches}"):
            break
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_be_focused()


def open_list(page: Page, mentee: str) -> None:
    go_to(page, "/mentees")
    open_row(page, f"[href='/mentees/{mentee}']")
    first_title(page)


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
    expect(page.locator(".rows > li h3 a:focus")).to_have_count(1)  # what is pressed next is of the row that follows
    return title


def dismiss(page: Page) -> None:
    """What is in the row that has the focus, for the first of the reasons."""
    page.keyboard.press("e")
    expect(page.get_by_role("button", name="Wrong topic")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".toast")).to_contain_text("Dismissed")
    expect(page.locator(".rows > li h3 a:focus")).to_have_count(1)


def save(page: Page) -> None:
    page.keyboard.press("s")
    row = page.locator(".rows > li").filter(has=page.locator(":focus"))
    expect(row.get_by_role("button", name="Save", pressed=True)).to_be_visible()


def undo(page: Page) -> None:
    page.keyboard.press("z")
    expect(page.locator(".toast")).to_contain_text("Undone")


def test_open_triage_three_forward_two_undo_one_and_a_mentee_answers(
    page: Page, new_page: PageMaker, demo: Demo
) -> None:
    """Nothing but keys after the first address. What is dismissed or saved here is taken back, for whoever comes after."""
    demo.call("PATCH", "/me", json={"shortcuts": True})
    page.goto(demo.url)
    walk_to(page, "[name=email]")
    page.keyboard.type(demo.email)
    page.keyboard.press("Tab")
    page.keyboard.type(demo.password)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Today")).to_be_focused()

    first, second, third = demo.mentees[2:5]
    open_list(page, first)
    sent = forward_first(page)
    save(page)
    undo(page)

    open_list(page, second)
    taken_back = forward_first(page)
    undo(page)
    expect(page.get_by_role("heading", name=taken_back, exact=True)).to_be_visible()
    page.keyboard.press("j")
    dismiss(page)
    undo(page)

    open_list(page, third)
    page.keyboard.press("?")
    expect(page.get_by_role("dialog").get_by_text("Next row")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    dismiss(page)
    undo(page)
    page.keyboard.press("j")
    save(page)
    undo(page)

    [forward] = [one for one in demo.call("GET", "/forwards")["items"] if one["opportunity"]["title"] == sent][:1]
    call = f"[href='/opportunities/{forward['opportunity']['id']}']"
    name = forward["mentee"]["name"]
    go_to(page, "/forwarded")
    open_row(page, call)
    theirs = page.get_by_role("region", name="My mentees").get_by_role("listitem").filter(has_text=name)
    expect(theirs).to_contain_text("No answer yet")

    answers(new_page(), f"{demo.url}/reply#{token_in(forward['message'])}")
    go_to(page, "/forwarded")
    open_row(page, call)
    expect(theirs).to_contain_text("Interested")


def token_in(message: str) -> str:
    found = re.search(r"/reply#([\w-]+)", message)
    assert found
    return found[1]


def answers(page: Page, link: str) -> None:
    """The mentee, who has no mouse either."""
    page.goto(link)
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    walk_to(page, "button[value=interested]")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()


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
