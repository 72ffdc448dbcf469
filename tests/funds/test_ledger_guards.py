"""Invariant 4 in the database: what no code of ours, and no hand with SQL, can do to the ledger."""

from decimal import Decimal

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from tests.at_once import at_once
from tests.factories import FundFactory
from unionbenefits.audit.actors import SYSTEM
from unionbenefits.core.errors import Refusal
from unionbenefits.funds.actions import capture, deposit, hold
from unionbenefits.funds.enums import MOVEMENTS, EntryKind
from unionbenefits.funds.models import Entry, Fund
from unionbenefits.funds.queries import balance_of


def book(fund, kind, amount, reference="batch:1", **more):
    credit, debit = MOVEMENTS[kind]
    fields = {"credit": credit, "debit": debit, "made_by": "test", "made_at": timezone.now()} | more
    with transaction.atomic():
        return Entry.objects.create(
            fund=fund, kind=kind, amount=Decimal(amount), reference=reference, **fields
        )


@pytest.fixture
def fund(db):
    fund = FundFactory()
    deposit(by=SYSTEM, fund=fund, amount=Decimal("100.00"))
    return fund


def test_fund_cannot_be_overdrawn(fund):
    with pytest.raises(IntegrityError, match="fund overdrawn"):
        book(fund, EntryKind.HOLD, "100.01")
    book(fund, EntryKind.HOLD, "100.00")
    with pytest.raises(IntegrityError, match="fund overdrawn"):
        book(fund, EntryKind.HOLD, "0.01")


@pytest.mark.parametrize("kind", [EntryKind.RELEASE, EntryKind.CAPTURE])
def test_what_another_reference_holds_cannot_be_taken(fund, kind):
    book(fund, EntryKind.HOLD, "50.00", "batch:1")
    with pytest.raises(IntegrityError, match="more than was held"):
        book(fund, kind, "0.01", "batch:2")


def test_reversal_stays_within_its_capture(fund):
    book(fund, EntryKind.HOLD, "100.00")
    first = book(fund, EntryKind.CAPTURE, "40.00")
    book(fund, EntryKind.CAPTURE, "60.00")
    book(fund, EntryKind.REVERSAL, "30.00", reverses=first)
    with pytest.raises(IntegrityError, match="more than was captured"):
        book(fund, EntryKind.REVERSAL, "10.01", reverses=first)
    with pytest.raises(IntegrityError, match="more than was captured"):
        book(FundFactory(), EntryKind.REVERSAL, "5.00", reverses=first)


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        (EntryKind.DEPOSIT, {"debit": "used"}),
        (EntryKind.HOLD, {"credit": "source"}),
        (EntryKind.HOLD, {"credit": "held"}),
        (EntryKind.REVERSAL, {}),
    ],
)
def test_entry_that_does_not_fit_its_kind_is_refused(fund, kind, fields):
    with pytest.raises(IntegrityError):
        book(fund, kind, "1.00", **fields)


def test_amount_of_zero_or_less_is_refused(fund):
    for amount in ("0.00", "-5.00"):
        with pytest.raises(IntegrityError, match="entry_amount_positive"):
            book(fund, EntryKind.DEPOSIT, amount)


def test_entries_are_never_changed_deleted_or_emptied(fund):
    entry = Entry.objects.get()
    final, kept = "Cannot update or delete", "never removed"
    for statement, words in [
        ("UPDATE funds_entry SET amount = 1", final),
        ("UPDATE funds_entry SET memo = 'x'", final),
        ("DELETE FROM funds_entry", final),
        ("SET LOCAL unionbenefits.test_database = 'off'; TRUNCATE funds_entry CASCADE", kept),
    ]:
        with pytest.raises(DatabaseError, match=words), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SET CONSTRAINTS ALL IMMEDIATE; {statement}")
    assert Entry.objects.get() == entry


@pytest.mark.concurrency
@pytest.mark.django_db(transaction=True)
def test_fifty_holds_at_once_never_overdraw():
    fund = FundFactory()
    deposit(by=SYSTEM, fund=fund, amount=Decimal("1000.00"))

    def take(n):
        hold(by=SYSTEM, funds=[Fund(pk=fund.pk)], amount=Decimal("95.00"), copies=1, reference=f"batch:{n}")
        return "held"

    answers = at_once([lambda n=n: take(n) for n in range(50)])
    assert sorted(map(str, answers)) == ["fund_short"] * 40 + ["held"] * 10
    assert balance_of(fund).available == Decimal("50.00")


@pytest.mark.concurrency
@pytest.mark.django_db(transaction=True)
def test_bare_inserts_at_once_never_overdraw():
    """The trigger alone: no verb, no lock of ours."""
    fund = FundFactory()
    deposit(by=SYSTEM, fund=fund, amount=Decimal("500.00"))
    answers = at_once([lambda n=n: book(fund, EntryKind.HOLD, "100.00", f"b:{n}").pk for n in range(30)])
    refused = [one for one in answers if isinstance(one, Exception)]
    assert len(refused) == 25
    assert {type(one) for one in refused} == {IntegrityError}
    assert balance_of(fund).available == Decimal("0.00")


@pytest.mark.concurrency
@pytest.mark.django_db(transaction=True)
def test_stricter_isolation_is_refused_since_it_would_sum_the_past():
    fund = FundFactory()
    deposit(by=SYSTEM, fund=fund, amount=Decimal("100.00"))
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        with pytest.raises(IntegrityError, match="READ COMMITTED"):
            book(fund, EntryKind.HOLD, "10.00")


@pytest.mark.concurrency
@pytest.mark.django_db(transaction=True)
def test_holds_over_two_funds_in_opposite_order_never_deadlock():
    one, two = FundFactory(), FundFactory()
    for fund in (one, two):
        deposit(by=SYSTEM, fund=fund, amount=Decimal("100000.00"))

    def take(n):
        order = [one, two] if n % 2 else [two, one]
        hold(by=SYSTEM, funds=order, amount=Decimal("3000.00"), copies=1, reference=f"batch:{n}")
        capture(by=SYSTEM, reference=f"batch:{n}")
        return "used"

    assert at_once([lambda n=n: take(n) for n in range(30)]) == ["used"] * 30
    assert balance_of(one).used + balance_of(two).used == Decimal("90000.00")


def test_refusal_carries_a_sentence(fund):
    with pytest.raises(Refusal) as refused:
        hold(by=SYSTEM, funds=[fund], amount=Decimal("200.00"), copies=2, reference="batch:1")
    assert "200.00" in str(refused.value)
