"""The links by which mentees answer without an account: one forward each. Nothing here commits."""

import datetime as dt

from sqlmodel import Session, select

from catalog.credentials import hash_secret, new_secret
from catalog.stores.forwards import ForwardRow, read_forward
from catalog.tables import Forward, Token
from catalog.words import TokenPurpose

REPLY_LINK_LASTS = dt.timedelta(days=180)


def new_reply_link(session: Session, forward: Forward, *, now: dt.datetime) -> str:
    """A token by which the mentee can answer this forward, and nothing else."""
    secret = new_secret()
    session.add(
        Token(
            purpose=TokenPurpose.REPLY,
            token_hash=hash_secret(secret),
            mentee_id=forward.mentee_id,
            forward_id=forward.id,
            expires_at=now + REPLY_LINK_LASTS,
            created_at=now,
        )
    )
    session.flush()
    return secret


def forward_of_link(session: Session, secret: str) -> tuple[Token, ForwardRow] | None:
    """The forward that a reply link answers, with the link's own row; None when there is no such link."""
    token = session.exec(
        select(Token).where(Token.token_hash == hash_secret(secret), Token.purpose == TokenPurpose.REPLY)
    ).first()
    if token is None or token.forward_id is None:
        return None
    row = read_forward(session, token.forward_id)
    return (token, row) if row else None
