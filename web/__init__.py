"""The mentor's page: static modules, a client of the public API like any other."""

from pathlib import Path


def static_folder() -> Path:
    """The folder whose `index.html`, `assets/` and `vendor/` are served as they are."""
    return Path(__file__).parent
