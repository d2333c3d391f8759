"""No cursor holds anything about a person: it is signed, not sealed, and stands in addresses and logs of proxies."""

import base64
import datetime as dt
from typing import Any

from catalog.tables import AuditEntry, Confirmation, Decision, Forward, MenteeMentor, Note, Reminder
from catalog.words import Channel, DecisionKind, DeliveryState, ReminderBasis, Scope
from tests.api.serving import Served
from tests.builders import NOW, make_goal, make_mentee, make_mentor, make_programme, save

CANARY = "zzcanary"
MENTEE = "/v1/mentees/mte_ben"
LISTS = (
    "/v1/today",
    "/v1/fairness",
    "/v1/mentors",
    "/v1/programmes",
    "/v1/programmes/prg_lakeside/mentors",
    "/v1/mentees",
    "/v1/forwards",
    "/v1/opportunities",
    "/v1/reminders",
    "/v1/audit",
    "/v1/opportunities/opp_rural_surgery/mentees",
    f"{MENTEE}/recommendations",
    f"{MENTEE}/rankings",
    f"{MENTEE}/notes",
    f"{MENTEE}/decisions",
    f"{MENTEE}/confirmations",
    f"{MENTEE}/mentors",
)


def test_the_cursor_of_no_list_names_or_describes_a_person(recommending: Served) -> None:
    everybody(recommending)
    fay = recommending.as_mentor("mtr_fay", *Scope)
    for path in LISTS:
        seen: list[Any] = []
        cursor: str | None = None
        for _ in range(3):
            answer = fay.get(path, params={"limit": 1, **({"cursor": cursor} if cursor else {})})
            assert answer.is_success, (path, answer.text)
            seen += answer.json()["items"]
            cursor = answer.json()["next"]
            if cursor is None:
                break
            said = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode("utf-8", "replace").lower()
            assert CANARY not in said, (path, said)
            assert "@lakeside" not in said, (path, said)
        assert len(seen) >= 2, f"{path} has but one page, so that nothing is shown about its cursor"
        assert all(one not in seen[:place] for place, one in enumerate(seen)), f"{path} repeats itself"


def everybody(served: Served) -> None:
    """Two of all that is listed, each with the canary in every text about a person."""
    engine = served.engine
    mentees = [make_mentee(id=f"mte_{n}", name=f"{CANARY} {n}", email=f"{CANARY}{n}@example.org") for n in range(3)]
    mentors = [make_mentor(id=f"mtr_0{n}", name=f"{CANARY} {n}", email=f"{CANARY}.{n}@example.org") for n in range(3)]
    save(engine, *mentors, *mentees, make_programme(id="prg_2", name=f"{CANARY} programme"))
    save(engine, *(make_goal(id=f"gol_{n}", mentee_id=one.id) for n, one in enumerate(mentees)))
    for name in ("mte_ben", *(one.id for one in mentees)):
        save(engine, MenteeMentor(mentee_id=name, mentor_id="mtr_fay"))
    for number in range(3):
        of: dict[str, Any] = {"mentee_id": "mte_ben", "mentor_id": "mtr_fay"}
        at = NOW - dt.timedelta(days=10, hours=number)
        call = f"opp_00{number}"
        save(engine, Note(**of, text=f"{CANARY} {number}", created_at=at))
        save(engine, Confirmation(**of, opportunity_id=call, quote=f"{CANARY} {number}", created_at=at))
        save(engine, Decision(**of, opportunity_id=call, kind=DecisionKind.SAVED, created_at=at))
        save(
            engine,
            Reminder(**of, opportunity_id=call, basis=ReminderBasis.DATE, remind_on=NOW.date(), text=CANARY),
            AuditEntry(actor_kind="command", action="read", object_type="mentee", object_id="mte_ben", at=at),
        )
        save(
            engine,
            Forward(
                **of,
                opportunity_id=f"opp_01{number}",
                channel=Channel.COPY,
                state=DeliveryState.COPIED,
                subject=CANARY,
                created_at=at,
            ),
        )
    fay = served.as_mentor("mtr_fay")
    for _ in range(2):
        assert fay.get(f"{MENTEE}/recommendations").is_success
        served.clock.forward(minutes=11)
