"""An opportunity as it is shown, with its standing now."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from api.schemas.forwards import ForwardedOpportunity, ReplyOpportunity
from api.schemas.opportunities import (
    ChangeView,
    EditionView,
    ExpectedView,
    OpportunityRow,
    OpportunityView,
    PostingView,
    SeriesView,
)
from api.schemas.shapes import DeadlineView, MomentView, MoneyView, PlaceView, RequirementView
from api.views.trust import trust_views
from catalog.addresses import host_in_ascii
from catalog.drafts import Deadline, Moment
from catalog.recurrence import Window, in_words
from catalog.standing import Standing, Timetable, passes_at, standing
from catalog.tables import Change, JournalRecord, Opportunity, Posting, Series, Source
from catalog.words import CareerStage, RequirementType


@dataclass(frozen=True, slots=True)
class Now:
    """When an answer is made, and how soon counts as soon."""

    at: dt.datetime
    closing_soon: dt.timedelta


def standing_of(opportunity: Opportunity, now: Now) -> Standing:
    """Whether one can still go for it."""
    return standing(Timetable.of(opportunity), now.at, now.closing_soon)


def moment_view(moment: Moment | None) -> MomentView | None:
    """A moment with the instant at which it is over."""
    return None if moment is None else MomentView(**moment.model_dump(), over_at=passes_at(moment))


def deadline_view(deadline: Deadline | None) -> DeadlineView | None:
    """A deadline with the instant at which it is over."""
    return None if deadline is None else DeadlineView(**deadline.model_dump(), over_at=passes_at(deadline))


def expected_view(window: Window | None) -> ExpectedView | None:
    """When an edition is expected, in numbers and in words."""
    if window is None:
        return None
    return ExpectedView(
        on=window.on, days=window.days, seen=list(window.seen), years=window.years, words=in_words(window)
    )


def host_of(url: str) -> str:
    """The host in its ASCII form, so that look-alike letters show."""
    host = urlsplit(url).hostname or ""
    try:
        return host_in_ascii(host) if not host.isascii() else host
    except UnicodeError:
        return host.encode("ascii", "backslashreplace").decode()


def stages_of(opportunity: Opportunity) -> list[CareerStage]:
    """The stages that the page names as welcome."""
    named = [
        stage
        for requirement in opportunity.requirements
        if requirement.type is RequirementType.CAREER_STAGE and not requirement.excludes
        for stage in requirement.any_of
    ]
    return [CareerStage(stage) for stage in dict.fromkeys(named)]


def row_view(opportunity: Opportunity, sources: Sequence[str], now: Now) -> OpportunityRow:
    """What a row on a page shows."""
    return OpportunityRow(**_row(opportunity, sources, now))


def _row(opportunity: Opportunity, sources: Sequence[str], now: Now) -> dict[str, object]:
    current = standing_of(opportunity, now)
    return {
        "id": opportunity.id,
        "kind": opportunity.kind,
        "title": opportunity.title,
        "organisation": opportunity.organisation,
        "url": opportunity.url,
        "host": host_of(opportunity.url),
        "summary": opportunity.summary,
        "places": [PlaceView(**place.model_dump()) for place in opportunity.places],
        "remote": opportunity.remote,
        "status": current.status,
        "timing": opportunity.timing,
        "deadline": deadline_view(current.deadline),
        "closes_at": current.closes_at,
        "expected": expected_view(opportunity.expected),
        "forgotten": current.forgotten,
        "opens": moment_view(opportunity.opens),
        "starts": moment_view(opportunity.starts),
        "ends": moment_view(opportunity.ends),
        "funding": opportunity.funding,
        "money": [MoneyView(**money.model_dump()) for money in opportunity.money],
        "career_stages": stages_of(opportunity),
        "tags": opportunity.tags,
        "flags": opportunity.flags,
        "sources": list(sources),
        "first_seen_at": opportunity.first_seen_at,
        "last_seen_at": opportunity.last_seen_at,
        "changed_at": opportunity.changed_at,
    }


@dataclass(frozen=True, slots=True)
class Known:
    """Everything kept about one opportunity."""

    opportunity: Opportunity
    postings: Sequence[Posting]
    sources: Mapping[str, Source]
    changes: Sequence[Change]
    series: Series | None
    editions: Sequence[Opportunity]
    journal: JournalRecord | None


def full_view(known: Known, now: Now) -> OpportunityView:
    """Everything, each thing with the words it came from."""
    opportunity = known.opportunity
    return OpportunityView(
        **_row(opportunity, sorted({posting.source for posting in known.postings}), now),
        description=opportunity.description,
        language=opportunity.language,
        edition=opportunity.edition,
        outcome=opportunity.outcome,
        predicted=opportunity.predicted,
        deadlines=[view for deadline in opportunity.deadlines if (view := deadline_view(deadline))],
        requirements=[RequirementView(**requirement.model_dump()) for requirement in opportunity.requirements],
        quotes=opportunity.quotes,
        postings=[_posting_view(posting, known.sources.get(posting.source)) for posting in known.postings],
        changes=[ChangeView.model_validate(change) for change in known.changes],
        series=_series_view(known, now),
        withdrawn_at=opportunity.withdrawn_at,
        trust=trust_views(opportunity, known.journal),
    )


def _posting_view(posting: Posting, source: Source | None) -> PostingView:
    return PostingView(
        source=posting.source,
        source_title=source.title if source else posting.source,
        key=posting.key,
        title=posting.draft.title,
        url=posting.draft.url,
        first_seen_at=posting.first_seen_at,
        last_seen_at=posting.last_seen_at,
        fetched_at=posting.draft.fetched_at,
        withdrawn_at=posting.withdrawn_at,
        external_ids=posting.draft.external_ids,
    )


def _series_view(known: Known, now: Now) -> SeriesView | None:
    if known.series is None:
        return None
    editions = [
        EditionView(
            id=edition.id,
            edition=edition.edition,
            title=edition.title,
            status=(current := standing_of(edition, now)).status,
            closes_at=current.closes_at,
            expected=expected_view(edition.expected),
        )
        for edition in known.editions
    ]
    return SeriesView(id=known.series.id, title=known.series.title, editions=editions)


def forwarded_view(opportunity: Opportunity, now: Now) -> ForwardedOpportunity:
    """What a forward shows of its opportunity."""
    return ForwardedOpportunity(**_brief(opportunity, now))


def reply_view(opportunity: Opportunity, now: Now) -> ReplyOpportunity:
    """What the holder of a reply link may see."""
    return ReplyOpportunity(**_brief(opportunity, now), summary=opportunity.summary)


def _brief(opportunity: Opportunity, now: Now) -> dict[str, object]:
    current = standing_of(opportunity, now)
    return {
        "id": opportunity.id,
        "kind": opportunity.kind,
        "title": opportunity.title,
        "organisation": opportunity.organisation,
        "url": opportunity.url,
        "status": current.status,
        "deadline": deadline_view(current.deadline),
        "closes_at": current.closes_at,
    }
