"""Which scores could be among the best: never fewer than there are, however they lie."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender.scored import could_be_best

SCORES = st.lists(st.floats(-2, 2, width=32), min_size=1, max_size=400)


@given(SCORES, st.integers(1, 60), st.sampled_from([0.0, 0.01, 0.5]))
def test_all_that_could_be_among_the_best_are_found_and_no_others(scores: list[float], depth: int, error: float):
    values = np.array(scores, dtype=np.float32)
    least = np.sort(values)[-min(depth, len(values))]
    wanted = np.flatnonzero(values >= least - 2 * error) if depth < len(values) else np.arange(len(values))
    assert could_be_best(values, depth, error).tolist() == wanted.tolist()


@pytest.mark.parametrize("lie", ["rising", "falling", "all the same", "best in one group"])
def test_many_scores_are_looked_at_in_groups_with_the_same_answer(lie: str):
    values = np.linspace(0, 1, 20_000, dtype=np.float32)
    if lie == "falling":
        values = values[::-1].copy()
    elif lie == "all the same":
        values = np.full(20_000, 0.5, dtype=np.float32)
    elif lie == "best in one group":
        values[::160] += 1  # ten best to find make 160 groups, and every 160th score is of one
    least = np.sort(values)[-10]
    assert could_be_best(values, 10, 0.0).tolist() == np.flatnonzero(values >= least).tolist()
