"""`opportune digest`: see what is new for each mentee, and show what a mentor's next digest would say."""

import datetime as dt
from typing import Annotated

import typer
from sqlalchemy import Engine

from catalog.settings import Settings
from operations.opening import database, fail, unattended_settings
from operations.telling import Json, tell, tell_json

FRESH_FOR = dt.timedelta(hours=6)
"""What was seen for a mentee so lately is not looked for again by the hourly pass; the nightly one sees everybody."""


def digest(
    preview: Annotated[
        str | None, typer.Option(help="Show the digest this mentor would get now; sends nothing")
    ] = None,
    stale: Annotated[bool, typer.Option("--stale", help="Only mentees nobody looked out for in six hours")] = False,
    json: Json = False,
) -> None:
    """See which new calls fit each mentee and which goals nothing open serves, for the page and the digests.

    Run after `opportune index`, as `opportune nightly` does. The mails themselves are owed and sent by
    `opportune deliver` when each mentor's hour has come.

    Example: opportune digest --preview mentor@example.org
    """
    settings, now = unattended_settings(), dt.datetime.now(dt.UTC)
    with database(settings) as engine:
        if preview is not None:
            _preview(settings, engine, preview, now, as_json=json)
            return
        seen = _look_out(settings, engine, now, stale=stale)
        tell({"mentees": seen}, f"looked out for {seen} mentees", as_json=json)


def _look_out(settings: Settings, engine: Engine, now: dt.datetime, *, stale: bool) -> int:
    from catalog.database import reading
    from catalog.stores.outlooks import mentees_to_look_out_for
    from recommender.installed import recommender_of

    with reading(engine) as session:
        mentees = mentees_to_look_out_for(session, before=now - FRESH_FOR if stale else now)
    if not mentees:
        return 0
    return recommender_of(engine, settings).look_out(mentees, now=now)


def _preview(settings: Settings, engine: Engine, email: str, now: dt.datetime, *, as_json: bool) -> None:
    from catalog.database import reading
    from catalog.stores.accounts import mentor_by_email
    from delivery.digests import digest_for
    from operations.delivering import owing

    with reading(engine) as session:
        mentor = mentor_by_email(session, email)
        if mentor is None:
            raise fail("there is no mentor with this address")
        _, written = digest_for(session, owing(settings, engine), mentor, now)
    if written is None:
        tell({"subject": None, "body": None}, "nothing to say: no mail would be sent", as_json=as_json)
    elif as_json:
        tell_json({"subject": written.subject, "body": written.body})
    else:
        typer.echo(f"Subject: {written.subject}\n\n{written.body}")
