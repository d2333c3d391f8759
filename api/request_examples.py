"""A body to start from for each operation that takes one, shown in the description. All people are invented."""

from typing import Any

_BEN, _CALL, _PROGRAMME = "mte_ben", "opp_rural_surgery", "prg_lakeside"
_PASSWORD = "three grey herons at dawn"

BODIES: dict[str, Any] = {
    # signing in
    "sign_in_mentor": {"email": "ada@lakeside.example.org", "password": _PASSWORD},
    "accept_invitation": {"token": "p" * 43, "password": _PASSWORD, "name": "Ada Lake"},
    "create_tokens": {"email": "ada@lakeside.example.org", "password": _PASSWORD},
    "refresh_tokens": {"refresh_token": f"opp_refresh_{'r' * 43}"},
    "revoke_tokens": {"token": f"opp_refresh_{'r' * 43}"},
    "update_me": {"timezone": "Africa/Nairobi", "locale": "es", "digest_rhythm": "weekly", "reminder_lead_days": 30},
    "create_my_key": {"name": "Ward screen", "scopes": ["read"]},
    # administration
    "create_programme": {"name": "Hillside mentoring"},
    "rename_programme": {"name": "Lakeside mentoring"},
    "set_programme_mentor": {"coordinator": False},
    "change_account": {"active": False},
    "reset_password": {"deliver": "link"},
    "invite_mentor": {"email": "gil@hillside.example.org", "role": "mentor", "programme_id": _PROGRAMME},
    "report_bounces": {"addresses": ["ben@lakeside.example.org", "gil@hillside.example.org"]},
    # mentees
    "create_my_mentee": {
        "programme_id": _PROGRAMME,
        "name": "Ben Rivers",
        "email": "ben@lakeside.example.org",
        "stage": "medical_student",
        "citizenships": ["KE"],
        "residence": "KE",
        "languages": ["en", "sw"],
        "needs_funding": True,
    },
    "import_cohort": "name,email,stage,citizenships,goal 1\nBen Rivers,ben@lakeside.example.org,medical student,Kenya,"
    "Learn to operate safely in rural hospitals\n",
    "search_my_mentees": {"name": "Ben"},
    "search_accounts": {"name": "cyd har"},
    "update_mentee": {"stage": "resident", "specialty": "surgery"},
    "create_goal": {"text": "Learn to operate safely in rural hospitals", "horizon": "this_year", "weight": 2},
    "update_goal": {"weight": 3, "position": 0},
    "decide": {"opportunity_id": _CALL, "kind": "dismissed", "reason": "too_senior"},
    "confirm_requirement": {
        "opportunity_id": _CALL,
        "quote": "Applicants must be members of the Lakeside Society.",
    },
    "write_note": {"text": "Prefers to start in autumn.", "opportunity_id": _CALL},
    "change_note": {"text": "Prefers to start in spring."},
    "create_reminder": {"mentee_id": _BEN, "opportunity_id": _CALL, "basis": "deadline", "days_before": 14},
    "change_reminder": {"done": True},
    # forwards
    "draft_forward": {"mentee_id": _BEN, "opportunity_id": _CALL},
    "create_forward": {"mentee_id": _BEN, "opportunity_id": _CALL, "channel": "email"},
    "draft_forwards": {"mentee_ids": [_BEN, "mte_cai"], "opportunity_ids": [_CALL]},
    "forward_batch": {"items": [{"mentee_id": _BEN, "opportunity_id": _CALL}], "channel": "email"},
    "record_reply": {"answer": "accepted"},
    "reply_by_link": {"answer": "remind_me", "remind_on": "2030-03-01"},
    "create_template": {
        "name": "Short",
        "subject": "For you: {title}",
        "body": "Dear {mentee},\n\n{why}\n{by_when}\n\nTell me here: {reply_link}\n{mentor}",
    },
    "preview_template": {"subject": "For you: {title}", "body": "{why}\n{by_when}\n{reply_link}"},
    "update_template": {"subject": "{title}: {due}"},
    # feeds and programs
    "create_feed": {"what": "recommendations", "mentee_id": _BEN, "name": "In my calendar"},
    "create_webhook": {"url": "https://hooks.example.org/opportune", "events": ["opportunity.new", "forward.replied"]},
    "update_webhook": {"name": "Chat", "events": ["opportunity.changed"]},
    "replay_webhook": {"since": "2030-01-01T00:00:00Z"},
    # sources and review
    "request_crawl": {"sources": ["lakeside_listing"]},
    "watch_a_page": {"url": "https://lakeside.example.org/prize", "kind": "fellowship"},
    "accept_as_read": {"gist": ""},
    "mend_what_was_read": {"values": {"deadline": "2030-06-30"}},
    "refuse_what_was_read": {"why": "An advertisement"},
}
"""By the route's name, as in `api.description.operation_id`."""
