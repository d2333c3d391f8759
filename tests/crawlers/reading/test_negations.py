"""A "not" in another language turns a condition round, unless it is taken back or says that something is needless."""

import pytest

from crawlers.reading.negations import is_governed


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("No ser residente en España.", "España"),
        ("No residir en España ni en Portugal.", "Portugal"),
        ("Não possuir doutorado.", "doutorado"),
        ("Ne pas être titulaire d'un doctorat.", "doctorat"),
        ("Kein Wohnsitz in Deutschland.", "Deutschland"),
        ("Non essere residenti in Germania.", "Germania"),
    ],
)
def test_what_one_must_not_be_or_have_is_governed(text: str, named: str) -> None:
    assert is_governed(text, text.index(named))


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Residir no Brasil.", "Brasil"),
        ("No podrán participar quienes no sean médicos.", "médicos"),
        ("No tener deudas y ser médico.", "médico"),
        ("Keine deutsche Staatsangehörigkeit erforderlich.", "deutsche"),
        ("No podrán participar más de dos médicos por centro.", "médicos"),
    ],
)
def test_what_is_needless_or_said_apart_is_not(text: str, named: str) -> None:
    assert not is_governed(text, text.index(named))
