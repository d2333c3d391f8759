"""A made-up installation on disk: open opportunities with passages and vectors, a mentor, mentees with goals, a key.

    python -m bench.catalogue FOLDER [--calls 100000] [--mentees 200]

The texts are of some sixty words and drawn from a vocabulary with rare and common words. Vectors are random unit
vectors under the default model's name, the goals' too, so that nothing is embedded. Written straight into the tables.
"""

import argparse
import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import sqlalchemy as sa
from sqlalchemy import Engine

from bench.seekers import chosen_sets, made_up_people, requirement_sets
from catalog.columns import Float32
from catalog.database import connect, writing
from catalog.drafts import Deadline, Money, Place
from catalog.schema import upgrade
from catalog.stores.keys import create_key
from catalog.stores.passages import passage_id
from catalog.stores.revisions import next_revision
from catalog.tables import (
    Goal,
    GoalVector,
    IndexBuild,
    Mentee,
    MenteeMentor,
    Mentor,
    Opportunity,
    Passage,
    PassageVector,
    Programme,
    ProgrammeMentor,
)
from catalog.words import Funding, Kind, MoneyPurpose, Precision, Role, Scope, Timing
from recommender.models import open_embedder
from recommender.passages import CallText, call_passages, goal_passages, text_hash

DIMENSION, AT_ONCE, GOALS = 384, 2_000, 4
WORDS = tuple(f"{a}{b}{c}" for a in ("car", "neo", "rur", "sur", "ped", "onc") for b in ("dio", "nat", "al", "gi", "ia")
              for c in ("logy", "tric", "cal", "health", "care", "study", "trial", "ward"))  # fmt: skip
COUNTRIES = ("KE", "UG", "NG", "IN", "PE", "US", "GB", "DE", "FR", "BR")


@dataclass(frozen=True, slots=True)
class Installation:
    """Where it lies, a key that reads as its mentor, and whom they mentor."""

    folder: Path
    key: str
    mentees: tuple[str, ...]
    calls: int

    @property
    def url(self) -> str:
        """The database's address."""
        return f"sqlite:///{self.folder / 'opportune.db'}"


def make(folder: Path, calls: int, mentees: int) -> Installation:
    """The installation in `folder`, made there unless one of this size was made before."""
    said = folder / "made.json"
    if said.exists() and (known := json.loads(said.read_text("utf-8"))) and known["calls"] == calls:
        return Installation(folder, known["key"], tuple(known["mentees"]), calls)
    folder.mkdir(parents=True, exist_ok=True)
    url = f"sqlite:///{folder / 'opportune.db'}"
    upgrade(url)
    engine = connect(url)
    now = dt.datetime.now(dt.UTC)
    fill_calls(engine, calls, now)
    key, names = people(engine, mentees, now)
    engine.dispose()
    said.write_text(json.dumps({"calls": calls, "key": key, "mentees": names}), "utf-8")
    return Installation(folder, key, tuple(names), calls)


def fill_calls(engine: Engine, calls: int, now: dt.datetime) -> None:
    """Opportunities that close within the year, indexed."""
    model = open_embedder().model
    sets, chosen = requirement_sets(), chosen_sets(calls)
    chooser = np.random.default_rng(5)
    for start in range(0, calls, AT_ONCE):
        numbers = range(start, min(start + AT_ONCE, calls))
        rows = [_call(number, sets[chosen[number]], chooser, now) for number in numbers]
        passages = [_passage(row) for row in rows]
        with writing(engine) as session:
            rev = next_revision(session)
            session.execute(sa.insert(Opportunity), [{**row, "rev": rev} for row in rows])
            session.execute(sa.insert(Passage), passages)
            session.execute(sa.insert(PassageVector), [*_vectors(rows, passages, model, rev, chooser)])
    with writing(engine) as session:
        session.add(IndexBuild(model=model, dimension=DIMENSION, rev=rev, active=True, started_at=now, finished_at=now))
        session.execute(sa.text("ANALYZE"))


def _call(number: int, requirements: Any, chooser: np.random.Generator, now: dt.datetime) -> dict[str, Any]:
    day = now.date() + dt.timedelta(days=1 + number // 4 % 325)
    deadline = Deadline(precision=Precision.DAY, on=day, quote=f"Apply by {day:%d %B %Y}")
    said = [WORDS[at] for at in (chooser.zipf(1.2, size=64) - 1) % len(WORDS)]
    title = f"{said[0].title()} {said[1]} programme {number}"
    sentences = [f"It is about {' '.join(said[at : at + 12])}." for at in range(4, 64, 12)]
    country = COUNTRIES[int(chooser.integers(len(COUNTRIES)))]
    return {
        "id": f"opp_{number:07}",
        "kind": list(Kind)[number % 4],
        "title": title,
        "organisation": f"House {number % 500}",
        "url": f"https://house-{number % 500}.example.org/{number}",
        "summary": sentences[0],
        "description": " ".join([*sentences, f"Apply by {day:%d %B %Y} with a letter of recommendation."]),
        "places": (Place(country=country, city="Lakeside"),),
        "timing": Timing.FIXED,
        "deadlines": (deadline,),
        "closes_at": dt.datetime.combine(day, dt.time(12), dt.UTC) + dt.timedelta(days=1),
        "requirements": requirements,
        "funding": Funding.STIPEND if number % 3 else Funding.UNKNOWN,
        "money": (Money(purpose=MoneyPurpose.STIPEND, quote="a stipend of 2,000 a month"),) if number % 3 else (),
        "tags": [said[2], said[3]],
        "first_seen_at": now - dt.timedelta(days=number % 60),
        "last_seen_at": now,
        "changed_at": now,
        "text_hash": f"{number:064}",
    }


def _passage(row: dict[str, Any]) -> dict[str, Any]:
    text = CallText(row["title"], row["organisation"], row["summary"], row["description"], tuple(row["tags"]))
    first = call_passages(text)[0]
    return {"id": passage_id(row["id"], 0), "opportunity_id": row["id"], "position": 0, "text": first,
            "text_hash": text_hash(first)}  # fmt: skip


def _vectors(
    rows: list[dict[str, Any]], passages: list[dict[str, Any]], model: str, rev: int, chooser: np.random.Generator
) -> Iterator[dict[str, Any]]:
    for row, passage, vector in zip(rows, passages, _random(len(rows), chooser), strict=True):
        yield {"passage_id": passage["id"], "model": model, "kind": row["kind"], "dimension": DIMENSION,
               "text_hash": passage["text_hash"], "vector": vector, "rev": rev}  # fmt: skip


def _random(count: int, chooser: np.random.Generator) -> Float32:
    rows = chooser.normal(size=(count, DIMENSION)).astype(np.float32)
    found: Float32 = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    return found


def people(engine: Engine, count: int, now: dt.datetime) -> tuple[str, list[str]]:
    """One mentor with a key that reads, and so many mentees of four goals each."""
    chooser, model, names = np.random.default_rng(6), open_embedder().model, [f"mte_{n:06}" for n in range(count)]
    facts = made_up_people(count)
    with writing(engine) as session:
        session.add(Programme(id="prg_bench", name="Made up"))
        mentor = Mentor(id="mtr_bench", email="bench@lakeside.example.org", name="Mentor", role=Role.MENTOR)
        session.add(mentor)
        session.flush()
        session.add(ProgrammeMentor(programme_id="prg_bench", mentor_id="mtr_bench"))
        people = [
            {"id": name, "programme_id": "prg_bench", "name": f"Mentee {at}", "created_at": now, "stage": one.stage,
             "citizenships": list(one.citizenships), "residence": one.residence, "degree": one.degree}
            for at, (name, one) in enumerate(zip(names, facts, strict=True))
        ]  # fmt: skip
        session.execute(sa.insert(Mentee), people)
        session.execute(sa.insert(MenteeMentor), [{"mentee_id": name, "mentor_id": "mtr_bench"} for name in names])
        goals = [_goal(name, place, chooser) for name in names for place in range(GOALS)]
        session.execute(sa.insert(Goal), goals)
        vectors = [
            {"goal_id": goal["id"], "model": model, "position": 0, "dimension": DIMENSION,
             "text_hash": text_hash(goal_passages(goal["text"])[0]), "vector": vector}
            for goal, vector in zip(goals, _random(len(goals), chooser), strict=True)
        ]  # fmt: skip
        session.execute(sa.insert(GoalVector), vectors)
        _, key = create_key(session, mentor, name="bench", scopes=[Scope.READ], now=now)
    return key, names


def _goal(mentee: str, place: int, chooser: np.random.Generator) -> dict[str, Any]:
    said = " ".join(WORDS[at] for at in chooser.integers(len(WORDS), size=5))
    return {"id": f"gol_{mentee[4:]}_{place}", "mentee_id": mentee, "text": f"Learn {said}", "position": place}


def main() -> None:
    """Make one, to look at."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("folder", type=Path)
    options.add_argument("--calls", type=int, default=100_000)
    options.add_argument("--mentees", type=int, default=200)
    chosen = options.parse_args()
    print(make(chosen.folder, chosen.calls, chosen.mentees).url)


if __name__ == "__main__":
    main()
