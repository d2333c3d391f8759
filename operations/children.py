"""Commands as children of the worker: they end with their job."""

import asyncio

from operations.nightly import GRACE_SECONDS, opportune


async def run_child(words: tuple[str, ...], *, gently: bool = True) -> int:
    """Run `opportune …` and return its exit code. When the job is cut off the child is asked to end, or killed.

    `gently` False: killed at once. For what loses nothing by it, and is begun anew by another worker.
    """
    child = await asyncio.create_subprocess_exec(*opportune(), *words)
    try:
        return await child.wait()
    finally:
        if child.returncode is None:
            await asyncio.shield(_end(child, gently=gently))


async def _end(child: asyncio.subprocess.Process, *, gently: bool) -> None:
    if gently:
        child.terminate()
        try:
            await asyncio.wait_for(child.wait(), GRACE_SECONDS)
            return
        except TimeoutError:
            pass
    child.kill()
    await child.wait()
