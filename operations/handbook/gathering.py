"""Gathers the pages of the site: the documentation as it lies in the checkout, and what is made from the code.

`python -m operations.handbook.gathering` writes them into build/handbook, from which `make docs` builds the site.
"""

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

from operations.documentation import pages
from operations.handbook.api_reference import api_reference
from operations.handbook.command_reference import command_reference

ROOT = Path(__file__).parents[2]
GATHERED = ROOT / "build" / "handbook"
COMMANDS_HERE = "<!-- every command -->"
_LINK = re.compile(r"\]\(([^)\s#]+)")


def gather(to: Path = GATHERED) -> list[Path]:
    """Write every page, and every file that one links to, into an empty folder; what was written."""
    shutil.rmtree(to, ignore_errors=True)
    texts = {page.relative_to(ROOT): page.read_text("utf-8") for page in pages()}
    commands = Path("docs/commands.md")
    texts[commands] = texts[commands].replace(COMMANDS_HERE, command_reference())
    texts[Path("docs/reference.md")] = api_reference(json.loads((ROOT / "openapi.json").read_text("utf-8")))
    for name, text in texts.items():
        _place(to / name).write_text(text, "utf-8")
    others = sorted({ROOT / "openapi.json", *(file for page in pages() for file in linked_files(page))})
    for file in others:
        shutil.copy(file, _place(to / file.relative_to(ROOT)))
    return [*texts, *(file.relative_to(ROOT) for file in others)]


def linked_files(page: Path) -> Iterator[Path]:
    """The files of the checkout that a page links to and that are no pages: pictures, openapi.json, a module."""
    for target in _LINK.findall(page.read_text("utf-8")):
        file = (page.parent / target).resolve()
        if ":" not in target and file.is_file() and file.suffix != ".md" and file.is_relative_to(ROOT):
            yield file


def _place(file: Path) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    return file


def main() -> None:
    """Gather them, and say how many."""
    print(f"{len(gather())} files gathered in {GATHERED.relative_to(ROOT)}")  # noqa: T201


if __name__ == "__main__":
    main()
