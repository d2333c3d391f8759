"""What a crawl did, for people, for machines and for the run's row."""

import datetime as dt
from collections.abc import Sequence

from pydantic import BaseModel, Field

from catalog.words import RunState, RunVerdict

ALL_HEALTHY = 0
NOTHING_USABLE = 1
NOT_ALL_HEALTHY = 3
ANOTHER_RUNS = 75  # EX_TEMPFAIL of sysexits.h: try again later


class SourceReport(BaseModel):
    """How one source fared."""

    source: str
    title: str = ""
    state: RunState = RunState.RUNNING
    verdict: RunVerdict | None = None
    reasons: list[str] = Field(default_factory=list)
    pages: int = 0
    not_modified: int = 0
    drafts: int = 0
    new: int = 0
    refreshed: int = 0
    missed: int = 0
    withdrawn: int = 0
    to_review: int = 0  # about which a person is asked (`opportune review`)
    refused: dict[str, int] = Field(default_factory=dict)  # how many, by reason
    seconds: float = 0.0
    robots_exemption: str = ""
    runs_since_healthy: int = 0


class CrawlReport(BaseModel):
    """How a crawl fared."""

    run_id: str
    state: RunState = RunState.RUNNING
    as_of: dt.datetime
    started_at: dt.datetime
    finished_at: dt.datetime | None = None
    until: dt.datetime | None = None  # when a divided crawl is to have fetched
    sample_web_port: int | None = None  # set in sample mode: nothing of this run came from a real site
    reread: bool = False  # over archived pages; no site was asked
    sources: list[SourceReport] = Field(default_factory=list)
    disabled: dict[str, str] = Field(default_factory=dict)  # why, by source
    aborted_before: list[str] = Field(default_factory=list)  # runs that were found dead
    exit_code: int = ALL_HEALTHY


def exit_code(sources: Sequence[SourceReport]) -> int:
    """0 when all are healthy, 3 when some are not but something was saved, 1 when nothing is usable."""
    verdicts = {one.verdict for one in sources}
    if verdicts == {RunVerdict.HEALTHY}:
        return ALL_HEALTHY
    usable = RunVerdict.HEALTHY in verdicts or RunVerdict.SUSPECT in verdicts
    return NOT_ALL_HEALTHY if usable else NOTHING_USABLE
