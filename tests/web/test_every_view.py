"""What holds for every view: free of barriers in each state, readable on every width and in every language, safe, calm."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.web.barriers import NARROW, WIDE, faultless, faultless_everywhere, fits
from tests.web.conftest import Demo, PageMaker
from tests.web.every_view import VIEWS, View, empty, hostile, pretend

pytestmark = [pytest.mark.browser, pytest.mark.slow]
ABOUT_OTHERS = re.compile(r"/v1/(?!me$)")
EVERY = pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.name)
ASKING = pytest.mark.parametrize("view", [view for view in VIEWS if view.asks], ids=lambda view: view.name)
RANKED = pytest.mark.parametrize(
    "view", [v for v in VIEWS if v.name in ("mentee", "search", "call")], ids=lambda v: v.name
)
OF_SOMEBODY = pytest.mark.parametrize(
    "view", [v for v in VIEWS if "{" in v.path and not v.public], ids=lambda v: v.name
)
WITH_LISTS = pytest.mark.parametrize("view", [view for view in VIEWS if view.empty], ids=lambda view: view.name)

PRESS = "(shown) => { shown.forEach((one) => one.click()); return new Promise((drawn) => setTimeout(drawn, 100)); }"
"""Press what is shown, whichever of it another's press takes away, and give the page the time to say that it asks."""


@pytest.fixture(scope="module")
def desk(lasting_page: PageMaker, demo: Demo, signed_in: Any) -> Page:
    """A page that stays open: views change as they do for a mentor, without loading the page anew."""
    lasting_page.expected = "status of (404|503)"
    page = lasting_page(storage_state=signed_in)
    pretend(page)
    page.goto(f"{demo.url}/nowhere")
    return page


@pytest.fixture(scope="module")
def phone(lasting_page: PageMaker, demo: Demo, signed_in: Any) -> Page:
    """The same, 320 pixels wide, in the invented language from right to left."""
    page = lasting_page(storage_state=signed_in, viewport={"width": 320, "height": 800})
    pretend(page)
    page.goto(f"{demo.url}/nowhere?locale=ar-XB")
    return page


@pytest.fixture
def opened(desk: Page, named: dict[str, str]) -> Any:
    """Go to a view, from nowhere."""

    def opens(view: View, page: Page = desk) -> Page:
        goes = "(to) => { history.pushState(null, '', to); dispatchEvent(new Event('opportune:address')); }"
        page.evaluate(goes, "/nowhere")
        sections, door = page.locator("header.top nav"), page.locator("input[type=password]")
        expect(sections.or_(door).first).to_be_visible()
        if door.is_visible():  # after a view for nobody; an answer that nobody waits for would come in the next view
            page.evaluate("dispatchEvent(new Event('opportune:me'))")
        expect(sections).to_be_visible()
        page.evaluate(goes, view.path.format(**named))
        if view.signed_out:
            page.evaluate("dispatchEvent(new Event('opportune:signed-out'))")
        expect(page.locator("h1", has_text="There is nothing here")).to_have_count(0)
        expect(page.locator("h1", has_text="Ţhéŕé")).to_have_count(0)
        return settled(page)

    yield opens
    for page in (desk,):
        page.unroute_all(behavior="wait")  # what nobody waited for may still be on its way
        page.emulate_media(color_scheme="light")
        page.set_viewport_size(WIDE)


def settled(page: Page) -> Page:
    expect(page.get_by_role("heading", level=1).first).to_be_visible()
    expect(page.locator(".bones")).to_have_count(0)
    return page


def altered(page: Page, change: Any) -> None:
    """Let the page see the API's answers as `change` makes them; who is signed in stays."""

    def answer(route: Route) -> None:
        found = route.fetch()
        route.fulfill(response=found, json=change(found.json()))

    page.route(ABOUT_OTHERS, answer)


@EVERY
def test_reads_aloud_as_it_should_and_has_no_barriers_light_dark_wide_or_narrow(opened: Any, view: View) -> None:
    page = opened(view)
    expect(page.locator("body")).to_match_aria_snapshot(view.snapshot)
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_be_focused()
    expect(page).to_have_title(f"{heading.inner_text()} · Opportune")
    faultless_everywhere(page)


@EVERY
def test_holds_in_a_longer_language_from_right_to_left(opened: Any, phone: Page, view: View) -> None:
    page = opened(view, phone)
    assert page.evaluate("getComputedStyle(document.querySelector('h1')).direction") == "rtl"
    fits(page)
    controls = page.locator("nav a, legend, summary, label.chip, button:not([aria-label])").all_inner_texts()
    assert [words for words in controls if words.strip() and "[" not in words] == []


@ASKING
def test_says_what_went_wrong_and_tries_again(opened: Any, desk: Page, view: View) -> None:
    away = {"code": "unavailable", "title": "Unavailable for now", "detail": "The database is away.", "status": 503}
    desk.route(ABOUT_OTHERS, lambda route: route.fulfill(status=503, json=away))
    opened(view)
    expect(desk.get_by_role("alert").first).to_contain_text("Not available for now")
    faultless_everywhere(desk)

    desk.unroute_all()
    again = desk.get_by_role("button", name="Try again")
    while again.count():  # what one press brings may show that something else went wrong
        again.evaluate_all(PRESS)
        expect(desk.locator(".bones")).to_have_count(0)
    expect(desk.get_by_role("alert")).to_have_count(0)
    expect(desk.locator("body")).to_match_aria_snapshot(view.snapshot)


@WITH_LISTS
def test_says_when_there_is_nothing(opened: Any, desk: Page, view: View) -> None:
    altered(desk, empty)
    opened(view)
    expect(desk.get_by_role("heading", name=view.empty)).to_be_visible()
    faultless_everywhere(desk)


@RANKED
def test_says_when_a_list_is_ranked_by_less_than_it_could_be(opened: Any, desk: Page, view: View) -> None:
    altered(desk, lambda value: value | ({"degraded": ["model_unavailable"]} if "degraded" in value else {}))
    opened(view)
    expect(desk.get_by_text("The language model is not available").first).to_be_visible()
    faultless_everywhere(desk)


@RANKED
def test_says_when_sources_were_not_read_for_days(opened: Any, desk: Page, view: View) -> None:
    """As though the nights had failed: every source of the demo is read well."""
    whole = re.compile(r"/v1/coverage\?freshness=stale&freshness=never(&freshness=off)?$")
    desk.route(whole, lambda route: route.fulfill(response=route.fetch(url=route.request.url.split("?")[0])))
    opened(view)
    expect(desk.locator("main").get_by_role("status").filter(has_text="not been read well").first).to_be_visible()
    faultless_everywhere(desk)


@OF_SOMEBODY
def test_says_nothing_of_what_is_anothers_or_nobodys(opened: Any, desk: Page, view: View) -> None:
    gone = {"code": "not-found", "title": "Not found", "detail": "Nothing is here.", "status": 404}
    desk.route(ABOUT_OTHERS, lambda route: route.fulfill(status=404, json=gone))
    opened(view)
    expect(desk.get_by_role("heading", name="You cannot see this").first).to_be_visible()
    faultless_everywhere(desk)


@EVERY
def test_hostile_text_stays_text(opened: Any, desk: Page, view: View) -> None:
    desk.set_viewport_size(NARROW)
    altered(desk, hostile)
    opened(view)
    fits(desk)
    foreign = "main script, main img:not([src^='/assets/']), main iframe, [href^='javascript:']"
    assert desk.evaluate("(foreign) => document.querySelectorAll(foreign).length", foreign) == 0
    assert desk.evaluate("window.__pwned === undefined")


def test_a_lost_connection_is_said_and_nothing_can_be_sent(
    new_page: PageMaker, demo: Demo, named: dict[str, str], signed_in: Any
) -> None:
    new_page.expected = "ERR_INTERNET_DISCONNECTED"
    [view] = [one for one in VIEWS if one.name == "mentee"]
    page = new_page(storage_state=signed_in)
    page.goto(view.address(demo, named))
    settled(page)
    page.context.set_offline(True)
    expect(page.get_by_text("No connection. You can read")).to_be_visible()
    expect(page.get_by_role("button", name="Forward").first).to_be_disabled()
    faultless(page)
    page.get_by_role("link", name="Forwarded", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("No connection")

    page.context.set_offline(False)
    expect(page.get_by_role("alert")).to_have_count(0)
    page.go_back()
    expect(page.get_by_role("button", name="Forward").first).to_be_enabled()


def test_the_shell_opens_without_a_connection_and_holds_nothing_about_anybody(
    new_page: PageMaker, demo: Demo, sign_in_by_form: Any
) -> None:
    new_page.expected = "ERR_INTERNET_DISCONNECTED|status of 401"
    page = new_page(service_workers="allow")
    sign_in_by_form(page, "/mentees")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.wait_for_function("navigator.serviceWorker.controller !== null")
    kept = "(async () => (await Promise.all((await caches.keys()).map(async (n) => (await (await caches.open(n)).keys()).map((r) => new URL(r.url).pathname)))).flat())()"
    page.reload()
    settled(page)
    paths = page.evaluate(kept)
    assert "/assets/main.js" in paths
    assert "/vendor/preact.mjs" in paths
    assert [path for path in paths if path.startswith("/v1")] == []

    page.context.set_offline(True)
    page.reload()
    expect(page.get_by_role("alert")).to_contain_text("No connection")
    page.context.set_offline(False)
    expect(page.get_by_role("heading", level=1)).to_have_text("Mentees")

    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()
    assert page.evaluate(kept) == []


def test_an_expired_session_asks_to_sign_in_and_goes_on_where_it_was(
    new_page: PageMaker, demo: Demo, signed_in: Any
) -> None:
    page = new_page(storage_state=signed_in)
    page.goto(f"{demo.url}/mentees")
    settled(page)
    page.context.clear_cookies()
    page.locator(".card").first.get_by_role("link").first.click()
    expect(page.get_by_text("You were signed out")).to_be_visible()
    page.get_by_label("E-mail").fill(demo.email)
    page.get_by_label("Password").fill(demo.password)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="The year ahead")).to_be_visible()
    assert "/mentees/" in page.url


def test_a_deed_in_an_expired_session_asks_to_sign_in(new_page: PageMaker, demo: Demo, signed_in: Any) -> None:
    page = new_page(storage_state=signed_in)
    page.goto(f"{demo.url}/mentees/{demo.mentees[0]}")
    settled(page)
    page.context.clear_cookies()
    page.locator(".rows > li").first.get_by_role("button", name="Save").click()
    expect(page.get_by_label("Password")).to_be_visible()
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()


def test_the_page_is_in_the_mentors_language(page: Page, demo: Demo) -> None:
    demo.call("PATCH", "/me", json={"locale": "es"})
    try:
        page.goto(demo.url + "/opportunities")
        page.get_by_label("E-mail").fill(demo.email)
        page.get_by_label("Password").fill(demo.password)
        page.get_by_role("button", name="Sign in").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Buscar")
        assert page.evaluate("document.documentElement.lang") == "es"
        page.get_by_role("button", name="Teclas e idioma").click()
        page.get_by_role("combobox", name="Idioma").select_option("en")
        expect(page.get_by_role("heading", name="Search", exact=True)).to_be_visible()
        assert demo.call("GET", "/me")["locale"] == "en"
    finally:
        demo.call("PATCH", "/me", json={"locale": "en"})


def test_reply_links_say_what_became_of_them(
    page: Page, new_page: PageMaker, demo: Demo, named: dict[str, str]
) -> None:
    new_page.expected = "status of (404|410|422)"
    page.goto(f"{demo.url}/reply#{named['token']}")
    page.get_by_label("Why, in your own words").fill("Perfect timing")
    page.get_by_role("button", name="Interested").click()
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    faultless(page)
    page.get_by_role("button", name="Answer differently").click()
    page.get_by_role("button", name="Not for me").click()
    expect(page.get_by_text("You answered: Not for me.")).to_be_visible()

    page.goto(f"{demo.url}/coverage")
    page.goto(f"{demo.url}/reply#{'x' * 43}")
    expect(page.get_by_role("heading", level=1)).to_have_text("This link leads nowhere")
    page.route(
        "**/v1/replies/**",
        lambda route: route.fulfill(
            status=410, json={"code": "link-not-valid", "title": "", "detail": "", "status": 410}
        ),
    )
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text("This link no longer works")
    faultless(page)
