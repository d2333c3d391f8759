"""A ranked list as it is kept: how it is written down, read back, and when it no longer holds."""

import datetime as dt
from dataclasses import asdict, dataclass, replace
from typing import Any, Self

from api.schemas.recommendations import AskView, LearnedView
from catalog.tables import Ranking
from recommender.asking import fact_asked
from recommender.health import Degradation, Mode, RecommenderState
from recommender.results import Ask, Chosen, RankedList, Recommended
from recommender.served import further_as_json, further_from_json, items_as_json, items_from_json


@dataclass(frozen=True, slots=True)
class KeptList:
    """A list read back from its row. `considered`, `hidden_ineligible` and `further` as in `RankedList`."""

    ranking: Ranking
    items: tuple[Recommended, ...]
    further: tuple[Chosen, ...]
    considered: int
    hidden_ineligible: int
    mode: Mode
    degraded: tuple[Degradation, ...]
    learned: tuple[LearnedView, ...]
    ask: AskView | None

    @classmethod
    def of(cls, ranking: Ranking) -> Self | None:
        """The list, or None when another version of the software wrote it in a form that is not read any more."""
        kept = ranking.filters
        try:
            return cls(
                ranking=ranking,
                items=items_from_json([row for row in ranking.items if "reasons" in row]),
                further=further_from_json([row for row in ranking.items if "reasons" not in row]),
                considered=int(kept["considered"]),
                hidden_ineligible=int(kept["hidden_ineligible"]),
                mode=Mode(ranking.mode),
                degraded=tuple(Degradation(one) for one in kept["degraded"]),
                learned=tuple(LearnedView(**one) for one in ranking.weights.get("learned", [])),
                ask=_asked(Ask(**kept["ask"])) if kept.get("ask") else None,
            )
        except (ValueError, KeyError, TypeError):  # a pydantic.ValidationError is a ValueError
            return None

    @classmethod
    def fresh(cls, ranking: Ranking, ranked: RankedList) -> Self:
        """The list that was just made and written into this row."""
        return cls(
            ranking=ranking,
            items=ranked.items,
            further=ranked.further,
            considered=ranked.considered,
            hidden_ineligible=ranked.hidden_ineligible,
            mode=ranked.mode,
            degraded=ranked.degraded,
            learned=tuple(LearnedView(**asdict(one)) for one in ranked.learned),
            ask=_asked(ranked.ask) if ranked.ask else None,
        )

    def with_more(self, items: tuple[Recommended, ...], further: tuple[Chosen, ...]) -> Self:
        """The same with more of it explained."""
        return replace(self, items=items, further=further)

    @property
    def ids(self) -> list[str]:
        """The opportunities on it, in order."""
        return [*(item.opportunity_id for item in self.items), *(one.opportunity_id for one in self.further)]

    @property
    def closings(self) -> list[dt.datetime | None]:
        """When each of them closes, as far as is known."""
        return [*(item.closes_at for item in self.items), *(one.closes_at for one in self.further)]

    @property
    def total(self) -> int:
        """How many calls are on it."""
        return len(self.items) + len(self.further)

    @property
    def made_by(self) -> tuple[Any, ...]:
        """As what the recommender was when it made the list (`RecommenderState.marks`)."""
        return (self.mode, self.degraded, self.ranking.model, self.ranking.index_rev)

    def holds(self, state: RecommenderState, now: dt.datetime) -> bool:
        """Whether the list would be made the same way now, and nothing in it has closed since.

        A list of another day does not hold: a snooze may have ended, and days are counted anew.
        """
        made_alike = self.mode is state.mode and set(self.degraded) == set(state.degraded)
        same_state = self.ranking.index_rev == state.index_rev and self.ranking.created_at.date() == now.date()
        closed = any(one is not None and one <= now for one in self.closings)
        return made_alike and same_state and not closed


def _asked(ask: Ask) -> AskView:
    return AskView(**asdict(ask), fact=fact_asked(ask.question))


def kept(ranked: RankedList, asked: dict[str, Any], state: str, lasts: dt.timedelta) -> Ranking:
    """The row that keeps a list. asked: what was asked for. state: the mark of what was decided by then."""
    return Ranking(
        mentee_id=ranked.mentee_id,
        mentee_version=ranked.mentee_version,
        index_rev=ranked.index_rev,
        model=ranked.model,
        mode=ranked.mode,
        filters={
            "asked": asked,
            "state": state,
            "considered": ranked.considered,
            "hidden_ineligible": ranked.hidden_ineligible,
            "degraded": list(ranked.degraded),
            "ask": asdict(ranked.ask) if ranked.ask else None,
        },
        weights={**ranked.weights, "learned": [asdict(one) for one in ranked.learned]},
        items=[*items_as_json(ranked.items), *further_as_json(ranked.further)],
        created_at=ranked.created_at,
        expires_at=ranked.created_at + lasts,
    )
