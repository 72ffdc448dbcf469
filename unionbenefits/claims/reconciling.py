"""A day of payments, office by office: what the bank was given and answered, against the ledger.

Everything is recounted from payments, the lines of result files and ledger entries; nothing is stored. The
day is a calendar day in Shanghai: payments count on the day they were handed over, answers and entries on
the day on which they were read in (domain.md §7).
"""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from unionbenefits.claims.enums import PaymentState
from unionbenefits.claims.models import Payment
from unionbenefits.core import clock, sql
from unionbenefits.core.money import ZERO
from unionbenefits.unions.models import Union

_SQL = Path(__file__).parent / "sql"
# Banks answer within one or two working days (domain.md §7); a weekend lies between at most.
OVERDUE_DAYS = 4
_SHOWN = 200


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of payments and what they come to, 元."""

    count: int = 0
    amount: Decimal = ZERO

    def __add__(self, other: "Figure") -> "Figure":
        return Figure(self.count + other.count, self.amount + other.amount)

    def __bool__(self) -> bool:
        return bool(self.count)


@dataclass(frozen=True, slots=True)
class Day:
    """A day of one office, or of several added up.

    `opening` and `closing` are payments without an answer when the day began and when it ended: opening +
    submitted = succeeded + failed + returned at once + closing. `came_back` is the part of `returned` that
    had arrived before; only that was used, and is given back in the ledger.
    """

    opening: Figure = Figure()
    submitted: Figure = Figure()
    succeeded: Figure = Figure()
    failed: Figure = Figure()
    returned: Figure = Figure()
    closing: Figure = Figure()
    refunds: Figure = Figure()
    came_back: Figure = Figure()
    unknown: int = 0
    not_understood: int = 0
    entries: int = 0
    used: Decimal = ZERO
    given_back: Decimal = ZERO

    @property
    def returned_at_once(self) -> Figure:
        """What the bank sent back without ever paying it."""
        return Figure(
            self.returned.count - self.came_back.count, self.returned.amount - self.came_back.amount
        )

    @property
    def to_give_back(self) -> Decimal:
        """What the ledger has to give back, 元: what came back from the bank and from workers."""
        return self.came_back.amount + self.refunds.amount

    @property
    def used_too_much(self) -> Decimal:
        """What the ledger used beyond what the bank paid, 元; below zero: too little."""
        return self.used - self.succeeded.amount

    @property
    def given_back_too_much(self) -> Decimal:
        """What the ledger gave back beyond what came back from bank and workers, 元."""
        return self.given_back - self.to_give_back

    @property
    def is_even(self) -> bool:
        """Whether ledger and payments agree to the cent."""
        return not self.used_too_much and not self.given_back_too_much

    @property
    def is_empty(self) -> bool:
        """Whether nothing happened and nothing waits."""
        return self == Day()

    def __add__(self, other: "Day") -> "Day":
        return Day(*(getattr(self, name) + getattr(other, name) for name in Day.__slots__))


@dataclass(frozen=True, slots=True)
class Mismatch:
    """One thing that does not agree. `code` is `used` or `given_back` (bank and ledger in 元), or `state`:
    the payment's state is not what the bank's answers make it.
    """

    code: str
    obligation: int
    claim: str
    order_no: str
    bank: Decimal | None
    ledger: Decimal | None


@dataclass(frozen=True, slots=True)
class Report:
    """The report of a day. `overdue` are payments of any day without an answer for `overdue_days` or more."""

    day: dt.date
    offices: Sequence[tuple[Union, Day]]
    mismatches: Sequence[Mismatch]
    overdue: Sequence[Payment]
    overdue_days: int = OVERDUE_DAYS

    @property
    def total(self) -> Day:
        """All offices together."""
        return sum((day for _office, day in self.offices), Day())

    @property
    def is_even(self) -> bool:
        """Whether there is nothing to look into: no office differs and no payment stands wrong."""
        return not self.mismatches and all(day.is_even for _office, day in self.offices)


def reconcile(
    day: dt.date, offices: Collection[Union], *, unassigned: bool = False, overdue_days: int = OVERDUE_DAYS
) -> Report:
    """The report of `day` for the offices; three queries. `unassigned` also takes in what belongs to none."""
    keys = [office.pk for office in offices]
    start = dt.datetime.combine(day, dt.time(), clock.SHANGHAI)
    span = {"day": day, "start": start, "after": start + dt.timedelta(days=1), "offices": keys}
    by_office = {row.pop("office"): _day(row) for row in sql.rows(_SQL, "reconcile_day", span)}
    wrong = sql.rows(_SQL, "reconcile_differences", span | {"unassigned": unassigned, "limit": _SHOWN})
    return Report(
        day,
        [(office, by_office[office.pk]) for office in offices],
        [_mismatch(row) for row in wrong],
        list(overdue(keys, overdue_days)[:_SHOWN]),
        overdue_days,
    )


def overdue(offices: Collection[int], days: int = OVERDUE_DAYS) -> Any:
    """Payments of the offices (keys) without an answer for `days` or more, the oldest first."""
    until = clock.today() - dt.timedelta(days=days)
    waiting = Payment.objects.filter(
        batch__office__in=offices,
        state__in=[PaymentState.SUBMITTED, PaymentState.UNKNOWN],
        submitted_on__lte=until,
    )
    return waiting.select_related("batch__office", "obligation__claim").order_by("submitted_on", "pk")


def _day(row: dict[str, Any]) -> Day:
    def figure(name: str) -> Figure:
        return Figure(row[name], row[f"{name}_sum"])

    return Day(
        opening=figure("opening"),
        submitted=figure("submitted"),
        succeeded=figure("paid"),
        failed=figure("failed"),
        returned=figure("returned"),
        closing=figure("closing"),
        refunds=figure("refunds"),
        came_back=figure("came_back"),
        unknown=row["unknown"],
        not_understood=row["errors"],
        entries=row["entries"],
        used=row["used_sum"],
        given_back=row["given_back_sum"],
    )


def _mismatch(row: dict[str, Any]) -> Mismatch:
    return Mismatch(
        code=row["code"],
        obligation=row["obligation"],
        claim=row["claim"] or "",
        order_no=row["order_no"] or "",
        bank=row["bank"],
        ledger=row["ledger"],
    )
