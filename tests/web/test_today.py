"""Today: an inbox that can be emptied, by mouse and by keyboard, on a real service with something of everything."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.api.serving import Served
from tests.web.barriers import faultless, faultless_everywhere
from tests.web.conftest import PageMaker
from tests.web.days import as_ada, served_day

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(scope="module")
def served(upgraded_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """One day for all of them: what one test settles for good, those before it still find."""
    with served_day(upgraded_file, tmp_path_factory.mktemp("day")) as running:
        running.as_mentor("mtr_ada").get("/v1/today").raise_for_status()  # as every night: it looks out for new mentees
        yield running


@pytest.fixture
def today(page: Page, served: Served) -> Page:
    as_ada(page, served)
    expect(page.get_by_role("heading", name="Ben Rivers")).to_be_visible()
    return page


def line(page: Page, mentee: str, tag: str, button: str = "") -> Locator:
    """The first line about a mentee with this tag and such a button."""
    lines = page.get_by_role("region", name=mentee).locator(".rows > li")
    tagged = lines.filter(has=page.locator(".tag", has_text=tag))
    return tagged.filter(has=page.get_by_role("button", name=button)).first


def said(page: Page, words: str) -> None:
    expect(page.locator(".toast")).to_contain_text(words)


def test_each_line_says_what_by_when_why_and_what_to_do(today: Page) -> None:
    expect(today.locator("main")).to_match_aria_snapshot(
        """
        - heading "Today" [level=1]
        - paragraph: /Mon,? 1 Mar 2027\\. 3 mentees need you. 1 changed, 4 due, 2 unanswered and \\d+ new\\./
        - status:
          - text: /Lakeside Institute has not been read well/
        - region "Ida Marsh-Oyelaran":
          - heading "Ida Marsh-Oyelaran" [level=2]
          - list:
            - listitem:
              - article "Surgery programme number 0":
                - paragraph:
                  - strong: in 4 days
                - button /Note the answer/
            - listitem:
              - article "Surgery programme number 2":
                - paragraph: Due Workshop · Lakeside Institute
                - heading "Surgery programme number 2" [level=3]
                - paragraph: Ask whether the letters are on their way
                - paragraph:
                  - strong: in 34 days
                  - text: /Apply by Sat,? 3 Apr 2027/
                - button /Done/
                - button /Forward…/
                - button /Remind me in a week/
        - region "Ben Rivers":
          - list:
            - listitem:
              - article "Rural Surgery Fellowship":
                - paragraph: Changed Fellowship · Lakeside Institute
                - heading "Rural Surgery Fellowship" [level=3]
                - button /Pass it on/
        - region "Leo Fenwick"
        - region "Who may be overlooked":
          - list:
            - listitem:
              - heading "Leo Fenwick" [level=3]
              - paragraph: Nothing was ever sent, in 90 days.
              - paragraph: "No open call serves this goal:"
              - list:
                - listitem: Play the harpsichord
        """
    )
    expect(today.get_by_text("It was: 31 May 2027. It is now: 30 April 2027.")).to_be_visible()
    expect(today.get_by_role("heading", level=1)).to_be_focused()
    expect(today.get_by_role("link", name="Today")).to_have_attribute("aria-current", "page")


def test_has_no_barriers_and_fits_a_narrow_phone(today: Page) -> None:
    faultless_everywhere(today)


def test_what_is_done_or_put_off_is_gone_and_undo_brings_it_back(today: Page) -> None:
    for mentee, tag, button, words in (
        ("Ben Rivers", "Changed", "Done", "Done."),
        ("Ben Rivers", "Changed", "Remind me in a week", "It comes back in a week."),
        ("Ida Marsh-Oyelaran", "Due", "Done", "Done."),
        ("Ida Marsh-Oyelaran", "Due", "Remind me in a week", "It comes back in a week."),
        ("Ida Marsh-Oyelaran", "No answer", "Remind me in a week", "It comes back in a week."),
        ("Ida Marsh-Oyelaran", "New", "Save", "Saved."),
        ("Ida Marsh-Oyelaran", "New", "Remind me in a week", "It comes back in a week."),
    ):
        row = line(today, mentee, tag, button)
        key = row.get_by_role("heading").inner_text()
        group = (
            today.get_by_role("region", name=mentee)
            .locator(".rows > li")
            .filter(has=today.locator(".tag", has_text=tag))
        )
        same = group.filter(has=today.get_by_role("heading", name=key, exact=True))
        row.get_by_role("button", name=button).click()
        said(today, words)
        expect(same).to_have_count(0)
        today.get_by_role("button", name="Undo").click()
        said(today, "Undone")
        expect(same).to_have_count(1)


def test_two_lines_dealt_with_at_once_are_both_gone(today: Page) -> None:
    """The answers are invented: the other tests of this day find both lines."""
    under_way: list[Route] = []
    today.route("**/v1/mentees/*/decisions", lambda route: under_way.append(route))
    rows = [line(today, mentee, "New") for mentee in ("Ida Marsh-Oyelaran", "Leo Fenwick")]
    headings = [today.locator(f"[id='{row.get_by_role('heading').get_attribute('id')}']") for row in rows]
    for row in rows:
        row.get_by_role("button", name="Save").click()
    while len(under_way) < 2:
        today.wait_for_timeout(50)
    for route in under_way:
        route.fulfill(status=201, json={})
    said(today, "Saved.")
    for heading in headings:
        expect(heading).to_have_count(0)


def test_the_inbox_is_emptied_by_keyboard(today: Page) -> None:
    today.keyboard.press("j")
    expect(today.get_by_role("link", name="Surgery programme number 0").first).to_be_focused()
    today.keyboard.press("j")
    expect(today.get_by_role("link", name="Surgery programme number 2").first).to_be_focused()
    today.keyboard.press("e")
    said(today, "Done.")
    expect(today.locator(".rows > li").nth(1).locator("h3 a")).to_be_focused()
    today.keyboard.press("z")
    said(today, "Undone")
    new = line(today, "Leo Fenwick", "New")
    title = new.get_by_role("heading").inner_text()
    for _ in range(30):
        if new.evaluate("(row) => row.contains(document.activeElement)"):
            break
        today.keyboard.press("j")
    today.keyboard.press("f")
    dialog = today.get_by_role("dialog", name="Forward to Leo Fenwick")
    expect(dialog.get_by_label("Subject")).not_to_have_value("")
    today.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    today.keyboard.press("e")
    expect(today.get_by_role("button", name="Wrong topic")).to_be_focused()
    today.keyboard.press("Enter")
    said(today, "Dismissed")
    expect(
        today.get_by_role("region", name="Leo Fenwick").get_by_role("heading", name=title, exact=True)
    ).to_have_count(0)
    assert today.evaluate("document.activeElement.closest('.rows > li') !== null")
    today.keyboard.press("Enter")
    expect(today.get_by_role("heading", name="What it says")).to_be_visible()
    today.go_back()
    expect(today.locator(".rows > li h3 a:focus")).to_have_count(1)


def test_a_change_is_passed_on_with_its_message_and_what_is_done_can_be_taken_back(
    new_page: PageMaker, served: Served
) -> None:
    page = as_ada(new_page(permissions=["clipboard-read", "clipboard-write"]), served)
    line(page, "Ben Rivers", "Changed").get_by_role("button", name="Pass it on").click()
    dialog = page.get_by_role("dialog", name="Tell Ben Rivers what changed")
    expect(dialog.get_by_label("Message")).to_have_value(re.compile("Applications close on 30 April 2027"))
    faultless(page)
    with page.expect_response("**/v1/forwards") as recorded:
        dialog.get_by_role("button", name="Copy the message").click()
    said(page, "Paste it into a message to Ben Rivers")
    expect(page.locator(".tag", has_text="Changed")).to_have_count(0)
    taken = page.evaluate("navigator.clipboard.readText()")
    assert "Dear Ben Rivers" in taken
    ada = served.as_mentor("mtr_ada")
    forward = recorded.value.json()["items"][0]
    assert (forward["state"], forward["mentee"]["name"]) == ("copied", "Ben Rivers")
    assert ada.get(f"/v1/forwards/{forward['id']}").json()["message"] in taken
    page.get_by_role("button", name="Undo").click()
    said(page, "Undone")
    assert ada.get(f"/v1/forwards/{forward['id']}").json()["state"] == "undone"
    line(page, "Ben Rivers", "Changed").get_by_role("button", name="Pass it on").click()
    with page.expect_response("**/v1/forwards") as mailed:
        dialog.get_by_role("button", name="Send by mail").click()
    said(page, "On its way to Ben Rivers")
    assert mailed.value.json()["items"][0]["state"] == "held"
    page.reload()
    expect(line(page, "Ben Rivers", "New")).to_be_visible()
    expect(page.locator(".tag", has_text="Changed")).to_have_count(0)


def test_an_answer_is_noted_and_the_mentee_needs_nobody_for_it(today: Page, served: Served) -> None:
    line(today, "Ida Marsh-Oyelaran", "No answer").get_by_role("button", name="Note the answer").click()
    dialog = today.get_by_role("dialog", name="What Ida Marsh-Oyelaran answered")
    dialog.get_by_label("Not for me").check()
    dialog.get_by_label("Why not?").select_option("too_late")
    dialog.get_by_role("button", name="Save the answer").click()
    said(today, "Noted: Not for me.")
    expect(line(today, "Ida Marsh-Oyelaran", "No answer")).to_have_count(0)
    reply = served.as_mentor("mtr_ada").get("/v1/forwards/fwd_silent").json()["reply"]
    assert (reply["answer"], reply["why"], reply["by_mentor"]) == ("not_for_me", "too_late", True)


def test_nothing_left_nobody_yet_and_no_answer_each_have_their_state(
    new_page: PageMaker, served: Served, upgraded_file: Path, tmp_path: Path
) -> None:
    new_page.expected = "status of 503"
    page = new_page()
    away = {"code": "unavailable", "title": "Unavailable for now", "detail": "The database is away.", "status": 503}
    page.route("**/v1/today*", lambda route: route.fulfill(status=503, json=away))
    as_ada(page, served)
    expect(page.get_by_role("alert")).to_contain_text("Not available for now")
    page.unroute_all()
    page.route("**/v1/today*", lambda route: route.fulfill(json={**route.fetch().json(), "items": [], "total": 0}))
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_role("heading", name="Nothing left today")).to_be_visible()
    faultless(page)
    (tmp_path / "nobody").mkdir()
    with served_day(upgraded_file, tmp_path / "nobody", empty=True) as nobody:
        first = as_ada(new_page(), nobody)
        expect(first.get_by_role("heading", name="No mentees yet")).to_be_visible()
        expect(first.get_by_role("link", name="Add a mentee")).to_have_attribute("href", "/mentees/new")
        faultless(first)
