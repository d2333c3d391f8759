"""`opportune`: every command by name, each imported only when it runs."""

import gc
from typing import Annotated

import typer

from operations.lazy_commands import Entry, group

EVALUATE = {
    "reading": Entry(
        "operations.commands.evaluate_reading:evaluate_reading",
        "Score the reader on labelled pages, beside two baselines",
    ),
    "ranking": Entry(
        "operations.commands.evaluate_ranking:evaluate_ranking",
        "Score the ranking on a labelled set, beside two baselines",
    ),
    "series": Entry(
        "operations.commands.evaluate_series:evaluate_series",
        "Score the prediction of next year's deadline, beside last year + 364 days",
    ),
}

COMMANDS = {
    "demo": Entry("operations.commands.demo:demo", "Show it all on an invented web: crawl, index, serve"),
    "nightly": Entry("operations.commands.nightly:nightly", "Crawl, index, and send what mentors are owed"),
    "report": Entry("operations.commands.report:report", "Show how the last night went"),
    "doctor": Entry("operations.commands.doctor:doctor", "Look whether all is well, and say what to do if it is not"),
    "crawl": Entry("operations.commands.crawl:crawl", "Read the sources into the catalogue"),
    "reread": Entry("operations.commands.reread:reread", "Run the readers again over archived pages"),
    "index": Entry("operations.commands.index:index", "Embed what is new or changed"),
    "journals": Entry("operations.commands.journals:journals", "Ask registers about the journals that call for papers"),
    "serve": Entry("operations.commands.serve:serve", "Serve the API and the mentor's page"),
    "digest": Entry(
        "operations.commands.digest:digest", "See what is new for each mentee; show a mentor's next digest"
    ),
    "deliver": Entry("operations.commands.deliver:deliver", "Send the messages that are due"),
    "worker": Entry("operations.commands.worker:worker", "Run the nightly job and deliveries as tasks (PostgreSQL)"),
    "sources": Entry("operations.commands.sources_group:app", "List the sources and how they are; check or begin one"),
    "watch": Entry("operations.commands.watch:app", "Watch pages: list, add, remove, import or export them"),
    "review": Entry("operations.commands.review:app", "Decide about what the reader was unsure of"),
    "read": Entry("operations.commands.read:read", "Show what the reader sees in a saved page or response"),
    "recommend": Entry("operations.commands.recommend:recommend", "Rank the open calls for a sentence or a mentee"),
    "evaluate": Entry("operations.command_line:evaluate", "Score the reader, ranking or predictions on labelled data"),
    "split": Entry("operations.commands.split:split", "Tell a wrongly joined posting apart, for good"),
    "db": Entry("operations.commands.database:app", "Upgrade, check, back up, restore, copy or export the database"),
    "accounts": Entry("operations.commands.accounts:app", "Create, invite, reset or revoke people who sign in"),
    "bounces": Entry("operations.commands.bounces:app", "Stop writing to addresses that mail came back from"),
    "mentees": Entry("operations.commands.mentees:app", "Take in a cohort of mentees from a file, or write one"),
    "keys": Entry("operations.commands.keys:app", "Create, list or revoke API keys"),
    "openapi": Entry("operations.commands.openapi:openapi", "Write the API's description, openapi.json"),
    "sample-web": Entry("operations.commands.sample_web:serve_sample_web", "Serve the invented web on loopback"),
}


def _tell_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"opportune {version('opportune')}")
        raise typer.Exit


def _by_itself(
    version: Annotated[
        bool, typer.Option("--version", help="Print the version and exit.", is_eager=True, callback=_tell_version)
    ] = False,
) -> None:
    del version


evaluate = group("evaluate", "Score the reader, ranking or predictions on labelled data.", EVALUATE)
app = group(
    "opportune",
    """Find opportunities and tell a mentor which mentee each one is for.

    Begin with `opportune demo`: it needs nothing else. For real, make the database and an administrator, crawl, index
    and serve; then let a timer run `opportune nightly`. Each command's own --help is its manual.

    Examples:
        opportune demo
        opportune db upgrade
        opportune accounts create-administrator --email ada@example.org
        opportune crawl && opportune index && opportune serve
    """,
    COMMANDS,
    _by_itself,
)


def main() -> None:
    """Run the command line."""
    gc.disable()  # until the command is loaded: `catalog.importing`
    app()
