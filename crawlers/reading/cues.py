"""What is asked of the words beside a date: what they name, and what they say of it, in many languages."""

import re

from catalog.words import DeadlinePurpose
from crawlers.reading.patterns import Wording
from crawlers.reading.phrases import phrase

_APPLICANTS = re.compile(r"\bapplicants?\b", re.I)
_ABSTRACT_ALONE = re.compile(r"abstract\s+(?:registration|submission)|abstracts?\W*$", re.I)


def purpose_of(words: str, hint: str = "") -> DeadlinePurpose:
    """Say what is handed in, from the words beside a deadline, else from `hint`."""
    for text in (words, hint):
        if cue("letter").search(text):
            return DeadlinePurpose.LETTER_OF_INTENT
        if cue("nomination").search(text):
            return DeadlinePurpose.NOMINATION
        if cue("title_first").search(text):
            return DeadlinePurpose.ABSTRACT
        paper, abstract = cue("paper").search(text), cue("abstract").search(text)
        if paper and not (abstract and _ABSTRACT_ALONE.search(text)):
            return DeadlinePurpose.PAPER
        if abstract:
            return DeadlinePurpose.ABSTRACT
        registers = cue("registration").search(text)
        if cue("application").search(_APPLICANTS.sub("", text) if registers else text):
            return DeadlinePurpose.APPLICATION
        if registers:
            return DeadlinePurpose.REGISTRATION
    return DeadlinePurpose.APPLICATION


def is_extension(words: str) -> bool:
    """Whether the words say that a date replaces an earlier one."""
    return bool(cue("extended").search(words))


def is_replaced(before: str) -> bool:
    """Whether the words before a date say that it no longer holds ("extended from")."""
    return bool(cue("extension_source").search(before))


def moves_to_next(between: str) -> bool:
    """Whether the words between two dates say that the first one gave way to the second ("extended to")."""
    return bool(cue("moved_to").fullmatch(between))


def tells_acceptance(words: str) -> bool:
    """Whether the words name the day on which applicants hear whether they are accepted."""
    return bool(cue("acceptance").search(words))


def is_side_track(words: str) -> bool:
    """Whether the words name something beside the main thing: tutorials, travel grants, references."""
    if cue("side_track").search(words):
        return True
    return bool(cue("side_form").search(words)) and not cue("main_form").search(words)


def speaks_of_deadlines(words: str) -> bool:
    """Whether the words have a deadline's name in them."""
    return bool(cue("deadline").search(words))


def is_deadline_heading(words: str) -> bool:
    """Whether a heading names a list of deadlines and nothing else ("Deadlines", "Application deadlines")."""
    return bool(cue("deadline_heading").fullmatch(words))


def is_session(before: str, after: str) -> bool:
    """Whether the words around a date make it the day of something one attends ("the course on", "2-4 pm")."""
    return bool(cue("session_before").search(before) or cue("session_after").match(after))


def is_early_round(words: str) -> bool:
    """Whether the words name a first date after which one can still apply ("priority deadline")."""
    return bool(cue("early_round").search(words))


def is_yearly(words: str) -> bool:
    """Whether the words say that something comes again every year."""
    return bool(cue("yearly").search(words))


def is_window(words: str) -> bool:
    """Whether the words make a range of days the time in which one can apply."""
    return bool(cue("window").search(words))


def is_past_heading(words: str) -> bool:
    """Whether a heading stands above what is over ("Previous rounds")."""
    return bool(cue("past_heading").fullmatch(words))


def begins_window(before: str, after: str = "") -> bool:
    """Whether the words around a date say that one can apply from it on ("the application period begins on")."""
    return bool(cue("window_begins").search(before) or (after and cue("window_begins_after").match(after)))


def ends_window(between: str) -> bool:
    """Whether the words between two dates say that what began on the first one ends on the second ("and ends on")."""
    return bool(cue("window_ends").fullmatch(between))


def asks_to_hand_in(words: str) -> bool:
    """Whether the words speak of applying, submitting or registering."""
    return bool(cue("hand_in").search(words))


def cue(key: str) -> Wording:
    """The wordings of a list of `data/dates.toml`."""
    return phrase("dates", key)
