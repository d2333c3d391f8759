"""Unsubscribing by a link, without an account."""

from enum import StrEnum

from pydantic import Field

from api.schemas.shapes import Answer


class MailAbout(StrEnum):
    """What mail a link is about."""

    DIGEST = "digest"  # a mentor's own digest
    FORWARDS = "forwards"  # what mentors forward to a mentee


class SubscriptionView(Answer):
    """What the holder of an unsubscribe link sees. Nothing about any person."""

    about: MailAbout
    subscribed: bool = Field(description="Whether such mail still comes")
