"""What only a newer version knows, read by this one: for one release both run on one database (`catalog.releases`).

A row with such a word must keep nobody from the others. The word is read as it is, and equals none of ours; what a
person is held against is *unknown* by it; and of what was read on a page its words remain. What is merely broken is
mended by nobody: without a damaged condition a call would look open to all.
"""

import logging
from collections.abc import Sequence
from enum import StrEnum
from functools import cache, lru_cache
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from catalog.words import DeadlinePurpose, Funding, Kind, Outcome, Precision, RequirementType, Timing

_Word = TypeVar("_Word", bound=StrEnum)
logger = logging.getLogger("opportune.catalog")
_WORDS = {"kind": Kind, "outcome": Outcome, "timing": Timing, "funding": Funding}
_MENDED_AT_MOST = 100
"""Places in one row's JSON that a newer version wrote otherwise."""
_A_WORD, _A_FIELD = ("enum", "literal_error"), "extra_forbidden"
"""What is wrong with a word, or a field, that a newer version has added."""


@cache
def newer_word(enumeration: type[_Word], said: str) -> _Word:
    """A word that this version's enumeration does not have: shown as it is, and none of those that there are."""
    found = str.__new__(enumeration, said)
    found._name_, found._value_ = said.upper(), said
    return found


def as_word(enumeration: type[_Word], said: str) -> _Word:
    """A word that was kept as plain text: this version's, or a newer one's."""
    return next((word for word in enumeration if word == said), None) or newer_word(enumeration, said)


def read_as_far_as_known(adapter: TypeAdapter[Any], value: Any) -> Any:
    """JSON that this version refuses, without what only a newer one can have written; None where nothing is left.

    Raises ValidationError for everything else that is wrong.
    """
    for _ in range(_MENDED_AT_MOST):
        try:
            return adapter.validate_python(value, strict=False)
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            path, fault = first["loc"], first["type"]
            if not _is_of_a_newer_version(value, first):
                raise
        value = _mended(value, path, fault)
        _tell_once(repr(adapter), ".".join(name for name in path if isinstance(name, str)), fault)
        if value is None:
            return None
    return adapter.validate_python(value, strict=False)


@lru_cache(maxsize=500)
def _tell_once(of: str, where: str, fault: str) -> None:
    logger.warning("%s: %s is not known to this version (%s), and is read as far as it is", of, where or "it", fault)


def _is_of_a_newer_version(value: Any, error: ErrorDetails) -> bool:
    """Whether a newer version may have written it so: it adds words and fields, and changes none that there are."""
    if error["type"] in _A_WORD:
        return isinstance(error["input"], str)
    if error["type"] == "value_error":
        return _is_requirement(_part_at(value, error["loc"]))  # with a word that its vocabulary does not have
    return error["type"] == _A_FIELD


def _part_at(value: Any, path: Sequence[int | str]) -> Any:
    for name in path:
        value = value[name]
    return value


def _mended(value: Any, path: Sequence[int | str], fault: str) -> Any:
    """The same without what is at this path, or with what it says in our words; None where nothing is left."""
    if isinstance(value, list) and path:
        at = int(path[0])
        inner = _mended(value[at], path[1:], fault)
        return [*value[:at], *([] if inner is None else [inner]), *value[at + 1 :]]
    if _is_requirement(value) or path[0] == "precision":
        return _only_words(value)
    name, rest = str(path[0]), path[1:]
    if name == "purpose" and "precision" not in value:
        return None  # an amount for nobody knows what
    inner = _mended(value.get(name), rest, fault) if rest else _known(value, name, fault)
    others = {key: one for key, one in value.items() if key != name}
    return others if inner is None else {**others, name: inner}


def _is_requirement(part: Any) -> bool:
    return isinstance(part, dict) and "type" in part and "quote" in part


def _only_words(part: dict[str, Any]) -> dict[str, Any] | None:
    """What was read without its meaning: nobody is ruled out, and no day is passed, by what is not understood."""
    if not part.get("quote"):
        return None
    if _is_requirement(part):
        return {"type": RequirementType.OTHER, "quote": part["quote"], "alternative": part.get("alternative")}
    return {"precision": Precision.NONE, "quote": part["quote"]} if "precision" in part else None


def _known(part: dict[str, Any], name: str, fault: str) -> Any:
    """What a field says, in a word that can be handed on; None: it is left out, as what is not known yet."""
    if fault != "enum":
        return None
    if name == "purpose":
        return DeadlinePurpose.OTHER
    return newer_word(_WORDS[name], part[name]) if name in _WORDS else None
