"""One payment owed: every attempt and what the bank said of it, the ledger, money that came back; and the
payee put right after the bank could not pay.
"""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from unionbenefits.backoffice.pages.base import in_scope, one_in_scope, page, render_page
from unionbenefits.backoffice.pages.officers import officer
from unionbenefits.backoffice.pages.payments_forms import PayeeForm, RefundForm
from unionbenefits.backoffice.pages.payments_view import fault_text, outcome_text
from unionbenefits.claims import actions
from unionbenefits.claims.enums import ObligationState, PaymentState
from unionbenefits.claims.models import Claim, Obligation, Payment, ResultLine
from unionbenefits.claims.owing import staged
from unionbenefits.core.errors import Refusal
from unionbenefits.core.masking import mask_account
from unionbenefits.funds.models import Entry

VIEW = ("claims.view_obligation", "claims.view_payment")
RECONCILE = "claims.reconcile_paymentbatch"
# Whoever files for workers also writes down what they say of their account; whoever pays never does.
CORRECT = "claims.file_claim"


@dataclass(frozen=True, slots=True)
class Said:
    """What a line of a result file did to an attempt."""

    line: ResultLine
    outcome: str
    text: str


@dataclass(frozen=True, slots=True)
class Attempt:
    """An attempt with everything that the bank said of it."""

    payment: Payment
    account: str
    said: list[Said]
    can_doubt: bool


@page(*VIEW)
@require_GET
def owed(request: HttpRequest, pk: int) -> HttpResponse:
    """A payment owed with its attempts."""
    return _owed_page(request, _one(request, pk))


def _one(request: HttpRequest, pk: int) -> Obligation:
    scoped = in_scope(request, Obligation).select_related("claim__worker", "decision__plan_version__plan")
    found: Obligation = get_object_or_404(scoped, pk=pk)
    return found


def _owed_page(
    request: HttpRequest, found: Obligation, form: RefundForm | None = None, status: int = 200
) -> HttpResponse:
    may_reconcile = request.user.has_perm(RECONCILE)
    context = {
        "owed": found,
        "claim": found.claim,
        "account": mask_account(found.claim.account or ""),
        "stage": _stage(request, found),
        "attempts": _attempts(request, found, may_reconcile),
        "entries": _entries(request, found),
        "refunds": list(found.refunds.select_related("made_by")),
        "form": form or RefundForm(),
        "may_refund": may_reconcile and found.state == ObligationState.PAID,
        "may_correct": request.user.has_perm(CORRECT),
    }
    title = _("Payment for claim %(number)s") % {"number": found.claim.number}
    return render_page(request, "admin/pages/payment_owed.html", title=title, context=context, status=status)


def _stage(request: HttpRequest, found: Obligation) -> str:
    stages = staged(in_scope(request, Obligation)).filter(pk=found.pk).values_list("stage", flat=True)
    return str(stages.first() or "")


def _attempts(request: HttpRequest, found: Obligation, may_reconcile: bool) -> list[Attempt]:
    """The newest first."""
    payments = in_scope(request, Payment).filter(obligation=found)
    lines: dict[int, list[Said]] = {}
    answers = in_scope(request, ResultLine).filter(payment__in=payments).select_related("file")
    for line in answers.order_by("pk"):
        said = Said(line, outcome_text(line.outcome), fault_text(line.fault))
        lines.setdefault(line.payment_id or 0, []).append(said)
    return [
        Attempt(
            payment,
            mask_account(payment.account or ""),
            lines.get(payment.pk, []),
            may_reconcile and payment.state == PaymentState.SUBMITTED,
        )
        for payment in payments.select_related("batch", "previous").order_by("-pk")
    ]


def _entries(request: HttpRequest, found: Obligation) -> list[Any]:
    if not request.user.has_perm("funds.view_entry"):
        return []
    entries = in_scope(request, Entry).filter(obligation_entry__obligation=found)
    return list(entries.select_related("fund").order_by("pk"))


@page(*VIEW, RECONCILE)
@require_POST
def refund(request: HttpRequest, pk: int) -> HttpResponse:
    """The worker gave money back: fund and cap have it again, once per receipt."""
    found = _one(request, pk)
    form = RefundForm(request.POST)
    if not form.is_valid():
        return _owed_page(request, found, form, status=422)
    try:
        actions.refund(by=officer(request), obligation=found, **form.cleaned_data)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return _owed_page(request, found, form, status=409)
    messages.success(request, _("Recorded. The money is in the fund again."))
    return redirect("admin:payment_owed", pk=pk)


@page(*VIEW, RECONCILE)
@require_POST
def doubt(request: HttpRequest, pk: int) -> HttpResponse:
    """The bank did not answer for this one: unknown, and never sent again before it has answered."""
    payment = one_in_scope(request, Payment, pk)
    try:
        actions.mark_unknown(by=officer(request), payment=payment, reason=request.POST.get("reason", ""))
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Marked as unknown. It is not sent again before the bank has answered."))
    return redirect("admin:payment_owed", pk=payment.obligation_id)


@page(CORRECT)
@require_http_methods(["GET", "HEAD", "POST"])
def payee(request: HttpRequest, pk: int) -> HttpResponse:
    """Holder and account of a claim put right after the bank could not pay. Those who pay cannot do it."""
    claim: Claim = get_object_or_404(in_scope(request, Claim).select_related("worker"), pk=pk)
    if request.method != "POST":
        known = ("payee_name", "bank_name", "other_holder_reason")
        return _payee_page(request, claim, PayeeForm(initial={name: getattr(claim, name) for name in known}))
    form = PayeeForm(request.POST)
    if not form.is_valid():
        return _payee_page(request, claim, form, status=422)
    given = form.cleaned_data
    try:
        actions.correct_payee(
            by=officer(request), claim=claim, **given | {"account": given["account"] or claim.account}
        )
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return _payee_page(request, claim, form, status=409)
    messages.success(
        request, _("Holder and account are put right. The next payment batch takes them, checked anew.")
    )
    return redirect("admin:payment_payee", pk=pk)


def _payee_page(request: HttpRequest, claim: Claim, form: PayeeForm, status: int = 200) -> HttpResponse:
    failed = (PaymentState.FAILED, PaymentState.RETURNED)
    attempts = in_scope(request, Payment).filter(obligation__claim=claim, state__in=failed)
    context = {
        "claim": claim,
        "account": mask_account(claim.account or ""),
        "attempts": [(one, mask_account(one.account or "")) for one in attempts.order_by("-pk")],
        "form": form,
        "sees_payments": request.user.has_perms(VIEW),
    }
    title = _("Put the payee right")
    return render_page(request, "admin/pages/payment_payee.html", title=title, context=context, status=status)
