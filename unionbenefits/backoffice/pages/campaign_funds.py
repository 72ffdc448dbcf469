"""Which funds pay for a campaign: their order or shares, how far each, and why money of another year."""

from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.http import require_http_methods

from unionbenefits.backoffice.pages.base import in_scope, page, render_page
from unionbenefits.backoffice.pages.officers import officer
from unionbenefits.campaigns.actions import set_funds
from unionbenefits.campaigns.enums import FundUse
from unionbenefits.campaigns.models import Campaign, CampaignFund
from unionbenefits.core.errors import Refusal
from unionbenefits.funds.models import Fund
from unionbenefits.unions.models import Union

PERMISSIONS = ("campaigns.change_campaign", "funds.view_fund", "campaigns.view_campaignfund")
# Empty lines for further funds.
SPARE = 2


class FundLine(forms.Form):
    """One fund of the campaign; without a fund the line counts for nothing."""

    fund: forms.Field = forms.ModelChoiceField(
        queryset=None, required=False, label=gettext_lazy("Fund"), empty_label=gettext_lazy("None")
    )
    share = forms.DecimalField(
        label=gettext_lazy("Share (%)"), required=False, min_value=0, max_value=100, decimal_places=2
    )
    limit = forms.DecimalField(
        label=gettext_lazy("Limit (元)"), required=False, min_value=0, max_digits=12, decimal_places=2
    )

    def __init__(self, *args: Any, funds: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["fund"].queryset = funds  # type: ignore[attr-defined]


class UseForm(forms.Form):
    """How the funds are drawn on together."""

    use = forms.ChoiceField(
        label=gettext_lazy("Use of the funds"), choices=FundUse.choices, widget=forms.RadioSelect
    )
    carried_over = forms.CharField(
        label=gettext_lazy("Why money of another year pays"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Needed only for a fund of another year, such as a decision to carry over."),
    )


@page(*PERMISSIONS)
@require_http_methods(["GET", "POST"])
def funds(request: HttpRequest, pk: int) -> HttpResponse:
    """The funds of a campaign, for officers of its owner."""
    campaign: Campaign = get_object_or_404(in_scope(request, Campaign).select_related("owner"), pk=pk)
    if not in_scope(request, Union).filter(pk=campaign.owner_id).exists():
        raise Http404
    choices = in_scope(request, Fund).order_by("-year", "name", "pk")
    rows = list(in_scope(request, CampaignFund).filter(campaign=campaign).order_by("order", "pk"))
    seen = set(choices.filter(pk__in=[row.fund_id for row in rows]).values_list("pk", flat=True))
    locked = any(row.fund_id not in seen for row in rows)
    lines = formset(request, rows, choices)
    use = UseForm(request.POST if request.method == "POST" else None, initial={"use": campaign.fund_use})
    status = 200
    if request.method == "POST" and not locked:
        status = 422
        if lines.is_valid() and use.is_valid():
            refusal = _write(request, campaign, lines.cleaned_data, use.cleaned_data)
            if not refusal:
                messages.success(request, _("The funds of the campaign are written down."))
                return redirect("admin:campaign_figures", campaign.pk)
            use.add_error(None, refusal)
            status = 409
    context = {"campaign": campaign, "lines": lines, "use": use, "locked": locked}
    title = _("Funds of %(campaign)s") % {"campaign": campaign.name}
    return render_page(
        request, "admin/pages/campaign_funds.html", title=title, context=context, status=status
    )


def formset(request: HttpRequest, rows: list[Any], choices: Any) -> Any:
    """A line per fund that pays already, and some more."""
    made = forms.formset_factory(FundLine, extra=SPARE, max_num=20, validate_max=True)
    options: dict[str, Any] = {"form_kwargs": {"funds": choices}, "prefix": "fund"}
    if request.method == "POST":
        # Without what was there before: a line that did not change counts like any other.
        return made(request.POST, **options)
    initial = [{"fund": row.fund_id, "share": row.share, "limit": row.limit} for row in rows]
    return made(initial=initial, **options)


def _write(request: HttpRequest, campaign: Campaign, lines: Any, use: dict[str, Any]) -> str:
    """Writes the funds down, or says why not."""
    named = [line for line in lines if line.get("fund")]
    shared = use["use"] == FundUse.BY_SHARE
    try:
        set_funds(
            by=officer(request),
            campaign=campaign,
            funds=[line["fund"] for line in named],
            shares=[line["share"] or Decimal(0) for line in named] if shared else None,
            limits=[line["limit"] for line in named],
            carried_over=use["carried_over"],
        )
    except Refusal as refusal:
        return str(refusal)
    return ""
