"""The wording that speaks for or against a journal's call or an event.

Taken from what librarians warn of (thinkchecksubmit.org, COPE's discussion of predatory publishing):
promises that peer review cannot keep, flattery of strangers, invented metrics, hurry and money.
A sign is a phrase that honest calls have no use for; a word alone ("rapid") is none.
"""

import re
from dataclasses import dataclass

from catalog.words import Kind

_BOTH = frozenset({Kind.JOURNAL_CALL, Kind.WORKSHOP})
_JOURNAL = frozenset({Kind.JOURNAL_CALL})
_EVENT = frozenset({Kind.WORKSHOP})


@dataclass(frozen=True, slots=True)
class Sign:
    """A phrase, what it tells a mentor, and in which kinds it means that."""

    code: str
    text: str
    words: re.Pattern[str]
    kinds: frozenset[Kind] = _BOTH


def _sign(code: str, text: str, words: str, kinds: frozenset[Kind] = _BOTH) -> Sign:
    return Sign(code, text, re.compile(words, re.I), kinds)


AGAINST = (
    _sign(
        "acceptance_promised",
        "It promises acceptance or publication, which honest review cannot.",
        r"\b(?:guarante(?:e[ds]?|es) (?:\w+ ){0,3}(?:acceptance|publication|indexing)"
        r"|(?:acceptance|publication|indexing) (?:is )?(?:100 ?% )?guaranteed"
        r"|all (?:submitted |registered )?(?:papers|manuscripts|abstracts) (?:will|shall) be (?:accepted|published)"
        r"|100 ?% (?:acceptance|publication))\b",
    ),
    _sign(
        "hurry",
        "It promises to review or publish within days.",
        r"\b(?:publish(?:ed|es)?|publication|accept(?:ed|ance)|review(?:ed)?|decision)\b[^.\n]{0,40}"
        r"\b(?:within|in) (?:just |only |as little as )?"
        r"(?:(?:\d{1,2}|(?:\d\s?[-–]\s?)\d) (?:hours|hrs)|(?:[1-7](?:\s?[-–]\s?[1-7])?|two|three|four|five|seven) "
        r"(?:working |business )?days)\b"
        r"|\b(?:fast|quick|rapid|speedy)[- ](?:track )?publication (?:is )?(?:guaranteed|assured|within)\b",
        _JOURNAL,
    ),
    _sign(
        "flattery",
        "It flatters strangers, as bulk invitations do.",
        r"\bgreetings (?:of the day|from the (?:editorial|journal|conference))\b"
        r"|\b(?:dear|respected) (?:esteemed|eminent|distinguished|honou?rable|renowned)\b"
        r"|\b(?:your|the) (?:eminent|esteemed|valuable|illustrious) (?:contribution|presence|manuscript|paper|self)\b"
        r"|\bwe (?:came|have come) across your (?:\w+ ){0,3}(?:paper|article|work|profile)\b",
    ),
    _sign(
        "invented_metric",
        "It boasts of a metric or an index that the field does not use.",
        r"\b(?:global impact factor|universal impact factor|journal impact factor \(?jif\)?|sjif|isi impact factor"
        r"|index copernicus|cosmos impact factor|scientific journal impact factor|citefactor)\b",
        _JOURNAL,
    ),
    _sign(
        "money_first",
        "It sells: a discount for hurry, or publication for a payment.",
        r"\b(?:discount|offer)\b[^.\n]{0,50}"
        r"\b(?:if you (?:submit|register|pay)|(?:valid )?(?:only )?until|before)\b"
        r"[^.\n]{0,30}\b(?:submission|manuscript|paper|fee|apc|article)"
        r"|\b(?:low|lowest|nominal|affordable) (?:publication|processing|article) (?:fees?|charges?)\b"
        r"|\bpay(?:ment)?\b[^.\n]{0,30}\b(?:and|to) (?:get|be) published\b",
        _JOURNAL,
    ),
    _sign(
        "free_mailbox",
        "Papers go to a free mailbox or a messenger, not to the organiser.",
        r"\b(?:submit|send|e-?mail|register)\b[^.\n]{0,60}[\w.+-]+@(?:gmail|yahoo|hotmail|outlook|aol)\.[a-z.]{2,6}\b"
        r"|\b(?:submit|send)\b[^.\n]{0,40}\b(?:whats ?app|telegram)\b",
    ),
    _sign(
        "any_subject",
        "It takes any subject whatever.",
        r"\b(?:all|any) (?:areas|fields|branches|disciplines|subjects|topics) of (?:science|research|study|knowledge)\b"
        r"|\bmulti-?disciplinary\b[^.\n]{0,60}\b(?:engineering|management|law|arts|commerce)\b",
    ),
    _sign(
        "seat_for_sale",
        "It offers a place as speaker or chair to whoever registers.",
        r"\b(?:speaker|keynote|chair) (?:slots?|opportunit(?:y|ies)|positions?) (?:are |still )*"
        r"(?:available|open|limited)\b"
        r"|\b(?:best (?:paper|presentation) (?:award|certificate)s?) (?:for|to) (?:all|every)\b",
        _EVENT,
    ),
)

FOR = (
    _sign(
        "society",
        "It is the journal or the meeting of a learned society.",
        r"\b(?:official|flagship) (?:journal|publication|meeting|congress|conference) of (?:the )?[\w ,'’&-]{3,80}"
        r"\b(?:society|association|college|academy|federation|union)\b"
        r"|\bpublished (?:on behalf of|by) (?:the )?[\w ,'’&-]{2,80}\b(?:society|association|college|academy)\b",
    ),
    _sign(
        "medline",
        "It says that it is indexed in MEDLINE or PubMed Central. Look it up there.",
        r"\bindexed (?:in|by|on)\b[^.\n]{0,80}\b(?:MEDLINE|PubMed Central|PMC)\b",
        _JOURNAL,
    ),
    _sign(
        "ethics",
        "It states the ethics that it follows (COPE, ICMJE).",
        r"\b(?:committee on publication ethics|member of COPE|COPE(?:'s)? (?:guidelines|member)|ICMJE)\b",
        _JOURNAL,
    ),
    _sign(
        "accredited",
        "It is accredited for continuing education.",
        r"\b(?:accredited (?:by|for|with)|(?:CME|CPD|CNE|EACCME)[ -](?:credits?|points?|accredited|hours?)"
        r"|credits? of (?:CME|CPD))\b",
        _EVENT,
    ),
)
