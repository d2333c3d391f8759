"""Digests end to end, from rows to mail texts: what is new for many mentees, then each mentor's mail; a mentor's day.

    python -m bench.owing [--calls 10000] [--mentees 1000] [--mentors 10] [--json]

Seconds of CPU over a SQLite file with made-up calls, people and vectors (an embedder that puts a text near
its topic, so that no model is timed); a tenth of the calls are new. The peak of memory is told before and after the
mentees, beside that of a tenth of them: it grows with the calls, not with the people.
"""

import argparse
import datetime as dt
import json
import resource
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import sqlalchemy as sa
from sqlalchemy import Engine

from catalog.columns import Float32
from catalog.database import connect, reading, writing
from catalog.drafts import Deadline
from catalog.schema import upgrade
from catalog.tables import Goal, Mentee, MenteeMentor, Mentor, Opportunity, OutboxMessage, Programme
from catalog.words import Kind, Precision, Role, Timing
from delivery.digests import Owing, owe_digests
from recommender.embedders import Progress
from recommender.gathering import day_of_mentor
from recommender.indexing import index
from recommender.service import Recommender

NOW = dt.datetime(2027, 3, 1, 8, tzinfo=dt.UTC)
DIMENSION, TOPICS = 384, 200


class TopicEmbedder:
    """Texts of a topic are near each other."""

    model, dimension = "topics@1", DIMENSION

    def __init__(self) -> None:
        self._topics = np.random.default_rng(1).normal(size=(TOPICS, DIMENSION)).astype(np.float32)
        self._noise = np.random.default_rng(2)

    def embed_documents(self, texts: Sequence[str], progress: Progress | None = None) -> Float32:
        """Unit vectors, shape (texts, dimension)."""
        if progress is not None:
            progress(len(texts))
        return self.embed_queries(texts)

    def embed_queries(self, texts: Sequence[str]) -> Float32:
        """The same."""
        topics = [int(text.partition("topic")[2][:3] or 0) for text in texts]
        rows = self._topics[topics] + self._noise.normal(size=(len(texts), DIMENSION)).astype(np.float32)
        found: Float32 = rows / np.linalg.norm(rows, axis=1, keepdims=True)
        return found


def fill(engine: Engine, calls: int, mentees: int, mentors: int) -> None:
    """Calls that close within the year, and mentees of two goals, as many for each mentor."""
    with writing(engine) as session:
        for start in range(0, calls, 1_000):
            rows = [_call(number, calls) for number in range(start, min(start + 1_000, calls))]
            session.execute(sa.insert(Opportunity), rows)
        session.add(Programme(id="prg", name="Made up"))
        session.flush()
        session.add_all([_mentor(number) for number in range(mentors)])
        session.add_all([Mentee(id=f"mte_{n}", programme_id="prg", name=f"Mentee Number {n}") for n in range(mentees)])
        session.flush()
        session.add_all([MenteeMentor(mentee_id=f"mte_{n}", mentor_id=f"mtr_{n % mentors}") for n in range(mentees)])
        session.add_all(
            [
                Goal(
                    id=f"gol_{n}_{k}", mentee_id=f"mte_{n}", text=f"Learn topic{(n * 7 + k * 31) % TOPICS:03} in depth"
                )
                for n in range(mentees)
                for k in range(2)
            ]
        )


def _mentor(number: int) -> Mentor:
    return Mentor(id=f"mtr_{number}", email=f"mentor{number}@lakeside.example.org", name="M", role=Role.MENTOR)


def _call(number: int, calls: int) -> dict[str, Any]:
    day = dt.date(2027, 3, 10) + dt.timedelta(days=number % 300)
    deadline = Deadline(precision=Precision.DAY, on=day, quote=f"Apply by {day}")
    title = f"Programme {number} on topic{number % TOPICS:03}"
    return {
        "id": f"opp_{number}",
        "kind": list(Kind)[number % 4],
        "title": title,
        "organisation": f"House {number % 500}",
        "url": f"https://lakeside.example.org/{number}",
        "description": f"{title}. People learn what the field asks of them, with a mentor and in a group of peers.",
        "timing": Timing.FIXED,
        "deadlines": (deadline,),
        "closes_at": dt.datetime.combine(day, dt.time(12), dt.UTC) + dt.timedelta(days=1),
        "first_seen_at": NOW - dt.timedelta(days=2 if number >= calls * 0.9 else 60),
        "last_seen_at": NOW,
        "changed_at": NOW,
        "text_hash": f"{number:064}",
        "rev": number + 1,
    }


def measure(calls: int, mentees: int, mentors: int) -> dict[str, float]:
    """Seconds of CPU, and MiB."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'bench.db'}"
        upgrade(url)
        engine = connect(url)
        fill(engine, calls, mentees, mentors)
        embedder = TopicEmbedder()
        index(engine, embedder, NOW)
        recommender = Recommender(engine, embedder)
        found: dict[str, float] = {"load": _seconds(lambda: recommender.warm_up(NOW))}
        ids = [f"mte_{n}" for n in range(mentees)]
        recommender.look_out(ids[: mentees // 10], now=NOW)
        found["peak_mib_after_a_tenth"] = _peak()
        found["look_out"] = _seconds(lambda: recommender.look_out(ids, now=NOW))
        found["owe"] = _seconds(lambda: owe_digests(Owing(engine, "https://opportune.example.org"), NOW))
        found["peak_mib"] = _peak()
        with reading(engine) as session:
            found["mails"] = session.execute(sa.select(sa.func.count()).select_from(OutboxMessage)).scalar_one()
            mentor = session.get_one(Mentor, "mtr_0")
            found["day_of_one_mentor"] = min(_seconds(lambda: day_of_mentor(session, mentor, NOW)) for _ in range(3))
        engine.dispose()
    return found


def _seconds(step: Any) -> float:
    began = time.process_time()
    step()
    return round(time.process_time() - began, 3)


def _peak() -> float:
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--calls", type=int, default=10_000)
    parser.add_argument("--mentees", type=int, default=1_000)
    parser.add_argument("--mentors", type=int, default=10)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    found = measure(asked.calls, asked.mentees, asked.mentors)
    if asked.json:
        sys.stdout.write(json.dumps(found) + "\n")
        return
    for name, value in found.items():
        print(f"{name:24}{value:10}")


if __name__ == "__main__":
    main()
