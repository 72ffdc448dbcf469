"""Payment batches: the list, one batch with its lines, its check by a second person, and the bank's file."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _, gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_POST

from unionbenefits.backoffice.pages import listing
from unionbenefits.backoffice.pages.base import in_scope, page, render_page
from unionbenefits.backoffice.pages.officers import officer
from unionbenefits.backoffice.pages.paging import keyset
from unionbenefits.backoffice.pages.payments_forms import ControlForm, ReasonForm
from unionbenefits.backoffice.pages.payments_view import payment_lines
from unionbenefits.claims import actions
from unionbenefits.claims.enums import BatchState, PaymentState
from unionbenefits.claims.models import Payment, PaymentBatch
from unionbenefits.claims.standing import BatchStanding, fetched, same_payee_reason, standing_of, standings_of
from unionbenefits.core import sheets
from unionbenefits.core.answers import as_file
from unionbenefits.core.errors import Refusal
from unionbenefits.core.money import capitals

VIEW = ("claims.view_paymentbatch", "claims.view_payment")
CHECK = "claims.check_paymentbatch"
SUBMIT = "claims.submit_paymentbatch"
MAKE = "claims.make_paymentbatch"
RECONCILE = "claims.reconcile_paymentbatch"
STEPS = (
    gettext_lazy("Made"),
    gettext_lazy("Checked by another officer"),
    gettext_lazy("Handed to the bank"),
    gettext_lazy("Answered by the bank"),
)
TONES = {"made": "warn", "checked": "warn"}
LINE_TONES = {"unknown": "warn", "succeeded": "good", "failed": "bad", "returned": "bad"}


@page(*VIEW)
@require_GET
def batches(request: HttpRequest) -> HttpResponse:
    """The batches of the offices in scope, the newest first, by state; how far each is paid beside."""
    scoped = in_scope(request, PaymentBatch)
    state = request.GET.get("state", "")
    state = state if state in BatchState.values else ""
    chosen = scoped.filter(state=state) if state else scoped
    if request.GET.get("mine") == "other":
        chosen = chosen.exclude(made_by=request.user.pk)
    rows = keyset(request, _with_names(chosen), descending=True)
    standings = standings_of(rows.rows)
    context = {
        "rows": rows,
        "batches": [(batch, standings[batch.pk]) for batch in rows.rows],
        "tabs": listing.tabs(
            BatchState.choices,
            listing.tally(scoped, "state"),
            chosen=state,
            everything=_("All"),
            tones=TONES,
        ),
    }
    title = _("Payment batches")
    return render_page(request, "admin/pages/payment_batches.html", title=title, context=context)


def _with_names(queryset: "QuerySet[Any]") -> "QuerySet[Any]":
    return queryset.select_related("office", "profile", "made_by", "checked_by", "submitted_by")


@page(*VIEW)
@require_GET
def batch(request: HttpRequest, pk: int) -> HttpResponse:
    """A batch: its lines, its course, and what may be done next."""
    return _batch_page(request, _one(request, pk))


def _one(request: HttpRequest, pk: int) -> PaymentBatch:
    found: PaymentBatch = get_object_or_404(_with_names(in_scope(request, PaymentBatch)), pk=pk)
    return found


def _batch_page(
    request: HttpRequest,
    found: PaymentBatch,
    *,
    control: ControlForm | None = None,
    cancel: ReasonForm | None = None,
    status: int = 200,
) -> HttpResponse:
    standing = standing_of(found)
    scoped = in_scope(request, Payment).filter(batch=found)
    counts = listing.tally(scoped, "state")
    state = request.GET.get("state", "")
    chosen = scoped.filter(state=state) if state in PaymentState.values else scoped
    rows = keyset(request, chosen.select_related("obligation__claim__worker", "previous"))
    context = {
        "batch": found,
        "standing": standing,
        "steps": listing.steps(STEPS, _step(found, standing)),
        "capitals": capitals(found.total),
        "rows": rows,
        "lines": payment_lines(rows.rows),
        "tabs": listing.tabs(
            PaymentState.choices, counts, chosen=state, everything=_("All"), tones=LINE_TONES
        ),
        "reason": same_payee_reason(found),
        "fetched": fetched(found),
        "files": list(found.result_files.defer("sealed").select_related("read_by").order_by("pk")),
        "control": control or ControlForm(initial={"digest": found.digest}),
        "cancel": cancel or ReasonForm(),
        "unseen": found.count - sum(counts.values()),
        **_may(request, found, standing),
    }
    return render_page(
        request,
        "admin/pages/payment_batch.html",
        title=_("Payment batch %(number)s") % {"number": found.number},
        context=context,
        status=status,
    )


def _step(found: PaymentBatch, standing: BatchStanding) -> int:
    if found.state == BatchState.SUBMITTED:
        return 4 if standing.is_settled else 3
    return {BatchState.MADE: 1, BatchState.CHECKED: 2}.get(BatchState(found.state), 0)


def _may(request: HttpRequest, found: PaymentBatch, standing: BatchStanding) -> dict[str, bool]:
    """Which acts the person may do now; whoever made the batch never checks it."""
    has = request.user.has_perm
    is_maker = found.made_by_id == request.user.pk
    waits = found.state == BatchState.MADE
    submitted = found.state == BatchState.SUBMITTED
    return {
        "can_check": waits and has(CHECK) and not is_maker,
        "is_own": waits and has(CHECK) and is_maker,
        "can_submit": found.state == BatchState.CHECKED and has(SUBMIT),
        "can_cancel": has(MAKE) and found.state in (BatchState.MADE, BatchState.CHECKED),
        "can_fetch": submitted and has(SUBMIT),
        "can_read": submitted and has(RECONCILE) and not standing.is_settled,
        "can_doubt": submitted and has(RECONCILE) and standing.pending > standing.unknown,
    }


@page(*VIEW, CHECK, fresh=True)
@require_POST
def check(request: HttpRequest, pk: int) -> HttpResponse:
    """The second pair of eyes: exactly the lines that the page showed, with count and sum added up anew."""
    found = _one(request, pk)
    form = ControlForm(request.POST)
    if not form.is_valid():
        return _batch_page(request, found, control=form, status=422)
    try:
        actions.check_payment_batch(by=officer(request), batch=found, **form.cleaned_data)
    except Refusal as refusal:
        if refusal.code == "control_differs":
            form.add_error(None, str(refusal))
            return _batch_page(request, found, control=form, status=409)
        messages.error(request, str(refusal))
        return redirect("admin:payment_batch", pk=pk)
    messages.success(request, _("Checked. The batch can be handed to the bank."))
    return redirect("admin:payment_batch", pk=pk)


@page(*VIEW, SUBMIT, fresh=True)
@require_POST
def submit(request: HttpRequest, pk: int) -> HttpResponse:
    """Hands the batch over: from now on its payments wait for the bank. The file is fetched by itself."""
    found = _one(request, pk)
    try:
        actions.submit_payment_batch(by=officer(request), batch=found)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Handed over. Download the file now and upload it to the bank, once."))
    return redirect("admin:payment_batch", pk=pk)


@page(*VIEW, SUBMIT, fresh=True)
@require_POST
def bank_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The bank's file of a batch that was handed over; the same bytes every time, and every time logged."""
    found = _one(request, pk)
    try:
        content = actions.fetch_bank_file(by=officer(request), batch=found)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("admin:payment_batch", pk=pk)
    kind = sheets.XLSX if found.profile.format == "xlsx" else "text/csv"
    return as_file(content, f"{found.number}.{found.profile.format}", kind)


@page(*VIEW, MAKE)
@require_POST
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Drops a batch before it goes out; its payments can go into another."""
    found = _one(request, pk)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _batch_page(request, found, cancel=form, status=422)
    try:
        actions.cancel_payment_batch(by=officer(request), batch=found, **form.cleaned_data)
    except Refusal as refusal:
        form.add_error("reason", str(refusal))
        return _batch_page(request, _one(request, pk), cancel=form, status=409)
    messages.success(request, _("Cancelled. Its payments can go into another batch."))
    return redirect("admin:payment_batch", pk=pk)


@page(*VIEW, RECONCILE)
@require_POST
def doubt(request: HttpRequest, pk: int) -> HttpResponse:
    """The bank did not answer: every payment of the batch that waits is unknown, and never sent again."""
    found = _one(request, pk)
    try:
        count = actions.mark_all_unknown(
            by=officer(request), batch=found, reason=request.POST.get("reason", "")
        )
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        text = ngettext(
            "%(count)s payment is marked as unknown. It is not sent again before the bank has answered.",
            "%(count)s payments are marked as unknown. They are not sent again before the bank has answered.",
            count,
        )
        messages.success(request, text % {"count": count})
    return redirect("admin:payment_batch", pk=pk)
