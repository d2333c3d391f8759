"""Commands that help: a manual page behind `--help`, and “did you mean” for what was misspelt."""

import re
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

import typer
import typer.core

from catalog.suggestions import asking, did_you_mean
from operations.manuals import Manual, manual_of

Function = TypeVar("Function", bound=Callable[..., Any])
_NOT_ONE_OF = re.compile(r"'(?P<said>.*)' is not one of (?P<known>'.*')\.")


@contextmanager
def suggesting(hidden: Collection[str] = ()) -> Iterator[None]:
    """Say of a misspelt option or word what may have been meant, but for options that are hidden."""
    try:
        yield
    except typer.TyperException as error:
        close = sorted(set(getattr(error, "possibilities", None) or ()) - set(hidden))
        if close:
            error.message = f"{error.message}.{asking(close)}"
            error.possibilities = ()  # type: ignore[attr-defined]
        elif found := _NOT_ONE_OF.search(error.message):
            known = re.findall(r"'(.*?)'", found["known"])
            error.message = found[0] + did_you_mean(found["said"], known)
        raise


class _WithManual:
    """What commands and groups have in common: the docstring is the manual, and mistakes are explained."""

    manual: Manual

    def parse_args(self, ctx: typer.Context, args: list[str]) -> list[str]:
        """Take the arguments, or say what may have been meant."""
        hidden = {name for one in ctx.command.params if getattr(one, "hidden", False) for name in one.opts}
        with suggesting(hidden):
            return super().parse_args(ctx, args)  # type: ignore[misc,no-any-return]

    def format_epilog(self, ctx: typer.Context, formatter: Any) -> None:
        """After the options: examples, each on a line of its own to be copied, and what the exit codes mean."""
        del ctx
        if self.manual.examples:
            with formatter.section("Examples"):
                for example in self.manual.examples:
                    formatter.write(f"{'':{formatter.current_indent}}{example}\n")
            with formatter.section("Exit codes"):
                formatter.write_dl([(str(code), means) for code, means in self.manual.exit_codes.items()])


class HelpfulCommand(_WithManual, typer.core.TyperCommand):  # type: ignore[misc]
    """A command whose docstring is its manual."""

    def __init__(self, name: str | None, *, help: str | None = None, **rest: Any) -> None:  # noqa: A002 (Typer's name)
        self.manual = manual_of(help or "")
        super().__init__(name, help=self.manual.text, **rest)


class HelpfulGroup(_WithManual, typer.core.TyperGroup):  # type: ignore[misc]
    """A group of commands, which may do something by itself."""

    def __init__(self, *, help: str | None = None, **rest: Any) -> None:  # noqa: A002 (Typer's name)
        self.manual = manual_of(help or "")
        super().__init__(help=self.manual.text, **rest)


class CommandGroup(typer.Typer):
    """A `typer.Typer` for a few commands of one kind, such as `opportune keys`, all of them helpful.

    Without a `help` the docstring of its callback is its manual.
    """

    def __init__(self, help: str | None = None) -> None:  # noqa: A002 (Typer's name)
        said: dict[str, Any] = {} if help is None else {"help": help}
        super().__init__(
            cls=HelpfulGroup, rich_markup_mode=None, add_completion=False, pretty_exceptions_enable=False, **said
        )

    def command(self, name: str | None = None, **rest: Any) -> Callable[[Function], Function]:
        """Declare a command, as `typer.Typer.command` does."""
        return super().command(name, cls=HelpfulCommand, **rest)
