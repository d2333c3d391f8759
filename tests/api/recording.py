"""Records what the service answers to each operation, as the examples of its description: `python -m tests.api.recording`.

Every operation is asked as whoever may, about objects made for it. Of lists the first items are kept. What is made by
chance (ids, secrets, times of the day) is made even, so that recording again changes only what has changed.
"""

import csv
import io
import json
import re
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
from sqlmodel import select

from api.answer_examples import files, successes
from api.description import operation_id
from api.telling_headers import operations
from catalog.database import connect, writing
from catalog.schema import upgrade
from catalog.stores.invitations import invite
from catalog.tables import Change, Forward, Mentor, Notice, OutboxMessage
from catalog.words import ChangeKind, Channel, DeliveryState, OutboxState, Scope
from recommender.indexing import index
from recommender.service import Recommender
from tests.api.conftest import many_calls, populate
from tests.api.serving import PASSWORD, PASSWORD_HASH, Served, serving
from tests.api.test_access_matrix import MATRIX, ROUTES, key_for, make_places, person
from tests.builders import NOW, make_deadline, save
from tests.recommender.embedding import WordEmbedder

KEPT = Path(__file__).parents[2] / "api" / "answer_examples.json"
MOST_ITEMS = 1
_ID = re.compile(r"(?:\b|(?<=_))([a-z]{3})_[0-9a-z]{20,32}\b")
_SECRET = re.compile(r"\b(opp_(?:live|access|refresh)_|whsec_)[A-Za-z0-9+/=_-]{16,}")
_TOKEN = re.compile(r"(?<=[#/])[A-Za-z0-9_-]{40,50}\b|\b[A-Za-z0-9_-]{43}\b")
_MOMENT = re.compile(r"\b20(?:2[0-6]|[3-9]\d)-\d\d-\d\dT[\d:.]+(?:Z|\+00:00)")
_CURSOR = re.compile(r'(?<="next": ")[A-Za-z0-9_-]{43,}')
_PREFIX = re.compile(r"\bopp_live_[A-Za-z0-9]{6}\b")
_REQUEST = re.compile(r"\breq-[A-Za-z0-9_-]{16}\b")
_HOST = re.compile(r"http://127\.0\.0\.1:\d+")


def record(served: Served) -> dict[str, Any]:
    """An answer for each operation, by operation id; in another format than JSON by operation id and media type."""
    described = [one for _, _, one in operations(served.app.openapi())]
    wanted = {one["operationId"] for one in described if successes(one)}
    in_other_formats = {one["operationId"]: tuple(files(one)) for one in described}
    found: dict[str, Any] = {}
    for name in sorted(MATRIX):
        if operation_id(name) in wanted and (answer := first_success(served, name)) is not None:
            found[operation_id(name)] = even(shortened(answer))
        for media in in_other_formats.get(operation_id(name), ()):
            if (text := first_success(served, name, media)) is not None:
                found[f"{operation_id(name)} {media}"] = even(begun(text, media))
    for name, path in (("getLiveness", "/livez"), ("getReadiness", "/readyz")):
        found[name] = even(shortened(served.client().get(path).json()))
    return found


def first_success(served: Served, name: str, media: str = "application/json") -> Any:
    """What the first caller is answered who may, and whose answer is no problem: read if it is JSON, else as it came."""
    for ask in callers(served):
        places = make_places(served)
        prepare(served, name, places)
        route, body = ROUTES[name], body_of(served, name, places)
        method = next(iter(route.methods or ()))
        answer = ask.request(
            method,
            "/v1" + route.path.format(**places),
            params=QUERY.get(name, {}),
            headers={"If-Match": "*", "Accept": media, **key_for(route.path)}
            | ({"Content-Type": "text/csv"} if "import" in name else {}),
            **({"content": FILE} if "import" in name else {"json": body} if method in ("POST", "PUT", "PATCH") else {}),
        )
        if answer.is_success and answer.headers.get("content-type", "").startswith(media):
            return answer.json() if media.endswith("json") else answer.text
    return None


_ENTRY_ENDS = {"text/calendar": "END:VEVENT", "application/rss+xml": "</item>"}


def begun(answer: Any, media: str) -> Any:
    """A file's first entry, and how the file begins and ends."""
    if media == "text/csv":
        rows = io.StringIO(newline="")
        csv.writer(rows).writerows(list(csv.reader(io.StringIO(answer)))[:2])
        return rows.getvalue()
    end = _ENTRY_ENDS.get(media, "")
    if not end or end not in answer:
        return shortened(answer)
    first, _, others = answer.partition(end)
    return first + end + others.rpartition(end)[2]


def callers(served: Served) -> Iterator[httpx.Client]:
    """Ada's key; Cyd in a browser; Eve, who coordinates; Fay, who administers; nobody."""
    yield served.as_mentor("mtr_ada")
    yield person(served, "browser")
    yield served.as_mentor("mtr_eve", *Scope)
    yield served.as_mentor("mtr_fay", *Scope)
    yield fay_in_a_browser(served)
    yield served.client()


def fay_in_a_browser(served: Served) -> httpx.Client:
    page = served.client()
    page.post("/v1/sign-in", json={"email": "fay@lakeside.example.org", "password": PASSWORD})
    return page


FILE = (
    b"name,email,stage,citizenships,goal 1\nBo Example,bo@students.example.org,medcal student,Kenya,Learn to operate\n"
)
QUERY: dict[str, dict[str, str]] = {
    "search_opportunities": {"q": "surgery"},
    "list_reminder_choices": {"opportunity_id": "opp_rural_surgery"},
    "recommend_for_mentee": {"limit": "1"},
}
SIGNING_IN = {"email": "ada@lakeside.example.org", "password": PASSWORD}


def body_of(served: Served, name: str, places: dict[str, str]) -> Any:
    """The body of the table of access, about the objects made for it."""
    body = MATRIX[name][1] | {one: places[one] for one in ("mentee_id",) if one in MATRIX[name][1]}
    if name in ("sign_in_mentor", "create_tokens"):
        return SIGNING_IN
    if name == "refresh_tokens":
        tokens = served.client().post("/v1/tokens", json=SIGNING_IN).json()
        return {"refresh_token": tokens["refresh_token"]}
    if name == "accept_invitation":
        with writing(served.engine) as session:
            session.connection().exec_driver_sql("delete from mentor where email = 'gil@lakeside.example.org'")
            _, token = invite(session, email="gil@lakeside.example.org", now=NOW, programme_id="prg_lakeside")
        return {"token": token, "password": "three grey herons at dawn", "name": "Gil Brook"}
    if name == "request_crawl":
        return {"sources": ["lakeside_listing"]}
    if name in ("draft_forwards", "forward_batch"):
        text = json.dumps(body).replace('"mte_ben"', json.dumps(places["mentee_id"]))
        return json.loads(text)
    return body


def prepare(served: Served, name: str, places: dict[str, str]) -> None:
    """What must be so for it to go well, or to have something to tell."""
    if name == "get_ranking":
        list_of = f"/v1/mentees/{places['mentee_id']}/recommendations"
        places["ranking_id"] = served.as_mentor("mtr_ada").get(list_of).json()["ranking"]["id"]
    if name == "get_today":
        before, after = make_deadline(), make_deadline(NOW.date().replace(month=6))
        with writing(served.engine) as session:
            change = session.exec(
                select(Change).where(Change.id == session.get_one(Notice, places["notice_id"]).change_id)
            ).one()
            change.kind, change.new_quote = ChangeKind.DEADLINE, after.quote
            change.old = {"timing": "fixed", "deadlines": [before.model_dump(mode="json")]}
            change.new = {"timing": "fixed", "deadlines": [after.model_dump(mode="json")]}
    if name not in ("undo_forward", "retry_forward"):
        return
    failed = name == "retry_forward"
    with writing(served.engine) as session:
        forward = session.get_one(Forward, places["forward_id"])
        forward.channel = Channel.EMAIL
        forward.state = DeliveryState.FAILED if failed else DeliveryState.HELD
        session.add(
            OutboxMessage(
                natural_key=f"forward:{forward.id}",
                forward_id=forward.id,
                mentor_id="mtr_ada",
                recipient="ben@lakeside.example.org",
                state=OutboxState.FAILED if failed else OutboxState.HELD,
                not_before=NOW.replace(year=2028),
            )
        )


def shortened(value: Any) -> Any:
    """The same with the first items of each list of things."""
    if isinstance(value, dict):
        return {name: shortened(one) for name, one in value.items()}
    if isinstance(value, list):
        return [shortened(one) for one in (value[:MOST_ITEMS] if value and isinstance(value[0], dict) else value[:6])]
    return value


def even(value: Any) -> Any:
    """The same without what chance made of it."""
    text = json.dumps(value)
    ids: dict[str, str] = {}
    for found in _ID.finditer(text):
        ids.setdefault(found[0], f"{found[1]}_01k9z5v3q8m4n7p2r6s1t0w{len(ids):03}")
    text = _SECRET.sub(lambda found: found[1] + "s" * 43, text)
    text = _ID.sub(lambda found: ids[found[0]], text)
    text = _TOKEN.sub("t" * 43, text)
    for chance, instead in ((_CURSOR, "c" * 60), (_PREFIX, "opp_live_ssssss"), (_REQUEST, "req-4f1d2c")):
        text = chance.sub(instead, text)
    text = _MOMENT.sub("2027-03-01T06:00:00Z", text)
    return json.loads(_HOST.sub("https://opportune.example.org", text))


def main() -> None:
    """Write the examples anew."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/opportune.db"
        engine = connect(url)
        upgrade(url)
        populate(engine)
        save(engine, *many_calls(6))
        with writing(engine) as session:
            for mentor in ("mtr_ada", "mtr_fay"):
                session.get_one(Mentor, mentor).password_hash = PASSWORD_HASH
        embedder = WordEmbedder()
        index(engine, embedder, NOW)
        load = lambda: Recommender(engine, embedder, look_again_after=0.0)  # noqa: E731
        with serving(url, load=load, smtp_url="smtp://127.0.0.1:1") as served:
            found = record(served)
            wanted = {one["operationId"] for _, _, one in operations(served.app.openapi()) if successes(one)}
        engine.dispose()
    KEPT.write_text(json.dumps(found, indent=1, ensure_ascii=False, sort_keys=True) + "\n", "utf-8")
    print(f"{len(found)} answers; without one: {', '.join(sorted(wanted - set(found))) or 'none'}", file=sys.stderr)


if __name__ == "__main__":
    main()
