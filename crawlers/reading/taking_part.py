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


def what_they_do(text: str) -> re.Match[str] | None:
    """Where a sentence says in plain words what those who take part do, whatever it is."""
    return _DOES_SOMETHING.match(text)


def asks_nothing_by_it(text: str) -> bool:
    """Whether what they do is of the list, and nothing is asked of them beside it."""
    return bool(_listed().match(text)) and not _ASKS_BESIDE.search(text)


@cache
def _listed() -> re.Pattern[str]:
    return re.compile(_WHO + words(_TABLE, "doing").pattern, re.IGNORECASE)
