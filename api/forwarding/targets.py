"""Who and what a forward is about, looked up before anything is written or sent."""

from dataclasses import dataclass

from sqlmodel import Session

from api.caller import Caller
from api.looking_up import mentee_or_404, opportunity_or_404
from api.problems import invalid
from api.schemas.forwards import ForwardTarget, NoMail
from catalog.stores.goals import find_goal
from catalog.stores.mentees import goals_of
from catalog.stores.suppressions import suppressed
from catalog.tables import Goal, Mentee, Opportunity
from catalog.words import SuppressionReason


@dataclass(frozen=True, slots=True)
class Target:
    """Who and what, and the goal that was named, if any."""

    mentee: Mentee
    opportunity: Opportunity
    goal: Goal | None
    only_goal: Goal | None  # the mentee's goal when there is just one
    no_mail: SuppressionReason | None = None  # why their address is not written to

    @property
    def has_address(self) -> bool:
        """Whether there is an address on file that may be written to."""
        return self.mentee.email is not None and self.no_mail is None

    def why_no_mail(self, *, email_available: bool) -> NoMail | None:
        """Why mail cannot be sent to them, if so; `email_available`: whether this installation can send any."""
        if not email_available:
            return NoMail.NO_SERVER
        if self.mentee.email is None:
            return NoMail.NO_ADDRESS
        return NoMail(self.no_mail) if self.no_mail else None


def target_of(session: Session, caller: Caller, body: ForwardTarget) -> Target:
    """Look both up. Raises Problem: 404 for what is not there or not the caller's, 422 for another's goal."""
    mentee = mentee_or_404(session, caller, body.mentee_id)
    opportunity = opportunity_or_404(session, body.opportunity_id)
    goal = find_goal(session, mentee, body.goal_id) if body.goal_id else None
    if body.goal_id and goal is None:
        raise invalid("/goal_id", "This mentee has no such goal.")
    goals = goals_of(session, [mentee.id]).get(mentee.id, [])
    no_mail = suppressed(session, [mentee.email]).get(mentee.email or "")
    return Target(mentee, opportunity, goal, goals[0] if len(goals) == 1 else None, no_mail)
