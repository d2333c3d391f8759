"""When somebody must look: a source that was not healthy six nights running, or no healthy crawl for 36 hours.

Decisions only, on what a store has read. A crawl that never begins lets the age grow: it is the age that
tells of a scheduler that died, since nothing is left that could fail.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from catalog.words import RunVerdict

SUSPECT_NIGHTS = 6
NO_CRAWL_FOR = dt.timedelta(hours=36)


@dataclass(frozen=True, slots=True)
class SourceHealth:
    """How a source is: whether it is read at all, when it was last read well, and its last verdicts, newest first."""

    name: str
    enabled: bool
    last_healthy_at: dt.datetime | None
    verdicts: tuple[RunVerdict, ...] = ()

    @property
    def unwell_for(self) -> int:
        """How many runs have passed since the last healthy one."""
        return blind_nights(self.verdicts)


@dataclass(frozen=True, slots=True)
class Alarm:
    """Something a person must look at: a code for machines, and what it is and what to do."""

    code: str
    sentence: str


def blind_nights(verdicts: Sequence[RunVerdict]) -> int:
    """How many runs have passed since the last healthy one. `verdicts`: the latest first."""
    return next((index for index, verdict in enumerate(verdicts) if verdict is RunVerdict.HEALTHY), len(verdicts))


def last_healthy_of(sources: Sequence[SourceHealth]) -> dt.datetime | None:
    """When any source that is on was last read well."""
    return max((one.last_healthy_at for one in sources if one.enabled and one.last_healthy_at), default=None)


def alarms(sources: Sequence[SourceHealth], now: dt.datetime) -> list[Alarm]:
    """What somebody must look at; nothing of an installation that has never crawled and so knows no source."""
    on = [one for one in sources if one.enabled]
    found = []
    latest = last_healthy_of(on)
    if on and (latest is None or now - latest > NO_CRAWL_FOR):
        since = "ever" if latest is None else f"since {latest:%Y-%m-%d %H:%M} UTC"
        found.append(
            Alarm("no_healthy_crawl", f"No healthy crawl {since}. See whether the nightly job runs: opportune doctor")
        )
    for one in on:
        if one.unwell_for >= SUSPECT_NIGHTS:
            found.append(
                Alarm(
                    "source_unwell",
                    f"{one.name} has not been healthy for {one.unwell_for} runs: opportune sources check {one.name}. "
                    f"If what it shows is right: opportune crawl {one.name} --accept",
                )
            )
    return found
