"""What a command's docstring says of it: what it does, examples to copy, and what its exit codes mean.

The docstring is the only place where this is written: `--help` and docs/commands.md are both made from it.
"""

import inspect
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum

_PARAGRAPHS = re.compile(r"\n\s*\n")
_EXAMPLES = re.compile(r"(?:^|(?<=[.:] )|\n)Examples?\b[^:\n]*:[ \n]")
_CODES = re.compile(r"^Exit codes?\b[^:]*:\s*", re.MULTILINE)
_CODE = re.compile(r"(\d+) (.+?)(?=[,;.]?\s\d+ |\.?\Z)", re.DOTALL)


class ExitCode(IntEnum):
    """What commands end with. A scheduler may rely on these; docs/commands.md tells them to people."""

    DONE = 0
    FAILED = 1
    MISUSED = 2
    PARTLY = 3
    LOOK = 4
    BUSY = 75  # EX_TEMPFAIL of sysexits.h: try again later
    INTERRUPTED = 130  # 128 + SIGINT, as shells have it


MEANING: Mapping[ExitCode, str] = {
    ExitCode.DONE: "it was done",
    ExitCode.FAILED: "it was not done; what to do is said",
    ExitCode.MISUSED: "the command was not understood, and nothing was begun",
    ExitCode.PARTLY: "done in part: something is to be looked at soon",
    ExitCode.LOOK: "done as far as it could be, and somebody must look: an alarm is raised",
    ExitCode.BUSY: "another one runs: try again later",
    ExitCode.INTERRUPTED: "stopped by Ctrl+C; what was kept is kept",
}
"""In general; what a code means of one command its own page says."""
OF_EVERY_COMMAND = (ExitCode.DONE, ExitCode.FAILED, ExitCode.MISUSED)


@dataclass(frozen=True, slots=True)
class Manual:
    """A command's page."""

    summary: str
    text: str
    examples: tuple[str, ...] = ()
    exit_codes: Mapping[int, str] = field(default_factory=dict)


def manual_of(docstring: str) -> Manual:
    """Read a docstring: the first paragraph, then prose, `Examples:` and `Exit codes:` in any order."""
    prose: list[str] = []
    examples: list[str] = []
    codes: dict[int, str] = {int(code): MEANING[code] for code in OF_EVERY_COMMAND}
    for paragraph in filter(None, _PARAGRAPHS.split(inspect.cleandoc(docstring))):
        before, *commands = _EXAMPLES.split(paragraph, maxsplit=1)
        if commands:
            examples += [line.strip() for line in commands[0].splitlines() if line.strip()]
        said, *list_of_codes = _CODES.split(before, maxsplit=1)
        if list_of_codes:
            codes |= {int(number): " ".join(means.split()) for number, means in _CODE.findall(list_of_codes[0])}
        if said.strip():
            prose.append(said.strip())
    summary = " ".join(prose[0].split()) if prose else ""
    return Manual(summary, "\n\n".join(prose), tuple(examples), dict(sorted(codes.items())))
