"""What must be true when the load is over: looked up in the database itself, beside what callers were told."""

import datetime as dt
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from bench.soaking.mail_trouble import Taken
from bench.soaking.record import Record
from catalog.database import reading
from catalog.tables import Forward, Mentee, OutboxMessage, Posting, Reply
from catalog.words import DeliveryState, OutboxState

NONE_TAKEN = frozenset({DeliveryState.UNDONE, DeliveryState.FAILED, DeliveryState.HELD, DeliveryState.QUEUED})
ON_THE_WAY = frozenset({OutboxState.HELD, OutboxState.QUEUED, OutboxState.CLAIMED})


@dataclass(frozen=True, slots=True)
class Mailed:
    """A forward with its message as they are kept, and how often its mail was taken."""

    forward: Forward
    message: OutboxMessage | None
    taken: int


def wait_until_sent(engine: Engine, seconds: float) -> bool:
    """Whether within so many seconds nothing is left that is due; what waits for its next attempt may."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with reading(engine) as session:
            waiting = sa.select(sa.func.count()).where(
                col(OutboxMessage.state).in_(ON_THE_WAY), col(OutboxMessage.not_before) <= dt.datetime.now(dt.UTC)
            )
            if session.execute(waiting).scalar_one() == 0:
                return True
        time.sleep(0.5)
    return False


def check_all(engine: Engine, record: Record, letters: Sequence[Taken]) -> None:
    """Look for everything that was lost, doubled, or sent to somebody else."""
    with reading(engine) as session:
        taken = Counter(letter.message_id for letter in letters)
        _check_mails(record, taken)
        _check_forwards(session, record, taken)
        _check_recipients(session, record, letters)
        _check_replies(session, record)
    _check_file(engine, record)


def _check_mails(record: Record, taken: Counter[str]) -> None:
    for message, times in taken.items():
        if times > 1:
            record.fault("nothing is sent twice", f"{message} was taken {times} times")


def _check_forwards(session: Session, record: Record, taken: Counter[str]) -> None:
    """Every forward that somebody was told of is there, with the mail that its state promises."""
    messages = {one.forward_id: one for one in session.exec(select(OutboxMessage)) if one.forward_id}
    kept = {
        one.id: Mailed(one, message := messages.get(one.id), taken[message.id] if message else 0)
        for one in session.exec(select(Forward))
    }
    for forward in record.forwards.values():
        if forward not in kept:
            record.fault("nothing is lost", f"{forward} was acknowledged and is not there")
    if len(kept) > len(record.asked):
        record.fault("one key is one forward", f"{len(kept)} forwards of {len(record.asked)} keys")
    for one in kept.values():
        if wrong := wrong_with(one):
            record.fault("each forward has one mail, or says why not", f"{one.forward.id}: {wrong}")
        record.count(f"forwards that are {one.forward.state}")
    for forward in record.undone:
        if forward in kept and kept[forward].forward.state is not DeliveryState.UNDONE:
            record.fault("what was taken back stays so", f"{forward} is {kept[forward].forward.state}")


def wrong_with(one: Mailed) -> str:
    """What about a forward does not fit with the mail that was taken; nothing where all is well."""
    if one.message is None:
        return "it has no message"
    state = one.forward.state
    if state is DeliveryState.SENT and one.taken != 1:
        return f"it is sent and was taken {one.taken} times"
    if state in NONE_TAKEN and one.taken:
        return f"it is {state} and was taken"
    if state is DeliveryState.FAILED and not one.message.last_error:
        return "it failed and does not say why"
    return ""


def _check_recipients(session: Session, record: Record, letters: Sequence[Taken]) -> None:
    """Every mail went to the mentee for whom it was written, and names no other."""
    query = (
        select(OutboxMessage.id, Mentee.email, Mentee.id)
        .join(Forward, col(Forward.id) == col(OutboxMessage.forward_id))
        .join(Mentee, col(Mentee.id) == col(Forward.mentee_id))
    )
    meant = {message: (email, mentee) for message, email, mentee in session.exec(query)}
    names: dict[str, str] = dict(session.exec(select(Mentee.id, Mentee.name)).all())
    for letter in letters:
        if letter.message_id not in meant:
            continue
        email, mentee = meant[letter.message_id]
        others = [name for one, name in names.items() if one != mentee and name in letter.text]
        if letter.recipients != (email,) or others:
            record.fault(
                "nobody sees what is not theirs", f"{letter.message_id} went to {letter.recipients}, names {others}"
            )


def _check_replies(session: Session, record: Record) -> None:
    messages = dict(session.exec(select(OutboxMessage.id, OutboxMessage.forward_id)).all())
    found = Counter(session.exec(select(Reply.forward_id)))
    for message, answers in record.replies.items():
        if not found[messages.get(message) or ""]:
            record.fault("nothing is lost", f"{answers} answers to {message} were acknowledged and none is there")


def check_catalogue(soaked: Engine, undisturbed: Engine, record: Record) -> None:
    """After a last, quiet crawl the catalogue is what it is where nothing ever went wrong."""
    found, expected = postings_of(soaked), postings_of(undisturbed)
    record.count("postings", len(found))
    for one in sorted(expected.keys() - found.keys()):
        record.fault("nothing is lost", f"the posting {one} is missing")
    for one in sorted(found.keys() - expected.keys()):
        record.fault("nothing is made up", f"the posting {one} is one too many")
    for one in sorted(found.keys() & expected.keys()):
        if found[one] != expected[one]:
            record.fault("what is kept is what the page says", f"{one}: {found[one]}, not {expected[one]}")


def postings_of(engine: Engine) -> dict[tuple[str, str], tuple[str, str, bool]]:
    """By source and key: the title, the deadlines, and whether it is withdrawn."""
    with reading(engine) as session:
        return {
            (one.source, one.key): (
                one.draft.title,
                "; ".join(f"{each.purpose} {each.at or each.on}" for each in one.draft.deadlines),
                one.withdrawn_at is not None,
            )
            for one in session.exec(select(Posting))
        }


def _check_file(engine: Engine, record: Record) -> None:
    if engine.dialect.name != "sqlite":
        return
    with engine.execution_options(reading=True).connect() as connection:
        said = connection.exec_driver_sql("PRAGMA integrity_check").scalar_one()
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
    if said != "ok" or broken:
        record.fault("the database is whole", f"{said}; {len(broken)} broken references")
