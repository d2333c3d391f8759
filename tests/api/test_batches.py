"""Forwarding many to many: drafts with warnings, then the chosen ones in one go, each made whole or refused."""

import threading

import httpx
from sqlmodel import select

from catalog.database import reading, writing
from catalog.stores.postings import promote_postings
from catalog.tables import Forward, Mentee, MenteeMentor, Opportunity, OutboxMessage, Series
from catalog.words import Kind, OutboxState
from tests.api.clicking import at_once
from tests.api.serving import Served
from tests.builders import NOW, make_draft, make_mentee, make_opportunity, make_source, save

CALL, COAST = "opp_rural_surgery", "opp_coast"


def populate(served: Served) -> None:
    """Beside Ben a mentee of Ada's without an address, and one of nobody's; beside the first call another."""
    save(
        served.engine,
        make_mentee(id="mte_gil", name="Gil Fields", email=None),
        MenteeMentor(mentee_id="mte_gil", mentor_id="mtr_ada"),
        make_mentee(id="mte_kit", name="Kit Secret"),
        make_opportunity(id=COAST, title="Coastal Surgery Course", rev=2),
    )


def send(client: httpx.Client, *pairs: tuple[str, str], key: str = "b", **changes: object) -> httpx.Response:
    items = [{"mentee_id": mentee, "opportunity_id": opportunity} for mentee, opportunity in pairs]
    body = {"items": items, "channel": "copy", **changes}
    return client.post("/v1/forwards/batch", json=body, headers={"Idempotency-Key": key})


def kept(served: Served) -> tuple[int, list[OutboxMessage]]:
    with reading(served.engine) as session:
        return len(session.exec(select(Forward)).all()), list(session.exec(select(OutboxMessage)))


def codes(item: dict[str, list[dict[str, str]]]) -> list[str]:
    return [warning["code"] for warning in item["warnings"]]


def test_a_draft_for_every_mentee_and_opportunity_with_its_warnings(served: Served, ada: httpx.Client) -> None:
    populate(served)
    send(ada, ("mte_ben", CALL))
    body = {"mentee_ids": ["mte_ben", "mte_gil", "mte_kit"], "opportunity_ids": [CALL, COAST]}
    answer = ada.post("/v1/forwards/drafts", json=body)
    assert answer.status_code == 200
    items = answer.json()["items"]
    assert [(one["mentee_id"], one["opportunity_id"]) for one in items] == [
        (mentee, call) for mentee in body["mentee_ids"] for call in body["opportunity_ids"]
    ]
    assert codes(items[0]) == ["sent_before"]
    assert codes(items[1]) == []
    assert "Dear Ben Rivers" in items[1]["message"]
    assert "Coastal Surgery Course" in items[3]["message"]
    assert "Dear Gil Fields" in items[3]["message"]
    assert {one["refused"]["code"] for one in items[4:]} == {"not-found"}
    assert "Secret" not in answer.text


def test_fifty_pairs_are_the_most(ada: httpx.Client) -> None:
    many = [f"opp_{number}" for number in range(26)]
    refused = ada.post("/v1/forwards/drafts", json={"mentee_ids": ["mte_ben", "mte_gil"], "opportunity_ids": many})
    assert refused.status_code == 422
    pairs = [("mte_ben", f"opp_{number}") for number in range(51)]
    assert send(ada, *pairs).json()["errors"][0]["pointer"] == "/items"
    assert send(ada, *pairs[:1], *pairs[:1]).status_code == 422


def test_each_pair_is_made_whole_or_refused_with_its_problem(mailing: Served) -> None:
    populate(mailing)
    ada = mailing.as_mentor("mtr_ada")
    pairs = [("mte_ben", CALL), ("mte_gil", CALL), ("mte_kit", CALL), ("mte_ben", "opp_none"), ("mte_ben", COAST)]
    answer = send(ada, *pairs, channel="email")
    assert answer.status_code == 201
    result = answer.json()
    assert (result["made"], result["refused"]) == (2, 3)
    assert [one["refused"] and one["refused"]["code"] for one in result["items"]] == [
        None, "email-not-possible", "not-found", "not-found", None,
    ]  # fmt: skip
    assert result["items"][1]["refused"]["type"].endswith("/problems/email-not-possible")
    forwards, mails = kept(mailing)
    assert forwards == 2
    assert [(mail.recipient, mail.forward_id) for mail in mails] == [
        ("ben@lakeside.example.org", result["items"][at]["forward"]["id"]) for at in (0, 4)
    ]


def test_the_same_key_gives_the_first_answer_and_another_body_is_refused(served: Served, ada: httpx.Client) -> None:
    populate(served)
    first, again = send(ada, ("mte_ben", CALL), ("mte_ben", COAST)), send(ada, ("mte_ben", CALL), ("mte_ben", COAST))
    assert again.json() == first.json()
    assert again.headers["idempotent-replayed"] == "true"
    assert send(ada, ("mte_ben", CALL)).json()["code"] == "idempotency-key-reused"
    assert kept(served)[0] == 2
    ada.delete("/v1/mentees/mte_ben")
    assert send(ada, ("mte_ben", CALL), ("mte_ben", COAST)).json()["code"] == "gone"


def test_a_batch_clicked_many_times_at_once_is_sent_once(mailing: Served) -> None:
    populate(mailing)
    ada = mailing.as_mentor("mtr_ada")
    at_once(lambda: send(ada, ("mte_ben", CALL), ("mte_ben", COAST), channel="email"), 20)
    forwards, mails = kept(mailing)
    assert (forwards, len(mails)) == (2, 2)


def test_several_calls_go_in_one_mail_and_are_undone_together(mailing: Served) -> None:
    populate(mailing)
    ada = mailing.as_mentor("mtr_ada")
    drafts = ada.post(
        "/v1/forwards/drafts",
        json={"mentee_ids": ["mte_ben"], "opportunity_ids": [CALL, COAST], "one_mail_per_mentee": True},
    ).json()["items"]
    assert all("Dear" not in one["message"] for one in drafts)
    result = send(ada, ("mte_ben", CALL), ("mte_ben", COAST), channel="email", one_mail_per_mentee=True).json()
    [letter] = result["letters"]
    first, second = (one["forward"] for one in result["items"])
    assert letter["forward_ids"] == [first["id"], second["id"]]
    assert letter["subject"] == "2 opportunities for you: Rural Surgery Fellowship; Coastal Surgery Course"
    _, [mail] = kept(mailing)
    assert mail.body == letter["message"]
    assert mail.body.count("Dear Ben Rivers") == 1
    assert mail.body.count("/reply#") == 2
    assert (first["mailed_with"], second["mailed_with"]) == (None, first["id"])
    assert ada.post(f"/v1/forwards/{second['id']}/undo").json()["state"] == "undone"
    assert ada.get(f"/v1/forwards/{first['id']}").json()["state"] == "undone"
    assert kept(mailing)[1][0].state is OutboxState.CANCELLED


def twins(served: Served) -> tuple[str, str]:
    """One opportunity kept as two: when they were first read, one page was still called something else."""
    save(served.engine, make_source(name="harbour_feed", homepage="https://harbour.example.org/"))
    title = "Harbour Surgery Fellowship 2027"
    first = make_draft(key="one", title=title)
    other = {"source": "harbour_feed", "key": "two", "url": "https://harbour.example.org/two"}
    for read in (first, make_draft(title="Announcement to come", **other), make_draft(title=title, **other)):
        with writing(served.engine) as session:
            promote_postings(session, [read], now=NOW)
    with reading(served.engine) as session:
        one, two = session.exec(select(Opportunity.id).where(Opportunity.title == title))
    return one, two


def test_each_warning_through_drafts_and_batch(served: Served, ada: httpx.Client) -> None:
    """Sent before; by a co-mentor; last year's edition; another posting of what is likely the same."""
    twin, likely_same = twins(served)
    save(
        served.engine,
        Series(id="ser_1", kind=Kind.FELLOWSHIP, natural_key="rural", title="Lake Surgery"),
        make_opportunity(id="opp_2026", title="Lake Surgery", edition="2026", series_id="ser_1", rev=8),
        make_opportunity(id="opp_2027", title="Lake Surgery", edition="2027", series_id="ser_1", rev=9),
        make_opportunity(id=COAST, title="Coastal Surgery Course", rev=10),
    )
    cyd = served.as_mentor("mtr_cyd")
    send(ada, ("mte_ben", CALL), ("mte_ben", "opp_2026"), ("mte_ben", twin), key="mine")
    send(cyd, ("mte_ben", COAST), key="hers")
    wanted = {CALL: "sent_before", COAST: "sent_by_co_mentor", "opp_2027": "earlier_edition_sent"}
    wanted[likely_same] = "duplicate_sent"
    drafts = ada.post("/v1/forwards/drafts", json={"mentee_ids": ["mte_ben"], "opportunity_ids": list(wanted)})
    assert {one["opportunity_id"]: codes(one) for one in drafts.json()["items"]} == {
        call: [code] for call, code in wanted.items()
    }
    again = send(ada, *(("mte_ben", call) for call in wanted), key="again").json()
    assert again["made"] == 4, "a warning is not a wall"
    assert {one["opportunity_id"]: codes(one)[-1] for one in again["items"]} == wanted
    assert "Cyd Harbour" in again["items"][1]["warnings"][0]["detail"]
    for call, code in wanted.items():
        alone = ada.post("/v1/forwards/draft", json={"mentee_id": "mte_ben", "opportunity_id": call}).json()
        assert code in codes(alone)


def test_two_of_one_batch_that_are_the_same_are_warned_of_too(served: Served, ada: httpx.Client) -> None:
    save(
        served.engine,
        Series(id="ser_1", kind=Kind.FELLOWSHIP, natural_key="rural", title="Lake Surgery"),
        make_opportunity(id="opp_2026", edition="2026", series_id="ser_1", rev=8),
        make_opportunity(id="opp_2027", edition="2027", series_id="ser_1", rev=9),
    )
    items = send(ada, ("mte_ben", "opp_2026"), ("mte_ben", "opp_2027")).json()["items"]
    assert [codes(one) for one in items] == [[], ["earlier_edition_sent"]]


def test_two_co_mentors_at_once_both_get_through_and_the_later_one_is_warned(served: Served, ada: httpx.Client) -> None:
    populate(served)
    clients = [ada, served.as_mentor("mtr_cyd")]
    answers: list[httpx.Response] = []
    start = threading.Barrier(2)

    def go(client: httpx.Client, number: int) -> None:
        start.wait()
        answers.append(send(client, ("mte_ben", CALL), key=f"r{number}"))

    for number in range(5):
        with writing(served.engine) as session:
            for forward in session.exec(select(Forward)):
                session.delete(forward)
        answers.clear()
        both = [threading.Thread(target=go, args=(client, number)) for client in clients]
        for one in both:
            one.start()
        for one in both:
            one.join()
        assert [answer.status_code for answer in answers] == [201, 201]
        warned = sorted(codes(answer.json()["items"][0]) for answer in answers)
        assert warned == [[], ["sent_by_co_mentor"]]


def test_a_batch_reaches_nobody_elses_mentees(served: Served) -> None:
    populate(served)
    dan = served.as_mentor("mtr_dan")
    result = send(dan, ("mte_ben", CALL), ("mte_kit", CALL)).json()
    assert (result["made"], {one["refused"]["code"] for one in result["items"]}) == (0, {"not-found"})
    with reading(served.engine) as session:
        assert session.get_one(Mentee, "mte_ben").version == 1
        assert session.exec(select(Forward)).all() == []
