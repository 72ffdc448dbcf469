"""Changes of phones: for whoever answers for the officers. Unusual ones first, each can be taken back."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from unionbenefits.backoffice.pages.base import in_scope, one_in_scope, page, render_page
from unionbenefits.backoffice.pages.officers import officer
from unionbenefits.backoffice.pages.paging import Page, keyset
from unionbenefits.backoffice.pages.waiting import Work
from unionbenefits.core import clock
from unionbenefits.core.errors import Refusal
from unionbenefits.workers import phone_changes, phone_watch
from unionbenefits.workers.models import PhoneChange

VIEW = "workers.view_phonechange"
TAKE_BACK = "workers.take_back_phone"
SHOWN = 25
_PEOPLE = ("worker", "officer", "taken_back_by", "examined_by")


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
    scoped = _scoped(request)
    shared = phone_watch.several_people(scoped)
    context = {
        "tallies": phone_watch.tallies(scoped, shared),
        "rows": _page_of(request, scoped, shared),
        "waiting": _waiting(request, scoped, shared) if request.user.has_perm(TAKE_BACK) else [],
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


@page(VIEW, TAKE_BACK)
@require_POST
def examined(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody has looked at an unusual change and asked the officer."""
    change = one_in_scope(request, PhoneChange, pk)
    try:
        phone_changes.examine(by=officer(request), change=change)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Written down: you have examined it."))
    return redirect("admin:phone_changes")


def waiting(request: HttpRequest) -> list[Work]:
    """For the home page of a superior."""
    if not request.user.has_perms([VIEW, TAKE_BACK]):
        return []
    return [
        Work(
            phone_watch.to_examine(_scoped(request), officer(request)),
            _("Unusual changes of phones"),
            _("Whoever changes a phone can open the person's page: look, and ask the officer."),
            reverse("admin:phone_changes"),
        )
    ]


def _scoped(request: HttpRequest) -> Any:
    return in_scope(request, PhoneChange)


def _waiting(request: HttpRequest, scoped: Any, shared: set[bytes]) -> list[PhoneChange]:
    """The oldest of those that nobody has examined."""
    waiting = phone_watch.to_examine(scoped, officer(request)).select_related(*_PEOPLE)
    rows = list(waiting.order_by("pk")[:SHOWN])
    for row in rows:
        _describe(request, row, shared)
        row.waits = True  # type: ignore[attr-defined]
    return rows


def _page_of(request: HttpRequest, scoped: Any, shared: set[bytes]) -> Page:
    rows = keyset(request, scoped.select_related(*_PEOPLE), descending=True, size=SHOWN)
    for row in rows.rows:
        _describe(request, row, shared)
    return rows


def _describe(request: HttpRequest, row: Any, shared: set[bytes]) -> None:
    first, after = phone_watch.OFFICE_HOURS
    row.is_several = bytes(row.new_digest) in shared
    row.is_odd = row.officer_id is not None and not first <= clock.local(row.changed_at).hour < after
    row.can_go_back = (
        row.old_phone is not None and row.taken_back_at is None and row.officer_id != request.user.pk
    )
