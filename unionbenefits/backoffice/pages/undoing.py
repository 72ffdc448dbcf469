"""Undo of issued gifts: proposed on the page of the batch, confirmed or declined on a page of its own."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from unionbenefits.backoffice.pages.base import in_scope, page, render_page
from unionbenefits.backoffice.pages.batches import PROPOSE_UNDO, batch_page, one_batch
from unionbenefits.backoffice.pages.forms import UndoForm
from unionbenefits.backoffice.pages.officers import officer
from unionbenefits.backoffice.pages.paging import keyset
from unionbenefits.campaigns import actions
from unionbenefits.campaigns.actions.long_runs import MANY
from unionbenefits.campaigns.enums import RevocationState
from unionbenefits.campaigns.models import Gift, Revocation
from unionbenefits.core.errors import Refusal

VIEW = "campaigns.view_revocation"
CONFIRM = "campaigns.confirm_revocation"
_DAY_AFTER = "day_after_cover"


@page(PROPOSE_UNDO)
@require_POST
def propose(request: HttpRequest, pk: int) -> HttpResponse:
    """Proposes to undo the ticked lines of a batch, or all of it. Nothing changes yet."""
    batch = one_batch(request, pk)
    form = UndoForm(request.POST)
    if not form.is_valid():
        return batch_page(request, batch, undo_form=form, status=422)
    ticked = [int(key) for key in request.POST.getlist("gift") if key.isdigit() and len(key) < 19]
    try:
        revocation = actions.propose_revocation(
            by=officer(request),
            batch=batch,
            reason=form.cleaned_data["reason"],
            from_day=form.cleaned_data["from_day"],
            gifts=None if form.cleaned_data["which"] == "all" else ticked,
        )
    except Refusal as refusal:
        form.add_error("from_day" if refusal.code == _DAY_AFTER else "reason", str(refusal))
        return batch_page(request, batch, undo_form=form, status=409)
    messages.success(request, _("Proposed. Nothing has changed yet: another officer confirms the undo."))
    return redirect("admin:undo_review", pk=revocation.pk)


@page(VIEW)
@require_GET
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """What would be undone, line by line, and the buttons for whoever may decide."""
    revocation = _one(request, pk)
    lines = in_scope(request, Gift).filter(revocation_lines__revocation=revocation)
    waits = revocation.state == RevocationState.PROPOSED
    may = request.user.has_perm(CONFIRM)
    is_own = revocation.proposed_by_id == request.user.pk
    context = {
        "revocation": revocation,
        "batch": revocation.batch,
        "rows": keyset(request, lines.select_related("worker", "enterprise", "coverage")),
        "can_confirm": waits and may and not is_own,
        "can_decline": waits and (may or is_own),
        "is_own": waits and is_own,
    }
    return render_page(request, "admin/pages/undo_review.html", title=_("Undo of gifts"), context=context)


@page(CONFIRM, fresh=True)
@require_POST
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Undoes exactly what the page showed."""
    revocation = _one(request, pk)
    digest = request.POST.get("digest", "")
    try:
        if revocation.copies > MANY:
            actions.start_undo(by=officer(request), revocation=revocation, digest=digest)
            return redirect("admin:batch_review", pk=revocation.batch_id)
        done = actions.confirm_revocation(by=officer(request), revocation=revocation, digest=digest)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("admin:undo_review", pk=pk)
    messages.success(
        request,
        _("Undone: %(copies)s gifts. Their money and places are free again, and the workers are told.")
        % {"copies": f"{done.copies:,}"},
    )
    if done.kept:
        kept = _("%(kept)s gifts were kept: a filed claim relies on their cover.")
        messages.warning(request, kept % {"kept": f"{done.kept:,}"})
    return redirect("admin:undo_review", pk=pk)


@page(PROPOSE_UNDO)
@require_POST
def decline(request: HttpRequest, pk: int) -> HttpResponse:
    """The proposal is dropped."""
    try:
        actions.decline_revocation(by=officer(request), revocation=_one(request, pk))
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Declined. The gifts stay as they are."))
    return redirect("admin:undo_review", pk=pk)


def _one(request: HttpRequest, pk: int) -> Revocation:
    scoped = in_scope(request, Revocation).select_related(
        "batch__campaign",
        "batch__allotment__union",
        "batch__allotment__enterprise",
        "proposed_by",
        "decided_by",
    )
    found: Revocation = get_object_or_404(scoped, pk=pk)
    return found
