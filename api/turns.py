"""Working out once what several ask for at the same moment.

Who asks while it is being worked out may not have what comes of that: something may have been written before they
asked and after it began, and be it that their key was revoked. All who ask meanwhile share the next turn, which begins
after they asked.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

Name = TypeVar("Name")
Result = TypeVar("Result")


@dataclass(slots=True, eq=False)
class Turn(Generic[Result]):
    """One working out. `result`: what others may have of it, if anything; `following`: for who asked since it began."""

    done: asyncio.Event = field(default_factory=asyncio.Event)
    result: Result | None = None
    following: "Turn[Result] | None" = None


class Turns(Generic[Name, Result]):
    """Who is at what. For one event loop."""

    def __init__(self) -> None:
        self._under_way: dict[Name, Turn[Result]] = {}

    async def take(
        self, name: Name, found: Callable[[], Awaitable[Result | None]]
    ) -> tuple[Result | None, Turn[Result]]:
        """What was worked out since this was asked; or None, and the turn of whoever asked, who must `end` it.

        found: asked once another's turn is over, since that may do for all.
        """
        own = Turn[Result]()
        before = self._under_way.setdefault(name, own)
        if before is own:
            return None, own
        if before.following is not None:
            await before.following.done.wait()
            return before.following.result, own
        before.following = own
        try:
            await before.done.wait()
            own.result = await found()
        except BaseException:
            self.end(name, own)
            raise
        if own.result is not None:
            self.end(name, own)
        return own.result, own

    def end(self, name: Name, turn: Turn[Result]) -> None:
        """It is over, well or not: the next may begin."""
        turn.done.set()
        if self._under_way.get(name) is turn:
            del self._under_way[name]
            if turn.following is not None and not turn.following.done.is_set():
                self._under_way[name] = turn.following
