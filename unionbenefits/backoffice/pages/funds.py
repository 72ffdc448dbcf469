"""Funds: those of a year with their gauges, and one with every entry, who made it and what it left."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from unionbenefits.backoffice.pages import listing
from unionbenefits.backoffice.pages.base import in_scope, page, render_page
from unionbenefits.backoffice.pages.figures import fund_views
from unionbenefits.backoffice.pages.officers import officer
from unionbenefits.backoffice.pages.paging import keyset
from unionbenefits.campaigns.models import GiftBatch
from unionbenefits.campaigns.spending import batches_on, by_campaign
from unionbenefits.core import clock
from unionbenefits.core.errors import Refusal
from unionbenefits.core.money import show
from unionbenefits.core.scope import of_request
from unionbenefits.funds.actions import deposit
from unionbenefits.funds.models import Entry, Fund
from unionbenefits.funds.queries import balance_of, balances, running

VIEW = ("funds.view_fund", "funds.view_entry")
DEPOSIT = "funds.deposit_fund"
# On paper the statement is one piece.
PRINTED = 2000


class DepositForm(forms.Form):
    """Money that came into the fund."""

    amount = forms.DecimalField(
        label=gettext_lazy("Amount (元)"), min_value=0, max_digits=12, decimal_places=2
    )
    memo = forms.CharField(
        label=gettext_lazy("Where the money comes from"),
        max_length=200,
        error_messages={"required": gettext_lazy("Say where the money comes from, such as the document.")},
    )


@page(*VIEW)
@require_GET
def funds(request: HttpRequest) -> HttpResponse:
    """The funds of one year; without a choice, of the newest."""
    scoped = in_scope(request, Fund)
    years = dict(scoped.order_by().values_list("year").annotate(funds=Count("pk")))
    asked = request.GET.get("year", "")
    chosen = int(asked) if asked.isdigit() and int(asked) in years else max(years, default=0)
    rows = keyset(request, scoped.filter(year=chosen).select_related("owner"))
    owners = [fund.owner.name for fund in rows.rows]
    context = {
        "rows": rows,
        "funds": list(zip(rows.rows, fund_views(balances(rows.rows)), owners, strict=True)),
        "tabs": listing.tabs(
            [(str(year), str(year)) for year in sorted(years, reverse=True)],
            {str(year): count for year, count in years.items()},
            chosen=str(chosen),
            name="year",
        ),
    }
    return render_page(request, "admin/pages/funds.html", title=_("Funds"), context=context)


@page(*VIEW)
@require_GET
def fund(request: HttpRequest, pk: int) -> HttpResponse:
    """The statement of one fund: balance, where it went, and its entries or its batches page by page."""
    return _statement(request, _fund(request, pk), DepositForm())


@page(*VIEW, DEPOSIT)
@require_POST
def pay_in(request: HttpRequest, pk: int) -> HttpResponse:
    """A deposit into the fund."""
    found = _fund(request, pk)
    form = DepositForm(request.POST)
    if not form.is_valid():
        return _statement(request, found, form, status=422)
    try:
        entry = deposit(by=officer(request), fund=found, **form.cleaned_data)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return _statement(request, found, form, status=409)
    messages.success(request, _("%(amount)s 元 were paid in.") % {"amount": show(entry.amount)})
    return redirect("admin:fund_statement", found.pk)


def _fund(request: HttpRequest, pk: int) -> Fund:
    found: Fund = get_object_or_404(in_scope(request, Fund).select_related("owner"), pk=pk)
    return found


def _statement(request: HttpRequest, found: Fund, form: DepositForm, status: int = 200) -> HttpResponse:
    printed = "print" in request.GET
    shows_batches = request.GET.get("show") == "batches" and not printed
    rows = _batches(request, found) if shows_batches else _entries(request, found, printed)
    context = {
        "fund": found,
        "gauge": fund_views([balance_of(found)])[0],
        "spending": by_campaign(found, of_request(request)),
        "rows": rows,
        "lines": [] if shows_batches else running(found, rows.rows),
        "links": {} if shows_batches else _links(request, rows.rows),
        "shows_batches": shows_batches,
        "printed": printed,
        "as_of": clock.now(),
        "form": form,
        "may_deposit": request.user.has_perm(DEPOSIT) and not printed,
    }
    title = str(found)
    return render_page(request, "admin/pages/fund.html", title=title, context=context, status=status)


def _entries(request: HttpRequest, found: Fund, printed: bool) -> Any:
    size = PRINTED if printed else 50
    return keyset(request, in_scope(request, Entry).filter(fund=found), descending=not printed, size=size)


def _batches(request: HttpRequest, found: Fund) -> Any:
    scoped = in_scope(request, GiftBatch).select_related(
        "campaign", "allotment__union", "allotment__enterprise"
    )
    return keyset(request, batches_on(found, scoped), descending=True)


def _links(request: HttpRequest, entries: list[Entry]) -> dict[str, int]:
    """The batches in scope that the entries are for, by reference."""
    if not request.user.has_perm("campaigns.view_giftbatch"):
        return {}
    named = {
        entry.reference.removeprefix("batch:") for entry in entries if entry.reference.startswith("batch:")
    }
    keys = [int(key) for key in named if key.isdigit()]
    seen = in_scope(request, GiftBatch).filter(pk__in=keys).order_by().values_list("pk", flat=True)
    return {f"batch:{pk}": pk for pk in seen}
