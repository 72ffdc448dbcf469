"""Large batches in the background: true progress, stopped or killed without a trace, run again to the same end."""

from contextlib import contextmanager

import pytest

from tests.at_once import at_once
from tests.campaigns.scene import scene
from tests.factories import PostFactory
from unionbenefits.access.actions import sync_roles
from unionbenefits.access.roles import Role
from unionbenefits.audit.actors import SYSTEM
from unionbenefits.campaigns.actions import (
    ask_to_stop,
    issuing,
    long_runs,
    propose_revocation,
    start_issue,
    start_undo,
    undoing,
)
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
    monkeypatch.setattr(undoing, "_AT_ONCE", 3)
    s = scene(workers=7)
    sync_roles(by=SYSTEM)
    for officer in (s.preparer, s.approver):
        PostFactory(user=officer, union=s.union, role=Role.UNION_OFFICER)
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
            # Another connection, as the page of another officer has.
            seen.extend(at_once([lambda: (BatchRun.objects.get(pk=run.pk).done, Coverage.objects.count())]))
            assert at_once([lambda: ask_to_stop(by=s.preparer, run=run)]) == [True]

    with hearing(monkeypatch, stop):
        long_runs.run_batch(run=run.pk)
    run.refresh_from_db()
    assert seen == [(3, 0)]
    assert run.state == RunState.STOPPED
    assert state(s, batch) == (BatchState.APPROVED, 0, "0.00")
    assert not Gift.objects.filter(coverage__isnull=False).exists()
    monkeypatch.undo()
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
    assert ask_to_stop(by=s.approver, run=run)
    assert not ask_to_stop(by=s.approver, run=run)
    jobs.run_waiting()
    run.refresh_from_db()
    assert run.state == RunState.STOPPED
    assert state(s, batch) == (BatchState.APPROVED, 0, "0.00")


def test_a_refusal_is_kept_for_the_officer(approved):
    s, batch = approved
    run = start_issue(by=s.approver, batch=batch)
    batch.gifts.filter(pk=batch.gifts.first().pk).update(occupation="other")
    long_runs.run_batch(run=run.pk)
    run.refresh_from_db()
    assert run.state == RunState.FAILED
    assert run.failure


def test_a_fault_ends_the_run_with_a_sentence_and_another_can_begin(approved, monkeypatch):
    s, batch = approved
    run = start_issue(by=s.approver, batch=batch)

    def fail(_done):
        raise ZeroDivisionError

    with hearing(monkeypatch, fail):
        jobs.run_waiting()
    run.refresh_from_db()
    assert (run.state, bool(run.failure), run.ended_at is None) == (RunState.FAILED, True, False)
    assert state(s, batch) == (BatchState.APPROVED, 0, "0.00")
    monkeypatch.undo()
    assert start_issue(by=s.approver, batch=batch) != run
    jobs.run_waiting()
    assert state(s, batch) == (BatchState.ISSUED, 7, "665.00")


def test_an_officer_whose_post_ended_meanwhile_does_not_issue(approved):
    s, batch = approved
    run = start_issue(by=s.approver, batch=batch)
    s.approver.posts.update(ends_on="2020-12-31")
    jobs.run_waiting()
    run.refresh_from_db()
    assert run.state == RunState.FAILED
    assert state(s, batch) == (BatchState.APPROVED, 0, "0.00")


def test_undo_in_the_background_is_stopped_and_done_like_an_issue(approved, monkeypatch):
    s, batch = approved
    s.issue(batch)
    undo = propose_revocation(by=s.preparer, batch=batch, reason="错发")
    for by, digest, code in [
        (s.preparer, undo.digest, "confirmer_is_proposer"),
        (s.approver, "0" * 64, "digest_differs"),
    ]:
        with pytest.raises(Refusal) as refused:
            start_undo(by=by, revocation=undo, digest=digest)
        assert refused.value.code == code
    run = start_undo(by=s.approver, revocation=undo, digest=undo.digest)
    with hearing(monkeypatch, lambda _done: ask_to_stop(by=s.preparer, run=run)):
        jobs.run_waiting()
    run.refresh_from_db()
    assert run.state == RunState.STOPPED
    assert state(s, batch) == (BatchState.ISSUED, 7, "665.00")
    assert not Coverage.objects.filter(status="cancelled").exists()
    monkeypatch.undo()
    start_undo(by=s.approver, revocation=undo, digest=undo.digest)
    jobs.run_waiting()
    assert state(s, batch) == (BatchState.REVOKED, 7, "0.00")
    assert Coverage.objects.filter(status="cancelled").count() == 7
    assert examine().faults == ()


def test_only_an_approved_batch_is_started():
    s = scene(workers=1)
    with pytest.raises(Refusal) as refused:
        start_issue(by=s.approver, batch=s.put_forward())
    assert refused.value.code == "batch_not_approved"
