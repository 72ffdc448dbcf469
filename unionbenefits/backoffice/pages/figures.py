"""Figures of a campaign: budget, places, who got how much, and the sentence for the press."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from unionbenefits.backoffice.pages import charts
from unionbenefits.backoffice.pages.base import in_scope, page, render_page
from unionbenefits.backoffice.pages.officers import officer
from unionbenefits.backoffice.pages.paging import keyset
from unionbenefits.campaigns import queries
from unionbenefits.campaigns.enums import CampaignKind
from unionbenefits.campaigns.models import Campaign
from unionbenefits.campaigns.workbook import figures_workbook
from unionbenefits.core import clock
from unionbenefits.core.answers import as_file
from unionbenefits.core.scope import of_request
from unionbenefits.core.sheets import XLSX
from unionbenefits.funds.models import Fund
from unionbenefits.funds.queries import Balance, balances

VIEW = "campaigns.view_campaign"
SHOWN = 100


@dataclass(frozen=True, slots=True)
class FundView:
    """A fund's balance with its bar: used, held, free of what was paid in."""

    balance: Balance
    drawn: list[charts.Part]
    used_percent: str


@dataclass(frozen=True, slots=True)
class FigureView:
    """A line of a table with its share of all workers."""

    label: str
    workers: int
    amount: Decimal
    percent: str
    drawn: list[charts.Part]


@dataclass(frozen=True, slots=True)
class TableView:
    """One table of the report, the largest lines first; `more` lines are left out of the page."""

    title: str
    lines: list[FigureView]
    more: int
    workers: int
    amount: Decimal


def fund_views(found: list[Balance]) -> list[FundView]:
    """Balances with their bars."""
    return [
        FundView(
            balance,
            charts.bar(
                [("used", balance.used), ("held", balance.held), ("free", balance.available)],
                balance.deposited,
            ),
            charts.percent(balance.used, balance.deposited),
        )
        for balance in found
    ]


@page(VIEW)
@require_GET
def campaigns(request: HttpRequest) -> HttpResponse:
    """The campaigns in scope, the newest first."""
    rows = keyset(request, in_scope(request, Campaign).select_related("owner"), descending=True)
    return render_page(
        request, "admin/pages/figures.html", title=_("Campaign figures"), context={"rows": rows}
    )


@page(VIEW)
@require_GET
def campaign(request: HttpRequest, pk: int) -> HttpResponse:
    """The report of one campaign, limited to the scope of whoever asks, and the balances of its funds."""
    scoped = in_scope(request, Campaign).select_related("owner", "plan_version__plan")
    found: Campaign = get_object_or_404(scoped, pk=pk)
    report = queries.report(found, scope=of_request(request))
    return render_page(
        request,
        "admin/pages/campaign_figures.html",
        title=found.name,
        context={
            "campaign": found,
            "report": report,
            "tables": _tables(report),
            "left_out": [(reason.label, count) for reason, count in report.left_out.items()],
            "funds": _funds(request, found),
            "may_set_funds": request.user.has_perm("campaigns.change_campaign"),
            "reach_url": _reach_url(request, found) if report.workers else "",
            "growth": charts.growth([(day.day, day.workers) for day in report.by_day]),
        },
    )


def _reach_url(request: HttpRequest, found: Campaign) -> str:
    """Where the figures told, opened, claimed come from: counting them would keep this page waiting."""
    if found.kind != CampaignKind.COVERAGE or not request.user.has_perm("campaigns.view_reminderwave"):
        return ""
    return reverse("admin:reach_figures", args=[found.pk])


@page(VIEW)
@require_GET
def workbook(request: HttpRequest, pk: int) -> HttpResponse:
    """The same figures as an xlsx file."""
    found: Campaign = get_object_or_404(
        in_scope(request, Campaign).select_related("owner", "plan_version__plan"), pk=pk
    )
    made = figures_workbook(queries.report(found, scope=of_request(request)), by=officer(request))
    return as_file(made, f"{found.code}-{clock.today():%Y%m%d}.xlsx", XLSX)


def _funds(request: HttpRequest, found: Campaign) -> list[FundView]:
    """The campaign's funds in scope, for those who may see money."""
    if not request.user.has_perm("funds.view_fund"):
        return []
    drawn_on = (
        in_scope(request, Fund).filter(campaign_funds__campaign=found).order_by("campaign_funds__order", "pk")
    )
    return fund_views(balances(drawn_on))


def _tables(report: Any) -> list[TableView]:
    titled = (
        (_("By unit that took the places"), report.by_holder),
        (_("By union"), report.by_union),
        (_("By enterprise"), report.by_enterprise),
        (_("By occupation"), report.by_occupation),
    )
    return [_table(title, figures, report.workers) for title, figures in titled if figures]


def _table(title: str, figures: Any, everybody: int) -> TableView:
    largest = sorted(figures, key=lambda figure: -figure.workers)
    lines = [
        FigureView(
            label=figure.label,
            workers=figure.workers,
            amount=figure.amount,
            percent=charts.percent(figure.workers, everybody),
            drawn=charts.bar([("used", figure.workers)], everybody),
        )
        for figure in largest[:SHOWN]
    ]
    return TableView(
        title=title,
        lines=lines,
        more=max(0, len(largest) - SHOWN),
        workers=sum(figure.workers for figure in largest),
        amount=sum((figure.amount for figure in largest), Decimal("0.00")),
    )
