"""Who is refused by the words around a name: before it, after it, in another language, or for another offer.

Where what refuses is taken back, said twice, or said of a case only, nothing is settled and a person reads it.
"""

import re

from crawlers.reading.negations import is_governed
from crawlers.reading.patterns import words
from crawlers.reading.taken_back import depends_on_more, is_barred_by_nothing, is_not_alone, is_taken_back

_TABLE = "eligibility"
REACH = 60
"""Characters within which a negation or an addressing word governs what follows."""
CLAUSE = re.compile(r"[;:]|, but |, however|(?<!\.[A-Z])\. | but ")
_MAY = re.compile(r"\b(?:may|can|must|should|will|are|is) (?!not\b)|\bopen to\b", re.IGNORECASE)
"""A verb of its own: whoever stands before it is not the one of whom what follows is said."""
_IN_PORTUGUESE = re.compile(
    r"\b(?:resid\w*|resid[êe]n\w+|mor[ao]\w*|viv[eao]\w*|domiciliad\w+|trabalh\w+|atu[ae]\w*|estud\w+|nascid\w+|sediad\w+"
    r"|universidades?|hospita\w+|institui\w+|em|escolas?)\s+$",
    re.IGNORECASE,
)
"""What makes "no" mean "in the", and nobody kept out: "residentes no Brasil"."""
_BARE = frozenset({"not", "non", "no", "hors", "menos", "but not", "other than", "outside", "outside of"})
"""What turns a word round and refuses nobody: "a degree from outside the EU"."""
_OF_MONEY = re.compile(
    r"\b(?:travel|costs?|fees?|expenses|salar(?:y|ies)|stipends?|housing|accommodation|meals|visas?|overheads?)\b",
    re.IGNORECASE,
)
"""What is refused, and not to whom: "cannot include travel for nurses"."""
_LAST_WORD = re.compile(r"([^\W\d_][\w'’-]*)[\s,]*$")


def keeps_out(text: str, start: int, end: int) -> bool:
    """Whether `text[start:end]` names people who may not apply.

    "Not open to students"; "students are not eligible"; "all subjects (außer Medizin)".
    """
    return is_refused_before(text, start) or is_governed(text, start) or is_refused_after(text, end)


def refuses_doubtfully(text: str, start: int, end: int) -> bool:
    """Whether what keeps out `text[start:end]` is taken back or said twice: "who are not nurses are not eligible"."""
    before = is_refused_before(text, start) or is_governed(text, start)
    after = is_refused_after(text, end)
    if (before and (after or is_not_alone(text, end))) or is_taken_back(text, start, end):
        return True
    return after and depends_on_more(text, end)


def is_refused_before(text: str, start: int, *, firmly: bool = False) -> bool:
    """Whether what precedes `start` refuses those named there. `firmly`: by more than a bare "not"."""
    before = text[max(0, start - REACH) : start]
    for found in words(_TABLE, "keeps_out_next").finditer(before):
        between = before[found.end() :]
        if (firmly and found.group() in _BARE) or is_barred_by_nothing(before, found.start()):
            continue
        if found.group() == "no" and _IN_PORTUGUESE.search(before, 0, found.start()):
            continue
        if not _OF_MONEY.search(between) and not CLAUSE.search(between) and len(between) <= _reach_of(found.group()):
            return True
    return False


def is_refused_after(text: str, end: int) -> bool:
    """Whether what follows `end` refuses those named before it, or sends them elsewhere."""
    return _is_said_after(text, end, "keeps_out_before") or is_sent_elsewhere(text, end)


def is_sent_elsewhere(text: str, end: int) -> bool:
    """Whether what follows `end` gives those named before it another offer."""
    return _is_said_after(text, end, "sent_elsewhere")


def have_their_own_part(text: str, end: int) -> bool:
    """Whether those named before `end` have a track or prize of their own, of this very offer or of another."""
    return _is_said_after(text, end, "own_part")


def _is_said_after(text: str, end: int, what: str) -> bool:
    after = text[end : end + 2 * REACH]
    found = words(_TABLE, what).search(after)
    if found is None:
        return False
    between = after[: found.start()]
    return not CLAUSE.search(between) and not _MAY.search(between)


def names_a_kind(text: str, start: int, end: int) -> bool:
    """Whether the words around `text[start:end]` make it a kind of what it names: "licensed practical nurses"."""
    leading = text[max(0, start - REACH) : start]
    last = _LAST_WORD.search(leading)
    if last and not leading.rstrip().endswith(",") and not words(_TABLE, "still_all").fullmatch(last.group(1)):
        return True
    return bool(words(_TABLE, "narrowing_after").match(text[end : end + REACH].lstrip()))


def _reach_of(negation: str) -> int:
    """A bare "not" or "non" governs only the next words; "not open to" the whole list."""
    return 4 if negation.lower() in {"not", "non", "no", "hors", "menos"} else REACH
