"""Which series new opportunities are editions of. Nothing here commits."""

from collections.abc import Iterable, Mapping
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from catalog.identifiers import derived_identifier
from catalog.series import series_key
from catalog.stores.batches import in_batches
from catalog.stores.upserts import insert
from catalog.tables import Opportunity, Series
from catalog.words import Kind


def join_series(session: Session, made: list[dict[str, Any]], previous: Mapping[str, str]) -> None:
    """Give new opportunities their series: that of the edition before, else the one their title names."""
    before = _series_of(session, previous.values())
    named: dict[str, dict[str, Any]] = {}
    for values in made:
        inherited = before.get(previous.get(values["id"], ""))
        if inherited is None:
            series = _series_named_by(values)
            inherited = series["id"]
            named.setdefault(inherited, series)
        values["series_id"] = inherited
    if named:
        statement = insert(session, Series).on_conflict_do_nothing(index_elements=["id"])
        session.execute(statement, [named[key] for key in sorted(named)])


def _series_named_by(values: Mapping[str, Any]) -> dict[str, Any]:
    """The row of the series that an opportunity's kind, title and organisation name."""
    kind: Kind = values["kind"]
    natural_key = series_key(values["title"], values["organisation"])
    said = {name: values[name] for name in ("title", "organisation")}
    return {"id": derived_identifier("ser", kind, natural_key), "kind": kind, "natural_key": natural_key, **said}


def _series_of(session: Session, opportunity_ids: Iterable[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for batch in in_batches(sorted(set(opportunity_ids))):
        query = sa.select(col(Opportunity.id), col(Opportunity.series_id)).where(
            col(Opportunity.id).in_(batch), col(Opportunity.series_id).is_not(None)
        )
        found.update(session.execute(query).all())
    return found
