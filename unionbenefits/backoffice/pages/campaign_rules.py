"""Setting a campaign up and changing its rules: who may get what, from when, and who must approve."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from unionbenefits.backoffice.pages.base import in_scope, page, render_page
from unionbenefits.backoffice.pages.campaign_forms import RulesForm, SetupForm
from unionbenefits.backoffice.pages.officers import officer
from unionbenefits.campaigns import actions
from unionbenefits.campaigns.enums import BatchState
from unionbenefits.campaigns.models import Campaign
from unionbenefits.core.errors import Refusal
from unionbenefits.unions.models import Union

VIEW = "campaigns.view_campaign"
CHANGE = "campaigns.change_campaign"
ADD = "campaigns.add_campaign"
_WAITING = (BatchState.PUT_FORWARD, BatchState.APPROVED)


@page(VIEW)
@require_http_methods(["GET", "POST"])
def rules(request: HttpRequest, pk: int) -> HttpResponse:
    """The campaign's terms and rules, to read; its owners' officers change what still may change."""
    scoped = in_scope(request, Campaign).select_related("owner", "plan_version__plan", "renews")
    campaign: Campaign = get_object_or_404(scoped, pk=pk)
    may_change = _may_change(request, campaign)
    if request.method == "GET" or not may_change:
        status = 200 if request.method == "GET" else 403
        return _page(request, campaign, RulesForm(request, campaign), may_change, status)
    form = RulesForm(request, campaign, request.POST)
    if not form.is_valid():
        return _page(request, campaign, form, may_change, 422)
    values = _filled(form.cleaned_data, campaign)
    try:
        changed = actions.change_rules(by=officer(request), campaign=campaign, **values)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return _page(request, campaign, form, may_change, 409)
    messages.success(request, _("%(campaign)s: written down.") % {"campaign": changed.name})
    return redirect("admin:campaign_rules", pk)


@page(ADD)
@require_http_methods(["GET", "POST"])
def setup(request: HttpRequest) -> HttpResponse:
    """A new coverage campaign; places are allotted afterwards."""
    form = SetupForm(request, request.POST if request.method == "POST" else None)
    if request.method == "GET" or not form.is_valid():
        return _page(request, None, form, True, 200 if request.method == "GET" else 422)
    values = form.cleaned_data
    funds = list(values.pop("funds"))
    try:
        campaign = actions.open_campaign(by=officer(request), **values, draft=not funds)
        if funds:
            actions.set_funds(by=officer(request), campaign=campaign, funds=funds)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return _page(request, None, form, True, 409)
    messages.success(request, _("The campaign is set up. Now allot its places."))
    return redirect("admin:campaign_rules", campaign.pk)


def _may_change(request: HttpRequest, campaign: Campaign) -> bool:
    """Officers of the owner or above it: whoever only holds places of the campaign reads."""
    owned = in_scope(request, Union).filter(pk=campaign.owner_id)
    return request.user.has_perm(CHANGE) and owned.exists()


def _filled(values: dict[str, Any], campaign: Campaign) -> dict[str, Any]:
    """Fields left empty that must not be: as on file."""
    kept = {name: getattr(campaign, name) for name in ("plan_version", "unit_cost", "cover_ends_on")}
    kept["cover_starts_on"] = campaign.cover_starts_on
    return values | {name: value for name, value in kept.items() if values.get(name) is None}


def _page(
    request: HttpRequest, campaign: Campaign | None, form: RulesForm, may_change: bool, status: int
) -> HttpResponse:
    batches = campaign.batches.exclude(state=BatchState.RETURNED) if campaign else None
    return render_page(
        request,
        "admin/pages/campaign_rules.html",
        title=campaign.name if campaign else _("New campaign"),
        status=status,
        context={
            "campaign": campaign,
            "form": form,
            "may_change": may_change,
            "is_promised": batches is not None and batches.exists(),
            "waiting": batches.filter(state__in=_WAITING).count() if batches is not None else 0,
        },
    )
