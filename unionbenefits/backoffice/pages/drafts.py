"""Drafts of batches: kept from the preview, thinned out by lines, judged again, put forward or dropped."""

from collections.abc import Callable
from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from unionbenefits.backoffice.pages.base import in_scope, one_in_scope, page
from unionbenefits.backoffice.pages.batches import one_batch
from unionbenefits.backoffice.pages.forms import CandidatesForm
from unionbenefits.backoffice.pages.officers import officer
from unionbenefits.backoffice.pages.proposals import sentence_of
from unionbenefits.campaigns import actions
from unionbenefits.campaigns.models import Allotment, GiftBatch
from unionbenefits.core.errors import Refusal

PUT_FORWARD = "campaigns.put_forward_giftbatch"


@page(PUT_FORWARD)
@require_POST
def draft(request: HttpRequest, pk: int) -> HttpResponse:
    """Keeps what the preview showed as a draft."""
    one_in_scope(request, Allotment, pk)
    allotment = in_scope(request, Allotment).select_related("campaign__plan_version", "union").get(pk=pk)
    form = CandidatesForm(request, allotment, request.POST)
    if not form.is_valid():
        messages.error(request, _("This roster cannot be chosen. Choose again."))
        return redirect("admin:batch_preview", pk=pk)
    try:
        made = actions.draft_batch(
            by=officer(request), allotment=allotment, roster=form.cleaned_data["roster"]
        )
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("admin:batch_preview", pk=pk)
    messages.success(request, _("Kept as a draft. It holds neither places nor money yet."))
    return redirect("admin:batch_review", pk=made.pk)


@page(PUT_FORWARD)
@require_POST
def lines(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes the ticked lines out of the draft or puts them back."""
    batch = one_batch(request, pk)
    ticked = [int(key) for key in request.POST.getlist("gift") if key.isdigit() and len(key) < 19]
    back = request.POST.get("act") == "put_back"
    verb = actions.put_back if back else actions.take_out
    reason = request.POST.get("reason", "")
    try:
        changed = verb(by=officer(request), batch=batch, gifts=ticked, reason=reason)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        said = _("Put back: %(count)s lines.") if back else _("Taken out: %(count)s lines.")
        messages.success(request, said % {"count": f"{changed:,}"})
    return redirect("admin:batch_review", pk=pk)


@page(PUT_FORWARD)
@require_POST
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """Judges the draft again, puts it forward, or drops it: what the pressed button says."""
    batch = one_batch(request, pk)
    verbs: dict[str, tuple[Callable[..., GiftBatch], str]] = {
        "refresh": (actions.refresh_draft, _("Judged again, as of now.")),
        "forward": (actions.put_draft_forward, _("Put forward. Another officer now approves it.")),
        "fill": (
            partial(actions.put_draft_forward, fill=True),
            _("Put forward as far as places and money reach. Another officer now approves it."),
        ),
        "drop": (actions.discard_draft, _("The draft is dropped.")),
    }
    verb, said = verbs.get(request.POST.get("act", ""), verbs["refresh"])
    try:
        verb(by=officer(request), batch=batch)
    except Refusal as refusal:
        messages.error(request, sentence_of(refusal.code, str(refusal), is_open=False))
    else:
        messages.success(request, said)
    return redirect("admin:batch_review", pk=pk)
