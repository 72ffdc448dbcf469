"""Several funds of one campaign: in order or by shares, within limits, of their year, there and back."""

import datetime as dt
from decimal import Decimal

import pytest

from tests.at_once import at_once
from tests.campaigns.scene import members, scene
from tests.factories import FundFactory, UserFactory
from unionbenefits.audit.actors import SYSTEM
from unionbenefits.audit.models import Entry as AuditEntry
from unionbenefits.campaigns.actions import (
    confirm_revocation,
    propose_revocation,
    put_forward,
    return_batch,
    set_funds,
)
from unionbenefits.campaigns.enums import FundUse
from unionbenefits.campaigns.integrity import examine
from unionbenefits.campaigns.queries import preview
from unionbenefits.core.errors import Refusal
from unionbenefits.funds.actions import deposit
from unionbenefits.funds.queries import balance_of

pytestmark = pytest.mark.django_db


def money(*texts):
    return [Decimal(text) for text in texts]


def fund_of(owner, amount, **fields):
    fund = FundFactory(owner=owner, **fields)
    deposit(by=SYSTEM, fund=fund, amount=Decimal(amount))
    return fund


def shared(*shares, amounts=("1000.00", "1000.00", "1000.00"), limits=None, workers=4, **kwargs):
    """A scene whose campaign draws on as many funds as there are shares."""
    s = scene(workers=workers, **kwargs)
    s.funds = [fund_of(s.union, amount) for amount, _share in zip(amounts, shares, strict=False)]
    set_funds(by=SYSTEM, campaign=s.campaign, funds=s.funds, shares=money(*shares), limits=limits)
    s.campaign.refresh_from_db()
    s.allotment.campaign = s.campaign
    return s


def standing(s):
    return [(b.available, b.held, b.used) for b in map(balance_of, s.funds)]


def undo(s, batch, count):
    gifts = list(batch.gifts.filter(state="live").order_by("pk").values_list("pk", flat=True)[:count])
    proposed = propose_revocation(by=s.preparer, batch=batch, reason="误发", gifts=gifts)
    return confirm_revocation(by=s.approver, revocation=proposed, digest=proposed.digest)


def refused(**kwargs):
    with pytest.raises(Refusal) as refusal:
        set_funds(by=SYSTEM, **kwargs)
    return refusal.value.code


def test_each_fund_pays_its_share_to_the_cent_there_and_back():
    s = shared("33.33", "33.33", "33.34")
    batch = s.put_forward()
    assert standing(s) == [
        (Decimal("873.34"), Decimal("126.66"), 0),
        (Decimal("873.35"), Decimal("126.65"), 0),
        (Decimal("873.31"), Decimal("126.69"), 0),
    ]
    s.issue(s.approve(batch))
    assert [used for _free, _held, used in standing(s)] == money("126.66", "126.65", "126.69")
    undo(s, batch, 1)
    parts = [used for _free, _held, used in standing(s)]
    assert sum(parts) == Decimal("285.00")
    assert all(abs(part - Decimal("95.00")) < Decimal("0.05") for part in parts)
    undo(s, batch, 3)
    assert standing(s) == [(Decimal("1000.00"), 0, 0)] * 3
    assert examine().faults == ()


def test_funds_in_order_are_given_back_in_the_reverse_order():
    s = scene(workers=4, money="190.00")
    second = fund_of(s.union, "190.00")
    set_funds(by=SYSTEM, campaign=s.campaign, funds=[s.fund, second])
    batch = s.issue_all()
    undo(s, batch, 3)
    assert (balance_of(s.fund).used, balance_of(second).used) == (Decimal("95.00"), Decimal("0.00"))
    undo(s, batch, 1)
    assert (balance_of(s.fund).available, balance_of(second).available) == (
        Decimal("190.00"),
        Decimal("190.00"),
    )
    assert examine().faults == ()


def test_a_returned_batch_gives_every_share_back():
    s = shared("70.00", "30.00")
    return_batch(by=s.approver, batch=s.put_forward(), reason="退回")
    assert standing(s) == [(Decimal("1000.00"), 0, 0)] * 2


def test_one_empty_share_refuses_the_batch_and_preview_says_how_much_could_be_paid():
    s = shared("50.00", "50.00", amounts=("1000.00", "95.00"))
    seen = preview(s.allotment)
    assert seen.available == Decimal("190.01"), "the odd cent falls to the first fund"
    assert [notice.code for notice in seen.obstacles] == ["budget_exhausted"]
    with pytest.raises(Refusal) as refusal:
        s.put_forward()
    assert refusal.value.code == "budget_exhausted"
    assert s.put_forward(only=[worker.pk for worker in s.workers[:2]]).copies == 2
    assert standing(s)[1] == (Decimal("0.00"), Decimal("95.00"), 0)


def test_a_limit_holds_over_all_batches_and_opens_again_on_return():
    s = scene(workers=4)
    second = fund_of(s.union, "1000.00")
    set_funds(
        by=SYSTEM, campaign=s.campaign, funds=[s.fund, second], limits=[*money("95.00"), *money("190.00")]
    )
    first = put_forward(by=s.preparer, allotment=s.allotment, only=[one.pk for one in s.workers[:2]])
    assert [balance_of(one).held for one in (s.fund, second)] == money("95.00", "95.00")
    assert preview(s.allotment).available == Decimal("95.00")
    with pytest.raises(Refusal) as refusal:
        s.put_forward()
    assert refusal.value.code == "budget_exhausted"
    return_batch(by=s.approver, batch=first, reason="退回")
    assert preview(s.allotment).available == Decimal("285.00")


@pytest.mark.parametrize(
    "shares", [("50", "49.99"), ("50", "50.01"), ("100",), ("100", "0"), ("33.333", "66.667")]
)
def test_shares_that_are_not_a_whole_are_refused(shares):
    s = scene()
    funds = [s.fund, fund_of(s.union, "1.00")]
    assert refused(campaign=s.campaign, funds=funds, shares=money(*shares)) == "shares_not_whole"


def test_a_limit_is_above_zero_and_never_below_what_is_used():
    s = scene(workers=2)
    assert refused(campaign=s.campaign, funds=[s.fund], limits=money("0.00")) == "limit_not_positive"
    s.put_forward()
    assert refused(campaign=s.campaign, funds=[s.fund], limits=money("189.99")) == "limit_below_used"
    set_funds(by=SYSTEM, campaign=s.campaign, funds=[s.fund], limits=money("190.00"))
    assert examine().faults == ()


def test_money_of_another_year_pays_only_with_a_reason_that_is_written_down():
    s = scene(opens_on=dt.date(2025, 3, 1), closes_on=dt.date(2026, 6, 30))
    this_year, last_year = fund_of(s.union, "1.00", year=2025), fund_of(s.union, "30000000.00", year=2024)
    assert refused(campaign=s.campaign, funds=[s.fund, last_year]) == "fund_of_another_year"
    set_funds(by=SYSTEM, campaign=s.campaign, funds=[s.fund, this_year])
    set_funds(by=SYSTEM, campaign=s.campaign, funds=[s.fund, last_year], carried_over="省总〔2025〕3号结转")
    data = AuditEntry.objects.filter(action="campaign.set_funds").latest("pk").data
    assert (data["carried_over"], data["funds"]) == ("省总〔2025〕3号结转", [s.fund.pk, last_year.pk])
    set_funds(by=SYSTEM, campaign=s.campaign, funds=[last_year, s.fund])


def test_shares_may_change_between_batches_and_each_keeps_its_own():
    s = shared("50.00", "50.00")
    first = s.put_forward(only=[one.pk for one in s.workers[:2]])
    set_funds(by=SYSTEM, campaign=s.campaign, funds=s.funds)
    assert s.campaign.fund_use == FundUse.IN_ORDER
    s.put_forward(only=[one.pk for one in s.workers[2:]])
    assert [held for _free, held, _used in standing(s)] == money("285.00", "95.00")
    return_batch(by=s.approver, batch=first, reason="退回")
    assert [held for _free, held, _used in standing(s)] == money("190.00", "0.00")
    assert examine().faults == ()


@pytest.mark.concurrency
@pytest.mark.django_db(transaction=True)
def test_a_limit_for_ten_is_used_by_ten_of_fifty_at_once():
    s = scene(workers=0, places=1000, money="100000.00")
    set_funds(by=SYSTEM, campaign=s.campaign, funds=[s.fund], limits=money("950.00"))
    applicants = members(s.enterprise, 50)

    def enrol(worker):
        return put_forward(by=s.preparer, allotment=s.allotment, only=[worker.pk]).copies

    answers = at_once([lambda worker=worker: enrol(worker) for worker in applicants])
    assert sorted(map(str, answers)) == ["1"] * 10 + ["budget_exhausted"] * 40
    assert balance_of(s.fund).held == Decimal("950.00")
    assert examine().faults == ()


@pytest.mark.concurrency
@pytest.mark.django_db(transaction=True)
def test_shares_of_fifty_batches_at_once_add_up_and_one_undo_is_done_once():
    s = shared("33.33", "66.67", amounts=("100000.00", "100000.00"), workers=50, places=60)
    worth = money("31.66", "63.34")

    def whole_way(worker):
        return s.issue_all(only=[worker.pk])

    batches = at_once([lambda worker=worker: whole_way(worker) for worker in s.workers])
    assert [used for _free, _held, used in standing(s)] == [part * 50 for part in worth]
    proposed = propose_revocation(by=s.preparer, batch=batches[0], reason="误发")
    officers = UserFactory.create_batch(50)
    answers = at_once(
        [
            lambda by=by: confirm_revocation(by=by, revocation=proposed, digest=proposed.digest).state
            for by in officers
        ]
    )
    assert sorted(map(str, answers)) == ["batch_not_issued"] * 49 + ["done"]
    assert [used for _free, _held, used in standing(s)] == [part * 49 for part in worth]
    assert examine().faults == ()
