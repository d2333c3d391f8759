"""A source's run that broke in our own hands: written down as failed, so that the sources after it go on."""

import logging

from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from catalog.stores.leases import LeaseLost
from catalog.words import RunState, RunVerdict
from crawlers.beginning import Begun
from crawlers.promotion import Promoted, SourceResult, promote
from crawlers.stage import StageLost

TAKEN_OVER = "lease: another crawl took over"
logger = logging.getLogger(__name__)


def record_failure(begun: Begun, source: str, error: Exception) -> tuple[SourceResult, Promoted]:
    """Log what broke and close the source's run as failed, as far as the database can still be written.

    With it what had been promoted before it broke.
    """
    logger.error("%s broke", source, exc_info=error)
    failed = SourceResult(source, RunState.FAILED, RunVerdict.FAILED, [_fault(error)], {}, 0)
    promoted = Promoted()
    try:
        promoted = promote(begun.engine, begun.tenure.lease, begun.run_id, failed, as_of=begun.as_of)
    except (LeaseLost, SQLAlchemyError) as problem:  # the next run finds it out and marks it aborted
        logger.warning("%s could not be marked as failed: %s", source, problem)
    return failed, promoted


def _fault(error: Exception) -> str:
    """What broke, as a reason: without the error's words, which may hold a page's."""
    if isinstance(error, LeaseLost):
        return TAKEN_OVER
    if isinstance(error, StageLost):
        return error.fault
    if isinstance(error, DBAPIError):
        return f"database: {type(error.orig).__name__} while promoting"
    return f"exception: {type(error).__name__} while promoting"
