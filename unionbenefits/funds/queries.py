"""What stands in a fund, always summed from its entries."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Min, Q, Sum

from unionbenefits.core.money import ZERO
from unionbenefits.funds.enums import Account
from unionbenefits.funds.models import Entry, Fund


@dataclass(frozen=True, slots=True)
class Balance:
    """A fund's accounts in 元: paid in, free to use, held for batches, used up."""

    fund_id: int
    name: str
    year: int
    deposited: Decimal
    available: Decimal
    held: Decimal
    used: Decimal


@dataclass(frozen=True, slots=True)
class Outstanding:
    """What a reference still holds in one fund: 元 and the copies they stand for."""

    fund_id: int
    amount: Decimal
    copies: int


def balances(funds: Iterable[Fund]) -> list[Balance]:
    """The balance of each fund, in the order given; one query for the sums."""
    funds = list(funds)
    sums = {
        row.pop("fund"): row
        for row in Entry.objects.filter(fund__in=funds)
        .order_by()
        .values("fund")
        .annotate(
            deposited=Sum("amount", filter=Q(credit=Account.SOURCE), default=ZERO),
            to_available=Sum("amount", filter=Q(debit=Account.AVAILABLE), default=ZERO),
            from_available=Sum("amount", filter=Q(credit=Account.AVAILABLE), default=ZERO),
            to_held=Sum("amount", filter=Q(debit=Account.HELD), default=ZERO),
            from_held=Sum("amount", filter=Q(credit=Account.HELD), default=ZERO),
            to_used=Sum("amount", filter=Q(debit=Account.USED), default=ZERO),
            from_used=Sum("amount", filter=Q(credit=Account.USED), default=ZERO),
        )
    }
    return [_balance(fund, sums.get(fund.pk, {})) for fund in funds]


def _balance(fund: Fund, sums: dict[str, Decimal]) -> Balance:
    def left(account: str) -> Decimal:
        return sums.get(f"to_{account}", ZERO) - sums.get(f"from_{account}", ZERO)

    return Balance(
        fund_id=fund.pk,
        name=fund.name,
        year=fund.year,
        deposited=sums.get("deposited", ZERO),
        available=left("available"),
        held=left("held"),
        used=left("used"),
    )


def balance_of(fund: Fund) -> Balance:
    """The balance of one fund."""
    return balances([fund])[0]


def outstanding(reference: str) -> list[Outstanding]:
    """What is still held under `reference`, fund by fund, the first used fund first."""
    return [part for _reference, part in outstanding_many([reference])]


def outstanding_many(references: Collection[str]) -> list[tuple[str, Outstanding]]:
    """`outstanding` of many references, in the order in which they were first used. One query."""
    rows = (
        Entry.objects.filter(reference__in=references)
        .order_by()
        .values("reference", "fund")
        .annotate(
            first=Min("id"),
            came=Sum("amount", filter=Q(debit=Account.HELD), default=ZERO),
            went=Sum("amount", filter=Q(credit=Account.HELD), default=ZERO),
            copies_came=Sum("copies", filter=Q(debit=Account.HELD), default=0),
            copies_went=Sum("copies", filter=Q(credit=Account.HELD), default=0),
        )
        .order_by("first")
    )
    return [
        (
            row["reference"],
            Outstanding(row["fund"], row["came"] - row["went"], row["copies_came"] - row["copies_went"]),
        )
        for row in rows
        if row["came"] > row["went"]
    ]


@dataclass(frozen=True, slots=True)
class Line:
    """An entry with what was free to use right after it, 元."""

    entry: Entry
    available: Decimal

    @property
    def who(self) -> str:
        """Who made it, without the kind of actor."""
        return self.entry.made_by.partition(":")[2] or self.entry.made_by

    @property
    def change(self) -> Decimal:
        """What the entry did to the free money; nothing when held money became used."""
        return _change(self.entry)


def running(fund: Fund, entries: Sequence[Entry]) -> list[Line]:
    """Neighbouring entries of the fund, in the order given, with the balance after each; one query."""
    if not entries:
        return []
    rising = sorted(entries, key=lambda entry: entry.pk)
    reached = Entry.objects.filter(fund=fund, pk__lt=rising[0].pk).aggregate(
        free=Sum("amount", filter=Q(debit=Account.AVAILABLE), default=ZERO)
        - Sum("amount", filter=Q(credit=Account.AVAILABLE), default=ZERO)
    )["free"]
    after: dict[int, Line] = {}
    for entry in rising:
        reached += _change(entry)
        after[entry.pk] = Line(entry, reached)
    return [after[entry.pk] for entry in entries]


def _change(entry: Entry) -> Decimal:
    amount: Decimal = entry.amount
    if entry.debit == Account.AVAILABLE:
        return amount
    return -amount if entry.credit == Account.AVAILABLE else ZERO
