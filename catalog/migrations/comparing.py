"""What Alembic must know of our own column types and of tables that are not models.

A step that is written says what the database holds, not what the models call it today, so that
it still builds the same table after the models have moved on.
"""

from typing import Any, Literal

import sqlalchemy as sa
from sqlalchemy.types import TypeEngine

from catalog.columns import Checked, UtcDateTime, Vector, Word
from catalog.stores.neighbour_indexes import INDEX_PREFIX

SEARCH_OBJECTS = frozenset({"opportunity_words", "opportunity_words_row", "ix_opportunity_words"})
"""Made by hand-written steps for free search: a virtual table, its row numbers, an index over an expression."""
NO_MODELS = SEARCH_OBJECTS | {"step_going_on"}
"""The last is about applications (`catalog.releases`)."""


def is_ours(name: str | None, type_: str, parents: Any) -> bool:  # noqa: ARG001
    """Whether autogenerate should look at a table or index."""
    if type_ == "schema" or name is None:
        return True
    return name not in NO_MODELS and not name.startswith(("opportunity_words_", INDEX_PREFIX))


def compare_type(
    context: Any,  # noqa: ARG001
    inspected_column: Any,  # noqa: ARG001
    metadata_column: Any,  # noqa: ARG001
    inspected_type: TypeEngine[Any],
    metadata_type: TypeEngine[Any],
) -> bool | None:
    """Whether a column's type differs, for the types that Alembic cannot judge; None leaves it to Alembic."""
    if isinstance(metadata_type, Checked):
        return not isinstance(inspected_type, sa.JSON)
    if isinstance(metadata_type, Vector):
        return not (isinstance(inspected_type, sa.LargeBinary) or type(inspected_type).__name__ == "VECTOR")
    return None


def render_type(type_: str, item: Any, context: Any) -> str | Literal[False]:
    """How a column's type is written in a step."""
    if type_ != "type":
        return False
    if isinstance(item, UtcDateTime | Vector):
        context.imports.add(f"from catalog.columns import {type(item).__name__}")
        return f"{type(item).__name__}()"
    if isinstance(item, Checked | sa.JSON):
        context.imports.add("from catalog.columns import Json")
        return "Json"
    if isinstance(item, Word):
        enum = item.impl_instance
        assert isinstance(enum, sa.Enum)
        values = ", ".join(repr(value) for value in enum.enums)
        return f"sa.Enum({values}, name={enum.name!r}, native_enum=False, create_constraint=True, length={enum.length})"
    if isinstance(item, sa.String) or type(item).__name__ == "AutoString":
        length = getattr(item, "length", None)
        return f"sa.String({length})" if length else "sa.String()"
    return False
