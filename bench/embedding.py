"""The default model as we run it beside sentence-transformers as it comes, on the same texts in one run.

    python -m bench.embedding [--texts 120] [--json]

Each has one thread. Ours is run in float32 (onnxruntime) and, where the extra `openvino` is installed, with documents
in bfloat16; queries are in float32 in either. sentence-transformers has float32, gets the texts in the given order and
its own batches of 32. Documents a CPU second (better of two rounds, taken in turn, since the machine is shared), how
far the vectors are apart, the share of each query's top 10 that is the same, and whether a second run gave the
same vectors to the bit. The cold start is that of a new
process: import, load, embed one short query; with the memory it then holds and the most that it held.
"""

import argparse
import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import numpy as np

from bench.summaries import of_embedding
from catalog.columns import Float32
from crawlers import samples
from recommender.bfloat16 import BFloat16MiniLM
from recommender.embedders import Embedder, ModelUnavailable, packaged_model_path
from recommender.minilm import MiniLM

ONE_THREAD = {"OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1", "TOKENIZERS_PARALLELISM": "false"}
LENGTHS = (190, 30)  # words
PEER = "sentence-transformers"
Way = Callable[[list[str]], Float32]
"""Turns texts into vectors."""
QUERIES, TOP, ROUNDS = 20, 10, 2

COLD = """
import sys, time
begun = time.perf_counter()
{code}
seconds = time.perf_counter() - begun
lines = dict(line.split(":", 1) for line in open("/proc/self/status") if line.startswith(("VmRSS", "VmHWM")))
print(seconds, *(int(lines[name].split()[0]) / 1024 for name in ("VmRSS", "VmHWM")))
"""
OURS = "from recommender.models import open_embedder; open_embedder().embed_queries(['surgery'])"
THEIRS = (
    "from sentence_transformers import SentenceTransformer; from recommender.embedders import packaged_model_path; "
    "SentenceTransformer(str(packaged_model_path()), device='cpu').encode(['surgery'])"
)


def made_up_texts(count: int, words: int) -> list[str]:
    """Texts of about so many words, a third to five thirds of it, drawn from the sample web's calls."""
    chooser = np.random.default_rng(words)
    prose = " ".join(path.read_text() for path in sorted(Path(samples.__file__).parent.glob("calls/*.toml")))
    vocabulary = re.findall(r"[^\W\d_]{2,}", prose)
    lengths = (words * chooser.uniform(1 / 3, 5 / 3, size=count)).astype(int)
    return [" ".join(chooser.choice(vocabulary, length)) for length in lengths]


def per_cpu_second(way: Way, texts: list[str]) -> float:
    """Texts a CPU second."""
    begun = time.process_time()
    way(texts)
    return len(texts) / (time.process_time() - begun)


def same_top(ours: Float32, asked: Float32, theirs: Float32) -> float:
    """The share of the ten nearest others that is the same, for the first texts as our queries and as theirs."""
    shared = []
    for at in range(QUERIES):
        pairs = ((ours, asked[at]), (theirs, theirs[at]))
        best = [set(np.argsort(-(found @ query))[1 : TOP + 1].tolist()) for found, query in pairs]
        shared.append(len(best[0] & best[1]) / TOP)
    return float(np.mean(shared))


def compare(count: int) -> list[dict[str, object]]:
    """One row for each length of text."""
    import torch
    from sentence_transformers import SentenceTransformer

    torch.set_num_threads(1)
    theirs = SentenceTransformer(str(packaged_model_path()), device="cpu", model_kwargs={"dtype": torch.float32})
    ours = ours_by_format()
    found: list[dict[str, object]] = []
    for words in LENGTHS:
        texts = made_up_texts(count * LENGTHS[0] // words, words)
        ways: dict[str, Way] = {PEER: lambda texts: np.asarray(theirs.encode(texts, show_progress_bar=False))}
        ways |= {numbers: one.embed_documents for numbers, one in ours.items()}
        asked = ours["float32"].embed_queries(texts[:QUERIES])
        found += [{"words": words, "texts": len(texts), **row} for row in compared(texts, ways, asked)]
    return found


def compared(texts: list[str], ways: Mapping[str, Way], asked: Float32) -> Iterator[dict[str, object]]:
    """Each of our ways beside theirs on the same texts; `asked` are the first of them as our queries."""
    rounds = [{name: per_cpu_second(way, texts) for name, way in ways.items()} for _ in range(ROUNDS)]
    speeds = {name: max(one[name] for one in rounds) for name in ways}
    others = ways[PEER](texts)
    for numbers in (name for name in ways if name != PEER):
        vectors = ways[numbers](texts)
        yield {
            "numbers": numbers,
            "ours_per_s": round(speeds[numbers], 1),
            "st_per_s": round(speeds[PEER], 1),
            "ratio": round(speeds[numbers] / speeds[PEER], 2),
            "cosine_off": float(f"{np.abs(1 - (vectors * others).sum(axis=1)).max():.1e}"),
            "top10_same": round(same_top(vectors, asked, others), 4),
            "same_again": bool(np.array_equal(vectors, ways[numbers](texts))),
        }


def ours_by_format() -> dict[str, Embedder]:
    """Our embedders, each ready: float32, and bfloat16 where it can be had."""
    found: dict[str, Embedder] = {"float32": MiniLM(), "bfloat16": BFloat16MiniLM()}
    try:
        found["bfloat16"].embed_documents(["ready"])
    except ModelUnavailable as error:
        print(f"bfloat16 is not measured: {error}", file=sys.stderr)
        del found["bfloat16"]
    return found


def cold_start(code: str) -> dict[str, float]:
    """Seconds and MB of a process that starts and embeds one query: the better of two in time."""
    tries = []
    for _ in range(ROUNDS):
        done = subprocess.run(
            [sys.executable, "-c", COLD.format(code=code)], check=True, capture_output=True, text=True
        )
        tries.append([float(number) for number in done.stdout.split()])
    seconds, held, most = min(tries)
    return {"seconds": round(seconds, 2), "mb": round(held), "peak_mb": round(most)}


def main() -> None:
    """Run and print."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--texts", type=int, default=120, help="long ones; of short ones as many words")
    options.add_argument("--json", action="store_true")
    options.add_argument("--figures", type=Path, help="write what was found to this file")
    chosen = options.parse_args()
    os.environ.update(ONE_THREAD)
    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:1])
    cold = {"ours": cold_start(OURS), PEER: cold_start(THEIRS)}
    rows = compare(chosen.texts)
    if chosen.figures:
        return of_embedding({"speed": rows, "cold_start": cold}).write(chosen.figures)
    if chosen.json:
        sys.stdout.write(json.dumps({"speed": rows, "cold_start": cold}) + "\n")
        return None
    print("   ".join(f"{name:>10}" for name in rows[0]))
    for row in rows:
        print("   ".join(f"{value:>10}" for value in row.values()))
    for name, found in cold.items():
        print(f"cold start, {name}: {found['seconds']} s, {found['mb']} MB, at most {found['peak_mb']} MB")
    return None


if __name__ == "__main__":
    main()
