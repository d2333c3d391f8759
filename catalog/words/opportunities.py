"""What an opportunity is, who may apply, and how long."""

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


PAST = frozenset({Status.CLOSED, Status.WITHDRAWN})
"""What one cannot go for any more."""


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
