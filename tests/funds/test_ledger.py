from decimal import Decimal

import pytest

from tests.factories import FundFactory, UnionFactory
from unionbenefits.audit.actors import SYSTEM
from unionbenefits.audit.models import Entry as AuditEntry
from unionbenefits.core.errors import Refusal
from unionbenefits.funds.actions import capture, deposit, hold, open_fund, release, reverse
from unionbenefits.funds.models import Fund
from unionbenefits.funds.queries import Outstanding, balance_of, balances, outstanding

pytestmark = pytest.mark.django_db


def money(text):
    return Decimal(text)


@pytest.fixture
def fund():
    fund = FundFactory()
    deposit(by=SYSTEM, fund=fund, amount=money("1000.00"))
    return fund


def states(fund):
    b = balance_of(fund)
    return b.available, b.held, b.used


def test_fund_opened_twice_for_one_year_is_refused():
    owner = UnionFactory()
    open_fund(by=SYSTEM, name="结余资金", owner=owner, year=2024)
    open_fund(by=SYSTEM, name="结余资金", owner=owner, year=2025)
    with pytest.raises(Refusal) as refused:
        open_fund(by=SYSTEM, name="结余资金", owner=owner, year=2024)
    assert refused.value.code == "fund_taken"
    assert Fund.objects.count() == 2


@pytest.mark.parametrize("amount", ["0.00", "-1.00", "0.001"])
def test_deposit_of_nothing_less_or_fractions_of_a_cent_is_refused(fund, amount):
    with pytest.raises(Refusal) as refused:
        deposit(by=SYSTEM, fund=fund, amount=money(amount))
    assert refused.value.code == "amount_not_positive"


def test_money_moves_from_available_through_held_to_used_and_back(fund):
    hold(by=SYSTEM, funds=[fund], amount=money("285.00"), copies=3, reference="batch:1")
    assert states(fund) == (money("715.00"), money("285.00"), money("0.00"))
    release(by=SYSTEM, reference="batch:1", amount=money("95.00"), copies=1)
    assert states(fund) == (money("810.00"), money("190.00"), money("0.00"))
    [used] = capture(by=SYSTEM, reference="batch:1")
    assert states(fund) == (money("810.00"), money("0.00"), money("190.00"))
    assert used.copies == 2
    back = reverse(by=SYSTEM, entry=used, amount=money("95.00"), copies=1)
    assert states(fund) == (money("905.00"), money("0.00"), money("95.00"))
    assert back.reverses == used


def test_hold_takes_the_first_fund_first_and_copies_add_up():
    first, second = FundFactory(), FundFactory()
    deposit(by=SYSTEM, fund=first, amount=money("100.00"))
    deposit(by=SYSTEM, fund=second, amount=money("500.00"))
    entries = hold(by=SYSTEM, funds=[first, second], amount=money("285.00"), copies=3, reference="batch:1")
    assert [(e.fund, e.amount, e.copies) for e in entries] == [
        (first, money("100.00"), 1),
        (second, money("185.00"), 2),
    ]


def test_release_of_a_part_gives_back_to_the_last_fund_first():
    first, second = FundFactory(), FundFactory()
    deposit(by=SYSTEM, fund=first, amount=money("290.00"))
    deposit(by=SYSTEM, fund=second, amount=money("90.00"))
    hold(by=SYSTEM, funds=[first, second], amount=money("380.00"), copies=4, reference="batch:1")
    release(by=SYSTEM, reference="batch:1", amount=money("190.00"), copies=2)
    assert outstanding("batch:1") == [Outstanding(first.pk, money("190.00"), 2)]
    assert [b.available for b in balances([first, second])] == [money("100.00"), money("90.00")]


def test_hold_beyond_all_funds_is_refused_and_holds_nothing(fund):
    with pytest.raises(Refusal) as refused:
        hold(by=SYSTEM, funds=[fund], amount=money("1000.01"), copies=1, reference="batch:1")
    assert refused.value.code == "fund_short"
    assert refused.value.details == {"needed": money("1000.01"), "available": money("1000.00")}
    assert states(fund) == (money("1000.00"), money("0.00"), money("0.00"))
    assert not AuditEntry.objects.filter(action="fund.hold").exists()


def test_release_of_more_than_held_is_refused(fund):
    hold(by=SYSTEM, funds=[fund], amount=money("95.00"), copies=1, reference="batch:1")
    with pytest.raises(Refusal) as refused:
        release(by=SYSTEM, reference="batch:1", amount=money("95.01"), copies=1)
    assert refused.value.code == "held_short"


def test_capture_of_nothing_held_moves_nothing(fund):
    assert capture(by=SYSTEM, reference="batch:9") == []


def test_only_a_capture_can_be_reversed_and_only_once(fund):
    [held] = hold(by=SYSTEM, funds=[fund], amount=money("95.00"), copies=1, reference="batch:1")
    with pytest.raises(Refusal) as refused:
        reverse(by=SYSTEM, entry=held)
    assert refused.value.code == "not_a_capture"
    [used] = capture(by=SYSTEM, reference="batch:1")
    reverse(by=SYSTEM, entry=used)
    with pytest.raises(Refusal) as refused:
        reverse(by=SYSTEM, entry=used)
    assert refused.value.code == "reverses_too_much"
    assert states(fund) == (money("1000.00"), money("0.00"), money("0.00"))


def test_every_movement_is_in_the_audit_log(fund):
    hold(by=SYSTEM, funds=[fund], amount=money("95.00"), copies=1, reference="batch:1")
    capture(by=SYSTEM, reference="batch:1")
    written = AuditEntry.objects.order_by("id").values_list("action", "data__reference")
    assert list(written) == [
        ("fund.deposit", f"fund:{fund.pk}"),
        ("fund.hold", "batch:1"),
        ("fund.capture", "batch:1"),
    ]
