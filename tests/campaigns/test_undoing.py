"""Undo of issued gifts: two people, money and places back, cover ends, claims protected, the worker told."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import IntegrityError

from tests.campaigns.scene import scene
from tests.factories import FundFactory, UserFactory
from unionbenefits.audit.actors import SYSTEM
from unionbenefits.campaigns import telling
from unionbenefits.campaigns.actions import (
    approve_batch,
    confirm_revocation,
    decline_revocation,
    issue_batch,
    propose_revocation,
    put_forward,
    set_funds,
)
from unionbenefits.campaigns.enums import BatchState, GiftState, RevocationState
from unionbenefits.campaigns.integrity import examine
from unionbenefits.campaigns.models import Gift, GiftBatch, Revocation
from unionbenefits.campaigns.previews import allotment_use
from unionbenefits.core.errors import Refusal
from unionbenefits.funds.actions import deposit
from unionbenefits.funds.models import Entry
from unionbenefits.funds.queries import balance_of
from unionbenefits.plans.actions import protect
from unionbenefits.plans.models import Coverage
from unionbenefits.plans.periods import last_day
from unionbenefits.workers.models import Message

pytestmark = pytest.mark.django_db


def refused(act, **kwargs):
    with pytest.raises(Refusal) as refusal:
        act(**kwargs)
    return refusal.value.code


def gifts_of(batch):
    return list(batch.gifts.order_by("pk"))


def undo(s, batch, *, gifts=None, from_day=None, confirmer=None):
    proposed = propose_revocation(by=s.preparer, batch=batch, reason="误发", gifts=gifts, from_day=from_day)
    return confirm_revocation(by=confirmer or s.approver, revocation=proposed, digest=proposed.digest)


def money(fund):
    balance = balance_of(fund)
    return str(balance.available), str(balance.held), str(balance.used)


def test_a_proposal_changes_nothing_before_somebody_else_confirms():
    s = scene(workers=2)
    batch = s.issue_all()
    proposed = propose_revocation(by=s.preparer, batch=batch, reason="误发")
    assert (proposed.copies, proposed.amount, proposed.state) == (2, Decimal("190.00"), "proposed")
    assert money(s.fund) == ("810.00", "0.00", "190.00")
    assert refused(confirm_revocation, by=s.preparer, revocation=proposed, digest=proposed.digest) == (
        "confirmer_is_proposer"
    )
    assert Gift.objects.filter(state=GiftState.LIVE).count() == 2


def test_database_refuses_the_proposer_as_confirmer():
    s = scene(workers=1)
    done = undo(s, s.issue_all())
    with pytest.raises(IntegrityError, match="revocation_done_by_a_second_person"):
        Revocation.objects.filter(pk=done.pk).update(decided_by=s.preparer)


def test_a_whole_batch_comes_back():
    s = scene(workers=3)
    batch = s.issue_all()
    done = undo(s, batch)
    batch.refresh_from_db()
    assert (done.state, done.copies, done.kept, done.amount) == (
        RevocationState.DONE,
        3,
        0,
        Decimal("285.00"),
    )
    assert (batch.state, batch.copies, batch.revoked) == (BatchState.REVOKED, 3, 3)
    assert money(s.fund) == ("1000.00", "0.00", "0.00")
    assert allotment_use([s.allotment])[s.allotment.pk].left == 10
    assert all(cover.live_period.isempty for cover in Coverage.objects.all())
    [reversal] = Entry.objects.filter(kind="reversal")
    assert (reversal.amount, reversal.copies, reversal.reverses.kind) == (Decimal("285.00"), 3, "capture")
    assert examine().faults == ()


def test_one_line_comes_back_and_its_worker_can_be_gifted_again():
    s = scene(workers=3)
    batch = s.issue_all()
    line = gifts_of(batch)[0]
    undo(s, batch, gifts=[line.pk])
    batch.refresh_from_db()
    assert (batch.state, batch.revoked) == (BatchState.PARTLY_REVOKED, 1)
    assert money(s.fund) == ("810.00", "0.00", "190.00")
    again = s.issue_all(only=[line.worker_id])
    assert again.copies == 1
    assert examine().faults == ()


def test_cover_ends_from_the_day_and_never_before_it_began():
    s = scene(workers=2)
    batch = s.issue_all()
    first, second = gifts_of(batch)
    start = s.campaign.cover_starts_on
    undo(s, batch, gifts=[first.pk], from_day=start + dt.timedelta(days=40))
    undo(s, batch, gifts=[second.pk], from_day=start - dt.timedelta(days=40))
    covers = {cover.worker_id: cover for cover in Coverage.objects.all()}
    assert last_day(covers[first.worker_id].live_period) == start + dt.timedelta(days=39)
    assert covers[second.worker_id].live_period.isempty
    after = s.campaign.cover_ends_on + dt.timedelta(days=1)
    third = scene(workers=1)
    assert refused(
        propose_revocation, by=third.preparer, batch=third.issue_all(), reason="x", from_day=after
    ) == ("day_after_cover")


@pytest.mark.parametrize(("days", "kept"), [(0, 1), (-1, 0)])
def test_a_cover_that_a_claim_relies_on_is_kept(days, kept):
    """The stay lasts until the day; the cover may end on the day after, not on the day itself."""
    s = scene(workers=2)
    batch = s.issue_all()
    from_day = s.campaign.cover_starts_on + dt.timedelta(days=60)
    claimed = gifts_of(batch)[0]
    protect(by=SYSTEM, coverage=claimed.coverage, until=from_day + dt.timedelta(days=days))
    done = undo(s, batch, from_day=from_day)
    assert (done.copies, done.kept) == (2 - kept, kept)
    claimed.refresh_from_db()
    assert claimed.state == (GiftState.LIVE if kept else GiftState.REVOKED)
    assert money(s.fund) == (("905.00", "0.00", "95.00") if kept else ("1000.00", "0.00", "0.00"))
    assert examine().faults == ()


def test_protection_is_never_lowered_and_all_kept_undoes_nothing():
    s = scene(workers=1)
    batch = s.issue_all()
    cover = Coverage.objects.get()
    last = s.campaign.cover_ends_on
    protect(by=SYSTEM, coverage=cover, until=last)
    protect(by=SYSTEM, coverage=cover, until=s.campaign.cover_starts_on)
    proposed = propose_revocation(by=s.preparer, batch=batch, reason="x")
    assert (
        refused(confirm_revocation, by=s.approver, revocation=proposed, digest=proposed.digest) == "all_kept"
    )
    cover.refresh_from_db()
    assert cover.keep_until == last
    assert GiftBatch.objects.get().state == BatchState.ISSUED


def test_a_confirmation_binds_to_the_exact_lines():
    s = scene(workers=2)
    batch = s.issue_all()
    proposed = propose_revocation(by=s.preparer, batch=batch, reason="x")
    assert refused(confirm_revocation, by=s.approver, revocation=proposed, digest="") == "digest_differs"
    proposed.lines.first().delete()
    assert refused(confirm_revocation, by=s.approver, revocation=proposed, digest=proposed.digest) == (
        "digest_differs"
    )


def test_refusals_have_codes_and_change_nothing():
    s = scene(workers=1)
    waiting = s.put_forward()
    assert refused(propose_revocation, by=s.preparer, batch=waiting, reason="x") == "batch_not_issued"
    batch = s.issue(s.approve(waiting)).batch
    assert refused(propose_revocation, by=s.preparer, batch=batch, reason=" ") == "reason_missing"
    assert refused(propose_revocation, by=s.preparer, batch=batch, reason="x", gifts=[0]) == "nothing_to_undo"
    proposed = propose_revocation(by=s.preparer, batch=batch, reason="x")
    assert refused(propose_revocation, by=s.approver, batch=batch, reason="x") == "revocation_open"
    decline_revocation(by=s.preparer, revocation=proposed)
    assert refused(confirm_revocation, by=s.approver, revocation=proposed, digest=proposed.digest) == (
        "revocation_state"
    )
    assert undo(s, batch).state == RevocationState.DONE


@pytest.mark.parametrize(
    ("money", "shares", "after"),
    [
        ("95.00", None, ["0.00", "1000.00"]),
        ("1000.00", [Decimal(70), Decimal(30)], ["933.50", "971.50"]),
    ],
)
def test_money_goes_back_to_the_fund_that_paid_last_or_by_share(money, shares, after):
    s = scene(workers=2, money=money)
    second = FundFactory(owner=s.union, year=s.fund.year)
    deposit(by=SYSTEM, fund=second, amount=Decimal("1000.00"))
    set_funds(by=SYSTEM, campaign=s.campaign, funds=[s.fund, second], shares=shares)
    batch = s.issue_all()
    undo(s, batch, gifts=[gifts_of(batch)[0].pk])
    assert [str(balance_of(fund).available) for fund in (s.fund, second)] == after
    assert examine().faults == ()


def test_workers_are_told_once_what_was_given_and_what_was_taken_back():
    s = scene(workers=2)
    batch = s.issue_all()
    for _time in range(2):
        telling.tell_issued(batch.pk)
    done = undo(s, batch, gifts=[gifts_of(batch)[0].pk])
    for _time in range(2):
        telling.tell_undone(done.pk)
    assert sorted(Message.objects.values_list("kind", flat=True)) == [
        "cover_ended", "cover_issued", "cover_issued",
    ]  # fmt: skip


# -- a second approver


def test_above_the_campaigns_amount_three_people_are_needed():
    s = scene(workers=2, second_approval_above=Decimal("189.99"))
    batch = s.put_forward()
    assert batch.second_needed
    first = s.approve(batch)
    assert first.state == BatchState.PUT_FORWARD
    assert refused(issue_batch, by=s.approver, batch=first) == "batch_not_approved"
    assert (
        refused(approve_batch, by=s.approver, batch=first, digest=batch.digest) == "second_approver_is_first"
    )
    assert refused(approve_batch, by=s.preparer, batch=first, digest=batch.digest) == "approver_is_preparer"
    second = approve_batch(by=UserFactory(), batch=first, digest=batch.digest)
    assert second.state == BatchState.APPROVED
    assert s.issue(second).issued == 2


def test_up_to_the_campaigns_amount_one_approver_is_enough():
    s = scene(workers=2, second_approval_above=Decimal("190.00"))
    batch = s.put_forward()
    assert not batch.second_needed
    assert s.approve(batch).state == BatchState.APPROVED


@pytest.mark.parametrize("who", ["prepared_by", "approved_by"])
def test_database_refuses_a_second_approver_who_is_not_a_third_person(who):
    s = scene(workers=1, second_approval_above=Decimal("1.00"))
    batch = s.approve(put_forward(by=s.preparer, allotment=s.allotment))
    with pytest.raises(IntegrityError, match="batch_second_approver_is_a_third_person"):
        GiftBatch.objects.filter(pk=batch.pk).update(
            second_by=getattr(batch, who), second_at=batch.prepared_at
        )
