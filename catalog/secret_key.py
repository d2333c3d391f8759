"""The installation's own secret, from which other keys are made: as it is set, or made once beside the data."""

import os
import tempfile
from contextlib import suppress
from pathlib import Path

from catalog.credentials import new_secret
from catalog.settings import Settings


class NoSecret(RuntimeError):
    """There is no secret to be had; the message says why and what to do."""


def secret_key(settings: Settings) -> str:
    """Signs cursors and seals what is kept encrypted. Raises NoSecret.

    Several hosts that serve or deliver for one database need it set, so that each reads what the others made.
    """
    if settings.secret_key is not None:
        return settings.secret_key.get_secret_value()
    kept = settings.data_dir / "secret.key"
    try:
        return _kept_secret(kept)
    except (OSError, UnicodeDecodeError) as error:
        raise NoSecret(f"{kept} cannot be read or made ({error}): mend that, or set OPPORTUNE_SECRET_KEY") from error


def _kept_secret(path: Path) -> str:
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        _make(path)
    return _read_secret(path)


def _make(path: Path) -> None:
    """Give the file its name once it is whole: who is killed leaves none, of two who begin together one makes it."""
    descriptor, half = tempfile.mkstemp(prefix=f"{path.name}.", dir=path.parent)  # its owner alone may read it
    try:
        with os.fdopen(descriptor, "w") as file:
            file.write(new_secret())
            file.flush()
            os.fsync(file.fileno())
        _name(Path(half), path)
    finally:
        Path(half).unlink(missing_ok=True)


def _name(half: Path, path: Path) -> None:
    """The first one's file takes the name; on a file system that knows no second names who claims it first writes."""
    try:
        os.link(half, path)
    except FileExistsError:
        return
    except OSError:
        with (
            suppress(FileExistsError),
            os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file,
        ):
            file.write(half.read_text("utf-8"))
            file.flush()
            os.fsync(file.fileno())


def _read_secret(path: Path) -> str:
    secret = path.read_text("utf-8").strip()
    if len(secret) < 32:
        raise NoSecret(f"{path} does not hold a secret; delete it, and a new one is made")
    return secret
