"""`opportune sources new NAME`: begin a source with the facts of one that publishes the same way.

The frozen page of that model is copied, since it is invented and in the true format: it is to be
replaced by one in the words of the new site. The tests find all of it by themselves, and say what
is still to fill in.
"""

import json
import re
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urljoin, urlsplit

import typer

from catalog.addresses import AddressRefused, check_callable
from catalog.words import Kind, Way
from operations.telling import Json, tell

ROOT = Path(__file__).parents[2]
FILL_IN = "fill in"
"""What stands where a person has to look it up; a test finds it."""

_NAME = re.compile(r"[a-z][a-z0-9_]{1,63}")
_MODELS = {
    Way.FEED: "utrecht_events",
    Way.WORDPRESS: "opportunity_desk",
    Way.CALENDAR: "maastricht_events",
    Way.SITEMAP: "international_medical_aid",
    Way.JSON_API: "msf_usa",
    Way.LISTING: "gprwmf_awards",
    Way.DETAIL: "esc_congress",
    Way.STRUCTURED_DATA: "sib_training",
}


_FILE = '''"""{fill_in}: in one sentence, what it publishes."""

from catalog.words import Kind, Way
from {module} import {base}


class {title}({base}):
    name = "{name}"
{facts}
    day_first = None  # how 01/02/2027 is meant here; None: cannot tell
    min_items = 0  # fewer taken in a crawl is a fault of ours
'''
_GENERAL = frozenset(
    {"name", "title", "organisation", "kinds", "way", "homepage", "hosts", "terms", "min_items"},
)


def new(
    name: Annotated[str, typer.Argument(help="Its name: small letters, digits and _", show_default=False)],
    kind: Annotated[Kind, typer.Option(prompt="What does it hold", help="What it mostly holds")],
    homepage: Annotated[str, typer.Option(prompt="Where does a person look", help="Where a person looks")],
    way: Annotated[Way | None, typer.Option(help="How it publishes: the model is a source that does so too")] = None,
    like: Annotated[str | None, typer.Option(help="The source to take as the model, instead of --way")] = None,
    root: Annotated[Path, typer.Option(hidden=True)] = ROOT,
    json: Json = False,
) -> None:
    """Begin a source: its file of facts, its frozen page, its expectation and its section in docs/sources.md.

    Nothing is overwritten. The tests pass or say what is to be filled in.

    Example: opportune sources new example_fund --kind fellowship --homepage https://fund.example.org/calls --way feed
    """
    from crawlers.bases.discovery import sources

    known = sources()
    _check(name, homepage, known)
    model = known.get(like or _MODELS.get(way or _asked_way(), ""))
    if model is None:
        raise typer.BadParameter(f"there is no model for {like or way}: name a source with --like ({', '.join(known)})")
    files = scaffold(name, kind, homepage, model, root)
    _write(files, root)
    described(name, model.way, root / "docs" / "sources.md")
    wrote = [*(str(path.relative_to(root)) for path in files), "docs/sources.md"]
    told = "".join(f"wrote {path}\n" for path in wrote)
    tell({"written": wrote}, f"{told}\n{next_steps(name)}", as_json=json)


def _check(name: str, homepage: str, known: Collection[str]) -> None:
    """Raises BadParameter for a name that is none or is taken, and an address that may not be asked."""
    if not _NAME.fullmatch(name):
        raise typer.BadParameter(f"{name!r} is no name: small letters, digits and _, beginning with a letter")
    if name in known:
        raise typer.BadParameter(f"there is a source {name} already")
    try:
        check_callable(homepage)
    except AddressRefused as refused:
        raise typer.BadParameter(f"{homepage}: {refused}") from refused


def _write(files: Mapping[Path, bytes], root: Path) -> None:
    """Write all of them, or none where one is there already (BadParameter)."""
    if taken := [path for path in files if path.exists()]:
        raise typer.BadParameter(f"{taken[0].relative_to(root)} is there already; nothing was written")
    for path, body in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(body)


def _asked_way() -> Way:
    """Ask how the source publishes. Raises BadParameter for what is no way."""
    said = str(typer.prompt(f"How does it publish ({', '.join(_MODELS)})"))
    if said not in _MODELS:
        raise typer.BadParameter(f"{said!r} is no way that a source publishes; there are {', '.join(_MODELS)}")
    return Way(said)


def scaffold(name: str, kind: Kind, homepage: str, model: Any, root: Path) -> dict[Path, bytes]:
    """Every file of a new source and what is to be written into it."""
    folder = root / "tests" / "fixtures" / "sources" / name
    frozen = root / "tests" / "fixtures" / "sources" / model.name
    pages = sorted(page for page in frozen.glob("page*") if page.is_file())
    kept = {page.name: {"url": address_of(page, homepage)} for page in pages}
    return {
        root / "crawlers" / "sources" / f"{name}.py": facts_of(name, kind, homepage, model).encode(),
        **{folder / page.name: page.read_bytes() for page in pages},
        folder / "expected.json": (json.dumps(kept, indent=2) + "\n").encode(),
    }


def address_of(page: Path, homepage: str) -> str:
    """Where a frozen page is taken to have been found: the homepage, but a robots.txt is known by its address."""
    return urljoin(homepage, "/robots.txt") if "robots" in page.name else homepage


def facts_of(name: str, kind: Kind, homepage: str, model: Any) -> str:
    """The source's file: what can be told is told, and the rest says that it is to be filled in."""
    base = model.__mro__[1]
    facts = {
        "title": name.replace("_", " ").capitalize(),
        "organisation": f"{FILL_IN}: who runs it",
        "kinds": (kind,),
        "way": model.way,
        "homepage": homepage,
        "hosts": _hosts(homepage, model),
        "terms": f"{FILL_IN}: the address of its terms of use, or a sentence",
        **_own_facts(kind, homepage, model, base.required),
    }
    return _FILE.format(
        fill_in=FILL_IN.capitalize(),
        module=base.__module__,
        base=base.__name__,
        title="".join(part.capitalize() for part in name.split("_")),
        name=name,
        facts="\n".join(f"    {fact} = {written(value)}" for fact, value in facts.items()),
    )


def _hosts(homepage: str, model: Any) -> tuple[str, ...]:
    """The homepage's host, or the model's where that is a vendor's interface for many."""
    if model.way == Way.JSON_API and urlsplit(model.homepage).hostname not in model.hosts:
        return tuple(model.hosts)
    return (urlsplit(homepage).hostname or "",)


def _own_facts(kind: Kind, homepage: str, model: Any, required: Sequence[str]) -> dict[str, Any]:
    """What the model's base wants to be told beyond what every source tells."""
    parts = urlsplit(homepage)
    known = {
        "entrances": (homepage,),
        "site": f"{parts.scheme}://{parts.netloc}",
        "board": board_in(homepage, model) or f"{FILL_IN}: its name in the vendor's addresses, or another base",
        "kind": kind,
    }
    return {fact: known.get(fact, f"{FILL_IN}: see crawlers/bases") for fact in required if fact not in _GENERAL}


def board_in(homepage: str, model: Any) -> str:
    """The name of the board in a homepage at the model's vendor; nothing where it is another's."""
    ours, vendors = (_domain(address) for address in (homepage, model.homepage))
    return urlsplit(homepage).path.strip("/").rsplit("/", 1)[-1] if ours == vendors else ""


def _domain(address: str) -> str:
    return ".".join((urlsplit(address).hostname or "").rsplit(".", 2)[-2:])


def written(value: Any) -> str:
    """A value as Python writes it, with the quotes that the formatter wants."""
    if isinstance(value, Kind | Way):
        return f"{type(value).__name__}.{value.name}"
    if isinstance(value, tuple):
        return f"({', '.join(map(written, value))},)"
    return json.dumps(str(value), ensure_ascii=False)


def described(name: str, way: Way, page: Path) -> None:
    """Put a row and a section for the source into the page of sources."""
    text = page.read_text("utf-8")
    row = f"| `{name}` | {FILL_IN}: what it holds | {way} | – | {FILL_IN} |\n"
    rows = [found for found in re.finditer(r"^\| `(\w+)` .*\n", text, re.M) if found[1] < name]
    at = rows[-1].end() if rows else text.index("|---")
    at = at if rows else text.index("\n", at) + 1
    text = text[:at] + row + text[at:]
    heads = [found for found in re.finditer(r"^## ([a-z]\w+)$", text, re.M) if found[1] > name]
    end = re.search(r"^## Left out", text, re.M)
    at = heads[0].start() if heads else end.start() if end else len(text)
    lines = [f"- **{head}:** {FILL_IN}." for head in ("Terms", "Evidence", "Asked", "Taken", "Refused", "Gaps")]
    page.write_text(text[:at] + "\n".join([f"## {name}", *lines, "", ""]) + text[at:], "utf-8")


def next_steps(name: str) -> str:
    """What to do next, in order."""
    return (
        f"1. Fill in crawlers/sources/{name}.py and the section in docs/sources.md.\n"
        f"2. Write the site's own words, invented, into tests/fixtures/sources/{name}/page.*\n"
        f"3. .venv/bin/pytest tests/crawlers/sources -k {name}\n"
        f"   writes expected.json for you to read, then says what is left to fill in.\n"
        f"4. opportune sources check {name}"
    )
