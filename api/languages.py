"""In which language the reader of an answer is told what we say in prose: theirs, else their browser's, else English.

A field of an answer that holds such a sentence is `Said`; codes, quotes and what people wrote are told as they are.
"""

from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Annotated

from pydantic import PlainSerializer
from starlette.types import ASGIApp, Receive, Scope, Send

from api.request_headers import header
from recommender.spoken import Phrasebook, speaks, spoken


@dataclass
class _Reader:
    """Whoever asks: known by their browser first, and better once it is known who they are."""

    locale: str


_READER: ContextVar[_Reader | None] = ContextVar("reader", default=None)


class Languages:
    """Notes for each request what its browser reads (`Accept-Language`)."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] == "http":
            _READER.set(_Reader(accepted(header(scope, b"accept-language") or "")))
        await self.app(scope, receive, send)


@lru_cache(maxsize=64)
def accepted(header: str) -> str:
    """The language of `Accept-Language` (RFC 9110, 12.5.4) that is liked most of those we speak; "en" where none is."""
    liked: list[tuple[float, str]] = []
    for part in header.split(",")[:20]:
        tag, _, weight = part.strip().partition(";")
        try:
            liked.append((float(weight.strip().removeprefix("q=") or 1), tag.strip()))
        except ValueError:
            continue
    known = [tag for weight, tag in sorted(liked, key=lambda one: -one[0]) if weight > 0 and _is_spoken(tag)]
    return next(iter(known), "en")


def _is_spoken(tag: str) -> bool:
    return tag.split("-")[0].lower() == "en" or speaks(tag)


def read_by(locale: str) -> None:
    """It is known who asks: they are told in the language that they chose. Empty: they chose none."""
    reader = _READER.get()
    if reader is not None and locale:
        reader.locale = locale


def language() -> str:
    """Which of our languages the reader of this request is told things in (`es`)."""
    reader = _READER.get()
    return reader.locale.split("-")[0].lower() if reader is not None and speaks(reader.locale) else "en"


def told(sentence: str) -> str:
    """A sentence of ours as the reader of this request is told it."""
    reader = _READER.get()
    return sentence if reader is None else told_in(sentence, reader.locale)


def told_in(sentence: str, locale: str) -> str:
    """A sentence of ours in the language of a locale; as it is where that is not known."""
    said = spoken(sentence, locale)
    return said if said != sentence else _of_ours().say(sentence, locale)


@cache
def _of_ours() -> Phrasebook:
    """What only this package says."""
    return Phrasebook(files("api").joinpath("spoken.toml"))


Said = Annotated[str, PlainSerializer(told, return_type=str)]
"""A sentence of ours in an answer: told in the reader's language."""
