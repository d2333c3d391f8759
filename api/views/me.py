"""Who is signed in, as they are shown themselves: with their programmes, and what this installation can do."""

from sqlmodel import Session, col, select

from api.caller import Caller
from api.schemas.access import MailQuotaView, Me, ProgrammeView
from api.service import Service
from catalog.stores.bounces import bounced
from catalog.stores.mail_quota import mail_quota
from catalog.tables import Programme, ProgrammeMentor


def me_view(session: Session, service: Service, caller: Caller) -> Me:
    """What a caller is told of themselves."""
    query = (
        select(Programme, ProgrammeMentor.coordinator)
        .join(ProgrammeMentor, col(ProgrammeMentor.programme_id) == col(Programme.id))
        .where(ProgrammeMentor.mentor_id == caller.mentor.id)
        .order_by(col(Programme.name))
    )
    return Me(
        **caller.mentor.model_dump(exclude={"password_hash"}),
        no_mail=bounced(session, [caller.mentor.email]).get(caller.mentor.email),
        programmes=[
            ProgrammeView(id=programme.id, name=programme.name, coordinator=coordinator)
            for programme, coordinator in session.exec(query)
        ],
        via=caller.via,
        scopes=sorted(caller.scopes),
        session_expires_at=caller.session_expires_at,
        email_available=service.email_available,
        mail_quota=MailQuotaView.model_validate(
            mail_quota(session, caller.mentor.id, limit=service.mails_per_day, now=service.clock())
        ),
        undo_seconds=int(service.undo.total_seconds()),
    )
