"""Forwarded: each state with what can be done about it, answers, reminders, notes, and back to the same place."""

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from catalog.database import writing
from catalog.stores.suppressions import new_unsubscribe_link
from catalog.tables import OutboxMessage
from tests.api.serving import Served
from tests.builders import NOW
from tests.web.barriers import faultless, faultless_everywhere
from tests.web.chooser import choose
from tests.web.conftest import PageMaker
from tests.web.days import MENTEES, as_ada, served_day

pytestmark = [pytest.mark.browser, pytest.mark.slow]
UNKNOWN, FAILED, HELD, QUEUED, ANSWERED = 6, 5, 3, 4, 2


@pytest.fixture(scope="module")
def served(upgraded_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """One day for all of them: each test settles forwards of its own."""
    with served_day(upgraded_file, tmp_path_factory.mktemp("day")) as running:
        yield running


@pytest.fixture
def forwarded(page: Page, served: Served) -> Page:
    as_ada(page, served, "/forwarded")
    expect(page.locator(".rows > li")).to_have_count(9)
    return page


def row(page: Page, number: int) -> Locator:
    title = page.get_by_role("heading", name=f"Surgery programme number {number}", exact=True)
    return page.locator(".rows > li").filter(has=title)


def state_of(served: Served, name: str) -> str:
    found: str = served.as_mentor("mtr_ada").get(f"/v1/forwards/{name}").json()["state"]
    return found


def test_each_state_is_said_with_what_can_be_done_about_it(forwarded: Page) -> None:
    expect(forwarded.locator("main")).to_match_aria_snapshot(
        """
        - heading "Forwarded" [level=1]
        - form "Filters":
          - combobox "Mentee"
          - combobox "Delivery"
          - combobox "Answer"
          - combobox "Unanswered for"
          - checkbox "Changed since it was sent"
        - list:
          - listitem:
            - article "Surgery programme number 3":
              - heading "Surgery programme number 3" [level=2]
              - button /Undo/
              - button /Remind me…/
              - button /Notes…/
        """
    )
    expect(row(forwarded, UNKNOWN)).to_contain_text("so that nobody gets it twice")
    expect(row(forwarded, UNKNOWN).get_by_role("button", name="It came")).to_be_visible()
    expect(row(forwarded, ANSWERED)).to_contain_text("Interested")
    expect(row(forwarded, ANSWERED)).to_contain_text("Just what I need")
    expect(forwarded.get_by_text("Since it was sent:")).to_have_count(1)
    faultless_everywhere(forwarded)


def test_filters_live_in_the_address_and_back_keeps_the_place(forwarded: Page) -> None:
    forwarded.set_viewport_size({"width": 1280, "height": 500})
    whom = forwarded.get_by_role("combobox", name="Mentee")
    whom.press("ArrowDown")
    offered = whom.locator("xpath=..").get_by_role("option")
    expect(offered).to_have_text(["Everybody", *(re.compile(name) for name in MENTEES.values())])
    faultless(forwarded)
    whom.press("ArrowDown")
    expect(whom).to_have_attribute("aria-activedescendant", re.compile(r"-0$"))
    whom.press("Escape")
    expect(offered).to_have_count(0)
    choose(whom, "Ida Marsh-Oyelaran")
    expect(forwarded.locator(".rows > li")).to_have_count(3)
    forwarded.get_by_label("Unanswered for").select_option("7 days")
    expect(forwarded.locator(".rows > li")).to_have_count(1)
    assert "mentee_id=mte_ida" in forwarded.url
    assert "unanswered_for_days=7" in forwarded.url
    forwarded.reload()
    expect(forwarded.get_by_role("combobox", name="Mentee")).to_have_value("Ida Marsh-Oyelaran")
    expect(forwarded.locator(".rows > li")).to_have_count(1)
    forwarded.get_by_label("Answer", exact=True).select_option("Accepted")
    expect(forwarded.get_by_role("heading", name="Nothing of this kind was forwarded")).to_be_visible()
    faultless(forwarded)
    forwarded.get_by_role("button", name="Clear filters").click()
    expect(forwarded.locator(".rows > li")).to_have_count(9)
    link = row(forwarded, ANSWERED).get_by_role("heading").get_by_role("link")
    link.scroll_into_view_if_needed()
    before = forwarded.evaluate("scrollY")
    assert before > 300
    link.click()
    expect(forwarded.get_by_role("heading", name="What it says")).to_be_visible()
    assert forwarded.evaluate("scrollY") < before
    forwarded.go_back()
    expect(link).to_be_focused()
    expect(link).to_be_in_viewport()


def test_what_is_held_counts_down_and_can_be_taken_back(forwarded: Page, served: Served) -> None:
    held = row(forwarded, HELD)
    expect(held.get_by_role("button", name="Undo")).to_contain_text("20 s")
    forwarded.clock.set_fixed_time(NOW + dt.timedelta(seconds=8))
    expect(held.get_by_role("button", name="Undo")).to_contain_text("12 s")
    held.get_by_role("heading").get_by_role("link").focus()
    forwarded.keyboard.press("u")
    expect(held).to_contain_text("Undone")
    assert state_of(served, "fwd_held") == "undone"


def test_who_decides_about_a_failed_or_doubtful_mail_is_a_person(forwarded: Page, served: Served) -> None:
    row(forwarded, FAILED).get_by_role("button", name="Try again").click()
    expect(row(forwarded, FAILED)).to_contain_text("Waiting to be sent")
    row(forwarded, UNKNOWN).get_by_role("button", name="It came").click()
    expect(row(forwarded, UNKNOWN)).to_contain_text("Copied by you")
    row(forwarded, QUEUED).get_by_role("button", name="I sent it myself").click()
    expect(row(forwarded, QUEUED)).to_contain_text("Copied by you")
    assert [state_of(served, f"fwd_{name}") for name in ("failed", "unknown", "queued")] == [
        "queued",
        "copied",
        "copied",
    ]


def test_what_came_of_it_is_noted_and_reminders_follow_the_deadline(forwarded: Page, served: Served) -> None:
    answered = row(forwarded, ANSWERED)
    answered.get_by_role("button", name="Note the answer").click()
    dialog = forwarded.get_by_role("dialog", name="What Ida Marsh-Oyelaran answered")
    dialog.get_by_label("Accepted", exact=True).check()
    faultless(forwarded)
    dialog.get_by_role("button", name="Save the answer").click()
    expect(answered.locator(".tag.answered")).to_have_text("Accepted")
    answered.get_by_role("button", name="Remind me").click()
    dialog = forwarded.get_by_role("dialog", name="Be reminded about Ida Marsh-Oyelaran")
    expect(dialog.get_by_label("The latest sensible day to begin")).to_be_visible()
    dialog.get_by_label("7 days before the deadline").check()
    dialog.get_by_label("What about (optional)").fill("Look at her draft")
    faultless(forwarded)
    dialog.get_by_role("button", name="Remind me").click()
    expect(forwarded.locator(".toast")).to_contain_text(re.compile("You are reminded on Sat,? 27 Mar 2027"))
    kept = served.as_mentor("mtr_ada").get("/v1/reminders", params={"mentee_id": "mte_ida"}).json()["items"]
    assert [(one["basis"], one["days_before"]) for one in kept if one["text"] == "Look at her draft"] == [
        ("deadline", 7)
    ]


def test_notes_are_kept_beside_the_mentee_and_the_call(forwarded: Page, served: Served) -> None:
    row(forwarded, ANSWERED).get_by_role("button", name="Notes").click()
    dialog = forwarded.get_by_role("dialog", name="Notes about Ida Marsh-Oyelaran")
    dialog.get_by_role("textbox", name="A new note").fill("Needs a second letter")
    dialog.get_by_role("button", name="Keep the note").click()
    expect(dialog.get_by_text("Needs a second letter").first).to_be_visible()
    expect(dialog.get_by_role("textbox", name="A new note")).to_have_value("")
    faultless(forwarded)
    forwarded.keyboard.press("Escape")
    forwarded.goto(f"{served.url}/mentees/mte_ida")
    forwarded.get_by_text("Notes and reminders").click()
    notes = forwarded.get_by_role("region", name="Notes")
    expect(notes.get_by_text("Needs a second letter").first).to_be_visible()
    expect(notes.get_by_role("link", name="Surgery programme number 2")).to_be_visible()
    expect(forwarded.get_by_role("region", name="Reminders")).to_contain_text(
        "Ask whether the letters are on their way"
    )
    faultless(forwarded)
    notes.get_by_role("button", name="Remove").click()
    expect(notes.get_by_text("No notes yet.")).to_be_visible()
    forwarded.get_by_role("button", name="Undo").click()
    expect(notes.get_by_text("Needs a second letter").first).to_be_visible()


def test_nothing_forwarded_and_no_answer_each_have_their_state(new_page: PageMaker, served: Served) -> None:
    new_page.expected = "status of 503"
    page = new_page()
    away = {"code": "unavailable", "title": "Unavailable for now", "detail": "The database is away.", "status": 503}
    page.route("**/v1/forwards?*", lambda route: route.fulfill(status=503, json=away))
    as_ada(page, served, "/forwarded")
    expect(page.get_by_role("alert")).to_contain_text("Not available for now")
    page.unroute_all()
    page.route("**/v1/forwards?*", lambda route: route.fulfill(json={"items": [], "next": None}))
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_role("heading", name="Nothing forwarded yet")).to_be_visible()
    faultless(page)


def test_who_follows_an_unsubscribe_link_ends_it_and_can_take_that_back(
    new_page: PageMaker, page: Page, served: Served
) -> None:
    with writing(served.engine) as session:
        letter = OutboxMessage(
            natural_key="forward:fwd_silent", forward_id="fwd_silent", recipient="mte_ida@lakeside.example.org"
        )
        secret = new_unsubscribe_link(session, letter, now=NOW)
    page.goto(f"{served.url}/unsubscribe#{secret}")
    expect(page.locator("main")).to_match_aria_snapshot(
        """
        - heading "Mail from Opportune" [level=1]
        - paragraph:
          - strong: What your mentors send you
        - status: It comes to you by mail.
        - paragraph:
          - button "Send me no more of it"
        """
    )
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("It comes no more.")).to_be_visible()
    assert served.as_mentor("mtr_ada").get("/v1/mentees/mte_ida").json()["no_mail"] == "unsubscribed"
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        faultless(page)
    page.get_by_role("button", name="Send it again").click()
    expect(page.get_by_text("It comes to you by mail.")).to_be_visible()
    assert served.as_mentor("mtr_ada").get("/v1/mentees/mte_ida").json()["no_mail"] is None
    new_page.expected = "status of 404"
    page.goto(f"{served.url}/coverage")
    page.goto(f"{served.url}/unsubscribe#{'x' * 43}")
    expect(page.get_by_role("heading", name="This link leads nowhere")).to_be_visible()
