"""Gift batches: who would get it and why not the others, put forward, approve or return, issue."""

from dataclasses import dataclass
from typing import Any, Literal

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy as _lazy, ngettext
from django.views.decorators.http import require_GET, require_POST

from unionbenefits.backoffice.pages import listing
from unionbenefits.backoffice.pages.base import in_scope, one_in_scope, page, render_page
from unionbenefits.backoffice.pages.forms import CandidatesForm, ReturnForm
from unionbenefits.backoffice.pages.officers import officer
from unionbenefits.backoffice.pages.paging import keyset
from unionbenefits.campaigns import actions, queries
from unionbenefits.campaigns.enums import BatchState, CampaignKind, CampaignState, GiftState, LeftOut
from unionbenefits.campaigns.models import Allotment, Campaign, Gift, GiftBatch
from unionbenefits.core import money
from unionbenefits.core.errors import Refusal
from unionbenefits.workers.models import Roster

LINES = 50
STATE_TONES = {"put_forward": "warn", "returned": "bad", "issued": "good"}
STEPS = (_lazy("Putting forward"), _lazy("Approval"), _lazy("Issue"))
VIEW = "campaigns.view_giftbatch"
PUT_FORWARD = "campaigns.put_forward_giftbatch"
APPROVE = "campaigns.approve_giftbatch"
ISSUE = "campaigns.issue_giftbatch"


@dataclass(frozen=True, slots=True)
class Place:
    """An allotment one may put a batch forward from, and how many of its places are left."""

    allotment: Allotment
    use: Any


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
        chosen = chosen.exclude(prepared_by=request.user.pk)
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
        "campaign", "allotment__union", "allotment__enterprise", "prepared_by", "approved_by", "issued_by"
    )


@page(PUT_FORWARD)
@require_GET
def choose(request: HttpRequest) -> HttpResponse:
    """Open campaigns' allotments in scope: the first step of a batch."""
    scoped = in_scope(request, Allotment).filter(
        campaign__state=CampaignState.OPEN, campaign__kind=CampaignKind.COVERAGE
    )
    rows = keyset(request, scoped.select_related("campaign", "union", "enterprise"))
    use = queries.allotment_use(rows.rows)
    return render_page(
        request,
        "admin/pages/batch_choose.html",
        title=_("New gift batch"),
        context={"rows": rows, "places": [Place(row, use[row.pk]) for row in rows.rows]},
    )


@page(PUT_FORWARD)
@require_GET
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """Who gets it from this allotment, who does not and why, what it costs and what is left."""
    allotment = one_in_scope(request, Allotment, pk)
    form = CandidatesForm(request, allotment, request.GET)
    roster = form.cleaned_data["roster"] if form.is_valid() else None
    reason = request.GET.get("reason", "")
    reason = reason if reason in LeftOut.values or reason == "gets_it" else ""
    offset = _offset(request)
    found = queries.preview(allotment, roster)
    lines = queries.preview_lines(allotment, roster, reason=_reason(reason), limit=LINES + 1, offset=offset)
    return render_page(
        request,
        "admin/pages/batch_preview.html",
        title=_("Preview of a gift batch"),
        context={
            "allotment": allotment,
            "campaign": allotment.campaign,
            "form": form,
            "roster": roster,
            "preview": found,
            "cost": money.show(found.cost),
            "tabs": _reason_tabs(found, reason, {"roster": str(roster.pk)} if roster else {}),
            "lines": lines[:LINES],
            **_neighbours(request, offset, len(lines) > LINES),
        },
    )


def _reason(code: str) -> LeftOut | Literal["all"] | None:
    """What `preview_lines` calls the chosen filter."""
    if code == "gets_it":
        return None
    return LeftOut(code) if code else "all"


def _reason_tabs(found: Any, chosen: str, keep: dict[str, str]) -> list[listing.Tab]:
    counts = {"gets_it": found.eligible, **{str(code): count for code, count in found.reasons.items()}}
    return listing.tabs(
        [("gets_it", _("Gets it")), *LeftOut.choices],
        counts,
        chosen=chosen,
        name="reason",
        everything=_("Everybody"),
        tones={"gets_it": "good"},
        keep=keep,
    )


def _offset(request: HttpRequest) -> int:
    text = request.GET.get("from", "0")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0


def _neighbours(request: HttpRequest, offset: int, more: bool) -> dict[str, Any]:
    """Addresses of the pages before and after, as `parts/pager.html` takes them."""

    def link(start: int) -> str:
        query = request.GET.copy()
        query["from"] = str(start)
        return "?" + query.urlencode()

    back = link(max(0, offset - LINES)) if offset else ""
    return {"pages": {"back": back, "forth": link(offset + LINES) if more else ""}, "first": offset + 1}


@page(PUT_FORWARD)
@require_POST
def put_forward(request: HttpRequest, pk: int) -> HttpResponse:
    """Puts forward what the preview showed. A second press finds the batch of the first."""
    allotment = one_in_scope(request, Allotment, pk)
    form = CandidatesForm(request, allotment, request.POST)
    if not form.is_valid():
        messages.error(request, _("This roster cannot be chosen. Choose again."))
        return redirect("admin:batch_preview", pk=pk)
    roster = form.cleaned_data["roster"]
    try:
        batch = actions.put_forward(by=officer(request), allotment=allotment, roster=roster)
    except Refusal as refusal:
        return _refused_put_forward(request, allotment, roster, refusal)
    _tell_differences(request, batch)
    return redirect("admin:batch_review", pk=batch.pk)


def _refused_put_forward(
    request: HttpRequest, allotment: Allotment, roster: Roster | None, refusal: Refusal
) -> HttpResponse:
    """Back to the preview with the sentence, or to the batch that this person just made of these people."""
    if refusal.code == "nobody_eligible":
        made = in_scope(request, GiftBatch).filter(
            allotment=allotment, roster=roster, state=BatchState.PUT_FORWARD, prepared_by=request.user.pk
        )
        newest = made.order_by("-pk").first()
        if newest is not None:
            messages.info(request, _("This batch was already put forward. Nothing was done twice."))
            return redirect("admin:batch_review", pk=newest.pk)
    messages.error(request, str(refusal))
    address = reverse("admin:batch_preview", args=[allotment.pk])
    return redirect(f"{address}?roster={roster.pk}" if roster else address)


def _tell_differences(request: HttpRequest, batch: GiftBatch) -> None:
    """Says so where the world moved on between the preview and the batch."""
    expected = request.POST.get("expected", "")
    if expected.isdigit() and int(expected) != batch.copies:
        text = _("Since the preview something changed: it showed %(then)s, the batch holds %(now)s.")
        messages.warning(request, text % {"then": expected, "now": batch.copies})
        return
    text = ngettext(
        "Put forward: %(copies)s worker. Another officer now approves it.",
        "Put forward: %(copies)s workers. Another officer now approves it.",
        batch.copies,
    )
    messages.success(request, text % {"copies": f"{batch.copies:,}"})


@page(VIEW)
@require_GET
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """A batch: its lines, its history, its ledger entries, and what may be done next."""
    return _review(request, _batch(request, pk))


def _batch(request: HttpRequest, pk: int) -> GiftBatch:
    batch: GiftBatch = one_in_scope(request, GiftBatch, pk)
    return batch


def _review(
    request: HttpRequest, batch: GiftBatch, *, form: ReturnForm | None = None, status: int = 200
) -> HttpResponse:
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
            "tabs": _line_tabs(batch, reasons, reason),
            "entries": _entries(request, batch),
            "form": form or ReturnForm(),
            **_may(request, batch),
        },
    )


def _digest(batch: GiftBatch) -> str:
    """The lines as they are now while they may still be approved, else those that were approved."""
    return queries.batch_lines_digest(batch) if batch.state == BatchState.PUT_FORWARD else batch.digest


_AT_STEP = {BatchState.PUT_FORWARD: 1, BatchState.APPROVED: 2, BatchState.ISSUED: 3}


def _step(batch: GiftBatch) -> int:
    return _AT_STEP.get(BatchState(batch.state), 1)


def _lines(request: HttpRequest, batch: GiftBatch, reason: str) -> "QuerySet[Any]":
    lines = in_scope(request, Gift).filter(batch=batch).select_related("worker", "enterprise", "coverage")
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
    """The ledger entries of the batch, for those who may read the ledger."""
    if not request.user.has_perm("funds.view_entry"):
        return []
    links: Any = batch.batch_entries.select_related("entry__fund").order_by("entry_id")
    return [link.entry for link in links]


def _may(request: HttpRequest, batch: GiftBatch) -> dict[str, bool]:
    """Which of the next acts the person may do, and whether only having prepared it stands in the way."""
    waits = batch.state == BatchState.PUT_FORWARD
    may_approve = request.user.has_perm(APPROVE)
    is_preparer = batch.prepared_by_id == request.user.pk
    return {
        "can_approve": waits and may_approve and not is_preparer,
        "is_own": waits and may_approve and is_preparer,
        "can_return": may_approve and batch.state in {BatchState.PUT_FORWARD, BatchState.APPROVED},
        "can_issue": batch.state == BatchState.APPROVED and request.user.has_perm(ISSUE),
    }


@page(APPROVE)
@require_POST
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    """Approves exactly the lines whose digest the page showed."""
    batch = _batch(request, pk)
    try:
        actions.approve_batch(by=officer(request), batch=batch, digest=request.POST.get("digest", ""))
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Approved. The batch can now be issued."))
    return redirect("admin:batch_review", pk=pk)


@page(APPROVE)
@require_POST
def send_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Returns the batch with a reason; its places and its money are free again."""
    batch = _batch(request, pk)
    form = ReturnForm(request.POST)
    if not form.is_valid():
        return _review(request, batch, form=form, status=422)
    try:
        actions.return_batch(by=officer(request), batch=batch, reason=form.cleaned_data["reason"])
    except Refusal as refusal:
        form.add_error("reason", str(refusal))
        return _review(request, batch, form=form, status=409)
    messages.success(request, _("Returned with your reason. Its places and its money are free again."))
    return redirect("admin:batch_review", pk=pk)


@page(ISSUE)
@require_POST
def issue(request: HttpRequest, pk: int) -> HttpResponse:
    """Issues the coverages of an approved batch. A second press changes nothing."""
    batch = _batch(request, pk)
    try:
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


def open_campaigns(request: HttpRequest) -> "QuerySet[Any]":
    """Campaigns in scope that still take batches."""
    return in_scope(request, Campaign).filter(state=CampaignState.OPEN)
