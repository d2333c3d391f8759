"""Sentences that plainly say who may apply and from which nothing was read: kept, for a person to read.

Silence would mean that anyone may apply. "Cardiology fellows may apply" says otherwise, whether or
not our vocabularies have a word for them.
"""

import re

from crawlers.reading.applicants import asks_nothing, only_liked

_SAYS_WHO = re.compile(
    "|".join(
        (
            r"\b(?:is|are) (?:not |also )?(?:eligible|ineligible|excluded)\b(?! (?:expenses?|costs?))",
            r"\b(?<!\byou )(?:may|can) (?:not |only )?apply\b"
            r"(?! (?:the|by|for|from|through|via|at|to|online|until|now|here|early|any time|directly))",
            r"\bopen (?:only )?to (?!the public|everyone|submissions|applications|apply)",
            r"\b(?:is|are) (?:restricted|limited) to (?!\d|one|two|three|a maximum|the first)",
            r"\b(?:welcomes?|invites?|accepts?) (?:applications|applicants|candidates|submissions|proposals) from ",
            r"\bapplications? (?:is|are) (?:invited|welcomed?|accepted|sought) from ",
            r"\b(?:aimed at|designed for|intended for|addressed to|meant for|targeted at|reserved for|tailored to) ",
            r"\b(?:will|can|may) ?not be (?:considered|accepted|admitted|eligible)\b",
            r"\b(?:degree|ph\.?d\.?|doctorate|mph|md|diploma|licen[cs]e|licensure|qualification|citizenship|residency"
            r"|nationality|fluency|certification|membership|experience)\b[^.;]{0,60}"
            r"\b(?:is|are) (?:required|expected|needed|essential|mandatory|a prerequisite|necessary)\b",
            r"\b(?:applicants?|candidates?|nominees?|fellows|trainees|participants|students?|you) "
            r"(?:must|need to|are required to|have to|should) (?:not )?"
            r"(?:be (?!submitted|received|sent|available|able|present|prepared|aware|notified|informed|willing)"
            r"|have (?!access|their|the opportunity|a chance)"
            r"|hold\b|speak\b|possess\b|live\b|reside\b|work in\b|belong\b|come from\b)",
        )
    ),
    re.IGNORECASE,
)
_ANYONE = re.compile(
    r"\b(?:anyone|anybody|everyone|everybody|whoever|worldwide|regardless|irrespective|international applicants"
    r"|all (?:applicants|nationalities|interested|countries|disciplines|backgrounds|researchers|authors|health)"
    r"|any (?:nationality|country|stage|one|interested|discipline|career)"
    r"|no (?:restrictions?|citizenship|nationality|age limit|degree)|without (?:regard|restriction)"
    r"|(?:costs?|expenses?|projects?|proposals?|papers?|manuscripts?|activities|items|countries|institutions"
    r"|organi[sz]ations|purchases) (?:is|are|that are) (?:not )?(?:eligible|ineligible))\b",
    re.IGNORECASE,
)
_BUT = re.compile(r"\b(?:but|however|although|provided(?: that)?)\b", re.IGNORECASE)
_AFTERWARDS = re.compile(r"\b(?:must|need to|have to|only|be|live|reside)\b", re.IGNORECASE)
_QUESTION = re.compile(r"\?\s*$|^\W*(?:who|how|when|where|what|if|to apply)\b", re.IGNORECASE)
_FROM_WHOM = re.compile(r"\bfrom\b", re.IGNORECASE)


def says_who(text: str) -> re.Match[str] | None:
    """Where a sentence plainly says who may apply, and not that anyone may or who is liked best."""
    if _QUESTION.search(text):
        return None
    if _ANYONE.search(text) or asks_nothing(text):
        rest = _BUT.search(text)
        return _AFTERWARDS.search(text, rest.end()) if rest else None
    found = _SAYS_WHO.search(text)
    return None if found and only_liked(text) and not _FROM_WHOM.search(found.group()) else found
