"""Whether a sentence tells where people will be once they are taken on, which is no place they have to live in.

"Fellows work in a hospital in Kenya for six weeks" tells of the offer; "applicants must be working in Kenya" asks.
"""

import re

_TAKEN_ON = re.compile(
    r"\b(?:participants?|fellows?|interns?|trainees?|scholars?|recipients?|awardees?|volunteers?|winners?|observers?"
    r"|successful (?:applicants?|candidates?)|(?<!if )(?<!when )you(?= (?:will|would|get|spend))|selected \w+)\s+"
    r"(?:(?:will|would|are|is|be|being|then|also|each|all|usually|normally|typically|both|get to|to)\s+){0,4}"
    r"(?:work\w*|based|liv(?:e|es|ing)|teach\w*|stay\w*|reside\w*|employed|practi[cs]\w+)\b[^.;]*$",
    re.IGNORECASE,
)
_FOR_A_WHILE = re.compile(
    r"[^.;]{0,40}?\b(?:for|over|during|throughout)\s+(?!at least|more than|over|a minimum|minimum)"
    r"(?:(?:an?|the|this|that|their|up to|about|full|whole|entire|next|first|one|two|three|four|five|six|eight|ten"
    r"|twelve|\d+)[\s-]+){0,4}"
    r"(?:days?|weeks?|months?|years?|summer|semester|term|fellowship|placement|programme|program|internship|elective"
    r"|doctorate|studies|stay|visit|training)\b",
    re.IGNORECASE,
)
_OF_APPLICANTS = re.compile(
    r"\b(?:must|should|(?<!successful )(?:applicants?|candidates?)|have|has|had|been|already|currently)\b",
    re.IGNORECASE,
)


def will_be_there(before: str, after: str) -> bool:
    """Whether those who work or live in the place between `before` and `after` do so as part of the offer."""
    if _OF_APPLICANTS.search(before):
        return False
    return bool(_TAKEN_ON.search(before) or _FOR_A_WHILE.match(after))


def is_plainly_the_offer(before: str, after: str) -> bool:
    """Whether nobody could take it for a condition: those taken on, in the future or for a time."""
    future = re.search(r"\b(?:will|would)\b", before, re.IGNORECASE)
    return bool(_TAKEN_ON.search(before) and (future or _FOR_A_WHILE.match(after)))
