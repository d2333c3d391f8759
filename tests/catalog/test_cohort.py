"""A cohort's file is read forgivingly where it is certain, asks where it is not, and says how it understood each cell."""

import datetime as dt
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from api.schemas.goals import GoalBody
from api.schemas.mentees import MenteeBody
from catalog.cohort.cells import plain_cell
from catalog.cohort.columns import COLUMNS, FACTS, column_of
from catalog.cohort.files import MOST_ROWS, NotACohort
from catalog.cohort.planning import plan_import
from catalog.cohort.plans import Action, Known, KnownGoal, KnownMentee, KnownMentor, Plan
from catalog.cohort.remarks import Level
from catalog.cohort.rows import CohortRow, read_cohort
from catalog.cohort.table import cohort_csv, guarded, report_csv, template_csv
from catalog.words import CareerStage, Degree, Horizon, Profession

ADA = KnownMentor("mtr_ada", "ada@lakeside.example.org", "Ada Orchard", joins=True)
CYD = KnownMentor("mtr_cyd", "cyd@lakeside.example.org", "Cyd Harbour", joins=True)
NOTHING_KNOWN: dict[str, Any] = {
    **dict.fromkeys(FACTS),
    "specialty": "",
    "citizenships": [],
    "memberships": [],
    "languages": [],
}


def known(*mentees: KnownMentee) -> Known:
    return Known("prg_lakeside", mentees, (ADA, CYD), otherwise="mtr_ada")


def ben(**changes: Any) -> KnownMentee:
    facts = {**NOTHING_KNOWN, **{name: value for name, value in changes.items() if name in FACTS}}
    others = {name: value for name, value in changes.items() if name not in FACTS}
    given = {
        "id": "mte_ben",
        "name": "Ben Rivers",
        "email": "ben@lakeside.example.org",
        "mentors": frozenset({"mtr_ada"}),
    }
    return KnownMentee(**{**given, **others}, facts=facts)


def one_row(cells: dict[str, str]) -> CohortRow:
    [row] = read_cohort(written({"name": "Gil Fields", **cells})).rows
    return row


def written(*rows: dict[str, str]) -> bytes:
    """A file with these cells, in the columns that they name."""
    columns = list(dict.fromkeys(column for row in rows for column in row))
    quoted = [columns, *([row.get(column, "") for column in columns] for row in rows)]
    return "\n".join(",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in quoted).encode()


def plan(content: bytes, before: Known | None = None) -> Plan:
    return plan_import(content, read_cohort(content), before or known())


def problems(row: Any) -> list[str]:
    return [remark.column for remark in row.remarks if remark.level is Level.PROBLEM]


# --- cells


@pytest.mark.parametrize(
    ("column", "cell", "value", "said"),
    [
        ("stage", "medical_student", CareerStage.MEDICAL_STUDENT, ""),
        ("stage", "Medical Student", CareerStage.MEDICAL_STUDENT, "medical_student"),
        ("stage", "PGY-2", CareerStage.RESIDENT, "resident"),
        ("stage", "Residente", CareerStage.RESIDENT, "resident"),
        ("stage", "unknown", None, "not known"),
        ("degree", "none", Degree.NONE, ""),
        ("degree", "MBBS", Degree.MEDICAL, "medical"),
        ("profession", "Enfermera", Profession.NURSE, "nurse"),
        ("citizenships", "KE", ["KE"], ""),
        ("citizenships", "Kenia; Estados Unidos", ["KE", "US"], "KE (Kenya), US (United States)"),
        ("citizenships", "Korea, Republic of", ["KR"], "KR (South Korea)"),
        ("citizenships", "KE, UG", ["KE", "UG"], ""),
        ("citizenships", "?", [], "not known"),
        ("residence", "Côte d’Ivoire", "CI", "CI (Côte d'Ivoire)"),
        ("residence", "ken", "KE", "KE (Kenya)"),
        ("residence", "Reino Unido", "GB", "GB (United Kingdom)"),
        ("languages", "Español; Swahili; pt-BR", ["es", "sw", "pt"], "es, sw, pt"),
        ("memberships", "Example Society; Society of Examples", ["Example Society", "Society of Examples"], ""),
        ("memberships", '"Surgery, Example Society of"', ["Surgery, Example Society of"], ""),
        ("available_from", "2027-04-01", dt.date(2027, 4, 1), ""),
        ("available_from", "2027-04-01 00:00:00", dt.date(2027, 4, 1), "2027-04-01"),
        ("available_from", "31/12/2027", dt.date(2027, 12, 31), "2027-12-31"),
        ("available_from", "12/31/2027", dt.date(2027, 12, 31), "2027-12-31"),
        ("qualified_in", "2021", 2021, ""),
        ("qualified_in", "30.06.2021", 2021, "2021"),
        ("studies_since", "2024.0", 2024, "2024"),
        ("doctorate_in", "unknown", None, "not known"),
        ("needs_funding", "Sí", True, "yes"),
        ("needs_funding", "FALSE", False, "no"),
        ("needs_funding", "no", False, ""),
    ],
)
def test_what_is_certain_is_understood_and_said(column: str, cell: str, value: Any, said: str) -> None:
    row = one_row({column: cell})
    assert row.facts[column] == value
    assert [remark.detail for remark in row.remarks] == ([f"Read as {said}."] if said else [])


@pytest.mark.parametrize(
    ("column", "cell", "words"),
    [
        ("stage", "medcal student", "Did you mean medical_student? Allowed: high_school"),
        ("stage", "PGY-5", "resident or a fellow"),
        ("stage", "intern", "Allowed:"),
        ("residence", "Congo", "CD (Congo, The Democratic Republic of the) or CG (Congo)"),
        ("residence", "Kenja", "Did you mean Kenya (KE)?"),
        ("residence", "no", "is no country"),
        ("citizenships", "KE; Atlantis", "“Atlantis” is no country"),
        ("available_from", "03/04/2027", "2027-04-03 or 2027-03-04"),
        ("available_from", "46478", "2027-04-01"),
        ("available_from", "2027-02-30", "not a day of the calendar"),
        ("available_from", "spring", "2027-04-01 (year-month-day)"),
        ("qualified_in", "1821", "a year such as 2021"),
        ("needs_funding", "maybe", "yes, no, or unknown"),
        ("email", "amina at example", "not an address"),
        ("name", "#N/A", "error of the spreadsheet"),
        ("name", "x" * 201, "200 are allowed"),
        ("goal 1", "x" * 2001, "2,000 are allowed"),
        ("goal 1 weight", "eleven", "above 0, at most 10"),
        ("specialty", "y" * 9000, "quotation mark is not closed"),
    ],
)
def test_what_is_not_certain_is_asked_about_in_plain_words(column: str, cell: str, words: str) -> None:
    goal = {"goal 1": "Operate"} if column == "goal 1 weight" else {}
    row = one_row({**goal, column: cell})
    assert row.refused
    [remark] = [remark for remark in row.remarks if remark.level is Level.PROBLEM and words in remark.detail]
    assert remark.column == column


def test_namibia_is_taken_and_pointed_at() -> None:
    row = one_row({"residence": "NA"})
    assert row.facts["residence"] == "NA"
    assert [(remark.level, remark.detail) for remark in row.remarks] == [(Level.WARNING, "Read as NA (Namibia).")]


def test_an_unknown_language_is_kept_and_pointed_at() -> None:
    row = one_row({"languages": "Swahilli"})
    assert row.facts["languages"] == ["Swahilli"]
    assert row.remarks[0].level is Level.WARNING
    assert "Did you mean Swahili" in row.remarks[0].detail


# --- files


@pytest.mark.parametrize(
    ("content", "encoding", "separator"),
    [
        ("name,specialty\nJosé,Cirugía\n".encode(), "utf-8", ","),
        ("name;specialty\r\nJosé;Cirugía\r\n".encode("utf-8-sig"), "utf-8-sig", ";"),
        ("name\tspecialty\r\nJosé\tCirugía\r\n".encode("utf-16"), "utf-16", "\t"),
        ("sep=;\nname;specialty\nJosé;Cirugía\n".encode(), "utf-8", ";"),
        ("\n\n NAME , Speciality\rJosé,Cirugía\r,,\r".encode(), "utf-8", ","),
        ("name;specialty\nJosé;Cirugía\n".encode("cp1252"), "cp1252", ";"),
    ],
)
def test_a_spreadsheets_ways_of_writing_are_read(content: bytes, encoding: str, separator: str) -> None:
    found = read_cohort(content)
    assert (found.encoding, found.separator) == (encoding, separator)
    [row] = found.rows
    assert (row.name, row.facts) == ("José", {"specialty": "Cirugía"})
    guessed = [remark for remark in found.remarks if "a guess" in remark.detail]
    assert bool(guessed) == (encoding == "cp1252")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"\n \n", "empty"),
        (b"PK\x03\x04rest", "Excel or OpenDocument workbook"),
        (b"\xd0\xcf\x11\xe0rest", "old Excel"),
        (b"\xff\xfe\x00", "damaged"),
        (b"\x81\x8d\x8f", "no text"),
        (b"first,second\n1,2\n", "No column is called name"),
        (b"name,Name\nGil,Gil\n", "Two columns are called name"),
        (b'name,email\n"Gil,x\nBo,y\n', "a quotation mark is opened"),
        (b"name\n" + b"x" * 200_000 + b"\n", "From line 2 .* far too long"),
        (b"name\n" + b"x\n" * (MOST_ROWS + 1), "more than 10,000 rows"),
        (b"name" + b"," * 300 + b"\n", "more than 200 cells"),
    ],
)
def test_what_is_no_cohort_is_told_what_to_do(content: bytes, words: str) -> None:
    with pytest.raises(NotACohort, match=words):
        read_cohort(content)


def test_a_refused_file_without_headings_is_not_repeated() -> None:
    with pytest.raises(NotACohort, match="No column is called name") as refused:
        read_cohort(b"Amina Example,amina@students.example.org\nBo Example,bo@students.example.org\n")
    assert "mina" not in str(refused.value)


def test_a_row_that_is_longer_than_the_first_is_not_taken() -> None:
    [row] = read_cohort(b"name,residence\nFields, Gil,KE\n").rows
    assert "needs quotes" in row.remarks[-1].detail or "needs quotes" in row.remarks[0].detail
    assert row.refused


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        ("Goal1", "goal 1"), ("GOAL 2 WEIGHT", "goal 2 weight"), ("Horizon of goal 3", "goal 3 horizon"),
        ("Objetivo 1", "goal 1"), ("goal", "goal 1"), ("E-Mail", "email"), ("Nationality", "citizenships"),
        ("  available_from ", "available_from"), ("Apellidos", "last_name"), ("goal 11", None), ("phone", None),
    ],
)  # fmt: skip
def test_headings_are_known_in_any_spelling(heading: str, column: str | None) -> None:
    assert column_of(heading) == column


def test_a_heading_that_is_a_slip_is_pointed_at() -> None:
    found = read_cohort(b"name,emial,phone\nGil,g@x.example.org,555\n")
    assert [remark.detail for remark in found.remarks] == [
        "The column “emial” is not known and is left out. Did you mean email?",
        "The column “phone” is not known and is left out.",
    ]


def test_parts_of_a_name_are_put_together() -> None:
    [row] = read_cohort(b"First Name,Surname\nGil,Fields\n").rows
    assert row.name == "Gil Fields"


# --- plans


def test_a_row_is_matched_by_address_and_shows_what_becomes_what() -> None:
    before = known(ben(residence="KE", goals=(KnownGoal("gol_1", "Operate", Horizon.THIS_YEAR, 1.0),)))
    content = written(
        {"name": "Ben Rivers", "email": "BEN@lakeside.example.org", "residence": "NL", "stage": "", "goal 1": "Operate",
         "goal 1 weight": "2", "goal 2": "Write", "mentors": "Cyd Harbour"},
    )  # fmt: skip
    [row] = plan(content, before).rows
    assert (row.action, row.mentee_id) == (Action.UPDATE, "mte_ben")
    assert [(change.column, change.before, change.after) for change in row.changes] == [
        ("residence", "KE", "NL"),
        ("goal weight", "1", "2"),
        ("goal", "", "Write (this_year, weight 1)"),
        ("mentors", "", "mtr_cyd"),
    ]
    assert row.goal_changes == {"gol_1": {"weight": 2.0}}
    assert [goal.text for goal in row.new_goals] == ["Write"]


def test_an_empty_cell_leaves_a_fact_and_unknown_takes_it_away() -> None:
    before = known(ben(residence="KE", stage=CareerStage.RESIDENT))
    [row] = plan(
        written({"name": "Ben Rivers", "email": "ben@lakeside.example.org", "residence": "", "stage": "unknown"}),
        before,
    ).rows
    assert row.facts == {"stage": None}


def test_without_an_address_the_name_decides_and_that_is_said() -> None:
    [row] = plan(written({"name": "ben  rivers"}), known(ben(email=None))).rows
    assert (row.mentee_id, row.remarks[0].column) == ("mte_ben", "name")
    assert "name alone" in row.remarks[0].detail


@pytest.mark.parametrize(
    ("rows", "before", "actions", "where"),
    [
        ([{"name": "Bo", "email": "b@x.example.org"}, {"name": "Bo", "email": "B@x.example.org"}], (), ["new", "cannot"], [""]),
        ([{"name": "Bo"}, {"name": "Bo"}], (), ["new", "cannot"], [""]),
        ([{"name": "Ben Rivers"}], ("mte_1", "mte_2"), ["cannot"], ["email"]),
        ([{"name": "Ben Rivers", "email": "other@x.example.org"}], ("mte_1",), ["new"], []),
        ([{"name": "Bo", "mentors": "Nobody Known"}], (), ["cannot"], ["mentors"]),
        ([{"name": "Bo", "goal 1 weight": "2"}], (), ["cannot"], ["goal 1"]),
    ],
)  # fmt: skip
def test_whom_a_row_is_about_is_never_guessed(
    rows: list[dict[str, str]], before: tuple[str, ...], actions: list[str], where: list[str]
) -> None:
    there = [ben(id=name, email=f"{name}@lakeside.example.org") for name in before]
    found = plan(written(*rows), known(*there))
    assert [row.action.value for row in found.rows] == actions
    assert [column for row in found.rows for column in problems(row)] == where


def test_more_goals_than_are_ranked_apart_are_refused() -> None:
    goals = tuple(KnownGoal(f"gol_{number}", f"Goal {number}", Horizon.LATER, 1.0) for number in range(10))
    [row] = plan(
        written({"name": "Ben Rivers", "email": "ben@lakeside.example.org", "goal 1": "An eleventh"}),
        known(ben(goals=goals)),
    ).rows
    assert (row.action, problems(row)) == (Action.CANNOT, ["goal 1"])


def test_the_mark_changes_with_the_file_and_with_what_is_kept() -> None:
    content = written({"name": "Ben Rivers", "email": "ben@lakeside.example.org", "residence": "NL"})
    mark = plan(content, known(ben(residence="KE"))).mark
    assert mark == plan(content, known(ben(residence="KE"))).mark
    assert mark != plan(content, known(ben(residence="UG"))).mark
    assert mark != plan(content + b"\n", known(ben(residence="KE"))).mark


def test_the_template_reads_back_but_for_its_example() -> None:
    found = read_cohort(template_csv().encode())
    assert found.columns == COLUMNS
    [row] = found.rows
    assert [remark.detail for remark in row.remarks] == ["This is the template's example: delete the row."]


# --- properties


@settings(max_examples=100, deadline=None)
@given(
    st.binary(max_size=400)
    | st.text(max_size=300).map(lambda text: ("name,stage,goal 1\n" + text).encode("utf-8", "surrogatepass"))
)
def test_any_bytes_get_an_answer(content: bytes) -> None:
    try:
        found = plan(content)
    except NotACohort:
        return  # an answer too: its words are tested above
    assert "line,action" in "".join(report_csv(found))
    for row in found.rows:
        assert row.action is not Action.CANNOT or problems(row)


WITHOUT_ERRORS = st.characters(exclude_characters="#")  # of the spreadsheet, #N/A: nobody is called so
TEXTS = st.text(WITHOUT_ERRORS, max_size=40)
FACTS_OF_THE_API = st.fixed_dictionaries(
    {"name": st.text(WITHOUT_ERRORS, min_size=1, max_size=40)},
    optional={
        "email": st.emails(),
        "stage": st.sampled_from(CareerStage),
        "profession": st.sampled_from(Profession),
        "degree": st.sampled_from(Degree),
        "specialty": TEXTS,
        "citizenships": st.lists(st.sampled_from(["KE", "NA", "NO", "XK"]), max_size=3),
        "residence": st.sampled_from(["KE", "NA", "NO", "XK"]),
        "memberships": st.lists(TEXTS, max_size=3),
        "languages": st.lists(TEXTS | st.sampled_from(["en", "Swedish"]), max_size=3),
        "qualified_in": st.integers(1940, 2060),
        "doctorate_in": st.integers(1940, 2060),
        "studies_since": st.integers(1940, 2060),
        "available_from": st.dates(),
        "needs_funding": st.booleans(),
        "goals": st.lists(
            st.builds(dict, text=st.text(WITHOUT_ERRORS, min_size=1), weight=st.floats(0.001, 10), horizon=st.sampled_from(Horizon)), max_size=4
        ),
    },
)  # fmt: skip


@settings(max_examples=100, deadline=None)
@given(FACTS_OF_THE_API)
def test_whatever_the_api_takes_is_unchanged_by_export_and_import(body: dict[str, Any]) -> None:
    try:
        taken = MenteeBody.model_validate(body)
    except ValueError:
        assume(False)
    mentee = as_known(taken)
    [row] = plan("".join(cohort_csv([mentee], {"mtr_ada": "Ada Orchard"})).encode(), known(mentee)).rows
    assert (row.action, row.changes) == (Action.UNCHANGED, ()), row.remarks


def as_known(taken: MenteeBody) -> KnownMentee:
    def goal(number: int, one: GoalBody) -> KnownGoal:
        return KnownGoal(f"gol_{number}", one.text, one.horizon, one.weight)

    return KnownMentee(
        "mte_any",
        taken.name,
        taken.email,
        {fact: getattr(taken, fact) for fact in FACTS},
        tuple(goal(number, one) for number, one in enumerate(taken.goals)),
        frozenset({"mtr_ada"}),
    )


@given(st.text(max_size=60))
def test_no_cell_is_a_formula_and_the_guard_comes_off(text: str) -> None:
    text = plain_cell(guarded(plain_cell(text)))
    assert guarded(text)[:1] not in tuple("=+-@\t\r\n\0＝＋－＠")
    assert plain_cell(guarded(text)) == text


@pytest.mark.parametrize("first", ["＝", "＋", "－", "＠"])
def test_a_full_width_sign_begins_no_formula_and_is_read_back(first: str) -> None:
    assert guarded(f"{first}1") == f"'{first}1"
    assert plain_cell(f"'{first}1") == f"{first}1"
