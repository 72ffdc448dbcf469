"""Filing a claim, step by step: each step is kept on the server before the next is shown (case C106)."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from unionbenefits.claims import actions
from unionbenefits.claims.enums import ClaimState, FiledThrough
from unionbenefits.claims.models import Claim
from unionbenefits.core import clock
from unionbenefits.core.errors import Refusal
from unionbenefits.plans.queries import coverage_of
from unionbenefits.portal.claim_forms import AccountForm, FiguresForm, StayForm, StepForm
from unionbenefits.portal.doubts import Doubt, doubt_about
from unionbenefits.portal.own import own_claim, signed_in
from unionbenefits.portal.papers import papers_part
from unionbenefits.portal.stages import LAST, stages
from unionbenefits.portal.views.filing_check import check_page, whereabouts
from unionbenefits.workers.models import Worker

FORMS: dict[int, type[StepForm]] = {1: StayForm, 2: FiguresForm, 4: AccountForm}
PAGES = {1: "stay", 2: "figures", 3: "papers", 4: "account"}
# Open drafts of one worker; whoever has so many goes on with one of them first.
MOST_DRAFTS = 5


@signed_in
def start(request: HttpRequest, worker: Worker) -> HttpResponse:
    """What is needed, drafts to go on with, and the tap that begins one. The form's key makes a double tap
    one draft.
    """
    drafts = list(open_drafts(worker))
    covers = coverage_of(worker, clock.today())
    ever, full = [*covers.current, *covers.past], len(drafts) >= MOST_DRAFTS
    if request.method == "POST" and ever and not full:
        return _begin(request, worker)
    context = {
        "drafts": drafts,
        "full": full,
        "never": not ever,
        "upcoming": covers.upcoming[0] if covers.upcoming and not ever else None,
        "key": uuid.uuid4(),
        "last": LAST,
    }
    return render(request, "portal/claims/filing/start.html", context)


def _begin(request: HttpRequest, worker: Worker) -> HttpResponse:
    try:
        key = uuid.UUID(request.POST.get("key", ""))
    except ValueError:
        raise Http404
    claim = actions.start_draft(by=worker, worker=worker, key=key)
    return whereabouts(claim)


@own_claim
def step(request: HttpRequest, claim: Claim, step: int) -> HttpResponse:
    """One step of a draft. A claim that was sent is followed on its own page."""
    if step not in range(1, LAST + 1):
        raise Http404
    if claim.state != ClaimState.DRAFT:
        return whereabouts(claim)
    if step == LAST:
        return check_page(request, claim)
    if request.method == "POST":
        return _keep(request, claim, step)
    return _page(request, claim, step, FORMS[step](claim) if step in FORMS else None)


@own_claim
def discard(request: HttpRequest, claim: Claim) -> HttpResponse:
    """Gives up a draft. One that was sent meanwhile is not touched."""
    if request.method == "POST" and claim.state == ClaimState.DRAFT:
        actions.withdraw(by=claim.worker, claim=claim, reason="")
        messages.success(request, _("The draft is gone. Nothing of it was sent."))
    return redirect("portal:claim_start")


def open_drafts(worker: Worker) -> Any:
    """The worker's own drafts, the newest first."""
    mine = Claim.objects.for_worker(worker).filter(state=ClaimState.DRAFT, filed_through=FiledThrough.WORKER)
    return mine.order_by("-pk")


def _keep(request: HttpRequest, claim: Claim, step: int) -> HttpResponse:
    """Keeps what is right of a step; goes on if all of it is."""
    form = FORMS[step](claim, request.POST) if step in FORMS else None
    later = "later" in request.POST
    fine = form is None or (form.is_valid() and (later or form.ask_for_needed()))
    reached = step if later or not fine else step + 1
    try:
        kept = {} if form is None else form.kept
        claim = actions.save_step(by=claim.worker, claim=claim, step=reached, values=kept)
    except Refusal as refusal:
        if refusal.code == "claim_state" or form is None:
            claim.refresh_from_db()
            return whereabouts(claim)
        if fine:
            form.add_error(None, str(refusal))
        fine = False
    if not fine:
        return _page(request, claim, step, form)
    if later:
        messages.success(request, _("Saved. You can go on at any time, on this phone or another."))
        return redirect("portal:claim_start")
    doubt = doubt_about(step, claim)
    if doubt is not None and doubt.mark != request.POST.get("seen"):
        return _page(request, claim, step, form, doubt)
    return redirect("portal:claim_step", claim.pk, step + 1)


def _page(
    request: HttpRequest, claim: Claim, step: int, form: StepForm | None, doubt: Doubt | None = None
) -> HttpResponse:
    context = {
        "claim": claim,
        "form": form,
        "doubt": doubt,
        "step": step,
        "stages": stages(claim, step),
        "papers": papers_part(request, claim) if form is None else None,
    }
    return render(request, f"portal/claims/filing/{PAGES[step]}.html", context)
