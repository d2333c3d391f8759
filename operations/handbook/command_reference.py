"""Every command's manual as a page: the same words as `--help`."""

from collections.abc import Iterator
from typing import Any

import typer
import typer.main

from operations.command_line import app
from operations.handbook.cells import cell


def commands(group: Any = None, path: tuple[str, ...] = ()) -> Iterator[tuple[str, Any]]:
    """Every command by what is typed after `opportune`; of a group that does something by itself, the group too."""
    group = typer.main.get_command(app) if group is None else group
    context = typer.Context(group)
    for name in group.list_commands(context):
        one = group.get_command(context, name)
        words = (*path, name)
        if not hasattr(one, "list_commands"):
            yield " ".join(words), one
            continue
        if one.invoke_without_command and one.manual.examples:
            yield " ".join(words), one
        yield from commands(one, words)


def command_reference() -> str:
    """All of them, each under a heading of its own."""
    return "\n".join(["## Every command", "", *(line for path, one in commands() for line in _manual(path, one))])


def _manual(path: str, one: Any) -> Iterator[str]:
    yield f"### `opportune {path}`"
    yield f"\n{one.manual.text}\n"
    yield "```sh"
    yield from one.manual.examples
    yield "```\n"
    options = [option for option in one.params if not option.hidden and option.name != "help"]
    if options:
        yield "| | |\n|---|---|"
        yield from (f"| {_named(option)} | {cell(option.help or '')} |" for option in options)
    codes = "; ".join(f"**{code}** {means}" for code, means in one.manual.exit_codes.items())
    yield f"\nExit codes: {codes}.\n"


def _named(option: Any) -> str:
    return ", ".join(f"`{name}`" for name in (option.opts if option.param_type_name == "option" else [option.name]))
