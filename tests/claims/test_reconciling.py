"""The report of a day: payments, the bank's answers and the ledger, office by office."""

import datetime as dt
import logging
from decimal import Decimal

import pytest
from django.db import connection

from tests.claims.test_payments import Office, corrected
from tests.factories import UnionFactory
from unionbenefits.audit.actors import SYSTEM
from unionbenefits.claims import actions
from unionbenefits.claims.actions.closing import close_day, closed_days
from unionbenefits.claims.models import Payment
from unionbenefits.claims.reconciling import Day, Figure, overdue, reconcile
from unionbenefits.core import clock

pytestmark = pytest.mark.django_db
MONDAY = dt.datetime(2026, 5, 11, 2, tzinfo=dt.UTC)


@pytest.fixture
def at(monkeypatch):
    """Moves the clock to so many days after Monday, 11 May 2026, ten in the morning in Shanghai."""

    def go(days: int, hours: int = 0) -> dt.date:
        moment = MONDAY + dt.timedelta(days=days, hours=hours)
        monkeypatch.setattr(clock, "now", lambda: moment)
        return clock.today()

    go(0)
    return go


def figure(count, amount):
    return Figure(count, Decimal(amount))


def of(day, office):
    [(_union, found)] = reconcile(day, [office.union]).offices
    return found


def test_days_follow_a_batch_from_the_bank_to_the_last_answer(at):
    office = Office()
    monday = at(0)
    batch = office.sent(office.owed(4, "80.00"))
    first, second, third, fourth = batch.payments.order_by("order_no")
    tuesday = at(1)
    actions.mark_unknown(by=office.maker, payment=fourth, reason="超时")
    office.answer(
        batch,
        (first.order_no, "80.00", "成功", "R1"),
        (second.order_no, "0", "失败:户名不符", ""),
        (third.order_no, "", "退回:账户冻结", ""),
        ("P0", "1.00", "成功", "R9"),
    )
    wednesday = at(2)
    office.answer(batch, (first.order_no, "-80.00", "退回:销户", "R2"), name="退回.csv")
    assert of(monday, office) == Day(submitted=figure(4, "320.00"), closing=figure(4, "320.00"))
    assert of(tuesday, office) == Day(
        opening=figure(4, "320.00"),
        succeeded=figure(1, "80.00"),
        failed=figure(1, "80.00"),
        returned=figure(1, "80.00"),
        closing=figure(1, "80.00"),
        not_understood=1,
        entries=1,
        used=Decimal("80.00"),
    )
    assert of(wednesday, office) == Day(
        opening=figure(1, "80.00"),
        returned=figure(1, "80.00"),
        came_back=figure(1, "80.00"),
        closing=figure(1, "80.00"),
        entries=1,
        given_back=Decimal("80.00"),
    )
    for day in (monday, tuesday, wednesday):
        assert reconcile(day, [office.union]).is_even


def test_unknown_payments_are_counted_on_the_day_they_became_so():
    office = Office()
    batch = office.sent(office.owed(2, "80.00"))
    actions.mark_all_unknown(by=office.maker, batch=batch, reason="超时")
    assert of(clock.today(), office).unknown == 2


def test_a_refund_gives_back_its_part_and_stays_even(at):
    office = Office()
    [owed] = office.owed(1, "80.00")
    batch = office.sent([owed])
    office.answer(batch, (batch.payments.get().order_no, "80.00", "成功", "R1"))
    tuesday = at(1)
    actions.refund(by=office.maker, obligation=owed, amount=Decimal("30.00"), key="R7", reason="多付")
    day = of(tuesday, office)
    assert (day.refunds, day.given_back, day.is_even) == (figure(1, "30.00"), Decimal("30.00"), True)


def test_a_reissue_through_another_office_counts_where_the_bank_answered(at):
    office = Office()
    [owed] = office.owed(1, "80.00")
    batch = office.sent([owed])
    first = batch.payments.get()
    office.answer(batch, (first.order_no, "80.00", "成功", "R1"))
    at(0, hours=1)
    office.answer(batch, (first.order_no, "-80.00", "退回", "R2"), name="退回.csv")
    corrected(office, owed)
    at(0, hours=2)
    actions.pay_again(by=office.maker, obligation=owed)
    home, office.union = office.union, UnionFactory()
    again = office.sent([owed])
    office.answer(again, (again.payments.get().order_no, "80.00", "成功", "R3"), name="二.csv")
    report = reconcile(clock.today(), [home, office.union])
    [(_home, before), (_other, after)] = report.offices
    assert (before.used, before.given_back, after.used) == (Decimal(80), Decimal(80), Decimal(80))
    assert report.is_even
    assert report.total.succeeded == figure(2, "160.00")


@pytest.mark.parametrize(
    ("broken", "code", "bank", "ledger"),
    [
        ("UPDATE claims_resultline SET outcome = 'nothing'", {"used", "state"}, "0.00", "80.00"),
        ("UPDATE funds_entry SET made_at = made_at - interval '9 days'", {"used"}, "80.00", "0.00"),
        ("UPDATE claims_payment SET state = 'unknown'", {"state"}, None, None),
    ],
)
def test_what_does_not_agree_is_named(broken, code, bank, ledger):
    office = Office()
    batch = office.sent(office.owed(1, "80.00"))
    payment = batch.payments.get()
    office.answer(batch, (payment.order_no, "80.00", "成功", "R1"))
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(broken)
        cursor.execute("SET session_replication_role = DEFAULT")
    report = reconcile(clock.today(), [office.union])
    assert not report.is_even
    assert {one.code for one in report.mismatches} == code
    assert {one.order_no for one in report.mismatches} == {payment.order_no}
    amounts = [(one.bank, one.ledger) for one in report.mismatches if one.code == "used"]
    assert amounts == ([(Decimal(bank), Decimal(ledger))] if bank else [])
    assert reconcile(clock.today(), [UnionFactory()]).is_even


def test_payments_without_an_answer_for_days_are_named(at):
    office = Office()
    batch = office.sent(office.owed(2, "80.00"))
    first, second = batch.payments.order_by("order_no")
    actions.mark_unknown(by=office.maker, payment=second, reason="超时")
    at(3)
    assert list(overdue([office.union.pk])) == []
    at(4)
    assert list(overdue([office.union.pk])) == [first, second]
    office.answer(batch, (first.order_no, "80.00", "成功", "R1"))
    assert reconcile(clock.today(), [office.union]).overdue == [second]


def test_a_day_is_closed_once_and_its_figures_stay_in_the_log(at):
    office = Office()
    batch = office.sent(office.owed(1, "80.00"))
    at(1)
    office.answer(batch, (batch.payments.get().order_no, "80.00", "成功", "R1"))
    tuesday = clock.today()
    at(2)
    assert [close_day(by=SYSTEM, day=tuesday) for _time in range(2)] == [1, 0]
    closed = closed_days(tuesday, [office.union.pk])[office.union.pk]
    assert closed.data["succeeded"] == closed.data["used"] == "80.00"
    assert (closed.data["succeeded_count"], closed.data["entries"]) == (1, 1)
    assert close_day(by=SYSTEM, day=clock.today()) == 0


def test_closing_a_day_that_does_not_agree_is_an_error_in_the_log(caplog):
    office = Office()
    office.sent(office.owed(1, "80.00"))
    Payment.objects.update(state="succeeded", paid_on=clock.today())
    with caplog.at_level(logging.ERROR):
        assert close_day(by=SYSTEM, day=clock.today()) == 1
    assert [record.message for record in caplog.records] == [
        f"payments and ledger differ on {clock.today()}: state"
    ]
