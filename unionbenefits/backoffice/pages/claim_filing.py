"""An officer files for a worker: find the person, one page in sections, the draft kept at every press."""

import uuid
from typing import Any

from django.contrib import messages
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from unionbenefits.accounts.models import User
from unionbenefits.backoffice.pages.base import in_scope, page, render_page
from unionbenefits.backoffice.pages.claim_filing_form import FilingForm, Side, StartForm, kinds_of, side_of
from unionbenefits.backoffice.pages.officers import officer
from unionbenefits.claims import actions
from unionbenefits.claims.consents import MEDICAL, MEDICAL_VERSION
from unionbenefits.claims.entries import sorted_out
from unionbenefits.claims.enums import OPEN, ClaimState, FiledThrough, PaperKind
from unionbenefits.claims.models import Claim, Paper, Question
from unionbenefits.claims.pictures import MAX_BYTES
from unionbenefits.claims.texts import DATES
from unionbenefits.core import clock
from unionbenefits.core.answers import to_show
from unionbenefits.core.errors import Refusal
from unionbenefits.core.masking import mask_account, mask_document, mask_phone
from unionbenefits.core.uploads import in_memory, too_much
from unionbenefits.plans.models import Coverage
from unionbenefits.workers.models import IdentityDocument, Membership, Worker

FILE = ("claims.file_claim", "claims.view_claim", "workers.view_worker")
# People that one search shows; drafts and claims that the first page lists.
FOUND, LISTED = 20, 20
# A scanner makes several large files; more at once would fill the memory of the server.
AT_ONCE = 4 * MAX_BYTES
TO_FILL = (ClaimState.DRAFT, ClaimState.ASKED)


@page(*FILE)
@require_http_methods(["GET", "POST"])
def find(request: HttpRequest) -> HttpResponse:
    """Finds the worker. By POST: a document number has no place in an address, which servers log."""
    asked = request.POST.get("q", "").replace("\x00", "").strip()
    found = _people(request, in_scope(request, Worker).find(asked)[: FOUND + 1]) if asked else []  # type: ignore[attr-defined]
    begun = in_scope(request, Claim).filter(filed_through=FiledThrough.OFFICER)
    context = {
        "asked": "" if any(character.isdigit() for character in asked) else asked,
        "nobody": bool(asked) and not found,
        "found": found[:FOUND],
        "too_many": len(found) > FOUND,
        "drafts": _listed(begun.filter(state__in=TO_FILL)),
        "filed": _listed(begun.exclude(state=ClaimState.DRAFT).filter(filed_by=request.user.pk)),
    }
    title = _("File a claim for a worker")
    return render_page(request, "admin/pages/claim_filing_find.html", title=title, context=context)


@page(*FILE)
@require_http_methods(["GET", "POST"])
def start(request: HttpRequest, pk: int) -> HttpResponse:
    """The worker, what was filed already, and why an officer files; then the draft."""
    worker: Worker = get_object_or_404(in_scope(request, Worker), pk=pk)
    form = StartForm(request.POST or None, initial={"key": uuid.uuid4()})
    if request.method == "POST" and form.is_valid():
        claim = actions.start_draft_for_worker(
            by=officer(request), worker=worker, key=form.cleaned_data["key"], reason=form.reason()
        )
        return redirect("admin:claim_filing", claim.pk)
    claims = in_scope(request, Claim).for_worker(worker).exclude(state=ClaimState.WITHDRAWN)  # type: ignore[attr-defined]
    context = {
        "person": _people(request, in_scope(request, Worker).filter(pk=worker.pk))[0],
        "claims": [claim for claim in claims.order_by("-pk")[:LISTED] if not _is_own_draft(claim)],
        "form": form,
    }
    status = 422 if request.method == "POST" else 200
    title = _("File a claim for a worker")
    return render_page(
        request, "admin/pages/claim_filing_start.html", title=title, context=context, status=status
    )


@in_memory(each=MAX_BYTES, in_all=AT_ONCE)
@page(*FILE)
@require_http_methods(["GET", "POST"])
def filing(request: HttpRequest, pk: int) -> HttpResponse:
    """The one page. Each press keeps what was typed and the files that came; what is wrong is said there."""
    claim = _claim(request, pk)
    elsewhere = _elsewhere(request, claim)
    if elsewhere is not None:
        return elsewhere
    if request.method == "GET":
        return _page(request, claim, FilingForm(claim))
    act = request.POST.get("act", "save")
    if act == "discard" and claim.state == ClaimState.DRAFT:
        actions.withdraw(by=officer(request), claim=claim, reason="")
        messages.success(request, _("The draft was discarded."))
        return redirect("admin:claim_filing_find")
    form = FilingForm(claim, request.POST)
    faults = _keep(request, claim, form)
    claim = _claim(request, pk)
    if request.headers.get("HX-Request"):
        side = side_of(claim)
        return render(request, "admin/pages/parts/claim_filing_side.html", {"claim": claim, "side": side})
    if faults or not form.is_valid():
        return _page(request, claim, form, faults=faults, status=422)
    if act == "send":
        return _send(request, claim, form)
    messages.success(request, _("Kept."))
    return redirect("admin:claim_filing", pk)


@page(*FILE)
@require_GET
def done(request: HttpRequest, pk: int) -> HttpResponse:
    """What was filed: its number, until when an answer is promised, and what it would pay."""
    claim = _claim(request, pk)
    if claim.filed_through != FiledThrough.OFFICER or claim.state == ClaimState.DRAFT:
        return redirect("admin:claim_filing_find")
    context = {
        "claim": claim,
        "estimate": side_of(claim).estimate if claim.state in OPEN else None,
        "asked": claim.state == ClaimState.ASKED,
    }
    title = _("Claim %(number)s") % {"number": claim.number}
    return render_page(request, "admin/pages/claim_filing_done.html", title=title, context=context)


@page(*FILE)
@require_GET
def declaration(request: HttpRequest, pk: int) -> HttpResponse:
    """What the worker signs on paper: the claim as typed and the consent, ready for the printer."""
    claim = _claim(request, pk)
    elsewhere = _elsewhere(request, claim)
    if elsewhere is not None:
        return elsewhere
    form = FilingForm(claim)
    context = {
        "claim": claim,
        "person": _people(request, in_scope(request, Worker).filter(pk=claim.worker_id))[0],
        "parts": [form.stay(), form.figures()[:-1]],
        "account": mask_account(claim.account) if claim.account else "",
        "consent": MEDICAL,
        "consent_version": MEDICAL_VERSION,
        "today": clock.today(),
    }
    title = _("Declaration of %(name)s") % {"name": claim.worker.name}
    return render_page(request, "admin/pages/claim_filing_print.html", title=title, context=context)


@page(*FILE)
@require_GET
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """A paper that was just added, to see whether it is legible; each look is logged (invariant 11).

    Of claims that officers fill in, and no others: the desk has the rest.
    """
    found: Paper = get_object_or_404(in_scope(request, Paper).select_related("claim"), pk=pk)
    if found.claim.filed_through != FiledThrough.OFFICER or found.claim.state not in TO_FILL:
        return redirect("admin:claim_filing_find")
    content = actions.view_paper(by=officer(request), paper=found)
    suffix = "pdf" if found.content_type == "application/pdf" else "jpg"
    return to_show(content, f"{found.get_kind_display()}-{found.pk}.{suffix}", found.content_type)


def _claim(request: HttpRequest, pk: int) -> Claim:
    scoped = in_scope(request, Claim).select_related("worker", "filed_by", "coverage__plan_version")
    found: Claim = get_object_or_404(scoped, pk=pk)
    return found


def _elsewhere(request: HttpRequest, claim: Claim) -> HttpResponse | None:
    """Where else the person has to go: this page fills drafts that officers began, and what they are asked.

    A worker's own draft is the worker's: it is not shown.
    """
    if claim.filed_through == FiledThrough.OFFICER and claim.state in TO_FILL:
        return None
    if claim.filed_through == FiledThrough.OFFICER and claim.state != ClaimState.WITHDRAWN:
        return redirect("admin:claim_filing_done", claim.pk)
    messages.info(request, _("This claim is not filled in by an officer."))
    return redirect("admin:claim_filing_find")


def _is_own_draft(claim: Claim) -> bool:
    """A draft that the worker began: nobody else's business until it is sent."""
    return claim.state == ClaimState.DRAFT and claim.filed_through == FiledThrough.WORKER


def _keep(request: HttpRequest, claim: Claim, form: FilingForm) -> list[str]:
    """Keeps what can be kept; says beside the fields what cannot, and answers what is wrong with files."""
    by, values = officer(request), form.typed(claim)
    kept, refused = sorted_out(values)
    form.add_errors(refused)
    try:
        _save(by, claim, kept)
    except Refusal as refusal:
        form.add_error("admitted", str(refusal))
        # Dates that cannot be are left out; everything else is kept all the same.
        _save(by, claim, {name: value for name, value in kept.items() if name not in DATES})
    return _papers(request, claim)


def _save(by: User, claim: Claim, values: dict[str, Any]) -> None:
    if values:
        actions.save_step(by=by, claim=claim, step=claim.step, values=values)


def _papers(request: HttpRequest, claim: Claim) -> list[str]:
    """Takes one paper out, or the files of each kind in; the sentence for each that is refused."""
    by, faults = officer(request), []
    taken_out = request.POST.get("remove", "")
    if taken_out.isdigit():
        paper = get_object_or_404(in_scope(request, Paper).filter(claim=claim), pk=int(taken_out))
        try:
            actions.remove_paper(by=by, paper=paper)
        except Refusal as refusal:
            faults.append(str(refusal))
    for kind in PaperKind:
        for file in request.FILES.getlist(f"paper_{kind}"):
            try:
                actions.add_paper(by=by, claim=claim, kind=kind, content=file.read())
            except Refusal as refusal:
                faults.append(f"{file.name}: {refusal}")
    if too_much(request):
        faults.append(_("That was too much at once. Add the remaining files in a second go."))
    return faults


def _send(request: HttpRequest, claim: Claim, form: FilingForm) -> HttpResponse:
    """Files it, or answers what the worker was asked; what is still missing is named."""
    by = officer(request)
    try:
        if claim.state == ClaimState.ASKED:
            actions.answer(by=by, claim=claim, text=request.POST.get("answer", ""))
        else:
            signed = MEDICAL_VERSION if request.POST.get("signed") == MEDICAL_VERSION else ""
            actions.file_for_worker(by=by, claim=claim, reason=claim.filing_reason, consent_text=signed)
    except Refusal as refusal:
        said = _unsigned() if refusal.code == "consent_missing" else str(refusal)
        return _page(request, _claim(request, claim.pk), form, faults=[said], status=409)
    return redirect("admin:claim_filing_done", claim.pk)


def _unsigned() -> str:
    return _("Tick that the worker signed the declaration. Without it nothing may be sent.")


def _page(
    request: HttpRequest,
    claim: Claim,
    form: FilingForm,
    *,
    faults: list[str] | None = None,
    status: int = 200,
) -> HttpResponse:
    open_questions = in_scope(request, Question).filter(claim=claim, answered_at=None, lapsed_at=None)
    side: Side = side_of(claim)
    context = {
        "claim": claim,
        "person": _people(request, in_scope(request, Worker).filter(pk=claim.worker_id))[0],
        "form": form,
        "kinds": kinds_of(claim),
        "side": side,
        "question": open_questions.first() if claim.state == ClaimState.ASKED else None,
        "faults": faults or [],
        "consent": MEDICAL,
        "consent_version": MEDICAL_VERSION,
        "signed": request.POST.get("signed") == MEDICAL_VERSION,
    }
    title = _("Claim for %(name)s") % {"name": claim.worker.name}
    return render_page(request, "admin/pages/claim_filing.html", title=title, context=context, status=status)


def _people(request: HttpRequest, workers: "QuerySet[Worker]") -> list[Any]:
    """Workers as the pages show them: names in full inside the scope, numbers and phones masked, the
    employers in scope and the cover of today. Four queries.
    """
    documents = in_scope(request, IdentityDocument).filter(retired_at__isnull=True).order_by("pk")
    tied = in_scope(request, Membership).filter(left_on__isnull=True).select_related("enterprise")
    covers = in_scope(request, Coverage).on(clock.today()).select_related("plan")  # type: ignore[attr-defined]
    found: list[Any] = list(
        workers.prefetch_related(
            Prefetch("documents", documents, to_attr="valid_documents"),
            Prefetch("memberships", tied, to_attr="open_memberships"),
            Prefetch("coverages", covers, to_attr="covers_today"),
        )
    )
    for worker in found:
        worker.shown_document = (
            mask_document(worker.valid_documents[0].number) if worker.valid_documents else "–"
        )
        worker.shown_phone = mask_phone(worker.phone) if worker.phone else "–"
        worker.employers = "、".join(one.enterprise.name for one in worker.open_memberships) or "–"
    return found


def _listed(claims: "QuerySet[Claim]") -> list[Claim]:
    return list(claims.select_related("worker", "filed_by").order_by("-pk")[:LISTED])
