"""How a mentor likes to write: a text with named places, checked when it is kept and filled in for each message.

A place is a name in braces and nothing else. Filling in looks a name up in a table that we made; there are no
attributes, indexes, formats or expressions, so that a template can reach nothing that is not meant for it.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

REPLY_PLACE = "{reply_link}"
"""Stands for the address at which the mentee answers, which is made when the message is sent."""

PLACES = {
    "mentee": "the mentee's name",
    "mentor": "your name",
    "title": "the title of the call",
    "organisation": "who runs it",
    "what": "the title, with who runs it in brackets",
    "goal": "the mentee's goal that it serves, in the mentee's words",
    "why": "a sentence or two: that it fits this goal, and its own sentence that does",
    "asks_for": "what it asks for, in its own words, as a list",
    "by_when": "a sentence: by when what is due",
    "deadline": "the date of the deadline alone",
    "due": "the date in brackets, for a subject; nothing where there is none",
    "start_by": "a sentence: by when best to begin",
    "caution": "a sentence that what we read is still being checked; nothing where it is not",
    "link": "the address of the call's page",
    "reply_link": "the mentee's own address to answer at",
}
"""Every place that a template may have, and what stands there. Those that do not fit come out empty."""

OF_PEOPLE = frozenset({"mentee", "mentor"})
"""What is the same for several calls in one mail."""

_PLACE = re.compile(r"(?P<bracketed>[ \t]?\(\{(?P<inner>[a-z_]+)\}\))|\{(?P<bare>[a-z_]+)\}")
_BRACE = re.compile(r"[{}]")


class UnknownPlace(ValueError):
    """A template has braces around something that is no place. The message holds nothing of the template."""

    def __init__(self) -> None:
        allowed = ", ".join(f"{{{name}}}" for name in PLACES)
        super().__init__(f"Braces may stand only around one of these names: {allowed}.")


@dataclass(frozen=True, slots=True)
class Template:
    """A subject and a body with places, and the language of the words that we put there."""

    subject: str
    body: str
    language: str = "en"


def check(text: str) -> None:
    """Raise UnknownPlace unless every brace belongs to a place that there is."""
    if any(name not in PLACES for name in places_of(text)) or _BRACE.search(_PLACE.sub("", text)):
        raise UnknownPlace


def places_of(text: str) -> list[str]:
    """The names in braces, in order."""
    return [found["inner"] or found["bare"] for found in _PLACE.finditer(text)]


def fill(text: str, values: Mapping[str, str]) -> str:
    """Put values in the places, once: what a value holds is text. A place without one comes out empty.

    A line that says nothing without its places goes when all of them are empty, and so do empty brackets.
    """
    lines = [_fill_line(line, values) for line in text.strip().splitlines()]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(line for line in lines if line is not None)).strip()


def _fill_line(line: str, values: Mapping[str, str]) -> str | None:
    names = places_of(line)
    if names and not any(values.get(name) for name in names):
        return None

    def said(found: re.Match[str]) -> str:
        value = values.get(found["inner"] or found["bare"], "")
        if not found["bracketed"]:
            return value
        return found["bracketed"].replace(f"{{{found['inner']}}}", value) if value else ""

    return _PLACE.sub(said, line).rstrip()


def parts(body: str) -> tuple[str, str, str]:
    """What comes before the first paragraph about a call, those about it, and what comes after: for several in one."""
    paragraphs = re.split(r"\n\s*\n", body.strip())
    about = [at for at, paragraph in enumerate(paragraphs) if set(places_of(paragraph)) - OF_PEOPLE]
    if not about:
        return "", body.strip(), ""
    first, last = about[0], about[-1] + 1
    opening, section, closing = (
        "\n\n".join(part) for part in (paragraphs[:first], paragraphs[first:last], paragraphs[last:])
    )
    return opening, section, closing
