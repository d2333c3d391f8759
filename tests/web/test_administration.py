"""Coordinators run their programme on the page: they ask people in, say who is what, and see what was done."""

import re
from typing import Any

import httpx
import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.web.barriers import faultless, faultless_everywhere
from tests.web.conftest import Demo, PageMaker
from tests.web.test_mentor import settled

pytestmark = [pytest.mark.browser, pytest.mark.slow]
ADMINISTRATOR = {"role": "administrator", "email_available": True}


def row(page: Page, name: str) -> Locator:
    return page.locator(".rows > li").filter(has=page.get_by_role("heading", name=name))


def invited(page: Page, demo: Demo, address: str) -> str:
    """Ask somebody in on the page; the link that is shown once."""
    page.goto(f"{demo.url}/administration")
    settled(page)
    page.get_by_text("Invite somebody", exact=True).click()
    page.get_by_label("E-mail").fill(address)
    page.get_by_role("button", name="Invite", exact=True).click()
    once = page.get_by_role("region", name=f"The link for {address}")
    link = once.get_by_label("Link", exact=True).input_value()
    once.get_by_role("button", name="I have kept it").click()
    return link


def test_somebody_is_asked_in_given_a_place_and_shut_out(
    new_page: PageMaker, demo: Demo, sign_in: Any, named: dict[str, str]
) -> None:
    new_page.expected = "status of (401|403|404|422)"
    address = f"kim-{id(demo)}@lakeside.example.org"
    desk = sign_in(new_page(), "/administration")
    link = invited(desk, demo, address)
    expect(row(desk, address)).to_contain_text("Mentor")

    other = new_page(locale="es-ES")
    other.goto(link)
    expect(other).to_have_url(f"{demo.url}/invitation")  # without the token
    other.get_by_label("Contraseña").fill("short")
    other.get_by_label("Contraseña").evaluate("(input) => input.removeAttribute('minlength')")
    other.get_by_role("button", name="Guardar").click()
    expect(other.get_by_label("Contraseña")).to_have_attribute("aria-invalid", "true")
    faultless(other)
    other.get_by_label("Su nombre").fill(f"Kim {id(demo)}")
    other.get_by_label("Contraseña").fill("three grey herons at dawn")
    other.get_by_role("button", name="Guardar").click()
    expect(other.get_by_role("heading", level=1)).to_have_text("Hoy")  # who never chose is shown the browser's language
    expect(other.get_by_role("link", name="Administración")).to_have_count(0)
    for path in ("", "/programmes", "/mentoring", "/record"):
        other.goto(f"{demo.url}/administration{path}")
        expect(other.get_by_role("heading", name="No puede ver esto")).to_be_visible()
    other.goto(f"{demo.url}/mentees/{named['mentee']}")
    expect(other.get_by_role("heading", name="No puede ver esto")).to_be_visible()

    desk.goto(f"{demo.url}/administration/programmes")
    settled(desk)
    desk.get_by_role("button", name="Who is in it").first.click()
    kim = desk.locator(".member").filter(has_text=f"Kim {id(demo)}")
    kim.get_by_role("button", name="Make a coordinator").click()
    expect(kim.get_by_text("Coordinator", exact=True)).to_be_visible()
    faultless_everywhere(desk)
    desk.get_by_role("button", name="Undo").click()
    expect(kim.get_by_text("Coordinator", exact=True)).to_have_count(0)

    desk.get_by_role("link", name="People", exact=True).click()
    account = row(desk, f"Kim {id(demo)}")
    account.get_by_role("button", name="Take access away").click()
    expect(account.get_by_role("group")).to_contain_text("Signed out everywhere")
    faultless(desk)
    account.get_by_role("group").get_by_role("button", name="Take access away").click()
    expect(account.get_by_text("No access")).to_be_visible()
    assert other.request.get(f"{demo.url}/v1/me").status == 401
    account.get_by_role("button", name="Give access back").click()
    expect(account.get_by_text("No access")).to_have_count(0)


def test_an_invitation_is_taken_back_in_two_presses_and_its_link_is_dead(
    new_page: PageMaker, demo: Demo, sign_in: Any
) -> None:
    new_page.expected = "status of 410"
    desk = sign_in(new_page(), "/administration")
    link = invited(desk, demo, "lou@lakeside.example.org")
    lou = row(desk, "lou@lakeside.example.org")
    lou.get_by_role("button", name="Take back").click()
    lou.get_by_role("group").get_by_role("button", name="Take back").click()
    expect(lou).to_have_count(0)
    desk.goto(link)
    desk.get_by_label("Password").fill("three grey herons at dawn")
    desk.get_by_role("button", name="Save and sign in").click()
    expect(desk.get_by_role("alert")).to_contain_text("This link no longer works")


def test_a_programme_is_renamed_and_that_is_undone_and_stands_in_the_record(
    new_page: PageMaker, demo: Demo, sign_in: Any
) -> None:
    page = sign_in(new_page(), "/administration/programmes")
    settled(page)
    name = page.locator(".rows h2").first.inner_text()
    page.get_by_role("button", name="Rename").first.click()
    page.get_by_role("form", name="Rename").get_by_label("Name of the programme").fill("<b>Hillside</b>")
    page.get_by_role("form", name="Rename").get_by_role("button", name="Rename").click()
    expect(page.get_by_role("heading", name="<b>Hillside</b>")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("heading", name=name)).to_be_visible()

    page.get_by_role("link", name="Record", exact=True).click()
    expect(page.locator(".record li").first).to_contain_text("renamed a programme")
    page.get_by_label("What").select_option("forwarded a call")
    expect(page.locator(".record li").first).to_contain_text("forwarded a call")
    assert "action=forward.create" in page.url
    page.get_by_role("button", name="Clear filters").click()
    expect(page.get_by_role("button", name="Clear filters")).to_have_count(0)
    page.locator(".record li").filter(has_text="renamed a programme").first.get_by_role(
        "button", name="All about it"
    ).click()
    expect(page.get_by_text("Only about prg_")).to_be_visible()
    page.go_back()
    expect(page.get_by_text("Only about prg_")).to_have_count(0)


def test_a_mentee_is_given_another_mentor_and_that_is_taken_back(
    new_page: PageMaker, demo: Demo, sign_in: Any, named: dict[str, str]
) -> None:
    page = sign_in(new_page(), "/administration/mentoring")
    settled(page)
    noor = row(page, "Noor Haddad-Quill")
    before = noor.locator("p").inner_text()
    noor.get_by_role("button", name="Change").click()
    page.get_by_role("dialog").get_by_role("checkbox", checked=False).first.check()
    page.get_by_role("dialog").get_by_role("button", name="Close").click()
    expect(noor.locator("p")).not_to_have_text(before)
    page.get_by_role("button", name="Undo").click()
    expect(noor.locator("p")).to_have_text(before)


def test_a_source_is_asked_for_now_and_that_is_taken_back(new_page: PageMaker, demo: Demo, sign_in: Any) -> None:
    new_page.expected = "status of 404"  # the service, which looks now and then, may have been quicker
    page = sign_in(new_page(), "/sources")
    settled(page)
    asked_before = {name for one in demo.call("GET", "/crawl-requests")["items"] for name in one["sources"]}
    on = [one for one in demo.call("GET", "/sources")["items"] if one["enabled"] and one["name"] not in asked_before]
    title = on[0]["title"]
    source = page.locator("tbody tr").filter(has_text=title)
    wished = page.get_by_role("region", name="Read now").get_by_role("listitem").filter(has_text=title)
    faultless_everywhere(page)
    source.get_by_role("button", name="Read now").click()
    expect(wished).to_contain_text(re.compile("Waiting|Being read"))
    expect(source.get_by_role("button")).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".toast")).to_contain_text(re.compile("Taken back|a crawl has taken it up"))


def test_a_refusal_elsewhere_is_said_once_and_the_way_through_the_organisation_is_offered(
    new_page: PageMaker, demo: Demo
) -> None:
    new_page.expected = "status of 401"
    page = new_page()
    methods = {"password": True, "openid": {"name": "<i>Lakeside</i> Hospital", "start": "/v1/sign-in/oidc"}}
    page.route("**/v1/sign-in/methods", lambda route: route.fulfill(json=methods))
    page.goto(f"{demo.url}/mentees?sign-in-refused=unknown&archived=true")
    expect(page.get_by_role("alert")).to_contain_text("nobody here has invited this address")
    assert page.url == f"{demo.url}/mentees?archived=true"
    through = page.get_by_role("link", name="Sign in with <i>Lakeside</i> Hospital")
    assert through.get_attribute("href") == "/v1/sign-in/oidc"
    faultless_everywhere(page)
    page.route("**/v1/sign-in/oidc", lambda route: route.fulfill(status=303, headers={"Location": "/"}))
    through.click()
    page.wait_for_url(f"{demo.url}/")
    page.get_by_label("E-mail").fill(demo.email)
    page.get_by_label("Password").fill(demo.password)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Mentees")
    assert page.url == f"{demo.url}/mentees?archived=true"


def test_a_new_password_is_chosen_by_a_link(new_page: PageMaker, demo: Demo) -> None:
    """An administrator's link, whose answer only is invented: the demo has no administrator."""
    page = new_page()
    given: list[Any] = []

    def accept(route: Route) -> None:
        given.append(route.request.post_data_json)
        route.fulfill(status=204)

    page.route("**/v1/invitations/accept", accept)
    page.goto(f"{demo.url}/new-password#{'t' * 43}")
    page.get_by_label("Keep my keys").check()
    page.get_by_role("textbox", name="Password").fill("three grey herons at dawn")
    page.get_by_role("button", name="Save and sign in").click()
    page.wait_for_url(f"{demo.url}/")
    assert given == [{"token": "t" * 43, "password": "three grey herons at dawn", "keep_programs": True}]
    page.goto(f"{demo.url}/new-password")
    expect(page.get_by_text("This link is not whole")).to_be_visible()
    expect(page.get_by_role("button", name="Save and sign in")).to_be_disabled()


def test_what_a_form_does_not_show_of_a_webhooks_filters_is_said_and_kept(
    new_page: PageMaker, demo: Demo, sign_in: Any
) -> None:
    filters = {"country": ["NL", "KE"], "stage": ["resident"], "deadline_before": "2031-05-01", "remote": False}
    body = {"url": "https://hooks.example.org/kept", "name": "Kept", "events": ["opportunity.new"], "filters": filters}
    made = demo.call("POST", "/webhooks", json=body)
    page = sign_in(new_page(), "/settings/webhooks")
    kept = row(page, "Kept")
    expect(kept).to_contain_text("for: Resident · closes by 1 May 2031")
    kept.get_by_role("button", name="Edit").click()
    expect(kept.get_by_text("It also keeps:")).to_be_visible()
    expect(kept.get_by_label("Where")).to_contain_text("Netherlands, Kenya")
    kept.get_by_label("Fellowship").check()
    kept.get_by_role("button", name="Save").click()
    expect(page.locator(".toast")).to_contain_text("Saved.")
    after = demo.call("GET", f"/webhooks/{made['id']}")["filters"]
    assert {name: value for name, value in after.items() if value not in (None, [])} == filters | {
        "kind": ["fellowship"]
    }
    demo.call("DELETE", f"/webhooks/{made['id']}")


def test_a_call_is_snoozed_at_one_press_or_until_a_day_that_makes_sense_for_it(
    new_page: PageMaker, demo: Demo, sign_in: Any, named: dict[str, str]
) -> None:
    page = sign_in(new_page(), f"/mentees/{named['mentee']}")
    settled(page)
    ends = """async ([opens, closes_at]) => {
        const { endsOf } = await import("/assets/parts/snooze.js");
        return endsOf({ opens: opens && { on: opens, precision: "day" }, closes_at }, new Date("2027-03-01T09:00:00Z")).map((end) => end.until);
    }"""
    assert page.evaluate(ends, [None, None]) == ["2027-03-08", "2027-03-31"]
    assert page.evaluate(ends, [None, "2027-03-05T12:00:00Z"]) == ["2027-03-02"]
    assert page.evaluate(ends, ["2027-03-20", "2027-06-30T12:00:00Z"]) == [
        "2027-03-08", "2027-03-20", "2027-03-31", "2027-06-16",
    ]  # fmt: skip

    first = page.locator(".rows > li").filter(has=page.get_by_role("button", name="Snooze until")).first
    title = first.get_by_role("heading").inner_text()
    first.get_by_role("button", name="Snooze until").click()
    faultless(page)
    page.keyboard.press("Escape")
    expect(first.get_by_role("group", name="Snooze until")).to_have_count(0)
    first.get_by_role("button", name="Snooze until").click()
    first.get_by_role("group", name="Snooze until").get_by_role("button").first.click()
    expect(page.locator(".toast")).to_contain_text("Snoozed until")
    expect(page.get_by_role("heading", name=title, exact=True)).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("heading", name=title, exact=True)).to_be_visible()


def test_the_usual_lead_time_is_chosen_first(demo: Demo, named: dict[str, str]) -> None:
    before = demo.call("GET", "/me")["reminder_lead_days"]
    demo.call("PATCH", "/me", json={"reminder_lead_days": 3})
    try:
        dated = next(
            one["opportunity"]["id"]
            for one in demo.call("GET", f"/mentees/{named['mentee']}/recommendations?limit=100")["items"]
            if one["opportunity"]["closes_at"] and one["opportunity"]["status"] == "open"
        )
        offered = demo.call("GET", f"/reminders/choices?opportunity_id={dated}")["items"]
        assert [one["days_before"] for one in offered if one["usual"]] == [3]
    finally:
        demo.call("PATCH", "/me", json={"reminder_lead_days": before})


def test_the_pages_of_the_administration_are_for_people_with_a_session(demo: Demo) -> None:
    headers = {"Authorization": f"Bearer {demo.api_key}"}
    assert httpx.get(f"{demo.url}/v1/audit", headers=headers).status_code == 403


def test_an_administrator_is_offered_more(new_page: PageMaker, demo: Demo, sign_in: Any) -> None:
    """Who one is, and the link, are invented: the demo has no administrator. What the API lets whom do is its own tests'."""
    page = new_page()
    link = f"{demo.url}/new-password#{'t' * 43}"
    page.route(re.compile("/v1/me$"), lambda route: route.fulfill(json=demo.call("GET", "/me") | ADMINISTRATOR))
    page.route("**/v1/mentors/*/reset", lambda route: route.fulfill(status=201, json={"link": link}))
    sign_in(page, "/administration")
    samuel = row(page, "Samuel Achterberg")
    expect(samuel.get_by_role("button", name="Make an administrator")).to_be_visible()
    samuel.get_by_role("button", name="Show a link for a new password").click()
    expect(samuel.get_by_label("Link", exact=True)).to_have_value(link)
    page.get_by_text("Invite somebody", exact=True).click()
    page.get_by_label("As", exact=True).select_option("Administrator")
    faultless_everywhere(page)
    page.get_by_role("link", name="Programmes", exact=True).click()
    page.locator("summary", has_text="Begin a programme").click()
    expect(page.get_by_label("Name of the programme")).to_be_visible()
    page.get_by_role("button", name="Who is in it").first.click()
    page.get_by_text("Take in somebody who has an account").click()
    expect(page.get_by_text("Everybody who has an account is in it.")).to_be_visible()
    faultless_everywhere(page)
