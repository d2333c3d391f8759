"""The parts of a call in plain text, told by lines that stand above them: who may apply, and everything else.

Plain text marks no headings, and under "Eligibility" every line is a condition.
"""

import re
from collections.abc import Iterable


def _line_of(alternatives: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"\W*(?:{'|'.join(alternatives)})\W*", re.IGNORECASE)


_ELIGIBILITY = _line_of(
    (
        r"(?:general |applicant |candidate |admission |entry )?"
        r"(?:eligibility|eligible applicants|requirements|criteria|conditions|profile)"
        r"(?: and \w+)?(?: criteria| requirements| conditions)?",
        r"who (?:can|may|should|is eligible to|is able to) \w+|who is (?:it for|eligible)|target (?:audience|group)",
        r"(?:the |for |ideal |intended )?(?:participants|attendees|applicants|candidates|audience)|for whom",
        r"requisitos(?: de \w+)?|qui[ée]n(?:es)? puede\w* \w+|destinatarios",
        r"conditions d.[ée]ligibilit[ée]|qui peut \w+",
        r"(?:teilnahme|bewerbungs)?voraussetzungen|wer kann sich bewerben|zielgruppe",
        r"quem pode \w+|destinat[áa]rios|requisiti|chi pu[òo] \w+",
    )
)
_ANOTHER = _line_of(
    (
        r"(?:how to|to apply|application|deadlines?|benefits?|funding|awards?|what (?:we|you|is|the)|about|contact"
        r"|dates?|timeline|schedule|selection|evaluation|programme|program|fees?|costs?|location|venue|duration|description"
        r"|overview|background|documents?|materials|submission|terms|faqs?|why|when|where|further|more|stipend|notes?"
        r"|plazo|solicitud|bewerbung|candidature|como|c[óo]mo|comment|wie)(?: [\w'’&/-]+){0,4}",
    )
)


def opens_eligibility(line: str) -> bool:
    """Whether a line stands above what is asked of applicants."""
    return _ELIGIBILITY.fullmatch(line) is not None


def opens_another(line: str) -> bool:
    """Whether a line stands above another part: how to apply, dates, money."""
    return _ANOTHER.fullmatch(line) is not None
