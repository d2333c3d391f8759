"""Webhooks for one mentee: what she may go for, what was sent to her, and nobody else's."""

from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from catalog.database import reading, writing
from catalog.drafts import Requirement
from catalog.stores.erasure import erase_mentee
from catalog.stores.forwards import add_reply
from catalog.stores.postings import promote_postings
from catalog.tables import Forward, Mentee, MenteeMentor, Webhook, WebhookDelivery
from catalog.words import Channel, DeliveryState, ReplyAnswer, RequirementType
from delivery.telling import tell_what_happened
from tests.builders import NOW, make_draft, make_mentee, make_source, sample_people, save

DUTCH = Requirement(type=RequirementType.CITIZENSHIP, any_of=("NL",), quote="Open to citizens of the Netherlands.")
ANYBODY = make_draft(key="coast", title="Course on the coast")
ONLY_DUTCH = make_draft(key="dunes", title="Fellowship of the dunes", requirements=(DUTCH,))


@pytest.fixture
def told(engine: Engine) -> Engine:
    """Ben, from Kenya, and Ola, from the Netherlands, whom Ada mentors, with a webhook each."""
    save(engine, *sample_people(), make_source(), make_mentee(id="mte_ola", name="Ola Hill", citizenships=["NL"]))
    save(engine, MenteeMentor(mentee_id="mte_ola", mentor_id="mtr_ada"))
    for mentee in ("ben", "ola"):
        listen(engine, f"whk_{mentee}", filters={"mentee_id": f"mte_{mentee}"})
    tell_what_happened(engine, NOW)
    return engine


def listen(engine: Engine, name: str, **changes: Any) -> None:
    events = ["opportunity.new", "opportunity.changed", "opportunity.withdrawn", "forward.replied"]
    given = {"mentor_id": "mtr_ada", "url": f"https://hooks.example.org/{name}", "events": events, "secret": "sealed"}
    save(engine, Webhook(id=name, **{**given, **changes}))


def crawl(engine: Engine, *drafts: Any) -> None:
    with writing(engine) as session:
        promote_postings(session, drafts, now=NOW)
    tell_what_happened(engine, NOW)


def heard(engine: Engine) -> dict[str, list[str]]:
    """By webhook: the titles that it was told, or the type of what has none."""
    with reading(engine) as session:
        rows = session.exec(select(WebhookDelivery).order_by(WebhookDelivery.created_at, WebhookDelivery.id)).all()
    found: dict[str, list[str]] = {}
    for row in rows:
        found.setdefault(row.webhook_id, []).append(row.event["data"].get("title") or row.event["type"])
    return found


def send(engine: Engine, title: str, mentee: str) -> str:
    with reading(engine) as session:
        events = session.exec(select(WebhookDelivery.event)).all()
    [call] = {one["data"]["opportunity_id"] for one in events if one["data"].get("title") == title}
    made = Forward(mentor_id="mtr_ada", mentee_id=mentee, opportunity_id=call, channel=Channel.COPY,
                   state=DeliveryState.COPIED)  # fmt: skip
    save(engine, made)
    return made.id


def test_what_rules_her_out_is_not_told_unless_it_was_sent_to_her(told: Engine) -> None:
    crawl(told, ANYBODY, ONLY_DUTCH)
    assert {name: sorted(titles) for name, titles in heard(told).items()} == {
        "whk_ben": ["Course on the coast"],
        "whk_ola": ["Course on the coast", "Fellowship of the dunes"],
    }
    send(told, "Fellowship of the dunes", "mte_ben")
    crawl(told, ONLY_DUTCH.model_copy(update={"title": "Fellowship of the wide dunes"}))
    assert heard(told)["whk_ben"][-1] == "Fellowship of the wide dunes"


def test_only_what_was_sent_to_her_and_not_to_another(told: Engine) -> None:
    listen(told, "whk_held", filters={"mentee_id": "mte_ben"}, only_held=True)
    crawl(told, ANYBODY)
    send(told, "Course on the coast", "mte_ola")
    crawl(told, ANYBODY.model_copy(update={"title": "Course on the cliffs"}))
    assert "whk_held" not in heard(told)
    send(told, "Course on the cliffs", "mte_ben")
    crawl(told, ANYBODY.model_copy(update={"title": "Course on the island"}))
    assert heard(told)["whk_held"] == ["Course on the island"]


def test_replies_are_hers_alone(told: Engine) -> None:
    crawl(told, ANYBODY)
    forward = send(told, "Course on the coast", "mte_ben")
    with writing(told) as session:
        add_reply(session, forward, ReplyAnswer.INTERESTED, now=NOW)
    assert {name: titles.count("forward.replied") for name, titles in heard(told).items()} == {
        "whk_ben": 1,
        "whk_ola": 0,
    }


def test_nothing_is_told_of_somebody_whom_its_owner_may_see_no_more(told: Engine) -> None:
    with writing(told) as session:
        session.delete(session.get_one(MenteeMentor, ("mte_ben", "mtr_ada")))
        session.get_one(Mentee, "mte_ola").archived_at = NOW
    crawl(told, ANYBODY)
    assert heard(told) == {}


@pytest.mark.parametrize("filters", [{"moon": "full"}, {"kind": ["pilgrimage"]}])
def test_filters_that_only_a_newer_version_knows_set_their_webhook_aside_and_hold_up_nobody(
    told: Engine, filters: dict[str, Any], caplog: pytest.LogCaptureFixture
) -> None:
    listen(told, "whk_newer", filters=filters)
    crawl(told, ANYBODY)
    assert heard(told) == {key: ["Course on the coast"] for key in ("whk_ben", "whk_ola")}
    assert "whk_newer is set aside" in caplog.text


def test_a_webhook_about_somebody_goes_with_them(told: Engine) -> None:
    listen(told, "whk_all")
    crawl(told, ANYBODY)
    with writing(told) as session:
        erase_mentee(session, session.get_one(Mentee, "mte_ben"), now=NOW)
    with reading(told) as session:
        assert sorted(session.exec(select(Webhook.id))) == ["whk_all", "whk_ola"]
