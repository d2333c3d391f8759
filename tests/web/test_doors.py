"""Doors: the organisation's sign-in and what it refuses, and a new password by a link."""

from typing import Any

import pytest
from playwright.sync_api import Route, expect

from tests.web.barriers import faultless_everywhere
from tests.web.conftest import Demo, PageMaker

pytestmark = [pytest.mark.browser, pytest.mark.slow]


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
