"""A wrong join is mended by a person, and stays mended however often the postings are read."""

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from catalog.database import reading, writing
from catalog.drafts import PostingDraft
from catalog.stores.postings import promote_postings
from catalog.stores.sources import upsert_sources
from catalog.stores.splitting import NothingToSplit, split_off
from catalog.tables import Posting
from catalog.words import Way
from tests.builders import NOW, make_draft, make_source, on

OWN = make_draft()
RETOLD = make_draft(source="call_digest", key="p-1", url="https://digest.example.net/p/1", summary="Quite another.")


@pytest.fixture
def joined(both_engines: Engine) -> Engine:
    """Two sources' postings, joined into one opportunity."""
    with writing(both_engines) as session:
        upsert_sources(session, [make_source(), make_source(name="call_digest", way=Way.WORDPRESS)], now=NOW)
        promote_postings(session, [OWN, RETOLD], now=NOW)
    assert len(set(homes(both_engines).values())) == 1
    return both_engines


def homes(engine: Engine) -> dict[str, str | None]:
    with reading(engine) as session:
        return {one.source: one.opportunity_id for one in session.exec(select(Posting)).all()}


def split(engine: Engine, key: str = "p-1") -> str:
    with writing(engine) as session:
        return split_off(session, "call_digest", key, by="operator", now=NOW)


def test_the_posting_gets_an_opportunity_of_its_own_and_the_rest_stays(joined: Engine) -> None:
    before = homes(joined)["lakeside_listing"]

    made = split(joined)

    assert homes(joined) == {"lakeside_listing": before, "call_digest": made}
    assert made != before


@pytest.mark.parametrize(
    "read_again",
    [
        RETOLD,
        RETOLD.model_copy(update={"summary": "Read again."}),
        RETOLD.model_copy(update={"title": "Rural Surgery Fellowship 2028"}),
        RETOLD.model_copy(update={"url": OWN.url}),
    ],
    ids=["the same", "other words", "the next edition", "the same address"],
)
def test_it_stays_apart_when_it_is_read_again(joined: Engine, read_again: PostingDraft) -> None:
    split(joined)

    with writing(joined) as session:
        promote_postings(session, [read_again, OWN], now=on(2027, 3, 2))

    assert len(set(homes(joined).values())) == 2


@pytest.mark.parametrize("key", ["p-1", "p-2"], ids=["it is alone there already", "there is no such posting"])
def test_what_cannot_be_split_is_said(joined: Engine, key: str) -> None:
    split(joined)

    with pytest.raises(NothingToSplit, match=key):
        split(joined, key)
