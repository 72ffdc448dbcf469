"""Put forward, approve, return: two people, exact lines, money held (invariants 3, 4, 7)."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from tests.campaigns.scene import members, scene
from tests.factories import FundFactory, UserFactory
from unionbenefits.audit.actors import SYSTEM
from unionbenefits.audit.models import Entry as AuditEntry
from unionbenefits.campaigns.actions import approve_batch, return_batch, set_funds
from unionbenefits.campaigns.enums import BatchState, GiftState, LeftOut
from unionbenefits.campaigns.models import Gift, GiftBatch
from unionbenefits.campaigns.queries import batch_lines_digest, batch_reasons, preview
from unionbenefits.core.errors import Refusal
from unionbenefits.funds.actions import deposit
from unionbenefits.funds.queries import Outstanding, balance_of, outstanding

pytestmark = pytest.mark.django_db


def refused(act, **kwargs):
    with pytest.raises(Refusal) as refusal:
        act(**kwargs)
    return refusal.value.code


def test_batch_has_a_line_for_everybody_and_holds_the_money():
    s = scene(workers=3)
    [old] = members(s.enterprise, 1, birth_date=dt.date(1950, 1, 1))
    batch = s.put_forward()
    lines = Gift.objects.filter(batch=batch).values_list("worker", "state", "reason")
    assert set(lines) == {(one.pk, GiftState.LIVE, "") for one in s.workers} | {
        (old.pk, GiftState.LEFT_OUT, LeftOut.OVER_RETIREMENT_AGE)
    }
    assert (batch.state, batch.copies, batch.left_out, batch.amount) == (
        BatchState.PUT_FORWARD,
        3,
        1,
        Decimal("285.00"),
    )
    assert batch_reasons(batch) == {LeftOut.OVER_RETIREMENT_AGE: 1}
    balance = balance_of(s.fund)
    assert (balance.available, balance.held, balance.used) == tuple(
        map(Decimal, ("715.00", "285.00", "0.00"))
    )
    assert [entry.entry.amount for entry in batch.batch_entries.all()] == [Decimal("285.00")]


def test_hold_is_split_over_the_funds_in_their_order():
    s = scene(money="100.00")
    second = FundFactory()
    deposit(by=SYSTEM, fund=second, amount=Decimal("1000.00"))
    set_funds(by=SYSTEM, campaign=s.campaign, funds=[s.fund, second])
    batch = s.put_forward()
    assert outstanding(f"batch:{batch.pk}") == [
        Outstanding(s.fund.pk, Decimal("100.00"), 1),
        Outstanding(second.pk, Decimal("280.00"), 3),
    ]


@pytest.mark.parametrize(
    ("places", "money", "code"), [(3, "1000.00", "places_exhausted"), (10, "379.99", "budget_exhausted")]
)
def test_refused_batch_leaves_nothing(places, money, code):
    s = scene(workers=4, places=places, money=money)
    before = AuditEntry.objects.count()
    assert refused(s.put_forward) == code
    assert not GiftBatch.objects.exists()
    assert balance_of(s.fund).held == 0
    assert AuditEntry.objects.count() == before


def test_case_c096_pressing_again_says_how_many_have_it_and_changes_nothing():
    s = scene(workers=4)
    s.put_forward()
    with pytest.raises(Refusal) as refusal:
        s.put_forward()
    assert refusal.value.code == "nobody_eligible"
    assert refusal.value.details["preview"].reasons == {LeftOut.GIFTED_IN_CAMPAIGN: 4}
    assert GiftBatch.objects.count() == 1


def test_next_batch_takes_only_newcomers():
    s = scene(workers=2)
    s.put_forward()
    [newcomer] = members(s.enterprise, 1)
    second = s.put_forward()
    live = second.gifts.filter(state=GiftState.LIVE).values_list("worker", flat=True)
    assert list(live) == [newcomer.pk]
    assert batch_reasons(second) == {LeftOut.GIFTED_IN_CAMPAIGN: 2}


def test_only_some_workers():
    s = scene(workers=3)
    batch = s.put_forward(only=[s.workers[1].pk])
    assert list(batch.gifts.values_list("worker", flat=True)) == [s.workers[1].pk]


def test_preparer_cannot_approve_and_nobody_can_twice():
    s = scene()
    batch = s.put_forward()
    assert refused(approve_batch, by=s.preparer, batch=batch, digest=batch.digest) == "approver_is_preparer"
    approved = s.approve(batch)
    assert (approved.state, approved.approved_by, approved.approved_digest) == (
        BatchState.APPROVED,
        s.approver,
        batch.digest,
    )
    assert refused(approve_batch, by=UserFactory(), batch=batch, digest=batch.digest) == "batch_state"


def test_database_refuses_preparer_as_approver():
    s = scene()
    batch = s.approve(s.put_forward())
    with pytest.raises(IntegrityError, match="batch_approver_is_not_preparer"), transaction.atomic():
        GiftBatch.objects.filter(pk=batch.pk).update(approved_by=s.preparer)
    with pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
        GiftBatch.objects.filter(pk=batch.pk).update(prepared_by=UserFactory())


@pytest.mark.parametrize("digest", ["", "0" * 64])
def test_approval_of_other_lines_is_refused(digest):
    s = scene()
    batch = s.put_forward()
    assert refused(approve_batch, by=s.approver, batch=batch, digest=digest) == "digest_differs"


@pytest.mark.parametrize("change", ["worker", "state", "cost", "added"])
def test_any_change_of_a_line_or_the_terms_voids_approval_and_issue(change):
    s = scene()
    batch = s.put_forward()
    approved = change in ("worker", "cost")
    if approved:
        s.approve(batch)
    line = batch.gifts.first()
    [stranger] = members(s.enterprise, 1)
    if change == "worker":
        Gift.objects.filter(pk=line.pk).update(worker=stranger)
    elif change == "state":
        Gift.objects.filter(pk=line.pk).update(state=GiftState.RETURNED)
    elif change == "cost":
        s.campaign.unit_cost = Decimal("1.00")
        s.campaign.save()
    else:
        Gift.objects.create(
            campaign=s.campaign, batch=batch, worker=stranger, enterprise=s.enterprise, state=GiftState.LIVE
        )
    assert batch_lines_digest(batch) != batch.digest
    step = s.issue if approved else s.approve
    assert refused(step, batch=batch) == "digest_differs"


@pytest.mark.parametrize("approved", [False, True])
def test_returned_batch_frees_places_and_money(approved):
    s = scene(workers=4, places=4, money="380.00")
    batch = s.put_forward()
    if approved:
        s.approve(batch)
    returned = return_batch(by=s.approver, batch=batch, reason="名单有误")
    assert (returned.state, returned.return_reason) == (BatchState.RETURNED, "名单有误")
    assert set(batch.gifts.values_list("state", flat=True)) == {GiftState.RETURNED}
    assert balance_of(s.fund).available == Decimal("380.00")
    assert preview(s.allotment).can_put_forward
    assert refused(return_batch, by=s.approver, batch=batch, reason="again") == "batch_state"
    assert s.issue_all().copies == 4


def test_return_needs_a_reason_and_an_open_batch():
    s = scene()
    batch = s.put_forward()
    assert refused(return_batch, by=s.approver, batch=batch, reason=" ") == "reason_missing"
    s.issue(s.approve(batch))
    assert refused(return_batch, by=s.approver, batch=batch, reason="late") == "batch_state"


def test_database_refuses_a_second_live_gift_in_a_campaign():
    s = scene(workers=1)
    batch = s.put_forward()
    with pytest.raises(IntegrityError, match="gift_one_per_worker_and_campaign"), transaction.atomic():
        Gift.objects.create(
            campaign=s.campaign,
            batch=batch,
            worker=s.workers[0],
            enterprise=s.enterprise,
            state=GiftState.LIVE,
        )


def test_database_refuses_a_batch_that_skips_approval():
    s = scene()
    batch = s.put_forward()
    for state in (BatchState.APPROVED, BatchState.ISSUED):
        with pytest.raises(IntegrityError, match="batch_issued"), transaction.atomic():
            GiftBatch.objects.filter(pk=batch.pk).update(state=state)


def test_history_names_the_officer_and_the_verb():
    s = scene(workers=1)
    batch = s.put_forward()
    [event] = batch.gifts.get().events.all()
    acted = {"by": s.preparer.audit_name, "action": "batch.put_forward"}
    assert event.pgh_context.metadata == acted | {"origin": ""}
