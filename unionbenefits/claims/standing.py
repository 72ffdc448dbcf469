"""How a payment batch stands, told by its lines and never stored (case C128)."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, QuerySet, Sum

from unionbenefits.accounts.models import User
from unionbenefits.audit.models import Entry
from unionbenefits.claims.enums import PaymentState
from unionbenefits.claims.models import Payment, PaymentBatch
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
    return standings_of([batch])[batch.pk]


def standings_of(batches: Iterable[PaymentBatch]) -> dict[int, BatchStanding]:
    """How each batch (by key) stands; one query."""
    keys = [batch.pk for batch in batches]
    found: dict[int, dict[str, tuple[int, Decimal]]] = {key: {} for key in keys}
    sums = Payment.objects.filter(batch__in=keys).order_by().values_list("batch", "state")
    for batch, state, lines, money in sums.annotate(Count("pk"), Sum("amount", default=ZERO)):
        found[batch][state] = (lines, money)
    return {key: _standing(rows) for key, rows in found.items()}


def _standing(rows: dict[str, tuple[int, Decimal]]) -> BatchStanding:
    def count(*states: str) -> int:
        return sum(rows[state][0] for state in states if state in rows)

    def money(*states: str) -> Decimal:
        return sum((rows[state][1] for state in states if state in rows), ZERO)

    return BatchStanding(
        paid=count(PaymentState.SUCCEEDED),
        failed=count(*_FAILED),
        pending=count(*_PENDING),
        unknown=count(PaymentState.UNKNOWN),
        paid_amount=money(PaymentState.SUCCEEDED),
        failed_amount=money(*_FAILED),
        pending_amount=money(*_PENDING),
    )


def same_payee_reason(batch: PaymentBatch) -> str:
    """Why it pays to holders and accounts that the bank refused before; nothing where it does not."""
    made = _log(batch, "payment.make_batch").first()
    return str(made.data.get("same_payee", "")) if made else ""


def fetched(batch: PaymentBatch) -> list[tuple[Entry, str]]:
    """Every time the bank's file was fetched, and by whom: a file that goes to the bank twice may be paid
    twice.
    """
    entries = list(_log(batch, "payment.fetch_file"))
    named = [entry.actor.partition(":")[2] for entry in entries]
    people = {user.username: str(user) for user in User.objects.filter(username__in=named)} if named else {}
    return [(entry, people.get(name, name)) for entry, name in zip(entries, named, strict=True)]


def _log(batch: PaymentBatch, action: str) -> "QuerySet[Entry]":
    about = {"object_type": batch._meta.label_lower, "object_id": str(batch.pk)}
    return Entry.objects.filter(action=action, **about).order_by("pk")
