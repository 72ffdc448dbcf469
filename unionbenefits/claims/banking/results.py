"""What the bank's result file means, line by line; pure (cases C120, C122, C124).

A line either changes exactly one payment, changes nothing because it says what is known, waits, or is an
error that names its row. Nothing is guessed: an amount that differs, a date that cannot be, a receipt number
used twice, a word that is not known, are errors, and the payment stays as it is.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from unionbenefits.claims.banking.layouts import Answer

CENT = Decimal("0.01")
# 60.09999999999999 is the 60.10 that somebody typed; a tenth of a cent is more than any float loses.
DUST = Decimal("0.0001")
Value = str | int | float | Decimal | dt.date | dt.datetime | dt.time | dt.timedelta | bool | None


class Known(StrEnum):
    """What is known of a payment so far."""

    SUBMITTED = "submitted"
    UNKNOWN = "unknown"
    SUCCEEDED = "succeeded"
    RETURNED = "returned"
    FAILED = "failed"


class Outcome(StrEnum):
    """What a line does."""

    PAID = "paid"
    RETURNED = "returned"
    FAILED = "failed"
    PENDING = "pending"
    NOTHING = "nothing"
    ERROR = "error"


class Fault(StrEnum):
    """Why a line is an error. Stable codes; their sentences stand in `banking/wording.py`."""

    ORDER_MISSING = "order_missing"
    ORDER_UNKNOWN = "order_unknown"
    OTHER_BATCH = "other_batch"
    LINE_DIFFERS = "line_differs"
    STATUS_UNKNOWN = "status_unknown"
    AMOUNT_MISSING = "amount_missing"
    AMOUNT_UNREADABLE = "amount_unreadable"
    AMOUNT_NEGATIVE = "amount_negative"
    PAID_MORE = "paid_more"
    PAID_LESS = "paid_less"
    DATE_MISSING = "date_missing"
    DATE_IMPOSSIBLE = "date_impossible"
    RECEIPT_MISSING = "receipt_missing"
    RECEIPT_REUSED = "receipt_reused"
    CONTRADICTS = "contradicts"
    LATE_SUCCESS = "late_success"


@dataclass(frozen=True, slots=True)
class Expected:
    """A payment that was submitted: its own number, its batch, 元, and what is known of it.

    `reissued` where a newer attempt for the same obligation exists: a late success is then an alarm.
    """

    order: str
    batch: str
    amount: Decimal
    state: Known
    submitted_on: dt.date
    receipt: str = ""
    reissued: bool = False


@dataclass(frozen=True, slots=True)
class BankLine:
    """A line as the file types it; `row` is the line that a person sees, `has_*` tells of whole columns."""

    row: int
    batch: str
    order: str
    paid: Value
    status: str
    answer: Answer | None
    day: Value
    receipt: str
    reason: str = ""
    has_day: bool = True
    has_receipt: bool = True


@dataclass(frozen=True, slots=True)
class Judged:
    """What one line does, and why not where it is an error."""

    row: int
    order: str
    outcome: Outcome
    fault: Fault | None = None
    amount: Decimal | None = None
    day: dt.date | None = None
    receipt: str = ""
    reason: str = ""


def judge_results(
    lines: Iterable[BankLine],
    expected: Mapping[str, Expected],
    *,
    today: dt.date,
    used_receipts: Mapping[str, str] | None = None,
) -> list[Judged]:
    """Judges the lines in their order. `used_receipts` are the receipt numbers that payments already carry,
    each with the payment's number.
    """
    receipts = dict(used_receipts or {})
    seen: dict[str, tuple[BankLine, Judged]] = {}
    judged = []
    for line in lines:
        verdict = _again(line, seen.get(line.order)) or _judge(
            line, expected.get(line.order), today, receipts
        )
        if line.order and line.order not in seen:
            seen[line.order] = (line, verdict)
        if verdict.outcome in (Outcome.PAID, Outcome.RETURNED) and verdict.receipt:
            receipts[verdict.receipt] = line.order
        judged.append(verdict)
    return judged


def whole_outcome(judged: Iterable[Judged]) -> str:
    """`applied` only where every line was understood and none waits; else `partly_applied` or `nothing`."""
    outcomes = {one.outcome for one in judged}
    if not outcomes & {Outcome.PAID, Outcome.RETURNED, Outcome.FAILED}:
        return "nothing"
    return "partly_applied" if outcomes & {Outcome.ERROR, Outcome.PENDING} else "applied"


def _again(line: BankLine, first: tuple[BankLine, Judged] | None) -> Judged | None:
    """A payment named a second time in the file: the same words change nothing, others are an error."""
    if first is None:
        return None
    before, verdict = first
    same = (line.batch, line.paid, line.status, line.day, line.receipt) == (
        before.batch,
        before.paid,
        before.status,
        before.day,
        before.receipt,
    )
    if not same:
        return _error(line, Fault.LINE_DIFFERS)
    return Judged(line.row, line.order, Outcome.NOTHING, fault=verdict.fault)


def _judge(line: BankLine, payment: Expected | None, today: dt.date, receipts: Mapping[str, str]) -> Judged:
    if not line.order:
        return _error(line, Fault.ORDER_MISSING)
    if payment is None:
        return _error(line, Fault.ORDER_UNKNOWN)
    if line.batch and line.batch != payment.batch:
        return _error(line, Fault.OTHER_BATCH)
    if line.answer is None:
        return _error(line, Fault.STATUS_UNKNOWN)
    if line.answer is Answer.PENDING:
        known = payment.state in (Known.SUBMITTED, Known.UNKNOWN)
        return Judged(line.row, line.order, Outcome.PENDING) if known else _error(line, Fault.CONTRADICTS)
    if line.answer is Answer.FAILED:
        return _failed(line, payment)
    try:
        return _moved(line, payment, today, receipts)
    except _Faulty as faulty:
        return _error(line, faulty.fault)


def _failed(line: BankLine, payment: Expected) -> Judged:
    if payment.state is Known.FAILED:
        return Judged(line.row, line.order, Outcome.NOTHING)
    if payment.state in (Known.SUCCEEDED, Known.RETURNED):
        return _error(line, Fault.CONTRADICTS)
    return Judged(line.row, line.order, Outcome.FAILED, reason=_reason(line))


def _moved(line: BankLine, payment: Expected, today: dt.date, receipts: Mapping[str, str]) -> Judged:
    """Money that arrived, or arrived and came back."""
    returned = line.answer is Answer.RETURNED
    amount = _amount(line, payment, returned=returned)
    day = _day(line, payment, today)
    state = payment.state
    if state is (Known.RETURNED if returned else Known.SUCCEEDED):
        same = not line.receipt or not payment.receipt or line.receipt == payment.receipt or returned
        return Judged(line.row, line.order, Outcome.NOTHING) if same else _error(line, Fault.CONTRADICTS)
    if not returned and (state in (Known.FAILED, Known.RETURNED) or payment.reissued):
        return _error(line, Fault.LATE_SUCCESS)
    if returned and state is Known.FAILED:
        return _error(line, Fault.CONTRADICTS)
    _check_receipt(line, receipts, needed=not returned)
    outcome = Outcome.RETURNED if returned else Outcome.PAID
    reason = _reason(line) if returned else ""
    return Judged(line.row, line.order, outcome, None, amount, day, line.receipt, reason)


class _Faulty(Exception):
    def __init__(self, fault: Fault) -> None:
        super().__init__(fault)
        self.fault = fault


def _amount(line: BankLine, payment: Expected, *, returned: bool) -> Decimal:
    """The amount that moved; of a return the bank writes nothing, the amount, or the amount with a minus."""
    value = money(line.paid)
    if value is None:
        if returned and line.paid in (None, ""):
            return payment.amount
        raise _Faulty(Fault.AMOUNT_MISSING if line.paid in (None, "") else Fault.AMOUNT_UNREADABLE)
    if returned:
        value = abs(value) or payment.amount
    if value < 0:
        raise _Faulty(Fault.AMOUNT_NEGATIVE)
    if value != payment.amount:
        raise _Faulty(Fault.PAID_MORE if value > payment.amount else Fault.PAID_LESS)
    return value


def money(value: Value) -> Decimal | None:
    """元 of a cell, float dust blown off; None for nothing and for what is no amount (a date, a word)."""
    if isinstance(value, bool) or not isinstance(value, str | int | float | Decimal):
        return None
    try:
        exact = Decimal(str(value).replace(",", "").strip().removeprefix("￥").removeprefix("¥"))
    except InvalidOperation:
        return None
    if not exact.is_finite():
        return None
    cents = exact.quantize(CENT)
    return cents if abs(cents - exact) <= DUST else None


def _day(line: BankLine, payment: Expected, today: dt.date) -> dt.date:
    """The day of the movement: not before the batch went out, not after today."""
    value = line.day
    if isinstance(value, dt.datetime):
        value = value.date()
    if isinstance(value, str) and value.strip():
        try:
            value = dt.date.fromisoformat(value.strip().replace("/", "-").replace(".", "-"))
        except ValueError:
            raise _Faulty(Fault.DATE_IMPOSSIBLE)
    if value is None or value == "":
        if line.has_day:
            raise _Faulty(Fault.DATE_MISSING)
        return today
    if not isinstance(value, dt.date) or not payment.submitted_on <= value <= today:
        raise _Faulty(Fault.DATE_IMPOSSIBLE)
    return value


def _check_receipt(line: BankLine, receipts: Mapping[str, str], *, needed: bool) -> None:
    if not line.receipt:
        if needed and line.has_receipt:
            raise _Faulty(Fault.RECEIPT_MISSING)
        return
    if receipts.get(line.receipt, line.order) != line.order:
        raise _Faulty(Fault.RECEIPT_REUSED)


def _reason(line: BankLine) -> str:
    """Why, in the bank's words: after the colon of the status, or in a column of its own."""
    for colon in (":", "：", "-", "，"):
        _head, found, tail = line.status.partition(colon)
        if found and tail.strip():
            return tail.strip()[:200]
    return (line.reason or line.status).strip()[:200]


def _error(line: BankLine, fault: Fault) -> Judged:
    return Judged(line.row, line.order, Outcome.ERROR, fault)
