"""Made-up requirements and people, so that searching is measured with eligibility decided, as it always is.

Two calls in three ask for something: a stage, a profession, citizens or residents of somewhere, a degree, or several
of them; some of it in words that leave it unknown. Of 400 sets that calls choose from most are rare, as on real pages.
"""

import numpy as np

from catalog.drafts import Requirement
from catalog.words import CareerStage, Degree, Profession, RequirementType
from recommender.people import MenteeFacts

SETS = 400
COUNTRIES = ("KE", "UG", "NG", "GH", "ZA", "IN", "NP", "PK", "BR", "PE", "US", "CA", "GB", "DE", "FR", "NO", "AU", "PH")
GROUPS = ("LMIC", "EU", "AFRICA", "COMMONWEALTH", "LOW_INCOME")
STAGES, PROFESSIONS = list(CareerStage), list(Profession)
DEGREES = (Degree.BACHELOR, Degree.MASTER, Degree.MEDICAL, Degree.DOCTORATE)

SEEKER = MenteeFacts(
    stage=CareerStage.RESIDENT,
    profession=Profession.PHYSICIAN,
    citizenships=("KE",),
    residence="KE",
    degree=Degree.MEDICAL,
    languages=("en",),
)


def requirement_sets() -> list[tuple[Requirement, ...]]:
    """What calls ask for: the first is nothing."""
    chooser = np.random.default_rng(17)
    return [(), *(_some(chooser) for _ in range(SETS))]


def chosen_sets(calls: int) -> list[int]:
    """Which set each call has: a third none, the others the more seldom the later a set comes."""
    chooser = np.random.default_rng(18)
    ranks = np.minimum(chooser.zipf(1.3, size=calls), SETS)
    return np.where(chooser.random(calls) < 1 / 3, 0, ranks).tolist()


def made_up_people(count: int) -> list[MenteeFacts]:
    """Mentees of every stage with a citizenship, residence and degree."""
    chooser = np.random.default_rng(19)
    found = []
    for at in range(count):
        home = str(chooser.choice(COUNTRIES))
        abroad = str(chooser.choice(COUNTRIES)) if chooser.random() < 0.2 else home
        degree = DEGREES[chooser.integers(len(DEGREES))]
        found.append(MenteeFacts(stage=STAGES[at % len(STAGES)], citizenships=(home,), residence=abroad, degree=degree))
    return found


def _some(chooser: np.random.Generator) -> tuple[Requirement, ...]:
    makers = chooser.choice([_stage, _profession, _belonging, _degree], size=chooser.integers(1, 4), replace=False)
    return tuple(one for make in makers for one in make(chooser))


def _stage(chooser: np.random.Generator) -> list[Requirement]:
    stages = sorted({STAGES[at] for at in chooser.integers(len(STAGES), size=chooser.integers(1, 5))})
    said = " or ".join(stage.replace("_", " ") for stage in stages)
    further = " at a partner hospital" if chooser.random() < 0.3 else ""
    quote = f"Open to {said} applicants{further}."
    return [Requirement(type=RequirementType.CAREER_STAGE, any_of=(one,), alternative=1, quote=quote) for one in stages]


def _profession(chooser: np.random.Generator) -> list[Requirement]:
    one = PROFESSIONS[chooser.integers(len(PROFESSIONS))]
    quote = f"Applicants must be {one.replace('_', ' ')}s."
    return [Requirement(type=RequirementType.PROFESSION, any_of=(one,), quote=quote)]


def _belonging(chooser: np.random.Generator) -> list[Requirement]:
    where = str(chooser.choice([*COUNTRIES, *GROUPS, *GROUPS]))
    kind = (RequirementType.CITIZENSHIP, RequirementType.RESIDENCE)[chooser.integers(2)]
    word = "citizens" if kind is RequirementType.CITIZENSHIP else "residents"
    return [Requirement(type=kind, any_of=(where,), quote=f"Applicants must be {word} of one of these countries.")]


def _degree(chooser: np.random.Generator) -> list[Requirement]:
    one = DEGREES[chooser.integers(len(DEGREES))]
    quote = f"A {one} degree is required."
    return [Requirement(type=RequirementType.DEGREE, any_of=(one,), minimum=True, quote=quote)]
