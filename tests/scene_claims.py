"""The scene's claims: one that was decided, paid, appealed and brought a difference up; funds, limits, banks."""

from decimal import Decimal
from typing import Any

from django.utils import timezone

from tests.claims.scene import photo
from tests.factories.claims import (
    BankProfileFactory,
    ClaimFactory,
    ClaimsFundFactory,
    ClaimVersionFactory,
    DecisionFactory,
    ObligationFactory,
    PaperFactory,
    PaymentBatchFactory,
)
from unionbenefits.claims.actions.papers import LABEL
from unionbenefits.claims.models import Appeal, ApprovalLimit, Difference, Paper, PaperFile, Payment, Refund
from unionbenefits.core.crypto.keyring import keyring


def settings_of_claims(plan: Any, fund: Any) -> dict[str, Any]:
    """What is the same for everybody, and the superior's fund."""
    return {
        "claims.claimsfund": ClaimsFundFactory(plan=plan, fund=fund),
        "claims.approvallimit": ApprovalLimit.objects.create(
            role="claims_approver", up_to=Decimal("5000.00")
        ),
        "claims.bankprofile": BankProfileFactory(),
    }


def claims_of(office: Any, coverage: Any, fund: Any, officer: Any) -> dict[str, Any]:
    """Objects by model label, of the worker who has the coverage; the office pays."""
    claim = ClaimFactory(coverage=coverage, state="approved")
    decision = DecisionFactory(claim_version=ClaimVersionFactory(claim=claim))
    obligation = ObligationFactory(decision=decision)
    batch = PaymentBatchFactory(office=office)
    now = timezone.now()
    return {
        "claims.claim": claim,
        "claims.paper": _paper(claim),
        "claims.decision": decision,
        "claims.appeal": Appeal.objects.create(
            claim=claim, decision=decision, text="错了", filed_by="worker:1", filed_at=now
        ),
        "claims.difference": Difference.objects.create(
            decision=decision, claim=claim, amount=Decimal("-1.00")
        ),
        "claims.obligation": obligation,
        "claims.paymentbatch": batch,
        "claims.payment": Payment.objects.create(
            obligation=obligation,
            batch=batch,
            order_no=f"P{claim.pk}",
            amount=obligation.amount,
            payee_name=claim.payee_name,
            account=claim.account,
            account_digest=claim.account_digest,
        ),
        "claims.refund": Refund.objects.create(
            obligation=obligation,
            amount=Decimal("1.00"),
            reason="多付",
            key=f"R{claim.pk}",
            made_by=officer,
            made_at=now,
        ),
        "claims.claimsfund": ClaimsFundFactory(plan=coverage.plan_version.plan, fund=fund),
    }


def _paper(claim: Any) -> Paper:
    paper: Paper = PaperFactory(claim=claim)
    PaperFile.objects.create(paper=paper, sealed=keyring().seal_bytes(photo(), LABEL))
    return paper
