"""Background work: one door to procrastinate, the queue inside our PostgreSQL.

Nobody else imports procrastinate. A task lives in `<app>/tasks.py`, takes primitives, and calls one verb.
It may run twice (a killed worker, a redelivery; case C079), so the verb it calls must be idempotent.
"""

import asyncio
import datetime as dt
import inspect
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.conf import settings
from django.db import connection, transaction
from procrastinate import exceptions, types
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.job_context import JobContext
from procrastinate.jobs import Job, Status
from procrastinate.manager import JobManager
from procrastinate.retry import RetryStrategy

from unionbenefits.core.origin import JOB, asked_from

F = TypeVar("F", bound=Callable[..., Any])

QUEUE = "default"
FINISHED_JOBS_KEPT_HOURS = 30 * 24


def task(name: str, *, tries: int = 5) -> Callable[[F], F]:
    """Registers a function under a stable name; `tries` times in all, 2, 4, 8 … seconds apart."""
    retry = RetryStrategy(max_attempts=tries - 1, exponential_wait=2)

    def register(function: F) -> F:
        return app.task(name=name, queue=QUEUE, retry=retry)(_naming_itself(name, function))  # type: ignore[return-value]

    return register


def _naming_itself(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
    """The function, telling the log and the history which job it is. Coroutines write none."""
    if inspect.iscoroutinefunction(function):
        return function

    @wraps(function)
    def named(*args: Any, **kwargs: Any) -> Any:
        with asked_from(JOB, name):
            return function(*args, **kwargs)

    return named


def periodic(name: str, *, cron: str) -> Callable[[F], F]:
    """Registers a function that all workers together run once at each time of `cron`; it gets the Unix
    time.
    """

    def register(function: F) -> F:
        # A run that still waits makes the next one needless; one that runs makes it wait.
        made = app.task(name=name, queue=QUEUE, lock=name, queueing_lock=name)(_naming_itself(name, function))
        return app.periodic(cron=cron, periodic_id=name)(made)  # type: ignore[return-value]

    return register


def enqueue(
    name: str,
    *,
    key: str,
    priority: int = 0,
    not_before: dt.datetime | None = None,
    **args: types.JSONValue,
) -> bool:
    """Queues the task in the current transaction; False when a job with this key already waits.

    Jobs of one key never run at the same time. Where one already waits, it is held back until our transaction
    ends, so that it is sure to see what we wrote. Raises KeyError for an unknown task.
    """
    known = app.tasks[name]
    job = Job(
        id=None,
        queue=known.queue,
        priority=priority,
        lock=key,
        queueing_lock=key,
        scheduled_at=not_before,
        task_name=name,
        task_kwargs=dict(args),
    )
    with transaction.atomic():
        while not _defer(job):
            if _hold_back(key):
                return False
    return True


def _defer(job: Job) -> bool:
    try:
        # On Django's own connection, inside a worker too, where the app's connector is another one.
        with transaction.atomic():
            JobManager(DjangoConnector()).defer_job(job)
    except exceptions.AlreadyEnqueued:
        return False
    return True


def _hold_back(key: str) -> bool:
    """Locks the waiting job, which workers then skip until we commit; False when one has just taken it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id FROM procrastinate_jobs WHERE queueing_lock = %s AND status = 'todo' FOR UPDATE", [key]
        )
        return cursor.fetchone() is not None


async def retry_stalled(manager: JobManager) -> int:
    """Puts the jobs of dead workers back into the queue; returns how many. Run every minute by `core.tasks`.

    procrastinate leaves them "doing" for ever. Where a newer job of the key already waits, that one does
    the work.
    """
    timeout = settings.PROCRASTINATE_WORKER_DEFAULTS["stalled_worker_timeout"]
    stalled = list(await manager.get_stalled_jobs(seconds_since_heartbeat=timeout))
    for job in stalled:
        try:
            await manager.retry_job(job)
        except exceptions.ConnectorException:
            await manager.finish_job(job, Status.ABORTED, delete_job=False)
    return len(stalled)


def run_waiting() -> None:
    """Runs every waiting job in this process and returns: for tests and the demo's set-up.

    Uses connections of its own, so it sees only what is committed.
    """
    worker = app.connector.get_worker_connector()  # type: ignore[attr-defined]

    async def run() -> None:
        async with app.open_async():
            await app.run_worker_async(wait=False, listen_notify=False, install_signal_handlers=False)

    with app.replace_connector(worker):
        asyncio.run(run())


__all__ = ["JobContext", "enqueue", "periodic", "retry_stalled", "run_waiting", "task"]
