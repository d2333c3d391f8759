"""Many clicks on one button, all at once, and what each may be answered."""

import threading
from collections.abc import Callable

import httpx

Click = Callable[[], httpx.Response]


def at_once(click: Click, times: int) -> httpx.Response:
    """Click so often at the same moment; the one answer that made something.

    Every other click is told that the first is under way (409, with how long to wait) or, if that was over, is
    answered as it was; and so is a click afterwards.
    """
    answers: list[httpx.Response] = []
    clicks = [threading.Thread(target=lambda: answers.append(click())) for _ in range(times)]
    for one in clicks:
        one.start()
    for one in clicks:
        one.join()
    assert len(answers) == times
    for told in (one for one in answers if one.status_code != 201):
        assert (told.status_code, told.json()["code"]) == (409, "idempotency-key-in-use"), told.text
        assert told.headers["retry-after"] == "1"
    done = [one for one in answers if one.status_code == 201]
    [made] = [one for one in done if "idempotent-replayed" not in one.headers]
    again = click()
    assert again.headers["idempotent-replayed"] == "true"
    assert {one.text for one in done} == {again.text} == {made.text}
    return made
