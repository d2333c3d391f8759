"""Whatever column holds something of a mentee: after erasing them it is in no byte of the database.

The columns are found in the schema. A new one with text is either planted here or told apart below, or the test fails.
"""

import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import Engine
from sqlmodel import AutoString, Session, select

from catalog.columns import Checked, UtcDateTime, Vector, Word
from catalog.database import fold_log, reading, writing
from catalog.stores.erasure import erase_mentee
from catalog.stores.handing_over import export_mentee
from catalog.stores.visibility import Viewer
from catalog.stores.webhook_queue import Settlement, claim, recover, settle
from catalog.stores.webhooks import replay, settled_since
from catalog.tables import (
    Forward,
    IdempotencyRecord,
    Mentee,
    MenteeMentor,
    OutboxMessage,
    Table,
    Told,
    Webhook,
    WebhookDelivery,
)
from catalog.words import Channel, DeliveryState, OutboxState, Role
from tests.builders import NOW, make_mentee, make_mentor, make_opportunity, make_programme, make_source, save

MENTEE = "mte_ben"
NAME = 'Canary "Na\\me" O\'Ünseen'
ALL = Viewer("mtr_fay", Role.ADMINISTRATOR)
NOT_ABOUT_MENTEES = {
    "crawlrun", "follower", "indexbuild", "journalrecord", "lease", "mentor", "nightrun", "programme", "revision", "series",
    "signinattempt", "signinthrottle", "source", "tombstone", "apikey", "fetchedpage", "invitation", "messagetemplate",
    "openidentity", "opportunity", "programmementor", "refusedposting", "requestedrun", "reviewitem", "signinsession",
    "sessiontoken", "sourcerun", "stagedposting", "watchedpage", "webhook", "change", "followedopportunity", "passage",
    "posting", "joinkey", "keptapart", "passagevector",
}  # fmt: skip
"""Tables that hold what was crawled, who signs in, and how the service runs: nothing in them is said of a mentee."""
IDS_ONLY = {"auditentry", "erasure", "suppression", "digest", "menteementor"}
"""Tables that name mentees by identifier or by a hash alone, and may go on doing so."""
PLANTED = {
    "mentee", "goal", "goalvector", "decision", "confirmation", "note", "reminder", "ranking", "forward", "reply",
    "outboxmessage", "token", "idempotencyrecord", "webhookdelivery", "outlook", "notice", "told",
}  # fmt: skip


def test_every_table_is_planted_or_told_apart() -> None:
    tables = {table.name for table in Table.metadata.sorted_tables}
    assert tables == NOT_ABOUT_MENTEES | IDS_ONLY | PLANTED, "does the new table hold something of a mentee?"


def canary(table: str, column: str) -> str:
    """A mentee's name has what JSON writes in a way of its own."""
    return NAME if (table, column) == ("mentee", "name") else f"Canary {table} {column} Ünseen"


def planted_columns() -> Iterator[tuple[sa.Table, sa.Column[Any]]]:
    """Every column that can hold words of somebody."""
    for table in Table.metadata.sorted_tables:
        if table.name in PLANTED:
            for column in table.columns:
                free = isinstance(column.type, AutoString | sa.String | sa.JSON) and not isinstance(
                    column.type, sa.Enum
                )
                if free and not column.foreign_keys and not column.primary_key and column.name not in LIMITED:
                    yield table, column


LIMITED = {
    "text_hash", "token_hash", "request_hash",  # hashes
    "model", "mode", "residence", "event_id", "claimed_by",  # words of the service and codes
    "natural_key", "mailed_with",
}  # fmt: skip


def plant(session: Session) -> set[str]:
    """One row of every planted table about the mentee, each free column holding a word of its own; all those words."""
    rows = {table.name: dict(_row(table)) for table in Table.metadata.sorted_tables if table.name in PLANTED}
    rows["mentee"] |= {"id": MENTEE, "programme_id": "prg_lakeside", "email": "canary-address@students.example.org"}
    rows["forward"] |= {"state": DeliveryState.COPIED}
    rows["outboxmessage"] |= {"id": "msg_forward", "natural_key": "forward:1", "state": OutboxState.SENT}
    rows["webhookdelivery"]["event"] = {
        "type": "forward.replied",
        "data": {"forward_id": "id", "name": canary("webhookdelivery", "event")},
    }
    note = f"{canary('idempotencyrecord', 'body')} for {NAME.upper()}"
    rows["idempotencyrecord"] |= {"caller": "mtr_ada", "body": {"items": [{"note": note}]}}
    rows["told"]["message_id"] = "msg_digest"
    mails = sa.insert(OutboxMessage.__table__)  # type: ignore[attr-defined]
    digest = {
        **rows["outboxmessage"],
        "id": "msg_digest",
        "natural_key": "digest:1",
        "forward_id": None,
        "mentor_id": "mtr_ada",
        "state": OutboxState.QUEUED,
    }
    session.execute(sa.insert(Table.metadata.tables["mentee"]), [rows.pop("mentee")])
    for table in Table.metadata.sorted_tables:
        if table.name == "told":
            session.execute(mails, [digest])
        if table.name in rows:
            session.execute(sa.insert(table), [rows[table.name]])
    words = {canary(table.name, column.name) for table, column in planted_columns()}
    return (words - {canary("mentee", "email")}) | {"canary-address@students.example.org"}


def _row(table: sa.Table) -> Iterator[tuple[str, Any]]:
    known = {
        "mentee_id": MENTEE, "mentor_id": "mtr_ada", "opportunity_id": "opp_rural_surgery", "goal_id": "id",
        "forward_id": "id", "webhook_id": "whk_1", "change_id": "chg_1", "changed_by": "mtr_ada",
    }  # fmt: skip
    planted = {column for _, column in planted_columns()}
    for column in table.columns:
        if column.name in known:
            yield column.name, known[column.name]
        elif column in planted:
            word = canary(table.name, column.name)
            yield column.name, _as_json(column.name, word) if isinstance(column.type, sa.JSON) else word
        elif not column.nullable:
            yield column.name, _any(column)


def _as_json(name: str, word: str) -> Any:
    if name in ("filters", "weights", "event", "body"):
        return {"word": word}
    return [word] if name in ("citizenships", "memberships", "languages", "unserved") else [{"word": word}]


def _any(column: sa.Column[Any]) -> Any:
    kind = column.type
    if isinstance(kind, Word):
        return next(iter(kind.enumeration))
    if isinstance(kind, UtcDateTime):
        return NOW
    if isinstance(kind, Vector):
        return [1.0, 0.5]
    if isinstance(kind, Checked | sa.JSON):
        return []
    if isinstance(kind, AutoString | sa.String):
        return "KE" if column.name == "residence" else "id"
    plain: dict[type, Any] = {bool: False, int: 1, float: 1.0, dt.date: NOW.date()}
    return plain[kind.python_type]


@pytest.fixture
def planted(engine: Engine) -> set[str]:
    from catalog.tables import Change
    from catalog.words import ChangeKind

    save(engine, make_programme(), make_mentor(), make_source(), make_opportunity())
    save(
        engine,
        Webhook(id="whk_1", mentor_id="mtr_ada", url="https://hooks.example.org/", secret="s" * 32),
        Change(
            id="chg_1",
            opportunity_id="opp_rural_surgery",
            source="lakeside_listing",
            kind=ChangeKind.TITLE,
            new_read_at=NOW,
        ),
    )
    with writing(engine) as session:
        return plant(session)


def everything(engine: Engine) -> str:
    """All that the database holds: its bytes on SQLite, its rows on PostgreSQL."""
    if engine.dialect.name == "sqlite":
        place = Path(str(engine.url.database))
        files = [path for path in place.parent.glob(f"{place.name}*") if not path.name.endswith("-shm")]
        return "".join(path.read_bytes().decode("utf-8", "replace").encode("utf-8").decode() for path in files)
    with engine.connect() as connection:
        return "".join(
            str(row[0])
            for table in Table.metadata.sorted_tables
            for row in connection.execute(sa.text(f'SELECT to_jsonb("{table.name}")::text FROM "{table.name}"'))
        )


def forms(word: str) -> set[str]:
    """How a word may be written: as it is, and as JSON escapes it."""
    return {word, json.dumps(word)[1:-1], json.dumps(word, ensure_ascii=False)[1:-1]}


def test_after_erasing_no_byte_tells_of_them(engine: Engine, planted: set[str]) -> None:
    before = everything(engine)
    fold_log(engine)
    missing = {word for word in planted if not any(form in before for form in forms(word))}
    assert not missing, "what was planted was not found, so that its absence would show nothing"
    with reading(engine) as session:
        handed_over = json.dumps(
            export_mentee(session, session.get_one(Mentee, MENTEE), ALL, now=NOW), ensure_ascii=False
        )
    told = {word for word in planted if any(form in handed_over for form in forms(word))}
    assert planted - told <= {canary("idempotencyrecord", "body"), canary("webhookdelivery", "event"), canary("webhookdelivery", "last_error")}  # fmt: skip

    with writing(engine) as session:
        erase_mentee(session, session.get_one(Mentee, MENTEE), now=NOW)
    assert fold_log(engine)
    after = everything(engine)
    left = {word for word in planted if any(form in after for form in forms(word))}
    assert not left
    assert "canary" not in after.casefold()


def test_a_digest_that_waits_is_owed_anew_and_a_sent_mail_is_emptied(engine: Engine, planted: set[str]) -> None:
    with writing(engine) as session:
        erase_mentee(session, session.get_one(Mentee, MENTEE), now=NOW)
    with reading(engine) as session:
        digest, sent = session.get_one(OutboxMessage, "msg_digest"), session.get_one(OutboxMessage, "msg_forward")
        assert (digest.state, digest.body) == (OutboxState.CANCELLED, "")
        assert (sent.state, sent.body) == (OutboxState.SENT, "")
        assert session.exec(select(Told)).all() == []
        [delivery] = session.exec(select(WebhookDelivery))
        assert delivery.event == {"type": "forward.replied", "timestamp": None, "data": {}}
        [forward] = session.exec(select(Forward))
        assert (forward.mentee_id, forward.goal_id, forward.message) == (None, None, "")


def test_what_is_said_of_others_stays(engine: Engine) -> None:
    save(
        engine,
        make_programme(),
        make_mentor(),
        make_mentee(),
        make_mentee(id="mte_bo", name="Ben Riversdale", email=None),
    )
    other = OutboxMessage(natural_key="d", recipient="ada@lakeside.example.org", body="New for Ben Riversdale: mte_bo")
    save(engine, other)
    with writing(engine) as session:
        erase_mentee(session, session.get_one(Mentee, MENTEE), now=NOW)
        assert session.exec(select(OutboxMessage.body)).one() == "New for Ben Riversdale: mte_bo"


def _two_tenants(engine: Engine, name: str) -> None:
    """Ada's programme with the mentee, and Hal's with nobody in it."""
    save(
        engine,
        make_programme(),
        make_programme(id="prg_hillside", name="Hillside mentoring"),
        make_mentor(),
        make_mentor(id="mtr_hal", email="hal@hillside.example.org", name="Hal Ridge"),
        make_mentee(name=name),
        MenteeMentor(mentee_id=MENTEE, mentor_id="mtr_ada"),
    )


def _answer(caller: str, key: str, body: Any) -> IdempotencyRecord:
    return IdempotencyRecord(caller=caller, key=key, request_hash="h", status=201, body=body, expires_at=NOW)


def _mail(message_id: str, mentor_id: str, key: str, body: str) -> OutboxMessage:
    recipient = f"{mentor_id}@lakeside.example.org"
    return OutboxMessage(
        id=message_id, natural_key=key, mentor_id=mentor_id, recipient=recipient, subject="s", body=body
    )


@pytest.mark.parametrize("name", ["e", "Opportune", "Ben Rivers"])
def test_nothing_of_another_tenant_is_touched_whatever_a_mentee_is_called(both_engines: Engine, name: str) -> None:
    _two_tenants(both_engines, name)
    words = f"Dear {name}, e Opportune Ben Rivers"
    save(
        both_engines,
        _answer("mtr_hal", "theirs", {"items": [{"name": name, "message": words}]}),
        _mail("msg_hal", "mtr_hal", "digest:mtr_hal:1", words),
        _mail("msg_invited", "mtr_hal", "invitation:1", words),
        _mail("msg_invited_by_ada", "mtr_ada", "invitation:2", words),
        Webhook(id="whk_hal", mentor_id="mtr_hal", url="https://hooks.example.org/", secret="s" * 32),
        Webhook(id="whk_ada", mentor_id="mtr_ada", url="https://hooks.example.org/", secret="s" * 32),
    )
    call = {"type": "opportunity.new", "timestamp": "t", "data": {"opportunity_id": "opp_1", "title": words}}
    for webhook in ("whk_hal", "whk_ada"):
        save(both_engines, WebhookDelivery(webhook_id=webhook, event_id="evt_1", event=call))
    with writing(both_engines) as session:
        erase_mentee(session, session.get_one(Mentee, MENTEE), now=NOW)
    with reading(both_engines) as session:
        assert session.exec(select(IdempotencyRecord)).one().body is not None
        assert {(one.state, one.body) for one in session.exec(select(OutboxMessage))} == {(OutboxState.QUEUED, words)}
        assert [one.event for one in session.exec(select(WebhookDelivery))] == [call, call]


@pytest.mark.parametrize("said", ['Ben "Bo" O\'Ri\\vers', 'BEN "bo"\n o\'ri\\vers', "ben@LAKESIDE.example.org"])
def test_a_name_is_found_in_what_its_mentors_own_however_it_is_written(both_engines: Engine, said: str) -> None:
    _two_tenants(both_engines, 'Ben "Bo" O\'Ri\\vers')
    save(
        both_engines,
        _answer("mtr_ada", "mine", {"items": [{"message": f"Dear {said}: an opening"}]}),
        _answer("mtr_ada", "other", {"items": [{"message": "Dear Benedict, an opening", "id": f"{MENTEE}x"}]}),
        _mail("msg_1", "mtr_ada", "digest:mtr_ada:1", f"New for {said}."),
    )
    with writing(both_engines) as session:
        erase_mentee(session, session.get_one(Mentee, MENTEE), now=NOW)
    with reading(both_engines) as session:
        bodies = {one.key: one.body for one in session.exec(select(IdempotencyRecord))}
        assert bodies["mine"] is None
        assert bodies["other"] is not None, "another name that begins so, another identifier"
        assert session.exec(select(OutboxMessage.body)).one() == ""


def test_an_accent_written_in_two_ways_is_one_name(engine: Engine) -> None:
    _two_tenants(engine, "Zo\u00eb Rivers")
    save(engine, _answer("mtr_ada", "mine", {"zoe\u0308 RIVERS": 1}))
    with writing(engine) as session:
        erase_mentee(session, session.get_one(Mentee, MENTEE), now=NOW)
        assert session.exec(select(IdempotencyRecord)).one().body is None


@pytest.mark.parametrize("state", list(OutboxState))
def test_an_emptied_event_is_cancelled_and_never_goes_out_again(both_engines: Engine, state: OutboxState) -> None:
    _two_tenants(both_engines, "Ben Rivers")
    event = {"type": "forward.replied", "timestamp": "t", "data": {"forward_id": "fwd_1", "answer": "interested"}}
    save(
        both_engines,
        make_source(),
        make_opportunity(),
        Webhook(id="whk_ada", mentor_id="mtr_ada", url="https://hooks.example.org/", secret="s" * 32),
        Forward(id="fwd_1", mentor_id="mtr_ada", mentee_id=MENTEE, opportunity_id="opp_rural_surgery",
                channel=Channel.COPY, state=DeliveryState.COPIED),
        WebhookDelivery(id="whd_1", webhook_id="whk_ada", event_id="evt_1", event=event, state=state,
                        claimed_by="sender", claimed_at=NOW),
    )  # fmt: skip
    with writing(both_engines) as session:
        erase_mentee(session, session.get_one(Mentee, MENTEE), now=NOW)
    with writing(both_engines) as session:
        assert replay(session, ["whd_1"], now=NOW) == 0
        assert settled_since(session, "whk_ada", NOW - dt.timedelta(days=9), only_failed=False) == []
        assert recover(session, now=NOW + dt.timedelta(days=1)) == []
        settle(session, "whd_1", "sender", Settlement(sent=False, again_at=NOW), now=NOW)
        assert claim(session, "sender", now=NOW + dt.timedelta(days=1)) is None
        delivery = session.get_one(WebhookDelivery, "whd_1")
        assert (delivery.state, delivery.event["data"]) == (OutboxState.CANCELLED, {})
