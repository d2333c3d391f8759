"""A mentee's list and a call's board as they are shown, with what was decided and sent since."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from api.schemas.recommendations import BoardEntry, RecommendationView
from api.schemas.shapes import Person
from api.views.opportunities import Now, row_view
from api.views.people import decision_view
from api.views.reasons import eligibility_view, match_view, reason_views, sent_mark, time_left_view
from api.views.trust import trust_views
from catalog.stores.browsing import sources_of
from catalog.stores.decisions import DecisionWithNames, decisions_of
from catalog.stores.journals import journals_of
from catalog.stores.mentees import goals_of
from catalog.stores.sent_before import Sent, sent_before
from catalog.tables import Mentee, Opportunity
from recommender.reasons import Reasons
from recommender.results import Candidate, Recommended


@dataclass(frozen=True, slots=True)
class _Since:
    """What was decided and sent, by (mentee, opportunity), and the goals' texts."""

    decisions: dict[tuple[str, str], DecisionWithNames]
    sent: dict[tuple[str, str], list[Sent]]
    goals: dict[str, str]

    @classmethod
    def read(cls, session: Session, mentee_ids: Sequence[str], opportunity_ids: Sequence[str]) -> "_Since":
        sent: dict[tuple[str, str], list[Sent]] = {}
        for mentee_id, one in sent_before(session, mentee_ids, opportunity_ids):
            sent.setdefault((mentee_id, one.concerns), []).append(one)
        decisions = decisions_of(session, mentee_ids, opportunity_ids=opportunity_ids)
        goals = goals_of(session, mentee_ids, archived=True)
        return cls(
            {(row[0].mentee_id, row[0].opportunity_id): row for row in decisions},
            sent,
            {goal.id: goal.text for several in goals.values() for goal in several},
        )

    def case(self, mentee_id: str, opportunity_id: str, score: float, reasons: Reasons) -> dict[str, Any]:
        """The fields of a `Case`."""
        decision = self.decisions.get((mentee_id, opportunity_id))
        return {
            "score": score,
            "line": reasons.line,
            "reasons": reason_views(reasons, self.goals),
            "match": match_view(reasons.match),
            "eligibility": eligibility_view(reasons.eligibility),
            "time_left": time_left_view(reasons.time_left),
            "decision": decision_view(decision) if decision else None,
            "sent": [sent_mark(one) for one in self.sent.get((mentee_id, opportunity_id), [])],
        }


def recommendation_views(
    session: Session, mentee_id: str, items: Sequence[Recommended], rows: Mapping[str, Opportunity], now: Now
) -> list[RecommendationView]:
    """Items of a list, with their opportunities' rows, in five queries. One that was merged since is left out."""
    ids = [item.opportunity_id for item in items]
    sources = sources_of(session, ids)
    since, journals = _Since.read(session, [mentee_id], ids), journals_of(session, rows.values())
    return [
        RecommendationView(
            rank=item.rank,
            opportunity=row_view(rows[item.opportunity_id], sources.get(item.opportunity_id, []), now),
            trust=trust_views(rows[item.opportunity_id], journals.get(item.opportunity_id)),
            **since.case(mentee_id, item.opportunity_id, item.score, item.reasons),
        )
        for item in items
        if item.opportunity_id in rows
    ]


def board_entries(
    session: Session, opportunity_id: str, candidates: Iterable[Candidate], mentees: dict[str, Mentee]
) -> list[BoardEntry]:
    """The board's entries in the recommender's order."""
    since = _Since.read(session, list(mentees), [opportunity_id])
    return [
        BoardEntry(
            mentee=Person(id=candidate.mentee_id, name=mentees[candidate.mentee_id].name),
            fit=candidate.standing,
            **since.case(candidate.mentee_id, opportunity_id, candidate.score, candidate.reasons),
        )
        for candidate in candidates
        if candidate.mentee_id in mentees
    ]
