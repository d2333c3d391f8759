"""What is written about the house is so: its drawing, the walk through it, its references, and each module's first line."""

import ast
import json
import re
import tomllib
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
import yaml

from operations.handbook.api_reference import api_reference
from operations.handbook.command_reference import command_reference, commands
from operations.handbook.drawing import DRAWING, contracts, drawn
from operations.handbook.gathering import gather
from operations.handbook.looking import loaded_from_elsewhere

ROOT = Path(__file__).parents[2]
LINTER = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]
PACKAGES = LINTER["root_packages"]


def test_the_drawing_shows_every_package_and_every_import_that_is_allowed_and_no_other():
    svg = ET.parse(DRAWING).getroot()
    boxes = {box.get("data-package") for box in svg.iter() if box.get("data-package")}
    arrows = {(one.get("data-from"), one.get("data-to")) for one in svg.iter() if one.get("data-from")}
    [order] = [one["layers"] for one in LINTER["contracts"] if one["type"] == "layers"]
    height = {name.strip(): number for number, layer in enumerate(order) for name in layer.split("|")}
    barred = [(one["source_modules"], one["forbidden_modules"]) for one in LINTER["contracts"] if "layers" not in one]
    assert boxes == set(PACKAGES) == set(height)
    assert arrows == {
        (a, b)
        for a in PACKAGES
        for b in PACKAGES
        if height[a] < height[b] and not any(a in sources and b in targets for sources, targets in barred)
    }


def test_the_drawing_is_the_one_that_the_contracts_make():
    assert DRAWING.read_text("utf-8") == drawn(contracts()), "run: .venv/bin/python -m operations.handbook.drawing"


NAMED = re.compile(r"`([\w/]+(?:\.\w+|/))(?::(\w+))?`")


def test_what_the_walk_names_is_there():
    found = NAMED.findall((ROOT / "docs" / "walk.md").read_text("utf-8"))
    missing = [file for file, _ in found if not (ROOT / file).exists()]
    moved = [
        (file, name)
        for file, name in found
        if name
        and file not in missing
        and not re.search(rf"^\s*(?:async )?(?:def|class) {name}\b", (ROOT / file).read_text("utf-8"), re.M)
    ]
    assert len(found) > 40
    assert (missing, moved) == ([], [])


@pytest.mark.parametrize("package", PACKAGES)
def test_every_module_says_first_what_it_is_for(package: str):
    silent = {}
    for module in sorted((ROOT / package).rglob("*.py")):
        if "node_modules" in module.parts:
            continue
        said = (ast.get_docstring(ast.parse(module.read_text("utf-8"))) or "").split("\n\n")[0]
        if not re.match(r"(?s)[\w`“].{12,}[.:?]$", said):
            silent[str(module.relative_to(ROOT))] = said
    assert silent == {}


def test_the_reference_tells_of_every_operation_and_every_schema():
    described = json.loads((ROOT / "openapi.json").read_text("utf-8"))
    page = api_reference(described)
    operations = {
        f"### `{method.upper()} {path}`"
        for path, item in described["paths"].items()
        for method in item
        if method != "parameters"
    }
    assert operations <= set(page.splitlines())
    assert {f"### {name}" for name in described["components"]["schemas"]} <= set(page.splitlines())
    assert set(re.findall(r"\]\(#([\w-]+)\)", page)) <= {name.lower() for name in described["components"]["schemas"]}


def test_the_reference_tells_of_every_command():
    assert {f"### `opportune {path}`" for path, _ in commands()} <= set(command_reference().splitlines())


def test_the_site_has_every_page_that_its_contents_name(tmp_path: Path):
    gathered = set(map(str, gather(tmp_path / "pages")))
    contents = yaml.safe_load((ROOT / "mkdocs.yml").read_text("utf-8"))
    named = set(leaves(contents["nav"]))
    assert named <= gathered
    assert contents["theme"]["font"] is False
    pages = {str(page.relative_to(ROOT)) for page in (ROOT / "docs").rglob("*.md")}
    assert pages <= named | linked_by("docs/decisions/README.md"), "a page that nobody finds: name it in mkdocs.yml"


def linked_by(name: str) -> set[str]:
    """The pages that a page links to."""
    page = ROOT / name
    targets = re.findall(r"\]\(([\w./-]+\.md)", page.read_text("utf-8"))
    return {str((page.parent / target).resolve().relative_to(ROOT)) for target in targets}


def leaves(entries: object) -> list[str]:
    """The pages in a table of contents."""
    if isinstance(entries, str):
        return [entries]
    inner = entries.values() if isinstance(entries, dict) else entries
    return [leaf for entry in inner for leaf in leaves(entry)]  # type: ignore[attr-defined]


def test_a_page_that_loads_something_from_elsewhere_is_noticed(tmp_path: Path):
    (tmp_path / "ours.html").write_text(
        '<a href="https://example.org/">read</a><script src="../js/search.js"></script>'
    )
    (tmp_path / "theirs.html").write_text('<script defer src="https://cdn.example.net/x.js"></script>')
    (tmp_path / "a.css").write_text("@font-face { src: url(//fonts.example.net/a.woff2) }")
    assert list(loaded_from_elsewhere(tmp_path)) == [
        "a.css loads //fonts.example.net/a.woff2",
        "theirs.html loads https://cdn.example.net/x.js",
    ]
