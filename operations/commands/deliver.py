"""`opportune deliver`: one pass over the messages and events that are due, and over what is kept too long."""

import typer

from operations.opening import database, messages, unattended_settings
from operations.telling import Json, tell_json


def deliver(json: Json = False) -> None:
    """Owe the digests whose hour has come, send what is due, tell webhooks, forget what is past its time, and end.

    Only mail needs a mail server; what changed is noted for the mentors' page without one.

    `opportune serve`, `opportune nightly` and `opportune worker` do this by themselves.

    Example: opportune deliver
    """
    from delivery.loop import deliver_once, owe_once, tidy
    from delivery.webhook_loop import webhooks_once
    from operations.delivering import courier, owing, sender, utc_now

    settings = unattended_settings()
    with database(settings) as engine:
        forgotten = tidy(engine, utc_now())
        calling = courier(settings, engine)
        told = sum(iter(lambda: webhooks_once(calling), 0))
        sending = sender(settings, engine)
        owed = owe_once(sending, owing(settings, engine), utc_now())
        tried = None if sending is None else sum(iter(lambda: deliver_once(sending), 0))
    if json:
        tell_json({"forgotten": forgotten, "webhook_events": told, "mails_owed": owed, "messages_tried": tried})
        return
    for count, sentence in (
        (forgotten, f"past their time and forgotten: {forgotten} rows"),
        (told, f"{told} events tried for webhooks"),
        (owed, f"{owed} mails to mentors and the operator"),
    ):
        if count:
            messages.print(sentence)
    if tried is None:
        messages.print("no mail server is set (OPPORTUNE_SMTP_URL): nothing to deliver")
    else:
        typer.echo(f"{tried} messages tried")
