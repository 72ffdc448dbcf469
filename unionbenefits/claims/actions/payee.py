"""Putting the account right after the bank could not pay (case C120)."""

from django.utils.translation import gettext as _

from unionbenefits.audit.actions import act
from unionbenefits.audit.actors import Actor
from unionbenefits.claims.actions.common import expect_state, lock
from unionbenefits.claims.enums import ClaimState, PaymentState, PayStage
from unionbenefits.claims.models import Claim, Obligation
from unionbenefits.claims.owing import staged
from unionbenefits.claims.queries import field_labels, missing_facts
from unionbenefits.claims.texts import tidied
from unionbenefits.core.errors import Refusal


def correct_payee(
    *,
    by: Actor,
    claim: Claim,
    payee_name: str,
    account: str,
    bank_name: str,
    other_holder_reason: str = "",
) -> Claim:
    """Changes holder and account of an approved claim whose payment failed or came back.

    The decision stands: its amount does not depend on the account, and the next payment batch has its own
    second pair of eyes. The history keeps the old account. Raises Refusal `no_payment_failed`,
    `payment_under_way`, `account_invalid` or `claim_incomplete`.
    """
    columns = tidied(
        {
            "payee_name": payee_name,
            "account": account,
            "bank_name": bank_name,
            "other_holder_reason": other_holder_reason,
        }
    )
    with act("claim.correct_payee", by=by) as doing:
        claim = lock(claim)
        expect_state(claim, ClaimState.APPROVED)
        _expect_failed(claim)
        for name, value in columns.items():
            setattr(claim, name, value)
        missing = missing_facts(claim)
        if missing:
            raise Refusal(
                "claim_incomplete",
                _("Still missing: %(fields)s.") % {"fields": ", ".join(field_labels(missing))},
                missing=missing,
            )
        claim.save(update_fields=[*columns])
        doing.about, doing.data = claim, {"fields": sorted(columns)}
    return claim


def _expect_failed(claim: Claim) -> None:
    stages = staged(Obligation.objects.filter(claim=claim)).values_list("stage", "last_state")
    found = list(stages)
    if any(stage == PayStage.UNDER_WAY for stage, _state in found):
        raise Refusal("payment_under_way", _("A payment is under way. Wait for the bank's answer first."))
    if not any(last in (PaymentState.FAILED, PaymentState.RETURNED) for _stage, last in found):
        raise Refusal("no_payment_failed", _("No payment of this claim has failed."))
