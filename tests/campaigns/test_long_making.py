"""Large batches made, judged again and put forward in the background: the same lines as at once, or nothing at all."""

import pytest

from tests.at_once import at_once
from tests.campaigns.scene import members, scene
from tests.campaigns.test_long_runs import hearing
from tests.factories import PostFactory
from unionbenefits.access.actions import sync_roles
from unionbenefits.access.roles import Role
from unionbenefits.audit.actors import SYSTEM
from unionbenefits.campaigns import judging
from unionbenefits.campaigns.actions import (
    ask_to_stop,
    draft_batch,
    long_runs,
    put_back,
    start_draft,
    start_draft_forward,
    start_put_forward,
    start_refresh,
    take_out,
)
from unionbenefits.campaigns.enums import BatchState, GiftState, RunState
from unionbenefits.campaigns.integrity import examine
from unionbenefits.campaigns.models import Gift, GiftBatch
from unionbenefits.core import jobs
from unionbenefits.core.errors import Refusal
from unionbenefits.funds.queries import balance_of

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def seven(monkeypatch):
    """Seven people, judged three at a time, with places for ten."""
    monkeypatch.setattr(judging, "AT_ONCE", 3)
    return ready(scene(workers=7))


def ready(s):
    sync_roles(by=SYSTEM)
    PostFactory(user=s.preparer, union=s.union, role=Role.UNION_OFFICER)
    return s


def held(s) -> str:
    return str(balance_of(s.fund).held)


def ended(run):
    run.refresh_from_db()
    return run.state, run.done, run.total


def untouched(s) -> bool:
    return not GiftBatch.objects.exists() and not Gift.objects.exists() and held(s) == "0.00"


def test_put_forward_in_parts_holds_what_it_would_at_once(seven, monkeypatch):
    s = seven
    run = start_put_forward(by=s.preparer, allotment=s.allotment)
    assert start_put_forward(by=s.preparer, allotment=s.allotment) == run
    assert (run.batch, run.total) == (None, 7)
    with hearing(monkeypatch) as heard:
        jobs.run_waiting()
    # Judged, then written down: half of the way each.
    assert heard == [(1, 7), (3, 7), (3, 7), (5, 7), (6, 7), (7, 7)]
    assert ended(run) == (RunState.DONE, 7, 7)
    batch = GiftBatch.objects.get()
    assert run.batch == batch
    assert (batch.state, batch.copies, batch.prepared_by) == (BatchState.PUT_FORWARD, 7, s.preparer)
    assert set(batch.gifts.values_list("worker_id", "state")) == {(w.pk, GiftState.LIVE) for w in s.workers}
    assert held(s) == "665.00"
    s.issue(s.approve(batch))
    assert examine().faults == ()


@pytest.mark.parametrize("die_at", [3, 6])
def test_stopped_while_judging_or_writing_leaves_nothing(seven, monkeypatch, die_at):
    s = seven
    run = start_put_forward(by=s.preparer, allotment=s.allotment)
    seen = []

    def stop(done):
        if done == die_at:
            seen.extend(at_once([lambda: untouched(s)]))
            assert at_once([lambda: ask_to_stop(by=s.approver, run=run)]) == [True]

    with hearing(monkeypatch, stop):
        jobs.run_waiting()
    assert seen[0]
    assert ended(run)[0] == RunState.STOPPED
    assert untouched(s)
    monkeypatch.undo()
    again = start_put_forward(by=s.preparer, allotment=s.allotment)
    jobs.run_waiting()
    assert ended(again)[0] == RunState.DONE
    assert held(s) == "665.00"


def test_filled_up_in_parts_the_first_members_get_it(monkeypatch):
    monkeypatch.setattr(judging, "AT_ONCE", 3)
    s = ready(scene(workers=7, places=5))
    run = start_put_forward(by=s.preparer, allotment=s.allotment, fill=True)
    with hearing(monkeypatch) as heard:
        jobs.run_waiting()
    assert heard[-1] == (7, 7)
    assert ended(run)[0] == RunState.DONE
    lines = dict(GiftBatch.objects.get().gifts.values_list("worker_id", "state"))
    first = {worker.pk: GiftState.LIVE for worker in s.workers[:5]}
    assert lines == first | {worker.pk: GiftState.LEFT_OUT for worker in s.workers[5:]}
    assert held(s) == "475.00"


def test_what_putting_forward_refuses_ends_the_run_with_its_sentence():
    s = ready(scene(workers=7, places=5))
    run = start_put_forward(by=s.preparer, allotment=s.allotment)
    jobs.run_waiting()
    assert ended(run)[0] == RunState.FAILED
    assert run.failure == "名额已满：剩余5个，需要7个。请先申请增加名额。"
    assert untouched(s)


def test_a_run_that_lacks_money_tells_no_amounts_of_the_fund():
    s = ready(scene(workers=3, money="100.00"))
    run = start_put_forward(by=s.preparer, allotment=s.allotment)
    jobs.run_waiting()
    assert ended(run)[0] == RunState.FAILED
    assert run.failure
    assert not any(digit in run.failure for digit in "0123456789")
    assert untouched(s)


def test_a_draft_is_made_judged_again_and_put_forward_in_parts(seven):
    s = seven
    run = start_draft(by=s.preparer, allotment=s.allotment)
    jobs.run_waiting()
    assert ended(run) == (RunState.DONE, 7, 7)
    draft = run.batch
    assert (draft.state, draft.copies, held(s)) == (BatchState.DRAFT, 7, "0.00")
    out = draft.gifts.get(worker=s.workers[0])
    take_out(by=s.preparer, batch=draft, gifts=[out.pk], reason="本人不愿参加")
    s.workers[1].memberships.update(left_on="2020-01-01")
    new = members(s.enterprise, 2)
    again = start_refresh(by=s.preparer, batch=draft)
    jobs.run_waiting()
    assert ended(again) == (RunState.DONE, 9, 9)
    draft.refresh_from_db()
    assert (draft.copies, draft.left_out) == (7, 2)
    forward = start_draft_forward(by=s.preparer, batch=draft)
    jobs.run_waiting()
    assert ended(forward)[0] == RunState.DONE
    draft.refresh_from_db()
    assert (draft.state, draft.copies, held(s)) == (BatchState.PUT_FORWARD, 7, "665.00")
    live = set(draft.gifts.filter(state=GiftState.LIVE).values_list("worker_id", flat=True))
    assert live == {worker.pk for worker in [*s.workers[2:], *new]}
    reasons = dict(draft.gifts.filter(state=GiftState.LEFT_OUT).values_list("worker_id", "reason"))
    assert reasons == {s.workers[0].pk: "taken_out", s.workers[1].pk: "not_a_member"}
    assert examine().faults == ()


def test_two_ways_of_making_at_once_do_not_meet(seven):
    s = seven
    start_draft(by=s.preparer, allotment=s.allotment)
    with pytest.raises(Refusal) as refused:
        start_put_forward(by=s.preparer, allotment=s.allotment)
    assert refused.value.code == "run_open"


def test_only_a_draft_is_judged_again_or_put_forward_as_one(seven):
    s = seven
    batch = s.put_forward()
    for start in (start_refresh, start_draft_forward):
        with pytest.raises(Refusal) as refused:
            start(by=s.preparer, batch=batch)
        assert refused.value.code == "batch_not_draft"


def test_an_officer_whose_post_ended_meanwhile_puts_nothing_forward(seven):
    s = seven
    run = start_put_forward(by=s.preparer, allotment=s.allotment)
    s.preparer.posts.update(ends_on="2020-12-31")
    long_runs.run_batch(run=run.pk, fill=False)
    assert ended(run)[0] == RunState.FAILED
    assert untouched(s)


def test_a_line_put_back_is_judged_without_judging_the_others(seven):
    s = seven
    draft = draft_batch(by=s.preparer, allotment=s.allotment)
    first, second = draft.gifts.order_by("worker_id")[:2]
    take_out(by=s.preparer, batch=draft, gifts=[first.pk, second.pk], reason="核实中")
    s.workers[1].memberships.update(left_on="2020-01-01")
    s.workers[2].memberships.update(left_on="2020-01-01")
    assert put_back(by=s.preparer, batch=draft, gifts=[first.pk, second.pk]) == 2
    states = dict(draft.gifts.values_list("worker_id", "reason"))
    assert (states[s.workers[0].pk], states[s.workers[1].pk]) == ("", "not_a_member")
    # Whoever was not touched waits for the whole to be judged again.
    assert states[s.workers[2].pk] == ""
