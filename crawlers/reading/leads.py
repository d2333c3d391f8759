"""Lines that stand above others and say of all of them who may apply or may not: "Not eligible" over a list.

Pages mark such lines as headings seldom: they are paragraphs above a list, or lines among lines. What stands under
one is governed by it as far as the lines look like the items of a list.
"""

import re
from functools import cache

from crawlers.reading.parts import opens_another, opens_eligibility
from crawlers.reading.patterns import table
from crawlers.reading.sentences import Sentence

_LONGEST = 90
_LONGEST_ITEM = 160
_YES_OR_NO = re.compile(
    r"(?![^:?]*\b(?:fees?|costs?|charges?|limits?|requir\w+|necess\w+|needed|restrictions?|deadlines?|experience|citizenship"
    r"|nationality|residence|languages?|visas?|funding|stipends?|salar\w+|housing|travel|membership|ph\.?d|doctora\w+"
    r"|master\w*|degrees?|diplomas?|licen\w+)\b)"
    r"[^:?]{3,90}(?::|\s[–—-])\s*(?:(?P<no>no|not (?:eligible|admitted|accepted|allowed)|não|non|nein|nicht|✗|✘|❌)"
    r"|yes|sí|si|sim|oui|ja|✓|✔|✅)(?=\s*(?:[.;,(!]|$)|\s[–—-]\s)",
    re.IGNORECASE,
)
"""What a list answers of people: "Residents: yes". "Fee for nurses: no" and "Nurses: no charge" answer other things."""
_LETS_IN = re.compile(
    r"\W*(?:(?:also )?(?:eligible|welcome|admitted|accepted|allowed|included|invited)(?: \w+)?"
    r"|open to|(?:suitable )?for|admitid[oa]s|elegibles|eleg[íi]veis|admis(?:es)?|[ée]ligibles?|ammess[ie]|zugelassen"
    r"|geeignet(?: f[üu]r)?)\W*",
    re.IGNORECASE,
)
"""A line above those who may."""
_SAYS_FOR_ITSELF = re.compile(
    r"\W*(?:(?:pueden?|podr[áa]n?|possono|potranno|peuvent|pourront|podem|poder[ãa]o|bewerben"
    r"|teilnehmen|k[öo]nnen|d[üu]rfen|se admiten?)\s+\w"
    r"|(?:(?!(?:who|whom|whose|that|which|with|without|if|unless|qui|que|quienes|die|der|das|che)\b)"
    r"[\w'’-]+[ ,]+){1,6}?"
    r"(?:must|should|may|can|cannot|will|needs?|are|is|shall|receives?|lasts?|deben?|pueden?|podr[áa]n?|son|es|doivent"
    r"|peuvent|sont|est|m[üu]ssen|k[öo]nnen|sind|ist|wird|werden|devem|podem|s[ãa]o|devono|possono|sono)\b)",
    re.IGNORECASE,
)
"""A sentence with a verb of its own, which is no item of the list above it."""
_MARK = re.compile(r"[-–*+>]\s|\(?\w{1,2}[.)]\s")
"""What items of a list begin with in plain text."""
_LABELLED = re.compile(r"\W*[^\W\d_][\w '’/-]{2,30}:\s+\S")


def keeps_out_below(line: str) -> bool:
    """Whether a line says of those named under it that they may not: "Not eligible", "Who cannot apply?"."""
    return len(line) <= _LONGEST and bool(_refusing().fullmatch(line.strip()) or _ENDS_SO.search(line))


def keeps_out_here(line: str) -> bool:
    """Whether a line's own label or answer says it: "Not eligible: physicians", "Students: no"."""
    answered = _YES_OR_NO.match(line)
    return bool((answered and answered["no"]) or _refusing_label().match(line))


class Leads:
    """Which line governs each of a document's lines, told one after another."""

    def __init__(self) -> None:
        self._lead = ""
        self._heading = ""
        self._depth = 0

    def over(self, sentence: Sentence) -> str:
        """The line that governs this one; empty where none does."""
        text = sentence.text
        if sentence.level or sentence.heading != self._heading:
            self._lead, self._heading = "", sentence.heading
        if is_lead(text):
            self._lead, self._depth = text, 0
            return ""
        depth = sentence.depth or int(bool(_MARK.match(text)))
        if not _is_item(text) or depth < self._depth:
            self._lead = ""
        self._depth = depth
        return self._lead


def is_lead(line: str) -> bool:
    """Whether a line opens a list or a part."""
    if len(line) > _LONGEST:
        return line.endswith(":")
    says = (keeps_out_below, opens_eligibility, opens_another, _LETS_IN.fullmatch)
    return line.endswith(":") or any(one(line) for one in says)


def _is_item(text: str) -> bool:
    if len(text) > _LONGEST_ITEM or (_LABELLED.match(text) and not _YES_OR_NO.match(text)):
        return False
    return not _SAYS_FOR_ITSELF.match(text)


_ENDS_SO = re.compile(
    r"\b(?:are|is) (?:not eligible|ineligible|excluded|not accepted|not admitted)\s*:\W*$", re.IGNORECASE
)


@cache
def _refusing() -> re.Pattern[str]:
    return re.compile(rf"\W*(?:{'|'.join(table('eligibility')['refusing_lines'])})\W*", re.IGNORECASE)


@cache
def _refusing_label() -> re.Pattern[str]:
    return re.compile(rf"\W*(?:{'|'.join(table('eligibility')['refusing_lines'])})\s*:\s*\S", re.IGNORECASE)
