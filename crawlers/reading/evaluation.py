"""How well pages are read: a reader's answers beside hand-made labels, and two plain baselines.

The rules of scoring are those the labels were made by. A field that a label does not have is not
scored; a share of nothing is None, never 0 or 1.
"""

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dateparser.search import search_dates

from catalog.words import Kind, Profession
from crawlers.reading.cues import speaks_of_deadlines
from crawlers.reading.document import Document

Answer = Mapping[str, Any]
"""What a reader says of a page, in the form that `opportune read` prints."""

_FACULTY = frozenset({"mid_career", "senior"})
_NEAR = 120
_DIGIT = re.compile(r"\d")
_LONGEST_LINE = 1_000


@dataclass(frozen=True, slots=True)
class Labelled:
    """One labelled page: its name, the label, and the answers given on it."""

    name: str
    label: Mapping[str, Any]
    answer: Answer
    baselines: Mapping[str, str | None]


def scores(pages: Sequence[Labelled]) -> dict[str, Any]:
    """Score the answers on all pages: the object that `opportune evaluate reading --json` prints."""
    names = sorted({name for page in pages for name in page.baselines})
    return {
        "files": len(pages),
        "is_opportunity": {"f1": _f1(_opportunity_counts(pages))},
        "kind": {"accuracy": _share(_kind_is_right(page) for page in pages if _kind_is_scored(page))},
        "deadline": deadline_scores(pages, lambda page: page.answer.get("deadline")),
        "stages": {"f1": _f1(_stage_counts(pages))},
        "countries": {"accuracy": _share(_countries_are_right(page) for page in pages if _countries_are_scored(page))},
        "baselines": {name: deadline_scores(pages, lambda page, name=name: page.baselines.get(name)) for name in names},  # type: ignore[misc]
    }


def deadline_scores(pages: Sequence[Labelled], given: Callable[[Labelled], str | None]) -> dict[str, float | None]:
    """`exact`: the right main date, or none, on opportunities. `invented`: a date given where the label has none."""
    with_field = [page for page in pages if "deadline" in page.label]
    return {
        "exact": _share(
            given(page) == page.label["deadline"] for page in with_field if page.label.get("is_opportunity")
        ),
        "invented": _share(given(page) is not None for page in with_field if page.label["deadline"] is None),
    }


def mistakes(page: Labelled) -> list[str]:
    """What is wrong on one page, in words, for the person who mends the reader."""
    found = []
    if _opportunity_is_scored(page) and bool(page.answer.get("is_opportunity")) is not page.label["is_opportunity"]:
        found.append(f"is_opportunity: {page.answer.get('is_opportunity')}, should be {page.label['is_opportunity']}")
    if _kind_is_scored(page) and not _kind_is_right(page):
        found.append(f"kind: {page.answer.get('kind')}, should be {page.label['kind']}")
    wanted = page.label.get("deadline")
    if (
        "deadline" in page.label
        and (page.label.get("is_opportunity") or wanted is None)
        and page.answer.get("deadline") != wanted
    ):
        found.append(f"deadline: {page.answer.get('deadline')}, should be {wanted}")
    if _countries_are_scored(page) and not _countries_are_right(page):
        found.append(f"countries: {page.answer.get('countries')}, should be {page.label['countries']}")
    return found


def baselines_of(document: Document, today: dt.date) -> dict[str, str | None]:
    """The two plain ways to find a deadline: the first date of the page, and the first near a deadline word."""
    lines = [line for block in document.blocks for line in block.words.split("\n") if _DIGIT.search(line)]
    near = [
        line[max(0, found - _NEAR) : found + _NEAR]
        for line in lines
        if speaks_of_deadlines(line)
        for found in [_first_deadline_word(line)]
    ]
    return {"first_date": _first_date(lines, document, today), "near_deadline_word": _first_date(near, document, today)}


def _first_date(lines: Iterable[str], document: Document, today: dt.date) -> str | None:
    language = (document.language or "en").split("-")[0].lower()
    languages = (
        list(dict.fromkeys(["en", language])) if language in ("de", "es", "fr", "it", "nl", "pt", "ru") else ["en"]
    )
    settings = {
        "REQUIRE_PARTS": ["day", "month"],
        "RELATIVE_BASE": dt.datetime.combine(today, dt.time()),
        "RETURN_AS_TIMEZONE_AWARE": False,
    }
    for line in lines:
        found = search_dates(line[:_LONGEST_LINE], languages=languages, settings=settings)
        if found:
            return str(found[0][1].date().isoformat())
    return None


def _first_deadline_word(line: str) -> int:
    found = re.search(r"deadline|due|clos|last d|apply|submi|frist|limit|prazo|plazo", line, re.I)
    return found.start() if found else 0


def _share(right: Iterable[bool]) -> float | None:
    marks = list(right)
    return round(sum(marks) / len(marks), 4) if marks else None


def _f1(counts: tuple[int, int, int] | None) -> float | None:
    """F1 of (right, wrongly given, missed)."""
    if counts is None or not any(counts):
        return None
    right, wrong, missed = counts
    return round(2 * right / (2 * right + wrong + missed), 4)


def _opportunity_is_scored(page: Labelled) -> bool:
    return isinstance(page.label.get("is_opportunity"), bool)


def _opportunity_counts(pages: Sequence[Labelled]) -> tuple[int, int, int]:
    scored = [
        (bool(p.answer.get("is_opportunity")), p.label["is_opportunity"]) for p in pages if _opportunity_is_scored(p)
    ]
    return (
        sum(said and true for said, true in scored),
        sum(said and not true for said, true in scored),
        sum(true and not said for said, true in scored),
    )


def _kind_is_scored(page: Labelled) -> bool:
    return bool(page.label.get("is_opportunity")) and page.label.get("kind") in set(Kind)


def _kind_is_right(page: Labelled) -> bool:
    return bool(page.answer.get("kind") == page.label["kind"])


def _countries_are_scored(page: Labelled) -> bool:
    return bool(page.label.get("is_opportunity")) and "countries" in page.label


def _countries_are_right(page: Labelled) -> bool:
    return set(page.answer.get("countries") or ()) == set(page.label["countries"] or ())


def _stage_counts(pages: Sequence[Labelled]) -> tuple[int, int, int] | None:
    scored = [page for page in pages if page.label.get("is_opportunity") and "career_stages" in page.label]
    if not scored:
        return None
    right = wrong = missed = 0
    for page in scored:
        said = set(page.answer.get("career_stages") or ()) | _labelled_professions(page)
        true = {str(word) for word in page.label["career_stages"]}
        if "faculty" in true:
            met = said & _FACULTY
            true = true - {"faculty"} | (met or {"senior"})
        right, wrong, missed = right + len(said & true), wrong + len(said - true), missed + len(true - said)
    return right, wrong, missed


def _labelled_professions(page: Labelled) -> set[str]:
    """The professions said, of those that the labels' list of stages has."""
    words = {Profession.PHYSICIAN.value, Profession.NURSE.value, Profession.HEALTH_PROFESSIONAL.value}
    return words & set(page.answer.get("professions") or ())
