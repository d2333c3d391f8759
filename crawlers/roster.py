"""Who takes part in a crawl: the sources that were asked for, less those that lack what they need."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from sqlmodel import Session

from catalog.stores.sources import upsert_sources
from catalog.stores.watching import active_pages
from catalog.suggestions import did_you_mean
from catalog.tables import Source as SourceRow
from crawlers.bases.discovery import facts
from crawlers.bases.source import Source
from crawlers.bases.watched_pages import WatchedPagesSource


class UnknownSource(Exception):
    """A source was asked for that there is not; the message names those there are."""


@dataclass(frozen=True, slots=True)
class Roster:
    """The sources of a crawl, by name in alphabetical order, and why others cannot run."""

    enabled: dict[str, type[Source]]
    disabled: dict[str, str]
    everything: bool  # no source was named: all were meant


def check_names(found: Mapping[str, type[Source]], named: Sequence[str]) -> None:
    """Raise UnknownSource when one is named that there is not."""
    if unknown := sorted(set(named) - set(found)):
        raise UnknownSource(no_such_source(unknown, found))


def no_such_source(unknown: Sequence[str], found: Iterable[str]) -> str:
    """A sentence that there are no such sources: with what may have been meant, else with all there are."""
    known = list(found)
    meant = "".join(did_you_mean(name, known) for name in unknown)
    others = f".{meant} `opportune sources` lists all" if meant else f"; there are {', '.join(known) or 'none'}"
    return f"there is no source {', '.join(unknown)}{others}"


def choose(
    found: Mapping[str, type[Source]],
    named: Sequence[str],
    needed: Mapping[str, str],
    left_out: Mapping[str, str] = MappingProxyType({}),
) -> Roster:
    """Choose the named sources, or all, less those `left_out` (name and reason). Raises UnknownSource."""
    check_names(found, named)
    chosen = {name: source for name, source in found.items() if not named or name in named}
    whys = {name: left_out.get(name) or source.disabled_because(needed) for name, source in chosen.items()}
    disabled = {name: why for name, why in whys.items() if why}
    return Roster({name: source for name, source in chosen.items() if name not in disabled}, disabled, not named)


def with_watched_pages(session: Session, found: Mapping[str, type[Source]]) -> dict[str, type[Source]]:
    """The sources, those that watch pages with the pages that are to be watched now."""
    pages = active_pages(session)
    return {
        name: source.watching(pages) if issubclass(source, WatchedPagesSource) else source
        for name, source in found.items()
    }


def record_facts(
    session: Session,
    found: Mapping[str, type[Source]],
    needed: Mapping[str, str],
    left_out: Mapping[str, str] = MappingProxyType({}),
    *,
    now: dt.datetime,
) -> None:
    """Keep what the sources say of themselves in the catalogue, where those who may not know crawlers read it."""
    found = with_watched_pages(session, found)
    upsert_sources(
        session,
        [_row(source, left_out.get(name) or source.disabled_because(needed)) for name, source in found.items()],
        now=now,
    )


def _row(source: type[Source], reason: str) -> SourceRow:
    said = {name: value for name, value in facts(source).items() if name in SourceRow.model_fields}
    return SourceRow(**said, enabled=not reason, disabled_reason=reason)
