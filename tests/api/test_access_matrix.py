"""Every route × every kind of caller, from the route table: a route without an entry fails."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from fastapi.routing import APIRoute

from api.caller import PLAIN_COOKIE
from api.taking_keys import REFUSED
from api.version_1 import PUBLIC, V1, needed_scope
from catalog.columns import as_json
from catalog.credentials import hash_secret, new_secret
from catalog.database import connect, writing
from catalog.drafts import Requirement
from catalog.identifiers import identifier
from catalog.stores.session_tokens import sign_in_elsewhere
from catalog.stores.sign_in import open_session
from catalog.tables import (
    Change,
    Confirmation,
    Decision,
    Forward,
    Invitation,
    MenteeMentor,
    Mentor,
    MessageTemplate,
    Note,
    Notice,
    Opportunity,
    ProgrammeMentor,
    Ranking,
    Reminder,
    RequestedRun,
    ReviewItem,
    SignInSession,
    Token,
    WatchedPage,
    Webhook,
    WebhookDelivery,
)
from catalog.words import (
    ChangeKind,
    Channel,
    DecisionKind,
    DeliveryState,
    OutboxState,
    ReminderBasis,
    RequirementType,
    Role,
    Scope,
    TokenPurpose,
)
from tests.api.conftest import populate
from tests.api.serving import Served, serving
from tests.builders import NOW, make_draft, make_goal, make_mentee, make_mentor, make_programme, on, save

CALLERS = ("anonymous", "stranger", "co_mentor", "coordinator", "administrator", "reader")
"""Nobody; a mentor of other mentees; a co-mentor; a coordinator of the programme; an administrator; a read-only key."""

ANYONE = dict.fromkeys(CALLERS, "yes")
SIGNED_IN = ANYONE | {"anonymous": 401}
WRITERS = SIGNED_IN | {"reader": 403}
MINE = SIGNED_IN | {"stranger": 404}
MINE_TO_WRITE = WRITERS | {"stranger": 404}
OWN_ONLY = {
    "anonymous": 401,
    "stranger": 404,
    "co_mentor": 404,
    "coordinator": 404,
    "administrator": 404,
    "reader": 403,
}
OWN_TO_READ = OWN_ONLY | {"reader": "yes"}

COORDINATORS = {
    "anonymous": 401,
    "stranger": 404,
    "co_mentor": 404,
    "coordinator": "yes",
    "administrator": "yes",
    "reader": 404,
}
COORDINATORS_TO_WRITE = COORDINATORS | {"reader": 403}

ADMINISTERING = dict.fromkeys(CALLERS, 403) | {"anonymous": 401, "coordinator": "yes", "administrator": "yes"}
ADMINISTRATORS = ADMINISTERING | {"coordinator": 403}
PEOPLE = dict.fromkeys(CALLERS, 403) | {"anonymous": 401}
"""Refused to programs, as all of these callers are: what people may do is tested where the routes are."""

OFF = dict.fromkeys(CALLERS, 404)
"""No OpenID provider is set."""

BEN = "mte_ben"
CALL = "opp_rural_surgery"
ASKED = "Applicants must be members of the Lakeside Society."
MATRIX: dict[str, tuple[dict[str, object], dict[str, object]]] = {
    # operation: (who may, body)
    "sign_in_mentor": (ANYONE, {"email": "x@example.org", "password": "y"}),
    "sign_out": (ANYONE, {}),
    "accept_invitation": (ANYONE, {"token": "z" * 43, "password": "three grey herons at dawn"}),
    "get_sign_in_methods": (ANYONE, {}),
    "leave_for_provider": (OFF, {}),
    "come_back_from_provider": (OFF, {}),
    "create_tokens": (ANYONE, {"email": "x@example.org", "password": "y"}),
    "refresh_tokens": (ANYONE, {"refresh_token": "opp_refresh_" + "z" * 43}),
    "revoke_tokens": (ANYONE, {"token": "opp_refresh_" + "z" * 43}),
    "list_my_keys": (SIGNED_IN, {}),
    "create_my_key": (PEOPLE, {"name": "ward screen"}),
    "revoke_my_key": (PEOPLE, {}),
    "list_administered_programmes": (ADMINISTERING, {}),
    "create_programme": (ADMINISTRATORS, {"name": "Hillside mentoring"}),
    "get_administered_programme": (ADMINISTERING, {}),
    "rename_programme": (ADMINISTERING, {"name": "Lakeside mentoring"}),
    "list_programme_mentors": (ADMINISTERING, {}),
    "set_programme_mentor": (ADMINISTERING, {"coordinator": False}),
    "remove_programme_mentor": (ADMINISTERING, {}),
    "list_accounts": (ADMINISTERING, {}),
    "search_accounts": (ADMINISTERING, {"name": "cyd"}),
    "change_account": (ADMINISTERING, {"active": True}),
    "reset_password": (PEOPLE, {"deliver": "link"}),
    "list_invitations": (ADMINISTERING, {}),
    "invite_mentor": (ADMINISTERING, {"email": "x@example.org", "programme_id": "prg_lakeside"}),
    "take_back_invitation": (ADMINISTERING, {}),
    "list_audit": (ADMINISTERING, {}),
    "get_reply_page": (ANYONE, {}),
    "reply_by_link": (ANYONE, {"answer": "interested"}),
    "get_me": (SIGNED_IN, {}),
    "update_me": (WRITERS, {"locale": "en"}),
    "list_sessions": (SIGNED_IN, {}),
    "end_all_sessions": (PEOPLE, {}),
    "end_session": (PEOPLE, {}),
    "list_opportunities": (SIGNED_IN, {}),
    "get_opportunity": (SIGNED_IN, {}),
    "get_opportunity_calendar": (SIGNED_IN, {}),
    "search_opportunities": (SIGNED_IN, {}),
    "list_similar_opportunities": (SIGNED_IN, {}),
    "list_mentees_for_opportunity": (SIGNED_IN, {}),
    "get_cohort_template": (SIGNED_IN, {}),
    "import_cohort": (WRITERS, {}),
    "export_cohort": (SIGNED_IN, {}),
    "list_my_mentees": (SIGNED_IN, {}),
    "create_my_mentee": (WRITERS, {"name": "Gil Fields", "programme_id": "prg_lakeside"}),
    "search_my_mentees": (SIGNED_IN, {"name": "Ben"}),
    "get_mentee": (MINE, {}),
    "update_mentee": (MINE_TO_WRITE, {"specialty": "surgery"}),
    "export_all_of_mentee": (MINE, {}),
    "erase_all_of_mentee": (MINE_TO_WRITE, {}),
    "list_possible_mentors": (MINE, {}),
    "add_co_mentor": (MINE_TO_WRITE, {}),
    "remove_co_mentor": (MINE_TO_WRITE, {}),
    "list_goals": (MINE, {}),
    "create_goal": (MINE_TO_WRITE, {"text": "Learn Portuguese in Lisbon"}),
    "update_goal": (MINE_TO_WRITE, {"weight": 2}),
    "remove_goal": (MINE_TO_WRITE, {}),
    "list_decisions": (MINE, {}),
    "decide": (MINE_TO_WRITE, {"opportunity_id": CALL, "kind": "saved"}),
    "undo_decision": (MINE_TO_WRITE, {}),
    "list_confirmations": (MINE, {}),
    "confirm_requirement": (MINE_TO_WRITE, {"opportunity_id": CALL, "quote": ASKED}),
    "take_back_confirmation": (MINE_TO_WRITE, {}),
    "recommend_for_mentee": (MINE, {}),
    "list_rankings": (MINE, {}),
    "get_ranking": (MINE, {}),
    "draft_forward": (MINE, {"mentee_id": BEN, "opportunity_id": CALL}),
    "create_forward": (MINE_TO_WRITE, {"mentee_id": BEN, "opportunity_id": CALL, "channel": "copy"}),
    "draft_forwards": (SIGNED_IN, {"mentee_ids": [BEN], "opportunity_ids": [CALL]}),
    "forward_batch": (WRITERS, {"items": [{"mentee_id": BEN, "opportunity_id": CALL}], "channel": "copy"}),
    "list_my_forwards": (SIGNED_IN, {}),
    "get_forward": (MINE, {}),
    "undo_forward": (MINE_TO_WRITE, {}),
    "mark_forward_copied": (MINE_TO_WRITE, {}),
    "retry_forward": (MINE_TO_WRITE, {}),
    "record_reply": (MINE_TO_WRITE, {"answer": "applied"}),
    "get_subscription": (ANYONE, {}),
    "unsubscribe_by_link": (ANYONE, {}),
    "subscribe_again_by_link": (ANYONE, {}),
    "report_bounces": (ADMINISTERING, {"addresses": ["nobody@hillside.example.org"]}),
    "note_mentee_bounce": (MINE_TO_WRITE, {}),
    "lift_mentee_bounce": (MINE_TO_WRITE, {}),
    "lift_my_bounce": (WRITERS, {}),
    "get_today": (SIGNED_IN, {}),
    "get_fairness": (SIGNED_IN, {}),
    "see_to_notice": (OWN_ONLY, {}),
    "leave_notice_open": (OWN_ONLY, {}),
    "list_templates": (SIGNED_IN, {}),
    "create_template": (WRITERS, {"name": "Short", "subject": "{title}", "body": "{what} {reply_link}"}),
    "preview_template": (SIGNED_IN, {"subject": "{title}", "body": "{what}"}),
    "get_template": (OWN_ONLY | {"reader": "yes"}, {}),
    "update_template": (OWN_ONLY, {"body": "{why}"}),
    "delete_template": (OWN_ONLY, {}),
    "list_notes_about_mentee": (MINE, {}),
    "write_note": (MINE_TO_WRITE, {"text": "Prefers to start in autumn"}),
    "get_note": (MINE, {}),
    "change_note": (MINE_TO_WRITE, {"text": "Prefers spring"}),
    "delete_note": (MINE_TO_WRITE, {}),
    "list_my_reminders": (SIGNED_IN, {}),
    "list_reminder_choices": (SIGNED_IN, {}),
    "create_reminder": (
        MINE_TO_WRITE,
        {"mentee_id": BEN, "opportunity_id": CALL, "basis": "deadline", "days_before": 7},
    ),
    "get_reminder": (OWN_TO_READ, {}),
    "change_reminder": (OWN_ONLY, {"done": True}),
    "delete_reminder": (OWN_ONLY, {}),
    "export_opportunities": (SIGNED_IN, {}),
    "export_forwards": (SIGNED_IN, {}),
    "export_recommendations": (MINE, {}),
    "list_my_feeds": (SIGNED_IN, {}),
    "create_feed": (WRITERS, {"what": "opportunities"}),
    "revoke_feed": (OWN_ONLY, {}),
    "read_feed_as_calendar": (ANYONE, {}),
    "read_feed_as_rss": (ANYONE, {}),
    "read_feed_as_json": (ANYONE, {}),
    "list_my_webhooks": (SIGNED_IN, {}),
    "create_webhook": (WRITERS, {"url": "https://hooks.example.org/in", "events": ["opportunity.new"]}),
    "get_webhook": (OWN_TO_READ, {}),
    "update_webhook": (OWN_ONLY, {"name": "Chat"}),
    "delete_webhook": (OWN_ONLY, {}),
    "rotate_webhook_secret": (OWN_ONLY, {}),
    "ping_webhook": (OWN_ONLY, {}),
    "list_webhook_deliveries": (OWN_TO_READ, {}),
    "replay_webhook_delivery": (OWN_ONLY, {}),
    "replay_webhook": (OWN_ONLY, {"since": "2027-01-01T00:00:00Z"}),
    "list_all_sources": (SIGNED_IN, {}),
    "get_coverage": (ANYONE, {}),
    "list_watched_pages": (COORDINATORS, {}),
    "watch_a_page": (COORDINATORS_TO_WRITE, {"url": "https://lakeside.example.org/prize"}),
    "stop_watching_page": (COORDINATORS_TO_WRITE, {}),
    "list_crawl_requests": (COORDINATORS, {}),
    "request_crawl": (COORDINATORS_TO_WRITE, {"sources": []}),
    "take_back_crawl_request": (COORDINATORS_TO_WRITE, {}),
    "list_review": (COORDINATORS, {}),
    "get_review_item": (COORDINATORS, {}),
    "accept_as_read": (COORDINATORS_TO_WRITE, {"gist": ""}),
    "mend_what_was_read": (COORDINATORS_TO_WRITE, {"values": {"deadline": "2027-06-30"}}),
    "refuse_what_was_read": (COORDINATORS_TO_WRITE, {"why": "An advertisement"}),
    "undo_review": (COORDINATORS_TO_WRITE, {}),
}
ROUTES = {route.name: route for router in V1 for route in router.routes if isinstance(route, APIRoute)}


def key_for(path: str) -> dict[str, str]:
    """A new `Idempotency-Key` for a route that does not refuse one."""
    return {} if REFUSED.fullmatch("/v1" + path) else {"Idempotency-Key": new_secret()}


def test_every_route_has_an_entry() -> None:
    assert set(ROUTES) == set(MATRIX)


def test_what_needs_no_sign_in_is_listed() -> None:
    assert {name for name, route in ROUTES.items() if needed_scope(route) is None} == PUBLIC


@pytest.fixture(scope="module")
def served(upgraded_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """One service for all of them: each test makes objects of its own."""
    path = tmp_path_factory.mktemp("matrix") / "opportune.db"
    shutil.copy(upgraded_file, path)
    engine = connect(f"sqlite:///{path}")
    populate(engine)
    save(
        engine,
        make_programme(id="prg_hillside", name="Hillside mentoring for surgeons"),
        make_mentor(id="mtr_gus", email="gus@hillside.example.org", name="Gus Hill", role=Role.COORDINATOR),
        ProgrammeMentor(programme_id="prg_hillside", mentor_id="mtr_gus", coordinator=True),
    )
    engine.dispose()
    with serving(f"sqlite:///{path}") as running:
        yield running


@pytest.fixture(scope="module")
def callers(served: Served) -> dict[str, httpx.Client]:
    return {
        "anonymous": served.client(),
        "stranger": served.as_mentor("mtr_dan"),
        "co_mentor": served.as_mentor("mtr_cyd"),
        "coordinator": served.as_mentor("mtr_eve", *Scope),
        "administrator": served.as_mentor("mtr_fay", *Scope),
        "reader": served.as_mentor("mtr_ada", Scope.READ),
        "only_administers": served.as_mentor("mtr_fay", Scope.ADMINISTER),
        "from_elsewhere": served.as_mentor("mtr_gus", *Scope),
    }


def person(served: Served, how: str) -> httpx.Client:
    """Cyd, signed in anew: some routes end that."""
    now = served.clock()
    with writing(served.engine) as session:
        cyd = session.get_one(Mentor, "mtr_cyd")
        if how == "bearer":
            return served.client(Authorization=f"Bearer {sign_in_elsewhere(session, cyd, now=now).access}")
        _, token = open_session(session, cyd, now=now)
    return served.client(Cookie=f"{PLAIN_COOKIE}={token}")


@pytest.fixture(scope="module")
def untouched() -> list[dict[str, str]]:
    """Objects that the requests so far left as they were made: a refused one, or one that reads, changes nothing."""
    return []


@pytest.fixture
def places(served: Served, untouched: list[dict[str, str]]) -> dict[str, str]:
    return untouched.pop() if untouched else make_places(served)


def make_places(served: Served) -> dict[str, str]:
    """For each parameter of a route a new object of a mentee of Ada's and Cyd's. Generated requests use them too."""
    mine, anybodys = identifier("mte"), identifier("any")
    ids = {
        "mentee_id": mine,
        "mentor_id": "mtr_cyd",
        "goal_id": identifier("gol"),
        "opportunity_id": CALL,
        "forward_id": identifier("fwd"),
        "note_id": identifier("nte"),
        "confirmation_id": identifier("cnf"),
        "reminder_id": identifier("rem"),
        "template_id": identifier("tpl"),
        "session_id": identifier("ses"),
        "ranking_id": identifier("rnk"),
        "page_id": identifier("wpg"),
        "request_id": identifier("req"),
        "item_id": identifier("rvw"),
        "notice_id": identifier("ntc"),
        "unsubscribe_token": new_secret(),
        "feed_id": identifier("tok"),
        "webhook_id": identifier("whk"),
        "delivery_id": identifier("whd"),
        "reply_token": new_secret(),
        "feed_token": new_secret(),
        "key_id": identifier("key"),
        "programme_id": "prg_lakeside",
        "invitation_id": identifier("inv"),
    }
    later = on(2027, 6, 1)
    given = {"mentee_id": mine, "opportunity_id": CALL, "mentor_id": "mtr_ada", "created_at": NOW}
    forward = {"id": ids["forward_id"], "channel": Channel.COPY, "state": DeliveryState.COPIED, "undo_until": later}
    reply = {"purpose": TokenPurpose.REPLY, "token_hash": hash_secret(ids["reply_token"]), "expires_at": later}
    feed = {"id": ids["feed_id"], "purpose": TokenPurpose.FEED, "token_hash": hash_secret(ids["feed_token"])}
    hook = {"id": ids["webhook_id"], "url": f"https://hooks.example.org/{mine}", "secret": "sealed"}
    delivery = {"id": ids["delivery_id"], "event_id": mine, "event": {}, "state": OutboxState.SENT}
    session = {"id": ids["session_id"], "mentor_id": "mtr_ada", "token_hash": new_secret()[:40], "expires_at": later}
    ranking = {"id": ids["ranking_id"], "mentee_version": 1, "index_rev": 1, "model": "m", "mode": "lexical"}
    draft = make_draft(key=anybodys)
    with writing(served.engine) as writer:
        asks = (Requirement(type=RequirementType.OTHER, quote=ASKED),)
        writer.get_one(Opportunity, CALL).requirements = asks
    save(
        served.engine,
        make_mentee(id=mine),
        MenteeMentor(mentee_id=mine, mentor_id="mtr_ada"),
        MenteeMentor(mentee_id=mine, mentor_id="mtr_cyd"),
        make_goal(id=ids["goal_id"], mentee_id=mine),
        Forward(**given, **forward),
        Decision(**given, kind=DecisionKind.SAVED),
        Confirmation(id=ids["confirmation_id"], quote=ASKED, **given),
        Note(id=ids["note_id"], text="Prefers to start in autumn", **given),
        Reminder(id=ids["reminder_id"], basis=ReminderBasis.DATE, remind_on=later.date(), **given),
        MessageTemplate(id=ids["template_id"], mentor_id="mtr_ada", name=mine, subject="{title}", body="{what}"),
        Token(mentee_id=mine, forward_id=ids["forward_id"], **reply),
        Token(mentor_id="mtr_ada", **feed),
        Webhook(mentor_id="mtr_ada", **hook),
        WebhookDelivery(webhook_id=ids["webhook_id"], **delivery),
        Token(mentee_id=mine, purpose=TokenPurpose.UNSUBSCRIBE, token_hash=hash_secret(ids["unsubscribe_token"])),
        SignInSession(created_at=NOW, last_seen_at=NOW, **session),
        Change(
            id=f"chg_{anybodys}",
            opportunity_id=CALL,
            source="lakeside_listing",
            kind=ChangeKind.WITHDRAWN,
            new_read_at=NOW,
            rev=9,
        ),
        Notice(
            id=ids["notice_id"], change_id=f"chg_{anybodys}", mentor_id="mtr_ada", mentee_id=mine, opportunity_id=CALL
        ),
        WatchedPage(id=ids["page_id"], url=f"https://lakeside.example.org/{anybodys}"),
        RequestedRun(id=ids["request_id"], sources=[draft.source]),
        ReviewItem(id=ids["item_id"], source=draft.source, key=draft.key, draft=as_json(draft)),
        Invitation(
            id=ids["invitation_id"],
            email="gus@lakeside.example.org",
            programme_id="prg_lakeside",
            token_hash=new_secret()[:40],
            expires_at=later,
        ),
        Ranking(mentee_id=mine, filters={"asked": {}}, created_at=NOW, expires_at=later, **ranking),
    )
    return ids


def told_to_nobody(places: dict[str, str]) -> list[str]:
    """What a mentor of other people is never told: ids of what is Ada's or her mentees', their names and words."""
    own = {
        name
        for name in places
        if name not in ("mentor_id", "opportunity_id", "programme_id", "page_id", "item_id", "request_id")
    }
    mentee = make_mentee()
    return [*(places[name] for name in own), mentee.name, str(mentee.email), make_goal().text, "start in autumn"]


def may(name: str, caller: str) -> object:
    """What a caller is answered. Those of `OTHERS` follow from a caller of the table, but for what is named here."""
    table = MATRIX[name][0]
    if caller in CALLERS:
        return table[caller]
    if caller in ("browser", "bearer"):  # Cyd, who mentors with Ada, as a person
        return OF_PEOPLE.get(name, table["co_mentor"])
    if caller == "only_administers":  # Fay's key
        if table["anonymous"] in ("yes", 404):
            return table["anonymous"]
        return table["administrator"] if table in (ADMINISTERING, ADMINISTRATORS) else 403
    if table in (COORDINATORS, COORDINATORS_TO_WRITE):
        return "yes"
    if table == ADMINISTERING:
        return "yes" if name in OF_EVERY_COORDINATOR else 404
    return table["stranger"]


OTHERS = ("browser", "bearer", "only_administers", "from_elsewhere")
"""A co-mentor by a session's cookie; the same by an access token; a key that administers and does nothing else; a
coordinator of another programme."""
OF_PEOPLE = {"create_my_key": "yes", "revoke_my_key": 404, "end_all_sessions": "yes", "end_session": 404}
OF_EVERY_COORDINATOR = frozenset(
    {
        "list_administered_programmes",
        "list_accounts",
        "search_accounts",
        "list_invitations",
        "list_audit",
        "report_bounces",
    }
)


@pytest.mark.parametrize("caller", [*CALLERS, *OTHERS])
@pytest.mark.parametrize("name", sorted(MATRIX))
def test_who_may(
    name: str,
    caller: str,
    callers: dict[str, httpx.Client],
    places: dict[str, str],
    served: Served,
    untouched: list[dict[str, str]],
) -> None:
    _, body = MATRIX[name]
    expected = may(name, caller)
    route = ROUTES[name]
    method = next(iter(route.methods))
    client = person(served, caller) if caller in ("browser", "bearer") else callers[caller]
    body = body | {name: places[name] for name in ("mentee_id",) if name in body}
    answer = client.request(
        method, "/v1" + route.path.format(**places), json=body or None if method in ("POST", "PUT", "PATCH") else None,
        headers={"If-Match": "*", **key_for(route.path)},
    )  # fmt: skip
    if method == "GET" or answer.status_code in (401, 403, 404):
        untouched.append(places)
    if answer.status_code == 200 and caller in ("stranger", "from_elsewhere") and name not in PUBLIC:
        assert not [one for one in told_to_nobody(places) if one in answer.text], "it is somebody else's"
    if expected == "yes":
        # it was let in: what then follows (a wrong password, no recommender, too late) is not a matter of access
        assert answer.status_code not in (403, 404), answer.text
        assert answer.status_code != 401 or answer.json()["code"] in ("wrong-credentials", "token-not-valid")
    else:
        assert answer.status_code == expected, answer.text
        assert answer.json()["code"] in {401: ["not-signed-in"], 403: ["forbidden"], 404: ["not-found"]}[expected]


def test_somebody_elses_and_nobodys_are_answered_alike(served: Served) -> None:
    stranger = served.as_mentor("mtr_dan")
    theirs, nobodys = stranger.get(f"/v1/mentees/{BEN}"), stranger.get("/v1/mentees/mte_nobody")
    assert theirs.status_code == nobodys.status_code == 404
    assert theirs.json() | {"request_id": ""} == nobodys.json() | {"request_id": ""}


def test_lists_hold_only_what_is_mine(served: Served, places: dict[str, str]) -> None:
    stranger = served.as_mentor("mtr_dan")
    assert places["mentee_id"] not in [one["id"] for one in stranger.get("/v1/mentees?limit=100").json()["items"]]
    assert stranger.get("/v1/forwards").json()["items"] == []
    co_mentor = served.as_mentor("mtr_cyd")
    assert co_mentor.get("/v1/mentees").json()["items"]
    forwards = co_mentor.get("/v1/forwards", params={"mentee_id": places["mentee_id"]}).json()["items"]
    assert [one["id"] for one in forwards] == [places["forward_id"]]
