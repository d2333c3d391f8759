"""Why a call is shown: the sentence of it that answers a goal, the words they share, and one line in all.

A sentence is always a piece of the call's own text, word for word.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from catalog.columns import Float32
from catalog.recurrence import in_words
from catalog.standing import Standing, Timetable, begins_at
from catalog.tables import Opportunity
from catalog.words import Funding, Status, Verdict
from recommender.eligibility import judge, missing
from recommender.lexical import Lexicon
from recommender.passages import CallText, call_passages, sentences
from recommender.people import MenteeFacts
from recommender.reasons import (
    NONE_CONFIRMED,
    Confirmations,
    Eligibility,
    GoalMatch,
    Reasons,
    Step,
    TimeLeft,
)
from recommender.reckoning import reckoning
from recommender.results import CallSummary
from recommender.sought import Sought
from recommender.time_left import asked_steps, time_left
from recommender.tokens import terms

SHORTEST, LONGEST = 4, 60  # words of a sentence worth quoting whole
MOST_CHARACTERS = 320
SAID_IN_THE_ROW = 0.3  # the share of a title's worth, and of a scrap's: both are seen or say little
SAYS_SOMETHING = 0.01  # so that a sentence of the nearest passage is preferred to none
IN_THE_BEST_PASSAGE = 1.3  # a sentence of the passage that is nearest in meaning counts for more


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a call, word for word, the field it stands in, and its terms."""

    field: str
    text: str
    terms: frozenset[str]
    plain: str
    length: int  # in words


@dataclass(frozen=True, slots=True, eq=False)
class CallDetails:
    """A call as it is shown: its row's fields, its readable text, its sentences, and what they ask for in advance."""

    summary: CallSummary
    text: CallText
    sentences: tuple[Sentence, ...]
    steps: tuple[Step, ...]
    row: Opportunity
    passages: tuple[str, ...]  # in plain letters


def details_of(row: Opportunity) -> CallDetails:
    """Everything about a call that its reasons are made of."""
    text = CallText(row.title, row.organisation, row.summary, row.description, tuple(row.tags))
    pieces = [("title", row.title)]
    fields = ("description",) if text.summary_is_excerpt else ("summary", "description")
    pieces += [(name, one) for name in fields for one in sentences(getattr(row, name))]
    summary = CallSummary(
        **{name: getattr(row, name) for name in CallSummary.__slots__ if name not in ("tags", "flags")},
        tags=tuple(row.tags),
        flags=tuple(row.flags),
    )
    said = tuple(Sentence(name, one, frozenset(terms(one)), _plain(one), len(one.split())) for name, one in pieces)
    passages = tuple(map(_plain, call_passages(text)))
    return CallDetails(summary, text, said, tuple(asked_steps([one for _, one in pieces])), row, passages)


def best_sentence(details: CallDetails, weighed: Mapping[str, float], nearness: Float32 | None) -> tuple[str, str]:
    """The (field, sentence) of a call that says most of what is sought.

    weighed: what each sought term says of the call. nearness: how near each of its passages is, to prefer the nearest
    one's words.
    """
    near = _nearest_passage(details, nearness)
    best, best_value = details.sentences[0], 0.0
    for sentence in details.sentences:
        value = sum(weighed[term] for term in sentence.terms & weighed.keys())
        if near and sentence.plain in near:
            value = value * IN_THE_BEST_PASSAGE + SAYS_SOMETHING
        if not value:
            continue
        value /= 1 + max(0, sentence.length - LONGEST) / LONGEST
        if sentence.length < SHORTEST or sentence.field == "title":
            value *= SAID_IN_THE_ROW
        if value > best_value + 1e-9:
            best, best_value = sentence, value
    return best.field, _cut(best.text)


def match_goal(
    details: CallDetails,
    goal: tuple[str, Sought],
    also: tuple[str, ...],
    lexicon: Lexicon,
    call: int,
    nearness: Float32 | None,
) -> GoalMatch:
    """Which goal (its id, and what it seeks) a call serves and by which of its words."""
    goal_id, wanted = goal
    weighed = wanted.weighed(lexicon, call)
    name, sentence = best_sentence(details, weighed, nearness)
    return GoalMatch(goal_id, wanted.text, sentence, name, wanted.shared(weighed), also)


def reasons(
    details: CallDetails,
    match: GoalMatch | None,
    person: MenteeFacts,
    standing: Standing,
    now: dt.datetime,
    learned: tuple[str, ...] = (),
    confirmed: Confirmations = NONE_CONFIRMED,
) -> Reasons:
    """All the reasons, each with the words it comes from.

    learned: what earlier decisions moved it by. confirmed: what a mentor said of this call's conditions.
    """
    row = details.row
    eligibility = judge(row.requirements, person, confirmed, reckoning(Timetable.of(row)))
    left = time_left(row.kind, standing, details.steps, now, row.starts.on if row.starts else None)
    return Reasons(
        line=_line(match, eligibility, left, standing),
        match=match,
        eligibility=eligibility,
        time_left=left,
        changes_verdict=_what_would_change(eligibility),
        warnings=_warnings(row, person),
        learned=learned,
    )


def _what_would_change(eligibility: Eligibility) -> tuple[str, ...]:
    if eligibility.verdict is Verdict.INELIGIBLE:
        return tuple(entry.gap for entry in missing(eligibility))
    return (eligibility.question,) if eligibility.question else ()


def _warnings(row: Opportunity, person: MenteeFacts) -> tuple[str, ...]:
    found = []
    if row.funding is Funding.FEE:
        found.append("costs a fee")
    elif person.needs_funding and row.funding is Funding.NONE:
        found.append("pays nothing")
    starts = begins_at(row.starts) if row.starts else None
    if person.available_from is not None and starts is not None and starts.date() < person.available_from:
        found.append("starts before they are available")
    return tuple(found)


def _line(match: GoalMatch | None, eligibility: Eligibility, left: TimeLeft, standing: Standing) -> str:
    verdict = {
        Verdict.ELIGIBLE: "May apply, as a mentor confirmed" if eligibility.confirmed_at else "May apply",
        Verdict.INELIGIBLE: "May not apply",
        Verdict.UNKNOWN: "Eligibility not certain",
    }[eligibility.verdict]
    said = f"“{match.sentence}” " if match else ""
    return f"{said}{verdict}; {_time(left, standing)}."


def _time(left: TimeLeft, standing: Standing) -> str:
    if left.days is not None:
        return "closes today" if left.days == 0 else f"{left.days} day{'s' if left.days != 1 else ''} left"
    if standing.expected is not None:
        return f"expected {in_words(standing.expected)}; not yet announced"
    return {
        Status.ROLLING: "open all the time",
        Status.EXPECTED: "expected, not yet announced",
        Status.UPCOMING: "not open yet",
    }.get(standing.status, "no deadline given")


def _nearest_passage(details: CallDetails, nearness: Float32 | None) -> str:
    if nearness is None or not len(nearness):
        return ""
    at = int(np.argmax(nearness))
    return details.passages[at] if at < len(details.passages) else ""  # the text may have changed since it was embedded


def _cut(sentence: str) -> str:
    if len(sentence) <= MOST_CHARACTERS:
        return sentence
    return sentence[:MOST_CHARACTERS].rsplit(None, 1)[0]


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()
