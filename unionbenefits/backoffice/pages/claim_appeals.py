"""Appeals: decided by somebody who had no part in the first decision; differences of other stays settled."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import Promise
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from unionbenefits.backoffice.pages import listing
from unionbenefits.backoffice.pages.base import in_scope, page, render_page
from unionbenefits.backoffice.pages.officers import officer
from unionbenefits.backoffice.pages.paging import keyset
from unionbenefits.claims import actions
from unionbenefits.claims.enums import AppealState
from unionbenefits.claims.frozen import lines_of, notes_of
from unionbenefits.claims.models import Appeal, Decision
from unionbenefits.claims.wording import sentence
from unionbenefits.core.errors import Refusal

VIEW = ("claims.view_appeal", "claims.view_decision")
DECIDE = "claims.decide_appeal"
TONES = {"open": "warn", "granted": "good"}


class AppealForm(forms.Form):
    """What becomes of the appeal, and the words that the worker reads."""

    outcome = forms.ChoiceField(
        label=gettext_lazy("Decision on the appeal"),
        choices=[
            ("grant", gettext_lazy("Granted: the claim is decided anew, by other people than at first")),
            ("dismiss", gettext_lazy("Dismissed: the first decision stands")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what becomes of the appeal.")},
    )
    answer = forms.CharField(
        label=gettext_lazy("Answer to the worker"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy(
            "The worker reads these words. Answer what was said to be wrong, point by point."
        ),
        error_messages={"required": gettext_lazy("Write the answer that the worker gets.")},
    )


@dataclass(frozen=True, slots=True)
class Working:
    """A frozen decision, line by line."""

    lines: list[tuple[Decimal, str]]
    notes: list[str]


def working_of(decision: Decision) -> Working:
    """The stored lines and reasons as sentences, in the reader's language."""
    notes = (*notes_of(decision.reasons), *notes_of(decision.flags))
    return Working(
        lines=[(line.amount, sentence(line)) for line in lines_of(decision.lines)],
        notes=[sentence(note) for note in notes],
    )


@page(*VIEW)
@require_GET
def appeals(request: HttpRequest) -> HttpResponse:
    """The appeals of one state, the open ones first: the oldest of them at the top."""
    scoped = in_scope(request, Appeal)
    state = request.GET.get("state", AppealState.OPEN)
    state = state if state in AppealState.values else AppealState.OPEN
    shown = scoped.filter(state=state).select_related("claim__worker", "decision", "decided_by")
    rows = keyset(request, shown, descending=state != AppealState.OPEN)
    for appeal in rows.rows:
        appeal.is_own = request.user.pk in _people_of(appeal.decision)
    context = {
        "rows": rows,
        "tabs": listing.tabs(AppealState.choices, listing.tally(scoped, "state"), chosen=state, tones=TONES),
    }
    return render_page(request, "admin/pages/claim_appeals.html", title=_("Appeals"), context=context)


@page(*VIEW)
@require_http_methods(["GET", "POST"])
def appeal(request: HttpRequest, pk: int) -> HttpResponse:
    """The claim, the first decision with its lines, what the worker says, and the answer."""
    scoped = in_scope(request, Appeal).select_related(
        "claim__worker",
        "claim__coverage__plan",
        "decision__decided_by",
        "decision__reviewed_by",
        "decision__approved_by",
        "decided_by",
    )
    found: Appeal = get_object_or_404(scoped, pk=pk)
    form = AppealForm(request.POST or None)
    if request.method == "GET":
        return _page(request, found, form)
    if not request.user.has_perm(DECIDE):
        return _page(request, found, form, status=403)
    if not form.is_valid():
        return _page(request, found, form, status=422)
    grant = form.cleaned_data["outcome"] == "grant"
    try:
        actions.decide_appeal(
            by=officer(request), appeal=found, grant=grant, answer=form.cleaned_data["answer"]
        )
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return _page(request, found, form, status=409)
    messages.success(
        request,
        _("Granted. The claim is back at the desk and the worker is told.")
        if grant
        else _("Dismissed. The decision stands and the worker is told."),
    )
    return redirect("admin:appeal_page", pk)


def _page(request: HttpRequest, found: Appeal, form: AppealForm, status: int = 200) -> HttpResponse:
    why_not = _why_not(request, found)
    answering = in_scope(request, Decision).filter(appeal=found).select_related("decided_by").order_by("-pk")
    context = {
        "appeal": found,
        "claim": found.claim,
        "decision": found.decision,
        "working": working_of(found.decision),
        "form": form,
        "is_open": found.state == AppealState.OPEN,
        "why_not": why_not,
        "answering": answering.first() if found.state == AppealState.GRANTED else None,
    }
    title = _("Appeal about %(number)s") % {"number": found.claim.number}
    return render_page(request, "admin/pages/claim_appeal.html", title=title, context=context, status=status)


def _why_not(request: HttpRequest, found: Appeal) -> str | Promise:
    """Why the person cannot decide; empty for whoever can."""
    if found.state != AppealState.OPEN:
        return ""
    if request.user.pk in _people_of(found.decision):
        return _("You had a part in the first decision. Another officer decides the appeal.")
    if not request.user.has_perm(DECIDE):
        return _("Appeals are decided by claims officers, reviewers and approvers.")
    return ""


def _people_of(decision: Decision) -> set[Any]:
    return {decision.decided_by_id, decision.reviewed_by_id, decision.approved_by_id}
