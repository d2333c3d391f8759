"""Words that were counted once are not counted at the next start, and whatever does not fit is counted anew."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from sqlalchemy import Engine

from recommender import counted, open_calls
from recommender.counted import CountedWords
from recommender.lexical import Vocabulary, query_terms
from recommender.library import Library
from recommender.progress import Progress
from recommender.snapshot import Snapshot
from tests.builders import NOW
from tests.recommender.test_library import put

Counting = list[str]


@pytest.fixture
def counting(monkeypatch: pytest.MonkeyPatch) -> Counting:
    """The titles whose words are counted."""
    titles: Counting = []
    plain: Callable[..., object] = open_calls.count_terms

    def noted(vocabulary: object, title: str, *rest: object) -> object:
        titles.append(title)
        return plain(vocabulary, title, *rest)

    monkeypatch.setattr(open_calls, "count_terms", noted)
    return titles


def started(engine: Engine, file: Path | None, progress: Progress | None = None) -> Snapshot:
    held = Library(engine, lambda: "words@1", words_file=file, progress=progress)
    return held.current(NOW).snapshot


def scores(snapshot: Snapshot, term: str) -> dict[str, float]:
    found = snapshot.lexicon.score(query_terms(term), common=True)
    return {call.id: float(score) for call, score in zip(snapshot.calls, found, strict=True)}


def test_the_next_start_counts_nothing_and_scores_the_same(engine: Engine, tmp_path: Path, counting: Counting) -> None:
    put(engine, "opp_a", title="Malaria school", tags=("tropical",))
    put(engine, "opp_b", title="École d'été de chirurgie")
    file, progress = tmp_path / "new" / "words.npz", Progress()
    first = started(engine, file)
    counting.clear()

    second = started(engine, file, progress)

    assert counting == []
    assert str(progress) == "2 of 2 calls read"
    for term in ("malaria", "tropical", "chirurgie", "absent"):
        assert scores(second, term) == scores(first, term) == scores(started(engine, None), term)


def test_what_was_changed_or_is_new_is_counted(engine: Engine, tmp_path: Path, counting: Counting) -> None:
    file = tmp_path / "words.npz"
    for number in range(3):
        put(engine, f"opp_{number}", title=f"Malaria school {number}")
    started(engine, file)
    put(engine, "opp_1", title="Dengue school")
    put(engine, "opp_2", withdrawn_at=NOW)
    put(engine, "opp_9", title="Cholera school")
    counting.clear()

    found = started(engine, file)

    assert sorted(counting) == ["Cholera school", "Dengue school"]
    assert scores(found, "dengue")["opp_1"] > 0
    assert scores(found, "malaria")["opp_1"] == 0
    counting.clear()
    assert scores(started(engine, file), "cholera") == scores(found, "cholera")
    assert counting == []


@pytest.mark.parametrize("damage", [b"", b"no archive", None])
def test_a_damaged_file_is_as_good_as_none(
    engine: Engine, tmp_path: Path, damage: bytes | None, caplog: pytest.LogCaptureFixture, counting: Counting
) -> None:
    put(engine, "opp_a", title="Malaria school")
    file = tmp_path / "words.npz"
    started(engine, file)
    file.write_bytes(file.read_bytes()[:-40] if damage is None else damage)
    counting.clear()

    assert scores(started(engine, file), "malaria")["opp_a"] > 0
    assert counting == ["Malaria school"]
    assert "counted anew" in caplog.text
    counting.clear()
    started(engine, file)
    assert counting == [], "it was written anew"


def test_whatever_byte_is_damaged_the_calls_are_loaded(engine: Engine, tmp_path: Path) -> None:
    put(engine, "opp_a", title="Malaria school")
    file = tmp_path / "words.npz"
    started(engine, file)
    whole = file.read_bytes()
    for at in range(len(whole) - 600, len(whole), 7):  # the archive's directory, where each byte means something else
        for byte in (0x00, 0x01, 0x63, 0xFF):
            file.write_bytes(whole[:at] + bytes([byte]) + whole[at + 1 :])
            CountedWords.read(file, Vocabulary())


def test_words_that_another_program_counted_are_counted_anew(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, counting: Counting
) -> None:
    put(engine, "opp_a", title="Malaria school")
    file = tmp_path / "words.npz"
    started(engine, file)
    counting.clear()
    monkeypatch.setattr(counted, "made_by", lambda: "a newer one")
    started(engine, file)
    assert counting == ["Malaria school"]
    with np.load(file) as kept:
        assert str(kept["made_by"]) == "a newer one"


def test_where_nothing_can_be_written_the_service_still_starts(
    engine: Engine, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    put(engine, "opp_a", title="Malaria school")
    (tmp_path / "file").write_text("in the way")
    assert len(started(engine, tmp_path / "file" / "words.npz")) == 1
    assert "not kept" in caplog.text
