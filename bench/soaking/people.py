"""People who use the service all the while: readers, mentors who forward and change their minds, mentees who answer."""

import datetime as dt
import random
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import httpx

from bench.soaking.asking import Asker, Mentor, check_private, check_recommended
from bench.soaking.installation import Service
from bench.soaking.mail_trouble import TroubledPostOffice
from bench.soaking.record import Record

CLICKS = 3  # of an impatient hand


@dataclass(frozen=True, slots=True)
class Scene:
    """Everything that the people of a soak share."""

    services: Sequence[Service]
    mentors: Sequence[Mentor]
    office: TroubledPostOffice
    record: Record
    ended: threading.Event
    seed: int


def living(scene: Scene) -> list[threading.Thread]:
    """A thread for each of them, not yet started."""
    lives: list[tuple[Callable[[Scene, Mentor, random.Random], None], Mentor]] = []
    for mentor in scene.mentors:
        lives += [(read, mentor), (forward, mentor)]
    lives.append((answer, scene.mentors[0]))
    return [
        threading.Thread(target=_lived, args=(life, scene, mentor, random.Random(scene.seed * 100 + number)))
        for number, (life, mentor) in enumerate(lives)
    ]


def _lived(
    life: Callable[[Scene, Mentor, random.Random], None], scene: Scene, mentor: Mentor, chooser: random.Random
) -> None:
    try:
        life(scene, mentor, chooser)
    except Exception as error:  # whatever it is: it is a fault of the soak or of the service, and must be seen
        scene.record.fault("people can go on", f"{life.__name__}: {type(error).__name__} {error}")


def read(scene: Scene, mentor: Mentor, chooser: random.Random) -> None:
    """Look at the day, lists, pages, calls and boards, and at what is another's."""
    asker = Asker(mentor, scene.services, scene.record)
    others = [other for other in scene.mentors if other is not mentor]
    while not scene.ended.wait(chooser.uniform(0.05, 0.3)):
        at = chooser.randrange(len(scene.services))
        mentee = chooser.choice(list(mentor.mentees))
        _read_list(asker, mentee, at)
        for path in chooser.sample(
            ("/today", "/mentees", "/forwards", "/opportunities?limit=20", "/me", "/sources"), 2
        ):
            found = asker.ask("GET", path, at=at)
            if found is not None and found.is_success:
                check_private(found.text, mentor, others, scene.record, path)
        _knock(asker, chooser.choice(list(chooser.choice(others).mentees)), at)
    asker.close()


def _read_list(asker: Asker, mentee: str, at: int) -> None:
    """A mentee's list, its second page, and the board of its first call."""
    first = asker.ask("GET", f"/mentees/{mentee}/recommendations", at=at, params={"limit": 10})
    if first is None or not first.is_success:
        return
    page = first.json()
    check_recommended(page, asker.record, dt.datetime.now(dt.UTC))
    asker.record.count("lists")
    if page["next"]:
        asker.record.count("second pages")
        query = {"limit": 10, "cursor": page["next"]}
        second = asker.ask("GET", f"/mentees/{mentee}/recommendations", at=at, params=query)
        if second is not None and second.is_success:
            ids = {item["opportunity"]["id"] for item in page["items"]}
            if ids & {item["opportunity"]["id"] for item in second.json()["items"]}:
                asker.record.fault("pages do not repeat", f"{mentee}: {query['cursor'][:20]}")
    if page["items"]:
        asker.ask("GET", f"/opportunities/{page['items'][0]['opportunity']['id']}/mentees", at=at)


def _knock(asker: Asker, stranger: str, at: int) -> None:
    """Somebody else's mentee is answered as one who does not exist."""
    for path in (f"/mentees/{stranger}", f"/mentees/{stranger}/recommendations"):
        found = asker.ask("GET", path, at=at)
        if found is not None and found.status_code not in (httpx.codes.NOT_FOUND, httpx.codes.SERVICE_UNAVAILABLE):
            asker.record.fault("nobody sees what is not theirs", f"{path} was answered {found.status_code}")


def forward(scene: Scene, mentor: Mentor, chooser: random.Random) -> None:
    """Forward with impatient hands, sometimes take it back, save and dismiss."""
    askers = [Asker(mentor, scene.services, scene.record) for _ in range(CLICKS)]
    number = 0
    with ThreadPoolExecutor(CLICKS) as hands:
        while not scene.ended.wait(chooser.uniform(0.2, 0.8)):
            mentee = chooser.choice(list(mentor.mentees))
            call = _a_call(askers[0], mentee, chooser)
            if call is None:
                continue
            number += 1
            key = f"{mentor.id}-{number}"
            scene.record.asked.add(key)
            body = {"mentee_id": mentee, "opportunity_id": call, "channel": "email"}
            given = {"json": body, "headers": {"Idempotency-Key": key}}
            at = chooser.randrange(len(scene.services))
            clicks = chooser.choice((1, 1, CLICKS))
            answers = list(
                hands.map(lambda one: one.insist("POST", "/forwards", at=at, **given), askers[:clicks])  # noqa: B023
            )
            made = [_told(scene.record, key, one) for one in answers if one is not None]
            if made and made[0] and chooser.random() < 0.15:
                _take_back(askers[0], made[0])
            if chooser.random() < 0.1:
                _decide(askers[0], mentee, call, chooser)
    for asker in askers:
        asker.close()


def _a_call(asker: Asker, mentee: str, chooser: random.Random) -> str | None:
    """One that is recommended, or, when all have been sent, any that can be read of."""
    for path, inside in ((f"/mentees/{mentee}/recommendations", "opportunity"), ("/opportunities", "")):
        found = asker.ask("GET", path, params={"limit": 20})
        items = found.json()["items"] if found is not None and found.is_success else []
        if items:
            item = chooser.choice(items)
            return str((item[inside] if inside else item)["id"])
    return None


def _told(record: Record, key: str, answer: httpx.Response) -> str:
    if answer.status_code != httpx.codes.CREATED:
        record.count(f"forwards refused: {answer.json().get('code', answer.status_code)}")
        return ""
    made = str(answer.json()["items"][0]["id"])
    record.promised(key, made)
    record.count("clicks")
    return made


def _take_back(asker: Asker, made: str) -> None:
    answer = asker.ask("POST", f"/forwards/{made}/undo", headers={"Idempotency-Key": f"undo-{made}"})
    if answer is not None and answer.is_success:
        with asker.record.lock:
            asker.record.undone.add(made)


def _decide(asker: Asker, mentee: str, call: str, chooser: random.Random) -> None:
    later = (dt.datetime.now(dt.UTC) + dt.timedelta(days=7)).date().isoformat()
    bodies = ({"kind": "saved"}, {"kind": "snoozed", "until": later}, {"kind": "dismissed", "reason": "wrong_topic"})
    body = {"opportunity_id": call, **chooser.choice(bodies)}
    asker.ask("POST", f"/mentees/{mentee}/decisions", json=body)


def answer(scene: Scene, _mentor: Mentor, chooser: random.Random) -> None:
    """Mentees follow the links in their mails, and answer, some twice."""
    asker = Asker(None, scene.services, scene.record)
    names = [name for mentor in scene.mentors for name in mentor.mentees.values()]
    seen = 0
    while not scene.ended.wait(0.5):
        letters = scene.office.letters()
        fresh, seen = letters[seen:], len(letters)
        for letter in fresh:
            if not letter.reply_token or chooser.random() < 0.4:
                continue
            shown = asker.ask("GET", f"/replies/{letter.reply_token}")
            if shown is not None and any(name in shown.text for name in names):
                scene.record.fault("nobody sees what is not theirs", "a reply page names a mentee")
            for _ in range(chooser.choice((1, 2))):
                _reply(asker, letter.message_id, letter.reply_token, chooser)
    asker.close()


def _reply(asker: Asker, message: str, token: str, chooser: random.Random) -> None:
    body = chooser.choice(({"answer": "interested"}, {"answer": "not_for_me", "why": "wrong_topic"}))
    taken = asker.ask("POST", f"/replies/{token}", json=body)
    if taken is not None and taken.is_success:
        asker.record.count("replies taken")
        with asker.record.lock:
            asker.record.replies[message] += 1
