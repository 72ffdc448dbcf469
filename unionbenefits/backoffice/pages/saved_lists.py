"""Lists that one keeps: saved from a register, shown over it, renamed, shared, removed."""

from django.contrib import admin, messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from unionbenefits.access import saved_views
from unionbenefits.access.models import SavedView
from unionbenefits.backoffice.pages.base import page, render_page
from unionbenefits.backoffice.pages.officers import officer
from unionbenefits.core import clock
from unionbenefits.core.errors import NotFound, Refusal


@page()
@require_GET
def lists(request: HttpRequest) -> HttpResponse:
    """Every list that one keeps or that colleagues share, by register."""
    user = officer(request)
    found = SavedView.objects.get_queryset().seen_by(user, clock.today())  # type: ignore[attr-defined]
    rows = [
        {"view": view, "address": address_of(view), "register": register_name(view.register), "own": own}
        for view in found.select_related("user", "union", "enterprise")
        if (own := view.user_id == user.pk) or may_open(request, view.register)
    ]
    return render_page(
        request, "admin/pages/saved_lists.html", title=gettext_lazy("My lists"), context={"rows": rows}
    )


@page()
@require_POST
def save(request: HttpRequest) -> HttpResponse:
    """Keeps the list that the form was sent from, and goes back to it."""
    register, query = request.POST.get("register", ""), request.POST.get("query", "")
    if not may_open(request, register):
        raise Http404
    try:
        view = saved_views.save_view(
            by=officer(request),
            register=register,
            name=request.POST.get("name", ""),
            query=query,
            share="share" in request.POST,
        )
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect(f"{_list(register)}?{query}")
    messages.success(request, _("The list is kept as “%(name)s”.") % {"name": view.name})
    return redirect(address_of(view))


@page()
@require_POST
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Renames, shows over the list or not, shares or not."""
    try:
        saved_views.change_view(
            by=officer(request),
            pk=pk,
            name=request.POST.get("name", ""),
            pinned="pinned" in request.POST,
            share="share" in request.POST,
        )
    except NotFound:
        raise
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Saved."))
    return redirect("admin:saved_lists")


@page()
@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Forgets it."""
    saved_views.remove_view(by=officer(request), pk=pk)
    messages.success(request, _("The list was removed."))
    return redirect("admin:saved_lists")


def may_open(request: HttpRequest, register: str) -> bool:
    """Whether it names a register that whoever asks may open."""
    known = {model._meta.label_lower: place for model, place in admin.site._registry.items()}
    return register in known and known[register].has_view_permission(request)


def register_name(register: str) -> str:
    """The register in words."""
    known = {model._meta.label_lower: model._meta.verbose_name_plural for model in admin.site._registry}
    return capfirst(str(known.get(register, register)))


def _list(register: str) -> str:
    return reverse(f"admin:{register.replace('.', '_')}_changelist")


def address_of(view: SavedView) -> str:
    """The list that it opens."""
    return f"{_list(view.register)}?{view.query}"
