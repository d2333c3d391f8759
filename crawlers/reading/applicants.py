"""Which sentences of a page speak of who may apply, and which words in them are negated.

A page also names teachers, alumni, referees and patients. A sentence counts when it stands under
an eligibility heading or label, when it carries a word that is said of applicants, or, for the
words that follow, when it addresses them ("for medical students").
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from crawlers.reading.document import Document
from crawlers.reading.negations import is_governed
from crawlers.reading.parts import opens_another, opens_eligibility
from crawlers.reading.patterns import table, words
from crawlers.reading.sentences import Sentence, own_title, sentences_of

_TABLE = "eligibility"
_LONGEST_HEADING = 90
_MOST_SENTENCES = 1500
_LONGEST_SENTENCE = 5000
_SUMMARY = 700
"""Characters up to which a text is a summary of a call, where every sentence tells of it."""
_FOR_WHOM = re.compile(r"(?:open )?(?:for|to|pour|para|f[üu]r|per|voor|для|untuk|bagi)\b", re.IGNORECASE)
_FEW_WORDS = re.compile(r"(?:\s+[^\s.;:]+){0,5}\s+")
_REACH = 60
"""Characters within which a negation or an addressing word governs what follows."""
_CLAUSE = re.compile(r"[;:]|, but |, however|(?<!\.[A-Z])\. | but ")
_FIRM = re.compile(
    r"\b(?:open to|eligib\w*|must|only|may apply|can apply|restricted to|limited to|required)\b", re.IGNORECASE
)
_ITEM = re.compile(r"\s*(?:[-*\u2013\u2022\u00b7]|\(?\w{1,2}[.)])\s")
"""What an item of a list begins with in plain text."""
_LABEL = re.compile(r"\W*(?P<name>[^:.;]{3,40}):\s+\w")
_OF_THE_KEPT_OUT = re.compile(
    r"^\W*(?:who|whom)\b.{0,30}\b(?:cannot|can['’]t|can ?not|may not|should not|(?:is|are) not|(?:is|are)n['’]t)\b"
    r"|^\W*(?:not|in)[ -]?eligible\W*$|\b(?:are|is) (?:not eligible|ineligible|excluded)\W*$"
    r"|^\W*(?:exclusions?|ineligible (?:applicants|candidates)|exclusion criteria)\W*$",
    re.IGNORECASE,
)
"""A heading, label or line before a list that tells who may not apply."""
_KEPT_OUT_HERE = re.compile(
    r"\W*(?:not (?:eligible|admitted|accepted|open to)|ineligible|excluded|exclusions?|who (?:cannot|can['’]t"
    r"|may not) apply)\s*:",
    re.IGNORECASE,
)
"""A label in the line itself: "Not eligible: physicians"."""
_INVITED = re.compile(
    r"\b(?:warmly |also |most |very )?welcomed?s?\b"
    r"(?= (?:applications?|submissions?|proposals?|nominations?|entries|abstracts?|papers?|manuscripts?)\b"
    r"[^.;]{0,20}? from\b)"
    r"|(?<=are )(?:warmly |also |most |very )?welcomed? from\b",
    re.IGNORECASE,
)
"""A welcome that says who is asked, and not who is liked best: "we welcome applications from nurses"."""
_MAY = re.compile(r"\b(?:may|can|must|should|will|are|is) (?!not\b)|\bopen to\b", re.IGNORECASE)
"""A verb of its own: whoever stands before it is not the one of whom what follows is said."""
_IN_PORTUGUESE = re.compile(
    r"\b(?:resid\w*|resid[êe]n\w+|mor[ao]\w*|viv[eao]\w*|domiciliad\w+|trabalh\w+|atu[ae]\w*|estud\w+|nascid\w+|sediad\w+"
    r"|universidades?|hospita\w+|institui\w+|em|escolas?)\s+$",
    re.IGNORECASE,
)
"""What makes "no" mean "in the", and nobody kept out: "residentes no Brasil"."""
_LAST_WORD = re.compile(r"([^\W\d_][\w'’-]*)[\s,]*$")


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence with what is known of its bearing: under an eligibility heading, or said of applicants."""

    text: str
    in_section: bool
    of_applicants: bool
    kept_out: bool = False
    """Under "Who cannot apply" and the like: whomever it names may not."""
    in_summary: bool = False
    """In a short text all of which tells of the call."""
    by_summary: bool = False
    """It is said of applicants only as every sentence of a summary is, and not in its own words."""
    label: str = ""
    """The words that introduce it, where the page's structure says so."""

    @property
    def bears(self) -> bool:
        """Whether the sentence as a whole speaks of applicants."""
        return self.in_section or self.of_applicants


def statements_of(document: Document) -> Iterator[Statement]:
    """Yield the sentences that may speak of applicants, with the title first."""
    summary = sum(len(block.text) for block in document.main) <= _SUMMARY
    if title := own_title(document):
        yield Statement(title, in_section=False, of_applicants=False)
    plain = not any(block.level for block in document.main)  # marked headings tell parts better than such lines
    lead, in_part = "", False
    for count, sentence in enumerate(sentences_of(document)):
        if count > _MOST_SENTENCES:
            return
        if not _ITEM.match(sentence.text):
            lead = sentence.text if sentence.text.endswith(":") else ""
        in_part = plain and (opens_eligibility(sentence.text) or (in_part and not opens_another(sentence.text)))
        yield _statement(sentence, summary, lead, in_part=in_part)


def _statement(sentence: Sentence, summary: bool, lead: str, *, in_part: bool = False) -> Statement:
    text = sentence.text[:_LONGEST_SENTENCE]
    named = bool(_FOR_WHOM.match(text)) or bool(words(_TABLE, "applicants").search(text))
    kept_out = bool(_KEPT_OUT_HERE.match(text)) or any(
        _OF_THE_KEPT_OUT.search(name) for name in (sentence.label, sentence.heading, lead) if name
    )
    label = _LABEL.match(text)
    in_section = in_part or _is_section(sentence) or bool(label and _speaks_of_applicants(label["name"]))
    by_summary = summary and not named and not in_section
    kept_out = kept_out and lead != sentence.text
    return Statement(text, in_section, summary or named, kept_out, summary, by_summary, sentence.label)


def _is_section(sentence: Sentence) -> bool:
    return sentence.level == 0 and any(
        _speaks_of_applicants(name) for name in (sentence.label, sentence.heading) if name
    )


@cache
def _section_patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    lists = (table(_TABLE)["sections"], table(_TABLE)["not_sections"])
    yes, no = (re.compile(rf"(?:{'|'.join(alternatives)})", re.IGNORECASE) for alternatives in lists)
    return yes, no


def _speaks_of_applicants(heading: str) -> bool:
    name = heading.strip(" :?.*-–—\t\n").lower()
    if not name or len(name) > _LONGEST_HEADING:
        return False
    yes, no = _section_patterns()
    return bool(yes.fullmatch(name)) and not no.search(name)


def addresses(text: str, start: int) -> bool:
    """Whether the words just before `start` address the page to what stands there: "for first-year ..."."""
    before = text[max(0, start - _REACH) : start]
    ends = [found.end() for found in words(_TABLE, "addressing").finditer(before)]
    return any(_FEW_WORDS.fullmatch(before, end) for end in ends)


def of_others(text: str, start: int) -> bool:
    """Whether the words before `start` say that other people follow: "taught by", "alongside", "alumni"."""
    before = text[max(0, start - _REACH) : start]
    ends = [found.end() for found in words(_TABLE, "others").finditer(before)]
    return bool(ends) and not _CLAUSE.search(before, ends[-1])


def of_benefits(text: str, start: int, end: int) -> bool:
    """Whether `text[start:end]` names those who pay less or have places kept for them, which is asked of nobody."""
    before = text[max(0, start - 2 * _REACH) : start]
    for found in words(_TABLE, "benefits_next").finditer(before):
        between = before[found.end() :]
        if not _CLAUSE.search(between) and not _FIRM.search(between):
            return True
    after = text[end : end + 2 * _REACH]
    gains = words(_TABLE, "benefits_before").search(after)
    return bool(gains) and not _CLAUSE.search(after[: gains.start()]) if gains else False


def is_firm(text: str) -> bool:
    """Whether a sentence lays down who may apply, rather than just speaking to them."""
    return bool(_FIRM.search(text))


def keeps_out(text: str, start: int, end: int) -> bool:
    """Whether `text[start:end]` names people who may not apply.

    "Not open to students"; "students are not eligible"; "all subjects (außer Medizin)".
    """
    before = text[max(0, start - _REACH) : start]
    for found in words(_TABLE, "keeps_out_next").finditer(before):
        between = before[found.end() :]
        if found.group() == "no" and _IN_PORTUGUESE.search(before, 0, found.start()):
            continue
        if not _CLAUSE.search(between) and len(between) <= _reach_of(found.group()):
            return True
    if is_governed(text, start):
        return True
    after = text[end : end + 2 * _REACH]
    found_after = words(_TABLE, "keeps_out_before").search(after)
    if found_after is None:
        return False
    between = after[: found_after.start()]
    return not _CLAUSE.search(between) and not _MAY.search(between)


def names_a_kind(text: str, start: int, end: int) -> bool:
    """Whether the words around `text[start:end]` make it a kind of what it names: "licensed practical nurses"."""
    leading = text[max(0, start - _REACH) : start]
    last = _LAST_WORD.search(leading)
    if last and not leading.rstrip().endswith(",") and not words(_TABLE, "still_all").fullmatch(last.group(1)):
        return True
    return bool(words(_TABLE, "narrowing_after").match(text[end : end + _REACH].lstrip()))


def _reach_of(negation: str) -> int:
    """A bare "not" or "non" governs only the next words; "not open to" the whole list."""
    return 4 if negation.lower() in {"not", "non", "no", "hors", "menos"} else _REACH


def asks_nothing(text: str) -> bool:
    """Whether a sentence only says that something does not matter ("regardless of nationality")."""
    return bool(words(_TABLE, "asks_nothing").search(text))


def without_all_places(text: str) -> str:
    """A sentence without "of any nationality" and the like, as many characters long: the rest may ask for something."""
    cut = re.compile(words(_TABLE, "asks_no_place").pattern, re.IGNORECASE)
    return cut.sub(lambda found: " " * len(found.group()), text)


def only_liked(text: str) -> bool:
    """Whether a sentence speaks of preferences, not of requirements."""
    return bool(words(_TABLE, "liked").search(_INVITED.sub("", text)))
