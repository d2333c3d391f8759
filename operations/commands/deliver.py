"""`opportune deliver`: one pass over the messages that are due, and over what is kept too long."""

import typer

from operations.opening import database, messages, read_settings


def deliver() -> None:
    """Send what is due now, forget what is past its time, and end. Needs no mail server for the second.

    `opportune serve`, `opportune nightly` and `opportune worker` do this by themselves.

    Example: opportune deliver
    """
    from delivery.loop import deliver_once, tidy
    from operations.delivering import sender, utc_now

    settings = read_settings()
    with database(settings) as engine:
        if forgotten := tidy(engine, utc_now()):
            messages.print(f"past their time and forgotten: {forgotten} rows")
        sending = sender(settings, engine)
        if sending is None:
            messages.print("no mail server is set (OPPORTUNE_SMTP_URL): nothing to deliver")
            return
        total = 0
        while tried := deliver_once(sending):
            total += tried
    typer.echo(f"{total} messages tried")
