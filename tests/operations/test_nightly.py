"""The night in one exit code, whatever each step ended with."""

import pytest

from operations.nightly import Night, run_night


@pytest.mark.parametrize(
    ("codes", "expected"),
    [
        ({"crawl": 0, "index": 0, "deliver": 0}, 0),
        ({"crawl": 3, "index": 0, "deliver": 0}, 3),
        ({"crawl": 1, "index": 0, "deliver": 0}, 1),
        ({"crawl": 0, "index": 1, "deliver": 0}, 1),
        ({"crawl": 3, "index": 0, "deliver": 2}, 1),
        ({"crawl": 75}, 75),
        ({"crawl": -9, "index": 0, "deliver": 0}, 1),
        ({"crawl": 0, "index": 0, "deliver": 0, "journals": 1}, 0),
        ({"crawl": 3, "index": 0, "deliver": 0, "journals": -9}, 3),
    ],
)
def test_a_night_ends_with_the_worst_that_happened(codes: dict[str, int], expected: int):
    assert Night(codes).exit_code == expected


def test_the_steps_run_in_order_and_a_failed_crawl_does_not_keep_mail_from_going_out():
    ran: list[str] = []

    def run(step: tuple[str, ...]) -> int:
        ran.append(step[0])
        return 1 if step[0] == "crawl" else 0

    run_night(run, announce=lambda step: None)

    assert ran == ["crawl", "index", "digest", "deliver", "journals"]


def test_an_overlapping_night_stops_at_once():
    assert run_night(lambda step: 75, announce=lambda step: None).codes == {"crawl": 75}
