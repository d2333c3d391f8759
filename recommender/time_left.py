"""Is there time? What a call asks for before its deadline, how long that takes, and when to begin.

That a call asks for letters, a nomination, ethics approval, a visa or a language test is read from
its own sentences and quoted; how long each takes is our assumption (`recommender/data/steps.toml`) unless the
sentence says it. The steps run side by side, so the one that must begin first decides. A visa must be there when
it starts, everything else by the deadline.
"""

import datetime as dt
import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

from catalog.standing import Standing
from catalog.words import Kind, Status
from recommender.reasons import Basis, Step, TimeLeft

_LONGEST = 366
_NUMBERS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "eight": 8, "ten": 10, "twelve": 12}
_NUMBER = rf"\d{{1,3}}|{'|'.join(_NUMBERS)}"
_SPAN = rf"\b(?P<least>{_NUMBER})(?:\s*(?:-|–|to|or)\s*(?P<most>{_NUMBER}))?\s*(?P<unit>days?|weeks?|months?)\b"
_TAKES = re.compile(
    r"\b(?:allow(?:ing)?|tak(?:es?|ing)(?! (?:place|part))|lead[- ]times?|processing(?: times?)?)\b"
    rf"[^.;]{{0,40}}?{_SPAN}(?!\s*(?:of (?:experience|training|funding)|long|stay))",
    re.IGNORECASE,
)
_IN_ADVANCE = re.compile(
    r"\b(?:at least|a minimum of|(?:no|not) later than) "
    rf"{_SPAN}(?= (?:ahead|in advance|beforehand|before|prior)\b)",
    re.IGNORECASE,
)
_SOMETHING_ELSE = re.compile(  # how old a paper may be, how long somebody stays, how long the programme itself takes
    r"\b(?:last|past|previous|preceding|within|stay\w*|dated|obtained|issued|valid|old|older)\b"
    r"|\b(?:program(?:me)?|course|fellowship|internship|placement|training|project)s? (?:\w+ )?tak(?:es?|ing)\b",
    re.IGNORECASE,
)
_SAYS = (
    r"\b(?:is|are|be|must|should|will|may|can|needs?|needed|requires?|required|submit|send|provide|include|attach)\b"
)
_CLAUSE_ENDS = re.compile(
    r"[;:.]\s|\s[–—-]\s|,?\s(?:but|whereas|while)\s|,?\sand\s(?=(?:no|we)\b)"
    rf"|,\s(?=(?:no|we)\b)|,\s(?=[^,;]*?{_SAYS})",
    re.IGNORECASE,
)
_NOT_ASKED = re.compile(
    r"\b(?:not (?:be )?(?:required|needed|necessary|accepted|considered|requested)|no (?:need|visas?|letters?|"
    r"references?|recommendations?|nominations?|transcripts?|language test|ielts|toefl)|"
    r"(?:do|does|will) not (?:need|require|ask)|"
    r"don[’']t need|without (?:a )?(?:visa|letters?|references?|nomination)|"
    r"(?:we|the (?:host|organi[sz]ers?|programme|program|office)) (?:will )?"
    r"(?:arrange|obtain|take care of|organi[sz]e|pay for|cover)|waived?|exempt(?:ed)?)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Known:
    what: str
    days: int
    asks: re.Pattern[str]
    plainly: re.Pattern[str]  # the same for text in lower case, in half the time
    before: Literal["deadline", "start"]


def time_left(
    kind: Kind, standing: Standing, asked: Sequence[Step], now: dt.datetime, starts: dt.date | None = None
) -> TimeLeft:
    """Days left until the deciding deadline, whether they suffice, and the latest sensible day to begin.

    `starts`: the day on which it begins, by which a visa must be there.
    """
    steps = (*asked, _writing(kind))
    basis = _basis(standing)
    closes = standing.day or (standing.closes_at.date() if standing.closes_at is not None else None)
    if basis is Basis.EXPECTED and standing.expected is not None:
        closes = standing.expected.first  # the earliest, so that it is not too late
    start_by = _start_by(steps, None if basis in (Basis.ROLLING, Basis.UNKNOWN) else closes, starts)
    if basis is not Basis.DEADLINE or standing.closes_at is None:
        return TimeLeft(start_by=start_by, steps=steps, basis=basis)
    days = max(0, (standing.closes_at - now).days)
    enough = start_by is None or now.date() <= start_by
    return TimeLeft(days, enough, start_by, steps, basis)


def asked_steps(sentences: Sequence[str]) -> list[Step]:
    """What the call's own sentences ask for in advance, each with the first sentence that does."""
    whole = "\n".join(sentences)
    plain = whole.lower() if whole.isascii() else None  # beyond ASCII, lower case is not all that case ignores
    found = []
    for known in _steps():
        if plain is not None and known.plainly.search(plain) is None:
            continue
        quote = next((sentence for sentence in sentences if _asks(known, sentence)), None)
        if quote is not None:
            stated = _stated_days(quote)
            found.append(Step(known.what, stated or known.days, quote, stated=stated is not None, before=known.before))
    return found


def _basis(standing: Standing) -> Basis:
    if standing.status is Status.EXPECTED:
        return Basis.EXPECTED
    if standing.status is Status.ROLLING:
        return Basis.ROLLING
    return Basis.UNKNOWN if standing.closes_at is None or standing.status is Status.UNKNOWN else Basis.DEADLINE


def _start_by(steps: Sequence[Step], closes: dt.date | None, starts: dt.date | None) -> dt.date | None:
    """The earliest of the days on which each step must begin; None when nothing is dated."""
    begin = []
    for step in steps:
        due = starts if step.before == "start" and starts is not None else closes
        if due is not None:
            begin.append(due - dt.timedelta(days=min(step.days, (due - dt.date.min).days)))
    return min(begin, default=None)


def _asks(known: _Known, sentence: str) -> bool:
    """Whether a sentence asks for it, and does not say in the same clause that it is not needed or seen to."""
    return any(not _NOT_ASKED.search(_clause(sentence, found)) for found in known.asks.finditer(sentence))


def _clause(sentence: str, found: re.Match[str]) -> str:
    """The part of a sentence that says something of what was found: "no transcripts are needed" is another's."""
    ends = [end for end in _CLAUSE_ENDS.finditer(sentence) if _parts(sentence, end)]
    start = max((end.end() for end in ends if end.end() <= found.start()), default=0)
    stop = min((end.start() for end in ends if end.start() >= found.end()), default=len(sentence))
    return sentence[start:stop]


def _parts(sentence: str, end: re.Match[str]) -> bool:
    """Whether what stands before a comma is a clause too, and not the first of a list."""
    return not end.group().startswith(", ") or re.search(_SAYS, sentence[: end.start()], re.IGNORECASE) is not None


def _stated_days(quote: str) -> int | None:
    """How long the words themselves say that it takes: "allow at least six weeks"; the longer end of a span."""
    found = _TAKES.search(quote) or _IN_ADVANCE.search(quote)
    if found is None or _SOMETHING_ELSE.search(quote, 0, found.end()):
        return None
    number = found["most"] or found["least"]
    count = int(number) if number.isdigit() else _NUMBERS[number.lower()]
    days = count * {"d": 1, "w": 7, "m": 30}[found["unit"][0].lower()]
    return days if 0 < days <= _LONGEST else None


def _writing(kind: Kind) -> Step:
    days = _writing_days()
    return Step("writing it", days.get(kind, max(days.values())), assumed=True)  # a kind may be a newer version's


@cache
def _table() -> dict[str, dict[str, dict[str, str | int]]]:
    table: dict[str, dict[str, dict[str, str | int]]] = tomllib.loads(
        files("recommender").joinpath("data/steps.toml").read_text("utf-8")
    )
    return table


@cache
def _steps() -> tuple[_Known, ...]:
    return tuple(
        _Known(
            str(entry["what"]),
            int(entry["days"]),
            re.compile(str(entry["asks"]), re.IGNORECASE),
            re.compile(_in_lower_case(str(entry["asks"]))),
            "start" if entry.get("before") == "start" else "deadline",
        )
        for entry in _table()["steps"].values()
    )


def _in_lower_case(pattern: str) -> str:
    """The pattern. Raises ValueError when it has a capital: it would find nothing in lower case."""
    if re.search(r"(?<!\\)[A-Z]", pattern):
        raise ValueError(f"write what asks for a step in lower case: {pattern}")
    return pattern


@cache
def _writing_days() -> dict[Kind, int]:
    return {Kind(kind): int(entry["days"]) for kind, entry in _table()["writing"].items()}
