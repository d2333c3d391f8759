"""`opportune watch`: pages that are read every night, wherever they are."""

import datetime as dt
import json as json_module
import sys
import tomllib
from pathlib import Path
from typing import Annotated, Any

import typer
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from rich.table import Table
from sqlalchemy import Engine

from catalog.addresses import AddressRefused
from catalog.audited import AuditAction
from catalog.database import reading, writing
from catalog.stores.audit import Actor, record
from catalog.stores.watching import TooManyPages, find_page, list_pages, stop_watching, watch_page
from catalog.tables import WatchedPage
from catalog.values import Line
from catalog.watching import advice
from catalog.words import Kind
from operations.helpful_commands import CommandGroup
from operations.opening import database, fail, messages, show
from operations.telling import Json, tell, tell_json

app = CommandGroup("Watch pages: list, add, remove, import or export them.")
_ACTOR = Actor("command")


class PageToWatch(BaseModel):
    """A `[[page]]` of an import file."""

    model_config = ConfigDict(extra="forbid")

    url: str
    kind: Kind | None = None
    organisation: Line = Field("", max_length=300)  # as long as a posting may name


@app.command()
def add(
    url: Annotated[str, typer.Argument(help="Address of the page", show_default=False)],
    kind: Annotated[Kind | None, typer.Option(help="What it is about, where it does not say so plainly")] = None,
    organisation: Annotated[str, typer.Option(help="Whose page it is")] = "",
    json: Json = False,
) -> None:
    """Read a page from the next crawl on; of one that is watched already, say anew what it is.

    Example: opportune watch add https://fund.example.org/fellowship --kind fellowship --organisation "Example Fund"
    """
    with database() as engine:
        try:
            made = _add(engine, PageToWatch(url=url, kind=kind, organisation=organisation))
        except (AddressRefused, TooManyPages) as refused:
            raise fail(f"{url} cannot be watched: {refused}") from refused
        except ValidationError as error:
            raise fail(f"{url} cannot be watched: {'; '.join(_said(error))}") from error
    tell(made, f"{made['url']} is read from the next crawl on", as_json=json)


@app.command("list")
def list_command(json: Json = False) -> None:
    """List the watched pages: how each was last read, and what to do about it.

    Example: opportune watch list
    """
    with database() as engine, reading(engine) as session:
        pages = [_described(page) for page, _ in list_pages(session)]
    if json:
        tell_json(pages)
        return
    table = Table("address", "kind", "last reading", "found", "what to do", box=None)
    for page in pages:
        went = "not yet read" if page["verdict"] is None else "; ".join(filter(None, (page["verdict"], page["reason"])))
        table.add_row(page["url"], page["kind"] or "", went, str(page["found"]), page["advice"])
    show(table)


@app.command()
def remove(
    page: Annotated[str, typer.Argument(help="Address or identifier of the page", show_default=False)],
    json: Json = False,
) -> None:
    """Read a page no more. What was found on it stays.

    Example: opportune watch remove https://fund.example.org/fellowship
    """
    now = dt.datetime.now(dt.UTC)
    with database() as engine, writing(engine) as session:
        found = find_page(session, page)
        if found is None:
            raise fail(f"{page} is not watched; `opportune watch list` shows what is")
        stop_watching(session, found)
        record(session, _ACTOR, AuditAction.WATCH_REMOVE, "watched_page", found.id, now=now)
        said = {"id": found.id, "url": found.url}
    tell(said, "It is read no more; what was found on it stays", as_json=json)


@app.command("import")
def import_command(
    file: Annotated[Path, typer.Argument(help="TOML with one [[page]] (url, kind, organisation) for each")],
    json: Json = False,
) -> None:
    """Watch every page of a TOML file. Those that cannot be are named, and do not stop the others (exit code 1).

    Example: opportune watch import pages.toml
    """
    added: list[dict[str, Any]] = []
    refused: list[str] = []
    pages = _pages_in(file)
    with database() as engine:
        for number, raw in enumerate(pages, 1):
            try:
                added.append(_add(engine, PageToWatch.model_validate(raw)))
            except (AddressRefused, TooManyPages) as error:
                refused.append(f"page {number}: {error}")
            except ValidationError as error:
                refused += [f"page {number}: {said}" for said in _said(error)]
    if json:
        tell_json({"watched": added, "refused": refused})
    else:
        messages.print(f"{len(added)} of {len(pages)} pages are read from the next crawl on")
    if refused:
        raise fail("\n".join(f"{file}: {one}" for one in refused))


@app.command()
def export() -> None:
    """Print the watched pages as TOML that `opportune watch import` reads.

    Example: opportune watch export > pages.toml
    """
    with database() as engine, reading(engine) as session:
        for page, _ in sorted(list_pages(session), key=lambda pair: pair[0].url):
            values = {"url": page.url, "kind": page.kind, "organisation": page.organisation}
            # a string of JSON is one of TOML
            lines = [
                f"{name} = {json_module.dumps(value, ensure_ascii=False)}" for name, value in values.items() if value
            ]
            sys.stdout.write("\n".join(["[[page]]", *lines, "", ""]))


def _pages_in(file: Path) -> list[Any]:
    try:
        found = tomllib.loads(file.read_text("utf-8"))
    except OSError as error:
        raise fail(f"{file} cannot be read: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise fail(f"{file} is not TOML: {error}") from error
    pages = found.get("page")
    if not isinstance(pages, list) or not pages:
        raise fail(f"{file} holds no [[page]]; each needs a url, and may have a kind and an organisation")
    return pages


def _said(error: ValidationError) -> list[str]:
    return [f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors()]


def _add(engine: Engine, page: PageToWatch) -> dict[str, Any]:
    now = dt.datetime.now(dt.UTC)
    with writing(engine) as session:
        made, _ = watch_page(session, **page.model_dump(), added_by=None, now=now)
        record(session, _ACTOR, AuditAction.WATCH_ADD, "watched_page", made.id, now=now)
        return _described(made)


def _described(page: WatchedPage) -> dict[str, Any]:
    return {
        **page.model_dump(mode="json", exclude={"active", "added_by", "keys"}),
        "found": len(page.keys),
        "advice": advice(page.verdict, page.reason, page.bad_nights),
    }
