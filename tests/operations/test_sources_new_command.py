"""`opportune sources new`: a beginning that the tests find by themselves, and that says what is to be filled in."""

import datetime as dt
import importlib.util
import json
import shutil
from pathlib import Path

import pytest
import typer

from catalog.words import Kind, Way
from crawlers.bases.discovery import sources
from crawlers.bases.saved import Saved
from crawlers.bases.source import Source
from operations.commands.sources_new import _MODELS, FILL_IN, ROOT, new


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """The parts of a checkout that a new source touches."""
    for folder in _MODELS.values():
        shutil.copytree(ROOT / "tests/fixtures/sources" / folder, tmp_path / "tests/fixtures/sources" / folder)
    (tmp_path / "docs").mkdir()
    shutil.copy(ROOT / "docs/sources.md", tmp_path / "docs/sources.md")
    return tmp_path


def begin(checkout: Path, name: str = "example_fund", **options: object) -> type[Source]:
    given = {"kind": Kind.FELLOWSHIP, "homepage": "https://fund.example.org/calls", "way": Way.FEED, "like": None}
    new(name, root=checkout, **(given | options))  # type: ignore[arg-type]
    file = checkout / f"crawlers/sources/{name}.py"
    spec = importlib.util.spec_from_file_location(name, file)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    found = [value for value in vars(module).values() if isinstance(value, type) and value.__module__ == name]
    assert len(found) == 1
    assert issubclass(found[0], Source)
    return found[0]


@pytest.mark.parametrize("way", [way for way in Way if way is not Way.PAGE_WATCH])
def test_what_is_begun_is_a_source_that_can_be_defined(checkout: Path, way: Way):
    source = begin(checkout, way=way)
    assert (source.name, source.way, source.homepage) == ("example_fund", way, "https://fund.example.org/calls")
    assert source.kinds == (Kind.FELLOWSHIP,)


@pytest.mark.parametrize("way", _MODELS)
def test_its_frozen_pages_are_read_without_a_fault_and_what_is_unknown_is_to_be_filled_in(checkout: Path, way: Way):
    source = begin(checkout, way=way)
    assert source.__mro__[1].__module__.startswith("crawlers.bases."), "a model is on a base that others may use"
    folder = checkout / "tests/fixtures/sources/example_fund"
    as_of = dt.datetime(2027, 1, 15, tzinfo=dt.UTC)
    for name, kept in json.loads((folder / "expected.json").read_text()).items():
        list(source(as_of=as_of).read(Saved((folder / name).read_bytes(), kept["url"], as_of)))
    own = {fact: value for fact, value in vars(source).items() if fact in ("board", "pages", "item", "fields")}
    assert all(FILL_IN in str(value) for value in own.values())


def test_a_board_is_not_guessed_from_the_address_of_another_site(checkout: Path):
    source = begin(checkout, way=Way.JSON_API)
    assert FILL_IN in vars(source)["board"]


def test_it_knows_what_it_can_and_says_what_a_person_must_look_up(checkout: Path):
    source = begin(checkout)
    assert source.hosts == ("fund.example.org",)
    assert FILL_IN in source.terms
    assert FILL_IN in source.organisation


def test_a_board_keeps_its_vendors_host_and_takes_its_name_from_the_address(checkout: Path):
    source = begin(checkout, homepage="https://job-boards.greenhouse.io/examplehealth", way=None, like="msf_usa")
    assert source.hosts == ("boards-api.greenhouse.io",)
    assert vars(source)["board"] == "examplehealth"


def test_a_page_to_freeze_its_expectation_and_its_section_are_there(checkout: Path):
    begin(checkout)
    folder = checkout / "tests/fixtures/sources/example_fund"
    assert (folder / "page.xml").is_file()
    assert json.loads((folder / "expected.json").read_text()) == {"page.xml": {"url": "https://fund.example.org/calls"}}
    page = (checkout / "docs/sources.md").read_text()
    assert "\n## example_fund\n- **Terms:** fill in.\n" in page
    names = [line.split("`")[1] for line in page.splitlines() if line.startswith("| `")]
    assert names == sorted(names)


def test_nothing_is_overwritten(checkout: Path):
    begin(checkout)
    before = (checkout / "crawlers/sources/example_fund.py").read_text()
    with pytest.raises(typer.BadParameter, match="is there already; nothing was written"):
        begin(checkout, homepage="https://other.example.org/")
    assert (checkout / "crawlers/sources/example_fund.py").read_text() == before


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"name": "Example Fund"}, "is no name"),
        ({"name": "euraxess"}, "there is a source euraxess already"),
        ({"homepage": "ftp://fund.example.org/"}, "ftp"),
        ({"like": "nonesuch"}, "there is no model for nonesuch"),
        ({"way": Way.PAGE_WATCH}, "there is no model for page_watch"),
    ],
)
def test_what_cannot_be_is_refused_before_anything_is_written(checkout: Path, options: dict[str, object], said: str):
    with pytest.raises(typer.BadParameter, match=said):
        begin(checkout, **options)  # type: ignore[arg-type]
    assert not (checkout / "crawlers").exists()


def test_no_source_of_ours_is_half_begun():
    open_ends = [
        f"crawlers/sources/{name}.py: {fact} says {value!r}"
        for name, source in sources().items()
        for fact, value in vars(source).items()
        if FILL_IN in str(value)
    ]
    lines = (ROOT / "docs" / "sources.md").read_text("utf-8").splitlines()
    open_ends += [f"docs/sources.md, line {n}: {line}" for n, line in enumerate(lines, 1) if f"{FILL_IN}." in line]
    if open_ends:
        pytest.fail("\n".join(["Look these up and write them in:", *open_ends]), pytrace=False)
