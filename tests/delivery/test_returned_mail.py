"""Whom a mail server's report (RFC 3464) gives up for good: nobody else is."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from delivery.returned_mail import NotAReport, addresses_that_failed

REPORT = """\
From: MAILER-DAEMON@mail.example.org
To: opportune@lakeside.example.org
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

I could not deliver your message.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example.org
Arrival-Date: Mon, 1 Mar 2027 09:00:00 +0000

{blocks}
--b
Content-Type: message/rfc822

To: somebody@else.example.org

Hello
--b--
"""
FAILED = "Final-Recipient: rfc822; {}\nAction: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 no such user\n"


def report(*blocks: str) -> bytes:
    return REPORT.format(blocks="\n".join(blocks)).encode()


def test_each_recipient_that_failed_for_good() -> None:
    found = addresses_that_failed(report(FAILED.format("ben@lakeside.example.org"), FAILED.format("<Cai@x.example>")))
    assert found == ["ben@lakeside.example.org", "Cai@x.example"]


@pytest.mark.parametrize(
    "block",
    [
        "Final-Recipient: rfc822; ben@x.example\nAction: delayed\nStatus: 4.4.1\n",
        "Final-Recipient: rfc822; ben@x.example\nAction: failed\nStatus: 4.2.2\n",
        "Final-Recipient: rfc822; ben@x.example\nAction: delivered\nStatus: 2.0.0\n",
        "Final-Recipient: x400; /G=Ben/\nAction: failed\nStatus: 5.1.1\n",
    ],
    ids=["a delay", "a full mailbox", "a success", "no address of e-mail"],
)
def test_what_is_no_failure_for_good_is_none(block: str) -> None:
    assert addresses_that_failed(report(block)) == []


def test_who_was_written_to_counts_where_mail_was_passed_on() -> None:
    block = "Original-Recipient: rfc822;ben@x.example\n" + FAILED.format("ben.new@y.example")
    assert addresses_that_failed(report(block)) == ["ben@x.example"]


def test_a_message_that_reports_nothing_is_refused() -> None:
    with pytest.raises(NotAReport, match="RFC 3464"):
        addresses_that_failed(b"Subject: Out of office\n\nI am away.")


@given(st.binary(max_size=400))
def test_whatever_is_piped_in_gets_an_answer(junk: bytes) -> None:
    for message in (junk, report().replace(b"Hello", junk), report(FAILED.format("a@b.example")) + junk):
        with contextlib.suppress(NotAReport):
            assert all("@" in address for address in addresses_that_failed(message))
