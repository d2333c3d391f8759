"""What an answer of the mail server says: of the recipient, or only of how we are set up."""

import dataclasses
import socket
import threading
import time
from contextlib import suppress
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

from delivery.letters import Letter, checked_sender
from delivery.mail import Attempt, Result, SmtpMailer
from delivery.smtp import Smtp
from tests.delivery.post_office import PostOffice
from tests.ports import free_port

LETTER = Letter(
    recipient="ben@lakeside.example.org",
    subject="Rural Surgery Fellowship",
    body="Dear Ben",
    sender="Opportune <opportune@lakeside.example.org>",
)


def send(port: int, **changes: Any) -> Attempt:
    return SmtpMailer(f"smtp://127.0.0.1:{port}", timeout=5).send(dataclasses.replace(LETTER, **changes))


@pytest.mark.parametrize("recipient", ["ben", "", "@lakeside.example.org", "ben@lakeside.example.org, eve@x.example"])
def test_a_recipient_that_is_no_address_bounces(port: int, recipient: str) -> None:
    attempt = send(port, recipient=recipient)
    assert (attempt.result, attempt.bounced) == (Result.REFUSED, True)


def test_a_domain_with_letters_beyond_ascii_is_written_as_servers_take_it(office: PostOffice, port: int) -> None:
    sender = "Opportune <opportune@bücher.example.org>"
    attempt = send(port, recipient="ben@bücher.example.org", sender=sender, reply_to="ada@straße.example.org")
    assert attempt.result is Result.TAKEN
    [(recipients, message)] = office.taken
    assert recipients == [str(message["To"])] == ["ben@xn--bcher-kva.example.org"]
    assert "opportune@xn--bcher-kva.example.org" in str(message["From"])
    assert str(message["Reply-To"]) == "ada@xn--strae-oqa.example.org"
    attempt = send(port, recipient="ben@bü..cher.example.org")
    assert (attempt.result, attempt.bounced) == (Result.REFUSED, True)


def test_letters_beyond_ascii_before_the_at_go_to_a_server_that_takes_them(office: PostOffice, port: int) -> None:
    """RFC 6531. They are composed (ü as one letter); and of the rest of the mail nothing changes."""
    attempt = send(
        port, recipient="jo\N{LATIN SMALL LETTER U}\u0308rg@bücher.example.org", reply_to="ada@straße.example"
    )
    assert attempt.result is Result.TAKEN
    [(recipients, message)] = office.taken
    assert recipients == ["joürg@xn--bcher-kva.example.org"]
    assert f"\r\nTo: {recipients[0]}\r\n".encode() in b"\r\n" + office.letters[0]
    assert str(message["Reply-To"]) == "ada@xn--strae-oqa.example"
    assert office.mail_options == [["SMTPUTF8", "BODY=8BITMIME"]]
    assert send(port).result is Result.TAKEN
    assert office.mail_options[1] == [], "asked of servers only where it is needed"
    assert office.taken[1][1].get_content().strip() == "Dear Ben"


@pytest.mark.parametrize(
    ("changes", "whose"),
    [
        ({"recipient": "jürgen@lakeside.example.org"}, "the recipient's address"),
        ({"reply_to": "zoë@lakeside.example.org"}, "the address for answers"),
        ({"sender": "Opportune <oportunität@lakeside.example.org>"}, "the sender's address"),
    ],
)
def test_a_server_that_takes_ascii_alone_is_sent_no_other_address_and_the_mentor_is_told_why(
    office: PostOffice, ascii_port: int, changes: dict[str, str], whose: str
) -> None:
    attempt = send(ascii_port, **changes)
    assert (attempt.result, attempt.bounced) == (Result.REFUSED, False)
    assert f"{whose} has others there: use another address, or copy the message" in attempt.reason
    assert (office.taken, office.mail_options) == ([], [])
    assert send(ascii_port).result is Result.TAKEN


@pytest.mark.parametrize("answer", ["553 5.6.7 not past here", "550 5.6.9 not past here"])
def test_a_server_that_can_hand_such_an_address_no_further_is_told_of_alike(
    office: PostOffice, port: int, answer: str
) -> None:
    office.rcpt_answer = answer
    attempt = send(port, recipient="jürgen@lakeside.example.org")
    assert (attempt.result, attempt.bounced) == (Result.REFUSED, False)
    assert "use another address" in attempt.reason


def test_a_body_is_written_in_ascii_for_servers_that_take_seven_bits(office: PostOffice, port: int) -> None:
    assert send(port, body="Querida Zoë, año 2027", subject="Año").result is Result.TAKEN
    [(_, message)] = office.taken
    assert (message.get_content().strip(), str(message["Subject"])) == ("Querida Zoë, año 2027", "Año")
    assert message["Content-Transfer-Encoding"] in ("quoted-printable", "base64")


def test_a_sharp_s_is_not_spelt_out_for_ss_may_be_somebody_elses_domain(office: PostOffice, port: int) -> None:
    assert send(port, recipient="ben@faß.example").result is Result.TAKEN
    assert office.taken[0][0] == ["ben@xn--fa-hia.example"]


@pytest.mark.parametrize("ours", [{"sender": "Opportune"}, {"sender": ""}, {"reply_to": "ada"}, {"reply_to": "@x"}])
def test_an_address_of_ours_that_is_none_is_not_held_against_the_recipient(port: int, ours: dict[str, str]) -> None:
    attempt = send(port, **ours)
    assert (attempt.result, attempt.bounced) == (Result.REFUSED, False)


@pytest.mark.parametrize(
    ("answer", "bounced"),
    [
        ("550 5.1.1 no such user", True),
        ("550 5.1.10 this domain takes no mail", True),
        ("550 relaying denied", False),
        ("554 5.7.1 relaying denied", False),
        ("550 5.1.8 the sender's domain is not known", False),  # RFC 3463: 5.1.7 and 5.1.8 are of the sender
        ("552 5.2.2 mailbox full", False),
        ("451 4.1.1 try again later", False),
    ],
)
def test_only_an_address_that_does_not_exist_bounces(office: PostOffice, port: int, answer: str, bounced: bool) -> None:
    office.rcpt_answer = answer
    attempt = send(port)
    assert attempt.bounced is bounced
    assert attempt.result is (Result.TRY_AGAIN if answer.startswith("4") else Result.REFUSED)


def test_the_senders_address_is_checked_before_anything_is_sent() -> None:
    assert checked_sender("Opportune <opportune@localhost>") == "Opportune <opportune@localhost>"
    for wrong in ("Opportune", "", "@lakeside.example.org", "opportune@"):
        with pytest.raises(ValueError, match=r"Opportune <opportune@example\.org>"):
            checked_sender(wrong)


@pytest.mark.parametrize(("host", "result"), [("mail.example.org", Result.TRY_AGAIN), ("localhost", Result.TAKEN)])
def test_a_password_is_not_sent_in_clear_over_a_network(
    monkeypatch: pytest.MonkeyPatch, host: str, result: Result
) -> None:
    signed_in: list[str] = []

    def sign_in(_server: object, _session: object, _envelope: object, mechanism: str, _data: object) -> AuthResult:
        signed_in.append(mechanism)
        return AuthResult(success=True)

    port = free_port()
    office = Controller(PostOffice(), hostname="127.0.0.1", port=port, authenticator=sign_in, auth_require_tls=False)
    office.start()
    known = socket.getaddrinfo
    monkeypatch.setattr(socket, "getaddrinfo", lambda _host, *rest, **named: known("127.0.0.1", *rest, **named))
    try:
        attempt = SmtpMailer(f"smtp://opportune:secret@{host}:{port}", timeout=5).send(LETTER)
    finally:
        office.stop()
    assert attempt.result is result
    assert bool(signed_in) is (result is Result.TAKEN)
    if result is Result.TRY_AGAIN:
        assert "encrypt" in attempt.reason


def test_a_server_that_never_answers_is_given_up_on() -> None:
    """Slow is tried again before the message is begun: nobody waits for ever, and nothing is sent twice."""
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        mailer = SmtpMailer(f"smtp://127.0.0.1:{silent.getsockname()[1]}", timeout=0.3)
        assert mailer.send(LETTER).result is Result.TRY_AGAIN


def test_a_server_too_slow_to_say_that_it_took_the_message_leaves_it_unknown(office: PostOffice, port: int) -> None:
    office.on_data = lambda: time.sleep(1.0)
    assert SmtpMailer(f"smtp://127.0.0.1:{port}", timeout=0.3).send(LETTER).result is Result.UNKNOWN


A_RECORD_BEGINS = b"\x16\x03\x03\x3f\xff"
"""Of TLS, and says that sixteen thousand bytes follow (RFC 8446 §5.1)."""


@pytest.mark.parametrize(
    ("scheme", "talk", "drop", "found"),
    [
        ("smtp", [], b"220-wait\r\n", Result.TRY_AGAIN),
        ("smtp", [b"220 here\r\n"], b"250-wait\r\n", Result.TRY_AGAIN),
        ("smtp", [b"220 here\r\n", *[b"250 yes\r\n"] * 3, b"354 go on\r\n"], b"250-wait\r\n", Result.UNKNOWN),
        ("smtps", [A_RECORD_BEGINS], b"\x02", Result.TRY_AGAIN),
        (
            "smtp",
            [b"220 here\r\n", b"250-yes\r\n250 STARTTLS\r\n", b"220 go on\r\n", A_RECORD_BEGINS],
            b"\x02",
            Result.TRY_AGAIN,
        ),
    ],
    ids=["at the greeting", "at the first answer", "after the message", "agreeing on TLS", "agreeing on STARTTLS"],
)
def test_a_server_that_goes_on_saying_something_and_never_ends_is_cut_off(
    scheme: str, talk: list[bytes], drop: bytes, found: Result
) -> None:
    """Each drop is a sign of life, so that no time-out between two of them ever ends it."""
    over = threading.Event()

    def drip(listening: socket.socket) -> None:
        connection, _ = listening.accept()
        with connection, suppress(OSError):
            for number, line in enumerate(talk):
                if number:
                    connection.recv(4096)
                connection.sendall(line)
            for _ in range(200):  # ten seconds: one whom nobody cuts off ends by itself, and too late
                if over.wait(0.05):
                    return
                connection.sendall(drop)
            gave_up.set()

    gave_up = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as listening:
        server = threading.Thread(target=drip, args=(listening,), daemon=True)
        server.start()
        mailer = SmtpMailer(f"{scheme}://127.0.0.1:{listening.getsockname()[1]}", timeout=30.0, longest=1.0)
        assert mailer.send(LETTER).result is found
        over.set()
        server.join()
    assert not gave_up.is_set(), "it ended only when the server did"


def test_a_server_that_is_found_too_late_is_not_spoken_to(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Names are looked up, and one address tried after another, where nothing can be cut off."""
    ended = threading.Event()
    cut_off, known = Smtp._cut_off, socket.getaddrinfo

    def tell(server: Smtp) -> None:
        cut_off(server)
        ended.set()

    def late(*given: Any, **named: Any) -> Any:
        assert ended.wait(60)
        return known(*given, **named)

    monkeypatch.setattr(Smtp, "_cut_off", tell)
    monkeypatch.setattr(socket, "getaddrinfo", late)
    attempt = SmtpMailer(f"smtp://127.0.0.1:{port}", longest=0.1).send(LETTER)
    assert attempt == Attempt(Result.TRY_AGAIN, "the mail server cannot be reached (TimeoutError)")
