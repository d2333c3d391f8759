"""Can one take part from afar? Only where the page says so, in so many words."""

import re
from typing import Any

from crawlers.reading.document import Document
from crawlers.reading.sentences import clip, sentences_of

_PLACE_LABEL = re.compile(
    r"^(?:.{0,20}\b)?(?:location|venue|where|format|mode|delivery|attendance|ort|lieu|lugar|modalidad|modalidade|luogo|locatie|место|lokasi)\b",
    re.IGNORECASE,
)
_INLINE_LABEL = re.compile(
    r"\b(?:location|venue|where|format|mode|delivery|place|ort|lieu|lugar|modalidad|luogo|locatie)\s*:\s*"
    r"(?:fully |100 ?% |held )?(?:online|virtual|remote|zoom|webinar|en l[íi]nea|en ligne)\b",
    re.IGNORECASE,
)
_ONLINE = re.compile(
    r"\b(?:held|conducted|delivered|offered|takes? place|taking place|run|attend|participate|join|meets?) (?:\w+ ){0,3}?(?:online|virtually|remotely)\b"
    r"|\b(?:online|virtual|remote|web-based) (?:conference|course|workshop|event|meeting|school|programme?|internship|fellowship|training|seminar|symposium|congress|format)\b"
    r"|\bfully (?:online|virtual|remote)\b|\bwebinar\b|\bvia (?:zoom|ms teams|microsoft teams|webex)\b"
    r"|\b(?:en l[íi]nea|a distancia|en ligne|[àa] distance|online statt|em formato virtual|on-?line)\b",
    re.IGNORECASE,
)
_EITHER = re.compile(
    r"\b(?:in[- ]person (?:or|and|/) (?:online|virtual\w*)|online (?:or|and|/) in[- ]person|hybrid (?:conference|event|meeting|symposium|congress|workshop))",
    re.IGNORECASE,
)
_HYBRID = re.compile(
    r"\bhybrid\b|\bin[- ]person\b|\bface[- ]to[- ]face\b|\bon[- ]?site\b|\bpresencial\b|\bpr[ée]sentiel\b|\bpr[äa]senz",
    re.IGNORECASE,
)
_IN_PERSON_ONLY = re.compile(
    r"\b(?:in[- ]person only|only in[- ]person|no (?:online|virtual|remote) (?:participation|attendance|option)|not (?:be )?(?:streamed|hybrid|available online|offered online)|must attend in person)\b",
    re.IGNORECASE,
)
_SUBMITTED_ONLINE = re.compile(
    r"\b(?:submi\w+|apply|application|abstract|regist\w+|form|payment|pay|manuscript|recorded?|recordings?)\b",
    re.IGNORECASE,
)


def remote_in(document: Document) -> tuple[bool | None, str]:
    """Whether one can take part from afar (None: not said, or partly), and the words."""
    declared = _declared(document.structured)
    if declared is not None:
        return declared, ""
    online, online_words, in_person = False, "", False
    for sentence in sentences_of(document):
        if found := _IN_PERSON_ONLY.search(sentence.text):
            return False, clip(sentence.text, *found.span())
        if found := _EITHER.search(sentence.text):
            return True, clip(sentence.text, *found.span())
        in_person |= bool(_HYBRID.search(sentence.text))
        found = _INLINE_LABEL.search(sentence.text) or _labelled(sentence.label, sentence.text)
        if found is None and not _SUBMITTED_ONLINE.search(sentence.text):
            found = _ONLINE.search(sentence.text)
        if found and not online:
            online, online_words = True, clip(sentence.text, *found.span())
    return (True, online_words) if online and not in_person else (None, "")


def _labelled(label: str, text: str) -> re.Match[str] | None:
    if not label or not _PLACE_LABEL.match(label):
        return None
    return re.match(r"\s*(?:fully )?(?:online|virtual|remote|zoom|webinar|en l[íi]nea|en ligne)\b", text, re.IGNORECASE)


def _declared(structured: tuple[dict[str, Any], ...]) -> bool | None:
    """schema.org `eventAttendanceMode` and `jobLocationType`."""
    for entry in structured:
        mode = str(entry.get("eventAttendanceMode", ""))
        if "Online" in mode or "Mixed" in mode or entry.get("jobLocationType") == "TELECOMMUTE":
            return True
        if "Offline" in mode:
            return False
    return None
