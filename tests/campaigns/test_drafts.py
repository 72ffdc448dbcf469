"""Drafts: nothing is held before they are put forward, and everything is judged again then."""

import datetime as dt
from decimal import Decimal

import pytest

from tests.campaigns.scene import members, scene
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
from unionbenefits.campaigns.outlook import edits, outlook
from unionbenefits.campaigns.previews import allotment_use
from unionbenefits.core import clock
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
    assert take_out(by=s.preparer, batch=batch, gifts=[first.pk, second.pk], reason="本人不愿参加") == 2
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
    take_out(by=s.preparer, batch=batch, gifts=[batch.gifts.first().pk], reason="本人不愿参加")
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
    assert refused(take_out, by=s.preparer, batch=batch, gifts=[], reason="重复") == "batch_not_draft"
    assert examine().faults == ()


def test_nobody_to_give_to_makes_no_draft():
    s = scene(workers=0)
    assert refused(draft_batch, by=s.preparer, allotment=s.allotment) == "nobody_eligible"


def test_taking_out_needs_a_reason_that_stands_in_the_course():
    s = scene(workers=3)
    batch = draft_batch(by=s.preparer, allotment=s.allotment)
    [first, *_others] = batch.gifts.order_by("pk")
    assert refused(take_out, by=s.preparer, batch=batch, gifts=[first.pk], reason=" ") == "reason_missing"
    take_out(by=s.preparer, batch=batch, gifts=[first.pk], reason="本人不愿参加")
    put_back(by=s.approver, batch=batch, gifts=[first.pk])
    refresh_draft(by=s.approver, batch=batch)
    assert [(one.who, one.act, one.lines, one.reason) for one in edits(batch)] == [
        (str(s.preparer), "take_out", 1, "本人不愿参加"),
        (str(s.approver), "put_back", 1, ""),
        (str(s.approver), "refresh", 0, ""),
    ]


def test_outlook_says_what_is_new_and_judging_again_takes_it_in():
    s = scene(workers=5)
    old, gone, out, stays, young = s.workers
    Worker.objects.filter(pk=young.pk).update(birth_date=clock.today())
    batch = draft_batch(by=s.preparer, allotment=s.allotment)
    take_out(by=s.preparer, batch=batch, gifts=[batch.gifts.get(worker=out).pk], reason="重复")
    assert not outlook(batch).is_old
    Worker.objects.filter(pk=young.pk).update(birth_date=dt.date(1990, 1, 1))
    Worker.objects.filter(pk=old.pk).update(birth_date=dt.date(1950, 1, 1))
    Membership.objects.filter(worker=gone).update(left_on=dt.date(2020, 1, 1))
    newcomers = members(s.enterprise, 2)
    members(s.enterprise, 1, birth_date=dt.date(1950, 1, 1))
    before = lines(batch)
    found = outlook(batch)
    assert (found.joined, found.gained) == (2, 1)
    assert found.lost == {LeftOut.OVER_RETIREMENT_AGE: 1, LeftOut.NOT_A_MEMBER: 1}
    assert lines(batch) == before
    refreshed = refresh_draft(by=s.preparer, batch=batch)
    gets = set(batch.gifts.filter(state=GiftState.DRAFTED).values_list("worker_id", flat=True))
    assert gets == {stays.pk, young.pk, *(one.pk for one in newcomers)}
    assert (refreshed.copies, refreshed.left_out) == (4, 4)
    assert lines(batch)[out.pk] == LeftOut.TAKEN_OUT
    assert not outlook(batch).is_old


def test_nobody_is_put_forward_whom_the_draft_did_not_show():
    s = scene(workers=2)
    batch = draft_batch(by=s.preparer, allotment=s.allotment)
    members(s.enterprise, 2)
    assert put_draft_forward(by=s.preparer, batch=batch).copies == 2
