"""Decisions on held rows: one by one, alike for many, undone, and taken over once the roster is applied."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _, ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from unionbenefits.backoffice.pages import roster_view
from unionbenefits.backoffice.pages.base import in_scope, one_in_scope, page, render_page
from unionbenefits.backoffice.pages.officers import officer
from unionbenefits.backoffice.pages.paging import keyset
from unionbenefits.backoffice.pages.roster_titles import IN_BULK, TITLES
from unionbenefits.core.errors import Refusal
from unionbenefits.core.scope import of_request
from unionbenefits.workers.models import PairDecision, Roster
from unionbenefits.workers.roster import deciding, decisions, pairs
from unionbenefits.workers.roster.choices import IN_BULK as BULK
from unionbenefits.workers.roster.codes import Code
from unionbenefits.workers.roster.states import RowChoice

VIEW = "workers.view_roster"
APPLY = "workers.apply_roster"
SHOWN = 20


def _roster(request: HttpRequest, pk: int) -> Roster:
    return get_object_or_404(in_scope(request, Roster).select_related("enterprise", "uploaded_by"), pk=pk)


def _back(request: HttpRequest, pk: int) -> HttpResponse:
    """To the review page, at the rows that were being looked at."""
    kept = {name: request.POST.get(name, "")[:60] for name in ("show", "code", "after")}
    query = urlencode({name: value for name, value in kept.items() if value})
    return redirect(reverse("admin:roster_review", args=[pk]) + (f"?{query}" if query else ""))


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0


@page(APPLY)
@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Settles one finding of one row."""
    roster = _roster(request, pk)
    given = request.POST
    try:
        decisions.settle_row(
            by=officer(request),
            roster=roster,
            row=_number(given.get("row", "")),
            code=given.get("about", ""),
            field=given.get("field", ""),
            choice=given.get("choice", ""),
            value=given.get("value", ""),
        )
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return _back(request, pk)


@page(APPLY)
@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes a decision back."""
    roster = _roster(request, pk)
    try:
        decisions.undo_decision(
            by=officer(request), roster=roster, decision=_number(request.POST.get("decision", ""))
        )
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return _back(request, pk)


@page(APPLY)
@require_http_methods(["GET", "HEAD", "POST"])
def decide_all(request: HttpRequest, pk: int) -> HttpResponse:
    """The same decision for all rows of a kind: first how many and which, then the deed."""
    roster = _roster(request, pk)
    given = request.POST if request.method == "POST" else request.GET
    code, choice = given.get("about", ""), given.get("choice", "")
    if (code, choice) not in BULK:
        messages.error(request, _("This cannot be decided for all rows at once."))
        return redirect("admin:roster_review", pk=pk)
    if request.method == "POST":
        return _decide_all(request, roster, code, choice)
    return _preview(request, roster, Code(code), RowChoice(choice))


def _preview(request: HttpRequest, roster: Roster, code: Code, choice: RowChoice) -> HttpResponse:
    found = deciding.rows_for(roster, code, choice)
    context = roster_view.frame(roster) | {
        "about": code.value,
        "what": TITLES[code],
        "choice": choice.value,
        "deed": IN_BULK[choice],
        "count": len(found),
        "columns": roster_view.column_titles(),
        "rows": roster_view.row_views(roster, found[:SHOWN]),
        "several_sheets": len(roster.sheets) > 1,
    }
    return render_page(
        request, "admin/pages/roster_decide_all.html", title=_("Decide for many rows"), context=context
    )


def _decide_all(request: HttpRequest, roster: Roster, code: str, choice: str) -> HttpResponse:
    held = int(roster.counts.get("hold", 0))
    try:
        settled = decisions.settle_all(
            by=officer(request),
            roster=roster,
            code=code,
            choice=choice,
            verdict_digest=request.POST.get("verdict_digest", ""),
        )
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("admin:roster_review", pk=roster.pk)
    freed = held - int(settled.counts["hold"])
    sentence = ngettext("%(count)d row is no longer on hold.", "%(count)d rows are no longer on hold.", freed)
    messages.success(request, sentence % {"count": freed})
    return redirect("admin:roster_review", pk=roster.pk)


@page(APPLY)
@require_POST
def apply_settled(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes over, of an applied roster, the rows that were settled since; again changes nothing."""
    roster = _roster(request, pk)
    try:
        decisions.apply_settled(
            by=officer(request), roster=roster, verdict_digest=request.POST.get("verdict_digest", "")
        )
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The settled rows were taken over."))
    return redirect("admin:roster_review", pk=pk)


@page(APPLY)
@require_GET
def decided_pairs(request: HttpRequest) -> HttpResponse:
    """What is remembered about documents and people in scope: never asked again until withdrawn."""
    found = in_scope(request, PairDecision).filter(withdrawn_at__isnull=True)
    rows: Any = keyset(request, found.select_related("worker", "decided_by"), descending=True)
    return render_page(
        request, "admin/pages/roster_pairs.html", title=_("Decided pairs"), context={"rows": rows}
    )


@page(APPLY)
@require_POST
def withdraw_pair(request: HttpRequest, pk: int) -> HttpResponse:
    """Lets a pair be asked about again."""
    pair = one_in_scope(request, PairDecision, pk)
    try:
        pairs.withdraw_pair(by=officer(request), pair=pair, scope=of_request(request))
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Withdrawn. The next roster with this document asks again."))
    return redirect("admin:roster_pairs")
