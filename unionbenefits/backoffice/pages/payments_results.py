"""The bank's result files: read, judged and shown line by line, applied once somebody has looked at them."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from unionbenefits.backoffice.pages import listing
from unionbenefits.backoffice.pages.base import in_scope, one_in_scope, page, render_page
from unionbenefits.backoffice.pages.officers import officer
from unionbenefits.backoffice.pages.paging import keyset
from unionbenefits.backoffice.pages.payments_forms import ResultForm
from unionbenefits.backoffice.pages.payments_parcel import Parcel, seal, unseal
from unionbenefits.backoffice.pages.payments_view import OUTCOMES, fault_text, outcome_text
from unionbenefits.claims import actions
from unionbenefits.claims.banking.results import Judged, Outcome
from unionbenefits.claims.console import offices_of
from unionbenefits.claims.enums import PaymentState
from unionbenefits.claims.models import BankProfile, Payment, PaymentBatch, ResultFile, ResultLine
from unionbenefits.core.answers import as_file
from unionbenefits.core.errors import Refusal
from unionbenefits.core.money import ZERO

VIEW = "claims.view_resultfile"
RECONCILE = "claims.reconcile_paymentbatch"
TONES = {"paid": "good", "returned": "bad", "failed": "bad", "pending": "warn", "error": "bad"}
APPLIED = (Outcome.PAID, Outcome.RETURNED, Outcome.FAILED)
BECOMES = {
    Outcome.PAID: PaymentState.SUCCEEDED,
    Outcome.RETURNED: PaymentState.RETURNED,
    Outcome.FAILED: PaymentState.FAILED,
}
# Odd lines are all shown; of the plain ones the first, since their sum says the rest.
PLAIN_SHOWN = 50


@dataclass(frozen=True, slots=True)
class Row:
    """A line as it would be applied: what the payment is, what it becomes, and why not."""

    judged: Judged
    payment: Payment | None
    outcome: str
    becomes: str
    text: str


@dataclass(frozen=True, slots=True)
class Part:
    """How many lines would do something, and what they come to, 元."""

    code: str
    text: str
    count: int
    amount: Decimal


@page(VIEW)
@require_http_methods(["GET", "HEAD", "POST"])
def results(request: HttpRequest) -> HttpResponse:
    """The files that were read in, and the field for a new one."""
    may_read = request.user.has_perm(RECONCILE)
    if request.method != "POST" or not may_read:
        return _results_page(request, ResultForm(request, RECONCILE) if may_read else None)
    form = ResultForm(request, RECONCILE, request.POST, request.FILES)
    if form.obstacle or not form.is_valid():
        return _results_page(request, form, status=422)
    given = form.cleaned_data
    parcel = Parcel(given["office"].pk, given["profile"].pk, given["file"].name, given["file"].read())
    try:
        return _preview(request, parcel)
    except Refusal as refusal:
        form.add_error("file", str(refusal))
        return _results_page(request, form, status=409)


def _results_page(request: HttpRequest, form: ResultForm | None, status: int = 200) -> HttpResponse:
    files = (
        in_scope(request, ResultFile).defer("sealed").select_related("office", "profile", "read_by", "batch")
    )
    rows = keyset(request, files, descending=True)
    counts: dict[int, dict[str, int]] = {}
    lines = in_scope(request, ResultLine).filter(file__in=[file.pk for file in rows.rows]).order_by()
    for file, outcome, count in lines.values_list("file", "outcome").annotate(Count("pk")):
        counts.setdefault(file, {})[outcome] = count
    context = {
        "rows": rows,
        "files": [(file, counts.get(file.pk, {})) for file in rows.rows],
        "form": form,
        "batch": _batch_asked(request),
    }
    title = _("Results from the bank")
    return render_page(
        request, "admin/pages/payment_results.html", title=title, context=context, status=status
    )


def _batch_asked(request: HttpRequest) -> PaymentBatch | None:
    """The batch whose page led here."""
    asked = request.GET.get("batch", "")
    if not (asked.isascii() and asked.isdigit() and len(asked) < 19):
        return None
    return in_scope(request, PaymentBatch).filter(pk=asked).first()


def _preview(request: HttpRequest, parcel: Parcel, *, warn: str = "", status: int = 200) -> HttpResponse:
    """Every line as it would be applied; nothing is kept yet."""
    office, profile = _place(request, parcel)
    reading = actions.judge_result_file(
        office=office, profile=profile, file_name=parcel.name, content=parcel.content
    )
    if reading.before is not None:
        messages.info(request, _("This file was read in before. Nothing was applied twice."))
        return redirect("admin:payment_result", pk=reading.before.pk)
    rows = [_row(one, reading.payments) for one in reading.lines]
    odd = [row for row in rows if row.judged.outcome not in (Outcome.PAID, Outcome.NOTHING)]
    plain = [row for row in rows if row.judged.outcome in (Outcome.PAID, Outcome.NOTHING)]
    context = {
        "parcel": seal(officer(request), parcel),
        "name": parcel.name,
        "office": office,
        "profile": profile,
        "verdicts": reading.digest,
        "parts": _parts(reading.lines, reading.payments),
        "moves": sum(one.outcome in APPLIED for one in reading.lines),
        "all": len(rows),
        "odd": odd,
        "plain": plain[:PLAIN_SHOWN],
        "plain_more": max(0, len(plain) - PLAIN_SHOWN),
        "warn": warn,
    }
    title = _("Look at the bank's results")
    return render_page(
        request, "admin/pages/payment_result_preview.html", title=title, context=context, status=status
    )


def _place(request: HttpRequest, parcel: Parcel) -> tuple[Any, BankProfile]:
    """Office and bank as they were chosen, if the person still pays there. Raises Refusal `no_office`."""
    office = next((one for one in offices_of(officer(request), RECONCILE) if one.pk == parcel.office), None)
    if office is None:
        raise Refusal("no_office", _("You do not pay for this office any more."))
    return office, one_in_scope(request, BankProfile, parcel.profile)


def _row(judged: Judged, payments: dict[str, Payment]) -> Row:
    payment = payments.get(judged.order)
    becomes = BECOMES.get(judged.outcome)
    return Row(
        judged,
        payment,
        outcome_text(judged.outcome),
        str(becomes.label) if becomes else "",
        fault_text(judged.fault or "") or judged.reason,
    )


def _parts(lines: Sequence[Judged], payments: dict[str, Payment]) -> list[Part]:
    sums: dict[str, tuple[int, Decimal]] = {}
    for one in lines:
        count, amount = sums.get(one.outcome, (0, ZERO))
        payment = payments.get(one.order)
        sums[one.outcome] = (count + 1, amount + (payment.amount if payment else ZERO))
    return [Part(code, str(text), *sums[code]) for code, text in OUTCOMES.items() if code in sums]


@page(VIEW, RECONCILE)
@require_POST
def apply(request: HttpRequest) -> HttpResponse:
    """Applies the lines that the page showed, named by the digest of their verdicts; again changes
    nothing.
    """
    try:
        parcel = unseal(officer(request), request.POST.get("parcel", ""))
        office, profile = _place(request, parcel)
        file = actions.read_result_file(
            by=officer(request),
            office=office,
            profile=profile,
            file_name=parcel.name,
            content=parcel.content,
            verdicts=request.POST.get("verdicts", "") or "-",
        )
    except Refusal as refusal:
        if refusal.code == "verdicts_changed":
            return _preview(request, parcel, warn=str(refusal), status=409)
        messages.error(request, str(refusal))
        return redirect("admin:payment_results")
    messages.success(request, _("The bank's results are applied."))
    return redirect("admin:payment_result", pk=file.pk)


@page(VIEW)
@require_GET
def result(request: HttpRequest, pk: int) -> HttpResponse:
    """A file that was read in: what each of its lines did, the odd ones first."""
    found = _one(request, pk)
    scoped = in_scope(request, ResultLine).filter(file=found)
    counts = listing.tally(scoped, "outcome")
    outcome = request.GET.get("outcome", "")
    chosen = scoped.filter(outcome=outcome) if outcome in OUTCOMES else scoped
    rows = keyset(request, chosen.select_related("payment__obligation__claim__worker"))
    context = {
        "file": found,
        "rows": rows,
        "lines": [(line, outcome_text(line.outcome), fault_text(line.fault)) for line in rows.rows],
        "tabs": listing.tabs(
            list(OUTCOMES.items()), counts, chosen=outcome, name="outcome", everything=_("All"), tones=TONES
        ),
        "not_applied": counts.get(Outcome.ERROR, 0),
        "may_open": request.user.has_perm(RECONCILE),
    }
    title = _("Results from the bank")
    return render_page(request, "admin/pages/payment_result.html", title=title, context=context)


def _one(request: HttpRequest, pk: int) -> ResultFile:
    scoped = in_scope(request, ResultFile).select_related("office", "profile", "read_by", "batch")
    found: ResultFile = get_object_or_404(scoped, pk=pk)
    return found


@page(VIEW, RECONCILE)
@require_POST
def original(request: HttpRequest, pk: int) -> HttpResponse:
    """The bank's file as it came; every time is logged."""
    found = _one(request, pk)
    content = actions.open_result_file(by=officer(request), file=found)
    return as_file(content, found.file_name, "application/octet-stream")
