"""Drafts: nothing is held before they are put forward, and everything is judged again then."""

import datetime as dt
from decimal import Decimal

import pytest

from tests.campaigns.scene import scene
from tests.factories import UserFactory
from unionbenefits.campaigns.actions import (
    approve_batch,
    discard_draft,
    draft_batch,
    issue_batch,
    put_back,
    put_draft_forward,
    refresh_draft,
    take_out,
)
from unionbenefits.campaigns.enums import BatchState, GiftState, LeftOut
from unionbenefits.campaigns.integrity import examine
from unionbenefits.campaigns.models import Gift
from unionbenefits.campaigns.previews import allotment_use
from unionbenefits.core.errors import Refusal
from unionbenefits.funds.queries import balance_of
from unionbenefits.workers.models import Membership, Worker

pytestmark = pytest.mark.django_db


def refused(act, **kwargs):
    with pytest.raises(Refusal) as refusal:
        act(**kwargs)
    return refusal.value.code


def lines(batch):
    return dict(Gift.objects.filter(batch=batch).values_list("worker_id", "reason"))


def test_a_draft_counts_and_holds_nothing():
    s = scene(workers=3)
    batch = draft_batch(by=s.preparer, allotment=s.allotment)
    assert (batch.state, batch.copies, batch.amount) == (BatchState.DRAFT, 3, Decimal("285.00"))
    assert balance_of(s.fund).held == 0
    assert allotment_use([s.allotment])[s.allotment.pk].used == 0
    assert examine().faults == ()


def test_lines_are_taken_out_and_put_back_and_the_rest_goes_forward():
    s = scene(workers=3)
    batch = draft_batch(by=s.preparer, allotment=s.allotment)
    first, second, third = batch.gifts.order_by("pk")
    assert take_out(by=s.preparer, batch=batch, gifts=[first.pk, second.pk]) == 2
    assert put_back(by=s.preparer, batch=batch, gifts=[second.pk]) == 1
    forward = put_draft_forward(by=s.preparer, batch=batch)
    assert (forward.state, forward.copies, forward.left_out) == (BatchState.PUT_FORWARD, 2, 1)
    assert lines(batch) == {first.worker_id: LeftOut.TAKEN_OUT, second.worker_id: "", third.worker_id: ""}
    assert balance_of(s.fund).held == Decimal("190.00")
    approved = approve_batch(by=s.approver, batch=forward, digest=forward.digest)
    assert issue_batch(by=s.approver, batch=approved).issued == 2
    assert examine().faults == ()


def test_a_draft_is_judged_again_when_it_goes_forward():
    s = scene(workers=3)
    batch = draft_batch(by=s.preparer, allotment=s.allotment)
    old, gone, stays = s.workers
    Worker.objects.filter(pk=old.pk).update(birth_date=dt.date(1950, 1, 1))
    Membership.objects.filter(worker=gone).update(left_on=dt.date(2020, 1, 1))
    refresh_draft(by=s.preparer, batch=batch)
    right = {old.pk: LeftOut.OVER_RETIREMENT_AGE, gone.pk: LeftOut.NOT_A_MEMBER, stays.pk: ""}
    assert lines(batch) == right
    assert put_draft_forward(by=s.preparer, batch=batch).copies == 1
    assert lines(batch) == right


def test_whoever_drafted_and_whoever_put_it_forward_may_not_approve():
    s = scene(workers=1)
    other = UserFactory()
    batch = put_draft_forward(by=other, batch=draft_batch(by=s.preparer, allotment=s.allotment))
    for who in (s.preparer, other):
        assert refused(approve_batch, by=who, batch=batch, digest=batch.digest) == "approver_is_preparer"
    assert approve_batch(by=s.approver, batch=batch, digest=batch.digest).state == BatchState.APPROVED


def test_a_draft_that_no_longer_fits_stays_a_draft():
    s = scene(workers=3, places=2)
    batch = draft_batch(by=s.preparer, allotment=s.allotment)
    assert refused(put_draft_forward, by=s.preparer, batch=batch) == "places_exhausted"
    batch.refresh_from_db()
    assert batch.state == BatchState.DRAFT
    take_out(by=s.preparer, batch=batch, gifts=[batch.gifts.first().pk])
    assert put_draft_forward(by=s.preparer, batch=batch).copies == 2


def test_two_drafts_of_the_same_people_give_one_gift_each():
    s = scene(workers=2)
    drafts = [draft_batch(by=s.preparer, allotment=s.allotment) for _time in range(2)]
    put_draft_forward(by=s.preparer, batch=drafts[0])
    assert refused(put_draft_forward, by=s.preparer, batch=drafts[1]) == "nobody_eligible"


def test_a_dropped_draft_is_over():
    s = scene(workers=1)
    batch = discard_draft(by=s.preparer, batch=draft_batch(by=s.preparer, allotment=s.allotment))
    assert batch.state == BatchState.RETURNED
    assert Gift.objects.get().state == GiftState.RETURNED
    assert refused(put_draft_forward, by=s.preparer, batch=batch) == "batch_not_draft"
    assert refused(take_out, by=s.preparer, batch=batch, gifts=[]) == "batch_not_draft"
    assert examine().faults == ()


def test_nobody_to_give_to_makes_no_draft():
    s = scene(workers=0)
    assert refused(draft_batch, by=s.preparer, allotment=s.allotment) == "nobody_eligible"
