"""A crawl's memory is its own, whoever started it."""

import subprocess
import sys

from crawlers.manners.memory import peak_memory

ASK = "from crawlers.manners.memory import peak_memory; print(peak_memory())"


def test_a_large_parent_is_not_counted():
    ballast = bytearray(b"x") * (400 * 2**20)
    small = subprocess.run([sys.executable, "-c", ASK], capture_output=True, text=True, check=True)

    assert peak_memory() > len(ballast)
    assert 0 < int(small.stdout) < 300 * 2**20


def test_what_was_held_once_still_counts():
    code = f"x = bytearray(b'x') * (200 * 2**20); del x\n{ASK}"
    asked = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert int(asked.stdout) > 200 * 2**20
