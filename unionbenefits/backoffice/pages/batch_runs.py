"""Long steps on batches in the background: their bars, stopping them, the page of a batch in the making."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from unionbenefits.backoffice.pages.base import page, render_page
from unionbenefits.backoffice.pages.batches import VIEW, one_batch
from unionbenefits.backoffice.pages.officers import officer
from unionbenefits.backoffice.pages.proposals import PUT_FORWARD, one_allotment
from unionbenefits.backoffice.pages.run_words import about, goes_on, may_stop
from unionbenefits.campaigns import actions
from unionbenefits.campaigns.enums import RunState
from unionbenefits.campaigns.models import BatchRun


@page(VIEW)
@require_GET
def batch_progress(request: HttpRequest, pk: int) -> HttpResponse:
    """How far the last step of the batch is; once it is over the page loads again."""
    return _progress(request, one_batch(request, pk).runs.first())


@page(VIEW)
@require_POST
def batch_stop(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks the step to stop; nothing of it stays."""
    _stop(request, one_batch(request, pk).runs.first())
    return redirect("admin:batch_review", pk=pk)


@page(PUT_FORWARD)
@require_GET
def making(request: HttpRequest, pk: int) -> HttpResponse:
    """The batch or draft that is being made of these places; once it is there, its own page."""
    allotment = one_allotment(request, pk)
    run: BatchRun | None = allotment.runs.select_related("batch", "roster", "started_by").first()
    if run is None:
        return redirect("admin:batch_preview", pk=pk)
    if run.state == RunState.DONE:
        return redirect("admin:batch_review", pk=run.batch_id)
    back = reverse("admin:batch_preview", args=[pk])
    context = {
        "allotment": allotment,
        "campaign": allotment.campaign,
        "preview_url": f"{back}?roster={run.roster_id}" if run.roster_id else back,
        **about(request, run),
    }
    return render_page(request, "admin/pages/batch_making.html", title=_("New gift batch"), context=context)


@page(PUT_FORWARD)
@require_GET
def making_progress(request: HttpRequest, pk: int) -> HttpResponse:
    """How far the making is; once it is over the page loads again."""
    return _progress(request, one_allotment(request, pk).runs.first())


@page(PUT_FORWARD)
@require_POST
def making_stop(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks the making to stop; nothing of it stays."""
    _stop(request, one_allotment(request, pk).runs.first())
    return redirect("admin:batch_making", pk=pk)


def _progress(request: HttpRequest, run: BatchRun | None) -> HttpResponse:
    if run is None or not goes_on(run):
        return HttpResponse(status=204, headers={"HX-Refresh": "true"})
    return render(request, "admin/pages/parts/batch_run.html", about(request, run))


def _stop(request: HttpRequest, run: BatchRun | None) -> None:
    if run is None:
        return
    if not may_stop(request, run):
        raise PermissionDenied
    if actions.ask_to_stop(by=officer(request), run=run):
        messages.info(request, _("It stops at its next step. Nothing of it stays."))
