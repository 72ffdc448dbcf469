"""Payments: a batch is made, checked by another, handed to the bank; the bank's answers are read in.

Nothing is paid twice (invariant 8): an obligation has at most one live or successful payment, an unknown
outcome is asked about and never resent, a correction is a new attempt that names the old one (C120-C128).
"""

import hashlib
from collections.abc import Collection, Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from unionbenefits.access.queries import role_for
from unionbenefits.accounts.models import User
from unionbenefits.audit.actions import Act, act
from unionbenefits.claims.actions.money import hold_again
from unionbenefits.claims.banking.wording import ResultFileRefused
from unionbenefits.claims.banking.writing import PayLine, batch_file, control
from unionbenefits.claims.enums import (
    BatchState,
    PaymentState,
    PayStage,
)
from unionbenefits.claims.guarding import guarded
from unionbenefits.claims.models import BankProfile, Obligation, Payment, PaymentBatch
from unionbenefits.claims.numbers import draw, draw_many
from unionbenefits.claims.owing import payable, staged
from unionbenefits.claims.querysets import account_digest
from unionbenefits.core import clock
from unionbenefits.core.errors import Refusal
from unionbenefits.core.money import ZERO
from unionbenefits.unions.models import Union
from unionbenefits.workers.enums import MessageKind
from unionbenefits.workers.messages import Told, tell


def make_payment_batch(
    *, by: User, office: Union, profile: BankProfile, obligations: Collection[int], same_payee: str = ""
) -> PaymentBatch:
    """A batch of the given obligations (keys) in the bank's form, to be checked by somebody else.

    `same_payee` is why money may go to holders and accounts that the bank refused before, such as a limit
    that it has lifted; without it, those wait until they are corrected. Raises Refusal `nothing_to_pay`,
    ResultFileRefused `batch_too_long` or `bank_account_missing`.
    """
    with guarded(), act("payment.make_batch", by=by) as doing:
        # Locked first and looked at afterwards: whoever waited for the lock sees what the other has taken.
        locked = Obligation.objects.filter(pk__in=obligations).order_by("pk").select_for_update(no_key=True)
        keys = list(locked.values_list("pk", flat=True))
        wanted = list(payable(Obligation.objects.filter(pk__in=keys), same_payee=bool(same_payee.strip())))
        if not wanted:
            raise Refusal("nothing_to_pay", _("None of these can be paid now. Look at the list again."))
        if len(wanted) > profile.line_limit:
            raise ResultFileRefused("batch_too_long", limit=profile.line_limit)
        batch = PaymentBatch.objects.create(
            number=draw("claims_batch_no", "B"),
            office=office,
            profile=profile,
            count=0,
            total=ZERO,
            digest="",
            made_by=by,
            made_at=clock.now(),
        )
        _attempt(batch, wanted)
        lines = pay_lines(batch)
        batch.count, batch.total = control(lines)
        batch.digest = lines_digest(batch, lines)
        batch.save(update_fields=["count", "total", "digest"])
        doing.about, doing.data = batch, _facts(batch)
        if same_payee.strip():
            doing.data |= {"same_payee": same_payee.strip()[:200]}
    return batch


def check_payment_batch(
    *, by: User, batch: PaymentBatch, digest: str, count: int, total: Decimal
) -> PaymentBatch:
    """The second pair of eyes: exactly these lines, and the control count and sum that the checker added up.

    Raises Refusal `same_person`, `batch_state`, `digest_differs` or `control_differs`.
    """
    with guarded(), act("payment.check_batch", by=by) as doing:
        batch = _lock(batch, BatchState.MADE)
        if batch.made_by_id == by.pk:
            raise Refusal(
                "same_person", _("Whoever made a payment batch cannot check it. Another officer must.")
            )
        if not digest or digest != batch.digest or digest != lines_digest(batch, pay_lines(batch)):
            raise Refusal("digest_differs", _("The lines of the batch have changed. Look at them again."))
        if (count, total) != (batch.count, batch.total):
            raise Refusal(
                "control_differs", _("Count or sum is not that of the batch. Add up again, then check.")
            )
        batch.state = BatchState.CHECKED
        batch.checked_by, batch.checked_at, batch.checked_digest = by, clock.now(), digest
        batch.save(update_fields=["state", "checked_by", "checked_at", "checked_digest"])
        doing.about, doing.data = batch, _facts(batch)
    return batch


def submit_payment_batch(*, by: User, batch: PaymentBatch) -> bytes:
    """Hands the batch to the bank: the file. Its payments wait for an answer from now on; asking for the file
    again gives the same one and sends nothing twice. Raises Refusal `batch_state` or `digest_differs`.
    """
    with guarded(), act("payment.submit_batch", by=by) as doing:
        batch = _lock(batch, BatchState.CHECKED, BatchState.SUBMITTED)
        content = _file(batch)
        if batch.state == BatchState.CHECKED:
            batch.payments.filter(state=PaymentState.WAITING).update(
                state=PaymentState.SUBMITTED, submitted_on=clock.today()
            )
            batch.state, batch.submitted_by, batch.submitted_at = BatchState.SUBMITTED, by, clock.now()
            batch.save(update_fields=["state", "submitted_by", "submitted_at"])
            tell(kind=MessageKind.PAYMENT_SENT, to=_told(batch), text=False)
        sha256 = hashlib.sha256(content).hexdigest()
        doing.about, doing.data = batch, _facts(batch) | {"file": sha256}
        _laid_open(doing, by, batch)
    return content


def fetch_bank_file(*, by: User, batch: PaymentBatch) -> bytes:
    """The file of a batch that was handed over, for the bank: the same bytes every time, and logged, since a
    file that reaches the bank twice may be paid twice. Raises Refusal `batch_state` or `digest_differs`.
    """
    with act("payment.fetch_file", by=by) as doing:
        batch = _lock(batch, BatchState.SUBMITTED)
        content = _file(batch)
        doing.about, doing.data = batch, {"file": hashlib.sha256(content).hexdigest()}
        _laid_open(doing, by, batch)
    return content


def _laid_open(doing: Act, by: User, batch: PaymentBatch) -> None:
    """The bank's file names payees and accounts in full: each of them may ask who had it."""
    doing.data["role"] = role_for(by, "claims.submit_paymentbatch")
    doing.seen = set(batch.payments.values_list("obligation__claim__worker_id", flat=True))


def cancel_payment_batch(*, by: User, batch: PaymentBatch, reason: str) -> PaymentBatch:
    """Drops a batch that has not been handed to the bank; its obligations can be paid otherwise.

    Raises Refusal `batch_state` or `reason_missing`.
    """
    _expect_reason(reason)
    with act("payment.cancel_batch", by=by) as doing:
        batch = _lock(batch, BatchState.MADE, BatchState.CHECKED)
        batch.payments.filter(state=PaymentState.WAITING).update(state=PaymentState.CANCELLED)
        batch.state, batch.cancel_reason = BatchState.CANCELLED, reason.strip()[:200]
        batch.save(update_fields=["state", "cancel_reason"])
        doing.about, doing.data = batch, _facts(batch)
    return batch


def mark_unknown(*, by: User, payment: Payment, reason: str) -> Payment:
    """The bank did not answer: the outcome is unknown, and nothing is resent before it has (case C122)."""
    with act("payment.unknown", by=by) as doing:
        payment = Payment.objects.select_for_update(no_key=True).get(pk=payment.pk)
        if payment.state not in (PaymentState.SUBMITTED, PaymentState.UNKNOWN):
            raise Refusal(
                "payment_state",
                _("The payment is “%(state)s”; this step is not possible.")
                % {"state": payment.get_state_display()},
            )
        payment.state, payment.reason = PaymentState.UNKNOWN, reason.strip()[:200]
        payment.save(update_fields=["state", "reason"])
        doing.about = payment
    return payment


def mark_all_unknown(*, by: User, batch: PaymentBatch, reason: str) -> int:
    """No answer for a whole batch: every payment of it that still waits is unknown. Returns how many."""
    _expect_reason(reason)
    with act("payment.batch_unknown", by=by) as doing:
        waiting = batch.payments.filter(state=PaymentState.SUBMITTED).select_for_update(no_key=True)
        keys = list(waiting.order_by("pk").values_list("pk", flat=True))
        Payment.objects.filter(pk__in=keys).update(state=PaymentState.UNKNOWN, reason=reason.strip()[:200])
        doing.about, doing.data = batch, {"number": batch.number, "payments": len(keys)}
    return len(keys)


def pay_again(*, by: User, obligation: Obligation, same_payee: str = "") -> Obligation:
    """After a return: the money is held again, so that the next batch may take it. Raises what `hold_again`
    does, and `payee_unchanged` while holder and account are those that the bank sent back, unless
    `same_payee` says why they are right.
    """
    with act("payment.again", by=by) as doing:
        found = staged(Obligation.objects.filter(pk=obligation.pk)).first()
        if found is not None and found.stage == PayStage.TO_CORRECT and not same_payee.strip():
            raise Refusal("payee_unchanged", _("Put the account holder or the account number right first."))
        held = hold_again(by=by, obligation=obligation)
        doing.about = held
        doing.data = {"same_payee": same_payee.strip()[:200]} if same_payee.strip() else {}
    return held


def pay_lines(batch: PaymentBatch) -> list[PayLine]:
    """The lines of the bank's file, in the order of their numbers."""
    return [
        PayLine(one.order_no, one.account or "", one.payee_name, one.bank_name, one.amount)
        for one in batch.payments.exclude(state=PaymentState.CANCELLED).order_by("order_no")
    ]


def lines_digest(batch: PaymentBatch, lines: Sequence[PayLine]) -> str:
    """SHA-256 over the batch's number and every line as it goes to the bank; a check binds to it."""
    said = [
        batch.number,
        *(f"{line.order}|{line.account}|{line.name}|{line.bank}|{line.amount}" for line in lines),
    ]
    return hashlib.sha256("\n".join(said).encode()).hexdigest()


def _file(batch: PaymentBatch) -> bytes:
    """The lines that were checked, in the bank's form."""
    lines = pay_lines(batch)
    if lines_digest(batch, lines) != batch.checked_digest:
        raise Refusal("digest_differs", _("The lines of the batch have changed. Look at them again."))
    return batch_file(lines, batch.profile.layout())


def _attempt(batch: PaymentBatch, wanted: Sequence[Any]) -> None:
    """A payment for each, with a number of its own, that names the attempt before it."""
    numbers = draw_many("claims_order_no", "P", len(wanted))
    Payment.objects.bulk_create(
        _payment(batch, obligation, number) for obligation, number in zip(wanted, numbers, strict=True)
    )


def _payment(batch: PaymentBatch, obligation: Any, number: str) -> Payment:
    claim = obligation.claim
    if not claim.account:
        raise ResultFileRefused("bank_account_missing", order=claim.number or "")
    return Payment(
        obligation=obligation,
        batch=batch,
        previous_id=obligation.newest_id,
        order_no=number,
        amount=obligation.amount,
        payee_name=claim.payee_name,
        account=claim.account,
        account_digest=account_digest(claim.account),
        bank_name=claim.bank_name,
    )


def _told(batch: PaymentBatch) -> list[Told]:
    """Those whose money is on its way: in the portal only, since the text message follows with the answer."""
    claims = batch.payments.filter(state=PaymentState.SUBMITTED).values_list(
        "pk", "obligation__claim__worker_id", "obligation__claim_id", "obligation__claim__number"
    )
    return [
        Told(worker, f"payment:{payment}", {"number": number, "claim": claim})
        for payment, worker, claim, number in claims
    ]


def _expect_reason(reason: str) -> None:
    if not reason.strip():
        raise Refusal("reason_missing", _("Write down why."))


def _lock(batch: PaymentBatch, *states: BatchState) -> PaymentBatch:
    locked: PaymentBatch = (
        PaymentBatch.objects.select_related("profile")
        .select_for_update(of=("self",), no_key=True)
        .get(pk=batch.pk)
    )
    if locked.state not in states:
        raise Refusal(
            "batch_state",
            _("The batch is %(state)s; this step is not possible any more.")
            % {"state": locked.get_state_display()},
        )
    return locked


def _facts(batch: PaymentBatch) -> dict[str, object]:
    return {"number": batch.number, "count": batch.count, "total": str(batch.total), "digest": batch.digest}
