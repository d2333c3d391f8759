"""The words beside a date that say what happens on it, in the languages calls are written in."""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from catalog.words import DeadlinePurpose
from crawlers.reading.patterns import Wording, table
from crawlers.reading.phrases import phrase


class Role(StrEnum):
    """What happens on a date."""

    DEADLINE = "deadline"
    OPENS = "opens"
    EVENT = "event"  # the thing itself takes place
    STARTS = "starts"  # what one applies for begins
    ENDS = "ends"
    DECISION = "decision"  # notification, interviews, reviews, results
    FINAL = "final"  # camera-ready and other things due from those accepted
    MONEY = "money"  # payment, refund, cancellation
    POSTED = "posted"
    UPDATED = "updated"
    PAST = "past"  # history, biographies, earlier editions
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Sense:
    """What a clause makes of its date. `sure` is false where only the form suggests a deadline."""

    role: Role
    purpose: DeadlinePurpose = DeadlinePurpose.APPLICATION
    extended: bool = False
    early: bool = False  # an early-bird price or the like, not the last day
    optional: bool = False
    sure: bool = True


_REACH_OF_TERM = 70
_LONGEST_LABEL = 70
_APPLICANTS = re.compile(r"\bapplicants?\b", re.I)
_DECIDED = re.compile(r"\b(?:we|organi[sz]ers|committee|editors|board|jury|decided|agreed)\b", re.I)
_JOIN = 45
"""Characters: closer than this, "deadline" and "notification" speak of one thing."""


def sense_of(before: str, after: str = "", *, labelled: bool = False, hint: str = "") -> Sense:
    """Say what the words `before` a date (else those `after` it) make of it.

    `labelled`: the words form a label or list entry of their own, so that "Paper submission" alone
    names a deadline. `hint` (a heading, the page's title) fills in what is handed in.
    """
    for words, is_before in ((before, True), (after, False)):
        if words.strip() and (sense := _judged(words, is_before, labelled, hint)).role is not Role.NONE:
            return sense
    return Sense(Role.NONE)


def purpose_of(words: str, hint: str = "") -> DeadlinePurpose:
    """Say what is handed in, from the words beside a deadline, else from `hint`."""
    for text in (words, hint):
        if _cue("letter").search(text):
            return DeadlinePurpose.LETTER_OF_INTENT
        if _cue("nomination").search(text):
            return DeadlinePurpose.NOMINATION
        if _cue("title_first").search(text):
            return DeadlinePurpose.ABSTRACT
        paper, abstract = _cue("paper").search(text), _cue("abstract").search(text)
        if paper and not (abstract and re.search(r"abstract\s+(?:registration|submission)|abstracts?\W*$", text, re.I)):
            return DeadlinePurpose.PAPER
        if abstract:
            return DeadlinePurpose.ABSTRACT
        registers = _cue("registration").search(text)
        if _cue("application").search(_APPLICANTS.sub("", text) if registers else text):
            return DeadlinePurpose.APPLICATION
        if registers:
            return DeadlinePurpose.REGISTRATION
    return DeadlinePurpose.APPLICATION


def is_extension(words: str) -> bool:
    """Whether the words say that a date replaces an earlier one."""
    return bool(_cue("extended").search(words))


def is_replaced(before: str) -> bool:
    """Whether the words before a date say that it no longer holds ("extended from")."""
    return bool(_cue("extension_source").search(before))


def moves_to_next(between: str) -> bool:
    """Whether the words between two dates say that the first one gave way to the second ("extended to")."""
    return bool(_cue("moved_to").fullmatch(between))


def tells_acceptance(words: str) -> bool:
    """Whether the words name the day on which applicants hear whether they are accepted."""
    return bool(_cue("acceptance").search(words))


def is_side_track(words: str) -> bool:
    """Whether the words name something beside the main thing: tutorials, travel grants, references."""
    if _cue("side_track").search(words):
        return True
    return bool(_cue("side_form").search(words)) and not _cue("main_form").search(words)


def speaks_of_deadlines(words: str) -> bool:
    """Whether the words have a deadline's name in them."""
    return bool(_cue("deadline").search(words))


def is_deadline_heading(words: str) -> bool:
    """Whether a heading names a list of deadlines and nothing else ("Deadlines", "Application deadlines")."""
    return bool(_cue("deadline_heading").fullmatch(words))


def is_session(before: str, after: str) -> bool:
    """Whether the words around a date make it the day of something one attends ("the course on", "2-4 pm")."""
    return bool(_cue("session_before").search(before) or _cue("session_after").match(after))


def is_early_round(words: str) -> bool:
    """Whether the words name a first date after which one can still apply ("priority deadline")."""
    return bool(_cue("early_round").search(words))


def asks_to_hand_in(words: str) -> bool:
    """Whether the words speak of applying, submitting or registering."""
    return bool(_cue("hand_in").search(words))


def _cue(key: str) -> Wording:
    return phrase("dates", key)


@cache
def _by() -> re.Pattern[str]:
    """Words such as "by" or "until" when the date comes right after them."""
    return re.compile(
        rf"(?:^|[\s(])(?:{'|'.join(table('dates')['by'])})"
        r"\W*(?:the |den |dem |midnight\W|noon\W|end of\W|(?:end|close) of (?:the )?day\W|on\W"
        r"|close of business\W|cob\W)*$",
        re.IGNORECASE,
    )


_OTHERS = (
    (Role.MONEY, "money"),
    (Role.FINAL, "final"),
    (Role.DECISION, "decision"),
    (Role.UPDATED, "updated"),
    (Role.POSTED, "posted"),
    (Role.OPENS, "opens"),
    (Role.PAST, "past"),
    (Role.STARTS, "starts"),
    (Role.ENDS, "ends"),
    (Role.EVENT, "event"),
)


def _judged(words: str, is_before: bool, labelled: bool, hint: str) -> Sense:
    if is_before and _cue("told_to").search(words) and not _DECIDED.search(words):
        return Sense(Role.NONE)
    far = len(words)
    hands_in = _cue("hand_in").search(words) is not None
    due = _nearest("deadline", words, is_before)
    by = _by().search(words) if is_before and hands_in else None
    if by is not None and _is_no_handing_in(words[: by.start()]):
        by = None
    if by is not None and (due is None or due[0] < by.start()):
        due = (by.start(), far)
    if due is None and (hands_in or (speaks_of_deadlines(hint) and labelled)):
        due = _nearest("weak_deadline", words, is_before)
        if due is not None and is_before and (far - due[1] > _REACH_OF_TERM or _is_no_handing_in(words[: due[0]])):
            due = None
    others = [(near, role) for role, cue in _OTHERS if (near := _nearest(cue, words, is_before)) is not None]
    extended = is_extension(words)
    if due is None and extended and (hands_in or (labelled and far <= _LONGEST_LABEL)):
        due = _nearest("extended", words, is_before)
    if (
        due is None
        and not others
        and labelled
        and len(words) <= _LONGEST_LABEL
        and _cue("handed_in").search(words)
        and not _cue("invites").search(words)
    ):
        return _deadline(words, hint, extended, sure=False)
    if due is None:
        if not others:
            return Sense(Role.NONE)
        handed_in = _nearest("hand_in", words, is_before) if labelled and far <= _LONGEST_LABEL else None
        near, role = max(others, key=lambda pair: _closeness(pair[0], far, is_before))
        if role in (Role.EVENT, Role.PAST, Role.STARTS) and handed_in and re.search(r"submi|due|regist", words, re.I):
            return _deadline(words, hint, extended, sure=False)
        return Sense(role)
    rivals = [(near, role) for near, role in others if _beats(near, role, due, far, is_before)]
    if rivals:
        return Sense(max(rivals, key=lambda pair: _closeness(pair[0], far, is_before))[1], extended=extended)
    return _deadline(words, hint, extended)


def _is_no_handing_in(leading: str) -> bool:
    """Whether what must be over by a date is a contract, a degree or the like, and not the application."""
    return bool(_cue("lasts").search(leading[-_REACH_OF_TERM:]) or _cue("qualified").search(leading[-_REACH_OF_TERM:]))


def _deadline(words: str, hint: str, extended: bool, sure: bool = True) -> Sense:
    early = bool(_cue("early").search(words))
    return Sense(
        Role.DEADLINE,
        DeadlinePurpose.OTHER if early else purpose_of(words, hint),
        extended=extended,
        early=early,
        optional=bool(_cue("optional").search(words)),
        sure=sure,
    )


def _beats(near: tuple[int, int], role: Role, due: tuple[int, int], far: int, is_before: bool) -> bool:
    """Whether another cue, and not the deadline word, speaks of the date."""
    gap = max(near[0] - due[1], due[0] - near[1], 0)
    closer = _closeness(near, far, is_before) > _closeness(due, far, is_before)
    if role in (Role.MONEY, Role.FINAL, Role.DECISION):
        return closer or gap <= _JOIN
    return closer and gap > 3


def _nearest(cue: str, words: str, is_before: bool) -> tuple[int, int] | None:
    """The match closest to the date: the last one before it, the first one after it."""
    found: tuple[int, int] | None = None
    for match in _cue(cue).finditer(words):
        found = match.span()
        if not is_before:
            break
    return found


def _closeness(near: tuple[int, int], far: int, is_before: bool) -> int:
    return near[1] if is_before else far - near[0]
