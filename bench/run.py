"""Runs the benchmarks one after another, each in a process of its own, and writes what they found.

    python -m bench.run bench | bench-full [--only api,start]

`bench` has a quarter of an hour in all, `bench-full` three. One that takes longer than its share is ended, and the
page says so. Writes `bench/results/<date>.json`, then the page (`bench.page`). With `--only` the same day's figures of
the other parts stay.
"""

import argparse
import datetime as dt
import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench import page
from bench.figures import machine, whole

ROOT = Path(__file__).parents[1]
PEERS = ROOT / ".venv" / "peers"


@dataclass(frozen=True, slots=True)
class Part:
    """One benchmark: its module, arguments, minutes at most, and whether it needs the peers or the installation."""

    name: str
    arguments: tuple[str, ...] = ()
    minutes: float = 3.0
    peers: bool = False
    installed: bool = False


BENCH = (
    Part("api", ("--seconds", "2"), 3.5, installed=True),
    Part("start", (), 1.8, installed=True),
    Part("beside", ("--seconds", "2", "--peers", "txtai"), 2.3, installed=True),
    Part("search", ("--peers", "faiss flat,faiss HNSW,sqlite-vec,pgvector"), 2.4, peers=True),
    Part("digest", ("--mentees", "1000"), 0.7),
    Part("embedding", ("--texts", "60"), 2.0, peers=True),
    Part("crawl", ("--pages", "500", "--mix", "mixed"), 1.0),
    Part("cohort", ("--mentees", "2000", "--megabytes", "100"), 1.3),
)
FULL = (
    Part("api", ("--seconds", "5"), 10.0, installed=True),
    Part("start", (), 5.0, installed=True),
    Part("beside", (), 20.0, installed=True),
    Part("search", (), 20.0, peers=True),
    Part("digest", ("--mentees", "10000"), 20.0),
    Part("embedding", (), 12.0, peers=True),
    Part("crawl", ("--pages", "2000"), 10.0),
    Part("night", (), 10.0),
    Part("cohort", ("--mentees", "10000", "--megabytes", "1024", "--postgres-megabytes", "100"), 25.0),
    Part("scale", (), 60.0),
)
SIZES: Mapping[str, Sequence[Part]] = {"bench": BENCH, "bench-full": FULL}


def run(part: Part, folder: Path) -> dict[str, Any]:
    """What one benchmark found, or why it found nothing."""
    file = folder / f"{part.name}.json"
    command = [sys.executable, "-m", f"bench.{part.name}", *part.arguments, "--figures", str(file)]
    command += ["--installation", str(folder / "installation")] if part.installed else []
    environment = os.environ | ({"PYTHONPATH": str(PEERS)} if part.peers else {})
    sys.stderr.write(f"--- {part.name}\n")
    with subprocess.Popen(command, cwd=ROOT, env=environment, start_new_session=True) as child:
        try:
            ended = child.wait(part.minutes * 60)
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)  # and the services that it started
            found = json.loads(file.read_text("utf-8")) if file.exists() else {}
            return found | {"missing": found.get("missing", {}) | {"": f"took more than {part.minutes:g} minutes"}}
    if ended:
        return {"missing": {"": f"ended with {ended}"}}
    whole_part: dict[str, Any] = json.loads(file.read_text("utf-8"))
    return whole_part


def beside_earlier(found: dict[str, Any], file: Path, anew: Collection[str]) -> dict[str, Any]:
    """What was found, with what the same day's earlier run of this size found of the parts that were not run anew."""
    if not file.exists():
        return found
    before = json.loads(file.read_text("utf-8"))
    if before["size"] != found["size"]:
        return found
    for kind in ("figures", "lines"):
        found[kind] = [one for one in before[kind] if one["bench"] not in anew] + found[kind]
        found[kind].sort(key=lambda one: page.place(one["bench"]))
    kept = {name: why for name, why in before["missing"].items() if name.partition(":")[0] not in anew}
    return found | {"missing": kept | found["missing"], "runs": before.get("runs", {}) | found["runs"]}


def main() -> None:
    """Run and write."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("size", choices=SIZES)
    options.add_argument("--only", default="", help="names with commas between")
    chosen = options.parse_args()
    wanted = chosen.only.split(",") if chosen.only else [part.name for part in SIZES[chosen.size]]
    described = machine()
    with tempfile.TemporaryDirectory() as folder:
        parts = {part.name: run(part, Path(folder)) for part in SIZES[chosen.size] if part.name in wanted}
    now = dt.datetime.now(dt.UTC)
    file = ROOT / "bench" / "results" / f"{now:%Y-%m-%d}.json"
    found = beside_earlier(whole(parts, chosen.size, described, now), file, parts)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(found, indent=1) + "\n", "utf-8")
    print(file.relative_to(ROOT), page.write(found).relative_to(ROOT), sep="\n")


if __name__ == "__main__":
    main()
