"""Rosters: upload, watch the judging, read the verdicts, confirm or discard, take the marked workbook."""

import hashlib
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from unionbenefits.backoffice.pages import listing, roster_view
from unionbenefits.backoffice.pages.base import in_scope, page, render_page
from unionbenefits.backoffice.pages.forms import UploadForm
from unionbenefits.backoffice.pages.officers import officer
from unionbenefits.backoffice.pages.paging import keyset
from unionbenefits.core.answers import as_file
from unionbenefits.core.errors import Refusal
from unionbenefits.core.scope import of_request
from unionbenefits.core.sheets import XLSX
from unionbenefits.enterprises.models import Enterprise
from unionbenefits.workers.models import Roster
from unionbenefits.workers.roster import actions, queries, report
from unionbenefits.workers.roster.fetching import fetch_report
from unionbenefits.workers.roster.states import RosterMode, RosterState

VIEW = "workers.view_roster"
UPLOAD = "workers.upload_roster"
APPLY = "workers.apply_roster"
RUNNING = (RosterState.UPLOADED, RosterState.JUDGING, RosterState.APPLYING)
OPEN = (RosterState.UPLOADED, RosterState.JUDGING, RosterState.JUDGED, RosterState.APPLYING)
STATE_TONES = {"judged": "warn", "refused": "bad", "failed": "bad", "applied": "good"}


@page(VIEW)
@require_GET
def rosters(request: HttpRequest) -> HttpResponse:
    """The rosters in scope, the newest first, by state."""
    scoped = in_scope(request, Roster)
    state = request.GET.get("state", "")
    state = state if state in RosterState.values else ""
    chosen = scoped.filter(state=state) if state else scoped
    rows = keyset(request, chosen.select_related("enterprise", "uploaded_by"), descending=True)
    return render_page(
        request,
        "admin/pages/rosters.html",
        title=_("Rosters"),
        context={
            "rows": rows,
            "tabs": listing.tabs(
                RosterState.choices,
                listing.tally(scoped, "state"),
                chosen=state,
                everything=_("All"),
                tones=STATE_TONES,
            ),
        },
    )


@page(UPLOAD)
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """The upload page, and the upload itself."""
    if request.method != "POST":
        form = UploadForm(request, initial=_own_enterprise(request))
        return _upload_page(request, form)
    form = UploadForm(request, request.POST, request.FILES)
    if not form.is_valid():
        return _upload_page(request, form, status=422)
    return _receive(request, form)


def _own_enterprise(request: HttpRequest) -> dict[str, Any]:
    """Preselects the enterprise of whoever serves only one; `?enterprise=` of a link chooses too."""
    own = list(in_scope(request, Enterprise).values_list("pk", flat=True)[:2])
    asked = request.GET.get("enterprise", "")
    chosen = own[0] if len(own) == 1 else (asked if asked.isdigit() else None)
    return {"enterprise": chosen, "mode": RosterMode.ADDITIONS}


def _upload_page(request: HttpRequest, form: UploadForm, *, status: int = 200) -> HttpResponse:
    return render_page(
        request,
        "admin/pages/roster_upload.html",
        title=_("Upload a roster"),
        status=status,
        context={
            "form": form,
            "limit": settings.ROSTER_MAX_BYTES // (1024 * 1024),
            "steps": listing.steps(roster_view.STEPS, 0),
        },
    )


def _receive(request: HttpRequest, form: UploadForm) -> HttpResponse:
    """Hands the file to the judge; the same file again while its roster is open leads to that roster."""
    given, content = form.cleaned_data, form.cleaned_data["file"].read()
    waiting = in_scope(request, Roster).filter(
        enterprise=given["enterprise"],
        mode=given["mode"],
        file_sha256=hashlib.sha256(content).hexdigest(),
        state__in=OPEN,
    )
    known = waiting.order_by("-pk").first()
    if known is not None:
        messages.info(request, _("This file is already here. Nothing was uploaded twice."))
        return redirect("admin:roster_review", pk=known.pk)
    scope = of_request(request)
    try:
        roster = actions.receive_roster(
            by=officer(request),
            enterprise=given["enterprise"],
            file_name=given["file"].name,
            content=content,
            mode=RosterMode(given["mode"]),
            as_clerk=not scope.union_paths and not scope.everything,
        )
    except Refusal as refusal:
        form.add_error("file", str(refusal))
        return _upload_page(request, form, status=409)
    return redirect("admin:roster_review", pk=roster.pk)


@page(UPLOAD)
@require_GET
def template(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - every view gets its request
    """The empty workbook with the right headings and lists."""
    return as_file(report.template_workbook(), _("Roster template") + ".xlsx", XLSX)


@page(VIEW)
@require_GET
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """A roster wherever it stands: being judged, to be confirmed, applied, refused."""
    roster = _roster(request, pk)
    return _review(request, roster)


def _roster(request: HttpRequest, pk: int) -> Roster:
    scoped = in_scope(request, Roster).select_related("enterprise", "uploaded_by", "confirmed_by")
    return get_object_or_404(scoped, pk=pk)


def _review(request: HttpRequest, roster: Roster) -> HttpResponse:
    context = roster_view.frame(roster) | {
        "can_upload": request.user.has_perm(UPLOAD),
        "can_apply": request.user.has_perm(APPLY),
    }
    if roster.state in RUNNING:
        return render_page(request, "admin/pages/roster_progress.html", title=_("Roster"), context=context)
    if roster.state in {RosterState.REFUSED, RosterState.FAILED, RosterState.DISCARDED}:
        context["sentence"] = queries.refusal_text(roster)
        return render_page(request, "admin/pages/roster_ended.html", title=_("Roster"), context=context)
    context |= roster_view.verdicts(request, roster)
    return render_page(request, "admin/pages/roster_review.html", title=_("Roster"), context=context)


@page(VIEW)
@require_GET
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """The progress bar alone, asked for every second; once the work is done the page loads afresh."""
    roster = _roster(request, pk)
    if roster.state not in RUNNING:
        return HttpResponse(status=204, headers={"HX-Refresh": "true"})
    return render(request, "admin/pages/parts/progress.html", roster_view.frame(roster))


@page(UPLOAD)
@require_GET
def marked_workbook(request: HttpRequest, pk: int) -> HttpResponse:
    """The clerk's own workbook with the faulty cells marked and the reasons beside them; logged."""
    roster = _roster(request, pk)
    try:
        content = fetch_report(by=officer(request), roster=roster)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("admin:roster_review", pk=pk)
    stem = roster.file_name.rsplit(".", 1)[0]
    return as_file(content, _("%(file)s (checked)") % {"file": stem} + ".xlsx", XLSX)


@page(APPLY)
@require_POST
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirms the verdicts that the page showed, named by their digest; again changes nothing."""
    roster = _roster(request, pk)
    if roster.state in {RosterState.APPLYING, RosterState.APPLIED}:
        messages.info(request, _("This roster was already confirmed. Nothing was done twice."))
        return redirect("admin:roster_review", pk=pk)
    try:
        actions.confirm_roster(
            by=officer(request),
            roster=roster,
            verdict_digest=request.POST.get("verdict_digest", ""),
            leavers=_leavers(request, roster),
        )
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("admin:roster_review", pk=pk)


def _leavers(request: HttpRequest, roster: Roster) -> list[int] | None:
    """Who of the missing has left: nobody, everybody, or those ticked on the page."""
    chosen = request.POST.get("leavers", "none")
    if roster.mode != RosterMode.FULL or chosen == "none":
        return None
    if chosen == "ticked":
        return [int(text) for text in request.POST.getlist("leaver") if text.isdigit()]
    everybody: list[int] = []
    after: int | None = 0
    while after is not None:
        found = queries.leavers_page(roster, after=after, limit=1000)
        everybody += [leaver.pk for leaver in found.leavers]
        after = found.next_after
    return everybody


@page(UPLOAD)
@require_POST
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Throws the roster's rows and file away; the register stays as it is."""
    roster = _roster(request, pk)
    try:
        actions.discard_roster(by=officer(request), roster=roster)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("admin:roster_review", pk=pk)
    messages.success(request, _("Discarded. Nothing was taken over from this file."))
    return redirect("admin:roster_list")


@page(VIEW)
@require_GET
def sheets(request: HttpRequest, pk: int) -> HttpResponse:
    """How each sheet was understood, and the form that corrects it."""
    roster = _roster(request, pk)
    context = roster_view.frame(roster) | {
        "sheets": roster_view.sheets(roster),
        "fields": roster_view.FIELDS,
        "can_upload": request.user.has_perm(UPLOAD)
        and roster.state in {RosterState.JUDGED, RosterState.REFUSED},
    }
    return render_page(
        request, "admin/pages/roster_sheets.html", title=_("Sheets and columns"), context=context
    )


@page(UPLOAD)
@require_POST
def remap(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes the corrected heading lines and columns and has the roster judged again."""
    roster = _roster(request, pk)
    try:
        actions.remap_roster(
            by=officer(request), roster=roster, mapping=roster_view.mapping_of(request.POST, roster)
        )
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("admin:roster_sheets", pk=pk)
    return redirect("admin:roster_review", pk=pk)
