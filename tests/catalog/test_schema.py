"""One history builds exactly the models on both engines, and other shapes are refused."""

from alembic import command
from sqlalchemy import Engine

from catalog.schema import configuration


def test_the_history_builds_the_models_as_alembic_compares_them(both_engines: Engine) -> None:
    with both_engines.begin() as connection:
        command.check(configuration(connection))
