"""Putting right what was submitted: typed, compared old with new, then confirmed (case C114)."""

import copy
import hashlib
import json
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.http import require_http_methods

from unionbenefits.backoffice.pages.base import page, render_page
from unionbenefits.backoffice.pages.claim_filing_form import SEALED, FilingForm
from unionbenefits.backoffice.pages.claims_desk_turns import CORRECTABLE, DECIDE
from unionbenefits.backoffice.pages.claims_desk_view import one_claim, working_of
from unionbenefits.backoffice.pages.claims_desk_viewer import viewer_of
from unionbenefits.backoffice.pages.officers import officer
from unionbenefits.claims import actions
from unionbenefits.claims.actions.drafts import check_dates
from unionbenefits.claims.entries import sorted_out
from unionbenefits.claims.models import Claim
from unionbenefits.claims.queries import coverage_for, missing_facts, verdict_for
from unionbenefits.claims.texts import FIELDS, LABELS, tidied
from unionbenefits.claims.versions import Change, shown
from unionbenefits.core.errors import Refusal

_MISSING = gettext_lazy("A filed claim needs this. Write it as on the paper.")


class CorrectForm(FilingForm):
    """The fields of the claim, the reason for changing them, and the version that the page showed."""

    def __init__(self, claim: Claim, data: Any = None) -> None:
        super().__init__(claim, data)
        self.fields["version"] = forms.IntegerField(widget=forms.HiddenInput, initial=claim.version)
        self.fields["reason"] = forms.CharField(
            label=_("Why is it corrected?"),
            max_length=200,
            error_messages={"required": _("Write down why.")},
            widget=forms.Textarea(attrs={"rows": 2}),
            help_text=_("Stays in the history of the claim; whoever reviews it reads this."),
        )


@page(DECIDE)
@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """The form; what was typed beside what stands; then, confirmed, a new version of the claim."""
    claim = one_claim(request, pk)
    if claim.state not in CORRECTABLE:
        messages.error(
            request,
            _("The claim is now “%(state)s”; its facts cannot be corrected.")
            % {"state": claim.get_state_display()},
        )
        return redirect("admin:claim_desk", pk=pk)
    if request.method == "GET":
        return _form_page(request, claim, CorrectForm(claim))
    shown_version = _number(request.POST.get("version", ""))
    if shown_version != claim.version:
        return _stale(request, claim, shown_version)
    form = CorrectForm(claim, request.POST)
    values, refused = sorted_out(form.typed(claim))
    form.add_errors(refused)
    values = _different(claim, values)
    after = _after(claim, values)
    for name in [] if form.errors else missing_facts(after):
        form.add_error(name, str(_MISSING))
    return _compared(request, claim, form, values, after)


def _compared(
    request: HttpRequest, claim: Claim, form: CorrectForm, values: dict[str, Any], after: Claim
) -> HttpResponse:
    """What changes and what the rules say then; writes once exactly that was confirmed."""
    if not form.errors and not values:
        form.add_error(None, _("Nothing differs from what the claim says. Change what is wrong."))
    if not form.errors:
        try:
            check_dates(after)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    if form.errors:
        return _form_page(request, claim, form, status=422)
    digest = _digest(values)
    if request.POST.get("confirmed") != digest:
        context = {
            "changes": _changes(claim, values),
            "digest": digest,
            "then": working_of(verdict_for(after)),
        }
        return _form_page(request, claim, form, context)
    try:
        actions.correct(
            by=officer(request),
            claim=claim,
            version=form.cleaned_data["version"],
            values=values,
            reason=form.cleaned_data["reason"],
        )
    except Refusal as refusal:
        if refusal.code == "claim_changed":
            return _stale(request, one_claim(request, claim.pk), claim.version)
        form.add_error(None, str(refusal))
        return _form_page(request, claim, form, status=409)
    messages.success(request, _("Corrected. What was decided before is void; the claim is to be decided."))
    return redirect("admin:claim_desk", pk=claim.pk)


def _form_page(
    request: HttpRequest,
    claim: Claim,
    form: CorrectForm,
    context: dict[str, Any] | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    return render_page(
        request,
        "admin/pages/claim_correct.html",
        title=_("Correct the facts"),
        context={"claim": claim, "form": form, **viewer_of(request, claim), **(context or {})},
        status=status,
    )


def _stale(request: HttpRequest, claim: Claim, shown_version: int) -> HttpResponse:
    """A fresh form on which only what the person typed differs from the claim as it is now."""
    base = _as_typed(claim, shown_version)
    fresh = CorrectForm(claim)
    data: QueryDict = request.POST.copy()
    touched = []
    for name in FIELDS:
        if name in SEALED:
            continue
        if data.get(name, "") == base.get(name, ""):
            data[name] = fresh.initial[name] or ""
        elif base.get(name, "") != (fresh.initial[name] or ""):
            touched.append(str(LABELS[name]))
    data["version"] = str(claim.version)
    form = CorrectForm(claim, data)
    form.add_error(
        None,
        _(
            "The claim was changed meanwhile, so nothing was written. Below it stands as it is now, with "
            "what you typed. Compare, then go on."
        ),
    )
    if touched:
        form.add_error(
            None,
            _("Changed meanwhile, and typed by you as well: %(fields)s.") % {"fields": ", ".join(touched)},
        )
    return _form_page(request, claim, form, status=409)


def _as_typed(claim: Claim, version: int) -> dict[str, str]:
    """The fields as the form of that version showed them."""
    kept = claim.versions.filter(version=version).first()
    if kept is None:
        return {}
    values = kept.facts | json.loads(kept.sealed)
    return {name: values.get(name) or "" for name in FIELDS}


def _different(claim: Claim, values: dict[str, Any]) -> dict[str, Any]:
    """Those that say something else than the claim: 7,000 is 7000.00."""
    return {
        name: value for name, value in values.items() if tidied({name: value})[name] != getattr(claim, name)
    }


def _after(claim: Claim, values: dict[str, Any]) -> Claim:
    """The claim as it would be, unsaved."""
    after = copy.copy(claim)
    after._state = copy.copy(claim._state)
    for name, value in tidied(values).items():
        setattr(after, name, value)
    if {"admitted", "discharged"} & values.keys() and after.admitted is not None:
        after.coverage = coverage_for(claim.worker, after.admitted, after.discharged)
    return after


def _changes(claim: Claim, values: dict[str, Any]) -> list[Change]:
    columns = tidied(values)
    return [
        Change(name, LABELS[name], shown(name, getattr(claim, name)), shown(name, columns[name]))
        for name in LABELS
        if name in values
    ]


def _digest(values: dict[str, Any]) -> str:
    """What is confirmed: exactly these values."""
    said = json.dumps({name: str(value) for name, value in values.items()}, sort_keys=True)
    return hashlib.sha256(said.encode()).hexdigest()[:24]


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0
