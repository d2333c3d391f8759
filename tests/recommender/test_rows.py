"""A scan of the shadow is never wrong by more than it says, and the exact rows can lie in a file."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from catalog.columns import Float32
from recommender.rows import Rows, make_rows

EVERYTHING = slice(None)


def unit(rows: Float32) -> Float32:
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    found: Float32 = (rows / np.maximum(lengths, 1e-6)).astype(np.float32)
    return found


def some_rows(count: int, dimension: int = 384, seed: int = 1) -> Float32:
    return unit(np.random.default_rng(seed).normal(size=(count, dimension)).astype(np.float32))


@given(
    arrays(np.float32, (40, 24), elements=st.floats(-1, 1, width=32)),
    arrays(np.float32, (3, 24), elements=st.floats(-1, 1, width=32)),
)
def test_a_scan_is_wrong_by_no_more_than_it_says(vectors: Float32, goals: Float32) -> None:
    rows, goals = make_rows([unit(vectors)]), unit(goals)
    rough, error = rows.scan(goals, EVERYTHING)
    assert np.abs(rough - rows.compare(goals, EVERYTHING)).max() <= error


def test_one_large_number_in_a_row_does_not_hide_how_coarse_its_shadow_is() -> None:
    spiky = some_rows(50)
    spiky[:, 0] = 5.0
    rows, goals = make_rows([unit(spiky)]), some_rows(2, seed=2)
    rough, error = rows.scan(goals, EVERYTHING)
    assert np.abs(rough - rows.compare(goals, EVERYTHING)).max() <= error < 0.2


def test_rows_can_be_picked_by_a_slice_or_one_by_one() -> None:
    rows, goals = make_rows([some_rows(9), some_rows(4, seed=3)]), some_rows(2, seed=2)
    assert len(rows) == 13
    picked = np.array([2, 5, 11])
    everything, _ = rows.scan(goals, EVERYTHING)
    np.testing.assert_array_equal(rows.scan(goals, picked)[0], everything[picked])
    np.testing.assert_array_equal(rows.scan(goals, slice(3, 7))[0], everything[3:7])


def test_no_rows_at_all_are_scanned_without_complaint() -> None:
    rough, error = make_rows([]).scan(np.ones((2, 1), dtype=np.float32), EVERYTHING)
    assert rough.shape == (0, 2)
    assert error < 1


def test_exact_rows_in_a_file_are_the_same_and_take_a_quarter_of_the_memory(tmp_path: Path) -> None:
    parts, goals = [some_rows(300)], some_rows(1, seed=2)
    held, mapped = make_rows(parts), make_rows(parts, tmp_path / "vectors")
    np.testing.assert_array_equal(held.compare(goals, EVERYTHING), mapped.compare(goals, EVERYTHING))
    assert bytes_a_number(mapped) < 1.1 < bytes_a_number(held) < 5.1
    assert not list((tmp_path / "vectors").iterdir()), "the file has no name, so that nothing stays behind"


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(OSError, match="file"):
        make_rows([some_rows(3)], tmp_path / "file")


def bytes_a_number(rows: Rows) -> float:
    return rows.bytes_held / (len(rows) * rows.dimension)
