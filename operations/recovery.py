"""What becomes of jobs whose worker died or was stopped: another takes them up."""

import asyncio
import datetime as dt
import logging
from contextlib import suppress

from procrastinate import RetryDecision
from procrastinate.exceptions import ConnectorException, UniqueViolation
from procrastinate.jobs import Job, Status
from procrastinate.manager import JobManager
from procrastinate.retry import BaseRetryStrategy

JOBS_KEPT = dt.timedelta(days=3)
MOST_RECOVERIES = 5
"""A job that so often took its worker with it is not given to the next."""
logger = logging.getLogger("opportune.worker")


class HeldByAnother(Exception):
    """Another process does this now, or held the lease when it died: its lease lasts a minute."""


class _GoOn(BaseRetryStrategy):
    """What was stopped in the middle is taken up at once; what another holds, a little later, for some minutes."""

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        """When to run the job again, if at all."""
        if job.attempts >= MOST_RECOVERIES:
            return None
        if isinstance(exception, asyncio.CancelledError):
            return RetryDecision(retry_in={"seconds": 0})
        return RetryDecision(retry_in={"seconds": 30}) if isinstance(exception, HeldByAnother) else None


GO_ON = _GoOn()


async def recover_jobs(jobs: JobManager, silence: float) -> int:
    """Give the jobs of workers that were silent for so many seconds to others; how many."""
    stalled = list(await jobs.get_stalled_jobs(seconds_since_heartbeat=silence))
    for job in stalled:
        logger.warning("job %s (%s) of a worker that is gone is taken up", job.id, job.task_name)
        with suppress(ConnectorException):  # somebody else has taken it up meanwhile
            await _take_up(jobs, job)
    return len(stalled)


async def _take_up(jobs: JobManager, job: Job) -> None:
    try:
        if job.attempts < MOST_RECOVERIES:
            await jobs.retry_job(job)
            return
    except UniqueViolation:  # the next of its kind waits already
        pass
    await jobs.finish_job(job, status=Status.FAILED, delete_job=False)


async def forget_old_jobs(jobs: JobManager) -> None:
    """Forget jobs that ended days ago: a worker makes some thousand a day."""
    hours = round(JOBS_KEPT.total_seconds() / 3600)
    await jobs.delete_old_jobs(nb_hours=hours, include_failed=True, include_cancelled=True, include_aborted=True)
