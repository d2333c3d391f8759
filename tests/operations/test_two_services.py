"""Two `opportune serve` processes on one PostgreSQL, behind no balancer at all: whoever is asked, the answer is the same."""

import itertools
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import httpx
import pytest
from aiosmtpd.controller import Controller
from sqlalchemy import Engine

from tests.api.conftest import many_calls, populate
from tests.api.serving import PASSWORD
from tests.builders import save
from tests.delivery.post_office import PostOffice
from tests.operations.test_serve import environment, opportune, until
from tests.operations.workers import comes_true
from tests.ports import free_port

ADA = {"email": "ada@lakeside.example.org", "password": PASSWORD}


@contextmanager
def served(url: str, folder: Path, **settings: str) -> Iterator[str]:
    """A process that serves, until the block ends."""
    folder.mkdir()
    port = free_port()
    given = environment(url, folder, ENVIRONMENT="test", SECRET_KEY="k" * 40, UNDO_SECONDS="0", **settings)
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(opportune("serve", "--port", str(port)), env=given, stdout=log, stderr=log)
    address = f"http://127.0.0.1:{port}"
    try:
        assert comes_true(lambda: _answers(address), within=200), (folder / "log").read_text()
        yield address
    finally:
        process.terminate()
        process.wait(timeout=60)


def _answers(address: str) -> bool:
    try:
        return httpx.get(f"{address}/livez").status_code == 200
    except httpx.TransportError:
        return False


@pytest.mark.postgres
@pytest.mark.long
def test_two_processes_share_sessions_brakes_lists_keys_and_mail(
    postgres_url: str, postgres_engine: Engine, tmp_path: Path
) -> None:
    populate(postgres_engine)
    save(postgres_engine, *many_calls(12))
    office, port = PostOffice(), free_port()
    controller = Controller(office, hostname="127.0.0.1", port=port)
    controller.start()
    with ExitStack() as stack:
        stack.callback(controller.stop)
        smtp = {"SMTP_URL": f"smtp://127.0.0.1:{port}"}
        one = stack.enter_context(served(postgres_url, tmp_path / "one", **smtp))
        other = stack.enter_context(served(postgres_url, tmp_path / "other", **smtp))
        page = stack.enter_context(httpx.Client(timeout=60))

        assert page.post(f"{one}/v1/sign-in", json=ADA).status_code == 200
        assert page.get(f"{other}/v1/me").json()["email"] == ADA["email"], "a session of one is one of the other's"

        pages_agree(page, one, other)
        one_mail_of_many_clicks(page, one, other, office)
        guesses_are_counted_together(one, other)

        assert page.post(f"{other}/v1/sign-out").status_code < 300
        assert page.get(f"{one}/v1/me").status_code == 401, "and ends with it"


def pages_agree(page: httpx.Client, one: str, other: str) -> None:
    """A ranked list that one made is gone through by the other: the cursor is bound to a kept snapshot."""
    asked = "/v1/mentees/mte_ben/recommendations"
    first = page.get(f"{one}{asked}", params={"limit": 5}).json()
    assert len(first["items"]) == 5, first
    second = page.get(f"{other}{asked}", params={"limit": 5, "cursor": first["next"]}).json()
    assert [row["rank"] for row in second["items"]] == [6, 7, 8, 9, 10]
    ids = [row["opportunity"]["id"] for row in (*first["items"], *second["items"])]
    assert len(set(ids)) == 10
    again = page.get(f"{other}{asked}", params={"limit": 5}).json()
    assert again["ranking"] == first["ranking"], "the list that was served a moment ago, whoever served it"


def one_mail_of_many_clicks(page: httpx.Client, one: str, other: str, office: PostOffice) -> None:
    """One key sent to both at once is one forward, and both deliver: one mail."""
    body = {"mentee_id": "mte_ben", "opportunity_id": "opp_000", "channel": "email"}
    cookies = dict(page.cookies)
    answers: list[httpx.Response] = []

    def click(address: str) -> None:
        with httpx.Client(cookies=cookies, timeout=60) as client:
            answers.append(client.post(f"{address}/v1/forwards", json=body, headers={"Idempotency-Key": "click"}))

    clicks = [threading.Thread(target=click, args=(address,)) for address in (one, other) * 4]
    for each in clicks:
        each.start()
    for each in clicks:
        each.join()
    assert {answer.status_code for answer in answers} <= {201, 409}, [answer.text for answer in answers]
    [made] = {answer.json()["items"][0]["id"] for answer in answers if answer.status_code == 201}
    until("the mail", lambda: page.get(f"{other}/v1/forwards/{made}").json()["state"] == "sent")
    assert [recipients for recipients, _ in office.taken] == [["ben@lakeside.example.org"]]


def guesses_are_counted_together(one: str, other: str) -> None:
    """Who guesses here and there by turns waits as long as if it were one; the right password then waits, too."""
    turns = itertools.cycle((one, other))
    refused_for = 0
    while refused_for < 8:
        time.sleep(refused_for)
        answer = httpx.post(f"{next(turns)}/v1/sign-in", json={**ADA, "password": "a guess"}, timeout=60)
        assert answer.status_code in (401, 429)
        refused_for = int(answer.headers.get("retry-after", 0))
    assert [httpx.post(f"{each}/v1/sign-in", json=ADA, timeout=60).status_code for each in (one, other)] == [429, 429]
