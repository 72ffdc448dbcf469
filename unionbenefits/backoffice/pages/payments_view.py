"""What the payment pages show of a payee: the account masked, and what to look at twice."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _, gettext_lazy

from unionbenefits.claims.banking.results import Fault, Outcome
from unionbenefits.claims.banking.wording import FAULTS
from unionbenefits.claims.enums import PaymentState, PayStage
from unionbenefits.claims.models import Claim, Payment
from unionbenefits.claims.owing import shared_accounts
from unionbenefits.claims.queries import warnings_for
from unionbenefits.core.masking import mask_account

CAME_BACK = (PaymentState.FAILED, PaymentState.RETURNED)
OUTCOMES: dict[str, str | Promise] = {
    Outcome.PAID: gettext_lazy("Paid"),
    Outcome.RETURNED: gettext_lazy("Came back"),
    Outcome.FAILED: gettext_lazy("Failed"),
    Outcome.PENDING: gettext_lazy("The bank still works on it"),
    Outcome.NOTHING: gettext_lazy("Known already"),
    Outcome.ERROR: gettext_lazy("Not applied"),
}


@dataclass(frozen=True, slots=True)
class Owed:
    """Money owed, as a line of the list. `warnings` are sentences."""

    obligation: Any
    claim: Claim
    account: str
    warnings: Sequence[str]
    can_tick: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A payment of a batch, as its checker reads it; `before` is the account of the attempt before."""

    payment: Payment
    claim: Claim
    account: str
    before: str
    warnings: Sequence[str]


def owed_rows(obligations: Iterable[Any], ticked_at: str) -> list[Owed]:
    """Lines of the list; those of the stage `ticked_at` can be ticked. One query."""
    found = list(obligations)
    shared = shared_accounts(one.claim for one in found)
    return [
        Owed(
            one,
            one.claim,
            mask_account(one.claim.account or ""),
            [*_attempts(one), *_payee(one.claim, shared)],
            one.stage == ticked_at,
        )
        for one in found
    ]


def payment_lines(payments: Iterable[Payment]) -> list[Line]:
    """Lines of a batch. One query; `previous` and `obligation__claim__worker` have to be selected."""
    found = list(payments)
    shared = shared_accounts(one.obligation.claim for one in found)
    return [
        Line(
            one,
            one.obligation.claim,
            mask_account(one.account or ""),
            _account_before(one),
            [*_previous(one), *_payee(one.obligation.claim, shared)],
        )
        for one in found
    ]


def fault_text(fault: str) -> str:
    """The sentence of a fault."""
    return str(FAULTS[Fault(fault)]) if fault else ""


def outcome_text(outcome: str) -> str:
    """What a line of a result file did."""
    return str(OUTCOMES[outcome])


def _attempts(obligation: Any) -> list[str]:
    """What became of earlier attempts."""
    if obligation.last_state not in CAME_BACK:
        return []
    words = _("Could not be paid before: %(reason)s") % {"reason": obligation.last_reason or "–"}
    if obligation.stage == PayStage.TO_CORRECT:
        return [words]
    return [words, _("Holder or account have been changed since")]


def _previous(payment: Payment) -> list[str]:
    before = payment.previous
    if before is None or before.state not in CAME_BACK:
        return []
    words = [_("Could not be paid before: %(reason)s") % {"reason": before.reason or "–"}]
    same = (before.payee_name, bytes(before.account_digest)) == (
        payment.payee_name,
        bytes(payment.account_digest),
    )
    return [*words, _("The same holder and account as then")] if same else words


def _account_before(payment: Payment) -> str:
    """The masked account of the attempt before where it was another one."""
    before = payment.previous
    if before is None or bytes(before.account_digest) == bytes(payment.account_digest):
        return ""
    return mask_account(before.account or "")


def _payee(claim: Claim, shared: set[bytes]) -> list[str]:
    said = {
        "account_luhn": _("The account number fails its check digit"),
        "other_holder": _("Another holder: %(reason)s") % {"reason": claim.other_holder_reason or "–"},
    }
    words = [said[code] for code in warnings_for(claim) if code in said]
    if claim.account_digest and bytes(claim.account_digest) in shared:
        words.append(_("Claims of other workers are paid to this account too"))
    return words
