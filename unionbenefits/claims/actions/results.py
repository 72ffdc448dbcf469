"""Reading the bank's result file in: each line changes one payment, or says why it changes nothing (C124)."""

import datetime as dt
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from unionbenefits.access.queries import role_for
from unionbenefits.accounts.models import User
from unionbenefits.audit.actions import act
from unionbenefits.claims.actions.money import capture_obligations, give_back_obligation
from unionbenefits.claims.banking.reading import read_results
from unionbenefits.claims.banking.results import (
    BankLine,
    Expected,
    Judged,
    Known,
    Outcome,
    judge_results,
    whole_outcome,
)
from unionbenefits.claims.enums import ObligationState, PaymentState
from unionbenefits.claims.models import BankProfile, Payment, ResultFile, ResultLine
from unionbenefits.core import clock
from unionbenefits.core.crypto.keyring import keyring
from unionbenefits.core.errors import Refusal
from unionbenefits.unions.models import Union
from unionbenefits.workers.enums import MessageKind
from unionbenefits.workers.messages import Told, tell

_SENT = (
    PaymentState.SUBMITTED,
    PaymentState.UNKNOWN,
    PaymentState.SUCCEEDED,
    PaymentState.FAILED,
    PaymentState.RETURNED,
)
SEALED_AS = "claims.resultfile.sealed"


@dataclass(frozen=True)
class Reading:
    """A result file as its lines would be applied now: `payments` by our number, and `before`, the reading
    of the same bytes that was applied earlier.
    """

    sha256: str
    lines: list[Judged]
    payments: dict[str, Payment]
    before: ResultFile | None = None

    @property
    def outcome(self) -> str:
        """`applied`, `partly_applied` or `nothing`."""
        return whole_outcome(self.lines)

    @property
    def digest(self) -> str:
        """SHA-256 over what each line would do: whoever confirms it confirms exactly this."""
        said = [
            f"{one.row}|{one.order}|{one.outcome}|{one.fault}|{one.amount}|{one.day}|{one.receipt}"
            for one in self.lines
        ]
        return hashlib.sha256("\n".join(said).encode()).hexdigest()


def judge_result_file(*, office: Union, profile: BankProfile, file_name: str, content: bytes) -> Reading:
    """What the file would do now; changes nothing. Raises ResultFileRefused."""
    sha256 = hashlib.sha256(content).hexdigest()
    before: ResultFile | None = ResultFile.objects.filter(office=office, sha256=sha256).first()
    lines = read_results(content, file_name, profile.layout())
    found = _named(lines, office)
    return Reading(sha256, _judged(lines, found), found, before)


def read_result_file(
    *, by: User, office: Union, profile: BankProfile, file_name: str, content: bytes, verdicts: str = ""
) -> ResultFile:
    """Judges and applies the lines of a result file; the same bytes again give the file of the first time.

    A line that is not understood changes nothing, and is kept with its reason. `verdicts` is the digest of
    the Reading that somebody looked at. Raises ResultFileRefused where nothing of the file can be used,
    Refusal `verdicts_changed` where the lines would do something else by now.
    """
    sha256 = hashlib.sha256(content).hexdigest()
    with transaction.atomic(), act("payment.read_results", by=by) as doing:
        # One reader of an office at a time, so that the same file from two desks is applied once.
        Union.objects.select_for_update(no_key=True).get(pk=office.pk)
        there: ResultFile | None = ResultFile.objects.filter(office=office, sha256=sha256).first()
        if there is not None:
            doing.about, doing.data = there, {"again": True}
            return there
        lines = read_results(content, file_name, profile.layout())
        payments = _named(lines, office, lock=True)
        reading = Reading(sha256, _judged(lines, payments), payments)
        if verdicts and verdicts != reading.digest:
            raise Refusal(
                "verdicts_changed",
                _("The payments have changed since you looked at the file. Look at its lines again."),
            )
        batches = {payment.batch_id for payment in payments.values()}
        file = ResultFile.objects.create(
            office=office,
            profile=profile,
            batch_id=batches.pop() if len(batches) == 1 else None,
            file_name=file_name[:200],
            sha256=sha256,
            sealed=keyring().seal_bytes(content, SEALED_AS),
            outcome=reading.outcome,
            read_by=by,
            read_at=clock.now(),
        )
        _apply(by, payments, reading.lines)
        ResultLine.objects.bulk_create(_line(file, payments.get(one.order), one) for one in reading.lines)
        doing.about, doing.data = file, {"outcome": file.outcome, "lines": len(reading.lines)}
    return file


def open_result_file(*, by: User, file: ResultFile) -> bytes:
    """The bank's file as it came; every look is logged."""
    with act("payment.view_results", by=by) as doing:
        role = role_for(by, "claims.reconcile_paymentbatch") or role_for(by, "claims.view_resultfile")
        doing.about, doing.data = file, {"sha256": file.sha256, "role": role}
        named = file.lines.filter(payment__isnull=False)
        doing.seen = set(named.values_list("payment__obligation__claim__worker_id", flat=True))
    return keyring().open_bytes(bytes(file.sealed), SEALED_AS)


def _named(lines: list[BankLine], office: Union, *, lock: bool = False) -> dict[str, Payment]:
    """The payments that the file names, of batches of this office that went out; locked in order."""
    found = (
        Payment.objects.filter(
            order_no__in={line.order for line in lines}, batch__office=office, state__in=_SENT
        )
        .select_related("batch", "obligation__claim")
        .order_by("pk")
    )
    if lock:
        found = found.select_for_update(of=("self",), no_key=True)
    return {payment.order_no: payment for payment in found}


def _judged(lines: list[BankLine], payments: dict[str, Payment]) -> list[Judged]:
    later = _reissued(payments.values())
    expected = {number: _expected(payment, payment.pk in later) for number, payment in payments.items()}
    return judge_results(lines, expected, today=clock.today(), used_receipts=_used_receipts(lines))


def _reissued(payments: Iterable[Payment]) -> set[int]:
    """Which of them a newer attempt has taken the place of."""
    newest: dict[int, int] = dict(
        Payment.objects.filter(obligation__in={payment.obligation_id for payment in payments})
        .exclude(state=PaymentState.CANCELLED)
        .order_by()
        .values_list("obligation")
        .annotate(Max("pk"))
    )
    return {payment.pk for payment in payments if newest[payment.obligation_id] > payment.pk}


def _expected(payment: Payment, reissued: bool) -> Expected:
    return Expected(
        order=payment.order_no,
        batch=payment.batch.number,
        amount=payment.amount,
        state=Known(payment.state),
        submitted_on=payment.submitted_on or dt.date.min,
        receipt=payment.receipt or "",
        reissued=reissued,
    )


def _used_receipts(lines: list[BankLine]) -> dict[str, str]:
    wanted = {line.receipt for line in lines if line.receipt}
    return dict(Payment.objects.filter(receipt__in=wanted).values_list("receipt", "order_no"))


def _apply(by: User, payments: dict[str, Payment], judged: Iterable[Judged]) -> None:
    """Moves payments, obligations and money together, and tells the workers."""
    moved = [(payments[one.order], one) for one in judged if one.order in payments]
    paid = [pair for pair in moved if pair[1].outcome is Outcome.PAID]
    returned = [pair for pair in moved if pair[1].outcome is Outcome.RETURNED]
    failed = [pair for pair in moved if pair[1].outcome is Outcome.FAILED]
    for payment, one in paid:
        payment.state, payment.paid_on = PaymentState.SUCCEEDED, one.day
        payment.receipt = one.receipt or None
    for payment, one in returned:
        payment.state, payment.returned_on, payment.reason = PaymentState.RETURNED, one.day, one.reason
    for payment, one in failed:
        payment.state, payment.reason = PaymentState.FAILED, one.reason
    Payment.objects.bulk_update(
        [payment for payment, _one in [*paid, *returned, *failed]],
        ["state", "paid_on", "returned_on", "receipt", "reason"],
        batch_size=500,
    )
    if paid:
        capture_obligations(by=by, obligations=[payment.obligation_id for payment, _one in paid])
    for payment, one in returned:
        if payment.obligation.state == ObligationState.PAID:
            give_back_obligation(by=by, obligation=payment.obligation, reason=one.reason)
    tell(kind=MessageKind.PAYMENT_PAID, to=[_told(payment) for payment, _one in paid])
    back = [_told(payment, reason=one.reason) for payment, one in [*returned, *failed]]
    tell(kind=MessageKind.PAYMENT_RETURNED, to=back)


def _told(payment: Payment, **params: str) -> Told:
    claim = payment.obligation.claim
    known = {"number": claim.number, "claim": claim.pk}
    return Told(claim.worker_id, f"payment:{payment.pk}", known | params)


def _line(file: ResultFile, payment: Payment | None, judged: Judged) -> ResultLine:
    return ResultLine(
        file=file,
        row=judged.row,
        order_no=judged.order[:64],
        payment=payment,
        outcome=judged.outcome.value,
        fault=judged.fault.value if judged.fault else "",
        amount=judged.amount,
        day=judged.day,
        receipt=judged.receipt[:60],
        reason=judged.reason[:200],
    )
