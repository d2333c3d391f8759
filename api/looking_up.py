"""What an address or a body names, looked up among what the caller may see: another's is answered as if it were not."""

from sqlmodel import Session

from api.caller import Caller
from api.problems import Kind, Problem
from catalog.stores.forwards import ForwardRow, find_forward
from catalog.stores.mentees import find_mentee
from catalog.tables import Mentee, Opportunity


def mentee_or_404(session: Session, caller: Caller, mentee_id: str, *, lock: bool = False) -> Mentee:
    """The mentee, if the caller may see them. Raises Problem (404) otherwise."""
    mentee = find_mentee(session, caller.viewer, mentee_id, lock=lock)
    if mentee is None:
        raise Problem(Kind.NOT_FOUND, "There is no such mentee, or it is not yours.")
    return mentee


def opportunity_or_404(session: Session, opportunity_id: str) -> Opportunity:
    """The opportunity. Raises Problem (404)."""
    found = session.get(Opportunity, opportunity_id)
    if found is None:
        raise Problem(Kind.NOT_FOUND, "There is no such opportunity.")
    return found


def forward_or_404(session: Session, caller: Caller, forward_id: str, *, lock: bool = False) -> ForwardRow:
    """The forward, if the caller may see it. Raises Problem (404) otherwise."""
    row = find_forward(session, caller.viewer, forward_id, lock=lock)
    if row is None:
        raise Problem(Kind.NOT_FOUND, "There is no such forward, or it is not yours.")
    return row
