"""kill -9 of a real worker while it makes or issues a large batch: nothing is there, and the job found ends the same."""

import pytest

from tests.campaigns.scene import scene
from tests.factories import PostFactory
from tests.workers.test_roster_worker_killed import kill_where_it_writes, recover, states
from unionbenefits.access.actions import sync_roles
from unionbenefits.access.roles import Role
from unionbenefits.audit.actors import SYSTEM
from unionbenefits.campaigns.actions import start_issue, start_put_forward
from unionbenefits.campaigns.enums import BatchState, RunState
from unionbenefits.campaigns.integrity import examine
from unionbenefits.campaigns.models import Gift, GiftBatch
from unionbenefits.core import jobs
from unionbenefits.funds.queries import balance_of
from unionbenefits.plans.models import Coverage

pytestmark = [pytest.mark.concurrency, pytest.mark.django_db(transaction=True)]


# Covers are written before the ledger, the ledger before the batch: killed between them.
@pytest.mark.parametrize("table", ["plans_coverage", "funds_entry", "campaigns_giftbatch"])
def test_killed_in_the_middle_leaves_nothing_and_the_job_ends_it(table):
    s = scene(workers=7)
    sync_roles(by=SYSTEM)
    PostFactory(user=s.approver, union=s.union, role=Role.UNION_OFFICER)
    batch = s.approve(s.put_forward())
    run = start_issue(by=s.approver, batch=batch)
    kill_where_it_writes(table)
    run.refresh_from_db()
    assert run.state == RunState.RUNNING
    assert states()["campaigns.run_batch"] == ["doing"]
    assert (Coverage.objects.count(), str(balance_of(s.fund).used)) == (0, "0.00")
    assert not Gift.objects.filter(coverage__isnull=False).exists()
    assert recover() == 1
    jobs.run_waiting()
    run.refresh_from_db()
    batch.refresh_from_db()
    assert (run.state, run.done, run.total) == (RunState.DONE, 7, 7)
    assert (batch.state, Coverage.objects.count()) == (BatchState.ISSUED, 7)
    assert str(balance_of(s.fund).used) == "665.00"
    assert examine().faults == ()


# Lines are written before the money is held, the money before the run says that it is done.
@pytest.mark.parametrize("table", ["campaigns_gift", "funds_entry"])
def test_killed_while_putting_forward_leaves_no_batch_and_the_job_ends_it(table):
    s = scene(workers=7)
    sync_roles(by=SYSTEM)
    PostFactory(user=s.preparer, union=s.union, role=Role.UNION_OFFICER)
    run = start_put_forward(by=s.preparer, allotment=s.allotment)
    kill_where_it_writes(table)
    run.refresh_from_db()
    assert (run.state, run.batch) == (RunState.RUNNING, None)
    assert (GiftBatch.objects.count(), Gift.objects.count()) == (0, 0)
    assert str(balance_of(s.fund).held) == "0.00"
    assert recover() == 1
    jobs.run_waiting()
    run.refresh_from_db()
    assert (run.state, run.done, run.total) == (RunState.DONE, 7, 7)
    assert (run.batch.state, run.batch.copies) == (BatchState.PUT_FORWARD, 7)
    assert str(balance_of(s.fund).held) == "665.00"
    assert examine().faults == ()
