"""The documentation says what is so: links, commands, settings; and the check itself can fail."""

from pathlib import Path

import pytest

from catalog.settings import Settings
from operations.documentation import ROOT, broken_links, pages, unknown_commands


@pytest.mark.parametrize("document", pages(), ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_and_command_of_a_page_exists(document: Path):
    assert [*broken_links(document), *unknown_commands(document)] == []


def test_every_setting_is_documented_with_its_default():
    text = (ROOT / "docs" / "running.md").read_text("utf-8")
    missing = [name for name in Settings.model_fields if f"| `OPPORTUNE_{name.upper()}` |" not in text]
    assert missing == []


def test_every_setting_says_what_it_is():
    assert [name for name, field in Settings.model_fields.items() if not field.description] == []


@pytest.fixture
def wrong_page(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setattr("operations.documentation.ROOT", tmp_path)
    (tmp_path / "Makefile").write_text("run: setup\n")
    page = tmp_path / "page.md"
    page.write_text(
        "See [this](missing.md), `opportune crowl` and `make rum`.\n\n```sh\nopportune evaluate colour\n```\n"
    )
    return page


def test_a_missing_file_and_a_missing_command_are_found(wrong_page: Path):
    assert list(broken_links(wrong_page)) == ["page.md: no file at missing.md"]
    assert list(unknown_commands(wrong_page)) == [
        "page.md: there is no `opportune evaluate colour`",
        "page.md: there is no `opportune crowl`",
        "page.md: there is no `make rum`",
    ]
