"""What those who take part are told that they do there: "Participants draw a map". Only what is listed is harmless.

The verbs stand in `crawlers/reading/data/restrictions.toml`; any other is kept for a person to read, since "Fellows
resign from their post" lays down who can come.
"""

import re
from functools import cache

from crawlers.reading.patterns import words

_TABLE = "restrictions"
_WHO = (
    r"\W*(?:(?:the|our|each|every|all|both|small|selected|successful|accepted)\s+)*"
    r"(?:(?:successful|selected|chosen|winning) (?:candidates|applicants|nominees|authors|students)|scholars|delegates"
    r"|participants?|fellows?|interns?|trainees?|observers?|learners?|groups|awardees|winners|recipients|mentees)\s+"
    r"(?:(?:then|also|usually|normally|together|each)\s+)?"
)
_DOES_SOMETHING = re.compile(
    _WHO + r"(?!(?:are|is|be|ha[sd]|have|must|should|may|can|cannot|will|would|shall|ought|who|whose|that|with|without"
    r"|from|in|of|at|on|under|over|aged|based|and|or|not|no|do|does|did|were|was|already|currently|only|outside|within"
    r"|beyond|below|above|younger|older|for|to|as|by|than|but|per|eligib\w+|applicants?|candidates?|programmes?"
    r"|programs?|statements?|profiles?)\b)[a-z]+(?<!ing)(?<!ed)(?<!ly)\s+\w",
    re.IGNORECASE,
)
_ASKS_BESIDE = re.compile(
    r"\b(?:employ|consent|approv|resign|relocat|remain|return|nominat|background|visa|unpaid|sabbatical"
    r"|behind (?:them|him|her))"
    r"|\bproof of|\bleave (?:of|from)|\bbefore (?:they|applying|entry|entering|the application)"
    r"|\b(?:their|his or her|home|own) (?:own |home )?(?:hospital|clinic|institution|institute|department|employer"
    r"|university|school|practice|patients|country|ward|team|organi[sz]ation|supervisor|dean|ministry|government|post|job)s?\b",
    re.IGNORECASE,
)
"""What goes on to say where they come from, what they leave for it, or who must agree."""

_ARE_SOMETHING = re.compile(
    _WHO + r"(?:hold|possess|own|speak|live|reside|belong|represent|serve|come|study|practi[sc]e|lead|run|manage|head"
    r"|number|qualify|need|require|commit|give up|share|lack|fall|secure|fund|finance|find|arrange|organi[sz]e|name"
    r"|identify|enter)s?\b",
    re.IGNORECASE,
)
"""What says what they are or must see to, and not what is done there."""


def what_they_do(text: str) -> re.Match[str] | None:
    """Where a sentence says in plain words what those who take part do, whatever it is."""
    return _DOES_SOMETHING.match(text)


def what_is_asked_by_it(text: str) -> re.Match[str] | None:
    """Where a sentence says what those who take part are, or what they leave or need for it."""
    return (_ASKS_BESIDE.search(text) or _ARE_SOMETHING.match(text)) if what_they_do(text) else None


def asks_nothing_by_it(text: str) -> bool:
    """Whether what they do is of the list, and nothing is asked of them beside it."""
    return bool(_listed().match(text)) and not _ASKS_BESIDE.search(text)


@cache
def _listed() -> re.Pattern[str]:
    return re.compile(_WHO + words(_TABLE, "doing").pattern, re.IGNORECASE)
