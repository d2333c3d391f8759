"""A mentee's goals."""

from typing import Any

from fastapi import APIRouter, Response
from sqlmodel import Session

from api.caller import Reader, Writer
from api.looking_up import mentee_or_404
from api.problems import Kind, Problem, sentence
from api.routes.shared import Id, IfMatch, check_version, problems
from api.schemas.goals import GoalBody, GoalPage, GoalPatch, GoalView
from api.service import ServiceDep
from catalog.audited import AuditAction
from catalog.database import reading, writing
from catalog.stores.audit import record
from catalog.stores.goals import TooManyGoals, add_goal, change_goal, delete_goal, find_goal
from catalog.stores.mentees import goals_of
from catalog.tables import Goal, Mentee

router = APIRouter(prefix="/mentees/{mentee_id}/goals", tags=["mentees"])


def _goal_or_404(session: Session, mentee: Mentee, goal_id: str) -> Goal:
    goal = find_goal(session, mentee, goal_id)
    if goal is None:
        raise Problem(Kind.NOT_FOUND, "This mentee has no such goal.")
    return goal


@router.get("", response_model=GoalPage, responses=problems(Kind.NOT_FOUND))
def list_goals(mentee_id: Id, caller: Reader, service: ServiceDep) -> GoalPage:
    """All goals of a mentee, archived ones too, in their order."""
    with reading(service.engine) as session:
        mentee = mentee_or_404(session, caller, mentee_id)
        goals = goals_of(session, [mentee.id], archived=True).get(mentee.id, [])
        return GoalPage(items=[GoalView.model_validate(goal) for goal in goals])


@router.post(
    "",
    response_model=GoalView,
    status_code=201,
    responses=problems(Kind.NOT_FOUND, Kind.CONFLICT, Kind.CROSS_SITE, body=True),
)
def create_goal(mentee_id: Id, body: GoalBody, caller: Writer, service: ServiceDep, response: Response) -> GoalView:
    """Add a goal; the next list of recommendations serves it."""
    now = service.clock()
    with writing(service.engine) as session:
        mentee = mentee_or_404(session, caller, mentee_id, lock=True)
        try:
            goal = add_goal(session, mentee, body.model_dump(), now=now)
        except TooManyGoals as error:
            raise Problem(Kind.CONFLICT, sentence(error)) from error
        record(session, caller.actor, AuditAction.GOAL_CREATE, "goal", goal.id, now=now)
        response.headers["Location"] = f"/v1/mentees/{mentee.id}/goals/{goal.id}"
        return GoalView.model_validate(goal)


@router.patch(
    "/{goal_id}",
    response_model=GoalView,
    responses=problems(
        Kind.NOT_FOUND, Kind.CONFLICT, Kind.CHANGED_MEANWHILE, Kind.VERSION_MISSING, Kind.CROSS_SITE, body=True
    ),
)
def update_goal(
    mentee_id: Id, goal_id: Id, body: GoalPatch, caller: Writer, service: ServiceDep, if_match: IfMatch = None
) -> GoalView:
    """Change, move, archive or bring back a goal. If-Match names the ETag of the mentee, of whom it is a part.

    What was forwarded for a goal that is archived still says so.
    """
    now = service.clock()
    changes: dict[str, Any] = {k: v for k, v in body.model_dump(exclude_unset=True).items() if v is not None}
    with writing(service.engine) as session:
        mentee = mentee_or_404(session, caller, mentee_id, lock=True)
        goal = _goal_or_404(session, mentee, goal_id)
        check_version(if_match, mentee.version)
        if "archived" in changes:
            changes["archived_at"] = (goal.archived_at or now) if changes.pop("archived") else None
        try:
            change_goal(session, mentee, goal, changes)
        except TooManyGoals as error:
            raise Problem(Kind.CONFLICT, sentence(error)) from error
        record(session, caller.actor, AuditAction.GOAL_CHANGE, "goal", goal.id, now=now)
        return GoalView.model_validate(goal)


@router.delete("/{goal_id}", status_code=204, responses=problems(Kind.NOT_FOUND, Kind.CROSS_SITE))
def remove_goal(mentee_id: Id, goal_id: Id, caller: Writer, service: ServiceDep) -> None:
    """Delete a goal with its vectors."""
    with writing(service.engine) as session:
        mentee = mentee_or_404(session, caller, mentee_id, lock=True)
        delete_goal(session, mentee, _goal_or_404(session, mentee, goal_id))
        record(
            session,
            caller.actor,
            AuditAction.GOAL_DELETE,
            "goal",
            goal_id,
            now=service.clock(),
            programme_id=mentee.programme_id,
        )
