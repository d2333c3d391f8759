"""The templates in which mentors write their messages. Nothing here commits."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from catalog.tables import MessageTemplate

AT_MOST = 50
"""Templates of one mentor."""


class TooManyTemplates(ValueError):
    """The mentor has as many as there may be."""


class NameTaken(ValueError):
    """The mentor has a template of this name."""


def templates_of(session: Session, mentor_id: str) -> Sequence[MessageTemplate]:
    """A mentor's templates by name."""
    query = select(MessageTemplate).where(MessageTemplate.mentor_id == mentor_id)
    return session.exec(query.order_by(sa.func.lower(MessageTemplate.name), col(MessageTemplate.id))).all()


def find_template(session: Session, mentor_id: str, template_id: str, *, lock: bool = False) -> MessageTemplate | None:
    """The template, if it is this mentor's."""
    query = select(MessageTemplate).where(MessageTemplate.id == template_id, MessageTemplate.mentor_id == mentor_id)
    return session.exec(query.with_for_update() if lock else query).first()


def preferred_template(session: Session, mentor_id: str) -> MessageTemplate | None:
    """The one a mentor writes in where none is named."""
    query = select(MessageTemplate).where(MessageTemplate.mentor_id == mentor_id, col(MessageTemplate.preferred))
    return session.exec(query.order_by(col(MessageTemplate.id))).first()


def keep_template(session: Session, template: MessageTemplate, changes: dict[str, Any]) -> None:
    """Add or change one. Raises TooManyTemplates, NameTaken. Preferring one prefers no other any more."""
    others = [one for one in templates_of(session, template.mentor_id) if one.id != template.id]
    if template not in session and len(others) >= AT_MOST:
        raise TooManyTemplates
    if any(one.name == changes.get("name", template.name) for one in others):
        raise NameTaken
    for name, value in changes.items():
        setattr(template, name, value)
    if template.preferred:
        for one in others:
            if one.preferred:
                one.preferred = False
                one.version += 1
    session.add(template)
    session.flush()
