"""Whether a stage or profession that a sentence names is one to apply, or is somebody or something else in it.

A page also names those one meets there, those whom a text is about, and those who are only examples of all.
"""

import re
from dataclasses import dataclass, replace

from catalog.words import CareerStage, Profession
from crawlers.reading.applicants import Statement, addresses, of_benefits, of_others

_CALL_FOR_TEXTS = re.compile(
    r"\W*(?:open )?(?:call for (?:papers|manuscripts|abstracts|essays|submissions|contributions|articles|chapters)"
    r"|special issue|themed issue|special collection|collection|thematic series)\b[^:]*:",
    re.IGNORECASE,
)
_OF_THEM = re.compile(
    r":.*\b(?:of|on|about|among|and|in)\s+(?:(?!\b(?:by|for|from|to|with)\b)[\w'’-]+\s+){0,2}$", re.IGNORECASE
)
"""Those whom a call's title names after its colon are what it is about: "Call for papers: The lives of nurses"."""
_TEXTS_ABOUT = re.compile(
    r"\b(?:papers|manuscripts|articles|essays|studies|submissions|contributions|research|reports)\s+"
    r"(?:on|about|exploring|examining)\s+(?:(?!\b(?:by|for|from|to|with|who|that|are|is|invited)\b)[\w'’-]+\s+){1,8}$",
    re.IGNORECASE,
)
_EXAMPLES = re.compile(
    r"\W*(?:anyone|anybody|everyone|everybody)\b"
    r"(?![^:]*\b(?:following|these|those|either|must|only|meets?|belongs?|is|are|holds?|has|have)\b)[^:.;]*:",
    re.IGNORECASE,
)
"""What goes before people who are named as some of all: "Anyone who works in health: students, nurses, cooks"."""
_ONE = re.compile(
    r"(?P<before>[^\s,;:(]*)[\s(]*(?<![\w-])(?:an?|the|one|each|every|another|his|her|their|our)\s+"
    r"(?:(?!(?:an?|the|one|and|or)\b)[\w-]+[\s,]+){0,3}$",
    re.IGNORECASE,
)
"""One person, and the word before: a singular name with its article and what qualifies it."""
_IS_ONE = re.compile(
    r"be|being|been|is|are|am|you're|as|for|to|or|either|become|becoming|currently|by|supports?|funds?|helps|enables|allows|"
    r"invites?|trains?|seeks?|seeking|offers?|sich",
    re.IGNORECASE,
)
"""What goes before one person who applies: "must be a nurse", "for a physician". One who is had or met does not."""
_PLURAL = ("s", "i", "ärzte", "innen", "kräfte", "hebammen", "personen")
_MUST_BE_ONE = re.compile(r"\b(?:be|as|for|to|are|either)\b[^.;]*$", re.IGNORECASE)
_THE_AWARD = re.compile(
    r"\b(?:fellowship|award|programme|program|grant|scholarship|internship|bursary|prize)\s+\w+$", re.IGNORECASE
)
_BEFORE_A_SUBJECT = re.compile(
    r"\W*(?:(?:in|at|on|across|every|each)\b[^.;:]{2,60}?,?\s+)?(?:(?:the|our|these|many|most|some|today|often)\s+)*",
    re.IGNORECASE,
)
_DO = re.compile(
    r"\s+(?!(?:may|can|could|must|should|shall|will|would|ought|need|are|is|be|who|whose|that|with|without|from|in|of|and|or|at|on|to|by|for"
    r"|as|only|not|currently|already|interested|apply|submit|register|enter|qualify|hold|have|has|welcome|worldwide|everywhere|abroad"
    r"|within|under|aged|over|outside|beyond|up|but|except|than|based|enrolled|resident|fellows|award|grant|prize|program\w*)\b)"
    r"[a-z]+(?<!ing)(?<!ed)(?<!ly)(?<!s)\s+\w",
)
"""A verb that tells what people do: "nurses care for children"."""


@dataclass(frozen=True, slots=True)
class Career:
    """A stage or profession named for applicants, where in the statement, and whether it is kept out.

    `in_part`: only some of them are kept out ("licensed practical nurses are not eligible"). `told_of`: the sentence
    tells what they do, and may or may not mean them to apply ("nurses care for children at home"). `liked`: the
    sentence only says that they are wished for.
    """

    value: CareerStage | Profession
    start: int
    end: int
    excludes: bool = False
    in_part: bool = False
    told_of: bool = False
    liked: bool = False
    of_any_kind: bool = False
    """Students without a word of which: those that the page names elsewhere, where it names any."""
    elsewhere: bool = False
    """Sent to another offer, and not refused in so many words."""
    apart: bool = False
    """A track or prize of their own is all that is said of them: whether of this offer the sentence leaves open."""


def is_subject(statement: Statement, career: Career) -> bool:
    """Whether they are what a call for texts is about, and not who is to write them."""
    text = statement.text
    in_title = _CALL_FOR_TEXTS.match(text) and _OF_THEM.search(text, 0, career.start)
    return bool(in_title) or is_topic_of_texts(text, career.start)


def is_topic_of_texts(text: str, start: int) -> bool:
    """Whether what stands at `start` is what papers are wanted about: "papers on the working lives of nurses"."""
    return bool(_TEXTS_ABOUT.search(text, max(0, start - 120), start))


def is_asked(statement: Statement, career: Career) -> bool:
    """Whether the sentence names them as applicants."""
    text = statement.text
    if (examples := _EXAMPLES.match(text)) and career.start >= examples.end():
        return False
    if text.endswith("?") and not statement.in_section:
        return False  # a question says nothing of its answer
    if of_others(text, career.start) or of_benefits(text, career.start, career.end):
        return False
    if not career.excludes and _is_somebody_else(text, career):
        return False
    return statement.bears or addresses(text, career.start)


def as_told(statement: Statement, career: Career) -> Career:
    """The same, marked where a summary's sentence only tells what they do."""
    tells = statement.by_summary and _BEFORE_A_SUBJECT.fullmatch(statement.text, 0, career.start)
    plural = statement.text[career.start : career.end].endswith("s")
    return replace(career, told_of=bool(tells and plural and _DO.match(statement.text, career.end)))


def _is_somebody_else(text: str, career: Career) -> bool:
    """Whether one person is named who is not the one to apply: "the team has an infection-control nurse"."""
    name = text[career.start : career.end].lower()
    if isinstance(career.value, CareerStage) or name.split()[0].endswith(_PLURAL) or name.endswith(_PLURAL):
        return False
    if name.startswith(("md", "m.d")) or "licen" in name:
        return False  # a degree or licence that one has, and not somebody one meets
    one = _ONE.search(text, max(0, career.start - 80), career.start)
    if one is None or _IS_ONE.fullmatch(one["before"]):
        return False
    leading = text[: one.end("before")]
    if one["before"].lower() in ("", "and", "or"):  # in a list, the first decides
        return bool(leading) and not _MUST_BE_ONE.search(leading)
    return not _THE_AWARD.search(leading)
