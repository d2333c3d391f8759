"""The domain's words as enumerations: every other module spells these ideas exactly so.

The values are stored in the database and published by the API, so they change only by migration.
"""

from enum import StrEnum


class Kind(StrEnum):
    """What an opportunity is."""

    FELLOWSHIP = "fellowship"
    INTERNSHIP = "internship"
    WORKSHOP = "workshop"  # also course, summer school, conference
    JOURNAL_CALL = "journal_call"


class Outcome(StrEnum):
    """What reading a page came to. Only `open` can be acted on now."""

    OPEN = "open"
    CLOSED = "closed"  # the page says so, and its words are kept
    NOT_AN_OPPORTUNITY = "not_an_opportunity"


class DeadlinePurpose(StrEnum):
    """What must be handed in by a deadline."""

    APPLICATION = "application"
    ABSTRACT = "abstract"
    LETTER_OF_INTENT = "letter_of_intent"
    NOMINATION = "nomination"
    PAPER = "paper"
    REGISTRATION = "registration"
    OTHER = "other"


class Precision(StrEnum):
    """How exactly a moment is known."""

    INSTANT = "instant"  # a clock time in a known zone
    LOCAL_TIME = "local_time"  # a clock time whose zone is unknown
    DAY = "day"
    MONTH = "month"
    NONE = "none"  # words only


class Timing(StrEnum):
    """How an opportunity's deadlines work. No deadline found is `unknown`, never `rolling`."""

    FIXED = "fixed"
    SEVERAL = "several"
    ROLLING = "rolling"
    VARIES = "varies"
    UNKNOWN = "unknown"


class Status(StrEnum):
    """Whether one can still go for it. Computed when asked, never stored."""

    UPCOMING = "upcoming"
    OPEN = "open"
    CLOSING_SOON = "closing_soon"
    CLOSED = "closed"
    ROLLING = "rolling"
    EXPECTED = "expected"  # predicted from the series
    UNKNOWN = "unknown"
    WITHDRAWN = "withdrawn"


class RequirementType(StrEnum):
    """What a requirement is about."""

    CAREER_STAGE = "career_stage"
    PROFESSION = "profession"
    CITIZENSHIP = "citizenship"
    RESIDENCE = "residence"
    DEGREE = "degree"
    MEMBERSHIP = "membership"
    OTHER = "other"


class Verdict(StrEnum):
    """May this person apply? Three-valued: what is not known is not guessed."""

    ELIGIBLE = "eligible"
    INELIGIBLE = "ineligible"
    UNKNOWN = "unknown"


class CareerStage(StrEnum):
    """Where someone is in training or career. Professions are a separate word."""

    HIGH_SCHOOL = "high_school"
    UNDERGRADUATE = "undergraduate"
    PRE_MED = "pre_med"
    MEDICAL_STUDENT = "medical_student"
    OTHER_HEALTH_STUDENT = "other_health_student"
    GRADUATE_STUDENT = "graduate_student"
    RESIDENT = "resident"
    FELLOW = "fellow"
    POSTDOC = "postdoc"
    EARLY_CAREER = "early_career"
    MID_CAREER = "mid_career"
    SENIOR = "senior"


class Profession(StrEnum):
    """What someone is by trade, apart from the stage they have reached."""

    PHYSICIAN = "physician"
    NURSE = "nurse"
    MIDWIFE = "midwife"
    DENTIST = "dentist"
    PHARMACIST = "pharmacist"
    PHYSICIAN_ASSISTANT = "physician_assistant"
    PUBLIC_HEALTH = "public_health"
    ALLIED_HEALTH = "allied_health"
    RESEARCHER = "researcher"
    HEALTH_PROFESSIONAL = "health_professional"  # any of the above; the page does not say which
    OTHER = "other"


class Degree(StrEnum):
    """The highest degree held or asked for, in ascending order."""

    NONE = "none"
    BACHELOR = "bachelor"
    MASTER = "master"
    MEDICAL = "medical"  # MD, MBBS, DO and their like
    DOCTORATE = "doctorate"


class Funding(StrEnum):
    """What an opportunity pays, or costs, in one word; the amounts are kept beside it."""

    FULL = "full"
    STIPEND = "stipend"
    TRAVEL = "travel"
    NONE = "none"
    FEE = "fee"
    UNKNOWN = "unknown"


PAYS = frozenset({Funding.FULL, Funding.STIPEND, Funding.TRAVEL})
"""What pays at least in part. Whoever asks for what does not pay sees also what is not known to."""


class MoneyPurpose(StrEnum):
    """What an amount on the page is for."""

    AWARD = "award"
    STIPEND = "stipend"
    TRAVEL = "travel"
    FEE = "fee"
    ARTICLE_CHARGE = "article_charge"
    PRIZE = "prize"
    OTHER = "other"


class Way(StrEnum):
    """How a source publishes: each has a base class in `crawlers/bases`."""

    LISTING = "listing"
    DETAIL = "detail"
    FEED = "feed"
    JSON_API = "json_api"
    WORDPRESS = "wordpress"
    CALENDAR = "calendar"
    STRUCTURED_DATA = "structured_data"
    SITEMAP = "sitemap"
    PAGE_WATCH = "page_watch"


class RunState(StrEnum):
    """How far a crawl got."""

    RUNNING = "running"
    FINISHED = "finished"
    INTERRUPTED = "interrupted"  # asked to stop, and did
    ABORTED = "aborted"  # killed; found out by the next run
    FAILED = "failed"


class RunVerdict(StrEnum):
    """What one source's part of a crawl is worth. Scrapy calls every run finished."""

    HEALTHY = "healthy"
    SUSPECT = "suspect"
    FAILED = "failed"


class Role(StrEnum):
    """What an account may do."""

    MENTOR = "mentor"
    COORDINATOR = "coordinator"
    ADMINISTRATOR = "administrator"


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


class DeliveryState(StrEnum):
    """Where a forward's message is, apart from what came of it."""

    HELD = "held"  # inside the undo window
    QUEUED = "queued"
    SENT = "sent"
    COPIED = "copied"  # the mentor took the text and sends it themselves
    UNDONE = "undone"
    FAILED = "failed"
    UNKNOWN = "unknown"  # claimed and not finished: it may have gone out


class Channel(StrEnum):
    """How a forward reaches the mentee."""

    EMAIL = "email"
    COPY = "copy"


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


class OutboxState(StrEnum):
    """Where an outgoing message is. The row is the truth; a job only wakes its delivery."""

    HELD = "held"
    QUEUED = "queued"
    CLAIMED = "claimed"
    SENT = "sent"
    FAILED = "failed"
    UNKNOWN = "unknown"
    CANCELLED = "cancelled"


class DigestRhythm(StrEnum):
    """On which days a mentor wants one mail about all of their mentees."""

    OFF = "off"
    DAILY = "daily"
    WEEKDAYS = "weekdays"  # Monday to Friday
    WEEKLY = "weekly"  # on the weekday they chose


class SuppressionReason(StrEnum):
    """Why an address is not written to."""

    BOUNCED = "bounced"  # the mail server said that there is no such address
    UNSUBSCRIBED = "unsubscribed"


class TokenPurpose(StrEnum):
    """What a bearer of a single-purpose link may do."""

    FEED = "feed"
    REPLY = "reply"
    UNSUBSCRIBE = "unsubscribe"


class Scope(StrEnum):
    """What an API key may do."""

    READ = "read"
    WRITE = "write"
    ADMINISTER = "administer"


class ChangeKind(StrEnum):
    """What about an opportunity changed."""

    DEADLINE = "deadline"
    OUTCOME = "outcome"
    WITHDRAWN = "withdrawn"
    REVIVED = "revived"
    OPENS = "opens"
    TITLE = "title"


class ReviewState(StrEnum):
    """What a person decided about something the reader was unsure of."""

    WAITING = "waiting"
    ACCEPTED = "accepted"
    MENDED = "mended"
    REFUSED = "refused"
