"""What is done with opportunities: who may do what, what is decided and sent for a mentee, and what comes back."""

from enum import StrEnum


class Role(StrEnum):
    """What an account may do."""

    MENTOR = "mentor"
    COORDINATOR = "coordinator"
    ADMINISTRATOR = "administrator"


class Scope(StrEnum):
    """What an API key may do."""

    READ = "read"
    WRITE = "write"
    ADMINISTER = "administer"


class TokenPurpose(StrEnum):
    """What a bearer of a single-purpose link may do."""

    FEED = "feed"
    REPLY = "reply"
    UNSUBSCRIBE = "unsubscribe"


class Horizon(StrEnum):
    """When a mentee wants to have reached a goal."""

    THIS_YEAR = "this_year"
    NEXT_YEAR = "next_year"
    LATER = "later"


class DecisionKind(StrEnum):
    """What a mentor decided about an opportunity for one mentee."""

    SAVED = "saved"
    SNOOZED = "snoozed"
    DISMISSED = "dismissed"


class DismissReason(StrEnum):
    """Why an opportunity was not for this mentee."""

    WRONG_TOPIC = "wrong_topic"
    WRONG_KIND = "wrong_kind"
    WRONG_PLACE = "wrong_place"
    TOO_JUNIOR = "too_junior"
    TOO_SENIOR = "too_senior"
    TOO_LATE = "too_late"
    TOO_EXPENSIVE = "too_expensive"
    NOT_TRUSTED = "not_trusted"
    OTHER = "other"


class Channel(StrEnum):
    """How a forward reaches the mentee."""

    EMAIL = "email"
    COPY = "copy"


class DeliveryState(StrEnum):
    """Where a forward's message is, apart from what came of it."""

    HELD = "held"  # inside the undo window
    QUEUED = "queued"
    SENT = "sent"
    COPIED = "copied"  # the mentor took the text and sends it themselves
    UNDONE = "undone"
    FAILED = "failed"
    UNKNOWN = "unknown"  # claimed and not finished: it may have gone out


class ReplyAnswer(StrEnum):
    """What a mentee answered."""

    INTERESTED = "interested"
    NOT_FOR_ME = "not_for_me"
    APPLIED = "applied"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    REMIND_ME = "remind_me"


class ReminderBasis(StrEnum):
    """What a reminder's day is reckoned from. All but a date move with the opportunity's deadline."""

    DATE = "date"
    DEADLINE = "deadline"
    START_BY = "start_by"  # the latest sensible day to begin what it asks for


class DigestRhythm(StrEnum):
    """On which days a mentor wants one mail about all of their mentees."""

    OFF = "off"
    DAILY = "daily"
    WEEKDAYS = "weekdays"  # Monday to Friday
    WEEKLY = "weekly"  # on the weekday they chose


class OutboxState(StrEnum):
    """Where an outgoing message is. The row is the truth; a job only wakes its delivery."""

    HELD = "held"
    QUEUED = "queued"
    CLAIMED = "claimed"
    SENT = "sent"
    FAILED = "failed"
    UNKNOWN = "unknown"
    CANCELLED = "cancelled"


class SuppressionReason(StrEnum):
    """Why an address is not written to."""

    BOUNCED = "bounced"  # the mail server said that there is no such address
    UNSUBSCRIBED = "unsubscribed"
