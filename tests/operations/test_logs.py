"""Every process writes its log as it is set: lines for people, or JSON with what belongs to each line."""

import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import Engine

from catalog.logs import json_lines, set_up_logging
from tests.api.serving import serving
from tests.builders import make_mentor, save


@pytest.fixture
def root() -> Iterator[logging.Logger]:
    """The root logger, put back as it was."""
    found = logging.getLogger()
    handlers, level = list(found.handlers), found.level
    yield found
    found.handlers[:], found.level = handlers, level
    logging.captureWarnings(False)


def lines(stream: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_text_is_for_people(root: logging.Logger):
    stream = io.StringIO()
    set_up_logging("text", stream)
    logging.getLogger("opportune.api").warning("the model is %s", "away")
    assert stream.getvalue().endswith("WARNING opportune.api the model is away\n")


def test_json_is_one_object_a_line_and_a_trace_tells_no_values(root: logging.Logger):
    stream = io.StringIO()
    set_up_logging("json", stream)
    try:
        held = "the value of a variable"  # noqa: F841
        raise ValueError("unforeseen")
    except ValueError:
        logging.getLogger("opportune.api").exception("it\nfailed")
    [line] = lines(stream)
    assert (line["level"], line["logger"], line["event"]) == ("error", "opportune.api", "it\nfailed")
    assert line["time"].endswith("Z")
    assert "ValueError: unforeseen" in line["exception"]
    assert "the value of a variable" not in line["exception"]


def test_a_request_has_its_id_and_route_in_every_line_of_it(sqlite_url: str, sqlite_engine: Engine):
    save(sqlite_engine, make_mentor())
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(json_lines())
    logger = logging.getLogger("opportune")
    logger.addHandler(handler)
    try:
        with serving(sqlite_url) as served:
            ada = served.as_mentor("mtr_ada")
            ada.get("/v1/mentees/mte_secretid", headers={"X-Request-ID": "req-one"})
    finally:
        logger.removeHandler(handler)
    [line] = [line for line in lines(stream) if line.get("request_id") == "req-one"]
    known = {"method": "GET", "route": "/v1/mentees/{mentee_id}", "status": 404}
    assert known.items() <= line.items()
    assert "secretid" not in stream.getvalue()
