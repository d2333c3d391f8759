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


def test_whoever_is_in_a_programme_is_not_taken_in_again_however_long_its_list(
    new_page: PageMaker, demo: Demo, sign_in: Any
) -> None:
    """Two pages of accounts are invented; whose place is elsewhere stands on the second, and nobody's list is loaded."""
    page, sent = new_page(), []
    sign_in(page, "/administration")
    here = page.request.get(f"{demo.url}/v1/mentors?limit=1").json()["items"][0]
    coordinator = here | {"id": "mtr_far", "name": "Far Down", "email": "far@lakeside.example.org"}
    elsewhere = here | {"id": "mtr_new", "name": "New Here", "email": "n@b.example.org", "version": 7, "programmes": []}

    def accounts(route: Route) -> None:
        second = "cursor=further" in route.request.url
        items, further = ([coordinator, elsewhere], None) if second else ([here], "further")
        route.fulfill(json={"items": items, "next": further})

    def placed(route: Route) -> None:
        sent.append((route.request.url.rpartition("/")[2], route.request.headers["if-match"]))
        route.fulfill(json=elsewhere)

    page.route(re.compile("/v1/me$"), lambda route: route.fulfill(json=demo.call("GET", "/me") | ADMINISTRATOR))
    page.route(re.compile(r"/v1/mentors\?"), accounts)
    page.route(
        re.compile(r"/v1/programmes/\w+/mentors$"), lambda route: route.fulfill(json={"items": [], "next": None})
    )
    page.route(re.compile(r"/v1/programmes/\w+/mentors/"), placed)
    page.goto(f"{demo.url}/administration/programmes")
    page.get_by_role("button", name="Who is in it").first.click()
    page.get_by_text("Take in somebody who has an account").click()
    expect(page.get_by_label("Whom").locator("option")).to_have_text(["New Here (n@b.example.org)"])
    page.get_by_role("button", name="Take in", exact=True).click()
    expect(page.locator(".toast")).to_contain_text("New Here joined.")
    assert sent == [("mtr_new", '"7"')]


def test_addresses_that_mail_came_back_from_are_noted_at_once(page: Page, demo: Demo, sign_in: Any) -> None:
    desk = sign_in(page, "/administration")
    settled(desk).get_by_text("Addresses that mail came back from", exact=True).click()
    theirs = demo.call("GET", f"/mentees/{demo.mentees[4]}")["email"]
    desk.get_by_label("Addresses, one to a line").fill(f"{theirs}\nnobody@elsewhere.example.org")
    desk.get_by_role("button", name="Send them no more mail").click()
    expect(desk.locator(".toast")).to_contain_text("1 address noted. 1 belongs to nobody in your programmes.")
    faultless(desk)
    assert demo.call("GET", f"/mentees/{demo.mentees[4]}")["no_mail"] == "bounced"
    demo.call("DELETE", f"/mentees/{demo.mentees[4]}/bounce")
