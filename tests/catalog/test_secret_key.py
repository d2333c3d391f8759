"""The installation's own secret is made once, whole, however many begin together and whoever is killed."""

import errno
import os
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from catalog.secret_key import NoSecret, secret_key
from catalog.settings import Settings


def settings_in(folder: Path) -> Settings:
    return Settings(_env_file=None, data_dir=folder)  # type: ignore[call-arg]


def test_all_who_begin_together_have_the_same_and_its_owner_alone_may_read_it(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as together:
        found = list(together.map(lambda _: secret_key(settings_in(tmp_path / "data")), range(32)))
    assert len(set(found)) == 1
    assert len(found[0]) >= 32
    [kept] = (tmp_path / "data").iterdir()
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600


def test_a_file_system_without_second_names_keeps_one_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any) -> None:
        raise OSError(errno.EOPNOTSUPP, "no hard links here")

    monkeypatch.setattr(os, "link", refuse)
    found = secret_key(settings_in(tmp_path))
    assert secret_key(settings_in(tmp_path)) == found
    [kept] = tmp_path.iterdir()
    assert kept.read_text() == found
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600


def test_who_is_ended_before_it_is_made_leaves_none_that_others_would_stumble_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def end(*_: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as ending:
        ending.setattr(os, "link", end)
        with pytest.raises(KeyboardInterrupt):
            secret_key(settings_in(tmp_path))
    assert list(tmp_path.iterdir()) == []
    assert secret_key(settings_in(tmp_path)) == secret_key(settings_in(tmp_path))


def test_what_holds_none_or_lets_none_be_made_is_told_of(tmp_path: Path) -> None:
    (tmp_path / "secret.key").write_text("")
    with pytest.raises(NoSecret, match="does not hold a secret; delete it"):
        secret_key(settings_in(tmp_path))
    with pytest.raises(NoSecret, match="set OPPORTUNE_SECRET_KEY"):
        secret_key(settings_in(tmp_path / "secret.key" / "data"))
