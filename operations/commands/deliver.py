"""`opportune deliver`: one pass over the messages that are due."""

import typer

from operations.opening import database, messages, read_settings


def deliver() -> None:
    """Send what is due now and end. `opportune serve` and `opportune worker` do this by themselves.

    Example: opportune deliver
    """
    from delivery.loop import deliver_once
    from operations.delivering import sender

    settings = read_settings()
    with database(settings) as engine:
        sending = sender(settings, engine)
        if sending is None:
            messages.print("no mail server is set (OPPORTUNE_SMTP_URL): nothing to deliver")
            return
        total = 0
        while tried := deliver_once(sending):
            total += tried
    typer.echo(f"{total} messages tried")
