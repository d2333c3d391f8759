"""The first five minutes: the demo's story is true through the API, and the README's tour works by curl and on the page."""

import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.web.conftest import Demo, as_said
from tests.web.demos import untouched_demo

# all of them with the browser, so that they run in this order: the tour on the page, the last, sees to what has changed
pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.usefixtures("browser_name")]
README = Path(__file__).parents[2] / "README.md"
TOUR = README.read_text("utf-8").partition("## Five minutes\n")[2].partition("\n## ")[0]
Story = dict[str, dict[str, Any]]


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """What a demo of this file's own printed: what is told of its first minute must not have been touched."""
    with untouched_demo(tmp_path_factory) as line:
        yield line


@pytest.fixture(scope="module")
def demo(said: str) -> Demo:
    return as_said(said)


@pytest.fixture(scope="module")
def story(said: str) -> Story:
    return {one["fact"]: one for one in json.loads(said)["story"]}


def todays(demo: Demo, one: dict[str, Any], section: str) -> list[dict[str, Any]]:
    """What the mentor's day says of this call to this mentee."""
    [day] = demo.call("GET", f"/today?mentee_id={one['mentee']}")["items"]
    return [item for item in day[section] if item["opportunity"]["id"] == one["opportunity"]]


def listed(demo: Demo, mentee: str, query: str = "") -> dict[str, dict[str, Any]]:
    """A mentee's whole list, by opportunity."""
    page = demo.call("GET", f"/mentees/{mentee}/recommendations?limit=100{query}")
    return {item["opportunity"]["id"]: item for item in page["items"]}


def board(demo: Demo, one: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """How the call stands with each mentee."""
    page = demo.call("GET", f"/opportunities/{one['opportunity']}/mentees")
    return {entry["mentee"]["id"]: entry for entry in page["items"]}


def test_three_calls_are_told_of_with_three_mentees(demo: Demo, story: Story):
    assert list(story) == ["moved", "closed", "nobody"]
    assert len({one["mentee"] for one in story.values()}) == 3
    for one in story.values():
        assert [look["where"].split()[0] for look in one["looks"]] == ["Today", "Its", "The"]
        assert all(look["address"].startswith(demo.url) for look in one["looks"])


def test_whoever_looks_first_is_shown_a_list_by_meaning(demo: Demo, story: Story):
    page = demo.call("GET", f"/mentees/{story['moved']['mentee']}/recommendations?limit=1")
    assert (page["ranking"]["mode"], page["degraded"]) == ("hybrid", [])


def test_a_deadline_has_just_moved(demo: Demo, story: Story):
    one = story["moved"]
    [item] = todays(demo, one, "changed")
    assert item["kind"] == "deadline"
    assert "(extended)" in item["new_quote"]
    assert item["forward_id"]
    [change] = demo.call("GET", f"/opportunities/{one['opportunity']}")["changes"]
    assert change["old_quote"] != change["new_quote"]
    assert len(board(demo, one)[one["mentee"]]["sent"]) == 1
    assert one["opportunity"] not in listed(demo, one["mentee"])
    other = one["looks"][2]["address"].rsplit("/", 1)[-1]
    assert listed(demo, other)[one["opportunity"]]["opportunity"]["deadline"]["quote"] in item["new_quote"]


def test_a_call_closed_last_night(demo: Demo, story: Story):
    one = story["closed"]
    [item] = todays(demo, one, "changed")
    assert (item["kind"], item["new_quote"]) == ("outcome", "This call is now closed.")
    assert item["opportunity"]["status"] == "closed"
    assert demo.call("GET", f"/opportunities/{one['opportunity']}")["status"] == "closed"
    assert one["opportunity"] not in listed(demo, one["mentee"])


def test_one_there_is_that_nobody_may_apply_for_and_why(demo: Demo, story: Story):
    one = story["nobody"]
    [item] = todays(demo, one, "due")
    assert item["because"] == "reminder"
    entries = board(demo, one)
    assert set(entries) == set(demo.mentees)
    for entry in entries.values():
        assert entry["fit"] == "not_eligible"
        against = [each for each in entry["eligibility"]["requirements"] if each["verdict"] == "ineligible"]
        assert against
        assert all(each["quote"] for each in against)
    assert one["opportunity"] not in listed(demo, one["mentee"])
    assert listed(demo, one["mentee"], "&ineligible=true")[one["opportunity"]]["eligibility"]["verdict"] == "ineligible"


def test_the_tour_works_by_curl(demo: Demo, tmp_path: Path):
    missing = [tool for tool in ("bash", "curl", "jq") if shutil.which(tool) is None]
    if missing:
        pytest.skip(f"the tour needs {', '.join(missing)}")
    script = "\n".join(re.findall(r"^```sh\n(.*?)^```", TOUR, re.S | re.M))
    environment = {**os.environ, "URL": demo.url, "KEY": demo.api_key}
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", script],
        env=environment,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
    assert "Its deadline has changed." in done.stdout
    assert "Dear Grace" in done.stdout
    assert '"fit": ' in done.stdout
    assert done.stdout.count('"to": "Grace Abiola-Finch"') == 2  # the evening's and ours


def test_the_tour_works_on_the_page(page: Page, demo: Demo, story: Story):
    """Each label that the tour has in bold type is pressed, in that order."""
    labels = [label for label in re.findall(r"\*\*(.+?)\*\*", TOUR) if not re.match(r"\d\. ", label)]
    pressed = Pressed(page)
    page.context.grant_permissions(["clipboard-write"])
    page.goto(demo.url)
    page.get_by_label("E-mail").fill(demo.email)
    page.get_by_label("Password").fill(demo.password)
    pressed.button("Sign in")
    expect(page.get_by_role("heading", name="Today", level=1)).to_be_visible()
    line = page.locator("li.line", has_text=story["moved"]["title"])
    expect(line).to_contain_text("Changed")
    pressed.button("Pass it on", line)
    expect(page.get_by_role("dialog").get_by_label("Message")).to_have_value(re.compile("Its deadline has changed"))
    pressed.button("Copy the message", page.get_by_role("dialog"))
    expect(line).to_have_count(0)

    pressed.link("Mentees", page.get_by_role("navigation", name="Sections"))
    pressed.link("Grace Abiola-Finch", page.get_by_role("main"))
    expect(page.get_by_role("heading", name="Grace Abiola-Finch", level=1)).to_be_visible()
    row = page.locator(".rows > li", has=page.get_by_role("button", name="Forward")).first
    title = row.get_by_role("heading").inner_text()
    expect(row.locator(".why")).not_to_be_empty()
    pressed.button("Forward", row)
    expect(page.get_by_role("dialog").get_by_label("Subject")).not_to_have_value("")
    pressed.button("Copy the message", page.get_by_role("dialog"))
    expect(page.get_by_role("heading", name=title, exact=True)).to_have_count(0)

    pressed.link("Forwarded", page.get_by_role("navigation", name="Sections"))
    expect(page.get_by_role("heading", name=title, exact=True).first).to_be_visible()
    assert pressed.labels == labels
    page.goto(f"{demo.url}/opportunities/{story['nobody']['opportunity']}")
    expect(page.locator(".board .tag.not_eligible")).to_have_count(len(demo.mentees))


class Pressed:
    """Presses what has these names, and remembers them."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.labels: list[str] = []

    def button(self, label: str, within: Any = None) -> None:
        self._press("button", label, within)

    def link(self, label: str, within: Any) -> None:
        self._press("link", label, within)

    def _press(self, role: Any, label: str, within: Any) -> None:
        (within or self.page).get_by_role(role, name=re.compile(f"^{re.escape(label)}")).first.click()
        self.labels.append(label)
