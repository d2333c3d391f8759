"""Sentences that plainly say who may apply and from which nothing was read: kept, for a person to read.

Silence would mean that anyone may apply. "Cardiology fellows may apply" says otherwise, whether or
not our vocabularies have a word for them.
"""

import re

from crawlers.reading.applicants import asks_nothing, only_liked, without_all_places
from crawlers.reading.degree_years import DEGREE_IN_YEARS
from crawlers.reading.harmless import asks_of_nobody, is_idle, is_lead_in, tells_of_benefits
from crawlers.reading.patterns import words
from crawlers.reading.restrictions import asks_of_people, said_of_papers
from crawlers.reading.wordings import Seldom

_SAYS_WHO = Seldom(
    "|".join(
        (
            r"\b(?:is|are) (?:not |also )?(?:eligible|ineligible|excluded)\b(?! (?:expenses?|costs?))",
            r"\b(?<!\byou )(?:may|can) (?:not |only )?apply\b"
            r"(?! (?:the|by|for|from|through|via|at|to|online|until|now|here|early|any time|directly))",
            r"\bopen (?:only )?to (?!the public|everyone|all(?=\W*$)|submissions|applications|apply)",
            r"\b(?:is|are) (?:restricted|limited) to "
            r"(?!\d|one|two|three|a maximum|the first|\w+ (?:hours|days|weeks|months|places|pages|words)\b)",
            r"\b(?:welcomes?|invites?|accepts?) (?:applications|applicants|candidates|submissions|proposals) from ",
            r"\bapplications? (?:is|are) (?:invited|welcomed?|accepted|sought) from ",
            r"\b(?:aimed at|designed for|intended for|addressed to|meant for|targeted at|reserved for|tailored to) ",
            r"\b(?:applicants?|candidates?|participants?|students|trainees|you) (?:need|require|needs"
            r"|requires) (?!to\b|not\b)",
            r"\b(?:may|can) ?not(?=[.;,]|$)",
            r"\b(?:will|can|may) ?not be (?:considered|accepted|admitted|eligible)\b",
            r"\b(?:degree|ph\.?d\.?|doctorate|mph|md|diploma|licen[cs]e|licensure|qualification|citizenship|residency"
            r"|nationality|fluency|certification|membership|experience)\b[^.;]{0,120}"
            r"\b(?:(?:is|are) expected|required|needed|essential|mandatory|a prerequisite|necessary)\b",
            r"\b(?:students|residents|fellows|trainees|nurses|midwives|doctors|physicians|registrars|interns"
            r"|pupils|faculty)\b[^.;]{0,60}\b(?:may|can) (?:attend|take part|participate|join|enter|register|enrol)\b",
            *DEGREE_IN_YEARS,
            r"^\W*(?:sans|sin|sem|ohne|senza|without)(?! (?:exig|requis|necess|condi|restri|obrig|oblig"
            r"|l[íi]mit|need))(?: \w+){0,2} "
            r"(?:doctorat\w*|doctorado|doutorado|promotion|dottorato|ph\.?d|degree|dipl[ôo]m\w+|t[íi]tulo|licen\w+)\W*$",
            r"\b(?:applicants?|candidates?|nominees?|fellows|trainees|participants|students?|you) "
            r"(?:must|need to|are required to|have to|should) (?:not )?"
            r"(?:be (?!submitted|received|sent|available|able|present|prepared|aware|notified|informed|willing)"
            r"|have (?!access|their|the opportunity|a chance)"
            r"|hold\b|speak\b|possess\b|live\b|reside\b|work in\b|belong\b|come from\b)",
        )
    ),
)
_DEMANDS = re.compile(
    r"\b(?:must|cannot|can not|may not|shall|has to|have to|needs? to|(?:is|are) required to)\s+"
    r"(?:(?:not|also|currently|already|either|all|both|normally|usually|themselves|only|first|therefore)\s+)*"
    r"(?!(?:propos\w*|plan|conduct|perform|present|demonstrate how|explain|outline|declare|disclose|answer|check"
    r"|create|log|submit"
    r"|send|includ\w*|provide|upload|attend|contact|use|follow|describe|contain|exceed|pay|arrange|cover|bring"
    r"|email|choose|save|keep|know|remember|wait|make|do\b|start|finish|stay|leave|travel|obtain|get|ask|call"
    r"|meet with"
    r"|undertake|carry out|work on|participate|take part|find|identify|name|list|show (?:how|that)"
    r"|arrive|agree|commit|note|fill|ensure|reach|state|indicate|mention|give|write|sign|attach|acknowledge"
    r"|adhere|comply"
    r"|cite|register|apply|return|report|accept|confirm|book|choose|select|take place|last|begin|start|address|relate"
    r"|focus|deal|complete (?:the|an?|our|this) (?:\w+ )?(?:form|application|survey)"
    r"|be (?:submitted|received|sent|made|uploaded|written|signed|typed|formatted|accompanied|original|available|able"
    r"|present|prepared|aware|notified|informed|willing|used|paid|booked|completed online|in english|in pdf|no longer"
    r"|double|anonym\w+|limited|approved|related|relevant|conducted|carried|returned|sought|clear\w*|addressed))\b)",
    re.IGNORECASE,
)
"""What people have to be or may not do: the words of any condition, whoever it is laid on."""
_FORBIDS = re.compile(
    r"\b(?:cannot|can not|may not|must not)\b(?! (?:exceed|be (?:longer|more|reimbursed|refunded|guaranteed"
    r"|extended|deferred"
    r"|transferred)|guarantee|cover|contain|include|apply (?:for|to) more|submit more))",
    re.IGNORECASE,
)
"""What people may not do or be: "those who are graduating cannot take part"."""
_PEOPLE = re.compile(
    r"\b(?:applicants?|candidates?|recipients?|winners?|holders?|persons?|people|individuals|students?"
    r"|trainees?|interns?"
    r"|graduates?|members?|nominees?|participants?|entrants?|authors?|fellows|they|you|who|those|citizens?|nationals?"
    r"|residents?|professionals?|researchers?|doctors?|nurses?)\b(?!['’])",
    re.IGNORECASE,
)
_AUDIENCE = re.compile(
    r"^\W*for (?!more|further|quer|questions?|details|information|example|instance|all\b|any\b|full|help|this|each"
    r"|the\b|an?\b|additional|up to|\d|free|inquir|enquir|over|many|every|us|you\b|your|those|its|our)(?=\w)"
    r"|\b(?:posters?|papers?|essays?|abstracts?|presentations?|articles?|case reports?|projects?|submissions?)"
    r" (?:submitted |written |presented |authored )?by (?:an? |any )?(?:\w+ ){0,2}(?:students?|trainees?)\b"
    r"|\b(?:is|are) (?:only |mainly |primarily |specifically )?for (?!free|the\b|an?\b|up to|\d|one|two|three|four"
    r"|six|twelve|travel|research|costs?|all\b|any\b|every|this|use|you\b|your|more|information|sale|each|our"
    r"|consideration)(?=\w)",
    re.IGNORECASE,
)
"""For whom something is: "for pupils in Year 12", "the scheme is for veterinary graduates"."""
_ANYONE = re.compile(
    r"\b(?:anyone|anybody|everyone|everybody|whoever|worldwide|regardless|irrespective"
    r"|international applicants(?! (?:who|with|from|must|holding))"
    r"|all (?:applicants|nationalities|interested|countries|disciplines|backgrounds|researchers|authors|health)"
    r"|(?:any|every) (?:nationality"
    r"|country(?! (?:in|of|within|on|that|which|where|with|listed|outside) (?!the world|world))"
    r"|stage|one|interested|discipline|career)"
    r"|no (?:requirements?|limits?) (?:as to|on|regarding|concerning)"
    r"|no (?:restrictions?|citizenship|nationality|age limit|degree)|without (?:regard|restriction)"
    r"|(?:authors|people|contributors|colleagues|(?:learners|students|trainees) and (?:teachers|educators)"
    r"|(?:teachers|educators) and (?:learners|students|trainees)) (?:in|of|from|across) "
    r"(?:any|every|all)(?: the)? (?:health(?:care)? |caring )?professions?"
    r"(?! (?:who|with|from|in|of|at|that|must|holding|registered|licen\w+)\b)"
    r"|(?<!from )(?:costs?|expenses?|projects?|proposals?|papers?|manuscripts?|activities|items"
    r"|purchases) (?:is|are|that are) (?:not )?(?:eligible|ineligible))\b",
    re.IGNORECASE,
)
_STUDENTS_MAY = re.compile(
    r"\bstudents\b[^.;]{0,80}\b(?:may|can) (?:apply|submit|enter|participate|take part|join|attend)\b"
    r"|\bopen to (?:all )?(?:\w+ )?students\b",
    re.IGNORECASE,
)
"""Students from anywhere are not anyone."""
_BUT = re.compile(r"\b(?:but|however|although|provided(?: that)?)\b", re.IGNORECASE)
_AFTERWARDS = re.compile(r"\b(?:must|should|need to|have to|only|be|live|reside)\b|\b(?:is|are)\W*$", re.IGNORECASE)
_JOINT_ABROAD = re.compile(r"\s*;\s*|,?\s+\b(?:pero|mais|mas|porém|aber|jedoch|ma|però|sino)\b\s*", re.IGNORECASE)
_QUESTION = re.compile(
    r"\?\s*$|^\W*(?:who|how|what|to apply|when to|where to"
    r"|if you (?:have|need|would like|wish|want) (?:any |further |more |to (?:know|learn|ask|contact))"
    r"|if (?:you are )?(?:selected|accepted|successful|invited|interested))\b",
    re.IGNORECASE,
)
_ASKED_OF_YOU = re.compile(r"^\W*(?:are|have|do|did|were) you\b", re.IGNORECASE)
_FROM_WHOM = re.compile(r"\bfrom\b", re.IGNORECASE)


_WELCOME_TO = re.compile(
    r"\b(?:is|are) (?:very |most )?welcome to (?:apply|submit|enter|join|take part|participate)\b", re.IGNORECASE
)
"""Who is welcome is asked, and it is not said whether others are."""
_ON_CONDITION = re.compile(r"\b(?:provided (?:that|they|you)|as long as|on condition|only if|unless)\b", re.IGNORECASE)
_OPEN_TO_ALL = Seldom(
    r"\bopen to (?:everyone|everybody|anyone|anybody|all)(?=\W*$|\W+(?:and|from|with no|regardless|who wish))"
    r"|\b(?:everyone|everybody|anyone|anybody) (?:may|can|is (?:welcome|invited|eligible))(?! (?:who|with)\b)",
)


def opens_to_all(text: str) -> bool:
    """Whether a sentence lets everyone apply."""
    return bool(_OPEN_TO_ALL.search(text))


def says_who(text: str, *, in_section: bool = False, by_summary: bool = False) -> re.Match[str] | None:
    """Where a sentence says who may apply, and not that anyone may or who is liked best."""
    if (
        is_lead_in(text)
        or is_idle(text)
        or tells_of_benefits(text)
        or (_QUESTION.search(text) and not _ASKED_OF_YOU.search(text))
    ):
        return None
    everywhere, text = text, without_all_places(text)
    if text != everywhere and asks_of_nobody(text):
        return None
    if _ANYONE.search(text) or asks_nothing(text):
        rest = _BUT.search(text)
        if rest:
            return _AFTERWARDS.search(text, rest.end())
        return _demands(text) or _STUDENTS_MAY.search(text) or _besides(text)
    found = _SAYS_WHO.search(text) or _demands(text) or _AUDIENCE.search(text)
    if found is None:
        liked = only_liked(text) and not (_WELCOME_TO.search(text) or _ON_CONDITION.search(text))
        return None if liked else asks_of_people(text, in_section=in_section, by_summary=by_summary)
    clause = _clause_of(text, found)
    if only_liked(clause) and not _FORBIDS.search(clause) and not _FROM_WHOM.search(found.group()):
        return None
    return found


def lays_down(text: str) -> bool:
    """Whether a sentence has words that are only said of who may apply."""
    told = _demands(text)
    return bool(_SAYS_WHO.search(text) or _AUDIENCE.search(text) or (told and _PEOPLE.search(text, 0, told.start())))


def _besides(text: str) -> re.Match[str] | None:
    """Where another language asks for something beside what it says is not needed: "peu importe … ; il faut …"."""
    start = 0
    for joint in [*_JOINT_ABROAD.finditer(text), None]:
        end = joint.start() if joint else len(text)
        if not asks_nothing(text[start:end]) and (found := words("restrictions", "abroad").search(text, start, end)):
            return found
        start = joint.end() if joint else end
    return None


def _demands(text: str) -> re.Match[str] | None:
    """Where people are told what they have to be, and not what their papers or the work have to be."""
    for found in _FORBIDS.finditer(text):
        if _PEOPLE.search(text, 0, found.start()):
            return found
    for found in _DEMANDS.finditer(text):
        subject = text[: found.start()]
        if _PEOPLE.search(subject) or not said_of_papers(subject):
            return found
    return None


def _clause_of(text: str, found: re.Match[str]) -> str:
    """The part of a sentence between semicolons in which something was found."""
    return text[text.rfind(";", 0, found.start()) + 1 :].split(";")[0]
