"""`opportune deliver`: one pass over the messages and events that are due, and over what is kept too long."""

import typer
from sqlalchemy import Engine

from catalog.settings import Settings
from operations.opening import database, messages, unattended_settings
from operations.telling import Json, tell_json

_SAID = {
    "forgotten": "past their time and forgotten: {} rows",
    "webhook_events": "{} events tried for webhooks",
    "mails_owed": "{} mails to mentors and the operator",
}


def deliver(json: Json = False) -> None:
    """Owe the digests whose hour has come, send what is due, tell webhooks, forget what is past its time, and end.

    Only mail needs a mail server; what changed is noted for the mentors' page without one.

    `opportune serve`, `opportune nightly` and `opportune worker` do this by themselves.

    Example: opportune deliver
    """
    settings = unattended_settings()
    with database(settings) as engine:
        done = _delivered(settings, engine)
    if json:
        tell_json(done)
        return
    for what, sentence in _SAID.items():
        if done[what]:
            messages.print(sentence.format(done[what]))
    if done["messages_tried"] is None:
        messages.print("no mail server is set (OPPORTUNE_SMTP_URL): nothing to deliver")
    else:
        typer.echo(f"{done['messages_tried']} messages tried")


def _delivered(settings: Settings, engine: Engine) -> dict[str, int | None]:
    """Do all of it once, and count. No messages are tried, None, where there is no mail server."""
    from delivery.loop import deliver_once, owe_once, tidy
    from delivery.webhook_loop import webhooks_once
    from operations.delivering import courier, owing, sender, utc_now

    forgotten = tidy(engine, utc_now())
    calling = courier(settings, engine)
    told = sum(iter(lambda: webhooks_once(calling), 0))
    sending = sender(settings, engine)
    owed = owe_once(sending, owing(settings, engine), utc_now())
    tried = None if sending is None else sum(iter(lambda: deliver_once(sending), 0))
    return {"forgotten": forgotten, "webhook_events": told, "mails_owed": owed, "messages_tried": tried}
