"""What the benchmarks of search, digests, embedding and crawls find, as figures, each beside its peer."""

from collections.abc import Iterable, Mapping
from typing import Any

from bench.figures import Figure, Results

NUMPY, GEMM, PEER, SPIDER = (
    "NumPy, all then mask",
    "plain matrix product",
    "sentence-transformers",
    "bare Scrapy spider",
)


def of_search(found: Mapping[str, Any]) -> Results:
    """Milliseconds of CPU a query, beside NumPy and each peer, and recall."""
    results = Results(missing=dict(found["peers_missing"]))
    for row in found["rows"]:
        what = f"{row['calls']:,} calls, filter {row['filter']}, {row['goals']} goal{'s' if row['goals'] > 1 else ''}"
        peers = {NUMPY: "numpy_ms"} | {name[:-3]: name for name in row if name.endswith(" ms")}
        for name, column in peers.items():
            recall = row.get(f"{name} recall", 1.0)
            note = f"recall {row['recall@50']:g}" + ("" if recall == 1.0 else f", theirs {recall:g}")
            results.figures.append(Figure("search", what, row["ours_ms"], "ms of CPU", name, row[column], note=note))
    return results


def of_digest(rows: Iterable[Mapping[str, Any]]) -> Results:
    """The share of the machine's own matrix products."""
    results = Results()
    for row in rows:
        what = f"{row['mentees']:,} mentees, {row['calls']:,} calls, filter {row['filter']}"
        note = f"{row['cpu_s']:g} s of CPU in all"
        figure = Figure("digest", what, row["gflops"], "GFLOP/s", GEMM, row["gemm_gflops"], note=note)
        results.figures.append(figure)
    return results


def of_embedding(found: Mapping[str, Any]) -> Results:
    """Texts a CPU second, and the cold start."""
    results = Results()
    for row in found["speed"]:
        what = f"texts of {row['words']} words, {row['numbers']}"
        note = f"cosine off by {row['cosine_off']:g}, {row['top10_same']:.0%} of the ten nearest the same"
        unit = "texts per core second"
        results.figures.append(Figure("embedding", what, row["ours_per_s"], unit, PEER, row["st_per_s"], note=note))
    cold = found["cold_start"]
    ours, theirs = cold["ours"], cold["sentence-transformers"]
    for what, name, unit in (("cold start", "seconds", "s"), ("cold start, memory held", "mb", "MB")):
        results.figures.append(Figure("embedding", what, ours[name], unit, PEER, theirs[name]))
    return results


def of_crawl(rows: Iterable[Mapping[str, Any]]) -> Results:
    """Pages a CPU second: read, checked, archived and stored, beside only downloaded."""
    results = Results()
    for row in rows:
        what = f"{row['pages']:,} pages, of a hundred {row['calls_in_100']} calls ({row['mix']})"
        ours, theirs = row["ours_pages_per_cpu_second"], row["bare_pages_per_cpu_second"]
        note = f"{row['ours_peak_mb']:.0f} MB at most"
        asked = 0.5 if row["mix"] == "mixed" else None
        figure = Figure("crawl", what, ours, "pages per core second", SPIDER, theirs, at_least=asked, note=note)
        results.figures.append(figure)
    return results
