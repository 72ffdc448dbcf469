"""Many officers at once, each with a connection of its own (C090; invariants 2, 3, 4)."""

import threading
from contextlib import contextmanager
from decimal import Decimal

import pytest
from django.db import connection, transaction

from tests.at_once import at_once
from tests.campaigns.scene import members, scene
from tests.factories import CampaignFactory, EnterpriseFactory, MembershipFactory, UserFactory, WorkerFactory
from unionbenefits.audit.actors import SYSTEM
from unionbenefits.campaigns.actions import (
    allot,
    approve_batch,
    issue_batch,
    put_forward,
    return_batch,
    set_funds,
)
from unionbenefits.campaigns.enums import BatchState, GiftState, LeftOut
from unionbenefits.campaigns.integrity import examine
from unionbenefits.campaigns.models import Gift, GiftBatch
from unionbenefits.campaigns.queries import allotment_use
from unionbenefits.core.errors import Refusal
from unionbenefits.funds.actions import deposit
from unionbenefits.funds.models import Entry
from unionbenefits.funds.queries import balance_of
from unionbenefits.plans.models import Coverage

pytestmark = [pytest.mark.concurrency, pytest.mark.django_db(transaction=True)]


@contextmanager
def watched(*checks):
    """Runs the checks again and again on a connection of their own; yields what they found wrong."""
    faults, over = [], threading.Event()

    def look():
        try:
            while not over.is_set():
                faults.extend(text for check in checks if (text := check()))
        finally:
            connection.close()

    thread = threading.Thread(target=look)
    thread.start()
    try:
        yield faults
    finally:
        over.set()
        thread.join()


def committed(fund):
    """Held and used 元, read in one statement."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(sum(amount) FILTER (WHERE kind = 'hold'), 0)"
            " - coalesce(sum(amount) FILTER (WHERE kind IN ('release', 'reversal')), 0)"
            " FROM funds_entry WHERE fund_id = %s",
            [fund.pk],
        )
        return cursor.fetchone()[0]


def sound():
    """No fault anywhere."""
    assert [fault.text for fault in examine().faults] == []


def test_case_c090_a_budget_for_two_is_claimed_by_two_of_fifty(case):
    scenario = case("090-budget-race.json")
    budget, cost = Decimal(scenario["campaign"]["budget"]), Decimal(scenario["campaign"]["unit_cost"])
    taken = int(Decimal(scenario["campaign"]["already_committed"]) / cost)
    s = scene(workers=taken, places=1000, money=str(budget), unit_cost=cost)
    s.put_forward()
    applicants = members(s.enterprise, 50)

    def enrol(worker):
        return put_forward(by=s.preparer, allotment=s.allotment, only=[worker.pk]).copies

    def above_budget():
        return "above budget" if committed(s.fund) > budget else ""

    with watched(above_budget) as faults:
        answers = at_once([lambda worker=worker: enrol(worker) for worker in applicants])
    then = scenario["then"]
    assert sorted(map(str, answers)) == ["1"] * then["enrolled"] + ["budget_exhausted"] * then["refused"]
    assert faults == []
    assert committed(s.fund) == Decimal(then["committed"])
    assert Gift.objects.filter(worker__in=applicants).count() == then["enrolled"]
    sound()


def test_places_for_two_are_claimed_by_two_of_fifty():
    s = scene(workers=0, places=2, money="100000.00")
    applicants = members(s.enterprise, 50)

    def exceeded():
        live = Gift.objects.filter(batch__allotment=s.allotment, state=GiftState.LIVE).count()
        return "exceeded" if live > 2 else ""

    with watched(exceeded) as faults:
        answers = at_once(
            [
                lambda worker=worker: (
                    put_forward(by=s.preparer, allotment=s.allotment, only=[worker.pk]).copies
                )
                for worker in applicants
            ]
        )
    assert sorted(map(str, answers)) == ["1"] * 2 + ["places_exhausted"] * 48
    assert faults == []
    sound()


def test_one_worker_put_forward_through_many_units_gets_one_gift():
    s = scene(workers=0, money="100000.00")
    worker = WorkerFactory()
    units = [s.enterprise, *(EnterpriseFactory(union=s.union) for _ in range(11))]
    allotments = [allot(by=SYSTEM, campaign=s.campaign, copies=5, enterprise=unit) for unit in units]
    for unit in units:
        MembershipFactory(worker=worker, enterprise=unit)
    answers = at_once(
        [lambda one=one: put_forward(by=s.preparer, allotment=one).copies for one in allotments]
    )
    assert sorted(map(str, answers)) == ["1"] + ["nobody_eligible"] * 11
    assert Gift.objects.filter(worker=worker, state=GiftState.LIVE).count() == 1


def test_one_batch_issued_by_fifty_at_once_is_issued_once():
    s = scene(workers=4)
    batch = s.approve(s.put_forward())
    answers = at_once([lambda: issue_batch(by=s.approver, batch=batch).changed] * 50)
    assert sorted(answers) == [False] * 49 + [True]
    assert Coverage.objects.count() == 4
    assert balance_of(s.fund).used == Decimal("380.00")
    sound()


def test_one_batch_approved_and_returned_at_once_ends_in_one_state():
    s = scene(workers=4)
    batch = s.put_forward()
    officers = UserFactory.create_batch(10)
    acts = [lambda by=by: approve_batch(by=by, batch=batch, digest=batch.digest).state for by in officers]
    acts += [lambda by=by: return_batch(by=by, batch=batch, reason="退回").state for by in officers]
    answers = [str(one) for one in at_once(acts)]
    batch.refresh_from_db()
    assert answers.count("returned") == 1
    assert batch.state == BatchState.RETURNED
    assert answers.count("approved") in (0, 1)
    assert set(answers) <= {"returned", "approved", "batch_state"}
    assert balance_of(s.fund).held == 0
    sound()


def test_fifty_batches_put_forward_approved_and_issued_at_once_on_one_fund_and_allotment():
    """30 places, money for 25: whatever the order, never more than 25 issued, and every yuan accounted for."""
    s = scene(workers=0, places=30, money=str(25 * 95))
    workers = members(s.enterprise, 50)

    def whole_way(worker):
        batch = put_forward(by=s.preparer, allotment=s.allotment, only=[worker.pk])
        approve_batch(by=s.approver, batch=batch, digest=batch.digest)
        return issue_batch(by=s.approver, batch=batch).issued

    def overdrawn():
        return "overdrawn" if committed(s.fund) > 25 * 95 else ""

    with watched(overdrawn) as faults:
        answers = at_once([lambda worker=worker: whole_way(worker) for worker in workers])
    assert sorted(map(str, answers)) == ["1"] * 25 + ["budget_exhausted"] * 25
    assert faults == []
    assert balance_of(s.fund).used == Decimal(25 * 95)
    assert Coverage.objects.count() == 25
    sound()


def test_same_workers_issued_through_many_campaigns_at_once_are_covered_once_each():
    """Different campaigns share no lock but the funds: the exclusion constraint decides, the rest is given back."""
    s = scene(workers=12, places=12, money="100000.00")
    batches = [s.approve(s.put_forward())]
    for _ in range(7):
        campaign = CampaignFactory(owner=s.union, plan_version=s.campaign.plan_version)
        set_funds(by=SYSTEM, campaign=campaign, funds=[s.fund])
        allotment = allot(by=SYSTEM, campaign=campaign, copies=12, enterprise=s.enterprise)
        batches.append(s.approve(put_forward(by=s.preparer, allotment=allotment)))
    answers = at_once(
        [lambda batch=batch: issue_batch(by=s.approver, batch=batch).issued for batch in batches]
    )
    assert sum(answers) == 12
    assert Coverage.objects.count() == 12
    balance = balance_of(s.fund)
    assert (balance.held, balance.used) == (Decimal("0.00"), Decimal("1140.00"))
    left_out = Gift.objects.filter(state=GiftState.LEFT_OUT)
    assert set(left_out.values_list("reason", flat=True)) == {LeftOut.ALREADY_COVERED}
    assert left_out.count() == 7 * 12
    sound()


def test_two_campaigns_over_two_funds_in_opposite_order_never_wait_in_a_ring():
    one, two = scene(workers=10, places=10, money="475.00"), scene(workers=10, places=10, money="475.00")
    set_funds(by=SYSTEM, campaign=one.campaign, funds=[one.fund, two.fund])
    set_funds(by=SYSTEM, campaign=two.campaign, funds=[two.fund, one.fund])

    def whole_way(s, worker):
        batch = put_forward(by=s.preparer, allotment=s.allotment, only=[worker.pk])
        approve_batch(by=s.approver, batch=batch, digest=batch.digest)
        return issue_batch(by=s.approver, batch=batch).issued

    answers = at_once(
        [lambda s=s, worker=worker: whole_way(s, worker) for s in (one, two) for worker in s.workers]
    )
    assert sorted(map(str, answers)) == ["1"] * 10 + ["budget_exhausted"] * 10
    assert balance_of(one.fund).available + balance_of(two.fund).available == 0
    sound()


def test_independent_campaigns_do_not_queue_behind_a_locked_one():
    busy, free = scene(), scene()
    with transaction.atomic():
        type(busy.campaign).objects.select_for_update().get(pk=busy.campaign.pk)
        [issued] = at_once([lambda: free.issue_all().copies])
    assert issued == 4
    assert not Entry.objects.filter(fund=busy.fund, kind="hold").exists()


def test_workers_and_money_move_at_random_and_every_book_agrees():
    """Three funds' worth of campaigns, every verb at once, many rounds: the books agree after each."""
    scenes = [scene(workers=6, places=4, money="380.00") for _ in range(3)]
    for s in scenes[1:]:
        set_funds(by=SYSTEM, campaign=s.campaign, funds=[s.fund, scenes[0].fund])
    officers = UserFactory.create_batch(3)

    def any_batch(act, *states):
        def run():
            batch = GiftBatch.objects.filter(state__in=states).order_by("?").first()
            return act(batch) if batch else None

        return run

    for _ in range(3):
        acts = [
            *(
                lambda s=s, w=w: put_forward(by=s.preparer, allotment=s.allotment, only=[w.pk])
                for s in scenes
                for w in s.workers
            ),
            *[any_batch(lambda b: approve_batch(by=officers[0], batch=b, digest=b.digest), "put_forward")]
            * 8,
            *[any_batch(lambda b: issue_batch(by=officers[1], batch=b), "approved")] * 8,
            *[
                any_batch(
                    lambda b: return_batch(by=officers[2], batch=b, reason="退"), "put_forward", "approved"
                )
            ]
            * 4,
            *(lambda s=s: deposit(by=SYSTEM, fund=s.fund, amount=Decimal("10.00")) for s in scenes),
            *(
                lambda s=s: allot(by=SYSTEM, campaign=s.campaign, enterprise=s.enterprise, copies=5)
                for s in scenes
            ),
        ]
        answers = at_once(acts)
        assert [one for one in answers if isinstance(one, Exception) and not isinstance(one, Refusal)] == []
        sound()
    uses = allotment_use([s.allotment.__class__.objects.get(pk=s.allotment.pk) for s in scenes])
    assert all(use.left >= 0 for use in uses.values())
