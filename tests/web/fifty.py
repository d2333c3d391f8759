"""A mentee with sixty calls ahead, each as wordy as real ones are: what the first view's bytes and pace are measured with."""

import datetime as dt
import random
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine

from catalog.database import connect
from catalog.drafts import Money, Place, Requirement
from catalog.tables import MenteeMentor, Opportunity, ProgrammeMentor
from catalog.words import Funding, Kind, MoneyPurpose, RequirementType
from recommender.indexing import index
from recommender.service import Recommender
from tests.api.serving import PASSWORD_HASH, Served, serving
from tests.builders import (
    NOW,
    make_deadline,
    make_goal,
    make_mentee,
    make_mentor,
    make_opportunity,
    make_programme,
    save,
)
from tests.recommender.embedding import WordEmbedder

MENTEE = "mte_ben"
WORDS = re.findall(
    r"\w+",
    """
    surgery theatre ward rural clinic midwife cohort registry trial outcome anaesthesia airway trauma burns hernia
    district referral hospital community nurse training supervision mentor placement stipend travel visa housing
    publication protocol ethics committee sample laboratory imaging ultrasound oncology cardiology paediatric neonatal
    maternal malaria tuberculosis vaccine outbreak surveillance statistics modelling qualitative interview survey
    policy ministry budget equity access insurance workforce migration conflict disaster climate nutrition diabetes
    hypertension stroke kidney dialysis transplant eye cataract hearing mental depression psychiatry addiction palliative
    geriatric rehabilitation prosthetics wound infection antibiotic resistance stewardship pharmacy genomics informatics
    telemedicine record privacy leadership negotiation conference poster abstract keynote workshop seminar fellowship
    internship journal editor reviewer deadline extension portfolio curriculum vitae letter recommendation transcript
    interviewers panel shortlist award ceremony network alumni partner university college institute academy foundation
    council lakeside hillside riverside northern southern eastern western coastal island mountain valley harbour
    """,
)


@contextmanager
def served_fifty(upgraded_file: Path, folder: Path, *, mentees: int = 1) -> Iterator[Served]:
    """The list on a service of its own, at `NOW`; Ada mentors so many, and signs in as in `days.as_ada`."""
    path = folder / "opportune.db"
    shutil.copy(upgraded_file, path)
    engine = connect(f"sqlite:///{path}")
    save(engine, make_programme(), make_mentor(password_hash=PASSWORD_HASH))
    save(engine, ProgrammeMentor(programme_id="prg_lakeside", mentor_id="mtr_ada"), *_calls(60))
    for number in range(mentees):
        _mentee(
            engine, MENTEE if number == 0 else f"mte_{number}", "Ben Rivers" if number == 0 else f"Ben Rivers {number}"
        )
    index(engine, WordEmbedder(), NOW)
    with serving(
        f"sqlite:///{path}", load=lambda: Recommender(engine, WordEmbedder(), look_again_after=0.0)
    ) as running:
        running.as_mentor().get(f"/v1/mentees/{MENTEE}/recommendations").raise_for_status()  # the index is there
        yield running
    engine.dispose()


def _mentee(engine: Engine, name: str, called: str) -> None:
    save(engine, make_mentee(id=name, name=called, email=f"{name}@lakeside.example.org"))
    save(engine, MenteeMentor(mentee_id=name, mentor_id="mtr_ada"), make_goal(id=f"gol_{name}", mentee_id=name))
    save(engine, make_goal("A research year on neonatal care", id=f"gol_{name}_2", mentee_id=name))


def _calls(count: int) -> list[Opportunity]:
    """Open calls whose words are drawn by lot, always the same: they compress no better than what people write."""
    lot = random.Random(7)
    return [_call(number, lot) for number in range(count)]


def _call(number: int, lot: random.Random) -> Opportunity:
    day = NOW.date() + dt.timedelta(days=lot.randint(20, 330))
    organisation = " ".join(lot.sample(WORDS, 3)).title()
    asked = f"Open to students and graduates of any {lot.choice(WORDS)} school with {lot.choice(WORDS)} experience"
    citizens = f"Citizens of every country may apply, those of {lot.choice(WORDS)} states above all"
    return make_opportunity(
        id=f"opp_{number:03}",
        kind=list(Kind)[number % 4],
        title=" ".join(lot.sample(WORDS, 6)).title(),
        organisation=organisation,
        url=f"https://{lot.choice(WORDS)}{number}.example.org/{'-'.join(lot.sample(WORDS, 4))}",
        summary=_sentences(2, lot),
        description=_sentences(9, lot),
        deadlines=(make_deadline(day, quote=f"{lot.choice(WORDS).title()} applications close on {day:%d %B %Y}"),),
        closes_at=dt.datetime.combine(day, dt.time(12), dt.UTC) + dt.timedelta(days=1),
        places=(Place(country=lot.choice(["NL", "KE", "IN", "BR", "CA"]), city=lot.choice(WORDS).title()),),
        requirements=(
            Requirement(type=RequirementType.CAREER_STAGE, any_of=("medical_student", "resident"), quote=asked),
            Requirement(type=RequirementType.OTHER, quote=citizens),
        ),
        funding=Funding.FULL if number % 3 else Funding.UNKNOWN,
        money=(
            Money(purpose=MoneyPurpose.STIPEND, low=lot.randint(5, 90) * 100, currency="EUR", quote=_sentences(1, lot)),
        ),
        tags=tuple(lot.sample(WORDS, 4)),
        rev=number + 2,
    )


def _sentences(count: int, lot: random.Random) -> str:
    """Sentences of some eighteen words."""
    drawn = (lot.sample(WORDS, lot.randint(12, 24)) for _ in range(count))
    return " ".join(f"{' '.join(words).capitalize()}." for words in drawn)
