"""Material that is not part of this project, to test against where it is at hand."""

import os
from pathlib import Path

import pytest

SHARED = Path(os.environ.get("OPPORTUNE_SHARED") or Path(__file__).parents[2] / "shared")


def shared_file(name: str) -> Path:
    """A file of the shared folder. Skips the test, with the reason, where it is absent."""
    path = SHARED / name
    if not path.exists():
        pytest.skip(f"no {path}: set OPPORTUNE_SHARED to the folder that holds it")
    return path
