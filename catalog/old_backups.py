"""How long backups are kept: who was erased is still in the backups that were made before, so these must end.

A restored backup forgets them again (`catalog.restoring`); the file itself does not.
"""

import datetime as dt
import re
from pathlib import Path

KEPT_DAYS = 30
"""After so many days nothing about an erased mentee should be left anywhere."""
_NAME = re.compile(r"opportune-(\d{8}T\d{6})Z\.(?:db|part(?:-\w+)?)")


def made_at(path: Path) -> dt.datetime | None:
    """When a backup was made, as its name says; None for a file that is not one of ours."""
    named = _NAME.fullmatch(path.name)
    return dt.datetime.strptime(named[1], "%Y%m%dT%H%M%S").replace(tzinfo=dt.UTC) if named else None


def old_backups(folder: Path, *, now: dt.datetime, days: int) -> list[Path]:
    """Backups in `folder` older than so many days, oldest first, and what killed ones left; never the newest one."""
    ours = sorted((at, path) for path in folder.glob("opportune-*") if (at := made_at(path)) is not None)
    newest = [path for _, path in ours if path.suffix == ".db"][-1:]
    return [path for at, path in ours if now - at > dt.timedelta(days=days) and path not in newest]


def forget_old_backups(folder: Path, *, now: dt.datetime, days: int) -> list[Path]:
    """Delete them; which they were. Raises OSError."""
    old = old_backups(folder, now=now, days=days)
    for path in old:
        path.unlink()
    return old
