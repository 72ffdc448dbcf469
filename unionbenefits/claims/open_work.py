"""Claims and payments that wait for somebody (`access.open_work`)."""

from django.utils.translation import gettext_lazy as _

from unionbenefits.access.open_work import waits
from unionbenefits.claims.enums import AppealState, BatchState, ClaimState, ObligationState
from unionbenefits.claims.models import Appeal, Claim, Obligation, PaymentBatch
from unionbenefits.core.scope import Scope


def _claims(scope: Scope, state: ClaimState) -> int:
    count: int = Claim.objects.in_scope(scope).filter(state=state).count()
    return count


@waits(_("Claims to decide"), permission="claims.decide_decision", page="admin:claims_desk")
def to_decide(scope: Scope) -> int:
    """Filed and complete."""
    return _claims(scope, ClaimState.FILED)


@waits(_("Claims that wait for the worker"), permission="claims.ask_claim", page="admin:claims_desk")
def asked(scope: Scope) -> int:
    """The desk asked for something missing."""
    return _claims(scope, ClaimState.ASKED)


@waits(_("Decisions to review"), permission="claims.review_decision", page="admin:claims_desk")
def to_review(scope: Scope) -> int:
    """Proposed."""
    return _claims(scope, ClaimState.DECIDED)


@waits(_("Decisions to approve"), permission="claims.approve_decision", page="admin:claims_desk")
def to_approve(scope: Scope) -> int:
    """Reviewed."""
    return _claims(scope, ClaimState.REVIEWED)


@waits(_("Appeals to decide"), permission="claims.decide_appeal", page="admin:appeal_list")
def appeals(scope: Scope) -> int:
    """Open."""
    count: int = Appeal.objects.in_scope(scope).filter(state=AppealState.OPEN).count()
    return count


@waits(_("Payments due"), permission="claims.make_paymentbatch", page="admin:payment_due")
def due(scope: Scope) -> int:
    """Obligations that nobody has paid."""
    count: int = Obligation.objects.in_scope(scope).filter(state=ObligationState.DUE).count()
    return count


@waits(
    _("Payment batches to check"),
    permission="claims.check_paymentbatch",
    page="admin:payment_batches",
    query="state=made",
)
def to_check(scope: Scope) -> int:
    """Made, not yet checked."""
    count: int = PaymentBatch.objects.in_scope(scope).filter(state=BatchState.MADE).count()
    return count
