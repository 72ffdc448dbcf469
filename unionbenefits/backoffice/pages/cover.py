"""How many people serve at the units in scope and are covered today: on the home page, or right behind it.

Counting reads every tie in scope. Where they are few, the home page does it; where they are many, the page
comes first and asks for the figures, which are kept for some minutes and say when they were counted.
"""

import datetime as dt
import hashlib
from dataclasses import dataclass

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from unionbenefits.backoffice.pages import charts
from unionbenefits.backoffice.pages.base import page, render_page
from unionbenefits.backoffice.pages.paging import keyset
from unionbenefits.core import clock
from unionbenefits.core.scope import Scope, of_request
from unionbenefits.plans.queries import (
    CoverFigures,
    cover_of_few,
    cover_of_units,
    serves_now,
    uncovered_in,
)

VIEW = "workers.view_membership"
UNITS = 8
# Ties that are counted while the page is made.
FEW = 5_000
KEPT_SECONDS = 10 * 60


@dataclass(frozen=True, slots=True)
class UnitCover:
    """How many of a unit's present members are covered today."""

    name: str
    href: str
    members: int
    covered: int
    percent: str
    drawn: list[charts.Part]


@dataclass(frozen=True, slots=True)
class Cover:
    """People at the units in scope, each counted once; `counted_at` is None where that was just now."""

    people: int
    covered: int
    open: int
    lapsing: int
    units: int
    percent: str
    largest: list[UnitCover]
    counted_at: dt.datetime | None


def cover_at_once(request: HttpRequest) -> Cover | None:
    """The figures, counted now; None where that would keep the page waiting."""
    figures = cover_of_few(of_request(request), clock.today(), shown=UNITS, few=FEW)
    return None if figures is None else _view(figures, None)


@page(VIEW)
@require_GET
def cover(request: HttpRequest) -> HttpResponse:
    """The figures alone: what the home page puts in its place, or a page of their own without JavaScript."""
    counted = _view(*_kept(of_request(request)))
    if request.headers.get("HX-Request"):
        return render(request, "admin/pages/parts/cover_later.html", {"cover": counted})
    return render_page(
        request, "admin/pages/cover.html", title=_("Cover of your units today"), context={"cover": counted}
    )


@page(VIEW, "workers.view_worker")
@require_GET
def uncovered(request: HttpRequest) -> HttpResponse:
    """Who serves at the units in scope and is not covered today, with the ties that the officer sees."""
    scope = of_request(request)
    rows = keyset(request, uncovered_in(scope, clock.today()))
    ties = serves_now(scope).filter(worker__in=[worker.pk for worker in rows.rows])
    held: dict[int, list[str]] = {}
    for worker, enterprise in ties.order_by("pk").values_list("worker_id", "enterprise__name"):
        held.setdefault(worker, []).append(enterprise)
    for worker in rows.rows:
        worker.enterprises = held.get(worker.pk, [])
    return render_page(
        request, "admin/pages/uncovered.html", title=_("Not covered today"), context={"rows": rows}
    )


def _kept(scope: Scope) -> tuple[CoverFigures, dt.datetime]:
    """The figures of this scope and when they were counted, at most ten minutes ago."""
    today = clock.today()
    reach = repr((today, scope.everything, sorted(scope.union_paths), sorted(scope.enterprise_ids)))
    key = f"cover:{hashlib.sha256(reach.encode()).hexdigest()}"
    found: tuple[CoverFigures, dt.datetime] | None = cache.get(key)
    if found is None:
        found = cover_of_units(scope, today, shown=UNITS), clock.now()
        cache.set(key, found, KEPT_SECONDS)
    return found


def _view(figures: CoverFigures, counted_at: dt.datetime | None) -> Cover:
    address = reverse("admin:workers_membership_changelist")
    return Cover(
        people=figures.people,
        covered=figures.covered,
        open=figures.people - figures.covered,
        lapsing=figures.lapsing,
        units=figures.units,
        percent=charts.percent(figures.covered, figures.people),
        counted_at=counted_at,
        largest=[
            UnitCover(
                name=unit.name,
                href=f"{address}?open=yes&enterprise__id__exact={unit.enterprise_id}",
                members=unit.members,
                covered=unit.covered,
                percent=charts.percent(unit.covered, unit.members),
                drawn=charts.bar([("used", unit.covered)], unit.members),
            )
            for unit in figures.largest
        ],
    )
