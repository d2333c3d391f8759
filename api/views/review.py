"""An item of the review queue as it is shown."""

from collections.abc import Iterable, Mapping

from api.schemas.review import DoubtView, ReviewItemView
from api.views.opportunities import deadline_view, host_of, moment_view
from api.views.people import person
from catalog.mending import FIELDS, as_written
from catalog.stores.reviews import Queued, read_draft, review_of


def review_view(row: Queued, source_titles: Mapping[str, str], also_from: Iterable[str] = ()) -> ReviewItemView:
    """What was read, why somebody is asked, and what was decided."""
    item, opportunity_id, mentor = row
    draft, review = read_draft(item), review_of(item)
    return ReviewItemView(
        id=item.id,
        state=item.state,
        source=item.source,
        source_title=source_titles.get(item.source, item.source),
        asked_at=item.created_at,
        doubts=[DoubtView.model_validate(doubt) for doubt in review.doubts],
        title=draft.title,
        organisation=draft.organisation,
        kind=draft.kind,
        url=draft.url,
        host=host_of(draft.url),
        summary=draft.summary,
        outcome=draft.outcome,
        timing=draft.timing,
        deadlines=[view for one in draft.deadlines if (view := deadline_view(one))],
        opens=moment_view(draft.opens),
        starts=moment_view(draft.starts),
        ends=moment_view(draft.ends),
        values={field: as_written(draft, field) for field in FIELDS},
        mends={field: mend.value for field, mend in review.mends.items()},
        why=item.why,
        decided_by=person(mentor),
        decided_at=item.decided_at,
        opportunity_id=opportunity_id,
        also_from=[source_titles.get(one, one) for one in also_from],
        gist=item.gist,
    )
