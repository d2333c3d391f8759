"""Names of sources for the shell to complete, without importing the crawler: a source's file bears its name."""

import pkgutil
from pathlib import Path

SOURCES = Path(__file__).parents[1] / "crawlers" / "sources"


def complete_source(incomplete: str) -> list[str]:
    """The sources whose names begin so, in alphabetical order."""
    return sorted(one.name for one in pkgutil.iter_modules([str(SOURCES)]) if one.name.startswith(incomplete))
