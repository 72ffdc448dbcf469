"""The panel's home: what waits for the person, what is left of the budget, who of their units is covered."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from unionbenefits.access.notices import unread_of
from unionbenefits.access.queries import posts_at_hand
from unionbenefits.backoffice.pages import charts
from unionbenefits.backoffice.pages.base import in_scope
from unionbenefits.backoffice.pages.claims_desk import for_home
from unionbenefits.backoffice.pages.cover import VIEW, cover_at_once
from unionbenefits.backoffice.pages.figures import FundView, fund_views
from unionbenefits.backoffice.pages.home_trends import trends
from unionbenefits.backoffice.pages.home_work import waiting
from unionbenefits.backoffice.pages.officers import officer
from unionbenefits.campaigns.enums import CampaignState
from unionbenefits.campaigns.models import Allotment
from unionbenefits.campaigns.queries import allotment_use
from unionbenefits.funds.models import Fund
from unionbenefits.funds.queries import balances
from unionbenefits.workers.models import Roster

FUNDS = 4
PLACES = 6


@dataclass(frozen=True, slots=True)
class PlacesView:
    """An allotment and where its places went."""

    allotment: Allotment
    taken: int
    left: int
    percent: str
    drawn: list[charts.Part]


def dashboard(request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
    """Everything of the home page that the person's permissions allow; each number leads to its rows."""
    may = request.user.has_perm
    sees_members = may(VIEW)
    cover = cover_at_once(request) if sees_members else None
    return context | {
        "posts": posts_at_hand(officer(request)),
        "post_notices": unread_of(officer(request)),
        "waiting": waiting(request),
        "trends": trends(request),
        "claims": for_home(request),
        "funds": _funds(request) if may("funds.view_fund") else [],
        "cover": cover,
        "cover_comes_later": sees_members and cover is None,
        "places": _places(request) if may("campaigns.view_allotment") else [],
        "rosters": _latest_rosters(request) if may("workers.upload_roster") else [],
        "can_upload": may("workers.upload_roster"),
        "can_put_forward": may("campaigns.put_forward_giftbatch"),
    }


def _funds(request: HttpRequest) -> list[FundView]:
    return fund_views(balances(in_scope(request, Fund).filter(is_test=False)[:FUNDS]))


def _places(request: HttpRequest) -> list[PlacesView]:
    """Allotments of open campaigns in scope, the largest first."""
    allotments = list(
        in_scope(request, Allotment)
        .filter(campaign__state=CampaignState.OPEN)
        .select_related("campaign", "union", "enterprise")
        .order_by("-copies", "pk")[:PLACES]
    )
    use = allotment_use(allotments)
    views = []
    for allotment in allotments:
        left = use[allotment.pk].left
        taken = allotment.copies - left
        views.append(
            PlacesView(
                allotment,
                taken,
                left,
                charts.percent(taken, allotment.copies),
                charts.bar([("used", taken)], allotment.copies),
            )
        )
    return views


def _latest_rosters(request: HttpRequest) -> list[Roster]:
    return list(in_scope(request, Roster).select_related("enterprise").order_by("-pk")[:5])
