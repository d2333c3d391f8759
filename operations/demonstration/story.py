"""The demo's story: what the mentor did before the night, and where to look for what the night found.

A deadline moves, a call closes, and one there is that nobody may apply for (`crawlers/samples/story.toml`).
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import httpx

from catalog.words import Status
from crawlers.samples.story import Scene, call_of, mentee_of, scenes
from operations.demonstration.failing import DemoFailed, answered

_NOT_FIRST_NAMES = ("Dr", "Prof")


@dataclass(frozen=True, slots=True)
class Look:
    """Where to look, and what is to be seen there."""

    where: str
    address: str
    see: str


@dataclass(frozen=True, slots=True)
class Told:
    """One call of the story: its fact (moved, closed, nobody), with whom, and where it shows."""

    fact: str
    heading: str
    title: str
    opportunity: str
    mentee: str
    name: str
    looks: tuple[Look, ...]

    def as_json(self) -> dict[str, Any]:
        """The same for programs."""
        return asdict(self)

    def in_words(self, number: int) -> str:
        """The same for people, with the addresses in lines of their own."""
        lines = [f"  {number}. {self.heading}: {self.title}, with {self.name}"]
        lines += [f"     {look.where}: {look.see}\n       {look.address}" for look in self.looks]
        return "\n".join(lines)


def begin(api: httpx.Client, address: str, mentees: Mapping[str, str], today: dt.date) -> tuple[Told, ...]:
    """Do what the mentor did on the evening before, through the API; what there will be to see. Raises DemoFailed."""
    return tuple(_done(api, address, scene, mentees, today) for scene in scenes())


def _done(api: httpx.Client, address: str, scene: Scene, mentees: Mapping[str, str], today: dt.date) -> Told:
    call = call_of(scene, today - dt.timedelta(days=1), today)
    found = _found(api, call.title)
    _do(api, scene, mentees[scene.mentee], found)
    return _told(address, scene, call.title, found, mentees)


def _found(api: httpx.Client, title: str) -> str:
    """The identifier of the call with this title; one of yesterday may have closed meanwhile, by the clock."""
    asked = answered(api.get("/opportunities", params={"q": title, "limit": 100, "status": list(Status)}))
    for one in asked["items"]:
        if one["title"] == title:
            return str(one["id"])
    raise DemoFailed(f"the crawl did not find “{title}”")


def _do(api: httpx.Client, scene: Scene, mentee: str, opportunity: str) -> None:
    about = {"mentee_id": mentee, "opportunity_id": opportunity}
    match scene.deed:
        case "sent":
            body = {**about, "channel": "copy", "note": scene.note}
            answered(api.post("/forwards", json=body, headers={"Idempotency-Key": f"demo-{mentee}"}))
        case "saved":
            body = {"opportunity_id": opportunity, "kind": "saved"}
            answered(api.post(f"/mentees/{mentee}/decisions", json=body))
        case "reminded":
            on = answered(api.get("/today"))["on"]  # today where the mentor is
            answered(api.post("/reminders", json={**about, "basis": "date", "remind_on": on, "text": scene.note}))


def _told(address: str, scene: Scene, title: str, opportunity: str, mentees: Mapping[str, str]) -> Told:
    who = mentee_of(scene.mentee).name
    first = next(part for part in who.split() if part not in _NOT_FIRST_NAMES)
    looks = (
        Look("Today", f"{address}/", scene.today),
        Look("Its board", f"{address}/opportunities/{opportunity}", scene.board),
        Look(f"The list of {mentee_of(scene.list).name}", f"{address}/mentees/{mentees[scene.list]}", scene.listed),
    )
    said = tuple(Look(one.where, one.address, one.see.format(name=first)) for one in looks)
    return Told(scene.fact, scene.heading, title, opportunity, mentees[scene.mentee], who, said)
