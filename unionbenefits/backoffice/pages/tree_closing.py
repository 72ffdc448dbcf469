"""Closing an enterprise: last day, what becomes of its members, what will happen, confirm; and the undo."""

import datetime as dt
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from unionbenefits.access.places import place_named
from unionbenefits.access.roles import Role
from unionbenefits.backoffice.pages.base import in_scope, one_in_scope, page, render_page
from unionbenefits.backoffice.pages.officers import officer
from unionbenefits.core import clock, scope as scopes
from unionbenefits.core.errors import Refusal
from unionbenefits.enterprises.models import Enterprise
from unionbenefits.workers.closing import (
    CLOSE,
    Closing,
    close_enterprise,
    closing_of,
    preview_closing,
    reopen_enterprise,
)

SEE = "enterprises.view_enterprise"
_OFFERED = 300
_FIELDS = ("last_day", "members", "to")


class ClosingForm(forms.Form):
    """What the preview asks for."""

    last_day = forms.DateField(
        label=gettext_lazy("Last day"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=gettext_lazy("Today or a day before. The day after, nobody serves there any more."),
    )
    members = forms.ChoiceField(
        label=gettext_lazy("Its members"),
        choices=[
            ("end", gettext_lazy("Their membership ends with the last day")),
            ("move", gettext_lazy("They go on at another enterprise from the next day")),
        ],
        widget=forms.RadioSelect,
    )
    to = forms.CharField(
        label=gettext_lazy("Other enterprise"),
        required=False,
        max_length=120,
        help_text=gettext_lazy("Only where they go on: full name or credit code."),
        widget=forms.TextInput(attrs={"list": "units", "autocomplete": "off"}),
    )


@page(SEE, CLOSE, fresh=True)
@require_http_methods(["GET", "POST"])
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Asked, shown, confirmed; a closed one with what was done."""
    enterprise = one_in_scope(request, Enterprise, pk)
    if request.method == "POST":
        return _closed(request, enterprise)
    made = closing_of(enterprise)
    context: dict[str, Any] = {"enterprise": enterprise, "made": made}
    if made is not None:
        context["may_undo"] = clock.now() <= made.undo_until
    else:
        asked = {name: request.GET[name] for name in _FIELDS if name in request.GET}
        form = ClosingForm(asked or None, initial={"last_day": clock.today(), "members": "end"})
        others = in_scope(request, Enterprise).filter(closed_on__isnull=True).exclude(pk=pk)
        context |= {
            "form": form,
            "asked": asked,
            "units": list(others.order_by("name").values_list("name", "credit_code")[:_OFFERED]),
        }
        if asked and form.is_valid():
            context |= _shown(request, enterprise, form)
    title = _("Close an enterprise")
    return render_page(request, "admin/pages/enterprise_close.html", title=title, context=context)


def _shown(request: HttpRequest, enterprise: Enterprise, form: ClosingForm) -> dict[str, Any]:
    try:
        seen = _preview(request, enterprise, form)
    except Refusal as refusal:
        form.add_error("to" if refusal.code.startswith("place_") else "last_day", str(refusal))
        return {}
    return {"seen": seen, "blocked": any(matter.blocks for matter in seen.matters)}


def _preview(request: HttpRequest, enterprise: Enterprise, form: ClosingForm) -> Closing:
    return preview_closing(
        by=officer(request),
        enterprise=enterprise,
        last_day=form.cleaned_data["last_day"],
        move_to=_target(request, form),
    )


def _target(request: HttpRequest, form: ClosingForm) -> Enterprise | None:
    if form.cleaned_data["members"] != "move":
        return None
    text = form.cleaned_data["to"].strip()
    found = place_named(scopes.of_request(request), text, Role.ENTERPRISE_CLERK)
    assert isinstance(found, Enterprise)
    return found


def _closed(request: HttpRequest, enterprise: Enterprise) -> HttpResponse:
    form = ClosingForm(request.POST)
    back = reverse("admin:enterprise_close", args=[enterprise.pk])
    if not form.is_valid():
        messages.error(request, _("Enter the last day and what becomes of the members."))
        return redirect(back)
    last_day: dt.date = form.cleaned_data["last_day"]
    try:
        made = close_enterprise(
            by=officer(request),
            enterprise=enterprise,
            last_day=last_day,
            reason=request.POST.get("reason", ""),
            move_to=_target(request, form),
            digest=request.POST.get("digest", ""),
        )
    except Refusal as refusal:
        messages.error(request, str(refusal))
        asked = {name: request.POST.get(name, "") for name in _FIELDS}
        return redirect(f"{back}?{urlencode(asked)}")
    done = _("%(name)s is closed with %(day)s as its last day. Memberships that ended: %(count)d.")
    named = {"name": enterprise.name, "day": last_day.isoformat(), "count": len(made.ended)}
    messages.success(request, done % named)
    return redirect(back)


@page(SEE, CLOSE, fresh=True)
@require_POST
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Undoes the closing."""
    enterprise = one_in_scope(request, Enterprise, pk)
    try:
        made = reopen_enterprise(by=officer(request), enterprise=enterprise)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("%(name)s is open again.") % {"name": enterprise.name})
        if made.moved_to_id is not None:
            messages.warning(request, _("Members who went to another enterprise stay there."))
    return redirect("admin:enterprise_close", pk)
