"""A secret endpoint on loopback gets no request, by whatever way it is named; what is public is called as judged."""

import threading
import time
from collections.abc import Iterator, Sequence

import httpx
import pytest

from catalog.addresses import AddressRefused, check_target
from delivery.calling import Caller
from tests.delivery.receiver import Receiver, receiving

PUBLIC = "93.184.215.14"


@pytest.fixture
def secret() -> Iterator[Receiver]:
    with receiving() as made:
        yield made


def system(host: str, port: int) -> Sequence[str]:
    """What a resolver makes of numbers, as `getaddrinfo` does."""
    known = {"2130706433": "127.0.0.1", "0x7f000001": "127.0.0.1", "127.1": "127.0.0.1", "017700000001": "127.0.0.1"}
    return [known.get(host, host)]


@pytest.mark.parametrize("scheme", ["http", "https"])
@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1", "localhost", "LOCALHOST", "localhost.", "2130706433", "0x7f000001", "0x7f.1", "127.1", "017700000001",
        "0", "0.0.0.0", "[::1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[64:ff9b::7f00:1]", "[64:ff9b:1::7f00:1]",
        "[2002:7f00:1::]", "[::127.0.0.1]", "[fe80::1%25lo]", "１２７.0.0.1", "printer.local", "db.internal", "10.0.0.8",
        "169.254.169.254", "user@127.0.0.1",
    ],
)  # fmt: skip
def test_no_way_of_writing_it_leads_there(secret: Receiver, host: str, scheme: str) -> None:
    answer = Caller(resolve=system).post(f"{scheme}://{host}:{secret.port}/in", {}, b"{}")
    assert answer.refused, answer
    assert secret.got == []


@pytest.mark.parametrize("port", [80, 443, 8443])
@pytest.mark.parametrize("host", ["127.0.0.1", "2130706433", "[::ffff:127.0.0.1]", "[64:ff9b::7f00:1]", "[::1]"])
def test_nor_at_a_port_that_public_sites_use(host: str, port: int) -> None:
    with pytest.raises(AddressRefused):
        check_target(f"https://{host}:{port}/in")


@pytest.mark.parametrize(
    "found",
    [["127.0.0.1"], ["::1"], ["::ffff:127.0.0.1"], ["64:ff9b::7f00:1"], [PUBLIC, "127.0.0.1"], ["10.1.2.3"], ["fe80::1%lo"]],
)  # fmt: skip
def test_a_name_that_resolves_to_it_is_refused(secret: Receiver, found: list[str]) -> None:
    asked: list[str] = []

    def resolve(host: str, port: int) -> Sequence[str]:
        asked.append(host)
        return found

    answer = Caller(resolve=resolve).post("https://hooks.example.org/in", {}, b"{}")
    assert answer.refused
    assert asked == ["hooks.example.org"]
    assert secret.got == []


def test_a_name_is_resolved_once_and_the_address_that_was_judged_is_the_one_called() -> None:
    """A name that leads elsewhere a moment later (DNS rebinding) gains nothing: nobody asks again."""
    answers = [[PUBLIC], ["127.0.0.1"], ["127.0.0.1"]]
    called: list[tuple[str, str, str]] = []

    def receive(request: httpx.Request) -> httpx.Response:
        called.append((request.url.host, request.headers["host"], request.extensions["sni_hostname"]))
        return httpx.Response(204)

    caller = Caller(resolve=lambda host, port: answers.pop(0), transport=httpx.MockTransport(receive))
    assert caller.post("https://hooks.example.org:8443/in?a=b", {}, b"{}").taken
    assert called == [(PUBLIC, "hooks.example.org:8443", "hooks.example.org")]
    assert len(answers) == 2


def test_a_host_beyond_ascii_is_asked_for_as_browsers_ask_for_it() -> None:
    asked: list[tuple[str, ...]] = []

    def resolve(host: str, port: int) -> Sequence[str]:
        asked.append((host,))
        return [PUBLIC]

    def receive(request: httpx.Request) -> httpx.Response:
        asked.append((request.headers["host"], request.extensions["sni_hostname"]))
        return httpx.Response(204)

    caller = Caller(resolve=resolve, transport=httpx.MockTransport(receive))
    assert caller.post("https://Straße.example.org:8443/in", {}, b"{}").taken
    name = "xn--strae-oqa.example.org"
    assert asked == [(name,), (f"{name}:8443", name)]


def test_a_redirect_is_not_followed(secret: Receiver) -> None:
    with receiving() as outer:
        outer.answers = [(307, {"Location": secret.url})]
        answer = Caller(loopback=True).post(outer.url, {}, b"{}")
    assert (answer.status, answer.taken, answer.error) == (307, False, "the receiver answered 307")
    assert secret.got == []


def test_the_environments_proxy_is_not_used(secret: Receiver, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{secret.port}")
    with receiving() as receiver:
        assert Caller(loopback=True).post(receiver.url, {}, b"{}").taken
    assert secret.got == []


def test_what_takes_too_long_is_given_up_as_a_whole(secret: Receiver) -> None:
    secret.wait = 5
    answer = Caller(loopback=True, deadline=0.3).post(secret.url, {}, b"{}")
    assert answer.error == "no answer within 0 seconds"


def test_a_name_server_that_never_answers_is_given_up_too() -> None:
    answering = threading.Event()

    def resolve(host: str, port: int) -> list[str]:
        answering.wait(20)
        return []

    begun = time.monotonic()
    answer = Caller(resolve=resolve, deadline=0.3).post("https://slow.example.org/", {}, b"{}")
    taken = time.monotonic() - begun
    answering.set()
    assert answer.error.startswith("no answer within")
    assert taken < 10


def test_nobody_there_and_no_such_name_are_errors_that_name_no_address() -> None:
    def unknown(host: str, port: int) -> Sequence[str]:
        raise OSError("nodename nor servname provided: hooks.example.org")

    assert (
        Caller(resolve=unknown).post("https://hooks.example.org/", {}, b"").error
        == "the host's name cannot be resolved"
    )
    assert Caller(loopback=True).post("http://127.0.0.1:9/", {}, b"").error == "the connection failed (ConnectError)"


def test_events_go_by_https_only() -> None:
    with pytest.raises(AddressRefused, match="https only"):
        check_target("http://hooks.example.org/in")
