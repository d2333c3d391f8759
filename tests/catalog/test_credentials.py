"""Secrets: what may be a password, what is kept of one, and keys that scanners and mistyping show."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.credentials import (
    API_KEY_START,
    PasswordRefused,
    check_password,
    hash_password,
    hash_secret,
    is_api_key,
    new_api_key,
    new_secret,
    verify_password,
)


@pytest.mark.parametrize(
    "password", ["a stable by the lake", "ünïcödé wörds", "correcthorse9", "x" * 50 + "yzab", "日本語のパスワード"]
)
def test_may_be_chosen(password: str) -> None:
    check_password(password, "Ada Orchard", "ada@lakeside.example.org")


@pytest.mark.parametrize(
    ("password", "says"),
    [
        ("", "at least 8"),
        ("short12", "at least 8"),
        ("x" * 257, "at most 256"),
        ("password", "first that an attacker tries"),
        ("PASSWORD1", "first that an attacker tries"),
        ("aaaaaaaaaaaa", "first that an attacker tries"),
        ("Orchard1!", "too easily guessed"),
        ("ada@lakeside.example.org", "too easily guessed"),
    ],
)
def test_may_not_be_chosen_and_why(password: str, says: str) -> None:
    with pytest.raises(PasswordRefused, match=says):
        check_password(password, "Ada Orchard", "ada@lakeside.example.org")


def test_a_password_is_kept_as_argon2id_at_owasps_minimum() -> None:
    kept = hash_password("a stable by the lake")

    assert kept.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert verify_password("a stable by the lake", kept) == (True, None)
    assert verify_password("another stable", kept) == (False, None)


def test_nobody_has_no_password() -> None:
    assert verify_password("", None) == (False, None)
    assert verify_password("a stable by the lake", None) == (False, None)


def test_an_outdated_hash_is_renewed_when_the_password_is_right() -> None:
    from pwdlib import PasswordHash
    from pwdlib.hashers.argon2 import Argon2Hasher

    weak = PasswordHash((Argon2Hasher(time_cost=1, memory_cost=8, parallelism=1),)).hash("a stable by the lake")

    right, renewed = verify_password("a stable by the lake", weak)

    assert right
    assert renewed is not None
    assert verify_password("a stable by the lake", renewed) == (True, None)
    assert verify_password("wrong", weak) == (False, None)


def test_a_key_is_well_formed_and_only_its_beginning_is_shown() -> None:
    made = new_api_key()

    assert made.key.startswith(API_KEY_START)
    assert is_api_key(made.key)
    assert made.key.startswith(made.prefix)
    assert len(made.prefix) <= 24
    assert made.key_hash == hash_secret(made.key)
    assert new_api_key().key != made.key


@given(st.data())
def test_a_mistyped_key_is_known_as_such(data: st.DataObject) -> None:
    key = new_api_key().key
    place = data.draw(st.integers(len(API_KEY_START), len(key) - 1))
    typed = data.draw(st.characters().filter(lambda char: char != key[place]))

    assert not is_api_key(key[:place] + typed + key[place + 1 :])


@given(st.text())
def test_any_other_text_is_no_key(text: str) -> None:
    assert not is_api_key(text)
    assert len(hash_secret(text)) == 64


def test_secrets_have_256_bits() -> None:
    assert len({new_secret() for _ in range(100)}) == 100
    assert len(new_secret()) == 43
