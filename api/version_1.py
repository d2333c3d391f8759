"""What /v1 is made of: its routers in order, and that none of their routes is open by chance."""

from fastapi import APIRouter
from fastapi.routing import APIRoute

from api.caller import Requires
from api.deprecation import DEPRECATED, check_names
from api.routes import (
    access,
    accounts,
    audit,
    batches,
    bounces,
    calendars,
    confirmations,
    coverage,
    crawling,
    decisions,
    exports,
    fairness,
    feed_documents,
    feeds,
    finding,
    forward_states,
    forwards,
    goals,
    imports,
    invitations,
    keys,
    me,
    mentees,
    mentoring,
    notes,
    notices,
    oidc,
    opportunities,
    programmes,
    rankings,
    recommendations,
    reminders,
    replies,
    review,
    sessions,
    sources,
    subscriptions,
    templates,
    today,
    tokens,
    watching,
    webhook_deliveries,
    webhooks,
)

V1 = (
    access.router,
    me.router,
    sessions.router,
    oidc.router,
    tokens.router,
    keys.router,
    programmes.router,
    accounts.router,
    invitations.router,
    audit.router,
    opportunities.router,
    finding.router,
    calendars.router,
    imports.router,  # before mentees: /mentees/export is no mentee
    mentees.router,
    mentoring.router,
    goals.router,
    decisions.router,
    confirmations.router,
    rankings.router,
    recommendations.router,
    forwards.router,
    batches.router,
    forward_states.router,
    templates.router,
    notes.router,
    reminders.router,
    exports.router,
    feeds.router,
    feed_documents.router,
    replies.router,
    today.router,
    fairness.router,
    notices.router,
    subscriptions.router,
    bounces.router,
    sources.router,
    coverage.router,
    watching.router,
    crawling.router,
    review.router,
    webhooks.router,
    webhook_deliveries.router,
)
PUBLIC = frozenset(
    {
        "sign_in_mentor",
        "sign_out",
        "accept_invitation",
        "get_sign_in_methods",
        "leave_for_provider",
        "come_back_from_provider",
        "create_tokens",
        "refresh_tokens",
        "revoke_tokens",
        "get_reply_page",
        "reply_by_link",
        "get_subscription",
        "unsubscribe_by_link",
        "subscribe_again_by_link",
        "get_coverage",
        "read_feed_as_calendar",
        "read_feed_as_rss",
        "read_feed_as_json",
    }
)
"""Operations under /v1 that need no sign-in. Every other one names a scope, or the service does not start."""


def version_1() -> APIRouter:
    """Everything under /v1. Raises RuntimeError for a route that names no scope."""
    v1 = APIRouter()
    names: list[str] = []
    for router in V1:
        for route in router.routes:
            assert isinstance(route, APIRoute)
            names.append(route.name)
            if needed_scope(route) is None and route.name not in PUBLIC:
                raise RuntimeError(f"{route.path} ({route.name}) names no scope: nothing is open by default")
        v1.include_router(router)
    check_names(DEPRECATED, names)
    return v1


def needed_scope(route: APIRoute) -> str | None:
    """The scope that a route asks of its caller, or None when it asks nothing."""
    needs = [one.call for one in route.dependant.dependencies if isinstance(one.call, Requires)]
    return needs[0].scope if needs else None
