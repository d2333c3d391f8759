"""How much memory a crawl has used, for the limit at which it stops; and how often it looks for garbage.

Scrapy asks `getrusage`, whose peak a process inherits from whoever started it: a crawl started by a
large process would stop at once. The peak that Linux keeps for the program itself begins anew with it.
"""

import gc
import resource
import sys
from pathlib import Path

from scrapy.extensions.memusage import MemoryUsage

_STATUS = Path("/proc/self/status")
_UNIT = 1 if sys.platform == "darwin" else 1024  # of ru_maxrss


def peak_memory() -> int:
    """The most memory (bytes) this program has held at once; elsewhere than on Linux, what `getrusage` says."""
    try:
        lines = _STATUS.read_text("utf-8").splitlines()
    except OSError:
        lines = []
    found = next((line.split()[1] for line in lines if line.startswith("VmHWM:")), None)
    return int(found) * 1024 if found else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _UNIT


def look_for_garbage_less() -> None:
    """Leave out of every collection what is loaded by now (modules, tables, sources), and collect less often.

    A crawl makes thousands of small objects a page: collecting after every 700 of them, and going through
    all that is loaded now and then, took a tenth of its time. To be called once, before the crawl begins.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 20)


class OwnMemory(MemoryUsage):
    """Scrapy's limit, measured on this program alone."""

    def get_virtual_size(self) -> int:
        """The peak in bytes."""
        return peak_memory()
