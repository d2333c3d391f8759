"""The index: passages of calls and goals, and their vectors under a model.

Work is committed in small batches, each of which is complete in itself; what is missing is found
by comparing hashes. So a run that was killed goes on where it stopped, and one that is overtaken
by a crawl leaves only what changed since. A new model is built beside the old one, which is
served until the new one has everything.
"""

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from sqlalchemy import Engine
from sqlmodel import Session

from catalog.database import reading, writing
from catalog.stores import passages as passage_store
from catalog.stores import vectors as vector_store
from catalog.stores.batches import in_batches
from catalog.stores.passages import NewPassage
from catalog.stores.revisions import next_revision
from catalog.stores.vectors import Embedded
from catalog.tables import Opportunity
from catalog.words import Outcome
from recommender.embedders import Embedder
from recommender.passages import CallText, call_passages, goal_passages, text_hash

CALLS_AT_ONCE = 200
PASSAGES_AT_ONCE = 128  # seconds of work, all that a kill can cost


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a step has got; `total` is None while it is not known."""

    step: str  # "passages", "vectors" or "goals"
    done: int
    total: int | None


OnProgress = Callable[[Progress], None]


@dataclass(frozen=True, slots=True)
class IndexReport:
    """What an index run did."""

    model: str
    dimension: int
    calls_read: int
    passages_changed: int
    passages_embedded: int
    goals_embedded: int
    swapped: bool  # this model was not the one served before


def call_text(call: Opportunity) -> CallText:
    """The readable fields of an opportunity."""
    return CallText(call.title, call.organisation, call.summary, call.description, tuple(call.tags))


def prepare(engine: Engine, after: int, on_progress: OnProgress) -> tuple[int, int, int]:
    """Cut the calls written after revision `after` into passages; needs no model.

    Returns (the revision up to which that is done, calls read, passages written or removed). A crawl of a large
    source is one revision: it is cut outside any transaction, and written a little at a time, so that mentors can
    write meanwhile where one at a time may.
    """
    read = changed = 0
    while True:
        with reading(engine) as session:
            calls = passage_store.opportunities_after(session, after, limit=CALLS_AT_ONCE)
        if not calls:
            return after, read, changed
        cut = [(call.id, call.rev, _new_passages(call)) for call in calls if _worth_embedding(call)]
        for some in in_batches(cut, CALLS_AT_ONCE):
            with writing(engine) as session:
                changed += _keep_passages(session, some)
        after = calls[-1].rev
        read += len(calls)
        on_progress(Progress("passages", read, None))


def _keep_passages(session: Session, cut: Sequence[tuple[str, int, list[NewPassage]]]) -> int:
    """Keep passages of calls that are still as they were cut; others come with their own revision. How many changed."""
    still = passage_store.revisions_of(session, [name for name, _, _ in cut])
    wanted = {name: passages for name, rev, passages in cut if still.get(name) == rev}
    if not wanted:
        return 0
    changed = passage_store.replace_passages(session, wanted, next_revision(session))
    vector_store.follow_kinds(session, wanted)
    return changed


def index(
    engine: Engine, embedder: Embedder, now: dt.datetime, on_progress: OnProgress = lambda _: None
) -> IndexReport:
    """Bring the index of `embedder`'s model up to date, and serve it once it has everything.

    Raises ModelUnavailable; what was done until then is kept, and passages wait for the next run.
    """
    model = embedder.model
    with reading(engine) as session:
        begun = vector_store.find_build(session, model)
        after = begun.rev if begun else 0
    seen, read, changed = prepare(engine, after, on_progress)
    dimension = embedder.dimension
    with writing(engine) as session:
        vector_store.begin_build(session, model, dimension, now).rev = seen
    embedded = _embed_waiting(engine, embedder, on_progress)
    goals = embed_goals(engine, embedder, on_progress)
    with writing(engine) as session:
        before = vector_store.active_build(session)
        swapped = before is None or before.model != model
        vector_store.activate_build(session, model, now)
    return IndexReport(model, dimension, read, changed, embedded, goals, swapped)


def embed_goals(engine: Engine, embedder: Embedder, on_progress: OnProgress = lambda _: None) -> int:
    """Embed every live goal whose text has no vectors yet; returns how many. Raises ModelUnavailable."""
    with reading(engine) as session:
        waiting = [
            (goal.id, texts, hashes)
            for goal, has in vector_store.goals_waiting(session, embedder.model)
            if (texts := goal_passages(goal.text))
            and set(enumerate(hashes := [text_hash(text) for text in texts])) != has
        ]
    for done, (goal_id, texts, hashes) in enumerate(waiting, start=1):
        vectors = embedder.embed_queries(texts)
        with writing(engine) as session:
            vector_store.store_goal_vectors(session, goal_id, embedder.model, hashes, vectors)
        on_progress(Progress("goals", done, len(waiting)))
    return len(waiting)


def _new_passages(call: Opportunity) -> list[NewPassage]:
    return [NewPassage(text, text_hash(text)) for text in call_passages(call_text(call))]


def _worth_embedding(call: Opportunity) -> bool:
    return call.outcome is Outcome.OPEN and call.withdrawn_at is None


def _embed_waiting(engine: Engine, embedder: Embedder, on_progress: OnProgress) -> int:
    with reading(engine) as session:
        waiting = [passage.id for passage in vector_store.waiting_passages(session, embedder.model)]
    kept = 0
    for done, batch in _batches(waiting, PASSAGES_AT_ONCE):
        with reading(engine) as session:
            texts = [(row.id, row.text_hash, row.text) for row in vector_store.texts_of(session, batch)]
        vectors = embedder.embed_documents([text for _, _, text in texts])
        found = [Embedded(name, hashed, vector) for (name, hashed, _), vector in zip(texts, vectors, strict=True)]
        with writing(engine) as session:
            kept += vector_store.store_vectors(session, embedder.model, vectors.shape[1], found, next_revision(session))
        on_progress(Progress("vectors", done, len(waiting)))
    return kept


def _batches(items: Sequence[str], size: int) -> Iterator[tuple[int, list[str]]]:
    rest, done = iter(items), 0
    while batch := list(islice(rest, size)):
        done += len(batch)
        yield done, batch
