"""Checks the documentation: every link leads somewhere, every command and make target exists.

Run by `make check`. Links to other sites are not followed.
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

from operations.command_line import COMMANDS, EVALUATE

ROOT = Path(__file__).parents[1]
_LINK = re.compile(r"\]\(([^)\s]+)\)")
_FENCE = re.compile(r"^```(?:sh|bash|console|text)?\n(.*?)^```", re.M | re.S)
_COMMAND = re.compile(r"(?:^|&& |\*\s+)(opportune|make) ([a-z][a-z-]*)(?: ([a-z-]+))?", re.M)
_INLINE = re.compile(r"`([^`\n]+)`")
_TARGET = re.compile(r"^([a-z-]+):", re.M)
_HEADING = re.compile(r"^#+ (.+)$", re.M)


def pages() -> list[Path]:
    """Every page of documentation."""
    folders = (ROOT / "docs", ROOT / "crawlers" / "samples", ROOT / "bench", ROOT / "deploy")
    return sorted([*ROOT.glob("*.md"), *(page for folder in folders for page in folder.rglob("*.md"))])


def broken_links(page: Path) -> Iterator[str]:
    """The links of a page that lead to no file or no heading."""
    for target in _LINK.findall(page.read_text("utf-8")):
        if re.match(r"[a-z][a-z+.-]*:", target):
            continue
        path, _, anchor = target.partition("#")
        file = (page.parent / path).resolve() if path else page
        if not file.exists():
            yield f"{page.relative_to(ROOT)}: no file at {target}"
        elif anchor and file.suffix == ".md" and anchor not in anchors(file):
            yield f"{page.relative_to(ROOT)}: no heading for {target}"


def anchors(page: Path) -> set[str]:
    """The anchors of a page's headings, as code hosts make them."""
    return {
        re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-")
        for heading in _HEADING.findall(page.read_text("utf-8"))
    }


def unknown_commands(page: Path) -> Iterator[str]:
    """The commands in a page's code that do not exist."""
    text = page.read_text("utf-8")
    targets = set(_TARGET.findall((ROOT / "Makefile").read_text("utf-8")))
    for code in [*_FENCE.findall(text), *_INLINE.findall(text)]:
        for program, name, second in _COMMAND.findall(code):
            known = targets if program == "make" else COMMANDS
            if name not in known:
                yield f"{page.relative_to(ROOT)}: there is no `{program} {name}`"
            elif name == "evaluate" and program == "opportune" and second and second not in EVALUATE:
                yield f"{page.relative_to(ROOT)}: there is no `opportune evaluate {second}`"


def main() -> int:
    """Print what is wrong; the number of wrong things is the exit code's reason."""
    wrong = [fault for page in pages() for fault in [*broken_links(page), *unknown_commands(page)]]
    for fault in wrong:
        print(fault)  # noqa: T201
    print(f"{len(pages())} pages of documentation, {len(wrong)} faults")  # noqa: T201
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
