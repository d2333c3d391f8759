"""Can one take part from afar? Only where the page says so, in so many words."""

import re
from functools import cache
from typing import Any

from crawlers.reading.document import Document
from crawlers.reading.patterns import Wording, table, words
from crawlers.reading.sentences import Sentence, clip, sentences_of


def remote_in(document: Document) -> tuple[bool | None, str]:
    """Whether one can take part from afar (None: not said, or partly), and the words."""
    declared = _declared(document.structured)
    if declared is not None:
        return declared, ""
    online, in_person = "", False
    for sentence in sentences_of(document):
        if not sentence.label and not _anything().search(sentence.text):
            continue
        if found := words("places", "remote.in_person_only").search(sentence.text):
            return False, clip(sentence.text, *found.span())
        if found := words("places", "remote.either").search(sentence.text):
            return True, clip(sentence.text, *found.span())
        in_person = in_person or bool(words("places", "remote.in_person").search(sentence.text))
        if not online and (found := _online(sentence)):
            online = clip(sentence.text, *found.span())
    return (True, online) if online and not in_person else (None, "")


def _online(sentence: Sentence) -> re.Match[str] | None:
    labels = words("places", "remote.labels")
    if (
        sentence.label
        and labels.match(sentence.label)
        and (found := words("places", "remote.value").match(sentence.text))
    ):
        return found
    if found := _inline().search(sentence.text):
        return found
    if words("places", "remote.paperwork").search(sentence.text):
        return None
    return words("places", "remote.online").search(sentence.text)


@cache
def _anything() -> Wording:
    """Every wording that speaks of taking part from afar or on site, for a first look at a sentence."""
    lists = table("places")["remote"]
    return Wording(one for name in ("online", "value", "either", "in_person", "in_person_only") for one in lists[name])


@cache
def _inline() -> re.Pattern[str]:
    """A label within a sentence, with its value: `Format: online`."""
    return re.compile(
        rf"{words('places', 'remote.labels').pattern}\s*:\s*{words('places', 'remote.value').pattern}", re.IGNORECASE
    )


def _declared(structured: tuple[dict[str, Any], ...]) -> bool | None:
    """What schema.org `eventAttendanceMode` and `jobLocationType` declare."""
    for entry in structured:
        mode = str(entry.get("eventAttendanceMode", ""))
        if "Online" in mode or "Mixed" in mode or entry.get("jobLocationType") == "TELECOMMUTE":
            return True
        if "Offline" in mode:
            return False
    return None
