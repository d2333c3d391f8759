"""Calls' words as they were counted the last time, kept in a file: to count them takes a good part of a start.

The file holds plain arrays (NumPy's, no pickle), by what was counted: a text that is not in it is counted anew. So are
all where other code or other lists of words made it, or where it cannot be read.
"""

import hashlib
import logging
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from importlib.resources import files
from itertools import pairwise
from pathlib import Path
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from recommender.lexical import FIELDS, TermCounts, Vocabulary

log = logging.getLogger(__name__)

_COUNTED_BY = ("tokens.py", "lexical.py", "passages.py", "data/abbreviations.toml", "data/stopwords.txt")
_WORTH_KEEPING = 0.02  # of the calls; fewer new ones are counted again at the next start


class CountedWords:
    """The counts of a file by text, with the numbers of `vocabulary`; what is asked for is what is kept next."""

    def __init__(self, path: Path, vocabulary: Vocabulary) -> None:
        self._path = path
        self._vocabulary = vocabulary
        self._known: dict[int, TermCounts] = {}
        self._asked: dict[int, TermCounts] = {}
        self._new = 0

    @classmethod
    def read(cls, path: Path, vocabulary: Vocabulary) -> Self:
        """What the file holds; nothing where there is none, another program made it, or it is damaged."""
        found = cls(path, vocabulary)
        try:
            with path.open("rb") as file, np.load(file, allow_pickle=False) as kept:
                if str(kept["made_by"]) == made_by():
                    found._known = _counts_in({name: kept[name] for name in kept.files}, vocabulary)
        except FileNotFoundError:
            pass
        except Exception as error:  # a damaged archive raises what it likes, and without the file all is as well
            log.warning("words are counted anew: %s cannot be read: %s", path, error)
        return found

    def of(self, said: Sequence[str], count: Callable[[], TermCounts]) -> TermCounts:
        """The counts of a call's texts; those that are not known are taken from `count`."""
        key = _digest(said)
        found = self._known.get(key)
        if found is None:
            found = count()
            self._new += 1
        self._asked[key] = found
        return found

    def keep(self) -> None:
        """Write what was asked for, unless that is nearly what the file holds. A full disk is only logged."""
        if self._new <= _WORTH_KEEPING * len(self._asked):
            return
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            new = self._path.with_suffix(".new")  # one name, so that what a killed process left is written over
            with new.open("wb") as file:
                np.savez(file, allow_pickle=False, **self._arrays())
            new.replace(self._path)  # whole or not at all: others may read it meanwhile
        except OSError as error:
            log.warning("counted words are not kept: %s", error)

    def _arrays(self) -> dict[str, NDArray[Any]]:
        counted = list(self._asked.values())
        terms = np.concatenate([one.terms for one in counted])
        used = np.zeros(len(self._vocabulary), dtype=bool)
        used[terms] = True  # terms of calls that are gone are forgotten
        names = self._vocabulary.terms()
        return {
            "made_by": np.array(made_by()),
            "texts": np.array(list(self._asked), dtype=np.int64),
            "vocabulary": _bytes(names[number] for number in np.flatnonzero(used)),
            "starts": np.cumsum([0, *(len(one.terms) for one in counted)]),
            "terms": (np.cumsum(used) - 1)[terms].astype(np.int32),
            "fields": np.concatenate([one.fields for one in counted]),
            "counts": np.concatenate([one.counts for one in counted]),
            "lengths": np.array([one.lengths for one in counted], dtype=np.int32).reshape(-1, len(FIELDS)),
        }


def _counts_in(kept: dict[str, NDArray[Any]], vocabulary: Vocabulary) -> dict[int, TermCounts]:
    numbers = np.array(vocabulary.numbers(_lines(kept["vocabulary"])), dtype=np.int32)
    terms, fields, counts = numbers[kept["terms"]], kept["fields"], kept["counts"]
    whose = zip(
        kept["texts"].tolist(), pairwise(kept["starts"].tolist()), map(tuple, kept["lengths"].tolist()), strict=True
    )
    return {
        text: TermCounts(terms[begin:end], fields[begin:end], counts[begin:end], lengths)
        for text, (begin, end), lengths in whose
    }


def made_by() -> str:
    """What tells one way of counting from another: the code and the lists of words that it goes by."""
    whole = hashlib.sha256(unicodedata.unidata_version.encode())
    for name in _COUNTED_BY:
        whole.update(files("recommender").joinpath(name).read_bytes())
    return whole.hexdigest()


def _digest(said: Sequence[str]) -> int:
    whole = hashlib.blake2b("\x1f".join(said).encode("utf-8", "surrogatepass"), digest_size=8)
    return int.from_bytes(whole.digest(), "little", signed=True)


def _bytes(lines: Iterable[str]) -> NDArray[np.uint8]:
    return np.frombuffer("\n".join(lines).encode(), dtype=np.uint8)


def _lines(array: NDArray[Any]) -> list[str]:
    return array.tobytes().decode().split("\n")
