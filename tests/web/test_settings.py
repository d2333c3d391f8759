"""A mentor's settings: what is chosen holds, what is shown once works, and what is ended stops at once."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.web.barriers import faultless
from tests.web.chooser import choose, choose_none
from tests.web.conftest import Demo, PageMaker
from tests.web.test_mentor import settled

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(scope="module")
def lasting_desk(lasting_page: PageMaker, signed_in: Any) -> Page:
    lasting_page.expected = "status of 422"
    return lasting_page(storage_state=signed_in)


@pytest.fixture
def desk(lasting_desk: Page, demo: Demo) -> Iterator[Any]:
    """Goes to one of the settings, in a page that stays open."""

    def opens(path: str = "") -> Page:
        lasting_desk.goto(f"{demo.url}/settings{path}")
        return settled(lasting_desk)

    yield opens
    lasting_desk.unroute_all()


def row(page: Page, name: str) -> Locator:
    return page.locator(".rows > li").filter(has=page.get_by_role("heading", name=name))


def test_what_is_chosen_holds_and_can_be_taken_back(desk: Any, demo: Demo) -> None:
    before = demo.call("GET", "/me")
    page = desk()
    page.get_by_label("How often").select_option("Once a week")
    page.get_by_label("On which day").select_option("Friday")
    page.get_by_label("From what time").select_option("06:00")
    page.get_by_label("Time zone").select_option("Africa/Nairobi")
    page.get_by_label("Use single keys").uncheck()
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".toast")).to_contain_text("Saved.")
    after = demo.call("GET", "/me")
    chosen = [after[name] for name in ("digest_rhythm", "digest_weekday", "digest_hour", "timezone", "shortcuts")]
    assert chosen == ["weekly", 4, 6, "Africa/Nairobi", False]
    faultless(page)

    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_label("Use single keys")).to_be_checked()
    chosen_again = demo.call("GET", "/me")
    differing = {name for name in before if chosen_again[name] != before[name]}
    assert differing <= {"via", "scopes", "version"}


def test_a_template_of_ones_own_is_tried_used_and_ours_comes_back(desk: Any, demo: Demo) -> None:
    page = desk("/templates")
    expect(row(page, "Opportune (English)")).to_contain_text("Used")
    row(page, "Opportune (English)").get_by_role("button", name="Write my own from this").click()
    expect(page.get_by_role("heading", name="A message of your own")).to_be_focused()
    body = page.get_by_role("textbox", name="Message")
    body.fill("Hello {nobody}")
    expect(page.get_by_role("region", name="Preview").get_by_role("status")).to_contain_text("Braces may stand only")
    page.get_by_role("button", name="Save").click()
    expect(body).to_be_focused()
    expect(body).to_have_attribute("aria-invalid", "true")
    faultless(page)

    body.fill("Hello ")
    page.get_by_role("button", name="Insert {mentee}").click()
    expect(body).to_have_value("Hello {mentee}")
    expect(page.get_by_role("region", name="Preview")).to_contain_text("Hello Amina Example")
    page.get_by_role("button", name="Put our words back").click()
    expect(body).to_have_value(demo.call("GET", "/templates/standard-en")["body"])
    page.get_by_role("button", name="Undo").click()
    expect(body).to_have_value("Hello {mentee}")
    page.get_by_label("Name of the template").fill("Brief")
    page.get_by_role("button", name="Save").click()

    expect(row(page, "Brief")).to_contain_text("Used")
    best = demo.call("GET", f"/mentees/{demo.mentees[3]}/recommendations?limit=1")["items"][0]["opportunity"]["id"]
    target = {"mentee_id": demo.mentees[3], "opportunity_id": best}
    assert demo.call("POST", "/forwards/draft", json=target)["message"].startswith("Hello ")
    row(page, "Opportune (English)").get_by_role("button", name="Use ours again").click()
    expect(row(page, "Opportune (English)")).to_contain_text("Used")
    row(page, "Brief").get_by_role("button", name="Delete").click()
    expect(row(page, "Brief")).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    expect(row(page, "Brief")).to_be_visible()
    row(page, "Brief").get_by_role("button", name="Delete").click()
    expect(row(page, "Brief")).to_have_count(0)


def test_a_key_is_shown_once_works_and_is_revoked_in_two_presses(desk: Any, demo: Demo) -> None:
    page = desk("/access")
    page.get_by_text("Make a key", exact=True).click()
    page.get_by_label("What it is for").fill("<b>ward</b> screen")
    page.get_by_role("button", name="Make the key").click()
    once = page.get_by_role("region", name="The key “<b>ward</b> screen”")
    expect(once.get_by_role("heading")).to_be_focused()
    key = {"Authorization": f"Bearer {once.get_by_label('Key').input_value()}"}
    assert httpx.get(f"{demo.url}/v1/me", headers=key).json()["scopes"] == ["read"]
    faultless(page)
    once.get_by_role("button", name="I have kept it").click()
    expect(once).to_have_count(0)

    mine = row(page, "<b>ward</b> screen").filter(has=page.get_by_role("button", name="Revoke"))
    mine.get_by_role("button", name="Revoke").click()
    expect(mine.get_by_role("button", name="Revoke <b>ward</b> screen")).to_be_focused()
    page.keyboard.press("Escape")
    mine.get_by_role("button", name="Revoke").click()
    mine.get_by_role("group").get_by_role("button", name="Revoke").click()
    expect(page.locator(".toast")).to_contain_text("Revoked: <b>ward</b> screen.")
    assert httpx.get(f"{demo.url}/v1/me", headers=key).status_code == 401


def test_another_browser_is_signed_out(desk: Any, demo: Demo) -> None:
    agent = {"User-Agent": "Mozilla/5.0 (Windows NT 10.0) Firefox/140.0"}
    with httpx.Client(base_url=demo.url, headers=agent) as there:
        there.post("/v1/sign-in", json={"email": demo.email, "password": demo.password}).raise_for_status()
        page = desk("/access")
        row(page, "Firefox on Windows").first.get_by_role("button", name="Sign it out").click()
        expect(page.locator(".toast")).to_contain_text("Signed out there.")
        assert there.get("/v1/me").status_code == 401


def test_a_feed_is_made_for_a_mentee_and_revoked(desk: Any, demo: Demo) -> None:
    page = desk("/feeds")
    page.get_by_text("Make a feed", exact=True).click()
    choose(page.get_by_role("combobox", name="What it shows"), "Noor Haddad-Quill")
    page.get_by_label("Name (optional)").fill("My calendar")
    page.get_by_role("button", name="Make the feed").click()
    once = page.get_by_role("region", name="The feed “My calendar”")
    address = once.get_by_label("For a calendar").input_value()
    assert httpx.get(address).text.startswith("BEGIN:VCALENDAR")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    once.get_by_role("button", name="Copy For a calendar").click()
    expect(once.get_by_role("button", name="Copied For a calendar")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == address
    faultless(page)

    once.get_by_role("button", name="I have kept it").click()
    mine = row(page, "My calendar").filter(has=page.get_by_role("button", name="Revoke"))
    mine.get_by_role("button", name="Revoke").click()
    mine.get_by_role("group").get_by_role("button", name="Revoke").click()
    expect(page.locator(".toast")).to_contain_text("Revoked: My calendar.")
    assert httpx.get(address).status_code in (404, 410)


def test_a_webhook_is_made_tried_switched_off_and_deleted(desk: Any, demo: Demo) -> None:
    page = desk("/webhooks")
    page.get_by_text("Add a webhook", exact=True).click()
    page.get_by_label("Address").fill("http://10.0.0.1/in")
    page.get_by_role("button", name="Add it").click()
    expect(page.get_by_label("Address")).to_have_attribute("aria-invalid", "true")
    page.get_by_label("Address").fill("https://hooks.example.org/in")
    page.get_by_label("Name").fill("Ward")
    page.get_by_label("A call has closed").check()
    page.get_by_role("button", name="Add it").click()
    once = page.get_by_role("region", name="The secret of “Ward”")
    assert once.get_by_label("Secret").input_value().startswith("whsec_")
    once.get_by_role("button", name="I have kept it").click()

    ward = row(page, "Ward")
    expect(ward).to_contain_text("A new call and A call has closed")
    ward.get_by_role("button", name="Try it").click()
    expect(page.get_by_text("A trial is on its way").first).to_be_visible()
    ward.get_by_text("What was sent").click()
    sent = ward.locator(".plainlist > li", has_text="A trial")
    expect(sent).to_have_count(1)
    ward.get_by_role("button", name="Try it").click()
    expect(sent).to_have_count(2)
    ward.get_by_role("button", name="Turn off").click()
    expect(ward.get_by_text("Off", exact=True)).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(ward.get_by_role("button", name="Turn off")).to_be_visible()
    ward.get_by_role("button", name="Edit").click()
    ward.get_by_label("Only calls that I forwarded or saved").check()
    choose(ward.get_by_role("combobox", name="Recommended to"), "Noor Haddad-Quill")
    ward.get_by_role("button", name="Save").click()
    expect(ward).to_contain_text("Only calls that I forwarded or saved")
    expect(ward).to_contain_text("Noor Haddad-Quill")
    faultless(page)
    ward.get_by_role("button", name="Edit").click()
    expect(ward.get_by_role("combobox", name="Recommended to")).to_have_value("Noor Haddad-Quill")
    choose_none(ward.get_by_role("combobox", name="Recommended to"))
    ward.get_by_role("button", name="Save").click()
    expect(ward.locator("p", has_text="A new call")).not_to_contain_text("Noor")
    ward.get_by_role("button", name="New secret").click()
    ward.get_by_role("group").get_by_role("button", name="New secret").click()
    expect(page.get_by_role("region", name="The secret of “Ward”")).to_be_visible()
    ward.get_by_role("button", name="Delete").click()
    ward.get_by_role("group").get_by_role("button", name="Delete").click()
    expect(ward).to_have_count(0)


def test_the_language_changes_the_page_at_once(desk: Any, demo: Demo) -> None:
    before = demo.call("GET", "/me")["locale"]
    page = desk()
    try:
        page.get_by_label("Language").select_option("Español")
        page.get_by_role("button", name="Save").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Usted y su correo")
        faultless(page)
        page.get_by_role("button", name="Deshacer").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("You and your mail")
        assert demo.call("GET", "/me")["locale"] == before
    finally:
        demo.call("PATCH", "/me", json={"locale": "en"})


def test_mail_of_ones_own_that_came_back_is_said_and_lifted(desk: Any) -> None:
    """Only an administrator could note it, and the demo has none: what `/v1/me` says is invented."""
    page = desk()
    bounced = {"no_mail": "bounced", "email": "ada@lakeside.example.org"}

    def said(route: Route) -> None:
        found = route.fetch()
        route.fulfill(response=found, json=found.json() | bounced)

    def lifted(route: Route) -> None:
        assert route.request.method == "DELETE"
        bounced.clear()
        route.fulfill(status=204)

    page.route("**/v1/me", said)
    page.route("**/v1/me/bounce", lifted)
    page.reload()
    expect(settled(page).get_by_text("Mail to ada@lakeside.example.org came back")).to_be_visible()
    faultless(page)
    page.get_by_label("Your name").fill("Not saved yet")
    page.get_by_role("button", name="The address works again").click()
    expect(page.get_by_text("came back")).to_have_count(0)
    expect(page.get_by_label("Your name")).to_have_value("Not saved yet")
