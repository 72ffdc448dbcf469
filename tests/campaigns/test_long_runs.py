"""Large batches in the background: true progress, stopped or killed without a trace, run again to the same end."""

from contextlib import contextmanager

import pytest

from tests.campaigns.scene import scene
from unionbenefits.campaigns.actions import ask_to_stop, issuing, long_runs, start_issue
from unionbenefits.campaigns.enums import BatchState, RunState
from unionbenefits.campaigns.integrity import examine
from unionbenefits.campaigns.models import BatchRun, Gift
from unionbenefits.core import jobs
from unionbenefits.core.errors import Refusal
from unionbenefits.core.progress import Progress
from unionbenefits.funds.queries import balance_of
from unionbenefits.plans.models import Coverage

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def approved(monkeypatch):
    """A batch of seven that is issued three at a time."""
    monkeypatch.setattr(issuing, "_AT_ONCE", 3)
    s = scene(workers=7)
    return s, s.approve(s.put_forward())


def state(s, batch):
    batch.refresh_from_db()
    return batch.state, Coverage.objects.count(), str(balance_of(s.fund).used)


@contextmanager
def hearing(monkeypatch, act=lambda _done: None):
    """What the progress says, and what happens at that moment."""
    heard, said = [], Progress.__call__

    def call(self, done, total):
        said(self, done, total)
        heard.append((done, total))
        act(done)

    monkeypatch.setattr(Progress, "__call__", call)
    yield heard


def test_the_job_issues_and_its_progress_is_true(approved, monkeypatch):
    s, batch = approved
    run = start_issue(by=s.approver, batch=batch)
    assert start_issue(by=s.approver, batch=batch) == run
    with hearing(monkeypatch) as heard:
        jobs.run_waiting()
    run.refresh_from_db()
    assert heard == [(3, 7), (6, 7), (7, 7)]
    assert (run.state, run.done, run.total) == (RunState.DONE, 7, 7)
    assert state(s, batch) == (BatchState.ISSUED, 7, "665.00")
    assert examine().faults == ()


def test_stopped_in_the_middle_leaves_nothing_and_can_be_started_again(approved, monkeypatch):
    s, batch = approved
    run = start_issue(by=s.approver, batch=batch)
    seen = []

    def stop(done):
        if done == 6:
            seen.append(Coverage.objects.count())
            BatchRun.objects.filter(pk=run.pk).update(stop_asked=True)

    with hearing(monkeypatch, stop):
        long_runs.run_batch(run=run.pk)
    run.refresh_from_db()
    assert seen == [6]
    assert run.state == RunState.STOPPED
    assert state(s, batch) == (BatchState.APPROVED, 0, "0.00")
    assert not Gift.objects.filter(coverage__isnull=False).exists()
    again = start_issue(by=s.approver, batch=batch)
    assert again.pk != run.pk
    long_runs.run_batch(run=again.pk)
    assert state(s, batch) == (BatchState.ISSUED, 7, "665.00")
    assert examine().faults == ()


def test_a_job_that_dies_and_one_delivered_twice_end_the_same(approved, monkeypatch):
    s, batch = approved
    run = start_issue(by=s.approver, batch=batch)

    def die(done):
        if done == 3:
            raise SystemExit

    with hearing(monkeypatch, die), pytest.raises(SystemExit):
        long_runs.run_batch(run=run.pk)
    assert state(s, batch) == (BatchState.APPROVED, 0, "0.00")
    monkeypatch.undo()
    for _time in range(2):
        long_runs.run_batch(run=run.pk)
    assert state(s, batch) == (BatchState.ISSUED, 7, "665.00")
    run.refresh_from_db()
    assert run.state == RunState.DONE


def test_a_run_asked_to_stop_before_it_starts_changes_nothing(approved):
    s, batch = approved
    run = start_issue(by=s.approver, batch=batch)
    ask_to_stop(by=s.approver, run=run)
    long_runs.run_batch(run=run.pk)
    assert state(s, batch) == (BatchState.APPROVED, 0, "0.00")


def test_a_refusal_is_kept_for_the_officer(approved):
    s, batch = approved
    run = start_issue(by=s.approver, batch=batch)
    batch.gifts.filter(pk=batch.gifts.first().pk).update(occupation="other")
    long_runs.run_batch(run=run.pk)
    run.refresh_from_db()
    assert run.state == RunState.FAILED
    assert run.failure


def test_only_an_approved_batch_is_started():
    s = scene(workers=1)
    with pytest.raises(Refusal) as refused:
        start_issue(by=s.approver, batch=s.put_forward())
    assert refused.value.code == "batch_not_approved"
