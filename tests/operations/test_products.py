"""A service that answers many people gives a matrix product one thread, unless it is told otherwise."""

import os
import subprocess
import sys

import pytest

_ASKED = """
from operations.products import multiply_in_one_thread
multiply_in_one_thread()
import numpy, threadpoolctl
print(*(one["num_threads"] for one in threadpoolctl.threadpool_info() if one["user_api"] == "blas"))
"""


@pytest.mark.skipif((os.cpu_count() or 1) < 2, reason="this machine has one core, so one thread in any case")
@pytest.mark.parametrize(("told", "threads"), [({}, "1"), ({"OPENBLAS_NUM_THREADS": "2"}, "2")])
def test_a_product_has_as_many_threads_as_were_asked_for(told: dict[str, str], threads: str) -> None:
    plain = {name: value for name, value in os.environ.items() if not name.endswith("_NUM_THREADS")}
    done = subprocess.run([sys.executable, "-c", _ASKED], env=plain | told, capture_output=True, text=True, check=True)
    assert done.stdout.split() == [threads]


def test_serving_does_not_import_numpy_before_it_is_set() -> None:
    asked = "import sys, operations.commands.serve; print('numpy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
