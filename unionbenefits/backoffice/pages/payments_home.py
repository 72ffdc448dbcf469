"""What waits for a cashier on the home page."""

from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from unionbenefits.backoffice.pages.base import in_scope
from unionbenefits.backoffice.pages.officers import officer
from unionbenefits.backoffice.pages.waiting import Work
from unionbenefits.claims.console import offices_of
from unionbenefits.claims.enums import BatchState, PayStage
from unionbenefits.claims.models import Obligation, PaymentBatch
from unionbenefits.claims.owing import stage_figures
from unionbenefits.claims.reconciling import OVERDUE_DAYS, overdue
from unionbenefits.core.money import ZERO, show


def waiting(request: HttpRequest) -> list[Work]:
    """Each kind of work of whoever pays."""
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
    held, _amount = figures.get(PayStage.TO_HOLD, (0, ZERO))
    return [
        Work(
            count,
            _("Payments that can be made"),
            _("%(amount)s 元 in all.") % {"amount": show(amount)},
            address,
            always=True,
        ),
        Work(
            held,
            _("Corrected payments to take up again"),
            _("Their payee was put right after a return."),
            f"{address}?stage=to_hold",
        ),
    ]


def _batches(request: HttpRequest) -> list[Work]:
    batches, address = in_scope(request, PaymentBatch), reverse("admin:payment_batches")
    return [
        Work(
            batches.filter(~Q(made_by=request.user.pk), state=BatchState.MADE),
            _("Payment batches to check"),
            _("Made by colleagues; your own ones are checked by somebody else."),
            f"{address}?state=made&mine=other",
            always=True,
        ),
        Work(
            batches.filter(state=BatchState.CHECKED),
            _("Checked batches to hand to the bank"),
            _("Their file is ready once you hand them over."),
            f"{address}?state=checked",
            always=True,
        ),
    ]


def _unanswered(request: HttpRequest) -> list[Work]:
    offices = offices_of(officer(request), "claims.reconcile_paymentbatch")
    hint = _("Handed over %(days)s days ago or earlier. Ask the bank; nothing is sent again before.")
    return [
        Work(
            overdue([office.pk for office in offices]),
            _("Payments without an answer"),
            hint % {"days": OVERDUE_DAYS},
            reverse("admin:reconciliation"),
        )
    ]
