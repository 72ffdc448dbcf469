"""Bank profiles: how a bank wants its files and words its answers, with the file shown before saving."""

from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from unionbenefits.backoffice.pages.bank_profile_form import ProfileForm
from unionbenefits.backoffice.pages.base import in_scope, one_in_scope, page, render_page
from unionbenefits.backoffice.pages.officers import officer
from unionbenefits.claims.actions import layout_of, set_bank_profile
from unionbenefits.claims.banking.layouts import FileFormat, Layout
from unionbenefits.claims.banking.writing import PayLine, batch_file, table
from unionbenefits.claims.models import BankProfile
from unionbenefits.core.answers import as_file
from unionbenefits.core.errors import Refusal
from unionbenefits.core.sheets import XLSX

VIEW, ADD, CHANGE = (f"claims.{verb}_bankprofile" for verb in ("view", "add", "change"))
# Nobody's account: no bank has numbers that begin with nine nines.
SAMPLE = PayLine("Z2026000001", "9999990000000000014", "陈测试", "示例银行佛山分行", Decimal("1234.50"))


@page(VIEW)
@require_GET
def profiles(request: HttpRequest) -> HttpResponse:
    """The banks, those in use first."""
    rows: list[Any] = list(in_scope(request, BankProfile).order_by("-is_active", "code"))
    for profile in rows:
        profile.headings = [heading for _meaning, heading in profile.out_columns]
    context = {"rows": rows, "may_add": request.user.has_perm(ADD)}
    return render_page(request, "admin/pages/bank_profiles.html", title=_("Bank profiles"), context=context)


@page(VIEW, ADD)
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """A new bank; the form begins with the usual columns and words."""
    return _form(request, None)


@page(VIEW)
@require_http_methods(["GET", "POST"])
def profile(request: HttpRequest, pk: int) -> HttpResponse:
    """One bank's forms, to read; association officers change them."""
    return _form(request, one_in_scope(request, BankProfile, pk))


@page(VIEW)
@require_GET
def sample(request: HttpRequest, pk: int) -> HttpResponse:
    """A batch file with one invented line, to try at the bank before money is on its way."""
    found = one_in_scope(request, BankProfile, pk)
    layout = found.layout()
    kind = "text/csv" if layout.format is FileFormat.CSV else XLSX
    return as_file(batch_file([SAMPLE], layout), f"{found.code}-sample.{layout.format}", kind)


def _form(request: HttpRequest, found: BankProfile | None) -> HttpResponse:
    if request.method == "GET":
        return _page(request, found, ProfileForm(found), Layout() if found is None else found.layout())
    if not request.user.has_perm(ADD if found is None else CHANGE):
        raise PermissionDenied
    form = ProfileForm(found, request.POST)
    layout_now = _layout(form)
    if request.headers.get("HX-Request"):
        context = _preview(layout_now) | {"form": form}
        return render(request, "admin/pages/parts/bank_preview.html", context)
    if layout_now is None or request.POST.get("act") == "preview":
        return _page(request, found, form, layout_now, 422 if layout_now is None else 200)
    try:
        kept = set_bank_profile(
            by=officer(request), terms=form.terms(), profile=found, code=form.cleaned_data.get("code", "")
        )
    except Refusal as refusal:
        form.add_refusal(refusal.details.get("field"), str(refusal))
        return _page(request, found, form, layout_now, 409)
    messages.success(request, _("%(bank)s: written down.") % {"bank": kept.name})
    return redirect("admin:bank_profile", kept.pk)


def _layout(form: ProfileForm) -> Layout | None:
    """The layout that was typed; None where it cannot work, with the reason beside its field."""
    if not form.is_valid():
        return None
    try:
        return layout_of(form.terms())
    except Refusal as refusal:
        form.add_refusal(refusal.details.get("field"), str(refusal))
        return None


def _preview(layout: Layout | None) -> dict[str, Any]:
    head, *rows = table([SAMPLE], layout) if layout else [[]]
    return {"head": head, "rows": rows}


def _page(
    request: HttpRequest,
    found: BankProfile | None,
    form: ProfileForm,
    layout: Layout | None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "profile": found,
        "form": form,
        "may_change": request.user.has_perm(ADD if found is None else CHANGE),
    } | _preview(layout)
    title = found.name if found else _("New bank profile")
    return render_page(request, "admin/pages/bank_profile.html", title=title, context=context, status=status)
