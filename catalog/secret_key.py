"""The installation's own secret, from which other keys are made: as it is set, or made once beside the data."""

import os
from pathlib import Path

from catalog.credentials import new_secret
from catalog.settings import Settings


def secret_key(settings: Settings) -> str:
    """Signs cursors and seals what is kept encrypted. Raises RuntimeError when the kept file holds none.

    Several hosts that serve or deliver for one database need it set, so that each reads what the others made.
    """
    if settings.secret_key is not None:
        return settings.secret_key.get_secret_value()
    return _kept_secret(settings.data_dir / "secret.key")


def _kept_secret(path: Path) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return _read_secret(path)
    with os.fdopen(descriptor, "w") as file:
        file.write(new_secret())
    return _read_secret(path)


def _read_secret(path: Path) -> str:
    secret = path.read_text("utf-8").strip()
    if len(secret) < 32:
        raise RuntimeError(f"{path} does not hold a secret; delete it, and a new one is made")
    return secret
