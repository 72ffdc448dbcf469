"""What waits for a cashier on the home page."""

from django.db.models import Count, Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from unionbenefits.backoffice.pages.base import in_scope
from unionbenefits.backoffice.pages.officers import officer
from unionbenefits.claims.console import offices_of
from unionbenefits.claims.enums import BatchState, PayStage
from unionbenefits.claims.models import Obligation, PaymentBatch
from unionbenefits.claims.owing import stage_figures
from unionbenefits.claims.reconciling import OVERDUE_DAYS, overdue
from unionbenefits.core.money import ZERO, show

Work = tuple[int, str, str, str]


def waiting(request: HttpRequest) -> list[Work]:
    """Count, text, hint and list of each kind of work of whoever pays."""
    may = request.user.has_perm
    work = _due(request) if may("claims.make_paymentbatch") else []
    if may("claims.check_paymentbatch"):
        work += _batches(request)
    if may("claims.reconcile_paymentbatch"):
        work += _unanswered(request)
    return work


def _due(request: HttpRequest) -> list[Work]:
    figures = stage_figures(in_scope(request, Obligation))
    count, amount = figures.get(PayStage.READY, (0, ZERO))
    address = reverse("admin:payment_due")
    work = [
        (
            count,
            _("Payments that can be made"),
            _("%(amount)s 元 in all.") % {"amount": show(amount)},
            address,
        )
    ]
    held, _amount = figures.get(PayStage.TO_HOLD, (0, ZERO))
    if held:
        text, hint = _("Corrected payments to take up again"), _("Their payee was put right after a return.")
        work.append((held, text, hint, f"{address}?stage=to_hold"))
    return work


def _batches(request: HttpRequest) -> list[Work]:
    counts = in_scope(request, PaymentBatch).aggregate(
        check=Count("pk", filter=Q(state=BatchState.MADE) & ~Q(made_by=request.user.pk)),
        submit=Count("pk", filter=Q(state=BatchState.CHECKED)),
    )
    address = reverse("admin:payment_batches")
    return [
        (
            counts["check"],
            _("Payment batches to check"),
            _("Made by colleagues; your own ones are checked by somebody else."),
            f"{address}?state=made&mine=other",
        ),
        (
            counts["submit"],
            _("Checked batches to hand to the bank"),
            _("Their file is ready once you hand them over."),
            f"{address}?state=checked",
        ),
    ]


def _unanswered(request: HttpRequest) -> list[Work]:
    offices = offices_of(officer(request), "claims.reconcile_paymentbatch")
    count = overdue([office.pk for office in offices]).count()
    if not count:
        return []
    hint = _("Handed over %(days)s days ago or earlier. Ask the bank; nothing is sent again before.")
    return [
        (
            count,
            _("Payments without an answer"),
            hint % {"days": OVERDUE_DAYS},
            reverse("admin:reconciliation"),
        )
    ]
