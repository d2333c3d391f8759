"""`opportune nightly`: the one-shot job that any scheduler calls."""

import typer
from rich.console import Console

from operations.nightly import run_command, run_night


def nightly() -> None:
    """Crawl every source, index what is new, and send what mentors are owed.

    Exit codes: 0 all sources healthy; 3 some were not, what they gave is kept; 1 nothing usable or a step
    failed; 75 another crawl is running. Example, in a crontab: 15 2 * * * opportune nightly
    """
    console = Console(stderr=True)
    night = run_night(run_command, lambda step: console.rule(f"opportune {step}"))
    for step, code in night.codes.items():
        console.print(f"{step:8} {'ok' if code == 0 else f'ended with {code}'}")
    raise typer.Exit(night.exit_code)
