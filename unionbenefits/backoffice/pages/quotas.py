"""Places of a campaign as a tree, with what became of them: another number or day, moved, taken back."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _, gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_POST

from unionbenefits.backoffice.pages import charts
from unionbenefits.backoffice.pages.base import in_scope, page, render_page
from unionbenefits.backoffice.pages.officers import officer
from unionbenefits.campaigns import actions
from unionbenefits.campaigns.models import Allotment, Campaign
from unionbenefits.campaigns.quotas import QuotaLine, may_set, quota_tree
from unionbenefits.campaigns.rates import Rate, cover_rates
from unionbenefits.core.errors import Refusal
from unionbenefits.core.scope import of_request

VIEW = ("campaigns.view_campaign", "campaigns.view_allotment")
ALLOT = "campaigns.allot_campaign"
SHOWN = 200


class PlacesForm(forms.Form):
    """How many places a unit has, and until when it may use them."""

    copies = forms.IntegerField(label=gettext_lazy("Places"), min_value=0, max_value=10_000_000)
    use_until = forms.DateField(
        label=gettext_lazy("Use until"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )


class MoveForm(forms.Form):
    """Unused places from one unit to another."""

    from_: forms.Field = forms.ModelChoiceField(queryset=None, label=gettext_lazy("From"))
    to: forms.Field = forms.ModelChoiceField(queryset=None, label=gettext_lazy("To"))
    copies = forms.IntegerField(label=gettext_lazy("Places"), min_value=1, max_value=10_000_000)
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=200)

    def __init__(self, choices: Any, data: Any = None) -> None:
        super().__init__(data)
        for name in ("from_", "to"):
            self.fields[name].queryset = choices  # type: ignore[attr-defined]


@page(*VIEW)
@require_GET
def quotas(request: HttpRequest, pk: int) -> HttpResponse:
    """The campaign's places in the reader's scope, and how much of the enterprises there is covered."""
    return _quotas(request, _campaign(request, pk))


@page(*VIEW, ALLOT)
@require_POST
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Another number of places for a unit, another last day."""
    allotment: Allotment = get_object_or_404(_allotments(request), pk=pk)
    if not may_set(of_request(request), allotment):
        raise Http404
    form = PlacesForm(request.POST)
    if not form.is_valid():
        return _quotas(request, _campaign(request, allotment.campaign_id), refusal=_told(form), status=422)
    try:
        _set(request, allotment, form.cleaned_data)
    except Refusal as refusal:
        campaign = _campaign(request, allotment.campaign_id)
        return _quotas(request, campaign, refusal=str(refusal), status=409)
    messages.success(request, _("%(unit)s: written down.") % {"unit": allotment.unit})
    return redirect("admin:campaign_quotas", allotment.campaign_id)


@page(*VIEW, ALLOT)
@require_POST
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """Moves unused places between two units in scope."""
    campaign = _campaign(request, pk)
    form = MoveForm(_allotments(request).filter(campaign=campaign), request.POST)
    if not form.is_valid():
        return _quotas(request, campaign, form=form, status=422)
    try:
        actions.move_places(by=officer(request), **form.cleaned_data)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return _quotas(request, campaign, form=form, status=409)
    messages.success(request, _("The places were moved."))
    return redirect("admin:campaign_quotas", pk)


@page(*VIEW, ALLOT)
@require_POST
def reclaim(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes back what units in scope did not use by their day."""
    campaign = _campaign(request, pk)
    keys = set(_allotments(request).filter(campaign=campaign).values_list("pk", flat=True))
    given = actions.reclaim_unused(by=officer(request), campaign=campaign, only=keys)
    count = sum(one.copies for one in given)
    told = ngettext("%(count)d unused place went back.", "%(count)d unused places went back.", count) % {
        "count": count
    }
    messages.success(request, told if count else _("Nothing is left to take back."))
    return redirect("admin:campaign_quotas", pk)


def _set(request: HttpRequest, allotment: Allotment, values: dict[str, Any]) -> None:
    if values["copies"] != allotment.copies:
        actions.allot(
            by=officer(request),
            campaign=allotment.campaign,
            union=allotment.union,
            enterprise=allotment.enterprise,
            copies=values["copies"],
        )
    if values["use_until"] != allotment.use_until:
        actions.set_deadline(by=officer(request), allotment=allotment, until=values["use_until"])


def _told(form: forms.Form) -> str:
    return " ".join(str(text) for errors in form.errors.values() for text in errors)


def _campaign(request: HttpRequest, pk: int) -> Campaign:
    scoped = in_scope(request, Campaign).select_related("owner", "plan_version")
    campaign: Campaign = get_object_or_404(scoped, pk=pk)
    return campaign


def _allotments(request: HttpRequest) -> Any:
    return in_scope(request, Allotment).select_related(
        "union", "enterprise", "parent__union", "campaign__owner"
    )


def _quotas(
    request: HttpRequest,
    campaign: Campaign,
    *,
    form: MoveForm | None = None,
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    scoped = _allotments(request).filter(campaign=campaign)
    lines = quota_tree(scoped)
    may_allot = request.user.has_perm(ALLOT)
    rates = cover_rates(campaign, of_request(request))
    number = _number(request, len(lines))
    context = {
        "campaign": campaign,
        "lines": [_row(line) for line in lines[number * SHOWN : (number + 1) * SHOWN]],
        "earlier": number,
        "later": number + 2 if len(lines) > (number + 1) * SHOWN else 0,
        "totals": _totals(lines),
        "over": sum(line.use.left for line in lines if line.allotment.is_over and line.use.left > 0),
        "may_allot": may_allot,
        "form": (form or MoveForm(scoped.order_by("pk"))) if may_allot and len(lines) > 1 else None,
        "refusal": refusal,
        "rates": rates,
        "kinds": [
            (_("Registered enterprises"), _shares(rates.registered)),
            (_("Head enterprises"), _shares(rates.head)),
        ],
        "unions": [one for one in rates.by_union if one.registered.enterprises][:SHOWN],
    }
    title = _("Places of %(campaign)s") % {"campaign": campaign.name}
    return render_page(request, "admin/pages/quotas.html", title=title, context=context, status=status)


def _number(request: HttpRequest, lines: int) -> int:
    """The page asked for, from 0; what makes no sense is the first."""
    text = request.GET.get("page", "")
    number = int(text) - 1 if text.isascii() and text.isdigit() and len(text) < 8 else 0
    return number if 0 < number * SHOWN < lines else 0


def _row(line: QuotaLine) -> dict[str, Any]:
    use = line.use
    return {
        "line": line,
        "allotment": line.allotment,
        "use": use,
        "indent": min(line.depth, 6),
        "drawn": charts.bar(
            [("used", use.used), ("held", use.given_on), ("free", max(0, use.left))], use.copies
        ),
        "percent": charts.percent(use.used, use.copies),
    }


def _totals(lines: list[QuotaLine]) -> dict[str, int]:
    """What stands at the top of the tree was given out once; the rest came out of it."""
    return {
        "copies": sum(line.use.copies for line in lines if line.depth == 0),
        "used": sum(line.use.used for line in lines),
        "left": sum(max(0, line.use.left) for line in lines),
    }


def _shares(rate: Rate) -> dict[str, Any]:
    return {
        "rate": rate,
        "effective": charts.percent(rate.effective, rate.enterprises),
        "full": charts.percent(rate.full, rate.enterprises),
        "drawn": charts.bar([("used", rate.full), ("free", rate.effective - rate.full)], rate.enterprises),
    }
