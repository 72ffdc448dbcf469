"""Drafts of batches: kept from the preview, thinned out by lines, judged again, put forward or dropped."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.http import require_POST

from unionbenefits.backoffice.pages.base import page
from unionbenefits.backoffice.pages.batches import is_large, one_batch
from unionbenefits.backoffice.pages.forms import CandidatesForm
from unionbenefits.backoffice.pages.officers import officer
from unionbenefits.backoffice.pages.proposals import one_allotment, sentence_of
from unionbenefits.campaigns import actions, queries
from unionbenefits.campaigns.actions.long_runs import MANY
from unionbenefits.campaigns.models import BatchRun, GiftBatch
from unionbenefits.core.errors import Refusal

PUT_FORWARD = "campaigns.put_forward_giftbatch"


@dataclass(frozen=True, slots=True)
class Move:
    """A button of a draft: its verb, what is said once it is done, and how it starts in the background."""

    verb: Callable[..., GiftBatch]
    said: Any
    start: Callable[..., BatchRun] | None = None


MOVES = {
    "refresh": Move(actions.refresh_draft, gettext_lazy("Judged again, as of now."), actions.start_refresh),
    "forward": Move(
        actions.put_draft_forward,
        gettext_lazy("Put forward. Another officer now approves it."),
        actions.start_draft_forward,
    ),
    "fill": Move(
        partial(actions.put_draft_forward, fill=True),
        gettext_lazy("Put forward as far as places and money reach. Another officer now approves it."),
        partial(actions.start_draft_forward, fill=True),
    ),
    "drop": Move(actions.discard_draft, gettext_lazy("The draft is dropped.")),
}


@page(PUT_FORWARD)
@require_POST
def draft(request: HttpRequest, pk: int) -> HttpResponse:
    """Keeps what the preview showed as a draft."""
    allotment = one_allotment(request, pk)
    form = CandidatesForm(request, allotment, request.POST)
    if not form.is_valid():
        messages.error(request, _("This roster cannot be chosen. Choose again."))
        return redirect("admin:batch_preview", pk=pk)
    roster = form.cleaned_data["roster"]
    try:
        if queries.asked_count(allotment, roster) > MANY:
            actions.start_draft(by=officer(request), allotment=allotment, roster=roster)
            return redirect("admin:batch_making", pk=pk)
        made = actions.draft_batch(by=officer(request), allotment=allotment, roster=roster)
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
    pressed = request.POST.get("act", "")
    move = MOVES.get(pressed, MOVES["refresh"])
    try:
        if move.start is not None and is_large(batch):
            move.start(by=officer(request), batch=batch)
        else:
            move.verb(by=officer(request), batch=batch)
            messages.success(request, move.said)
    except Refusal as refusal:
        messages.error(request, sentence_of(refusal.code, str(refusal), is_open=False))
    return redirect("admin:batch_review", pk=pk)
