"""The recommender that an installation's settings ask for: the same for the service and for the commands."""

import datetime as dt

from sqlalchemy import Engine

from catalog.settings import Settings
from recommender.progress import Progress
from recommender.service import Recommender


def recommender_of(engine: Engine, settings: Settings, progress: Progress | None = None) -> Recommender:
    """The recommender over this catalogue; nothing of it is loaded yet. progress: where loading tells how far it is."""
    return Recommender(
        engine,
        model=settings.model,
        numbers=settings.numbers,
        closing_soon=dt.timedelta(days=settings.closing_soon_days),
        vectors_dir=settings.vectors_dir,
        search_in_database=settings.search_in_database,
        words_file=settings.words_file,
        progress=progress,
    )
