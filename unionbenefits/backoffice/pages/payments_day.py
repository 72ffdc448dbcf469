"""The daily report of payments, the bank against the ledger: on screen, on paper, as a file."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.http import require_GET

from unionbenefits.backoffice.pages.base import in_scope, page, render_page
from unionbenefits.backoffice.pages.officers import officer
from unionbenefits.claims.actions.closing import closed_days, figures_of
from unionbenefits.claims.models import Payment, PaymentBatch
from unionbenefits.claims.reconciling import OVERDUE_DAYS, Day, Report, reconcile
from unionbenefits.claims.workbook import day_workbook
from unionbenefits.core import clock
from unionbenefits.core.answers import as_file
from unionbenefits.core.scope import of_request
from unionbenefits.core.sheets import XLSX
from unionbenefits.unions.models import Union

VIEW = ("claims.view_paymentbatch", "claims.view_payment", "funds.view_entry")
MISMATCHES = {
    "used": gettext_lazy("Paid by the bank and used in the ledger differ"),
    "given_back": gettext_lazy("Came back and given back in the ledger differ"),
    "state": gettext_lazy("The payment's state is not what the bank answered"),
}


@page(*VIEW)
@require_GET
def report(request: HttpRequest) -> HttpResponse:
    """The report of a day, today without a choice; every number is recounted."""
    found = _report(request)
    closed = closed_days(found.day, [office.pk for office, _day in found.offices])
    today = clock.today()
    context = {
        "report": found,
        "total": found.total,
        "offices": [
            (office, day, _closed(found.day, day, closed.get(office.pk))) for office, day in found.offices
        ],
        "mismatches": [(one, MISMATCHES[one.code]) for one in found.mismatches],
        "waits": [(one, _days(one, today)) for one in found.overdue],
        "before": found.day - dt.timedelta(days=1),
        "after": found.day + dt.timedelta(days=1) if found.day < today else None,
        "today": today,
        "printed": "print" in request.GET,
        "as_of": clock.now(),
    }
    return render_page(request, "admin/pages/payment_day.html", title=_("Reconciliation"), context=context)


@page(*VIEW)
@require_GET
def workbook(request: HttpRequest) -> HttpResponse:
    """The same report as an xlsx file."""
    found = _report(request)
    made = day_workbook(found, by=officer(request))
    return as_file(made, f"{_('Reconciliation')}-{found.day:%Y%m%d}.xlsx", XLSX)


def _report(request: HttpRequest) -> Report:
    offices = _offices(request)
    return reconcile(
        _day(request),
        offices,
        unassigned=of_request(request).reaches_top,
        overdue_days=OVERDUE_DAYS,
    )


def _offices(request: HttpRequest) -> Sequence[Union]:
    """The offices in scope that ever made a batch."""
    paying = in_scope(request, PaymentBatch).order_by().values("office")
    return list(in_scope(request, Union).filter(pk__in=paying).order_by("name", "pk"))


def _day(request: HttpRequest) -> dt.date:
    """The day that was asked for; today for anything else, and never one that has not come."""
    today = clock.today()
    try:
        return min(dt.date.fromisoformat(request.GET.get("day", "")), today)
    except ValueError:
        return today


def _days(payment: Payment, today: dt.date) -> int:
    return (today - payment.submitted_on).days if payment.submitted_on else 0


def _closed(day: dt.date, figures: Day, entry: Any) -> str:
    """Whether the log keeps the day: `same` figures, `other` ones, or nothing."""
    if entry is None:
        return ""
    return "same" if entry.data == figures_of(day, figures) else "other"
