"""How many threads a matrix product is given in a process that answers many people."""

import os

_SETTINGS = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS")


def multiply_in_one_thread() -> None:
    """Let each product be worked out by the thread that asks for it; to be called before NumPy is imported.

    A list's products are small: a second thread spins beside the first, used a quarter of the CPU of a list and saved
    no time (`recommender`, 100,000 calls, two cores). Requests are what such a process does side by side. What is set
    in the environment stays.
    """
    for name in _SETTINGS:
        os.environ.setdefault(name, "1")
