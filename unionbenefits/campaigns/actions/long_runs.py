"""Making, putting forward, issuing or undoing a large batch in the background: one transaction, with a
progress that others see.

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
from unionbenefits.campaigns.actions.batches import put_forward
from unionbenefits.campaigns.actions.drafting import draft_batch, put_draft_forward, refresh_draft
from unionbenefits.campaigns.actions.issuing import issue_batch
from unionbenefits.campaigns.actions.undoing import check_confirmer, confirm_revocation
from unionbenefits.campaigns.enums import BatchState, RunState
from unionbenefits.campaigns.judging import asked_count
from unionbenefits.campaigns.models import Allotment, BatchRun, GiftBatch, Revocation
from unionbenefits.campaigns.previews import budget_hint
from unionbenefits.core import clock, jobs
from unionbenefits.core.errors import Refusal
from unionbenefits.core.progress import Progress, Told
from unionbenefits.workers.models import Roster

RUN_BATCH = "campaigns.run_batch"
DRAFT, REFRESH, FORWARD, ISSUE, UNDO = "draft", "refresh", "forward", "issue", "undo"
# From here on an officer would wait too long for the page.
MANY = 5_000
OPEN = (RunState.WAITING, RunState.RUNNING)
_PUT_FORWARD = "campaigns.put_forward_giftbatch"
NEEDS = {
    DRAFT: _PUT_FORWARD,
    REFRESH: _PUT_FORWARD,
    FORWARD: _PUT_FORWARD,
    ISSUE: "campaigns.issue_giftbatch",
    UNDO: "campaigns.confirm_revocation",
}

logger = logging.getLogger(__name__)


class Stopped(Exception):
    """An officer asked the run to stop."""


def start_draft(*, by: User, allotment: Allotment, roster: Roster | None = None) -> BatchRun:
    """Queues the making of a draft from these places; its batch stands once the run is done.

    Raises Refusal `run_open` where another batch of the same places is being made.
    """
    return _start_making(by, allotment, roster, DRAFT, {})


def start_put_forward(
    *, by: User, allotment: Allotment, roster: Roster | None = None, fill: bool = False
) -> BatchRun:
    """Queues `put_forward` of these people; raises as `start_draft` does. What it refuses ends the run."""
    return _start_making(by, allotment, roster, FORWARD, {"fill": fill})


def start_refresh(*, by: User, batch: GiftBatch) -> BatchRun:
    """Queues the judging again of a draft. Raises Refusal `batch_not_draft` or `run_open`."""
    _expect_draft(batch)
    return _start(by, batch, REFRESH, batch.copies + batch.left_out, {})


def start_draft_forward(*, by: User, batch: GiftBatch, fill: bool = False) -> BatchRun:
    """Queues the putting forward of a draft. Raises Refusal `batch_not_draft` or `run_open`."""
    _expect_draft(batch)
    return _start(by, batch, FORWARD, batch.copies + batch.left_out, {"fill": fill})


def _expect_draft(batch: GiftBatch) -> None:
    if batch.state != BatchState.DRAFT:
        raise Refusal("batch_not_draft", _("This batch is no draft any more."))


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
    return _begin(by, BatchRun(batch=batch, step=step, total=total), f"batch:{batch.pk}", what)


def _start_making(
    by: User, allotment: Allotment, roster: Roster | None, step: str, what: Mapping[str, Any]
) -> BatchRun:
    run = BatchRun(allotment=allotment, roster=roster, step=step, total=asked_count(allotment, roster))
    return _begin(by, run, f"places:{allotment.pk}", what)


def _begin(by: User, run: BatchRun, key: str, what: Mapping[str, Any]) -> BatchRun:
    """Queues the run, or finds the one that goes on."""
    others = BatchRun.objects.filter(batch=run.batch, allotment=run.allotment, state__in=OPEN)
    running = others.first()
    if running is not None:
        return _same(running, run)
    try:
        with act(f"batch.start_{run.step}", by=by) as doing:
            run.started_by, run.started_at = by, clock.now()
            run.save()
            jobs.enqueue(RUN_BATCH, key=f"{key}:{run.pk}", run=run.pk, **what)
            doing.about, doing.data = run.batch or run.allotment, {"run": run.pk}
    except IntegrityError:
        # Somebody pressed at the same moment: the constraint let one run through.
        return _same(others.get(), run)
    return run


def _same(running: BatchRun, wanted: BatchRun) -> BatchRun:
    """The run that goes on, where it does just what is wanted."""
    if (running.step, running.roster_id) != (wanted.step, wanted.roster_id):
        raise Refusal("run_open", _("Another step of this batch is still under way. Wait for its end."))
    return running


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


def run_batch(*, run: int, **what: Any) -> None:
    """The work of the job, with what its start passed on. May run twice: what is done is not done again.

    Whatever goes wrong ends the run, so that an officer reads why and can begin another.
    """
    known = BatchRun.objects.select_related("batch", "allotment__campaign", "roster", "started_by")
    found = known.filter(pk=run, state__in=OPEN).first()
    if found is None or not BatchRun.objects.filter(pk=run, state__in=OPEN).update(
        state=RunState.RUNNING, done=0
    ):
        return
    try:
        _take(found, _work(found, what))
    except Stopped:
        _end(run, RunState.STOPPED)
    except Refusal as refusal:
        _end(run, RunState.FAILED, failure=_told_to_all(refusal)[:300])
    except Exception:
        logger.exception("step of a batch failed", extra={"run": run, "batch": found.batch_id})
        sentence = _("Nothing was changed; the fault has been logged. Please try again.")
        _end(run, RunState.FAILED, failure=sentence)


def _told_to_all(refusal: Refusal) -> str:
    """The page of a run does not know whether its reader may see the amounts of the funds."""
    return budget_hint() if refusal.code == "budget_exhausted" else str(refusal)


def _work(run: BatchRun, what: Mapping[str, Any]) -> Callable[[Told], object]:
    """The verb of the step, waiting to be told whom it tells how far it is."""
    by, batch = run.started_by, run.batch
    if not (by.is_active and by.has_perm(NEEDS[run.step])):
        raise Refusal("officer_not_allowed", _("Whoever started this may not do it any more."))
    if batch is None:
        return _making(run, what)
    if run.step == REFRESH:
        return lambda told: refresh_draft(by=by, batch=batch, told=told)
    if run.step == FORWARD:
        return lambda told: put_draft_forward(by=by, batch=batch, fill=what["fill"], told=told)
    if run.step == ISSUE:
        return lambda told: issue_batch(by=by, batch=batch, told=told)
    proposed = Revocation.objects.select_related("batch").get(pk=what["revocation"])
    return lambda told: confirm_revocation(by=by, revocation=proposed, digest=what["digest"], told=told)


def _making(run: BatchRun, what: Mapping[str, Any]) -> Callable[[Told], GiftBatch]:
    by, allotment, roster = run.started_by, run.allotment, run.roster
    assert allotment is not None
    if run.step == DRAFT:
        return lambda told: draft_batch(by=by, allotment=allotment, roster=roster, told=told)
    fill: bool = what["fill"]
    return lambda told: put_forward(by=by, allotment=allotment, roster=roster, fill=fill, told=told)


def _take(run: BatchRun, work: Callable[[Told], object]) -> None:
    """The step and the run's end are one transaction: a worker killed after it finds both."""
    with Progress(BatchRun._meta.db_table, run.pk) as progress, transaction.atomic():
        made = work(_Told(run.pk, progress))
        _end(run.pk, RunState.DONE, batch=made if isinstance(made, GiftBatch) else run.batch)


class _Told:
    """Says how far the run is, and ends it where an officer asked for that."""

    def __init__(self, run: int, progress: Progress) -> None:
        self._run, self._progress = run, progress

    def __call__(self, done: int, total: int) -> None:
        self._progress(done, total)
        if BatchRun.objects.filter(pk=self._run, stop_asked=True).exists():
            raise Stopped


def _end(run: int, state: RunState, **changes: Any) -> None:
    """Ends it once: a job delivered twice does not speak over the first."""
    BatchRun.objects.filter(pk=run, state=RunState.RUNNING).update(
        state=state, ended_at=clock.now(), **changes
    )
