"""Turns come in order, to one at a time, and whoever gives up holds nobody up."""

import threading
import time

import pytest

from catalog.turns import Turns


def waiting(turns: Turns, count: int) -> None:
    while len(turns._waiting) < count:
        time.sleep(0.001)


def test_who_came_first_is_served_first() -> None:
    turns, served = Turns(), list[int]()
    assert turns.take(0)

    def come(number: int) -> None:
        assert turns.take(60)
        served.append(number)
        turns.give_back()

    threads = [threading.Thread(target=come, args=(number,)) for number in range(6)]
    for number, thread in enumerate(threads):
        thread.start()
        waiting(turns, number + 1)
    turns.give_back()
    for thread in threads:
        thread.join()

    assert served == [0, 1, 2, 3, 4, 5]
    assert turns.take(0), "and nobody has it any more"


def test_who_waits_in_vain_leaves_the_queue() -> None:
    turns = Turns()
    assert turns.take(0)
    assert not turns.take(0.01)
    assert not turns.take(0)
    turns.give_back()
    assert turns.take(0), "the turn was not given to those who had left"


@pytest.mark.parametrize("handed_over", [False, True])
def test_who_is_interrupted_while_waiting_keeps_no_turn(monkeypatch: pytest.MonkeyPatch, handed_over: bool) -> None:
    turns = Turns()
    assert turns.take(0)

    def interrupted(_event: threading.Event, _patience: float) -> bool:
        if handed_over:
            turns.give_back()
        raise KeyboardInterrupt

    monkeypatch.setattr(threading.Event, "wait", interrupted)
    with pytest.raises(KeyboardInterrupt):
        turns.take(60)
    if not handed_over:
        turns.give_back()
    assert turns.take(0), "nobody has it"


def test_one_at_a_time_however_many_come_and_give_up() -> None:
    turns, inside, most, served = Turns(), [0], [0], [0]

    def come(patience: float) -> None:
        for _ in range(50):
            if turns.take(patience):
                inside[0] += 1
                most[0] = max(most[0], inside[0])
                served[0] += 1
                time.sleep(0.0002)
                inside[0] -= 1
                turns.give_back()

    threads = [threading.Thread(target=come, args=(0.0005 if number % 2 else 60,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert most == [1]
    assert served[0] >= 4 * 50
    assert turns.take(0)
