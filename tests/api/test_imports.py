"""A cohort's file is shown before it is done, done exactly as shown, and handed out such that it reads back unchanged."""

import csv
import io
import time
from typing import Any

import httpx
import pytest
from sqlmodel import select

from catalog.database import reading
from catalog.tables import AuditEntry, Goal, Mentee, MenteeMentor
from tests.api.serving import Served
from tests.builders import make_mentee, save

PLACE = "/v1/mentees/imports"
FILE = """\
name;email;stage;citizenships;goal 1;goal 1 weight;goal 2;goal 2 horizon;mentors
Amina Example;amina@students.example.org;PGY-1;Kenia;Learn to operate;1,5;Write;next year;Cyd Harbour
Ben Rivers;ben@lakeside.example.org;resident;;;;;;
Bo Example;bo@students.example.org;stagiaire;;;;;;
"""


def send(client: httpx.Client, content: str | bytes, **options: Any) -> httpx.Response:
    headers = {"Content-Type": "text/csv", **options.pop("headers", {})}
    return client.post(PLACE, content=content, headers=headers, params=options)


def count(served: Served, table: Any) -> int:
    with reading(served.engine) as session:
        return len(session.exec(select(table)).all())


def test_a_file_is_shown_and_then_done_exactly_so(served: Served, ada: httpx.Client) -> None:
    shown = send(ada, FILE)
    assert shown.status_code == 200, shown.text
    view = shown.json()
    assert (view["applied"], view["separator"]) == (False, "semicolon")
    assert view["counts"] == {"new": 1, "update": 1, "unchanged": 0, "cannot": 1}
    amina, ben, bo = view["rows"]
    assert {remark["detail"] for remark in amina["remarks"]} == {
        "Read as resident.", "Read as KE (Kenya).", "Read as 1.5.", "Read as next_year."
    }  # fmt: skip
    assert ben["changes"] == [{"column": "stage", "before": "medical_student", "after": "resident"}]
    assert bo["action"] == "cannot"
    assert count(served, Mentee) == 1, "nothing was done yet"

    done = send(ada, FILE, apply=view["mark"])
    assert done.status_code == 200, done.text
    assert done.json() == view | {"applied": True}
    made = next(one for one in ada.get("/v1/mentees").json()["items"] if one["name"] == "Amina Example")
    assert (made["stage"], made["citizenships"], made["email"]) == ("resident", ["KE"], "amina@students.example.org")
    assert [(goal["text"], goal["weight"], goal["horizon"]) for goal in made["goals"]] == [
        ("Learn to operate", 1.5, "this_year"),
        ("Write", 1.0, "next_year"),
    ]
    assert [mentor["name"] for mentor in made["mentors"]] == ["Ada Orchard", "Cyd Harbour"]
    changed = ada.get("/v1/mentees/mte_ben").json()
    assert (changed["stage"], changed["version"]) == ("resident", 2)
    with reading(served.engine) as session:
        entries = [
            (row.action, row.object_id)
            for row in session.exec(select(AuditEntry))
            if "import" in row.action or row.action in ("mentee.create", "mentee.change")
        ]
    assert sorted(entries) == sorted(
        [("mentee.create", made["id"]), ("mentee.change", "mte_ben"), ("cohort.import", "prg_lakeside")]
    )

    again = send(ada, FILE, apply=view["mark"])
    assert again.status_code == 200
    assert (again.json()["applied"], again.json()["counts"]["unchanged"]) == (False, 2)
    assert count(served, Mentee) == 2


def test_what_changed_since_it_was_shown_is_not_overwritten(served: Served, ada: httpx.Client) -> None:
    mark = send(ada, FILE).json()["mark"]
    ada.patch("/v1/mentees/mte_ben", json={"stage": "fellow"}, headers={"If-Match": "*"})
    refused = send(ada, FILE, apply=mark)
    assert (refused.status_code, refused.json()["code"]) == (412, "changed-meanwhile")
    other = send(ada, FILE + "Di;di@students.example.org;;;;;;;\n", apply=send(ada, FILE).json()["mark"])
    assert other.status_code == 412, "another file"
    assert count(served, Mentee) == 1


def test_what_is_handed_out_reads_back_unchanged(ada: httpx.Client) -> None:
    send(ada, FILE, apply=send(ada, FILE).json()["mark"])
    ada.post("/v1/mentees", json={"name": "=Formula", "languages": ["Spanish"], "specialty": 'a; b, "c"'})
    handed_out = ada.get("/v1/mentees/export")
    assert handed_out.headers["content-type"].startswith("text/csv")
    assert "@lakeside.example.org" not in handed_out.text.replace("ben@lakeside", ""), "mentors go by name"
    rows = list(csv.DictReader(io.StringIO(handed_out.text.removeprefix("\ufeff"))))
    assert [row["name"] for row in rows] == ["'=Formula", "Amina Example", "Ben Rivers"]
    read_back = send(ada, handed_out.content).json()
    assert read_back["counts"] == {"new": 0, "update": 0, "unchanged": 3, "cannot": 0}


def test_a_mentor_neither_sees_nor_changes_others_mentees_by_a_file(served: Served) -> None:
    dan = served.as_mentor("mtr_dan")
    [row] = send(dan, "name,email,stage\nBen Rivers,ben@lakeside.example.org,fellow\n").json()["rows"]
    assert (row["action"], row["mentee_id"]) == ("new", None)
    assert "Ben" not in dan.get("/v1/mentees/export").text


def test_a_coordinator_brings_a_cohort_and_mentors_only_whom_nobody_does(served: Served) -> None:
    eve = served.as_mentor("mtr_eve")
    content = "name,email,mentors\nDi,di@x.example.org,cyd@lakeside.example.org\nEd,ed@x.example.org,\n"
    send(eve, content, apply=send(eve, content).json()["mark"])
    with reading(served.engine) as session:
        names = dict(session.exec(select(Mentee.id, Mentee.name)).all())
        pairs = {(names[one.mentee_id], one.mentor_id) for one in session.exec(select(MenteeMentor))}
    assert pairs - {("Ben Rivers", "mtr_ada"), ("Ben Rivers", "mtr_cyd")} == {("Di", "mtr_cyd"), ("Ed", "mtr_eve")}


def test_the_remarks_come_as_a_table_if_asked_for(ada: httpx.Client) -> None:
    report = send(ada, FILE, headers={"Accept": "text/csv"})
    assert report.headers["content-type"].startswith("text/csv")
    rows = list(csv.DictReader(io.StringIO(report.text.removeprefix("\ufeff"))))
    assert {
        "line": "4",
        "action": "cannot",
        "name": "Bo Example",
        "what": "problem",
        "column": "stage",
    }.items() <= rows[-1].items()


@pytest.mark.parametrize(
    ("content", "headers", "status", "code"),
    [
        (b"", {}, 422, "invalid-request"),
        (b"PK\x03\x04", {}, 422, "invalid-request"),
        (b"name\n", {"Content-Type": "application/json"}, 415, "wrong-media-type"),
        (b"name\n" + b"x" * (10 * 2**20), {}, 413, "too-large"),
    ],
)
def test_what_is_no_cohort_is_a_problem_that_says_why(
    ada: httpx.Client, content: bytes, headers: dict[str, str], status: int, code: str
) -> None:
    answer = send(ada, content, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (status, code), answer.text


def test_the_template_is_refused_only_for_its_example(ada: httpx.Client) -> None:
    template = ada.get("/v1/mentees/imports/template")
    assert template.headers["content-disposition"] == 'attachment; filename="mentees-template.csv"'
    assert send(ada, template.content).json()["counts"]["cannot"] == 1


@pytest.mark.long
def test_ten_thousand_mentees_are_taken_in_at_once(served: Served, ada: httpx.Client) -> None:
    save(served.engine, make_mentee(id="mte_cy", name="Cy", email="cy@x.example.org"), MenteeMentor(mentee_id="mte_cy", mentor_id="mtr_ada"))  # fmt: skip
    lines = ["name,email,stage,citizenships,residence,needs_funding,goal 1,goal 1 weight,goal 2"]
    lines += [
        f"Person {number},p{number}@x.example.org,resident,Kenya; Uganda,KE,yes,Learn to operate {number},2,Write {number}"
        for number in range(10_000)
    ]
    content = "\n".join(lines)
    started = time.process_time()
    mark = send(ada, content).json()["mark"]
    shown = time.process_time()
    done = send(ada, content, apply=mark)
    finished = time.process_time()
    print(f"shown in {shown - started:.1f} s, done in {finished - shown:.1f} s of this process, which serves too")
    assert done.json()["counts"]["new"] == 10_000
    assert count(served, Goal) == 20_001
    assert finished - shown < 30
