"""Column types that mean the same on SQLite and PostgreSQL."""

import datetime as dt
from collections.abc import Callable
from enum import StrEnum
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from pydantic import BaseModel, TypeAdapter, ValidationError
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator, TypeEngine

from catalog.newer import newer_word, read_as_far_as_known

Json = sa.JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")
"""JSON in which Python's None is SQL's NULL and never the text `null`, so that `is None` can be asked in SQL."""
if TYPE_CHECKING:  # NumPy is loaded with the first vector: a crawl has none
    import numpy as np
    from numpy.typing import NDArray

    Float32 = NDArray[np.float32]
else:
    Float32 = Any


class UtcDateTime(TypeDecorator[dt.datetime]):
    """An instant. Naive values are refused on the way in; UTC comes out on both engines."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:
        """Refuse naive values and store UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value!r} has no zone; instants are stored in UTC")
        value = value.astimezone(dt.UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:  # noqa: ARG002
        """Return an aware UTC instant."""
        if value is None:
            return None
        return value.replace(tzinfo=dt.UTC) if value.tzinfo is None else value.astimezone(dt.UTC)


class Vector(TypeDecorator[Float32]):
    """A float32 vector: `vector` on PostgreSQL (pgvector), little-endian bytes on SQLite."""

    impl = sa.LargeBinary
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Choose the engine's own type."""
        if dialect.name != "postgresql":
            return dialect.type_descriptor(sa.LargeBinary())
        from pgvector.sqlalchemy import VECTOR

        return dialect.type_descriptor(VECTOR())

    def process_bind_param(self, value: Float32 | None, dialect: Dialect) -> Any:
        """Refuse vectors that would poison a ranking: not finite, or all zero."""
        if value is None:
            return None
        import numpy as np

        vector = np.asarray(value, dtype="<f4")
        if not np.isfinite(vector).all() or not vector.any():
            raise ValueError("a vector must be finite and not all zero")
        return vector if dialect.name == "postgresql" else vector.tobytes()

    def process_result_value(self, value: Any, dialect: Dialect) -> Float32 | None:
        """Return a float32 array."""
        if value is None:
            return None
        import numpy as np

        if dialect.name == "postgresql":
            return np.asarray(value.to_numpy() if hasattr(value, "to_numpy") else value, dtype=np.float32)
        return np.frombuffer(value, dtype="<f4")


class Checked(TypeDecorator[Any]):
    """JSON that is validated as `type_` on the way out, so that readers get models and not dictionaries.

    Used for the read parts of a posting: deadlines, requirements, money, moments, places.
    """

    impl = Json
    cache_ok = True

    def __init__(self, type_: Any) -> None:
        """Take any type that pydantic can validate, for example `tuple[Deadline, ...]`."""
        super().__init__()
        self.type_ = type_
        self._adapter: TypeAdapter[Any] = TypeAdapter(type_)

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:  # noqa: ARG002
        """Store plain JSON, leaving out what is at its default."""
        return None if value is None else self._adapter.dump_python(value, mode="json", exclude_defaults=True)

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:  # noqa: ARG002
        """Return validated models; of what a newer version wrote, as much as this one can tell. Broken: an error."""
        if value is None:
            return None
        try:
            return self._adapter.validate_python(value, strict=False)
        except ValidationError:
            return read_as_far_as_known(self._adapter, value)

    def coerce_compared_value(self, op: Any, value: Any) -> Any:
        """Compare as JSON."""
        return self.impl_instance.coerce_compared_value(op, value)


AS_IT_IS = "as it is"


class Word(TypeDecorator[Any]):
    """One of the domain's words, stored by value with a CHECK constraint.

    A word that only a newer version knows is read as `newer`, or as it is: see `catalog.newer`.
    """

    impl = sa.Enum
    cache_ok = True

    def __init__(self, enumeration: type[StrEnum], newer: StrEnum | str | None = AS_IT_IS) -> None:
        """Take the enumeration, and what a word that it does not have is read as."""
        super().__init__(
            enumeration,
            native_enum=False,
            create_constraint=True,
            length=40,
            values_callable=lambda words: [member.value for member in words],
            name=enumeration.__name__.lower(),
        )
        self.enumeration = enumeration
        self.newer = newer

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:  # noqa: ARG002
        """Store the word, whoever knows it."""
        return None if value is None else str(value)

    def result_processor(self, dialect: Dialect, coltype: Any) -> Callable[[Any], Any]:  # noqa: ARG002
        """Return words. The library's own refuses a whole answer for one that it does not know."""
        known: dict[str | None, Any] = {None: None, **{word.value: word for word in self.enumeration}}

        def read(value: str | None) -> Any:
            return known[value] if value in known else self._read_newer(value)

        return read

    def _read_newer(self, value: Any) -> Any:
        return newer_word(self.enumeration, value) if self.newer == AS_IT_IS else self.newer


def word(enumeration: type[StrEnum], newer: StrEnum | str | None = AS_IT_IS) -> Word:
    """A column for one of the domain's words."""
    return Word(enumeration, newer)


def as_json(model: BaseModel) -> dict[str, Any]:
    """A model as plain JSON without what is at its default."""
    return model.model_dump(mode="json", exclude_defaults=True)
