"""`opportune index`: embed what is new or changed."""

import datetime as dt
from typing import Annotated

import typer
from rich.progress import Progress as Bar
from rich.progress import TaskID
from sqlalchemy import Engine

from catalog.database import writing
from catalog.settings import Settings
from catalog.stores.neighbour_indexes import build_indexes, drop_other_indexes
from catalog.stores.neighbours import Space
from catalog.stores.vectors import forget_other_models
from operations.opening import database, fail, messages, unattended_settings
from operations.telling import Json, tell_json
from recommender.embedders import ModelUnavailable
from recommender.indexing import IndexReport, OnProgress, Progress
from recommender.indexing import index as run_index
from recommender.models import open_embedder

_SAID = {"passages": "Reading calls", "vectors": "Embedding calls", "goals": "Embedding goals"}


def index(
    model: Annotated[str | None, typer.Option(help="A sentence-transformers model by name or path")] = None,
    forget: Annotated[bool, typer.Option("--forget-other-models", help="Delete the vectors of other models")] = False,
    json: Json = False,
) -> None:
    """Embed new and changed calls and goals, and serve the model once it has all of them.

    May be stopped at any time and run again: it goes on where it was.

    Examples:
    opportune index
    opportune index --model sentence-transformers/all-mpnet-base-v2 --forget-other-models
    """
    settings = unattended_settings()
    embedder = open_embedder(settings.model, settings.numbers) if model is None else open_embedder(model)
    with database(settings) as engine:
        try:
            with Bar(console=messages, transient=True) as bar:
                report = run_index(engine, embedder, dt.datetime.now(dt.UTC), _shown_on(bar))
        except ModelUnavailable as error:
            raise fail(f"{error}\nUntil then ranking goes by words alone; what was embedded before is kept.") from error
        if forget:
            with writing(engine) as session:
                forget_other_models(session, report.model)
        _index_neighbours(settings, engine, report, forget)
    if json:
        tell_json(report)
    else:
        messages.print(_in_words(report))


def _index_neighbours(settings: Settings, engine: Engine, report: IndexReport, forget: bool) -> None:
    """Make the indexes that the pgvector ranker walks along, if that is what ranks."""
    space = Space(report.model, report.dimension)
    if forget and engine.dialect.name == "postgresql":
        with writing(engine) as session:
            drop_other_indexes(session, space)
    if settings.search_in_database:
        with messages.status("indexing the nearest calls of each kind"):
            made = build_indexes(engine, space)
        for name in made:
            messages.print(f"made {name}")


def _shown_on(bar: Bar) -> OnProgress:
    tasks: dict[str, TaskID] = {}

    def show(progress: Progress) -> None:
        if progress.step not in tasks:
            tasks[progress.step] = bar.add_task(_SAID[progress.step], total=progress.total)
        bar.update(tasks[progress.step], completed=progress.done, total=progress.total)

    return show


def _in_words(report: IndexReport) -> str:
    served = f"; {report.model} is served from now on" if report.swapped else ""
    return (
        f"Read {report.calls_read} new or changed calls; embedded {report.passages_embedded} passages "
        f"and {report.goals_embedded} goals{served}."
    )
