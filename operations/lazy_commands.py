"""A command group that imports a command when it runs, not to list it.

`opportune --help` must answer at once, and `opportune crawl` must not load a model: so each command
is declared as a name, a module and one line of help.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import typer
import typer.core
import typer.main

from catalog.importing import load
from operations.helpful_commands import HelpfulCommand, HelpfulGroup


@dataclass(frozen=True, slots=True)
class Entry:
    """A command: `target` is "module:attribute", a function with Typer annotations or a `typer.Typer`."""

    target: str
    help: str


class LazyGroup(HelpfulGroup):
    """Lists its entries from their declarations and imports one when it is asked for."""

    entries: dict[str, Entry]

    def __init__(self, **rest: Any) -> None:
        super().__init__(**rest)
        self.commands = dict.fromkeys(self.entries)  # type: ignore[assignment]  # names alone: for “did you mean”

    def list_commands(self, ctx: typer.Context) -> list[str]:  # type: ignore[override]
        """Return the names, in the order of a working day."""
        del ctx
        return list(self.entries)

    def get_command(self, ctx: typer.Context, cmd_name: str) -> Any:  # type: ignore[override]
        """Import the command and return it, or None when there is none of this name."""
        del ctx
        entry = self.entries.get(cmd_name)
        return None if entry is None else _load(cmd_name, entry)

    def format_commands(self, ctx: typer.Context, formatter: Any) -> None:  # type: ignore[override]
        """Write the table of commands without importing any."""
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl([(name, entry.help) for name, entry in self.entries.items()])

    def shell_complete(self, ctx: typer.Context, incomplete: str) -> list[Any]:  # type: ignore[override]
        """Complete a command's name without importing any, and an option's as every group does."""
        if incomplete.startswith("-"):
            return super().shell_complete(ctx, incomplete)
        item: Any = typer.core.CompletionItem  # type: ignore[attr-defined]
        return [item(name, help=one.help) for name, one in self.entries.items() if name.startswith(incomplete)]


def _nothing() -> None:
    """A group by itself does nothing; Typer wants a callback before it takes a group class."""


def group(
    name: str, help_text: str, entries: dict[str, Entry], by_itself: Callable[..., None] = _nothing
) -> typer.Typer:
    """A Typer application over `entries`; the parameters of `by_itself` are the options it has without a command."""
    made = type(f"{name.title()}Group", (LazyGroup,), {"entries": entries})
    app = typer.Typer(
        name=name,
        help=help_text,
        cls=made,
        no_args_is_help=True,
        rich_markup_mode=None,
        add_completion=name == "opportune",
    )
    app.callback()(by_itself)
    return app


def _load(name: str, entry: Entry) -> Any:
    module, _, attribute = entry.target.partition(":")
    found = getattr(load(module), attribute)
    if isinstance(found, typer.Typer):
        command = typer.main.get_command(found)
    else:
        single = typer.Typer(rich_markup_mode=None, add_completion=False, pretty_exceptions_enable=False)
        single.command(name=name, cls=HelpfulCommand)(found)
        command = typer.main.get_command(single)
    command.name = name
    return command
