"""Changing many rows at once: the value and its preview, then what was done, with the undo."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from unionbenefits.backoffice.pages.base import page, render_page
from unionbenefits.backoffice.pages.officers import officer
from unionbenefits.core import clock
from unionbenefits.core.errors import Refusal
from unionbenefits.core.scope import of_request
from unionbenefits.workers import bulk
from unionbenefits.workers.enums import Occupation
from unionbenefits.workers.models import BulkChange, BulkKind, BulkState, Membership

SHOWN = 100


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the preview; `reason` is empty for one that changes."""

    name: str
    where: str
    held: str
    reason: str


@page()
@require_GET
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """The draft with its preview for the value asked for; a done change with its outcome."""
    found = _one(request, pk)
    context: dict[str, Any] = {"change": found, "register": _register(found)}
    if found.state == BulkState.DRAFT:
        context |= _preview(request, found)
    else:
        left_out = [(bulk.LEFT_OUT[reason], count) for reason, count in found.left_out.items()]
        context |= {
            "left_out": left_out,
            "value_shown": _value_words(found.kind, found.value),
            "may_undo": found.state == BulkState.DONE
            and found.undo_until
            and clock.now() <= found.undo_until,
            "restored": len(found.before) - found.kept,
        }
    return render_page(
        request, "admin/pages/bulk_change.html", title=found.get_kind_display(), context=context
    )


@page()
@require_POST
def do(request: HttpRequest, pk: int) -> HttpResponse:
    """Does what the preview showed."""
    found = _one(request, pk)
    text = request.POST.get("value", "")
    try:
        done = bulk.do(
            by=officer(request),
            scope=of_request(request),
            change=found,
            value=bulk.read_value(found.kind, text),
            digest=request.POST.get("digest", ""),
        )
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Done: %(count)d rows changed.") % {"count": len(done.before)})
    return redirect("admin:bulk_change", pk=pk)


@page()
@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Gives the rows their former values."""
    found = _one(request, pk)
    try:
        bulk.undo(by=officer(request), scope=of_request(request), change=found)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Undone."))
    return redirect("admin:bulk_change", pk=pk)


@page()
@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """Changes to many rows that one made, newest first: where an undo is found again."""
    rows = BulkChange.objects.get_queryset().of(officer(request)).exclude(state=BulkState.DRAFT)  # type: ignore[attr-defined]
    return render_page(
        request,
        "admin/pages/bulk_changes.html",
        title=_("My changes to many rows"),
        context={"rows": [(row, len(row.before)) for row in rows.order_by("-pk")[:SHOWN]]},
    )


def _one(request: HttpRequest, pk: int) -> BulkChange:
    """One's own change, where one may still make such. 404 for others'."""
    own = BulkChange.objects.get_queryset().of(officer(request))  # type: ignore[attr-defined]
    found: BulkChange = get_object_or_404(own, pk=pk)
    if not request.user.has_perm(bulk.RULES[found.kind].permission):
        raise PermissionDenied
    return found


def _register(found: BulkChange) -> str:
    meta = bulk.RULES[found.kind].model._meta
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_changelist")


def _preview(request: HttpRequest, found: BulkChange) -> dict[str, Any]:
    is_day = found.kind != BulkKind.SET_OCCUPATION
    text = request.GET.get("value", clock.today().isoformat() if is_day else "")
    context: dict[str, Any] = {
        "chosen": len(found.rows),
        "value": text,
        "is_day": is_day,
        "today": clock.today().isoformat(),
        "occupations": Occupation.choices,
        "refusal": "",
    }
    if not is_day and not text:
        return context
    try:
        value = bulk.read_value(found.kind, text)
    except Refusal as refusal:
        return context | {"refusal": str(refusal)}
    seen = bulk.preview(found, of_request(request), value)
    lines = [_line(row, "") for row in seen.changing[:SHOWN]]
    stay = [_line(row, reason) for row, reason in seen.left_out[:SHOWN]]
    counts = [(bulk.LEFT_OUT[reason], count) for reason, count in seen.counts.items()]
    return context | {
        "seen": seen,
        "changing": len(seen.changing),
        "lines": [*stay, *lines][:SHOWN],
        "counts": counts,
        "value_shown": _value_words(found.kind, text),
    }


def _line(row: Any, reason: str) -> Line:
    why = str(bulk.LEFT_OUT[reason]) if reason else ""
    if isinstance(row, Membership):
        return Line(row.worker.name, row.enterprise.name, row.get_occupation_display(), why)
    return Line(row.name, "", str(row.real_name_checked_on or ""), why)


def _value_words(kind: str, value: str) -> str:
    return str(dict(Occupation.choices).get(value, value)) if kind == BulkKind.SET_OCCUPATION else value
