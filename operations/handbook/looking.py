"""Looks at the built site: every page is there, and none asks anything of another host.

Run by `make docs`. Links that a reader follows may lead anywhere; what a page loads by itself may not.
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

SITE = Path(__file__).parents[2] / "build" / "site"
_LOADED = re.compile(
    r"""<(?:script|img|iframe|source)\b[^>]*?\ssrc=["']?((?:https?:)?//[^"'\s>]+)"""
    r"""|<link\b(?=[^>]*rel=["']?(?:stylesheet|preload|preconnect|icon|manifest))[^>]*?href=["']?((?:https?:)?//[^"'\s>]+)""",
    re.IGNORECASE,
)
_IN_STYLE = re.compile(r"""(?:url\(|@import)\s*["']?((?:https?:)?//[^"')\s]+)""")


def loaded_from_elsewhere(site: Path) -> Iterator[str]:
    """What pages and style sheets of a site would load from other hosts."""
    for file in sorted([*site.rglob("*.html"), *site.rglob("*.css")]):
        found = _LOADED if file.suffix == ".html" else _IN_STYLE
        for match in found.finditer(file.read_text("utf-8")):
            yield f"{file.relative_to(site)} loads {next(filter(None, match.groups()))}"


def main() -> int:
    """Say what is wrong; 1 if anything is."""
    wrong = list(loaded_from_elsewhere(SITE))
    pages = len(list(SITE.rglob("*.html")))
    for fault in wrong:
        print(fault)  # noqa: T201
    print(f"{pages} pages in {SITE.name}, {len(wrong)} faults")  # noqa: T201
    return 1 if wrong or not pages else 0


if __name__ == "__main__":
    sys.exit(main())
