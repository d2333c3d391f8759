"""`opportune read FILE --source NAME`: data on stdout, what was refused on stderr, and clear errors."""

import datetime as dt
import io
import json
from pathlib import Path

import pytest
import typer

from operations.commands.read_source import read_source_file

FROZEN = Path(__file__).parents[2] / "fixtures" / "sources"


def printed(file: Path, source: str) -> tuple[list[dict[str, object]], list[str]]:
    out, log = io.StringIO(), io.StringIO()
    read_source_file(file, source, dt.date(2027, 1, 15), out=out, log=log)
    return [json.loads(line) for line in out.getvalue().splitlines()], log.getvalue().splitlines()


def test_drafts_are_json_lines_and_refusals_are_told_apart_and_counted():
    drafts, told = printed(FROZEN / "opportunity_desk" / "page.json", "opportunity_desk")
    assert [draft["key"] for draft in drafts] == ["700001", "700004"]
    assert told[0].startswith("refused  roundup: many things at once  |  20 Fellowships Currently Open")
    assert told[-1].startswith("2 drafts, 2 refused (1 ")


def test_a_source_can_be_read_without_the_key_it_needs_to_fetch():
    drafts, _ = printed(FROZEN / "reliefweb_training" / "page.json", "reliefweb_training")
    assert len(drafts) == 4


def test_an_unknown_source_is_named_beside_those_there_are():
    with pytest.raises(typer.BadParameter, match=r"no source nonesuch; there are .*eu_funding, euraxess"):
        printed(FROZEN / "opportunity_desk" / "page.json", "nonesuch")


def test_a_file_in_another_format_is_said_to_be_one():
    with pytest.raises(typer.BadParameter, match="is not a response of opportunity_desk: not JSON"):
        printed(FROZEN / "euraxess" / "page.html", "opportunity_desk")


def test_a_missing_file_is_said_to_be_missing(tmp_path: Path):
    with pytest.raises(typer.BadParameter, match="cannot be read: No such file"):
        printed(tmp_path / "none.json", "opportunity_desk")
