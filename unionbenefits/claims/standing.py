"""How a payment batch stands, told by its lines and never stored (case C128)."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Sum

from unionbenefits.claims.enums import PaymentState
from unionbenefits.claims.models import PaymentBatch
from unionbenefits.core.money import ZERO

_FAILED = (PaymentState.FAILED, PaymentState.RETURNED)
_PENDING = (PaymentState.WAITING, PaymentState.SUBMITTED, PaymentState.UNKNOWN)


@dataclass(frozen=True, slots=True)
class BatchStanding:
    """Payments and 元 of a batch by what became of them; paid + failed + pending is the batch."""

    paid: int
    failed: int
    pending: int
    unknown: int
    paid_amount: Decimal
    failed_amount: Decimal
    pending_amount: Decimal

    @property
    def count(self) -> int:
        """All payments that were not taken out."""
        return self.paid + self.failed + self.pending

    @property
    def is_settled(self) -> bool:
        """Whether every line has the bank's final answer."""
        return not self.pending

    @property
    def state(self) -> str:
        """`pending`, `paid`, `partly_paid` or `failed`. Paid only when every line is."""
        if self.pending == self.count:
            return "pending"
        if self.paid == self.count:
            return "paid"
        return "failed" if self.failed == self.count else "partly_paid"


def standing_of(batch: PaymentBatch) -> BatchStanding:
    """One query."""
    rows = {
        row["state"]: row
        for row in batch.payments.order_by()
        .values("state")
        .annotate(lines=Count("pk"), money=Sum("amount", default=ZERO))
    }

    def count(*states: str) -> int:
        return sum(rows[state]["lines"] for state in states if state in rows)

    def money(*states: str) -> Decimal:
        return sum((rows[state]["money"] for state in states if state in rows), ZERO)

    return BatchStanding(
        paid=count(PaymentState.SUCCEEDED),
        failed=count(*_FAILED),
        pending=count(*_PENDING),
        unknown=count(PaymentState.UNKNOWN),
        paid_amount=money(PaymentState.SUCCEEDED),
        failed_amount=money(*_FAILED),
        pending_amount=money(*_PENDING),
    )
