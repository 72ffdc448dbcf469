"""Which owed money can be paid now, and what stands in the way of the rest (cases C120, C122, C126)."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.db.models import (
    Case,
    CharField,
    Count,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from unionbenefits.claims.enums import ObligationState, PaymentState, PayStage
from unionbenefits.claims.models import Claim, Obligation, Payment
from unionbenefits.core.money import ZERO

_OPEN = (ObligationState.DUE, ObligationState.RETURNED)
_WITH_THE_BANK = (PaymentState.WAITING, PaymentState.SUBMITTED, PaymentState.UNKNOWN)
_CAME_BACK = (PaymentState.FAILED, PaymentState.RETURNED)


def staged(obligations: "QuerySet[Obligation]") -> "QuerySet[Any]":
    """Those that are not paid yet, each with `stage` (a PayStage) and what became of the last attempt that
    was not taken out: `last_state`, `last_reason`, `last_order`. `attempts` counts those that went to the
    bank, `newest_id` is the attempt that the next one names, taken out or not.
    """
    newest = Payment.objects.filter(obligation=OuterRef("pk")).order_by("-pk")
    last = newest.exclude(state=PaymentState.CANCELLED)
    sent = Payment.objects.filter(obligation=OuterRef("pk"), submitted_on__isnull=False).order_by()

    def of_last(name: str) -> Subquery:
        return Subquery(last.values(name)[:1])

    found = obligations.filter(state__in=_OPEN).annotate(
        newest_id=Subquery(newest.values("pk")[:1]),
        last_state=of_last("state"),
        last_reason=of_last("reason"),
        last_order=of_last("order_no"),
        last_name=of_last("payee_name"),
        last_digest=of_last("account_digest"),
        attempts=Coalesce(
            Subquery(sent.values("obligation").annotate(times=Count("pk")).values("times")[:1]), 0
        ),
    )
    came_back = Q(last_state__in=_CAME_BACK)
    same_payee = Q(last_name=F("claim__payee_name"), last_digest=F("claim__account_digest"))
    return found.annotate(
        stage=Case(
            When(last_state__in=_WITH_THE_BANK, then=Value(PayStage.UNDER_WAY)),
            When(came_back & same_payee, then=Value(PayStage.TO_CORRECT)),
            When(state=ObligationState.RETURNED, then=Value(PayStage.TO_HOLD)),
            default=Value(PayStage.READY),
            output_field=CharField(),
        )
    )


def payable(obligations: "QuerySet[Obligation]", *, same_payee: bool = False) -> "QuerySet[Any]":
    """Those that a batch may take now, the oldest first: due, with no attempt under way, and where the last
    attempt failed only after holder or account were put right (case C120), unless `same_payee` says that
    somebody has made sure that they are right.
    """
    stages = [PayStage.READY, *([PayStage.TO_CORRECT] if same_payee else [])]
    due = staged(obligations.filter(state=ObligationState.DUE)).filter(stage__in=stages)
    return due.select_related("claim").order_by("pk")


def stage_figures(obligations: "QuerySet[Obligation]") -> dict[str, tuple[int, Decimal]]:
    """How many of them stand at each stage that holds any, and what they come to, 元. One query."""
    by_stage = staged(obligations).order_by().values_list("stage")
    figures = by_stage.annotate(Count("pk"), Sum("amount", default=ZERO))
    return {stage: (count, amount) for stage, count, amount in figures}


def shared_accounts(claims: Iterable[Claim]) -> set[bytes]:
    """Account digests of the given claims to which claims of other workers are paid too. One query."""
    wanted = {claim.account_digest for claim in claims if claim.account_digest}
    others = Claim.objects.filter(account_digest=OuterRef("account_digest")).exclude(
        worker_id=OuterRef("worker_id")
    )
    shared = Claim.objects.filter(Exists(others), account_digest__in=wanted).order_by()
    return {bytes(digest) for digest in shared.values_list("account_digest", flat=True).distinct()}
