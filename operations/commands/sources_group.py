"""`opportune sources`, and the two commands that make adding one easy: `new` and `check`."""

from typing import Annotated

import typer

from operations.commands.sources import sources
from operations.commands.sources_check import check
from operations.commands.sources_new import new
from operations.helpful_commands import CommandGroup
from operations.telling import Json

app = CommandGroup()
app.command("new")(new)
app.command("check")(check)


@app.callback(invoke_without_command=True)
def listing(
    ctx: typer.Context,
    json: Json = False,
    stale_after: Annotated[
        str | None,
        typer.Option(help="For monitoring, such as 36h or 2d: only say what was last healthy longer ago, as exit code"),
    ] = None,
) -> None:
    """List the sources: what they hold, how they publish, when they were last healthy, what is open now.

    Exit codes with --stale-after: 0 every source that is on was healthy since, 3 some were not, 1 none was.

    Examples:
    opportune sources
    opportune sources --stale-after 36h
    """
    if ctx.invoked_subcommand is None:
        sources(json=json, stale_after=stale_after)
