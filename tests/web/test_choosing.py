"""What a mentor chooses holds: until when a call is snoozed, how early to be reminded, what a webhook is narrowed to."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.web.barriers import faultless
from tests.web.conftest import Demo, PageMaker
from tests.web.test_mentor import settled

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_what_a_form_does_not_show_of_a_webhooks_filters_is_said_and_kept(
    new_page: PageMaker, demo: Demo, sign_in: Any
) -> None:
    filters = {"country": ["NL", "KE"], "stage": ["resident"], "deadline_before": "2031-05-01", "remote": False}
    body = {"url": "https://hooks.example.org/kept", "name": "Kept", "events": ["opportunity.new"], "filters": filters}
    made = demo.call("POST", "/webhooks", json=body)
    page = sign_in(new_page(), "/settings/webhooks")
    kept = page.locator(".rows > li").filter(has=page.get_by_role("heading", name="Kept"))
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


def test_whom_a_webhook_is_about_is_said_by_name_and_when_they_are_no_longer_seen(
    new_page: PageMaker, demo: Demo, sign_in: Any, named: dict[str, str]
) -> None:
    new_page.expected = "status of 404"
    filters = {"mentee_id": named["mentee"]}
    body = {"url": "https://hooks.example.org/about", "name": "About", "events": ["opportunity.new"]}
    made = demo.call("POST", "/webhooks", json=body | {"filters": filters})
    page = sign_in(new_page(), "/settings/webhooks")
    about = page.locator(".rows > li").filter(has=page.get_by_role("heading", name="About"))
    expect(about).to_contain_text("about Noor Haddad-Quill only")
    about.get_by_role("button", name="Edit").click()
    expect(about.get_by_role("combobox", name="Recommended to")).to_have_value("Noor Haddad-Quill")
    expect(about.locator("input[name=mentee_id]")).to_have_value(named["mentee"])

    gone = {"code": "not-found", "title": "Not found", "detail": "Nothing is here.", "status": 404}
    page.route(f"**/v1/mentees/{named['mentee']}", lambda route: route.fulfill(status=404, json=gone))
    page.reload()
    expect(about).to_contain_text("about a mentee whom you no longer see")
    assert named["mentee"] not in about.inner_text()
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
    assert page.evaluate(ends, [None, "2027-03-02T12:00:00Z"]) == ["2027-03-02"]
    assert page.evaluate(ends, [None, "2027-03-01T22:00:00Z"]) == []  # it closes today
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


def test_what_is_not_known_of_a_mentee_is_said_in_the_row_that_asks_for_it(
    new_page: PageMaker, demo: Demo, sign_in: Any, named: dict[str, str]
) -> None:
    mentee = f"/mentees/{named['mentee']}"
    before = demo.call("GET", mentee)["citizenships"]
    demo.call("PATCH", mentee, json={"citizenships": []})
    try:
        page = sign_in(new_page(), mentee)
        settled(page)
        asking = page.locator(".rows > li").filter(has_text="Citizenship not known yet")
        waiting = asking.count()
        assert waiting > 0
        asking.first.get_by_role("button", name="Fill it in").click()
        field = asking.first.get_by_role("combobox", name="Citizenship")
        expect(field).to_be_focused()
        faultless(page)
        field.select_option("United States")
        asking.first.get_by_role("button", name="Save", exact=True).last.click()
        expect(page.locator(".toast")).to_contain_text("Kept.")
        expect(asking).to_have_count(0)
        assert demo.call("GET", mentee)["citizenships"] == ["US"]
        page.get_by_role("button", name="Undo").click()
        expect(asking).to_have_count(waiting)
    finally:
        demo.call("PATCH", mentee, json={"citizenships": before})


def test_the_year_that_a_call_asks_for_is_filled_in_where_it_is_asked(
    new_page: PageMaker, demo: Demo, sign_in: Any, named: dict[str, str]
) -> None:
    mentee = f"/mentees/{named['mentee']}"
    doctor = {"stage": "resident", "profession": "physician", "degree": "medical", "specialty": "family medicine"}
    before = {name: demo.call("GET", mentee)[name] for name in (*doctor, "qualified_in")}
    demo.call("PATCH", mentee, json={**doctor, "qualified_in": None})
    try:
        page = sign_in(new_page(), mentee)
        settled(page)
        asking = page.locator(".rows > li").filter(has_text="Year of qualification not known yet").first
        asking.get_by_role("button", name="Fill it in").click()
        field = asking.get_by_role("spinbutton", name="Year of qualification")
        expect(field).to_be_focused()
        faultless(page)
        field.fill("2025")
        asking.get_by_role("button", name="Save", exact=True).last.click()
        expect(page.locator(".toast")).to_contain_text("Kept.")
        assert demo.call("GET", mentee)["qualified_in"] == 2025
    finally:
        demo.call("PATCH", mentee, json=before)


def test_languages_are_told_by_name_where_they_are_asked_for(
    page: Page, demo: Demo, sign_in: Any, named: dict[str, str]
) -> None:
    mentee = f"/mentees/{named['mentee']}"
    judged = {"verdict": "unknown", "requirements": [], "question": "Which languages?", "fact": "languages"}

    def asking(route: Route) -> None:
        found = route.fetch()
        items = [{**item, "eligibility": judged} for item in found.json()["items"]]
        route.fulfill(response=found, json={**found.json(), "items": items})

    before = demo.call("GET", mentee)["languages"]
    demo.call("PATCH", mentee, json={"languages": []})
    try:
        page.route("**/recommendations?*limit=50*", asking)
        sign_in(page, mentee)
        row = page.locator(".rows > li").filter(has_text="Languages not known yet").first
        row.get_by_role("button", name="Fill it in").click()
        row.get_by_role("textbox", name="Languages").fill("French; English")
        row.get_by_role("button", name="Save", exact=True).last.click()
        expect(page.locator(".toast")).to_contain_text("Kept.")
        assert demo.call("GET", mentee)["languages"] == ["fr", "en"]
        page.locator(".toast").get_by_role("button", name="Undo").click()
        expect(page.locator(".toast")).to_contain_text("Undone.")
        assert demo.call("GET", mentee)["languages"] == []
    finally:
        page.unroute_all(behavior="wait")
        demo.call("PATCH", mentee, json={"languages": before})


def test_what_somebody_else_said_of_a_mentee_meanwhile_is_added_to_and_never_undone(
    new_page: PageMaker, demo: Demo, sign_in: Any, named: dict[str, str]
) -> None:
    new_page.expected = "status of 412"
    mentee = f"/mentees/{named['mentee']}"
    before = demo.call("GET", mentee)["citizenships"]
    demo.call("PATCH", mentee, json={"citizenships": []})
    try:
        page = sign_in(new_page(), mentee)
        settled(page)
        asking = page.locator(".rows > li").filter(has_text="Citizenship not known yet")
        asking.first.get_by_role("button", name="Fill it in").click()
        asking.first.get_by_role("combobox", name="Citizenship").select_option("United States")
        demo.call("PATCH", mentee, json={"citizenships": ["NL"]})
        asking.first.get_by_role("button", name="Save", exact=True).last.click()
        expect(page.locator(".toast")).to_contain_text("Kept.")
        assert demo.call("GET", mentee)["citizenships"] == ["NL", "US"]
        demo.call("PATCH", mentee, json={"citizenships": ["NL", "US", "KE"]})
        page.get_by_role("button", name="Undo").click()
        expect(page.locator(".toast")).not_to_contain_text("Kept.")
        assert demo.call("GET", mentee)["citizenships"] == ["NL", "US", "KE"]
    finally:
        demo.call("PATCH", mentee, json={"citizenships": before})


def test_only_whom_the_words_typed_have_found_is_chosen_and_nothing_is_made_without(
    new_page: PageMaker, demo: Demo, sign_in: Any
) -> None:
    page = sign_in(new_page(), "/settings/feeds")
    page.get_by_text("Make a feed", exact=True).click()
    field = page.get_by_role("combobox", name="What it shows")
    offered = field.locator("xpath=..").get_by_role("option")
    field.fill("a")
    expect(offered.first).to_have_attribute("aria-selected", "true")
    held: list[Route] = []
    page.route("**/v1/mentees/search", lambda route: held.append(route))
    made: list[str] = []
    page.on("request", lambda request: made.append(request.url) if request.url.endswith("/v1/feeds") else None)
    field.fill("Noor")
    field.press("Enter")
    expect(offered).to_have_count(0)
    while not held:
        field.press("Enter")
        page.wait_for_timeout(50)
    expect(field).to_have_value("Noor")
    expect(page.locator("input[name=mentee_id]")).to_have_value("")
    held[0].continue_()
    expect(offered.first).to_have_attribute("aria-selected", "true")
    field.press("Enter")
    expect(field).to_have_value("Noor Haddad-Quill")
    assert made == []


def test_what_a_page_has_crossed_out_is_crossed_out_here(new_page: PageMaker, demo: Demo, sign_in: Any) -> None:
    [call] = [one for one in demo.call("GET", "/opportunities?limit=100")["items"] if "Tamarind" in one["title"]]
    page = sign_in(new_page(), f"/opportunities/{call['id']}")
    expect(page.locator(".board q s").first).to_contain_text(re.compile(r"no longer holds:\) \w+ \d"))
    assert "~~" not in page.locator("main").inner_text()


def test_an_amount_is_told_once_with_all_that_is_said_of_it(page: Page, demo: Demo) -> None:
    page.goto(f"{demo.url}/coverage")
    page.get_by_role("heading", level=1).wait_for()
    told = """async ([amounts, funding]) => {
        const { moneys } = await import("/assets/format.js");
        const whole = amounts.map((one) => ({ low: null, high: null, currency: "SEK", per: null, purpose: "other", ...one }));
        const { own, others } = moneys(whole, funding);
        return [own, others].map((some) => some.map((one) => one.replaceAll("\\u00a0", " ")));
    }"""
    yearly, plain = {"low": 40000, "per": "year", "purpose": "travel"}, {"low": 40000}
    assert page.evaluate(told, [[yearly, plain], "travel"]) == [["SEK 40,000 a year"], []]
    assert page.evaluate(told, [[plain, {**plain, "per": "total", "purpose": "stipend"}], "full"]) == [
        [], ["SEK 40,000 stipend"],
    ]  # fmt: skip
    assert page.evaluate(told, [[yearly, {**yearly, "purpose": "award"}], "travel"]) == [[], ["SEK 40,000 a year"]]
    assert page.evaluate(told, [[{"high": 500, "purpose": "fee"}, yearly], "fee"]) == [
        ["up to SEK 500"], ["SEK 40,000 a year for travel"],
    ]  # fmt: skip


def test_words_that_come_late_are_not_mixed_with_those_of_another_language(page: Page, demo: Demo) -> None:
    page.goto(f"{demo.url}/coverage")
    page.get_by_role("heading", level=1).wait_for()
    told = """async () => {
        const { speak, speakOffice, t } = await import("/assets/words.js?anew");
        const fetched = window.fetch;
        let answer;
        const held = new Promise((over) => (answer = over));
        window.fetch = async (address) => (address.endsWith("en.office.json") && (await held), fetched(address));
        await speak("en");
        const office = speakOffice();
        await speak("es");
        answer();
        await office;
        return t("sources.lately");
    }"""
    assert page.evaluate(told) == "Encontrado últimamente"
