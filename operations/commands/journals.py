"""`opportune journals`: ask the registers of journals about those that call for papers."""

import datetime as dt
from typing import Annotated

import httpx
import typer
from sqlalchemy import Engine

from catalog.database import reading, writing
from catalog.settings import Settings
from catalog.stores.journals import Wanted, journals_wanted, keep
from catalog.tables import JournalRecord
from crawlers.registers.asking import Registers, ask_all
from crawlers.settings import user_agent
from operations.opening import database, unattended_settings
from operations.telling import Json, tell

_TIMEOUT = httpx.Timeout(15.0)


def journals(
    most: Annotated[int, typer.Option(help="Ask about at most so many journals")] = 50,
    seconds: Annotated[int, typer.Option(help="Stop asking after so many seconds")] = 180,
    json: Json = False,
) -> None:
    """Ask DOAJ and Crossref about the journals of open calls: indexed, what they charge, whose they are.

    Slowly, and about each again after a month. What they do not answer stays unknown. Exit code 0
    whatever they answer. Example: opportune journals --most 10
    """
    settings = unattended_settings()
    if settings.sample_web_port is not None:
        why = "Sample mode: the registers are not asked about invented journals."
        tell({"asked": 0, "wanted": 0, "failed": 0, "ended_because": why}, why, as_json=json)
        return
    with database(settings) as engine:
        now = dt.datetime.now(dt.UTC)
        wanted = due(engine, now, most)
        with httpx.Client(headers={"User-Agent": user_agent(settings.contact)}, timeout=_TIMEOUT) as client:
            asked, failed, ended = ask_all(
                Registers(client, mailto=mailto_of(settings)),
                wanted,
                lambda record: _keep(engine, record),
                clock=lambda: dt.datetime.now(dt.UTC),
                until=now + dt.timedelta(seconds=seconds),
            )
    why = f"; ended because {ended}" if ended else ""
    said = {"asked": asked, "wanted": len(wanted), "failed": failed, "ended_because": ended}
    tell(said, f"Asked about {asked} of {len(wanted)} journals, {failed} without an answer{why}.", as_json=json)


def due(engine: Engine, now: dt.datetime, most: int) -> list[Wanted]:
    """The journals to ask about now, free of the session that found them."""
    with reading(engine) as session:
        found = journals_wanted(session, now=now, limit=most)
        session.expunge_all()
    return found


def mailto_of(settings: Settings) -> str:
    """The address that Crossref asks for in return for its polite pool, where one is set."""
    return next((text for text in (settings.operator_email, settings.contact) if "@" in text), "").removeprefix(
        "mailto:"
    )


def _keep(engine: Engine, record: JournalRecord) -> None:
    with writing(engine) as session:
        keep(session, record)
