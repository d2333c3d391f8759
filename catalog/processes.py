"""Which process this is, named so that another on the same machine can tell when it is gone: it may hold a lease.

The name is `boot/pid namespace/pid/start`, all from the kernel: a number alone is given out again
and containers count from one. Where the kernel does not say, the name is random, and only the
lease's expiry tells.
"""

import os
import secrets
from pathlib import Path

_PROC = Path("/proc")


def this_process() -> str:
    """The name of the running process as a holder."""
    place = _place()
    start = _started(os.getpid())
    return f"{place}/{os.getpid()}/{start}" if place and start else f"process/{secrets.token_hex(8)}"


def is_gone(holder: str) -> bool:
    """Whether `holder` certainly runs no more; False where that cannot be told from here."""
    place, _, rest = holder.rpartition("/")
    place, _, pid = place.rpartition("/")
    if not place or place != _place() or not pid.isdigit():
        return False
    return _started(int(pid)) != rest


def _place() -> str:
    """The boot and the pid namespace in which process numbers mean something, or nothing."""
    try:
        boot = (_PROC / "sys/kernel/random/boot_id").read_text("ascii").strip()
        return f"{boot[:13]}/{os.readlink(_PROC / 'self/ns/pid')}"
    except OSError:
        return ""


def _started(pid: int) -> str:
    """When the process started, in clock ticks since boot, or nothing when there is none (or only its remains)."""
    try:
        stat = (_PROC / str(pid) / "stat").read_text("utf-8", "replace")
    except OSError:
        return ""
    fields = stat.rpartition(")")[2].split()  # the name in parentheses may hold anything
    return "" if fields[0] in ("Z", "X") else fields[19]
