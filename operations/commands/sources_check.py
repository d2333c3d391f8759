"""`opportune sources check NAME`: what a crawl of a source would store and refuse, from a few of its pages."""

from collections import Counter
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from catalog.database import reading
from catalog.drafts import Deadline, PostingDraft
from catalog.settings import Settings
from crawlers.checking import Checked
from crawlers.checking import check as fetch
from operations.commands.crawl import left_out, needed_values
from operations.opening import database, fail, read_settings, show
from operations.source_names import complete_source
from operations.telling import Json, tell_json

if TYPE_CHECKING:
    from crawlers.bases.source import Source

LOOK = 3
_SHOWN = 50  # rows of each table


def check(
    name: Annotated[str, typer.Argument(help="The source", show_default=False, autocompletion=complete_source)],
    pages: Annotated[int, typer.Option(min=1, max=50, help="Ask for at most so many pages")] = 5,
    json: Json = False,
) -> None:
    """Fetch a few pages of a source, politely, and show what a crawl would store and what it would refuse and why.

    Nothing is stored; for page_watch the watched pages are read from the database. robots.txt, the declared
    hosts and the delays are kept to as in a crawl.

    Exit codes: 0 read without fault, 3 look at it (nothing would be stored, or something was invalid or not read),
    1 the source cannot be asked here (it lacks its key, or the sample web does not play it), 2 there is no such source.

    Example: opportune sources check euraxess --pages 3
    """
    from crawlers.ordered import mask_secrets

    settings = read_settings()
    needed = needed_values(settings)
    source = _source(name, settings)
    if why := left_out(settings).get(name) or source.disabled_because(needed):
        raise fail(f"{name} cannot be checked here: {why}")
    mask_secrets(needed.values())
    checked = fetch(
        source, pages=pages, contact=settings.contact, needed=needed, sample_web_port=settings.sample_web_port
    )
    code = 0 if checked.is_sound else LOOK
    if json:
        tell_json(as_object(checked, code))
    else:
        show_checked(checked, Console())
    raise typer.Exit(code)


def _source(name: str, settings: Settings) -> "type[Source]":
    """The source of this name; one that watches pages with those that are watched. Raises BadParameter."""
    from crawlers.bases.discovery import sources as known_sources
    from crawlers.bases.watched_pages import WatchedPagesSource
    from crawlers.roster import no_such_source, with_watched_pages

    known = known_sources()
    if name not in known:
        raise typer.BadParameter(no_such_source([name], known))
    if issubclass(known[name], WatchedPagesSource):
        with database(settings) as engine, reading(engine) as session:
            known = with_watched_pages(session, known)
    return known[name]


def as_object(checked: Checked, code: int) -> dict[str, Any]:
    """What was found, for programs."""
    return {
        "source": checked.source,
        "pages": checked.pages,
        "pages_left": checked.left,
        "stored": [draft.model_dump(mode="json", exclude_defaults=True) for draft in checked.drafts],
        "refused": [
            {"key": one.key, "url": one.url, "title": one.title, "reason": one.reason} for one in checked.refused
        ],
        "faults": checked.faults,
        "exit_code": code,
    }


def show_checked(checked: Checked, console: Console) -> None:
    """Two tables and what to make of them."""
    if checked.drafts:
        table = Table("would be stored", "kind", "deadline", "organisation", "where", box=None)
        for draft in checked.drafts[:_SHOWN]:
            table.add_row(draft.title, draft.kind, _when(draft), draft.organisation, _where(draft))
        show(table)
    if checked.refused:
        table = Table("refused because", "title", "address", box=None)
        for one in checked.refused[:_SHOWN]:
            table.add_row(one.reason, one.title, one.url)
        show(table)
    sorts = Counter(one.sort for one in checked.refused)
    told = ", ".join(f"{count} {sort}" for sort, count in sorted(sorts.items()))
    counts = f"{checked.pages} pages asked: {len(checked.drafts)} would be stored, {len(checked.refused)} refused"
    console.print(counts + (f" ({told})" if told else "") + ". Nothing was stored.", markup=False, highlight=False)
    if checked.left:
        console.print(f"{checked.left} more pages were not asked for: see --pages.", markup=False, highlight=False)
    for fault in checked.faults:
        console.print(f"Not read: {fault}", style="red", markup=False, highlight=False, soft_wrap=True)
    if not checked.drafts and not checked.faults:
        console.print("Nothing would be stored: is all that was refused rightly so?", style="yellow")


def _when(draft: PostingDraft) -> str:
    live = [deadline for deadline in draft.deadlines if not deadline.superseded]
    return "; ".join(map(_day, live)) or str(draft.timing)


def _day(deadline: Deadline) -> str:
    on = deadline.on.isoformat() if deadline.on else deadline.quote[:40]
    return on if deadline.purpose == "application" else f"{on} ({deadline.purpose})"


def _where(draft: PostingDraft) -> str:
    places = [", ".join(part for part in (place.city, place.country) if part) or place.quote for place in draft.places]
    return "; ".join([*places, *(["remote"] if draft.remote else [])])
