"""Strategies: people and requirements of every sort, for properties that must hold for all of them."""

from hypothesis import strategies as st

from catalog.drafts import Requirement
from catalog.words import CareerStage, Degree, Profession, RequirementType
from recommender.people import MenteeFacts

COUNTRIES = ("KE", "UG", "US", "DE", "NO", "IN", "BR")
GROUPS = ("EU", "EEA", "LMIC", "COMMONWEALTH")
SOCIETIES = ("Lakeside Society of Surgeons (LSS)", "Hill Association of Nurses")
_VALUES = {
    RequirementType.CAREER_STAGE: list(CareerStage),
    RequirementType.PROFESSION: list(Profession),
    RequirementType.DEGREE: list(Degree),
    RequirementType.CITIZENSHIP: [*COUNTRIES, *GROUPS],
    RequirementType.RESIDENCE: [*COUNTRIES, *GROUPS],
    RequirementType.MEMBERSHIP: list(SOCIETIES),
}
_QUOTES = (
    "Applicants must be so.",
    "only",
    "fluent in French is required",
    "Preference is given to these.",
    "eligible",
)


@st.composite
def requirements(draw: st.DrawFn) -> Requirement:
    """One requirement of any type."""
    type_ = draw(st.sampled_from(list(RequirementType)))
    values = _VALUES.get(type_, [])
    any_of = draw(st.lists(st.sampled_from(values), max_size=3, unique=True)) if values else []
    return Requirement(
        type=type_,
        any_of=tuple(any_of),
        excludes=draw(st.booleans()) and draw(st.booleans()),
        minimum=draw(st.booleans()),
        alternative=draw(st.sampled_from([None, None, 1])),
        quote=draw(st.sampled_from(_QUOTES)),
    )


@st.composite
def people(draw: st.DrawFn) -> MenteeFacts:
    """A person of whom anything may or may not be known."""
    return MenteeFacts(
        id="mte_any",
        stage=draw(st.sampled_from([None, *CareerStage])),
        profession=draw(st.sampled_from([None, *Profession])),
        citizenships=tuple(draw(st.lists(st.sampled_from(COUNTRIES), max_size=2, unique=True))),
        residence=draw(st.sampled_from([None, *COUNTRIES])),
        degree=draw(st.sampled_from([None, *Degree])),
        memberships=tuple(draw(st.lists(st.sampled_from(SOCIETIES), max_size=1))),
        languages=tuple(draw(st.lists(st.sampled_from(["en", "fr"]), max_size=2, unique=True))),
    )
