"""`opportune openapi`: writes what the API says of itself, so that changes to it are seen in review."""

from pathlib import Path
from typing import Annotated

import orjson
import typer

from operations.opening import fail
from operations.telling import Json, tell_json


def openapi(
    to: Annotated[Path, typer.Option(help="Folder of the checkout in which openapi.json and docs/ lie")] = Path("."),
    check: Annotated[bool, typer.Option("--check", help="Write nothing; fail if the files are not up to date")] = False,
    json: Json = False,
) -> None:
    """Write the API's description, openapi.json, and docs/problems.md, as they are generated from the code.

    Exit codes: 0 written, or up to date; 1 with --check, not up to date.

    Example: opportune openapi --check
    """
    found = documents(to)
    stale = [path for path, text in found.items() if not path.exists() or path.read_text("utf-8") != text]
    for path in () if check else found:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(found[path], "utf-8")
    if json:
        tell_json({"written": [] if check else list(map(str, found)), "stale": list(map(str, stale)) if check else []})
    elif not check:
        typer.echo("\n".join(f"wrote {path}" for path in found))
    if check and stale:
        raise fail(f"not up to date: {', '.join(map(str, stale))}; run `opportune openapi`")


def documents(folder: Path) -> dict[Path, str]:
    """The files and what they should hold. No database is opened."""
    from api.app import create_app
    from api.documentation import problems_markdown
    from catalog.settings import Settings

    described = create_app(Settings(_env_file=None)).openapi()
    text = orjson.dumps(described, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE).decode()
    return {folder / "openapi.json": text, folder / "docs" / "problems.md": problems_markdown()}
