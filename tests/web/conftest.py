"""A real browser against the real service on the sample web."""

import json
import os
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect

from tests.web.demos import untouched_demo

HARMLESS_FLAGS = [
    "--no-sandbox",  # as root in a container there is no other way
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

expect.set_options(timeout=20_000)  # milliseconds: on a busy machine five seconds are not always enough


def chromium() -> str | None:
    """$CHROMIUM, then the system's browser; None leaves it to Playwright's own."""
    named = os.environ.get("CHROMIUM")
    found = (shutil.which(name) for name in ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"))
    return named or next((path for path in found if path), None)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    return {**browser_type_launch_args, "executable_path": chromium(), "headless": True, "args": HARMLESS_FLAGS}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    settings = {"locale": "en-GB", "timezone_id": "Europe/London", "reduced_motion": "reduce"}
    return {**browser_context_args, **settings, "viewport": {"width": 1280, "height": 900}, "service_workers": "block"}


@dataclass(frozen=True)
class Demo:
    """What `opportune demo --json` says when it is ready."""

    url: str
    email: str
    password: str
    api_key: str
    mentees: tuple[str, ...]

    def call(self, method: str, path: str, **options: Any) -> Any:
        """Ask the API as a program would."""
        headers = {"Authorization": f"Bearer {self.api_key}", "If-Match": "*", **options.pop("headers", {})}
        answer = httpx.request(method, f"{self.url}/v1{path}", headers=headers, timeout=30, **options)
        answer.raise_for_status()
        return answer.json() if answer.content else None


def as_said(line: str) -> Demo:
    """The demo that printed this with `--json`."""
    said = json.loads(line)
    signs_in = said["sign_in"]
    return Demo(said["url"], signs_in["email"], signs_in["password"], said["api_key"], tuple(said["mentees"]))


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """`opportune demo` as a person starts it: sample web, two crawls, index, service."""
    with untouched_demo(tmp_path_factory) as said:
        yield as_said(said)


@pytest.fixture
def page(new_page: "PageMaker") -> Page:
    """A page that fails its test if the browser complains of anything."""
    return new_page()


class PageMaker:
    """Opens pages and keeps what their consoles say."""

    def __init__(self, browser: Browser, settings: dict[str, Any]) -> None:
        self.browser = browser
        self.settings = settings
        self.contexts: list[BrowserContext] = []
        self.complaints: list[str] = []
        self.expected = "status of (401|422)"
        """A refused sign-in, an expired session or a wrong value is an answer, though Chromium logs each failed request."""

    def __call__(self, **settings: Any) -> Page:
        """A page in a context of its own, with these settings on top of the usual ones."""
        context = self.browser.new_context(**{**self.settings, **settings})
        self.contexts.append(context)
        page = context.new_page()
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self.complaints.append(f"page error: {error}"))
        return page

    def _heard(self, message: ConsoleMessage) -> None:
        blocked = "Service Worker registration blocked" in message.text  # by Playwright, so that it sees all requests
        if message.type in ("error", "warning") and not blocked:
            self.complaints.append(f"{message.type}: {message.text} ({message.location.get('url')})")


def quiet(maker: "PageMaker") -> Iterator["PageMaker"]:
    """Lend a maker of pages, close them, and fail if they complained."""
    yield maker
    for context in maker.contexts:
        context.close()
    assert [said for said in maker.complaints if not re.search(maker.expected, said)] == []


@pytest.fixture
def new_page(browser: Browser, browser_context_args: dict[str, Any]) -> Iterator[PageMaker]:
    yield from quiet(PageMaker(browser, browser_context_args))


@pytest.fixture(scope="module")
def lasting_page(browser: Browser, browser_context_args: dict[str, Any]) -> Iterator[PageMaker]:
    """Opens pages that the tests of a file share."""
    yield from quiet(PageMaker(browser, browser_context_args))


@pytest.fixture
def sign_in(demo: Demo, signed_in: Any) -> Any:
    """Open the address that is wanted as somebody who signed in before. Not for tests that sign out: it is everybody's session."""

    def opened(page: Page, path: str = "/") -> Page:
        page.context.add_cookies(signed_in["cookies"])
        page.goto(demo.url + path)
        page.get_by_role("navigation", name="Sections").wait_for()
        return page

    return opened


@pytest.fixture
def sign_in_by_form(demo: Demo) -> Any:
    """Sign a page in by the form, at the address that is wanted."""

    def opened(page: Page, path: str = "/") -> Page:
        page.goto(demo.url + path)
        page.get_by_label("E-mail").fill(demo.email)
        page.get_by_label("Password").fill(demo.password)
        page.get_by_role("button", name="Sign in").click()
        page.get_by_role("navigation", name="Sections").wait_for()
        return page

    return opened


@pytest.fixture(scope="session")
def signed_in(browser: Browser, browser_context_args: dict[str, Any], demo: Demo) -> Any:
    """What a browser keeps once somebody has signed in: for `new_page(storage_state=signed_in)`."""
    context = browser.new_context(**browser_context_args)
    answer = context.request.post(f"{demo.url}/v1/sign-in", data={"email": demo.email, "password": demo.password})
    assert answer.ok, answer.text()
    state = context.storage_state()
    context.close()
    return state


@pytest.fixture(scope="session")
def named(demo: Demo) -> dict[str, str]:
    """A mentee, a call that suits him, and a reply link about another."""
    mentee = demo.mentees[0]
    best, other = demo.call("GET", f"/mentees/{mentee}/recommendations")["items"][:2]
    body = {"mentee_id": demo.mentees[5], "opportunity_id": other["opportunity"]["id"], "channel": "copy"}
    forward = demo.call(
        "POST", "/forwards", json=body, headers={"Idempotency-Key": f"every-view-{other['rank']}-{id(demo)}"}
    )
    token = forward["items"][0]["message"].split("/reply#")[1].split()[0]
    return {"mentee": mentee, "call": best["opportunity"]["id"], "token": token, "secret": "x" * 43}


@pytest.fixture(scope="session")
def screenshots() -> Path | None:
    """Where `make screenshots` wants its pictures, if it runs."""
    folder = os.environ.get("OPPORTUNE_SCREENSHOTS")
    return Path(folder) if folder else None
