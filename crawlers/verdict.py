"""Our own verdict on a source's run: healthy, suspect or failed, with reasons a machine can read.

Scrapy calls every run "finished", also one that met 403 on every page or found nothing where
there were fifty. Only a healthy run may say that something is gone; a suspect one may add; a
failed one changes nothing. Each reason is `code` or `code: particulars`.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import mean, median
from typing import Any

from catalog.watching import GONE as PAGE_GONE
from catalog.watching import PageOutcome
from catalog.words import RunVerdict

CUT_OFF = {
    "closespider_pagecount": "the page budget",
    "closespider_timeout": "the time budget",
    "closespider_timeout_no_item": "300 s without an item",
    "memusage_exceeded": "the memory limit",
    "max_minutes": "the time given to the whole crawl",
}
"""Reasons for closing a spider that mean there was more to read."""

INTERRUPTED = frozenset({"shutdown", "cut"})
RETRY_LATER = "retry_later"  # the site asks for more patience than a run has
GONE = frozenset({"404", "410"})  # pages of postings that are over: news, not a fault
DENIED = frozenset({"401", "403", "407", "451"})

ENOUGH_HISTORY = 3


@dataclass(frozen=True, slots=True)
class RunFacts:
    """What is known of one source's run when it is over."""

    items: int = 0
    pages: int = 0  # answered with 2xx, robots.txt aside
    finish_reason: str = "finished"
    statuses: Mapping[str, int] = field(default_factory=dict)  # answers that were not 2xx, by status
    unreached: Mapping[str, int] = field(default_factory=dict)  # requests without an answer, by sort
    robots_unreadable: int = 0
    robots_forbidden: int = 0
    egress_blocked: Mapping[str, int] = field(default_factory=dict)  # by rule
    challenges: int = 0
    too_large: int = 0
    asked_seconds: float = 0.0
    callback_errors: int = 0
    depth_cut: int = 0
    infrastructure: str = ""  # what failed on our own side: the database, the lease
    known_open: int = 0  # postings that should still be there
    missing: int = 0  # of those, not seen
    filled: Mapping[str, float] = field(default_factory=dict)
    same_title: int = 0
    unreadable: float = 0.0
    dated: int = 0
    past: int = 0


@dataclass(frozen=True, slots=True)
class Usual:
    """One earlier healthy run."""

    items: int
    filled: Mapping[str, float] = field(default_factory=dict)

    @classmethod
    def of(cls, stats: Mapping[str, Any]) -> "Usual":
        """From the statistics kept with that run."""
        return cls(int(stats.get("items", 0)), dict(stats.get("filled", {})))


def judge(facts: RunFacts, history: Sequence[Usual], *, min_items: int = 0) -> tuple[RunVerdict, list[str]]:
    """The verdict and its reasons. `history` holds the last healthy runs; `min_items` the source's own promise."""
    if faults := list(_faults(facts)):
        return RunVerdict.FAILED, faults
    doubts = [*_cut_short(facts), *_unlike_before(facts, history, min_items), *_implausible(facts)]
    return (RunVerdict.SUSPECT if doubts else RunVerdict.HEALTHY), doubts


def judge_pages(facts: RunFacts, pages: Collection[PageOutcome], asked: int) -> tuple[RunVerdict, list[str]]:
    """The verdict on a source whose pages have nothing to do with each other: `asked` of them were to be read.

    A page that could not be read says nothing of the others, so that a crawl with any page is
    healthy; what each page came to is kept with it.
    """
    if facts.infrastructure:
        return RunVerdict.FAILED, [facts.infrastructure]
    unread = Counter(page.code for page in pages if page.verdict is RunVerdict.FAILED)
    notes = [f"pages: {unread.total()} of {asked} not read ({_counted(unread)})"] if unread else []
    if late := asked - len(pages):
        notes.append(f"budget: {late} of {asked} pages not reached")
    read = len(pages) - unread.total() + unread[PAGE_GONE]  # that one is gone is news
    return (RunVerdict.HEALTHY if read or not asked else RunVerdict.FAILED), notes


def _faults(facts: RunFacts) -> Iterator[str]:
    """Why nothing of this run may be used."""
    if facts.infrastructure:
        yield facts.infrastructure
    elif facts.pages == 0:
        yield from _why_no_page(facts)
    elif facts.items == 0 and facts.callback_errors:
        yield f"unreadable: {facts.callback_errors} answers were not in the source's format"


def _why_no_page(facts: RunFacts) -> Iterator[str]:
    denied = {status: count for status, count in facts.statuses.items() if status in DENIED}
    if facts.robots_unreadable:
        yield "robots: robots.txt could not be read, which forbids everything"
    if facts.robots_forbidden:
        yield f"robots: robots.txt forbids it ({facts.robots_forbidden} requests)"
    if facts.egress_blocked:
        yield f"egress: not allowed to go there ({_counted(facts.egress_blocked)})"
    if denied or facts.challenges:
        yield f"blocked: {_counted({**denied, **({'challenge page': facts.challenges} if facts.challenges else {})})}"
    if facts.finish_reason == RETRY_LATER:
        yield f"deferred: asked to wait {facts.asked_seconds:.0f} s"
    if facts.too_large:
        yield f"too_large: {facts.too_large} bodies dropped"
    if facts.unreached:
        yield f"unreachable: {_counted(facts.unreached)}"
    if others := {status: count for status, count in facts.statuses.items() if status not in DENIED}:
        yield f"no_page: {_counted(others)}"
    if facts.finish_reason in INTERRUPTED:
        yield "interrupted: before the first page"
    elif facts.finish_reason in CUT_OFF:
        yield f"budget: stopped at {CUT_OFF[facts.finish_reason]} before the first page"
    elif not (facts.statuses or facts.unreached or _kept_from_going(facts)):
        yield "no_page: nothing was asked for"


def _kept_from_going(facts: RunFacts) -> bool:
    return bool(
        facts.robots_unreadable
        or facts.robots_forbidden
        or facts.egress_blocked
        or facts.challenges
        or facts.too_large
        or facts.finish_reason == RETRY_LATER
    )


def _cut_short(facts: RunFacts) -> Iterator[str]:
    """Why this run may not have seen everything."""
    if facts.finish_reason in INTERRUPTED:
        yield "interrupted: asked to stop"
    elif facts.finish_reason == RETRY_LATER:
        yield f"deferred: asked to wait {facts.asked_seconds:.0f} s"
    elif facts.finish_reason in CUT_OFF:
        yield f"budget: stopped at {CUT_OFF[facts.finish_reason]}"
    elif facts.finish_reason != "finished":
        yield f"budget: {facts.finish_reason}"
    if facts.depth_cut:
        yield f"budget: {facts.depth_cut} links lay too deep"
    failed = {status: count for status, count in facts.statuses.items() if status not in GONE}
    if trouble := {**failed, **facts.unreached}:
        yield f"errors: {_counted(trouble)}"
    if facts.robots_unreadable or facts.robots_forbidden:
        yield f"robots: kept us from {facts.robots_unreadable + facts.robots_forbidden} requests or hosts"
    if facts.challenges:
        yield f"blocked: {facts.challenges} challenge pages"
    if facts.egress_blocked.get("address") or facts.egress_blocked.get("resolved"):
        yield f"egress: sent to where we may not go ({_counted(facts.egress_blocked)})"
    if facts.too_large:
        yield f"too_large: {facts.too_large} bodies dropped"
    if facts.callback_errors:
        yield f"unreadable: {facts.callback_errors} answers were not in the source's format"


def _unlike_before(facts: RunFacts, history: Sequence[Usual], min_items: int) -> Iterator[str]:
    """How this run differs from the healthy ones before it."""
    usual = median([run.items for run in history]) if history else 0
    if facts.items == 0 and usual >= 3:
        yield f"empty: nothing found, usually {usual:.0f}"
    elif usual >= 6 and facts.items < usual / 2:
        yield f"few: {facts.items} found, usually {usual:.0f}"
    elif facts.items < min_items:
        yield f"few: {facts.items} found, at least {min_items} expected"
    if usual >= 3 and facts.items > 5 * usual:
        yield f"many: {facts.items} found, usually {usual:.0f}"
    if facts.known_open >= 3 and facts.missing > 0.3 * facts.known_open:
        yield f"missing: {facts.missing} of {facts.known_open} known postings"
    if facts.items >= 6 and len(history) >= ENOUGH_HISTORY:
        for name, share in sorted(facts.filled.items()):
            before = mean(run.filled.get(name, 0.0) for run in history)
            if share < 0.9 * before and (before - share) * facts.items >= 2:
                yield f"field: {name} filled in {share:.0%}, usually {before:.0%}"


def _implausible(facts: RunFacts) -> Iterator[str]:
    """What looks wrong by itself."""
    if facts.unreadable > 0.02:
        yield f"charset: {facts.unreadable:.1%} of the text could not be decoded"
    if facts.items >= 5 and facts.same_title > 0.6 * facts.items:
        yield f"titles: {facts.same_title} of {facts.items} are the same"
    if facts.dated >= 3 and facts.past == facts.dated:
        yield f"past: the deadlines of all {facts.dated} dated postings have passed"


def _counted(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{name}×{count}" for name, count in sorted(counts.items()))
