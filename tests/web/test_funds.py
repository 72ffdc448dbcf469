from decimal import Decimal
from itertools import pairwise

import pytest
from django.urls import reverse

from tests.web.office import person
from unionbenefits.audit.actors import SYSTEM
from unionbenefits.campaigns import actions
from unionbenefits.funds import actions as ledger
from unionbenefits.funds.models import Entry, Fund

LIST_QUERIES, STATEMENT_QUERIES, BATCHES_QUERIES = 7, 12, 10


def statement(client, fund, **query):
    return client.get(reverse("admin:fund_statement", args=[fund.pk]), query)


def money(text):
    return Decimal(text)


@pytest.fixture
def spent(office):
    """A fund of the district with 1,000.00: one batch of two issued (190.00), one of one held (95.00)."""
    office.applied([person(1), person(2), person(3)])
    allotment = office.allotment()
    workers = sorted(office.enterprise.memberships.values_list("worker", flat=True))
    issued = office.approved(actions.put_forward(by=office.preparer, allotment=allotment, only=workers[:2]))
    actions.issue_batch(by=office.approver, batch=issued)
    actions.put_forward(by=office.preparer, allotment=allotment, only=workers[2:])
    return Fund.objects.get()


def test_statement_holds_every_entry_with_the_balance_after_it(office, sign_in, spent):
    answer = statement(sign_in(office.preparer), spent)
    lines = answer.context["lines"]
    assert [(line.entry.kind, line.entry.amount, line.change, line.available) for line in lines] == [
        ("hold", money("95.00"), money("-95.00"), money("715.00")),
        ("capture", money("190.00"), money("0.00"), money("810.00")),
        ("hold", money("190.00"), money("-190.00"), money("810.00")),
        ("deposit", money("1000.00"), money("1000.00"), money("1000.00")),
    ]
    assert lines[0].who == office.preparer.audit_name.partition(":")[2]
    balance = answer.context["gauge"].balance
    assert (balance.deposited, balance.available, balance.held, balance.used) == (
        money("1000.00"),
        money("715.00"),
        money("95.00"),
        money("190.00"),
    )
    [campaign] = answer.context["spending"]
    assert (campaign.held, campaign.used) == (money("95.00"), money("190.00"))


def test_balances_agree_on_every_page(office, sign_in, spent):
    for order in range(60):
        ledger.deposit(by=SYSTEM, fund=spent, amount=money("1.00"), memo=f"第{order}笔")
    client = sign_in(office.preparer)
    first = statement(client, spent)
    second = client.get(reverse("admin:fund_statement", args=[spent.pk]) + first.context["rows"].forth)
    lines = [*first.context["lines"], *second.context["lines"]]
    assert len(first.context["lines"]) == 50
    assert len(lines) == 64
    assert lines[0].available == money("775.00")
    for newer, older in pairwise(lines):
        assert newer.available - newer.change == older.available
    printed = statement(client, spent, print=1)
    assert [line.entry.pk for line in printed.context["lines"]] == sorted(line.entry.pk for line in lines)


def test_batches_of_a_fund_hold_and_use_its_part(office, sign_in, spent):
    rows = statement(sign_in(office.preparer), spent, show="batches").context["rows"].rows
    assert [(row.state, row.held, row.used) for row in rows] == [
        ("put_forward", money("95.00"), money("0.00")),
        ("issued", money("0.00"), money("190.00")),
    ]


def test_campaigns_of_others_are_summed_without_a_name(office, sign_in, spent):
    office.applied([person(9)], by=office.officers["sibling_officer"], enterprise=office.other_enterprise)
    other = office.allotment(enterprise=office.other_enterprise, owner=office.province)
    actions.set_funds(by=SYSTEM, campaign=other.campaign, funds=[spent])
    actions.put_forward(by=office.officers["sibling_officer"], allotment=other)
    answer = statement(sign_in(office.preparer), spent)
    named, others = answer.context["spending"]
    assert (named.campaign.owner, named.held) == (office.district, money("95.00"))
    assert (others.campaign, others.held) == (None, money("95.00"))
    assert other.campaign.name not in answer.content.decode()
    assert office.other_enterprise.name not in answer.content.decode()


@pytest.mark.parametrize(
    ("role", "status"),
    [
        ("province_officer", 200),
        ("union_officer", 200),
        ("auditor", 200),
        ("sibling_officer", 404),
        ("enterprise_clerk", 403),
        ("industry_officer", 403),
    ],
)
def test_a_statement_is_for_those_above_it_who_may_see_money(office, sign_in, spent, role, status):
    assert statement(sign_in(office.officers[role]), spent).status_code == status


def test_list_shows_the_funds_of_a_year_in_scope(office, sign_in, spent):
    old = ledger.open_fund(by=SYSTEM, name="结余资金", owner=office.district, year=2024)
    ledger.deposit(by=SYSTEM, fund=old, amount=money("30000000.00"))
    ledger.open_fund(by=SYSTEM, name="省级资金", owner=office.province, year=2026)
    client = sign_in(office.preparer)
    listed = client.get(reverse("admin:fund_list"))
    assert [fund.pk for fund, _view, _owner in listed.context["funds"]] == [spent.pk]
    assert [(tab.code, tab.count) for tab in listed.context["tabs"]] == [("2026", 1), ("2024", 1)]
    earlier = client.get(reverse("admin:fund_list"), {"year": "2024"})
    assert [view.balance.available for _fund, view, _owner in earlier.context["funds"]] == [
        money("30000000.00")
    ]
    assert "30,000,000.00" in earlier.content.decode()
    assert client.get(reverse("admin:fund_list"), {"year": "x"}).context["funds"][0][0] == spent


def test_deposit_is_written_down_with_where_it_comes_from(office, sign_in, spent, said):
    client = sign_in(office.officers["province_officer"])
    address = reverse("admin:fund_pay_in", args=[spent.pk])
    answer = client.post(address, {"amount": "500.50", "memo": "区财政拨款"}, follow=True)
    assert len(said(answer)) == 1
    entry = Entry.objects.filter(fund=spent, kind="deposit").latest("pk")
    assert (entry.amount, entry.memo) == (money("500.50"), "区财政拨款")
    assert entry.made_by == office.officers["province_officer"].audit_name


@pytest.mark.parametrize(
    "fields", [{"amount": "0", "memo": "x"}, {"amount": "5", "memo": ""}, {"amount": "-5"}, {}]
)
def test_deposit_of_nothing_or_from_nowhere_is_refused(office, sign_in, spent, fields):
    client = sign_in(office.officers["province_officer"])
    answer = client.post(reverse("admin:fund_pay_in", args=[spent.pk]), fields)
    assert answer.status_code in (409, 422)
    assert Entry.objects.filter(kind="deposit").count() == 1


def test_only_those_who_may_pay_in_do(office, sign_in, spent):
    client = sign_in(office.preparer)
    assert not statement(client, spent).context["may_deposit"]
    answer = client.post(reverse("admin:fund_pay_in", args=[spent.pk]), {"amount": "5", "memo": "x"})
    assert answer.status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_funds_cost_the_same_for_one_and_three_rows(office, sign_in, django_assert_num_queries, count):
    office.applied([person(order) for order in range(count)])
    allotment = office.allotment(copies=50)
    for worker in sorted(office.enterprise.memberships.values_list("worker", flat=True)):
        actions.put_forward(by=office.preparer, allotment=allotment, only=[worker])
    fund = Fund.objects.get()
    for number in range(count - 1):
        ledger.open_fund(by=SYSTEM, name=f"另一{number}", owner=office.district, year=2026)
    client = sign_in(office.preparer)
    with django_assert_num_queries(LIST_QUERIES):
        assert len(client.get(reverse("admin:fund_list")).context["funds"]) == count
    with django_assert_num_queries(STATEMENT_QUERIES):
        assert len(statement(client, fund).context["lines"]) == count + 1
    with django_assert_num_queries(BATCHES_QUERIES):
        assert len(statement(client, fund, show="batches").context["rows"].rows) == count
