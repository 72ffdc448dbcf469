"""Issuing a large batch in the background: one transaction, true progress, a stop that leaves no trace.

A killed worker leaves nothing either: its transaction is rolled back, its job runs again (`core.jobs`), and
an issue that had been committed is found done.
"""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from unionbenefits.accounts.models import User
from unionbenefits.audit.actions import act, record
from unionbenefits.campaigns.actions.issuing import issue_batch
from unionbenefits.campaigns.enums import BatchState, RunState
from unionbenefits.campaigns.models import BatchRun, GiftBatch
from unionbenefits.core import clock, jobs
from unionbenefits.core.errors import Refusal
from unionbenefits.core.progress import Progress

RUN_BATCH = "campaigns.run_batch"
ISSUE = "issue"
# From here on an officer would wait too long for the page.
MANY = 5_000
_OPEN = (RunState.WAITING, RunState.RUNNING)


class Stopped(Exception):
    """An officer asked the run to stop."""


def start_issue(*, by: User, batch: GiftBatch) -> BatchRun:
    """Queues the issue of an approved batch; a second press finds the run of the first.

    Raises Refusal `batch_not_approved`.
    """
    running: BatchRun | None = batch.runs.filter(state__in=_OPEN).first()
    if running is not None:
        return running
    if batch.state != BatchState.APPROVED:
        raise Refusal(
            "batch_not_approved", _("The batch is not approved. Another officer must approve it first.")
        )
    try:
        with act("batch.start_issue", by=by) as doing:
            run = BatchRun.objects.create(
                batch=batch, step=ISSUE, total=batch.copies, started_by=by, started_at=clock.now()
            )
            jobs.enqueue(RUN_BATCH, key=f"batch:{batch.pk}", run=run.pk)
            doing.about, doing.data = batch, {"run": run.pk}
    except IntegrityError:
        # Somebody pressed at the same moment: the constraint let one run through.
        found: BatchRun = batch.runs.get(state__in=_OPEN)
        return found
    return run


def ask_to_stop(*, by: User, run: BatchRun) -> None:
    """The run stops at its next step, and nothing of it stays. One that is over is left alone."""
    with transaction.atomic():
        if BatchRun.objects.filter(pk=run.pk, state__in=_OPEN).update(stop_asked=True):
            record("batch.stop_run", by=by, run=run.pk, batch=run.batch_id)


def run_batch(*, run: int) -> None:
    """The work of the job. May run twice: what is done is not done again."""
    found = BatchRun.objects.select_related("batch", "started_by").filter(pk=run, state__in=_OPEN).first()
    if found is None:
        return
    BatchRun.objects.filter(pk=run).update(state=RunState.RUNNING, done=0)
    try:
        with Progress(BatchRun._meta.db_table, run) as progress:
            issue_batch(by=found.started_by, batch=found.batch, told=_Told(run, progress))
    except Stopped:
        _end(run, RunState.STOPPED)
    except Refusal as refusal:
        _end(run, RunState.FAILED, str(refusal))
    else:
        _end(run, RunState.DONE)


class _Told:
    """Says how far the run is, and ends it where an officer asked for that."""

    def __init__(self, run: int, progress: Progress) -> None:
        self._run, self._progress = run, progress

    def __call__(self, done: int, total: int) -> None:
        self._progress(done, total)
        if BatchRun.objects.filter(pk=self._run, stop_asked=True).exists():
            raise Stopped


def _end(run: int, state: RunState, failure: str = "") -> None:
    BatchRun.objects.filter(pk=run).update(state=state, failure=failure[:300], ended_at=clock.now())
