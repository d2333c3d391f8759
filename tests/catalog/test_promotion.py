"""What promoting drafts does to the tables: kept once, joined, compared with what was known, retired with patience."""

import datetime as dt
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine
from sqlmodel import Session, select

from catalog.database import connect, reading, writing
from catalog.drafts import PostingDraft
from catalog.stores.absence import mark_missed
from catalog.stores.postings import Promotion, UnknownSource, promote_postings
from catalog.stores.revisions import current_revision
from catalog.stores.sources import list_sources, mark_healthy, upsert_sources
from catalog.tables import Change, JoinKey, Opportunity, Posting, Series
from catalog.words import ChangeKind, Outcome, Timing, Way
from tests.builders import NOW, make_deadline, make_draft, make_source

DAY = dt.timedelta(days=1)
DIGEST = {"source": "call_digest", "key": "p-1", "url": "https://digest.example.net/p/1"}


@pytest.fixture
def catalogue(both_engines: Engine) -> Engine:
    """A database that knows an institute's own listing and a digest that retells it."""
    add_sources(both_engines)
    return both_engines


@pytest.fixture
def small(engine: Engine) -> Engine:
    """The same on SQLite only, for what does not depend on the engine."""
    add_sources(engine)
    return engine


def add_sources(engine: Engine) -> None:
    with writing(engine) as session:
        own = make_source()
        digest = make_source(name="call_digest", title="Call Digest", way=Way.WORDPRESS, hosts=["digest.example.net"])
        upsert_sources(session, [own, digest], now=NOW)


def promote(engine: Engine, *drafts: PostingDraft, now: dt.datetime = NOW, **options: Any) -> Promotion:
    with writing(engine) as session:
        return promote_postings(session, drafts, now=now, **options)


def opportunities(engine: Engine) -> list[Opportunity]:
    with reading(engine) as session:
        return list(session.exec(select(Opportunity).order_by(Opportunity.edition, Opportunity.title)).all())


def changes(engine: Engine) -> list[Change]:
    with reading(engine) as session:
        return list(session.exec(select(Change).order_by(Change.rev, Change.kind)).all())


def tables(engine: Engine) -> dict[str, list[tuple[Any, ...]]]:
    """Everything that promotion writes, to compare two databases."""
    with reading(engine) as session:
        return {
            table.__tablename__: sorted(map(repr, session.execute(sa.select(table.__table__)).all()))
            for table in (Posting, Opportunity, Series, Change, JoinKey)
        }


def test_a_draft_becomes_a_posting_and_an_opportunity_in_a_series(catalogue: Engine) -> None:
    draft = make_draft()

    assert promote(catalogue, draft) == Promotion(new=1, refreshed=0, changed=1)

    [made] = opportunities(catalogue)
    assert (made.title, made.kind, made.edition, made.rev) == (draft.title, draft.kind, "2027", 1)
    assert made.deadlines == draft.deadlines
    assert made.closes_at == dt.datetime(2027, 6, 1, 12, tzinfo=dt.UTC), "the day ends last at UTC-12"
    assert made.quotes == {"title": "Rural Surgery Fellowship"}
    with reading(catalogue) as session:
        [posting] = session.exec(select(Posting)).all()
        [series] = session.exec(select(Series)).all()
    assert posting.draft == draft
    assert (posting.opportunity_id, made.series_id) == (made.id, series.id)


def test_promoting_again_changes_nothing(catalogue: Engine) -> None:
    drafts = [make_draft(), make_draft(**DIGEST), make_draft(key="other", title="Bush Anaesthesia Fellowship")]
    promote(catalogue, *drafts)
    before = tables(catalogue)

    again = promote(catalogue, *drafts)

    assert again == Promotion(new=0, refreshed=3, changed=0)
    assert tables(catalogue) == before
    with reading(catalogue) as session:
        assert current_revision(session) == 1


def test_a_posting_whose_opportunity_was_deleted_by_hand_gets_one_again(catalogue: Engine) -> None:
    promote(catalogue, make_draft())
    [before] = opportunities(catalogue)
    with writing(catalogue) as session:
        session.exec(sa.delete(Opportunity))

    assert promote(catalogue, make_draft()).changed == 1
    [again] = opportunities(catalogue)
    assert (again.id, again.title) == (before.id, before.title)


def test_seeing_it_again_moves_only_the_time_it_was_seen(small: Engine) -> None:
    promote(small, make_draft())

    promote(small, make_draft(fetched_at=NOW + DAY), now=NOW + DAY)

    [seen] = opportunities(small)
    assert (seen.last_seen_at, seen.changed_at, seen.rev) == (NOW + DAY, NOW, 1)


def test_two_sources_of_one_thing_are_one_opportunity_with_the_best_of_each(catalogue: Engine) -> None:
    own = make_draft(summary="", description="", language=None)
    retold = make_draft(
        **DIGEST,
        title="Rural Surgery Fellowship 2027 | Fully Funded",
        summary="Retold.",
        tags=("surgery",),
        language="en",
    )

    promote(catalogue, retold, own)

    [joined] = opportunities(catalogue)
    assert (joined.title, joined.url) == (own.title, own.url), "the institute's own page goes before a retelling"
    assert (joined.summary, joined.language, joined.tags) == ("Retold.", "en", ["surgery"])


def test_a_moved_deadline_is_a_change_with_both_words_and_both_times(catalogue: Engine) -> None:
    promote(catalogue, make_draft())
    later = make_deadline(dt.date(2027, 6, 30), quote="Extended to 30 June 2027")
    struck_out = make_deadline(quote=later.quote, superseded=True)  # in the same line, which is quoted once

    promote(catalogue, make_draft(deadlines=(later, struck_out), fetched_at=NOW + DAY), now=NOW + DAY)

    [change] = changes(catalogue)
    assert change.kind is ChangeKind.DEADLINE
    assert (change.old_quote, change.new_quote) == ("Applications close on 31 May 2027", "Extended to 30 June 2027")
    assert (change.old_read_at, change.new_read_at) == (NOW, NOW + DAY)
    assert change.new["deadlines"][0]["on"] == "2027-06-30"
    [moved] = opportunities(catalogue)
    assert (moved.rev, change.rev, moved.closes_at) == (2, 2, dt.datetime(2027, 7, 1, 12, tzinfo=dt.UTC))


def test_other_words_for_the_same_deadline_are_no_change_to_tell_anyone(small: Engine) -> None:
    promote(small, make_draft())

    promote(small, make_draft(deadlines=(make_deadline(quote="Due by 31/05/2027"),)), now=NOW + DAY)

    assert changes(small) == []
    assert opportunities(small)[0].deadlines[0].quote == "Due by 31/05/2027"


def test_a_closed_page_updates_what_is_known(catalogue: Engine) -> None:
    promote(catalogue, make_draft())
    closed = make_draft(outcome=Outcome.CLOSED, quotes={"outcome": "This call is closed."})

    promote(catalogue, closed, now=NOW + DAY)

    [known] = opportunities(catalogue)
    assert known.outcome is Outcome.CLOSED
    [change] = changes(catalogue)
    assert (change.kind, change.new, change.new_quote) == (ChangeKind.OUTCOME, "closed", "This call is closed.")


def test_a_page_that_announces_next_year_starts_a_new_edition_of_the_series(catalogue: Engine) -> None:
    promote(catalogue, make_draft())
    a_year_later = NOW + 365 * DAY
    promote(catalogue, make_draft(deadlines=(make_deadline(dt.date(2028, 5, 31)),)), now=a_year_later)

    past, present = opportunities(catalogue)

    assert (past.edition, present.edition) == ("2027", "2028")
    assert past.deadlines == (make_deadline(),), "what was forwarded last year stays as it was"
    assert past.withdrawn_at is None
    assert past.series_id == present.series_id
    assert changes(catalogue) == []
    with reading(catalogue) as session:
        [posting] = session.exec(select(Posting)).all()
    assert posting.opportunity_id == present.id


def test_an_edition_left_before_its_deadline_is_withdrawn(small: Engine) -> None:
    promote(small, make_draft(title="Rural Surgery Fellowship 2027"))

    promote(small, make_draft(title="Rural Surgery Fellowship 2028", deadlines=()), now=NOW + DAY)

    left, _ = opportunities(small)
    assert left.withdrawn_at == NOW + DAY
    assert [(change.kind, change.source) for change in changes(small)] == [(ChangeKind.WITHDRAWN, "lakeside_listing")]


def test_things_that_one_page_lists_are_not_joined_by_its_address(small: Engine) -> None:
    page = "https://lakeside.example.org/calls"
    promote(
        small,
        make_draft(key="a", url=page, title="Rural Surgery Fellowship"),
        make_draft(key="b", url=page, title="Bush Anaesthesia Fellowship"),
        make_draft(**DIGEST | {"url": page}, title="River Obstetrics Fellowship"),
    )

    assert len(opportunities(small)) == 3


def test_a_suspect_crawl_adds_and_touches_nothing_else(catalogue: Engine) -> None:
    promote(catalogue, make_draft())
    wrong = make_draft(title="Read more", deadlines=())
    new = make_draft(key="new", title="Bush Anaesthesia Fellowship")

    assert promote(catalogue, wrong, new, now=NOW + DAY, refresh=False) == Promotion(new=1, refreshed=0, changed=1)

    titles = {one.title: one.last_seen_at for one in opportunities(catalogue)}
    assert titles == {"Rural Surgery Fellowship": NOW, "Bush Anaesthesia Fellowship": NOW + DAY}


def test_a_draft_of_an_unknown_source_is_refused_before_anything_is_written(catalogue: Engine) -> None:
    with pytest.raises(UnknownSource, match="no_such_source; upsert the sources"):
        promote(catalogue, make_draft(), make_draft(source="no_such_source"))

    assert opportunities(catalogue) == []


def miss(engine: Engine, now: dt.datetime, seen: tuple[str, ...] = (), **options: Any) -> Any:
    with writing(engine) as session:
        return mark_missed(session, "lakeside_listing", seen, now=now, **options)


@pytest.mark.parametrize(
    ("nights", "withdrawn"),
    [([7, 8], False), ([1, 2, 3], False), ([1, 2, 7], True), ([5, 6, 6, 6], False), ([1, 1, 8], True)],
    ids=["two misses", "three misses in three days", "three in seven days", "four in six days", "three in eight days"],
)
def test_withdrawn_after_three_healthy_misses_and_seven_days(small: Engine, nights: list[int], withdrawn: bool) -> None:
    promote(small, make_draft())

    for night in nights:
        miss(small, NOW + night * DAY)

    assert (opportunities(small)[0].withdrawn_at is not None) is withdrawn


def test_a_source_that_shows_its_newest_only_withdraws_nothing_but_what_is_gone(small: Engine) -> None:
    promote(small, make_draft())

    for night in (1, 2, 9):
        assert miss(small, NOW + night * DAY, shows_all=False).missed == 0
    assert opportunities(small)[0].withdrawn_at is None

    assert miss(small, NOW + 10 * DAY, shows_all=False, gone={make_draft().key}).withdrawn == 1


def test_withdrawn_at_once_when_its_own_page_is_gone_and_back_on_sight(catalogue: Engine) -> None:
    promote(catalogue, make_draft())

    assert miss(catalogue, NOW + DAY, gone=["rural-surgery"]).withdrawn == 1
    assert opportunities(catalogue)[0].withdrawn_at == NOW + DAY
    promote(catalogue, make_draft(), now=NOW + 2 * DAY)

    [back] = opportunities(catalogue)
    assert back.withdrawn_at is None
    assert [change.kind for change in changes(catalogue)] == [ChangeKind.WITHDRAWN, ChangeKind.REVIVED]


def test_reading_an_archived_page_again_mends_and_does_not_count_as_seeing(catalogue: Engine) -> None:
    promote(catalogue, make_draft(), make_draft(key="gone", title="Bush Anaesthesia Fellowship"))
    miss(catalogue, NOW + DAY, gone=["gone"])
    mended = [
        make_draft(summary="Mended."),
        make_draft(key="gone", title="Bush Anaesthesia Fellowship", summary="Mended."),
        make_draft(key="found", title="Island Obstetrics Fellowship", fetched_at=NOW),
    ]

    promoted = promote(catalogue, *mended, now=NOW + 2 * DAY, seen=False)

    assert (promoted.new, promoted.refreshed) == (1, 2)
    assert {one.title: (one.summary, one.withdrawn_at) for one in opportunities(catalogue)} == {
        "Rural Surgery Fellowship": ("Mended.", None),
        "Bush Anaesthesia Fellowship": ("Mended.", NOW + DAY),
        "Island Obstetrics Fellowship": (make_draft().summary, None),
    }
    with reading(catalogue) as session:
        postings = {one.key: one for one in session.exec(select(Posting)).all()}
    assert {one.last_seen_at for one in (*postings.values(), *opportunities(catalogue))} == {NOW}
    assert {key: one.missed_healthy_runs for key, one in postings.items()} == {
        "rural-surgery": 1,
        "gone": 1,
        "found": 0,
    }
    assert postings["gone"].withdrawn_at == NOW + DAY


def test_an_unchanged_page_counts_as_seen(small: Engine) -> None:
    promote(small, make_draft(), make_draft(key="other", title="Bush Anaesthesia Fellowship"))

    absence = miss(small, NOW + DAY, seen=("rural-surgery",))

    assert (absence.missed, absence.withdrawn) == (1, 0)
    assert {one.title: one.last_seen_at for one in opportunities(small)} == {
        "Rural Surgery Fellowship": NOW + DAY,
        "Bush Anaesthesia Fellowship": NOW,
    }


def test_what_closed_before_it_vanished_is_closed_and_not_withdrawn(small: Engine) -> None:
    promote(small, make_draft())

    for night in (120, 121, 130):
        miss(small, NOW + night * DAY)

    assert opportunities(small)[0].withdrawn_at is None


def test_an_opportunity_stays_while_one_of_its_sources_still_has_it(small: Engine) -> None:
    promote(small, make_draft(), make_draft(**DIGEST, summary="Retold."))

    for night in (1, 2, 8):
        miss(small, NOW + night * DAY)

    [kept] = opportunities(small)
    assert (kept.withdrawn_at, kept.summary) == (None, "Retold.")


def test_facts_of_a_source_are_upserted_and_what_crawls_found_out_stays(catalogue: Engine) -> None:
    with writing(catalogue) as session:
        mark_healthy(session, "lakeside_listing", now=NOW + DAY)
        upsert_sources(session, [make_source(title="Lakeside, renamed")], now=NOW + 2 * DAY)
        _, own = list_sources(session)

        assert (own.title, own.last_healthy_at) == ("Lakeside, renamed", NOW + DAY)


TITLES = (
    "Rural Surgery Fellowship",
    "Rural Surgery Fellowship 2027",
    "Bush Anaesthesia Fellowship",
    "Rural Surgery Prize",
)


@st.composite
def draft_sets(draw: st.DrawFn) -> list[PostingDraft]:
    keys = draw(
        st.lists(st.tuples(st.sampled_from(["lakeside_listing", "call_digest"]), st.integers(0, 3)), max_size=6)
    )
    return [
        make_draft(
            source=source,
            key=f"k{number}",
            url=f"https://{source.replace('_', '-')}.example.org/{number}",
            title=draw(st.sampled_from(TITLES)),
            organisation=draw(st.sampled_from(["", "Lakeside Institute"])),
            deadlines=draw(st.sampled_from([(), (make_deadline(),), (make_deadline(dt.date(2027, 6, 10)),)])),
            timing=draw(st.just(Timing.UNKNOWN)),
        )
        for source, number in keys
    ]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(drafts=draft_sets(), data=st.data())
def test_the_order_of_drafts_does_not_matter_and_twice_is_once(
    drafts: list[PostingDraft], data: st.DataObject, upgraded_file: Any, tmp_path_factory: pytest.TempPathFactory
) -> None:
    found = []
    for order in (drafts, data.draw(st.permutations(drafts))):
        path = tmp_path_factory.mktemp("order") / "opportune.db"
        path.write_bytes(upgraded_file.read_bytes())
        engine = connect(f"sqlite:///{path}")
        add_sources(engine)
        promote(engine, *order)
        found.append(tables(engine))
        promote(engine, *order)
        found.append(tables(engine))
        engine.dispose()
        path.unlink()

    assert found[0] == found[1] == found[2] == found[3]


def test_a_session_that_is_not_committed_leaves_nothing(small: Engine) -> None:
    with Session(small) as session:
        promote_postings(session, [make_draft()], now=NOW)
        session.rollback()

    assert opportunities(small) == []
