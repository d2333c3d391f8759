"""However many threads a service has, its memory is spread over few heaps."""

import ctypes
import subprocess
import sys

import pytest

THREADS = """
import ctypes, sys, threading
if sys.argv[1] == "shared":
    from operations.heaps import share_heaps
    share_heaps()
together = threading.Barrier(12)

def take(kept):
    together.wait()
    kept += [bytes(5000) for _ in range(200)]
    together.wait()

kept = [[] for _ in range(12)]
threads = [threading.Thread(target=take, args=(one,)) for one in kept]
for thread in threads: thread.start()
for thread in threads: thread.join()
c = ctypes.CDLL(None)
out = ctypes.c_void_p.in_dll(c, "stdout")
c.malloc_info(0, out)
c.fflush(out)
"""


def heaps(which: str) -> int:
    done = subprocess.run(
        [sys.executable, "-c", THREADS, which], capture_output=True, text=True, check=True, timeout=60
    )
    return done.stdout.count("<heap nr=")


@pytest.mark.skipif(not hasattr(ctypes.CDLL(None), "malloc_info"), reason="this C library is not glibc")
def test_threads_share_two_heaps():
    assert heaps("shared") <= 2


PIECES = """
import time
from pathlib import Path
from operations.heaps import giving_back

def held():
    return int(Path("/proc/self/statm").read_text().split()[1])  # pages

kept = [bytes(5000) for _ in range(20_000)]
kept = kept[::50]  # what is still used lies between what is free
full = held()
with giving_back(every=0.05):
    give_up = time.monotonic() + 30
    while held() > 0.6 * full and time.monotonic() < give_up:
        time.sleep(0.05)
print(held() / full)
"""


@pytest.mark.skipif(not hasattr(ctypes.CDLL(None), "malloc_trim"), reason="this C library is not glibc")
def test_free_memory_between_what_is_used_is_given_back():
    done = subprocess.run([sys.executable, "-c", PIECES], capture_output=True, text=True, check=True, timeout=60)
    assert float(done.stdout) <= 0.6
