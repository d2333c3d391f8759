"""The loop that the browser's tests leave waiting in the main thread, put aside where a test needs one of its own."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def browsers_loop_aside() -> Iterator[None]:
    """Nothing waits in this thread meanwhile, so that `asyncio.run` begins."""
    waiting = asyncio._get_running_loop()
    asyncio._set_running_loop(None)
    try:
        yield
    finally:
        asyncio._set_running_loop(waiting)
