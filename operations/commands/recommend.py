"""`opportune recommend`: rank the open calls for a mentee, or for a goal said on the spot."""

import datetime as dt
from collections.abc import Sequence
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from catalog.words import CareerStage, Kind
from operations.opening import database, fail, messages, read_settings
from operations.telling import Json, tell_json
from recommender.filters import Filters
from recommender.health import Mode
from recommender.installed import recommender_of
from recommender.mentees import UnknownMentee
from recommender.people import MenteeFacts
from recommender.results import RankedList
from recommender.served import as_json


def recommend(
    mentee: Annotated[str | None, typer.Argument(help="A mentee's id; leave it out and give --goal")] = None,
    goal: Annotated[list[str] | None, typer.Option(help="What is sought, in a sentence; may be given again")] = None,
    stage: Annotated[CareerStage | None, typer.Option(help="With --goal: the person's stage")] = None,
    citizenship: Annotated[list[str] | None, typer.Option(help="With --goal: of which country, as ISO code")] = None,
    residence: Annotated[str | None, typer.Option(help="With --goal: living where, as ISO code")] = None,
    kind: Annotated[list[Kind] | None, typer.Option(help="Only these kinds")] = None,
    limit: Annotated[int, typer.Option(min=1, max=100, help="At most so many, the best first")] = 10,
    json: Json = False,
) -> None:
    """Rank the open calls for a mentee, or for goals said on the spot, and say why each is shown.

    What the person may not apply for is left out. Nothing is stored.

    Examples:
    opportune recommend mte_01k9z5v3q8m4n7p2r6s1t0w9xy
    opportune recommend --goal "learn quality improvement in hospitals" --stage resident --kind fellowship
    """
    if (mentee is None) == (not goal):
        raise typer.BadParameter("give a mentee's id or --goal")
    person = MenteeFacts(stage=stage, citizenships=tuple(citizenship or ()), residence=residence)
    found = _ranked(mentee, person, goal or [], Filters(kinds=frozenset(kind or ())), limit)
    if json:
        tell_json(as_json(found))
    else:
        _show(found)


def _ranked(mentee: str | None, person: MenteeFacts, goals: Sequence[str], filters: Filters, limit: int) -> RankedList:
    """The list of a mentee who is kept, else of this person with these goals."""
    settings, now = read_settings(), dt.datetime.now(dt.UTC)
    with database(settings) as engine:
        recommender = recommender_of(engine, settings)
        if mentee is None:
            return recommender.recommend_to(person, goals, filters, now=now, limit=limit)
        try:
            return recommender.recommend(mentee, filters, now=now, limit=limit)
        except UnknownMentee as error:
            raise fail(f"there is no mentee {mentee}") from error


def _show(found: RankedList) -> None:
    if found.mode is Mode.LEXICAL:
        messages.print(f"Ranked by words alone: {', '.join(found.degraded)}.", style="yellow")
    table = Table("", "Call", "Kind", "Closes", "Why", show_lines=True)
    for item in found.items:
        closes = item.deadline.on.isoformat() if item.deadline and item.deadline.on else item.status
        name = f"{item.opportunity.title}\n{item.opportunity.organisation}".strip()
        table.add_row(str(item.rank), name, item.opportunity.kind, closes, item.reasons.line)
    Console(markup=False).print(table)
    messages.print(f"{found.considered} calls considered; {found.hidden_ineligible} hidden, as not to be applied for.")
