"""Files that read back as what was written, run no formula, and end where the list ends."""

import csv
import io
import json
import re
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.routes import exports
from api.views.opportunities import Now
from api.views.tables import OPPORTUNITY_COLUMNS, cell, lines
from recommender.narrowing import SearchFilters
from tests.api.conftest import many_calls
from tests.api.serving import Served
from tests.builders import NOW, make_opportunity, save

FORMULA = re.compile(r"[=+\-@\x00-\x1f＝＋－＠﹦﹢﹣﹫]")
values = st.none() | st.booleans() | st.integers() | st.text() | st.lists(st.text(max_size=5), max_size=3)


def plain(written: str) -> str:
    """A cell as its field was, by the rule that the guide gives."""
    return written[1:] if re.match(r"'+[=+\-@\\\x00-\x1f＝＋－＠﹦﹢﹣﹫]", written) else written


def rows(text: str) -> list[dict[str, str]]:
    return [
        {name: plain(value) for name, value in row.items()} for row in csv.DictReader(io.StringIO(text, newline=""))
    ]


@given(st.lists(st.fixed_dictionaries({"a": values, "b": values, "c": values}), max_size=12), st.booleans())
def test_whatever_stands_in_a_field_is_read_back_and_is_no_formula(
    given_rows: list[dict[str, Any]], mark: bool
) -> None:
    written = b"".join(lines(("a", "b", "c"), given_rows, mark=mark)).decode()
    assert written.startswith("\ufeff") is mark
    text = written.removeprefix("\ufeff")
    assert rows(text) == [{name: cell(value) for name, value in row.items()} for row in given_rows]
    raw = csv.reader(io.StringIO(text, newline=""))
    assert not [one for line in raw for one in line if FORMULA.match(one)]
    for row in given_rows:
        for value in row.values():
            if isinstance(value, list) and value:
                assert json.loads(cell(value)) == value


HOSTILE = '=HYPERLINK("http://evil.example","x"),\r\n"+1'


def test_what_a_spreadsheet_passes_over_or_reads_as_a_sign_hides_no_formula(served: Served, ada: httpx.Client) -> None:
    titles = [f"{first}=1+1" for first in "\n\v\x01＝＋－＠﹦"]
    save(served.engine, *(make_opportunity(id=f"opp_{n}", title=title) for n, title in enumerate(titles)))
    written = csv.DictReader(io.StringIO(ada.get("/v1/opportunities.csv").text, newline=""))
    found = {row["id"]: row["title"] for row in written}
    assert [found[f"opp_{number}"] for number in range(len(titles))] == [f"'{title}" for title in titles]


def test_all_fields_of_what_passes_the_filters(served: Served) -> None:
    ada = served.as_mentor("mtr_ada")
    save(served.engine, *many_calls(450), make_opportunity(id="opp_evil", title=HOSTILE, kind="workshop"))
    answer = ada.get("/v1/opportunities.csv", params={"kind": "workshop", "bom": "true"})
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.headers["content-disposition"] == 'attachment; filename="opportunities.csv"'
    assert answer.content.startswith(b"\xef\xbb\xbfid,kind,title,")
    assert b"\r\n" in answer.content
    found = rows(answer.text.removeprefix("\ufeff"))
    listed: list[Any] = []
    cursor = None
    while True:
        page = ada.get(
            "/v1/opportunities", params={"kind": "workshop", "limit": 100, **({"cursor": cursor} if cursor else {})}
        )
        listed += page.json()["items"]
        cursor = page.json()["next"]
        if cursor is None:
            break
    assert [one["id"] for one in found] == [one["id"] for one in listed]
    assert set(found[0]) == set(OPPORTUNITY_COLUMNS)
    assert {one["kind"] for one in found} == {"workshop"}
    for row, one in zip(found, listed, strict=True):
        assert row["title"] == one["title"]
        assert json.loads(row["places"] or "[]") == one["places"]
        assert row["deadline_on"] == (one["deadline"] or {}).get("on", "")
    [evil] = [one for one in found if one["id"] == "opp_evil"]
    assert evil["title"] == HOSTILE
    assert ",'=HYPERLINK" not in answer.text
    assert "\"'=HYPERLINK" in answer.text


def test_a_wrong_filter_is_a_problem_and_not_half_a_file(ada: httpx.Client) -> None:
    answer = ada.get("/v1/opportunities.csv", params={"kind": "cruise"})
    assert (answer.status_code, answer.headers["content-type"]) == (422, "application/problem+json")


def test_forwards_with_what_came_back(served: Served) -> None:
    ada = served.as_mentor("mtr_ada")
    sent = {"mentee_id": "mte_ben", "opportunity_id": "opp_rural_surgery", "channel": "copy", "subject": "@SUM(1)"}
    forward = ada.post("/v1/forwards", json=sent, headers={"Idempotency-Key": "k"}).json()["items"][0]
    ada.post(f"/v1/forwards/{forward['id']}/replies", json={"answer": "applied", "reason": "=1+1"})
    [row] = rows(ada.get("/v1/forwards.csv").text)
    assert (row["id"], row["answer"], row["answer_reason"], row["subject"]) == (
        forward["id"],
        "applied",
        "=1+1",
        "@SUM(1)",
    )
    assert row["mentee"] == "Ben Rivers"
    assert rows(served.as_mentor("mtr_dan").get("/v1/forwards.csv").text) == []


def test_a_mentees_whole_list(recommending: Served) -> None:
    ada = recommending.as_mentor("mtr_ada")
    listed = ada.get("/v1/mentees/mte_ben/recommendations?limit=100").json()["items"]
    found = rows(ada.get("/v1/mentees/mte_ben/recommendations.csv").text)
    assert [(one["rank"], one["id"]) for one in found] == [
        (str(one["rank"]), one["opportunity"]["id"]) for one in listed
    ]
    assert [one["line"] for one in found] == [one["line"] for one in listed]
    assert recommending.as_mentor("mtr_dan").get("/v1/mentees/mte_ben/recommendations.csv").status_code == 404


@pytest.mark.parametrize("path", ["/v1/opportunities.csv", "/v1/forwards.csv"])
def test_nobody_reads_a_file_without_signing_in(served: Served, path: str) -> None:
    assert served.client().get(path).status_code == 401


def test_who_reads_slowly_holds_no_transaction_open(served_on_both: Served) -> None:
    save(served_on_both.engine, *many_calls(450))
    service = served_on_both.app.state.service
    rows = exports._opportunities(service, SearchFilters(), Now(NOW, service.closing_soon))
    first = next(rows)
    assert service.engine.pool.checkedout() == 0, "PostgreSQL ends a transaction that waits for long"
    save(served_on_both.engine, make_opportunity(id="opp_late", rev=900))
    rest = [row["id"] for row in rows]
    assert len({first["id"], *rest}) == 451, "each once: what came meanwhile is not in it"
