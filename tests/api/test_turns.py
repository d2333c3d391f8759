"""Several who ask at once are answered by few workings out, and by none that began before they asked."""

import asyncio
from collections.abc import Iterator

import pytest

from api.turns import Turns
from tests.loops import browsers_loop_aside


@pytest.fixture(scope="module", autouse=True)
def a_loop_of_its_own() -> Iterator[None]:
    """Each test runs a loop, also where a browser's tests ran before in this process."""
    with browsers_loop_aside():
        yield


class Work:
    """Something that takes a while: `began` says when each working out began, in requests asked by then."""

    def __init__(self, *, still_holds: bool = False, shareable: bool = True) -> None:
        self.turns = Turns[str, int]()
        self.still_holds, self.shareable = still_holds, shareable
        self.asked, self.began = 0, list[int]()

    async def ask(self) -> int:
        """How many had asked when what this one is given began."""
        self.asked += 1
        result, turn = await self.turns.take("list", self.found)
        if result is not None:
            return result
        try:
            began = self.asked
            self.began.append(began)
            await asyncio.sleep(0.01)
            turn.result = began if self.shareable else None
            return began
        finally:
            self.turns.end("list", turn)

    async def found(self) -> int | None:
        return self.began[-1] if self.still_holds else None


async def _ten(work: Work) -> list[int]:
    async def asked(number: int) -> int:
        await asyncio.sleep(number * 0.003)
        given = await work.ask()
        assert work.still_holds or given > number, "it began after this one asked"
        return given

    return list(await asyncio.gather(*(asked(number) for number in range(10))))


def test_those_who_come_while_one_is_at_it_share_the_next_which_begins_after_they_came() -> None:
    work = Work()
    asyncio.run(_ten(work))
    assert len(work.began) < 10


def test_what_still_holds_does_for_all() -> None:
    work = Work(still_holds=True)
    asyncio.run(_ten(work))
    assert len(work.began) < 5


def test_what_may_not_be_shared_each_works_out() -> None:
    work = Work(shareable=False)
    asyncio.run(_ten(work))
    assert len(work.began) == 10


def test_one_who_goes_away_while_waiting_leaves_nobody_waiting() -> None:
    async def scene() -> int:
        work = Work()
        first = asyncio.create_task(work.ask())
        await asyncio.sleep(0)
        waiting, behind = asyncio.create_task(work.ask()), asyncio.create_task(work.ask())
        await asyncio.sleep(0)
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting
        await first
        return await asyncio.wait_for(asyncio.gather(behind, work.ask()), 30) and len(work.turns._under_way)

    assert asyncio.run(scene()) == 0
