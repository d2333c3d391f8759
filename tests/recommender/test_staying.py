"""What is loaded to stay is not looked through for garbage; what is little, or garbage later, is as before."""

import gc
from collections.abc import Iterator

import pytest

from recommender import staying as module
from recommender.staying import staying


@pytest.fixture(autouse=True)
def _nothing_stays_frozen() -> Iterator[None]:
    yield
    gc.unfreeze()


def test_what_is_much_is_not_looked_through_again_and_garbage_after_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "STAYS_FROM", 1_000)
    with staying():
        assert not gc.isenabled()
        kept = [[] for _ in range(2_000)]
    assert gc.isenabled()
    assert gc.get_freeze_count() >= len(kept)


def test_what_is_little_is_left_as_it_was() -> None:
    before = gc.get_freeze_count()
    with staying():
        kept = [[] for _ in range(100)]
    assert (gc.get_freeze_count(), len(kept)) == (before, 100)


def test_a_process_that_looks_for_none_goes_on_so_and_one_that_fails_looks_again() -> None:
    with pytest.raises(ValueError, match="broken"), staying():
        raise ValueError("broken")
    assert gc.isenabled()
    gc.disable()
    try:
        with staying():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
