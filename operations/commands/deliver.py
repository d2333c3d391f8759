"""`opportune deliver`: one pass over the messages and events that are due, and over what is kept too long."""

import typer

from operations.opening import database, messages, unattended_settings


def deliver() -> None:
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
        if forgotten := tidy(engine, utc_now()):
            messages.print(f"past their time and forgotten: {forgotten} rows")
        calling, told = courier(settings, engine), 0
        while tried := webhooks_once(calling):
            told += tried
        if told:
            messages.print(f"{told} events tried for webhooks")
        sending = sender(settings, engine)
        if owed := owe_once(sending, owing(settings, engine), utc_now()):
            messages.print(f"{owed} mails to mentors and the operator")
        if sending is None:
            messages.print("no mail server is set (OPPORTUNE_SMTP_URL): nothing to deliver")
            return
        total = 0
        while tried := deliver_once(sending):
            total += tried
    typer.echo(f"{total} messages tried")
