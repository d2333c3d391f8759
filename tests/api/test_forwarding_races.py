"""A mentor who undoes at the very moment the mail leaves, and one mail about several calls, delivered for real."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field

import httpx
import pytest
from aiosmtpd.controller import Controller
from icalendar import Calendar

from catalog.drafts import Deadline
from catalog.words import Precision
from delivery.letters import Letter
from delivery.loop import deliver_once
from delivery.mail import Attempt, Mailer, Result, SmtpMailer
from delivery.outbox import Sender
from tests.api.serving import Served
from tests.builders import make_opportunity, save
from tests.delivery.post_office import PostOffice
from tests.ports import free_port

CALL, COAST = "opp_rural_surgery", "opp_coast"
ROUNDS = 12


@dataclass
class Kept(Mailer):
    """A network that takes everything at once."""

    letters: list[Letter] = field(default_factory=list)

    def send(self, letter: Letter) -> Attempt:
        self.letters.append(letter)
        return Attempt(Result.TAKEN)


def sender(served: Served, mailer: Mailer) -> Sender:
    return Sender(served.engine, mailer, "Opportune <opportune@lakeside.example.org>", "here", served.clock)


def forward(client: httpx.Client, number: int) -> str:
    answer = client.post(
        "/v1/forwards",
        json={"mentee_id": "mte_ben", "opportunity_id": CALL, "channel": "email", "subject": f"Round {number}"},
        headers={"Idempotency-Key": f"round-{number}"},
    )
    assert answer.status_code == 201, answer.text
    return str(answer.json()["items"][0]["id"])


def test_a_mail_is_either_undone_or_sent_and_never_both(mailing: Served) -> None:
    ada, mailer = mailing.as_mentor("mtr_ada"), Kept()
    sending = sender(mailing, mailer)
    undone = 0
    for number in range(ROUNDS):
        made = forward(ada, number)
        mailing.clock.forward(seconds=20)  # the last moment of the undo window is the first of delivery
        start = threading.Barrier(2)
        answers: list[int] = []

        def undo(made: str = made, start: threading.Barrier = start, answers: list[int] = answers) -> None:
            start.wait()
            answers.append(ada.post(f"/v1/forwards/{made}/undo").status_code)

        def deliver(start: threading.Barrier = start) -> None:
            start.wait()
            deliver_once(sending)

        both = [threading.Thread(target=undo), threading.Thread(target=deliver)]
        for one in both:
            one.start()
        for one in both:
            one.join()
        deliver_once(sending)
        left = [letter.subject for letter in mailer.letters].count(f"Round {number}")
        state = ada.get(f"/v1/forwards/{made}").json()["state"]
        assert (answers, left, state) in (([200], 0, "undone"), ([409], 1, "sent"))
        undone += 1 - left
    assert len(mailer.letters) == ROUNDS - undone


@pytest.fixture
def office() -> Iterator[tuple[PostOffice, int]]:
    taking = PostOffice()
    free = free_port()  # aiosmtpd greets itself on the port it is given, so 0 will not do
    controller = Controller(taking, hostname="127.0.0.1", port=free)
    controller.start()
    yield taking, free
    controller.stop()


def test_one_mail_about_two_calls_carries_both_deadlines(mailing: Served, office: tuple[PostOffice, int]) -> None:
    month = Deadline(precision=Precision.MONTH, on=make_opportunity().deadlines[0].on, quote="in May")
    save(
        mailing.engine,
        make_opportunity(id=COAST, title="Coastal Surgery Course", rev=2),
        make_opportunity(id="opp_vague", title="Some day in May", deadlines=(month,), rev=3),
    )
    ada = mailing.as_mentor("mtr_ada")
    items = [{"mentee_id": "mte_ben", "opportunity_id": call} for call in (CALL, COAST, "opp_vague")]
    body = {"items": items, "channel": "email", "one_mail_per_mentee": True}
    made = ada.post("/v1/forwards/batch", json=body, headers={"Idempotency-Key": "one"}).json()
    mailing.clock.forward(seconds=21)
    taking, port = office
    assert deliver_once(sender(mailing, SmtpMailer(f"smtp://127.0.0.1:{port}", timeout=5))) == 1
    [(recipients, message)] = taking.taken
    assert recipients == ["ben@lakeside.example.org"]
    [attached] = message.iter_attachments()
    assert attached.get_content_type() == "text/calendar"
    events = Calendar.from_ical(attached.get_content()).walk("VEVENT")
    assert [str(event["SUMMARY"]) for event in events] == [
        "Deadline: Rural Surgery Fellowship",
        "Deadline: Coastal Surgery Course",
    ], "a month is no day: it has no entry"
    assert {str(event.decoded("DTSTART")) for event in events} == {"2027-05-31"}, "a day without a time is a whole day"
    states = {ada.get(f"/v1/forwards/{one['forward']['id']}").json()["state"] for one in made["items"]}
    assert states == {"sent"}
