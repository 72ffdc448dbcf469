"""Reading the bank's result file in: each line changes one payment, or says why it changes nothing (C124)."""

import datetime as dt
import hashlib

from django.db import transaction

from unionbenefits.accounts.models import User
from unionbenefits.audit.actions import act
from unionbenefits.claims.actions.common import tell_worker
from unionbenefits.claims.actions.money import capture_obligation, give_back_obligation
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
from unionbenefits.unions.models import Union
from unionbenefits.workers.enums import MessageKind

_SENT = (
    PaymentState.SUBMITTED,
    PaymentState.UNKNOWN,
    PaymentState.SUCCEEDED,
    PaymentState.FAILED,
    PaymentState.RETURNED,
)
SEALED_AS = "claims.resultfile.sealed"


def read_result_file(
    *, by: User, office: Union, profile: BankProfile, file_name: str, content: bytes
) -> ResultFile:
    """Judges and applies the lines of a result file; the same bytes again give the file of the first time.

    A line that is not understood changes nothing, and is kept with its reason. Raises ResultFileRefused where
    nothing of the file can be used.
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
        payments = _locked(lines, office)
        judged = judge_results(
            lines,
            {number: _expected(payment) for number, payment in payments.items()},
            today=clock.today(),
            used_receipts=_used_receipts(lines),
        )
        file = ResultFile.objects.create(
            office=office,
            profile=profile,
            file_name=file_name[:200],
            sha256=sha256,
            sealed=keyring().seal_bytes(content, SEALED_AS),
            outcome=whole_outcome(judged),
            read_by=by,
            read_at=clock.now(),
        )
        for one in judged:
            payment = payments.get(one.order)
            if payment is not None:
                _apply(by, payment, one)
            _keep(file, payment, one)
        doing.about, doing.data = file, {"outcome": file.outcome, "lines": len(judged)}
    return file


def _locked(lines: list[BankLine], office: Union) -> dict[str, Payment]:
    """The payments that the file names, of batches of this office that went out, locked in order."""
    found = (
        Payment.objects.filter(
            order_no__in={line.order for line in lines}, batch__office=office, state__in=_SENT
        )
        .select_related("batch", "obligation__claim")
        .select_for_update(of=("self",), no_key=True)
        .order_by("pk")
    )
    return {payment.order_no: payment for payment in found}


def _expected(payment: Payment) -> Expected:
    later = Payment.objects.filter(previous=payment).exclude(state=PaymentState.CANCELLED).exists()
    return Expected(
        order=payment.order_no,
        batch=payment.batch.number,
        amount=payment.amount,
        state=Known(payment.state),
        submitted_on=payment.submitted_on or dt.date.min,
        receipt=payment.receipt or "",
        reissued=later,
    )


def _used_receipts(lines: list[BankLine]) -> dict[str, str]:
    wanted = {line.receipt for line in lines if line.receipt}
    return dict(Payment.objects.filter(receipt__in=wanted).values_list("receipt", "order_no"))


def _apply(by: User, payment: Payment, judged: Judged) -> None:
    """Moves the payment, its obligation and the money together, and tells the worker."""
    claim = payment.obligation.claim
    about = f"payment:{payment.pk}"
    if judged.outcome is Outcome.PAID:
        payment.state, payment.paid_on = PaymentState.SUCCEEDED, judged.day
        payment.receipt = judged.receipt or None
        payment.save(update_fields=["state", "paid_on", "receipt"])
        capture_obligation(by=by, obligation=payment.obligation)
        tell_worker(claim, MessageKind.PAYMENT_PAID, about)
    elif judged.outcome is Outcome.RETURNED:
        payment.state, payment.returned_on, payment.reason = PaymentState.RETURNED, judged.day, judged.reason
        payment.save(update_fields=["state", "returned_on", "reason"])
        if payment.obligation.state == ObligationState.PAID:
            give_back_obligation(by=by, obligation=payment.obligation, reason=judged.reason)
        tell_worker(claim, MessageKind.PAYMENT_RETURNED, about, reason=judged.reason)
    elif judged.outcome is Outcome.FAILED:
        payment.state, payment.reason = PaymentState.FAILED, judged.reason
        payment.save(update_fields=["state", "reason"])
        tell_worker(claim, MessageKind.PAYMENT_RETURNED, about, reason=judged.reason)


def _keep(file: ResultFile, payment: Payment | None, judged: Judged) -> None:
    ResultLine.objects.create(
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
