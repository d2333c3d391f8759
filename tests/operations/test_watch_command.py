"""`opportune watch`: pages are added, listed, imported, exported and removed."""

import json
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from operations.command_line import app

PAGE = "https://trust.example.org/fellowship"


@pytest.fixture(autouse=True)
def _database(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPPORTUNE_DATABASE_URL", database_url)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["watch", *arguments])


def listed() -> list[dict[str, object]]:
    return list(json.loads(run("list", "--json").stdout))


def test_a_page_is_added_listed_and_removed() -> None:
    added = json.loads(run("add", PAGE, "--kind", "fellowship", "--organisation", "Trust", "--json").stdout)
    assert [added] == listed()
    assert (added["kind"], added["verdict"], added["found"]) == ("fellowship", None, 0)
    assert PAGE in run("list").stdout

    assert run("remove", PAGE).exit_code == 0
    assert listed() == []
    again = run("remove", PAGE)
    assert (again.exit_code, "opportune watch list" in again.output) == (1, True)


@pytest.mark.parametrize("url", ["http://127.0.0.1/", "http://localhost:8080/x", "https://10.1.2.3/", "file:///x"])
def test_a_private_address_is_refused_with_the_rule(url: str) -> None:
    refused = run("add", url)

    assert refused.exit_code == 1
    assert f"{url} cannot be watched: " in refused.output
    assert listed() == []


def test_an_import_takes_the_good_pages_and_names_the_others(tmp_path: Path) -> None:
    file = tmp_path / "pages.toml"
    file.write_text(
        f'[[page]]\nurl = "{PAGE}"\nkind = "fellowship"\n[[page]]\nurl = "http://192.168.1.1/"\n'
        '[[page]]\nurl = "https://b.example.org/"\nkind = "prize"\n[[page]]\nurl = "https://c.example.org/"\n'
    )

    done = run("import", str(file))

    assert done.exit_code == 1
    assert "page 2: " in done.output
    assert "page 3: kind: " in done.output
    assert [page["url"] for page in listed()] == ["https://c.example.org/", PAGE]


def test_what_is_exported_can_be_imported(tmp_path: Path) -> None:
    run("add", PAGE, "--organisation", 'The "Old" Trust \\ Sons')
    before = listed()
    file = tmp_path / "pages.toml"
    file.write_text(run("export").stdout)
    run("remove", PAGE)

    assert run("import", str(file)).exit_code == 0
    assert [page["organisation"] for page in listed()] == [page["organisation"] for page in before]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[[page]", "is not TOML"),
        ("x = 1", "holds no [[page]]"),
        ("page = 3", "holds no [[page]]"),
        (None, "cannot be"),
    ],
)
def test_a_file_that_is_none_is_explained(tmp_path: Path, text: str | None, says: str) -> None:
    file = tmp_path / "pages.toml"
    if text is not None:
        file.write_text(text)

    done = run("import", str(file))

    assert done.exit_code == 1
    assert says in done.output


def test_a_name_that_is_too_long_for_a_posting_is_refused_at_once(tmp_path: Path) -> None:
    refused = run("add", PAGE, "--organisation", "x" * 301)
    assert (refused.exit_code, "organisation: String should have at most 300" in refused.output) == (1, True)
    file = tmp_path / "pages.toml"
    file.write_text(f'[[page]]\nurl = "{PAGE}"\norganisation = "{"x" * 301}"\n')
    refused = run("import", str(file))
    assert (refused.exit_code, "page 1: organisation: " in refused.output) == (1, True)
    assert listed() == []
