"""Issuing or undoing a large batch in the background: one transaction, with a progress that others see.

Stopped or killed, it leaves no trace: the transaction is rolled back. The job of a killed worker runs again
(`core.jobs`), and what had been committed, the run's own end included, is found done.
"""

import logging
from collections.abc import Callable, Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from unionbenefits.accounts.models import User
from unionbenefits.audit.actions import act, record
from unionbenefits.campaigns.actions.issuing import Told, issue_batch
from unionbenefits.campaigns.actions.undoing import check_confirmer, confirm_revocation
from unionbenefits.campaigns.enums import BatchState, RunState
from unionbenefits.campaigns.models import BatchRun, GiftBatch, Revocation
from unionbenefits.core import clock, jobs
from unionbenefits.core.errors import Refusal
from unionbenefits.core.progress import Progress

RUN_BATCH = "campaigns.run_batch"
ISSUE, UNDO = "issue", "undo"
# From here on an officer would wait too long for the page.
MANY = 5_000
OPEN = (RunState.WAITING, RunState.RUNNING)
_NEEDS = {ISSUE: "campaigns.issue_giftbatch", UNDO: "campaigns.confirm_revocation"}

logger = logging.getLogger(__name__)


class Stopped(Exception):
    """An officer asked the run to stop."""


def start_issue(*, by: User, batch: GiftBatch) -> BatchRun:
    """Queues the issue of an approved batch; a second press finds the run of the first.

    Raises Refusal `batch_not_approved` or `run_open` (another step of the batch is under way).
    """
    if batch.state != BatchState.APPROVED:
        raise Refusal(
            "batch_not_approved", _("The batch is not approved. Another officer must approve it first.")
        )
    return _start(by, batch, ISSUE, batch.copies, {})


def start_undo(*, by: User, revocation: Revocation, digest: str) -> BatchRun:
    """Queues the undo that somebody else proposed, of exactly the lines that `digest` names.

    Raises Refusal `revocation_state`, `confirmer_is_proposer`, `digest_differs` or `run_open`.
    """
    check_confirmer(by, revocation, digest)
    what = {"revocation": revocation.pk, "digest": revocation.digest}
    return _start(by, revocation.batch, UNDO, revocation.copies, what)


def _start(by: User, batch: GiftBatch, step: str, total: int, what: Mapping[str, Any]) -> BatchRun:
    running: BatchRun | None = batch.runs.filter(state__in=OPEN).first()
    if running is not None:
        return _same(running, step)
    try:
        with act(f"batch.start_{step}", by=by) as doing:
            run = BatchRun.objects.create(
                batch=batch, step=step, total=total, started_by=by, started_at=clock.now()
            )
            jobs.enqueue(RUN_BATCH, key=f"batch:{batch.pk}:{run.pk}", run=run.pk, **what)
            doing.about, doing.data = batch, {"run": run.pk}
    except IntegrityError:
        # Somebody pressed at the same moment: the constraint let one run through.
        return _same(batch.runs.get(state__in=OPEN), step)
    return run


def _same(run: BatchRun, step: str) -> BatchRun:
    if run.step != step:
        raise Refusal("run_open", _("Another step of this batch is still under way. Wait for its end."))
    return run


def ask_to_stop(*, by: User, run: BatchRun) -> bool:
    """The run stops at its next step, or never begins, and nothing of it stays; False where it is over."""
    with transaction.atomic():
        runs = BatchRun.objects.filter(pk=run.pk)
        stopped = runs.filter(state=RunState.WAITING).update(
            state=RunState.STOPPED, stop_asked=True, ended_at=clock.now()
        ) or runs.filter(state=RunState.RUNNING).update(stop_asked=True)
        if stopped:
            record("batch.stop_run", by=by, run=run.pk, batch=run.batch_id)
    return bool(stopped)


def run_batch(*, run: int, revocation: int | None = None, digest: str = "") -> None:
    """The work of the job. May run twice: what is done is not done again.

    Whatever goes wrong ends the run, so that an officer reads why and can begin another.
    """
    found = BatchRun.objects.select_related("batch", "started_by").filter(pk=run, state__in=OPEN).first()
    if found is None or not BatchRun.objects.filter(pk=run, state__in=OPEN).update(
        state=RunState.RUNNING, done=0
    ):
        return
    try:
        _take(found, _work(found, revocation, digest))
    except Stopped:
        _end(run, RunState.STOPPED)
    except Refusal as refusal:
        _end(run, RunState.FAILED, str(refusal))
    except Exception:
        logger.exception("step of a batch failed", extra={"run": run, "batch": found.batch_id})
        _end(run, RunState.FAILED, _("Nothing was changed; the fault has been logged. Please try again."))


def _work(run: BatchRun, revocation: int | None, digest: str) -> Callable[[Told], object]:
    by = run.started_by
    if not (by.is_active and by.has_perm(_NEEDS[run.step])):
        raise Refusal("officer_not_allowed", _("Whoever started this may not do it any more."))
    if run.step == ISSUE:
        return lambda told: issue_batch(by=by, batch=run.batch, told=told)
    proposed = Revocation.objects.select_related("batch").get(pk=revocation)
    return lambda told: confirm_revocation(by=by, revocation=proposed, digest=digest, told=told)


def _take(run: BatchRun, work: Callable[[Told], object]) -> None:
    """The step and the run's end are one transaction: a worker killed after it finds both."""
    with Progress(BatchRun._meta.db_table, run.pk) as progress, transaction.atomic():
        work(_Told(run.pk, progress))
        _end(run.pk, RunState.DONE)


class _Told:
    """Says how far the run is, and ends it where an officer asked for that."""

    def __init__(self, run: int, progress: Progress) -> None:
        self._run, self._progress = run, progress

    def __call__(self, done: int, total: int) -> None:
        self._progress(done, total)
        if BatchRun.objects.filter(pk=self._run, stop_asked=True).exists():
            raise Stopped


def _end(run: int, state: RunState, failure: str = "") -> None:
    """Ends it once: a job delivered twice does not speak over the first."""
    BatchRun.objects.filter(pk=run, state=RunState.RUNNING).update(
        state=state, failure=failure[:300], ended_at=clock.now()
    )
