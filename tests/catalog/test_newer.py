"""What only a newer version can have written is read as far as this one knows it."""

from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError
from sqlalchemy import Engine
from sqlmodel import select

from catalog.database import reading, writing
from catalog.drafts import Deadline, Moment, Money, PostingDraft, Requirement
from catalog.newer import newer_word, read_as_far_as_known
from catalog.tables import Mentee, Opportunity
from catalog.words import DeadlinePurpose, Funding, Kind, Outcome, Precision, RequirementType, Timing
from tests.builders import make_draft, make_mentee, make_opportunity, make_programme, save
from tests.newer_rows import write_newer

DAY = {"precision": "day", "on": "2027-05-31", "quote": "by 31 May"}


def as_read(kind: Any, *parts: dict[str, Any]) -> Any:
    return read_as_far_as_known(TypeAdapter(tuple[kind, ...]), list(parts))


@pytest.mark.parametrize(
    "newer",
    [
        {"type": "vaccination", "any_of": ["measles"]},
        {"type": "career_stage", "any_of": ["astronaut"]},
        {"type": "degree", "any_of": ["master"], "within_years": 3},
    ],
)
def test_a_condition_that_is_not_understood_is_one_that_nobody_can_tell(newer: dict[str, Any]) -> None:
    known = {"type": "degree", "any_of": ["master"], "quote": "a master's"}
    found = as_read(Requirement, {**newer, "quote": "its words", "alternative": 1}, known)
    assert found == (
        Requirement(type=RequirementType.OTHER, quote="its words", alternative=1),
        Requirement(**known),  # type: ignore[arg-type]
    )


def test_a_date_keeps_what_is_known_of_it_and_where_that_is_no_date_its_words() -> None:
    found = as_read(
        Deadline,
        {**DAY, "purpose": "portfolio"},
        {**DAY, "moon": "full"},
        {**DAY, "precision": "dusk"},
        {"precision": "dusk", "on": "2027-05-31"},
    )
    told = [(one.purpose, one.precision, one.quote) for one in found]
    assert told == [
        (DeadlinePurpose.OTHER, Precision.DAY, "by 31 May"),
        (DeadlinePurpose.APPLICATION, Precision.DAY, "by 31 May"),
        (DeadlinePurpose.APPLICATION, Precision.NONE, "by 31 May"),
    ]


def test_an_amount_of_a_purpose_that_is_not_known_is_left_out() -> None:
    assert as_read(Money, {"purpose": "loan", "low": 3}, {"purpose": "award", "low": 4}) == (
        Money(purpose="award", low=4),
    )


@pytest.mark.parametrize(
    ("kind", "broken"),
    [
        (Deadline, {**DAY, "on": "garbage"}),
        (Deadline, {**DAY, "on": "2027-13-99"}),
        (Deadline, {"precision": "day", "quote": "by 31 May"}),
        (Deadline, {"on": "2027-05-31", "quote": "by 31 May"}),
        (Deadline, {**DAY, "precision": 5}),
        (Requirement, {"type": "vaccination"}),
        (Requirement, {"type": "citizenship", "any_of": "NL", "quote": "Dutch"}),
        (Requirement, {"type": "vaccination", "quote": 5}),
        (Money, {"purpose": "award", "low": "abc"}),
        (Money, {"low": 3}),
        (Requirement, "x"),
    ],
)
def test_what_is_merely_broken_is_refused(kind: Any, broken: Any) -> None:
    """Without it a call that is closed to somebody, or over, would look open to all."""
    with pytest.raises(ValidationError):
        as_read(kind, broken)
    with pytest.raises(ValidationError):
        read_as_far_as_known(TypeAdapter(tuple[kind, ...]), "x")


def test_a_moment_of_which_nothing_is_known_is_none() -> None:
    adapter = TypeAdapter(Moment)
    assert read_as_far_as_known(adapter, {"precision": "dusk", "on": "2027-05-31"}) is None
    assert read_as_far_as_known(adapter, {"precision": "dusk", "quote": "at dusk"}).quote == "at dusk"
    with pytest.raises(ValidationError):
        read_as_far_as_known(adapter, {"precision": "day"})


def test_what_is_not_known_is_told_once(caplog: pytest.LogCaptureFixture) -> None:
    for _ in range(3):
        as_read(Deadline, DAY, {**DAY, "tide": "high"})
    [told] = [one.getMessage() for one in caplog.records if one.name == "opportune.catalog"]
    assert "Deadline" in told
    assert "tide" in told
    assert "by 31 May" not in told


def test_a_posting_goes_through_with_its_newer_words_and_comes_out_with_them() -> None:
    adapter = TypeAdapter(PostingDraft)
    newer = {"kind": "residency", "outcome": "postponed", "places": [{"country": "NL", "planet": "Earth"}], "sung": 1}
    draft = read_as_far_as_known(adapter, adapter.dump_python(make_draft(), mode="json") | newer)
    assert (draft.kind, draft.outcome, draft.title) == ("residency", "postponed", make_draft().title)
    assert draft.kind not in set(Kind)
    assert draft.outcome is not Outcome.OPEN
    assert adapter.dump_python(draft, mode="json", exclude_defaults=True)["kind"] == "residency"


def test_what_no_version_would_write_is_refused_as_ever() -> None:
    adapter = TypeAdapter(PostingDraft)
    with pytest.raises(ValidationError, match="title"):
        read_as_far_as_known(adapter, adapter.dump_python(make_draft(), mode="json") | {"title": ""})
    with pytest.raises(ValidationError):
        read_as_far_as_known(adapter, 7)


def test_words_that_only_a_newer_version_knows_stop_no_reading_and_stay_in_their_rows(both_engines: Engine) -> None:
    save(both_engines, make_programme(), make_mentee(), make_opportunity(), make_opportunity(id="opp_b"))
    name = make_opportunity().id
    write_newer(both_engines, "opportunity", name, kind="residency", timing="tidal", funding="loan")
    write_newer(both_engines, "mentee", "mte_ben", stage="intern")

    with writing(both_engines) as session:
        call, mentee = session.get_one(Opportunity, name), session.get_one(Mentee, "mte_ben")
        assert (call.kind, call.timing, call.funding) == ("residency", Timing.UNKNOWN, Funding.UNKNOWN)
        assert mentee.stage is None, "nobody is held against what is not understood"
        call.title, mentee.name = "Another title", "Ben Brook the younger"
    with reading(both_engines) as session:
        found = session.exec(select(Opportunity.id).where(Opportunity.kind == newer_word(Kind, "residency"))).all()
        assert found == [name]
        stage = session.connection().exec_driver_sql("SELECT stage FROM mentee").scalar_one()
    assert stage == "intern"
