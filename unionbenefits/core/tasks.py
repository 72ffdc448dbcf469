"""Periodic housekeeping of the job queue itself."""

from procrastinate.contrib.django import app

from unionbenefits.core import jobs


@jobs.periodic("core.retry_stalled_jobs", cron="* * * * *")
async def retry_stalled_jobs(timestamp: int) -> None:  # noqa: ARG001 - every periodic task gets the time
    """Jobs of killed workers run again."""
    await jobs.retry_stalled(app.job_manager)


@jobs.periodic("core.forget_finished_jobs", cron="17 3 * * *")
async def forget_finished_jobs(timestamp: int) -> None:  # noqa: ARG001
    """Finished and failed jobs are kept for a month."""
    await app.job_manager.delete_old_jobs(
        nb_hours=jobs.FINISHED_JOBS_KEPT_HOURS,
        include_failed=True,
        include_cancelled=True,
        include_aborted=True,
    )
