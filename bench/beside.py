"""Our live list beside the servers of chromadb and txtai: the same vectors, the same filter, the same four goals.

    python -m bench.beside [--calls 100000] [--seconds 3] [--installation FOLDER] [--peers NAMES] [--figures FILE]

Each is a process of its own on one core, asked over loopback by the same generator, in turn; requests for each second
of CPU that the server used. An ask is a mentee's four goals with a kind and two dates, which a fifth of the calls pass;
another mentee and other dates each time, so that nobody has the answer ready.

What they answer is not the same. They: the ids of the twenty nearest calls to each goal, with distances. Ours: who
asks is looked up, the words count too, each call's rules are held against the person, one list is chosen from the four
goals, twenty complete rows are judged and explained with the sentences they rest on, and the list is kept.
"""

import argparse
import contextlib
import datetime as dt
import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import numpy as np
import sqlalchemy as sa
from sqlmodel import col, select

from bench.api import is_ranked, questions
from bench.catalogue import GOALS, Installation, make
from bench.figures import Figure, Results
from bench.filling import FOLDER, columns
from bench.load import Answered, ask, load, post
from bench.run import PEERS
from bench.served import ROOT, Served, await_answer, cores, opportune, running
from catalog.database import connect, reading
from catalog.tables import Goal, GoalVector, Opportunity, Passage, PassageVector
from catalog.words import Kind
from tests.ports import free_port

BENCH, ROUNDS, DEPTH, CLIENTS = "beside", 3, 20, 4
ASKED = 400  # different asks
MENTEES = 200
CHECKED = 5  # of which recall is worked out
KINDS = list(Kind)
FILLING_TAKES_AT_MOST = 400.0  # seconds


@dataclass(frozen=True, slots=True)
class Ask:
    """Numbers of goals, a kind's number, first and last day as ordinals."""

    goals: tuple[int, ...]
    kind: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Peer:
    """How a peer is served, what is asked of it, and what it found: lists of ids, one for each goal."""

    command: Callable[[Path, int], list[str]]
    ready: str
    asking: Callable[[int, Ask, Path], bytes]
    found: Callable[[Any], list[list[str]]]


def export(installation: Installation, folder: Path) -> None:
    """Write what is searched, as it lies in the installation's database."""
    vectors = sa.select(
        col(Opportunity.id), col(Opportunity.kind), col(Opportunity.closes_at), col(PassageVector.vector)
    )
    vectors = vectors.join(Passage, col(Passage.opportunity_id) == col(Opportunity.id))
    vectors = vectors.join(PassageVector, col(PassageVector.passage_id) == col(Passage.id))
    goals = select(GoalVector.vector).join(Goal, col(Goal.id) == col(GoalVector.goal_id))
    with reading(connect(installation.url)) as session:
        rows = session.execute(vectors.order_by(col(Opportunity.id))).all()
        wanted = session.exec(goals.order_by(col(Goal.mentee_id), col(Goal.position))).all()
    np.savez(
        folder / "columns.npz",
        ids=np.array([row.id for row in rows]),
        kinds=np.array([KINDS.index(row.kind) for row in rows]),
        days=np.array([(row.closes_at - dt.timedelta(days=1)).date().toordinal() for row in rows]),
        vectors=np.stack([row.vector for row in rows]),
        goals=np.stack(wanted),
    )


def asks(mentees: int) -> list[Ask]:
    """As `bench.api.questions` asks of ours."""
    today, kind = dt.datetime.now(dt.UTC).date().toordinal(), KINDS.index(Kind.FELLOWSHIP)
    return [
        Ask(
            tuple(GOALS * (number % mentees) + at for at in range(GOALS)),
            kind,
            today - 1 - number % 40,
            today + 256 + number % 9,
        )
        for number in range(ASKED)
    ]


def _of_chromadb(port: int, one: Ask, folder: Path) -> bytes:
    where = {"$and": [{"kind": one.kind}, {"day": {"$gte": one.first}}, {"day": {"$lte": one.last}}]}
    goals = columns(str(folder))["goals"][list(one.goals)].tolist()
    body = {"query_embeddings": goals, "n_results": DEPTH, "where": where, "include": ["distances"]}
    named = (folder / "chromadb.id").read_text("utf-8").strip()
    path = f"/api/v2/tenants/default_tenant/databases/default_database/collections/{quote(named)}/query"
    return post(path, port, json.dumps(body).encode())


def _of_txtai(port: int, one: Ask, _: Path) -> bytes:
    asked = (
        f"select id, score from txtai where similar('goal {goal}', 500) and kind = {one.kind}"
        f" and day >= {one.first} and day <= {one.last}"
        for goal in one.goals
    )
    return post("/batchsearch", port, json.dumps({"queries": list(asked), "limit": DEPTH}).encode())


SERVED = {
    "txtai": Peer(
        lambda _, port: [sys.executable, "-m", "uvicorn", "txtai.api:app", "--port", str(port), "--log-level", "error"],
        "/count",
        _of_txtai,
        lambda told: [[row["id"] for row in rows] for rows in told],
    ),
    "chromadb": Peer(
        lambda folder, port: [
            *(sys.executable, "-c", "from chromadb.cli.cli import app; app()", "run"),
            *("--path", str(folder / "chromadb"), "--host", "127.0.0.1", "--port", str(port)),
        ],
        "/api/v2/heartbeat",
        _of_chromadb,
        lambda told: told["ids"],
    ),
}


def measure(installation: Installation, seconds: float, names: Sequence[str]) -> Results:
    """All figures."""
    ours_core, others = cores()
    results, peers = Results(), dict[str, tuple[Served, list[bytes]]]()
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        export(installation, folder)
        asked = asks(len(installation.mentees))
        for name in names:
            try:
                fill(name, folder)
                served = stack.enter_context(serving(SERVED[name], folder, ours_core))
            except (RuntimeError, TimeoutError) as error:
                results.missing[f"{name}'s server"] = str(error)
                continue
            peers[name] = served, [SERVED[name].asking(served.port, one, folder) for one in asked]
            status, _, body = ask(served.port, peers[name][1][0])
            if status != 200:
                results.missing[f"{name}'s server"] = f"answered {status}: {body[:200]!r}"
                del peers[name]
        os.sched_setaffinity(0, others)
        ours = stack.enter_context(opportune(installation, core=ours_core))
        await_answer(ours.port, "/readyz", good=is_ranked, process=ours.process)
        _in_turn(results, (ours, questions(installation, ours.port)), peers, asked, folder, seconds)
    return results


def fill(name: str, folder: Path) -> None:
    """Let a process of its own fill a peer. Raises RuntimeError where it cannot, TimeoutError where it takes long."""
    command = [sys.executable, "-m", "bench.filling", name, str(folder)]
    sys.stderr.write(f"filling {name} …\n")
    try:
        done = subprocess.run(
            command, cwd=ROOT, env=_told(folder), capture_output=True, text=True, timeout=FILLING_TAKES_AT_MOST
        )
    except subprocess.TimeoutExpired:
        raise TimeoutError(f"took more than {FILLING_TAKES_AT_MOST:.0f} s to fill") from None
    if done.returncode:
        raise RuntimeError(f"cannot be used here: {(done.stderr.strip().splitlines() or ['?'])[-1]}")
    (folder / f"{name}.id").write_text(done.stdout, "utf-8")


@contextlib.contextmanager
def serving(peer: Peer, folder: Path, core: set[int]) -> Iterator[Served]:
    """A filled peer's own server."""
    port = free_port()
    with running(peer.command(folder, port), port, core=core, env=_told(folder), ready=peer.ready) as served:
        yield served


def _told(folder: Path) -> dict[str, str]:
    peers = {"PYTHONPATH": os.pathsep.join((str(ROOT), str(PEERS))), "ANONYMIZED_TELEMETRY": "False"}
    threads = {
        "OMP_NUM_THREADS": "1",
        "TOKENIZERS_PARALLELISM": "false",
        "HF_HUB_OFFLINE": "1",
        "ALLOW_RESOLVE_TRANSFORM": "True",
    }
    return os.environ | peers | threads | {FOLDER: str(folder), "CONFIG": str(folder / "txtai.yml")}


def _in_turn(
    results: Results,
    ours: tuple[Served, list[bytes]],
    peers: dict[str, tuple[Served, list[bytes]]],
    asked: Sequence[Ask],
    folder: Path,
    seconds: float,
) -> None:
    rates: dict[str, list[float]] = {}
    for question in ours[1][:MENTEES]:  # as in `bench.api`: everybody was asked for before, by other dates
        ask(ours[0].port, question)
    ours = ours[0], ours[1][MENTEES:]
    for turn in range(ROUNDS):
        for name, (served, questions_) in {"ours": ours, **peers}.items():
            some = questions_[turn * len(questions_) // ROUNDS :]
            found = _good(load(served.port, some, clients=CLIENTS, seconds=seconds, service=served.process))
            rates.setdefault(name, []).append(found.per_core_second)
    middle = {name: statistics.median(found) for name, found in rates.items()}
    for name, least in (("txtai", 2.0), ("chromadb", 100.0)):
        if name not in peers:
            continue
        served, questions_ = peers[name]
        recall = _recall(SERVED[name], served, questions_, asked, folder)
        note = f"theirs: ids and distances, recall {recall:.2f}; ours: complete rows, judged and explained, and kept"
        beside = f"{name}'s server"
        figure = Figure(BENCH, "ranked live, 20 % filter", middle["ours"], "requests per core second", beside,
                        middle[name], at_least=least, note=note)  # fmt: skip
        results.figures.append(figure)


def _recall(peer: Peer, served: Served, questions_: Sequence[bytes], asked: Sequence[Ask], folder: Path) -> float:
    """The share of the truly nearest calls in what a peer answers."""
    known, shares = columns(str(folder)), []
    for question, one in zip(questions_[:CHECKED], asked, strict=False):
        passing = (known["kinds"] == one.kind) & (known["days"] >= one.first) & (known["days"] <= one.last)
        for goal, answer in zip(one.goals, peer.found(json.loads(ask(served.port, question)[2])), strict=True):
            scores = np.where(passing, known["vectors"] @ known["goals"][goal], -np.inf)
            right = set(known["ids"][np.argsort(-scores)[:DEPTH]].tolist())
            shares.append(len(right & set(answer)) / DEPTH)
    return statistics.mean(shares)


def _good(found: Answered) -> Answered:
    assert set(found.statuses) == {200}, f"answered {dict(found.statuses)}"
    return found


def main() -> None:
    """Measure and tell."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--calls", type=int, default=100_000)
    options.add_argument("--mentees", type=int, default=MENTEES)
    options.add_argument("--seconds", type=float, default=3.0)
    options.add_argument("--installation", type=Path, help="folder to make it in, or where it was made")
    options.add_argument("--peers", default="txtai,chromadb", help="with commas between")
    options.add_argument("--figures", type=Path, help="write what was found to this file")
    chosen = options.parse_args()
    with contextlib.ExitStack() as stack:
        folder = chosen.installation or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        made = make(folder, chosen.calls, chosen.mentees)
        measure(made, chosen.seconds, chosen.peers.split(",")).write(chosen.figures)


if __name__ == "__main__":
    main()
