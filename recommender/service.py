"""The recommender as the API and the command line use it: a mentee's list, a call's board, search, more like this.

Every answer is worked out on one snapshot. Without a usable model or index answers go by words
alone and say so; nothing here fails because of a model.
"""

import datetime as dt
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from sqlalchemy import Engine
from sqlmodel import col, select

from catalog.database import reading, writing
from catalog.standing import CLOSING_SOON, standing
from catalog.stores.batches import in_batches
from catalog.tables import Mentee
from recommender import finding, listing, reverse
from recommender.at_hand import AtHand
from recommender.embedders import Embedder
from recommender.filters import Filters
from recommender.health import RecommenderState
from recommender.library import Library
from recommender.meaning import Meaning
from recommender.mentees import Known, goals_or_specialty
from recommender.models import Numbers, open_embedder
from recommender.open_calls import current_timetable
from recommender.outlook import keep, look_out, new_calls
from recommender.people import GoalFacts, MenteeFacts
from recommender.progress import Progress
from recommender.remembered import Details
from recommender.results import Board, Chosen, RankedList, Recommended, SearchResults

LONGEST_LIST = 100
MENTEES_AT_ONCE = 200  # looked out for: memory does not grow with their number
LIKE_BY = 2_000  # characters of a call's text that others are compared with


class Recommender:
    """Answers from the catalogue behind an engine, with an embedder's model. Threads share one."""

    def __init__(
        self,
        engine: Engine,
        embedder: Embedder | None = None,
        *,
        model: str = "",
        numbers: Numbers = "float32",
        closing_soon: dt.timedelta = CLOSING_SOON,
        look_again_after: float = 0.2,
        vectors_dir: Path | None = None,
        search_in_database: bool = False,
        words_file: Path | None = None,
        progress: Progress | None = None,
    ) -> None:
        self._engine = engine
        self._closing_soon = closing_soon
        meaning = Meaning(embedder or open_embedder(model, numbers))
        library = Library(
            engine,
            meaning.model,
            closing_soon=closing_soon,
            look_again_after=look_again_after,
            vectors_dir=vectors_dir,
            search_in_database=search_in_database,
            words_file=words_file,
            progress=progress,
        )
        self._at_hand, self._details = AtHand(library, meaning), Details()

    def warm_up(self, now: dt.datetime) -> RecommenderState:
        """Load the calls and the model, so that the first answer is as quick as the next."""
        self._at_hand.warm_up(now)
        return self.state(now)

    def state(self, now: dt.datetime | None = None) -> RecommenderState:
        """How the recommender is: for readiness, and to tell whether an earlier list still holds."""
        return self._at_hand.state(now or dt.datetime.now(dt.UTC))

    def recommend(
        self,
        mentee_id: str,
        filters: Filters | None = None,
        *,
        now: dt.datetime,
        limit: int = LONGEST_LIST,
        shown: int | None = None,
    ) -> RankedList:
        """A mentee's list, best first, the first `shown` with reasons (None: all). Raises UnknownMentee."""
        with reading(self._engine) as session:
            answering, (known,) = self._at_hand.answering_mentees(session, [mentee_id], now)
            return listing.recommend(
                answering,
                known,
                filters or Filters(),
                lambda ids: self._details.of(session, ids),
                now=now,
                closing_soon=self._closing_soon,
                limit=limit,
                shown=shown,
            )

    def explain(self, mentee_id: str, chosen: Sequence[Chosen], *, now: dt.datetime) -> tuple[Recommended, ...]:
        """Further calls of a mentee's list with their reasons; without those that are gone. Raises UnknownMentee."""
        with reading(self._engine) as session:
            answering, (known,) = self._at_hand.answering_mentees(session, [mentee_id], now)
            details, closing_soon = partial(self._details.of, session), self._closing_soon
            answering = answering.with_goals(known.goals)
            return listing.explained(answering, known, chosen, details, now=now, closing_soon=closing_soon)

    def recommend_to(
        self, person: MenteeFacts, goals: Sequence[str], filters: Filters | None = None, *, now: dt.datetime, limit: int
    ) -> RankedList:
        """A list for somebody who is not kept: facts and goals said on the spot."""
        answering = self._at_hand.answering(now)
        embed = partial(self._at_hand.embedded, model=answering.snapshot.model)
        said = goals_or_specialty(
            [GoalFacts(f"goal_{number}", text, vectors=embed(text)) for number, text in enumerate(goals, start=1)],
            person.specialty,
            embed,
        )
        answering = self._at_hand.answering(now)
        with reading(self._engine) as session:
            return listing.recommend(
                answering,
                Known(person, said, frozenset()),
                filters or Filters(),
                lambda ids: self._details.of(session, ids),
                now=now,
                closing_soon=self._closing_soon,
                limit=limit,
            )

    def look_out(self, mentee_ids: Sequence[str], *, now: dt.datetime) -> int:
        """See what is in view for these mentees and keep it, `MENTEES_AT_ONCE` at a time; how many were seen."""
        new: frozenset[str] | None = None
        seen = 0
        for some in in_batches(mentee_ids, MENTEES_AT_ONCE):
            with reading(self._engine) as session:
                new = new_calls(session, now) if new is None else new
                there = list(session.exec(select(Mentee.id).where(col(Mentee.id).in_(some)).order_by(col(Mentee.id))))
                answering, known = self._at_hand.answering_mentees(session, there, now)
                details = partial(self._details.of, session)
                views = list(look_out(answering, known, new, details, now=now, closing_soon=self._closing_soon))
            snapshot = answering.snapshot
            with writing(self._engine) as session:
                keep(session, views, index_rev=snapshot.rev, model=snapshot.model, now=now)
            seen += len(views)
        return seen

    def board(self, opportunity_id: str, mentee_ids: Sequence[str], *, now: dt.datetime) -> Board:
        """For one call, how it stands with each mentee. Raises UnknownOpportunity, UnknownMentee."""
        with reading(self._engine) as session:
            details = self._details.of_one(session, opportunity_id)
            timetable = current_timetable(session, details.row)
            answering, mentees = self._at_hand.answering_mentees(session, mentee_ids, now)
        answering = answering.with_goals([goal for known in mentees for goal in known.goals])
        current = standing(timetable, now, self._closing_soon)
        candidates = reverse.board(answering, details, current, mentees, now)
        return Board(
            opportunity_id=opportunity_id,
            status=current.status,
            deadline=current.deadline,
            closes_at=current.closes_at,
            candidates=candidates,
            mode=answering.mode,
            degraded=answering.degraded,
        )

    def search(
        self, words: str, filters: Filters | None = None, *, now: dt.datetime, limit: int = LONGEST_LIST
    ) -> SearchResults:
        """Calls by words and meaning, whoever they are for."""
        answering = self._at_hand.answering(now)
        vectors = self._at_hand.embedded(words, answering.snapshot.model) if words.strip() else None
        return self._find(GoalFacts("search", words, vectors=vectors), filters, now, limit)

    def more_like(
        self, opportunity_id: str, filters: Filters | None = None, *, now: dt.datetime, limit: int = 20
    ) -> SearchResults:
        """Other calls like this one. Raises UnknownOpportunity."""
        with reading(self._engine) as session:
            text = self._details.of_one(session, opportunity_id).text
        ranker = self._at_hand.answering(now).ranker
        at = ranker.snapshot.place.get(opportunity_id)
        said = f"{text.title}. {text.body}"[:LIKE_BY]
        known = None if at is None or not len(rows := ranker.rows_of(at)) else rows
        vectors = self._at_hand.embedded(said, ranker.snapshot.model) if known is None else known
        return self._find(GoalFacts("like", said, vectors=vectors), filters, now, limit, frozenset({opportunity_id}))

    def _find(
        self,
        wanted: GoalFacts,
        filters: Filters | None,
        now: dt.datetime,
        limit: int,
        excluded: frozenset[str] = frozenset(),
    ) -> SearchResults:
        with reading(self._engine) as session:
            return finding.find(
                self._at_hand.answering(now),
                wanted,
                filters or Filters(),
                lambda ids: self._details.of(session, ids),
                now=now,
                closing_soon=self._closing_soon,
                limit=limit,
                excluded=excluded,
            )
