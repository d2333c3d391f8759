"""`opportune openapi`: writes what the API says of itself, so that changes to it are seen in review."""

from pathlib import Path
from typing import Annotated

import orjson
import typer


def openapi(
    to: Annotated[Path, typer.Option(help="Folder of the checkout in which openapi.json and docs/ lie")] = Path("."),
    check: Annotated[bool, typer.Option("--check", help="Write nothing; fail if the files are not up to date")] = False,
) -> None:
    """Write openapi.json and docs/problems.md."""
    stale = [path for path, text in documents(to).items() if not path.exists() or path.read_text("utf-8") != text]
    if check:
        if stale:
            typer.echo(f"not up to date: {', '.join(map(str, stale))}; run `opportune openapi`", err=True)
            raise typer.Exit(1)
        return
    for path, text in documents(to).items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        typer.echo(f"wrote {path}")


def documents(folder: Path) -> dict[Path, str]:
    """The files and what they should hold. No database is opened."""
    from api.app import create_app
    from api.documentation import problems_markdown
    from catalog.settings import Settings

    described = create_app(Settings(_env_file=None)).openapi()
    text = orjson.dumps(described, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE).decode()
    return {folder / "openapi.json": text, folder / "docs" / "problems.md": problems_markdown()}
