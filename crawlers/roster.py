"""Who takes part in a crawl: the sources that were asked for, less those that lack what they need."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from sqlmodel import Session

from catalog.stores.sources import upsert_sources
from catalog.tables import Source as SourceRow
from crawlers.bases.discovery import facts
from crawlers.bases.source import Source


class UnknownSource(Exception):
    """A source was asked for that there is not; the message names those there are."""


@dataclass(frozen=True, slots=True)
class Roster:
    """The sources of a crawl, by name in alphabetical order, and why others cannot run."""

    enabled: dict[str, type[Source]]
    disabled: dict[str, str]
    everything: bool  # no source was named: all were meant


def choose(
    found: Mapping[str, type[Source]],
    named: Sequence[str],
    needed: Mapping[str, str],
    left_out: Mapping[str, str] = MappingProxyType({}),
) -> Roster:
    """Choose the named sources, or all, less those `left_out` (name and reason). Raises UnknownSource."""
    if unknown := sorted(set(named) - set(found)):
        raise UnknownSource(f"there is no source {', '.join(unknown)}; there are {', '.join(found) or 'none'}")
    chosen = {name: source for name, source in found.items() if not named or name in named}
    whys = {name: left_out.get(name) or source.disabled_because(needed) for name, source in chosen.items()}
    disabled = {name: why for name, why in whys.items() if why}
    return Roster({name: source for name, source in chosen.items() if name not in disabled}, disabled, not named)


def record_facts(
    session: Session,
    found: Mapping[str, type[Source]],
    needed: Mapping[str, str],
    left_out: Mapping[str, str] = MappingProxyType({}),
    *,
    now: dt.datetime,
) -> None:
    """Keep what the sources say of themselves in the catalogue, where those who may not know crawlers read it."""
    upsert_sources(
        session,
        [_row(source, left_out.get(name) or source.disabled_because(needed)) for name, source in found.items()],
        now=now,
    )


def _row(source: type[Source], reason: str) -> SourceRow:
    said = {name: value for name, value in facts(source).items() if name in SourceRow.model_fields}
    return SourceRow(**said, enabled=not reason, disabled_reason=reason)
