"""Looking whether all is well: each finding is ok, a warning or wrong, and says what to do.

Nothing is changed, no mail is sent, no source is asked, and no secret is told. Each look is one function
that may fail: a fault of one is a finding, and the others go on.
"""

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session

from catalog.alarms import alarms, last_healthy_of
from catalog.availability import passes, told
from catalog.database import reading, sqlite_file
from catalog.schema import SchemaMismatch, check_schema, newest_revision
from catalog.settings import Settings
from catalog.stores.audit import last_backup_at
from catalog.stores.health import indexed_at, queues, source_health
from catalog.stores.leases import database_now, holder_of
from catalog.stores.nights import last_begun_at, last_finished_night
from catalog.stores.runs import running_since
from catalog.words import OutboxState
from crawlers.tenure import CRAWL
from operations import host
from operations.findings import Finding, State, ok, warning, wrong
from operations.nightly import was_missed

INDEX_STALE_AFTER = dt.timedelta(days=3)
NIGHT_LATE_AFTER = dt.timedelta(hours=36)
SKEW = dt.timedelta(seconds=30)
CRAWL_LASTS = dt.timedelta(hours=4)
"""Longer than a crawl takes where nobody asked for a longer one."""


def examine(settings: Settings, engine: Engine, backups: Path, now: dt.datetime) -> list[Finding]:
    """Look at everything; the database's own findings are left out when it does not answer."""
    found = [*_looking("database", lambda: _schema(engine))]
    if all(one.state is State.OK for one in found):
        for name, look in (
            ("clock", lambda: _clock(engine, now)),
            ("sources", lambda: _sources(engine, now)),
            ("crawl", lambda: _crawl(engine)),
            ("night", lambda: _night(engine, now)),
            ("index", lambda: _index(engine, now)),
            ("queues", lambda: _queues(engine)),
        ):
            found += _looking(name, look)
    for name, look in (
        ("model", lambda: host.model(settings)),
        ("disk", lambda: host.disk(settings.data_dir)),
        ("secrets", lambda: host.secrets(settings)),
        ("permissions", lambda: host.permissions(settings.data_dir, backups)),
        ("mail", lambda: host.mail(settings)),
        ("backups", lambda: host.backups(backups, now)),
        ("settings", lambda: host.addresses(settings)),
    ):
        found += _looking(name, look)
    return found


def _looking(name: str, look: Callable[[], Iterator[Finding]]) -> list[Finding]:
    try:
        return list(look())
    except Exception as error:  # whatever it is: the other looks go on
        return [wrong(name, f"could not be looked at ({type(error).__name__})", "see the message above, or the log")]


def _schema(engine: Engine) -> Iterator[Finding]:
    if (missing := sqlite_file(engine)) is not None and not missing.exists():
        yield wrong("database", f"there is none at {missing}", "opportune db upgrade, or mend OPPORTUNE_DATA_DIR")
        return
    try:
        check_schema(engine)
    except SchemaMismatch as error:
        yield wrong("database", "is not of this version", str(error))
        return
    except SQLAlchemyError as error:
        if passes(error):
            on_disk = sqlite_file(engine) is not None
            advice = (
                "make room, or give the file to whoever runs opportune" if on_disk else "start it, or mend its address"
            )
            yield wrong("database", f"does not answer ({told(error)})", advice)
        else:
            yield wrong("database", f"cannot be read ({told(error)})", "opportune db check; else restore a backup")
        return
    yield ok("database", f"{engine.dialect.name}, at step {newest_revision()}")


def _clock(engine: Engine, now: dt.datetime) -> Iterator[Finding]:
    with reading(engine) as session:
        apart = abs(database_now(session) - now)
        ahead = _latest_moment(session, now) - now
    if ahead > SKEW:
        yield warning("clock", f"something is recorded {_length(ahead)} from now: it was ahead, or is behind",
                      "let it follow NTP; until then nothing counts as late: opportune report")  # fmt: skip
    elif apart > SKEW:
        yield warning("clock", f"{apart.total_seconds():.0f} s apart from the database's", "let both follow NTP")
    else:
        yield ok("clock", f"{now:%Y-%m-%d %H:%M} UTC, as the database's")


def _latest_moment(session: Session, now: dt.datetime) -> dt.datetime:
    """The latest of what happened and was written down, or now."""
    found = (last_begun_at(session), last_backup_at(session), last_healthy_of(source_health(session)))
    return max([now, *(at for at in found if at is not None)])


def _length(span: dt.timedelta) -> str:
    hours = span.total_seconds() / 3600
    return f"{hours / 24:.0f} days" if hours >= 48 else f"{hours:.1f} h"


def _sources(engine: Engine, now: dt.datetime) -> Iterator[Finding]:
    with reading(engine) as session:
        found = source_health(session)
    on = [one for one in found if one.enabled]
    if not on:
        yield warning("sources", "nothing was ever crawled", "opportune crawl")
        return
    raised = alarms(found, now)
    for alarm in raised:
        yield wrong("sources", alarm.code.replace("_", " "), alarm.sentence)
    unwell = [one.name for one in on if one.unwell_for]
    if unwell and not raised:
        yield warning("sources", f"{len(unwell)} of {len(on)} were not healthy last: {', '.join(unwell[:5])}",
                      "opportune sources")  # fmt: skip
    if not unwell and not raised:
        yield ok("sources", f"{len(on)} healthy")


def _crawl(engine: Engine) -> Iterator[Finding]:
    """Whether one has been under way for longer than any takes; nothing is said of others."""
    with reading(engine) as session:
        holder = holder_of(session, CRAWL)
        since = running_since(session)
        apart = database_now(session) - since if since else dt.timedelta()
    if holder and apart > CRAWL_LASTS:
        yield warning("crawl", f"one has been under way for {apart.total_seconds() / 3600:.0f} h, of {holder}",
                      "its crawl.log says what it waits for. If it hangs, end that process: what it kept stays. "
                      "Then opportune nightly --if-missed")  # fmt: skip


def _night(engine: Engine, now: dt.datetime) -> Iterator[Finding]:
    with reading(engine) as session:
        night = last_finished_night(session, worked=True)
    if night is None or night.finished_at is None:
        yield warning("night", "none has ended yet", "let a scheduler call opportune nightly (docs/running.md)")
    elif was_missed(night.started_at, now) and now - night.finished_at > NIGHT_LATE_AFTER:
        yield wrong("night", f"the last one ended {night.finished_at:%Y-%m-%d %H:%M} UTC",
                    "see whether the scheduler runs; then opportune nightly --if-missed")  # fmt: skip
    elif night.exit_code == 1:
        yield wrong("night", "the last one ended with 1", "opportune report")
    else:
        yield ok("night", f"ended {night.finished_at:%Y-%m-%d %H:%M} UTC with {night.exit_code}")


def _index(engine: Engine, now: dt.datetime) -> Iterator[Finding]:
    with reading(engine) as session:
        at = indexed_at(session)
    if at is None:
        yield warning("index", "there is none: lists go by words alone", "opportune index")
    elif now - at > INDEX_STALE_AFTER:
        yield warning("index", f"is of {at:%Y-%m-%d %H:%M} UTC", "opportune index")
    else:
        yield ok("index", f"is of {at:%Y-%m-%d %H:%M} UTC")


def _queues(engine: Engine) -> Iterator[Finding]:
    with reading(engine) as session:
        found = queues(session)
    stopped = found.messages[OutboxState.UNKNOWN] + found.messages[OutboxState.FAILED]
    if stopped:
        yield warning("queues", f"{stopped} mails failed or are unknown",
                      "their mentors see them under Forwards, and may send them again")  # fmt: skip
    else:
        yield ok("queues", f"{found.messages[OutboxState.QUEUED]} mails wait; {found.reviews} postings to review")
