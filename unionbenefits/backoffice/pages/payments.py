"""What is owed and not paid yet: what can be paid goes into a batch, what came back waits for its payee."""

from typing import Any

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _, ngettext
from django.views.decorators.http import require_GET, require_POST

from unionbenefits.backoffice.pages import listing
from unionbenefits.backoffice.pages.base import in_scope, page, render_page
from unionbenefits.backoffice.pages.officers import officer
from unionbenefits.backoffice.pages.paging import keyset
from unionbenefits.backoffice.pages.payments_forms import BatchForm
from unionbenefits.backoffice.pages.payments_view import owed_rows
from unionbenefits.claims import actions
from unionbenefits.claims.enums import ObligationState, PayStage
from unionbenefits.claims.models import Obligation, PaymentBatch
from unionbenefits.claims.owing import payable, stage_figures, staged
from unionbenefits.core.errors import Refusal
from unionbenefits.core.money import ZERO, show

VIEW = "claims.view_obligation"
MAKE = "claims.make_paymentbatch"
TONES = {"ready": "good", "to_correct": "bad", "to_hold": "warn"}


@page(VIEW)
@require_GET
def due(request: HttpRequest) -> HttpResponse:
    """Money owed in scope that is not paid yet, the oldest first, by what stands in the way."""
    return _due_page(request)


def _due_page(request: HttpRequest, form: BatchForm | None = None, status: int = 200) -> HttpResponse:
    found = staged(in_scope(request, Obligation))
    figures = stage_figures(in_scope(request, Obligation))
    stage = _stage(request, figures)
    may_make = request.user.has_perm(MAKE)
    rows = keyset(request, _searched(request, found.filter(stage=stage)).select_related("claim__worker"))
    counts = {name: count for name, (count, _amount) in figures.items()}
    context = {
        "rows": rows,
        "lines": owed_rows(rows.rows, stage if may_make and stage != PayStage.UNDER_WAY else ""),
        "stage": stage,
        "q": _asked(request),
        "figures": {name: figures.get(name, (0, ZERO)) for name in PayStage.values},
        "tabs": listing.tabs(PayStage.choices, counts, chosen=stage, name="stage", tones=TONES),
        "may_make": may_make,
        "form": (form or _form(request)) if may_make else None,
    }
    return render_page(
        request, "admin/pages/payments.html", title=_("Payments due"), context=context, status=status
    )


def _form(request: HttpRequest) -> BatchForm:
    return BatchForm(request, MAKE, initial={"which": "all"})


def _stage(request: HttpRequest, figures: dict[str, Any]) -> str:
    """The part that was asked for; else what can be paid, or the first part that holds anything."""
    asked = request.GET.get("stage", "")
    if asked in PayStage.values:
        return asked
    return next((stage for stage in PayStage.values if stage in figures), PayStage.READY.value)


def _asked(request: HttpRequest) -> str:
    return request.GET.get("q", "").replace("\x00", "").strip()[:60]


def _searched(request: HttpRequest, found: "QuerySet[Any]") -> "QuerySet[Any]":
    words = _asked(request)
    if not words:
        return found
    return found.filter(Q(claim__number__iexact=words) | Q(claim__worker__name__contains=words))


@page(VIEW, MAKE)
@require_POST
def make(request: HttpRequest) -> HttpResponse:
    """A batch of everything that can be paid, or of the ticked lines, for somebody else to check."""
    form = BatchForm(request, MAKE, request.POST)
    if form.obstacle or not form.is_valid():
        return _due_page(request, form, status=422)
    given = form.cleaned_data
    wanted = payable(in_scope(request, Obligation))
    if given["which"] == "ticked":
        wanted = wanted.filter(pk__in=_ticked(request))
    keys = list(wanted.values_list("pk", flat=True)[: given["profile"].line_limit])
    try:
        batch = actions.make_payment_batch(
            by=officer(request), office=given["office"], profile=given["profile"], obligations=keys
        )
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("admin:payment_due")
    _say_made(request, batch)
    return redirect("admin:payment_batch", pk=batch.pk)


def _say_made(request: HttpRequest, batch: PaymentBatch) -> None:
    text = ngettext(
        "Batch %(number)s is made: %(count)s payment, %(total)s 元. Another officer checks it.",
        "Batch %(number)s is made: %(count)s payments, %(total)s 元. Another officer checks it.",
        batch.count,
    )
    values = {"number": batch.number, "count": f"{batch.count:,}", "total": show(batch.total)}
    messages.success(request, text % values)


def _ticked(request: HttpRequest) -> list[int]:
    return [int(text) for text in request.POST.getlist("owed") if text.isascii() and text.isdigit()]


@page(VIEW, MAKE)
@require_POST
def hold(request: HttpRequest) -> HttpResponse:
    """Ticked lines whose payee was corrected after a return: their money is held again, so that they can be
    paid. What cannot be held is named.
    """
    corrected = staged(in_scope(request, Obligation)).filter(stage=PayStage.TO_HOLD).select_related("claim")
    chosen = list(corrected.filter(pk__in=_ticked(request)).order_by("pk"))
    held = 0
    for obligation in chosen:
        try:
            actions.pay_again(by=officer(request), obligation=obligation)
            held += 1
        except Refusal as refusal:
            messages.error(request, f"{obligation.claim.number}: {refusal}")
    if held:
        text = ngettext(
            "The money of %(count)s payment is held again; it can be paid now.",
            "The money of %(count)s payments is held again; they can be paid now.",
            held,
        )
        messages.success(request, text % {"count": held})
    if not chosen:
        messages.error(request, _("Tick the lines first."))
    return redirect("admin:payment_due")


@page(VIEW, MAKE)
@require_POST
def same_payee(request: HttpRequest) -> HttpResponse:
    """Ticked lines whose holder and account are right after all, with the reason: a batch of them."""
    form = BatchForm(request, MAKE, request.POST)
    reason = request.POST.get("reason", "").strip()[:200]
    keys = _ticked(request)
    if form.obstacle or not form.is_valid() or not reason or not keys:
        messages.error(request, form.obstacle or _("Tick the lines and write down why they can be paid."))
        return redirect("admin:payment_due")
    given = form.cleaned_data
    chosen = staged(in_scope(request, Obligation)).filter(pk__in=keys, stage=PayStage.TO_CORRECT)
    try:
        for obligation in chosen.filter(state=ObligationState.RETURNED):
            actions.pay_again(by=officer(request), obligation=obligation, same_payee=reason)
        batch = actions.make_payment_batch(
            by=officer(request),
            office=given["office"],
            profile=given["profile"],
            obligations=[obligation.pk for obligation in chosen],
            same_payee=reason,
        )
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("admin:payment_due")
    _say_made(request, batch)
    return redirect("admin:payment_batch", pk=batch.pk)
