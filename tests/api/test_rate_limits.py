"""How many requests are taken, and what every answer tells of it."""

import pytest

from api.rate_limits import Policy, Windows
from tests.api.serving import Served, serving


def test_a_window_gives_so_many_and_all_of_them_again_in_the_next() -> None:
    seconds = 120.0
    windows = Windows(Policy("credential", 2, 60), lambda: seconds)
    assert [windows.take("a").remaining for _ in range(2)] == [1, 0]
    seconds = 150.0
    refused = windows.take("a")
    assert (refused.allowed, refused.resets_in) == (False, 30)
    assert windows.take("b").allowed
    seconds = 180.0
    assert windows.take("a").allowed


def test_what_was_refused_is_not_counted_and_old_windows_are_forgotten() -> None:
    seconds = 0.0
    windows = Windows(Policy("network", 1, 60), lambda: seconds)
    for number in range(1000):
        windows.take(f"network {number}")
    assert [windows.take("network 0").remaining for _ in range(3)] == [0, 0, 0]
    seconds = 60.0
    windows.take("another")
    assert len(windows._taken) == 1


def limited(database_url: str, **limits: int):
    return serving(database_url, **{"requests_per_minute": 3, "requests_per_minute_and_network": 100, **limits})


def test_every_answer_tells_what_remains_and_the_next_is_refused(database_url: str, served: Served) -> None:
    with limited(database_url, requests_per_minute_and_network=100) as running:
        ada, other = running.as_mentor(), running.as_mentor()
        answers = [ada.get("/v1/me"), ada.head("/v1/me"), ada.get("/v1/nothing"), ada.get("/v1/me")]
        if answers[-1].status_code == 200:  # the minute turned over meanwhile
            pytest.skip("the window ended during the test")
        assert [one.status_code for one in answers] == [200, 200, 404, 429]
        assert answers[0].headers["ratelimit-policy"] == '"network";q=100;w=60, "credential";q=3;w=60'
        assert '"credential";r=2;t=' in answers[0].headers["ratelimit"]
        refused = answers[-1]
        assert refused.json()["code"] == "too-many-requests"
        assert 1 <= int(refused.headers["retry-after"]) <= 60
        assert '"credential";r=0;t=' in refused.headers["ratelimit"]
        assert other.get("/v1/me").status_code == 200, "another key has its own"
        assert ada.get("/livez").status_code == 200, "and health is never refused"
        assert "ratelimit" not in running.client().get("/docs").headers


def test_made_up_credentials_do_not_escape_the_networks_limit(database_url: str, served: Served) -> None:
    with limited(database_url, requests_per_minute_and_network=5) as running:
        anyone = running.client()
        statuses = [
            anyone.get("/v1/me", headers={"Authorization": f"Bearer {number}"}).status_code for number in range(12)
        ]
        assert statuses.count(401) <= 10  # 5, or 5 more when the minute turned over
        assert 429 in statuses


def test_without_limits_nothing_is_told(served: Served) -> None:
    assert "ratelimit" not in served.as_mentor().get("/v1/me").headers


def test_a_front_end_elsewhere_can_read_why_it_was_refused(database_url: str, served: Served) -> None:
    origin = "https://frontend.example.org"
    with limited(database_url, requests_per_minute_and_network=1, cors_origins=[origin]) as running:
        answers = [running.client().get("/v1/coverage", headers={"Origin": origin}) for _ in range(3)]
        refused = next(one for one in answers if one.status_code == 429)
        assert refused.headers["access-control-allow-origin"] == origin
        told = refused.headers["access-control-expose-headers"]
        for name in ("RateLimit", "RateLimit-Policy", "Retry-After", "Deprecation", "Sunset", "Link", "ETag"):
            assert name in told.split(", ")
