"""Gift batches: the list, one batch with its lines and its course, approve or return, issue."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from unionbenefits.backoffice.pages import listing
from unionbenefits.backoffice.pages.base import in_scope, page, render_page
from unionbenefits.backoffice.pages.forms import ReturnForm, UndoForm
from unionbenefits.backoffice.pages.officers import officer
from unionbenefits.backoffice.pages.paging import keyset
from unionbenefits.backoffice.pages.proposals import budget_of
from unionbenefits.backoffice.pages.run_words import about, goes_on
from unionbenefits.campaigns import actions, queries
from unionbenefits.campaigns.actions.long_runs import MANY
from unionbenefits.campaigns.enums import BatchState, GiftState, LeftOut
from unionbenefits.campaigns.models import Gift, GiftBatch
from unionbenefits.campaigns.outlook import edits, outlook
from unionbenefits.core import money
from unionbenefits.core.errors import Refusal
from unionbenefits.funds.models import Entry

LINES = 50
STATE_TONES = {
    "put_forward": "warn",
    "returned": "bad",
    "issued": "good",
    "part_revoked": "warn",
    "revoked": "bad",
}
STEPS = (gettext_lazy("Putting forward"), gettext_lazy("Approval"), gettext_lazy("Issue"))
VIEW = "campaigns.view_giftbatch"
APPROVE = "campaigns.approve_giftbatch"
ISSUE = "campaigns.issue_giftbatch"
PUT_FORWARD = "campaigns.put_forward_giftbatch"
PROPOSE_UNDO = "campaigns.propose_revocation"


@page(VIEW)
@require_GET
def batches(request: HttpRequest) -> HttpResponse:
    """The batches in scope, the newest first, by state."""
    scoped = in_scope(request, GiftBatch)
    state = request.GET.get("state", "")
    state = state if state in BatchState.values else ""
    campaign = request.GET.get("campaign", "")
    keep = {"campaign": campaign} if campaign.isdigit() and len(campaign) < 19 else {}
    if keep:
        scoped = scoped.filter(campaign=int(campaign))
    chosen = scoped.filter(state=state) if state else scoped
    if request.GET.get("mine") == "other":
        chosen = chosen.exclude(prepared_by=request.user.pk).exclude(approved_by=request.user.pk)
    rows = keyset(request, _with_names(chosen), descending=True)
    return render_page(
        request,
        "admin/pages/batches.html",
        title=_("Gift batches"),
        context={
            "rows": rows,
            "tabs": listing.tabs(
                BatchState.choices,
                listing.tally(scoped, "state"),
                chosen=state,
                everything=_("All"),
                tones=STATE_TONES,
                keep=keep,
            ),
        },
    )


def _with_names(queryset: "QuerySet[Any]") -> "QuerySet[Any]":
    return queryset.select_related(
        "campaign",
        "allotment__union",
        "allotment__enterprise",
        "prepared_by",
        "put_forward_by",
        "approved_by",
        "second_by",
        "issued_by",
    )


@page(VIEW)
@require_GET
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """A batch: its lines, its history, its ledger entries, and what may be done next."""
    return batch_page(request, one_batch(request, pk))


def one_batch(request: HttpRequest, pk: int) -> GiftBatch:
    """The batch, or 404 outside the scope."""
    scoped = _with_names(in_scope(request, GiftBatch))
    batch: GiftBatch = get_object_or_404(scoped.select_related("roster"), pk=pk)
    return batch


def batch_page(
    request: HttpRequest,
    batch: GiftBatch,
    *,
    form: ReturnForm | None = None,
    undo_form: UndoForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page of one batch, perhaps with a form that was refused."""
    reason = request.GET.get("reason", "")
    reason = reason if reason in LeftOut.values or reason == "gets_it" else ""
    reasons = queries.batch_reasons(batch)
    rows = keyset(request, _lines(request, batch, reason), size=LINES)
    return render_page(
        request,
        "admin/pages/batch_review.html",
        title=_("Gift batch %(number)s") % {"number": batch.pk},
        status=status,
        context={
            "batch": batch,
            "campaign": batch.campaign,
            "steps": listing.steps(STEPS, _step(batch)),
            "digest": _digest(batch),
            "rows": rows,
            "q": request.GET.get("q", "").strip()[:60],
            "tabs": _line_tabs(batch, reasons, reason),
            "entries": _entries(request, batch),
            "form": form or ReturnForm(),
            "undo_form": undo_form or UndoForm(),
            "revocations": list(batch.revocations.select_related("proposed_by", "decided_by")),
            "edits": edits(batch),
            **_outlook(request, batch),
            **_run(request, batch, _may(request, batch)),
        },
    )


def _run(request: HttpRequest, batch: GiftBatch, may: dict[str, bool]) -> dict[str, Any]:
    """The last step in the background; while it goes on, no other step is offered."""
    run = batch.runs.filter(allotment=None).first() if is_large(batch) else None
    if run is None:
        return may
    if not goes_on(run):
        return may | about(request, run)
    return dict.fromkeys(may, False) | about(request, run)


def is_large(batch: GiftBatch) -> bool:
    """Whether steps that look at all of its lines take too long for a page."""
    return batch.copies + batch.left_out > MANY


def _outlook(request: HttpRequest, batch: GiftBatch) -> dict[str, Any]:
    """What putting a draft forward would do; of a large one only when asked for, since it takes seconds."""
    if batch.state != BatchState.DRAFT:
        return {}
    if is_large(batch) and not request.GET.get("compare"):
        return {"can_compare": True}
    found = outlook(batch)
    return {"outlook": found, "budget": budget_of(request, found.preview)}


def _digest(batch: GiftBatch) -> str:
    """The lines as they are now while they may still be approved, else those that were approved."""
    return queries.batch_lines_digest(batch) if batch.state == BatchState.PUT_FORWARD else batch.digest


_AT_STEP = {
    BatchState.DRAFT: 0,
    BatchState.PUT_FORWARD: 1,
    BatchState.APPROVED: 2,
    BatchState.ISSUED: 3,
    BatchState.PARTLY_REVOKED: 3,
    BatchState.REVOKED: 3,
}


def _step(batch: GiftBatch) -> int:
    return _AT_STEP.get(BatchState(batch.state), 1)


def _lines(request: HttpRequest, batch: GiftBatch, reason: str) -> "QuerySet[Any]":
    lines = in_scope(request, Gift).filter(batch=batch).select_related("worker", "enterprise", "coverage")
    name = request.GET.get("q", "").strip()[:60]
    if name:
        lines = lines.filter(worker__name__contains=name)
    if reason == "gets_it":
        return lines.exclude(state=GiftState.LEFT_OUT)
    return lines.filter(reason=reason) if reason else lines


def _line_tabs(batch: GiftBatch, reasons: dict[Any, int], chosen: str) -> list[listing.Tab]:
    counts = {"gets_it": batch.copies, **{str(code): count for code, count in reasons.items()}}
    return listing.tabs(
        [("gets_it", _("Gets it")), *LeftOut.choices],
        counts,
        chosen=chosen,
        name="reason",
        everything=_("Everybody"),
        tones={"gets_it": "good"},
    )


def _entries(request: HttpRequest, batch: GiftBatch) -> list[Any]:
    """The ledger entries of the batch in funds that the person may see."""
    if not request.user.has_perm("funds.view_entry"):
        return []
    entries = in_scope(request, Entry).filter(batch_entry__batch=batch)
    return list(entries.select_related("fund").order_by("pk"))


def _may(request: HttpRequest, batch: GiftBatch) -> dict[str, bool]:
    """Which of the next acts the person may do, and whether only having prepared it stands in the way."""
    waits = batch.state == BatchState.PUT_FORWARD
    may_approve = request.user.has_perm(APPROVE)
    me = request.user.pk
    is_preparer = me in (batch.prepared_by_id, batch.put_forward_by_id)
    is_first = batch.approved_by_id == me
    undoable = batch.state in {BatchState.ISSUED, BatchState.PARTLY_REVOKED}
    return {
        "can_approve": waits and may_approve and not is_preparer and not is_first,
        "is_own": waits and may_approve and is_preparer,
        "is_first": waits and is_first,
        "can_draft": batch.state == BatchState.DRAFT and request.user.has_perm(PUT_FORWARD),
        "can_undo": undoable and request.user.has_perm(PROPOSE_UNDO),
        "can_return": may_approve and batch.state in {BatchState.PUT_FORWARD, BatchState.APPROVED},
        "can_issue": batch.state == BatchState.APPROVED and request.user.has_perm(ISSUE),
    }


@page(APPROVE, fresh=True)
@require_POST
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    """Approves exactly the lines whose digest the page showed."""
    batch = one_batch(request, pk)
    try:
        approved = actions.approve_batch(
            by=officer(request), batch=batch, digest=request.POST.get("digest", "")
        )
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        done = _("Approved. The batch can now be issued.")
        if approved.state == BatchState.PUT_FORWARD:
            done = _("Approved once. The amount asks for a second approval by a third person.")
        messages.success(request, done)
    return redirect("admin:batch_review", pk=pk)


@page(APPROVE)
@require_POST
def send_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Returns the batch with a reason; its places and its money are free again."""
    batch = one_batch(request, pk)
    form = ReturnForm(request.POST)
    if not form.is_valid():
        return batch_page(request, batch, form=form, status=422)
    try:
        actions.return_batch(by=officer(request), batch=batch, reason=form.cleaned_data["reason"])
    except Refusal as refusal:
        form.add_error("reason", str(refusal))
        return batch_page(request, batch, form=form, status=409)
    messages.success(request, _("Returned with your reason. Its places and its money are free again."))
    return redirect("admin:batch_review", pk=pk)


@page(ISSUE, fresh=True)
@require_POST
def issue(request: HttpRequest, pk: int) -> HttpResponse:
    """Issues the coverages of an approved batch. A second press changes nothing."""
    batch = one_batch(request, pk)
    try:
        if batch.copies > MANY and batch.state == BatchState.APPROVED:
            actions.start_issue(by=officer(request), batch=batch)
            return redirect("admin:batch_review", pk=pk)
        outcome = actions.issue_batch(by=officer(request), batch=batch)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("admin:batch_review", pk=pk)
    text = _("Issued: %(issued)s coverages, %(amount)s 元.")
    if not outcome.changed:
        text = _("Already issued before: %(issued)s coverages, %(amount)s 元. Nothing was done twice.")
    messages.success(request, text % {"issued": f"{outcome.issued:,}", "amount": money.show(outcome.amount)})
    if outcome.left_out_now:
        late = _("%(count)s workers were covered elsewhere meanwhile and left out; their money was released.")
        messages.warning(request, late % {"count": f"{outcome.left_out_now:,}"})
    return redirect("admin:batch_review", pk=pk)
