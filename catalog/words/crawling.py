"""How opportunities are found: how sources publish, how a crawl went, what changed, and what a person decided."""

from enum import StrEnum


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
