"""Changes of phones: for whoever answers for the officers. Unusual ones first, each can be taken back."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from unionbenefits.backoffice.pages.base import in_scope, one_in_scope, page, render_page
from unionbenefits.backoffice.pages.officers import officer
from unionbenefits.backoffice.pages.paging import Page, keyset
from unionbenefits.core import clock
from unionbenefits.core.errors import Refusal
from unionbenefits.workers import phone_changes, phone_watch
from unionbenefits.workers.models import PhoneChange

VIEW = "workers.view_phonechange"
TAKE_BACK = "workers.take_back_phone"
SHOWN = 25


class TakeBackForm(forms.Form):
    """Who objected, and how that was made sure of."""

    reason = forms.CharField(
        label=gettext_lazy("Who objected, and how you made sure"),
        help_text=gettext_lazy("Such as: holder of the old number came with the identity card."),
        max_length=200,
        error_messages={"required": gettext_lazy("Write down who objected, and how you made sure.")},
    )


@page(VIEW)
@require_GET
def changes(request: HttpRequest) -> HttpResponse:
    """The officers of the last 30 days, the most unusual first; every change in scope, the newest first."""
    scoped: Any = in_scope(request, PhoneChange)
    shared = phone_watch.several_people(scoped)
    context = {
        "tallies": phone_watch.tallies(scoped, shared),
        "rows": _rows(request, scoped, shared),
        "may_take_back": request.user.has_perm(TAKE_BACK),
    }
    return render_page(
        request, "admin/pages/phone_changes.html", title=_("Changes of phones"), context=context
    )


@page(VIEW, TAKE_BACK, fresh=True)
@require_http_methods(["GET", "POST"])
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Puts the former number back, because its holder objects."""
    change = one_in_scope(request, PhoneChange, pk)
    form = TakeBackForm(request.POST or None)
    if form.is_valid():
        try:
            phone_changes.take_back(by=officer(request), change=change, reason=form.cleaned_data["reason"])
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The former number is back on file. Every session was ended."))
            return redirect("admin:phone_changes")
    context = {"change": change, "form": form}
    status = 422 if request.method == "POST" else 200
    title = _("Take a change of a phone back")
    return render_page(
        request, "admin/pages/phone_take_back.html", title=title, context=context, status=status
    )


def _rows(request: HttpRequest, scoped: Any, shared: set[bytes]) -> Page:
    rows = keyset(
        request, scoped.select_related("worker", "officer", "taken_back_by"), descending=True, size=SHOWN
    )
    first, after = phone_watch.OFFICE_HOURS
    for row in rows.rows:
        row.is_several = bytes(row.new_digest) in shared
        row.is_odd = row.officer_id is not None and not first <= clock.local(row.changed_at).hour < after
        row.can_go_back = (
            row.old_phone is not None and row.taken_back_at is None and row.officer_id != request.user.pk
        )
    return rows
