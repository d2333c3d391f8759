"""A call's text in pieces that a model reads whole: short calls as one, long ones as overlapping windows.

The models cut what is longer than 256 word pieces. Windows of 130 words that each begin with the
title lift long documents into the top ten; short ones gain nothing, and a longer input loses.
"""

import hashlib
import re
from dataclasses import dataclass
from functools import lru_cache

from recommender.tokens import spelled_out

WHOLE = 180  # words of body that are kept in one passage
WINDOW = 130
STEP = 110
SHORT_GOAL = 60  # words; a longer one makes plain what its abbreviations mean
SHORTEST_PARAGRAPH = 8  # words
MOST_PASSAGES = 8  # the rest of a very long page is fine print
EXCERPT = 120  # characters by which a summary shows that it is the description's beginning
_SENTENCE_END = re.compile(
    r"(?<=[.!?])\s+(?=[A-Z0-9\"'(¿¡ÁÉÍÓÚÀÈÉÑÜÖÄ\u0400-\u04ff\u0600-\u06ff\u4e00-\u9fff])|\n+|(?<=[。！？])"
)
_ANY_END = re.compile(r"(?<=[.!?。！？])\s+|\n+")
_PARAGRAPH = re.compile(r"\n\s*\n")
_REPEATED_WORD = re.compile(r"\b(\w+)(?:[\s,;.!?-]+\1\b){2,}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class CallText:
    """The readable fields of a call, as embedding, word counts and quotes use them."""

    title: str
    organisation: str = ""
    summary: str = ""
    description: str = ""
    tags: tuple[str, ...] = ()

    @property
    def body(self) -> str:
        """Summary and description, without saying the same twice."""
        if not self.description or self.summary_is_excerpt:
            return self.description or self.summary
        if _squeezed(self.description) in _squeezed(self.summary):
            return self.summary
        return f"{self.summary}\n{self.description}" if self.summary else self.description

    @property
    def summary_is_excerpt(self) -> bool:
        """Whether the summary is only the beginning of the description, perhaps cut off and run into one line."""
        told = _squeezed(self.summary)
        return told[:EXCERPT] in _squeezed(self.description) if self.description else False


def sentences(text: str) -> list[str]:
    """The sentences of `text`, each a substring of it."""
    return [sentence for part in _SENTENCE_END.split(text) if part and (sentence := part.strip())]


def call_passages(call: CallText) -> list[str]:
    """The passages of a call, the first one telling most. Never empty, as a call has a title."""
    body = _honest(call.body).split()
    head = _head(call)
    if len(body) <= WHOLE:
        tags = "" if len(body) > WINDOW or not call.tags else " " + ", ".join(call.tags[:12]) + "."
        return [_joined(head, " ".join(body)) + tags]
    starts = range(0, max(1, len(body) - WINDOW + STEP), STEP)
    windows = [" ".join(body[start : start + WINDOW]) for start in starts]
    return [_joined(head, window) for window in windows[:MOST_PASSAGES]]


def goal_passages(text: str) -> list[str]:
    """The passages of a goal. One paragraph is one passage, whatever its length: cut up, it is found worse.

    In a short one abbreviations are spelled out. A long text of several paragraphs (papers, a CV) is
    read as these paragraphs.
    """
    whole = " ".join(text.split())
    if len(whole.split()) <= SHORT_GOAL:
        return [spelled_out(whole)]
    paragraphs = [" ".join(part.split()) for part in _PARAGRAPH.split(text)]
    paragraphs = [part for part in paragraphs if len(part.split()) >= SHORTEST_PARAGRAPH]
    if len(whole.split()) <= WHOLE or len(paragraphs) < 2:
        return [whole]
    return paragraphs[: 2 * MOST_PASSAGES]


def text_hash(text: str) -> str:
    """The hash by which a vector is known to belong to a text."""
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


def _head(call: CallText) -> str:
    title = " ".join(call.title.split())
    known = f"{title} {call.body[:2000]}".casefold()
    organisation = " ".join(call.organisation.split())
    return title if not organisation or organisation.casefold() in known else f"{title}. {organisation}"


def _joined(head: str, body: str) -> str:
    if not body or body.casefold() == head.casefold():
        return head
    return body if body.startswith(head) else f"{head}. {body}"


def _honest(text: str) -> str:
    """`text` without sentences said again and words said in a row, by which a page would push itself up."""
    once = dict.fromkeys(part for part in _ANY_END.split(text) if part)
    return _REPEATED_WORD.sub(r"\1", " ".join(once))


@lru_cache(maxsize=64)  # one call's texts are asked about several times in a row
def _squeezed(text: str) -> str:
    return " ".join(text.split()).casefold()
