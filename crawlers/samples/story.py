"""The story that the demo tells: which calls of the sample web, with which of its people, and what there is to see."""

import datetime as dt
from functools import cache
from typing import Literal

from crawlers.samples.content import SampleCall, Table, calls_on
from crawlers.samples.people import SampleMentee, people, table

Fact = Literal["moved", "closed", "nobody"]
Deed = Literal["sent", "saved", "reminded"]


class Scene(Table):
    """One call to look at, and with whom: see the head of `story.toml`."""

    fact: Fact
    heading: str
    call: str
    mentee: str
    deed: Deed
    note: str = ""
    today: str
    board: str
    list: str
    listed: str


@cache
def scenes() -> tuple[Scene, ...]:
    """What there is to see, in the order in which it is told."""
    return tuple(Scene.model_validate(row) for row in table("story.toml")["scene"])


def mentee_of(key: str) -> SampleMentee:
    """The mentee of that key in `people.toml`."""
    return next(one for one in people().mentee if one.key == key)


def call_of(scene: Scene, day: dt.date, today: dt.date) -> SampleCall:
    """The scene's call as it stands on `day`, with its dates reckoned from `today`."""
    return next(call for call in calls_on(day, today) if call.id == scene.call)
