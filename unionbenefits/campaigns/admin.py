"""Registers of campaigns: what is given, to whom it is allotted, batches and gifts."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesDropdownFilter
from unfold.decorators import display
from unfold.widgets import UnfoldAdminSelect2MultipleWidget, UnfoldAdminSelectWidget

from unionbenefits.campaigns import rule_admin  # noqa: F401 - registers its models
from unionbenefits.campaigns.actions import allot, close_campaign, open_campaign, set_funds, start_campaign
from unionbenefits.campaigns.enums import BatchState, CampaignKind, CampaignState, GiftState
from unionbenefits.campaigns.models import Allotment, Campaign, CampaignFund, Gift, GiftBatch, Revocation
from unionbenefits.campaigns.quotas import may_set
from unionbenefits.core import scope as scopes
from unionbenefits.core.admin import ScopedAdmin, ScopedInline, VerbForm
from unionbenefits.core.columns import related
from unionbenefits.core.errors import Refusal
from unionbenefits.core.filters import DayFilter, ScopedFilter
from unionbenefits.core.money import show
from unionbenefits.funds.models import Fund
from unionbenefits.plans import certificates
from unionbenefits.workers.admin import PersonPartAdmin, WorkerAdmin
from unionbenefits.workers.enums import Occupation

CAMPAIGN_COLOURS = {
    CampaignState.DRAFT: "info",
    CampaignState.OPEN: "success",
    CampaignState.CLOSED: "danger",
}
BATCH_COLOURS = {
    BatchState.PUT_FORWARD: "warning",
    BatchState.APPROVED: "info",
    BatchState.ISSUED: "success",
    BatchState.RETURNED: "danger",
}
GIFT_COLOURS = {GiftState.LIVE: "success", GiftState.LEFT_OUT: "warning"}


class CampaignForm(VerbForm):
    """A campaign with its funds, in the order of use."""

    funds = forms.ModelMultipleChoiceField(
        Fund.objects.all(),
        label=_("funds"),
        required=False,
        widget=UnfoldAdminSelect2MultipleWidget,
        help_text=_("Those chosen first are used first."),
    )
    occupations = forms.MultipleChoiceField(
        label=_("occupations"),
        required=False,
        choices=Occupation.choices,
        widget=UnfoldAdminSelect2MultipleWidget,
        help_text=_("Who may get it; none chosen means all."),
    )


class CampaignChangeForm(VerbForm):
    """What may still be changed on an existing campaign."""

    state = forms.ChoiceField(label=_("state"), choices=CampaignState.choices, widget=UnfoldAdminSelectWidget)


class FundInline(ScopedInline):
    """The funds that the campaign draws on, for its owners."""

    model = CampaignFund
    fields = ("order", "fund")
    list_select_related = ("fund",)


@admin.register(Campaign)
class CampaignAdmin(ScopedAdmin):
    """Gift campaigns of the unions in scope, and those that allot places to a unit in scope."""

    list_display = ("name", "kind", "owner", "unit_cost_text", "opens_on", "closes_on", "state_tag")
    list_filter = (("state", ChoicesDropdownFilter), ("kind", ChoicesDropdownFilter), ("opens_on", DayFilter))
    list_select_related = ("owner",)
    search_fields = ("name", "code")
    search_help_text = _("Name or code")
    autocomplete_fields = ("owner", "plan_version")
    fieldsets: ClassVar = (
        (None, {"fields": ("name", "code", "kind", "owner_shown", "state")}),
        (_("Gift"), {"fields": ("plan_version_shown", "unit_cost_text", "occupation_names")}),
        (_("Dates"), {"fields": ("opens_on", "closes_on", "cover_starts_on", "cover_ends_on")}),
    )
    add_fieldsets: ClassVar = (
        (None, {"fields": ("name", "code", "owner")}),
        (_("Gift"), {"fields": ("plan_version", "unit_cost", "occupations", "funds")}),
        (_("Dates"), {"fields": ("opens_on", "closes_on", "cover_starts_on", "cover_ends_on")}),
    )
    form, add_form = CampaignChangeForm, CampaignForm
    addable = changeable = True
    editable = ("state",)
    inlines = (FundInline,)
    related_registers: ClassVar = (
        (_("Allotments"), "campaigns.allotment", "campaign__id__exact"),
        (_("Gift batches"), "campaigns.giftbatch", "campaign__id__exact"),
        (_("Gifts"), "campaigns.gift", "campaign__id__exact"),
    )
    owner_shown = related("owner", _("owner"))
    plan_version_shown = related("plan_version", _("plan version"))

    @display(description=_("cost of one gift"), ordering="unit_cost")
    def unit_cost_text(self, campaign: Campaign) -> str:
        """元."""
        return show(campaign.unit_cost)

    @display(description=_("state"), ordering="state", label=CAMPAIGN_COLOURS)
    def state_tag(self, campaign: Campaign) -> tuple[str, str]:
        """As a coloured tag."""
        return campaign.state, campaign.get_state_display()

    @display(description=_("occupations"))
    def occupation_names(self, campaign: Campaign) -> str:
        """In words."""
        return "、".join(str(Occupation(code).label) for code in campaign.occupations) or str(_("all"))

    def add(self, request: HttpRequest, values: dict[str, Any]) -> Campaign:
        """Opens a coverage campaign and ties its funds."""
        funds = list(values.pop("funds"))
        campaign: Campaign = open_campaign(
            by=request.user,  # type: ignore[arg-type]
            kind=CampaignKind.COVERAGE,
            **values | {"occupations": tuple(values["occupations"])},
        )
        if funds:
            set_funds(by=request.user, campaign=campaign, funds=funds)  # type: ignore[arg-type]
        return campaign

    def change(self, request: HttpRequest, found: Any, values: dict[str, Any]) -> None:
        """Starts or closes it. Raises Refusal `campaign_state`."""
        match CampaignState(values["state"]):
            case state if state == found.state:
                return
            case CampaignState.OPEN:
                start_campaign(by=request.user, campaign=found)  # type: ignore[arg-type]
            case CampaignState.CLOSED:
                close_campaign(by=request.user, campaign=found)  # type: ignore[arg-type]
            case _:
                raise Refusal("campaign_state", _("A campaign that was open does not become a draft again."))


@admin.register(CampaignFund)
class CampaignFundAdmin(ScopedAdmin):
    """Which campaign draws on which fund, for the owners of both."""

    list_display = ("campaign", "fund", "order")
    list_filter = (("campaign", ScopedFilter), ("fund", ScopedFilter))
    list_select_related = ("campaign", "fund")
    search_fields = ("campaign__name", "fund__name")
    search_help_text = _("Name of the campaign or fund")
    fieldsets: ClassVar = ((None, {"fields": ("campaign_shown", "fund_shown", "order")}),)
    campaign_shown = related("campaign", _("campaign"))
    fund_shown = related("fund", _("fund"))


@admin.register(Allotment)
class AllotmentAdmin(ScopedAdmin):
    """Places given to unions and enterprises."""

    list_display = ("campaign", "unit_name", "copies")
    list_filter = (("campaign", ScopedFilter), ("union", ScopedFilter), ("enterprise", ScopedFilter))
    list_select_related = ("campaign", "union", "enterprise")
    search_fields = ("campaign__name", "union__name", "enterprise__name", "enterprise__credit_code")
    search_help_text = _("Name of the campaign, union or enterprise, or credit code")
    autocomplete_fields = ("campaign", "union", "enterprise")
    fieldsets: ClassVar = (
        (None, {"fields": ("campaign_shown", "union_shown", "enterprise_shown", "copies")}),
    )
    add_fieldsets: ClassVar = (
        (
            None,
            {
                "fields": ("campaign", "union", "enterprise", "copies"),
                "description": _(
                    "Choose a union or an enterprise. A unit that has places already gets the new number."
                ),
            },
        ),
    )
    addable = changeable = True
    editable = ("copies",)
    related_registers: ClassVar = ((_("Gift batches"), "campaigns.giftbatch", "allotment__id__exact"),)
    campaign_shown = related("campaign", _("campaign"))
    union_shown = related("union", _("union"))
    enterprise_shown = related("enterprise", _("enterprise"))

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Whoever may allot."""
        return request.user.has_perm("campaigns.allot_campaign")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Whoever may allot, and gives this unit its places: nobody gives places to themselves."""
        if not request.user.has_perm("campaigns.allot_campaign"):
            return False
        return obj is None or may_set(scopes.of_request(request), obj)

    @display(description=_("unit"))
    def unit_name(self, allotment: Allotment) -> str:
        """The union or enterprise."""
        return str(allotment.unit)

    def add(self, request: HttpRequest, values: dict[str, Any]) -> Allotment:
        """Gives places. Raises Refusal `unit_missing` or `places_of_the_unit_above`."""
        if (values["union"] is None) == (values["enterprise"] is None):
            raise Refusal("unit_missing", _("Choose either a union or an enterprise."))
        with transaction.atomic():
            given = allot(by=request.user, **values)  # type: ignore[arg-type]
            if not may_set(scopes.of_request(request), given):
                raise Refusal(
                    "places_of_the_unit_above",
                    _("The unit above gives these places. Ask it for them."),
                )
        return given

    def change(self, request: HttpRequest, found: Any, values: dict[str, Any]) -> None:
        """Another number of places."""
        allot(
            by=request.user,  # type: ignore[arg-type]
            campaign=found.campaign,
            union=found.union,
            enterprise=found.enterprise,
            copies=values["copies"],
        )


@admin.register(GiftBatch)
class GiftBatchAdmin(ScopedAdmin):
    """Batches, from put forward to issued. They move on the workflow pages."""

    row_page = "batch_review"

    list_display = (
        "number",
        "campaign",
        "unit_name",
        "copies",
        "amount_text",
        "state_tag",
        "prepared_by",
        "prepared_at",
    )
    list_filter = (
        ("state", ChoicesDropdownFilter),
        ("campaign", ScopedFilter),
        ("allotment", ScopedFilter),
        ("roster", ScopedFilter),
        ("prepared_at", DayFilter),
        ("issued_at", DayFilter),
    )
    list_select_related = (
        "campaign",
        "allotment__union",
        "allotment__enterprise",
        "prepared_by",
    )
    search_fields = ("campaign__name", "allotment__union__name", "allotment__enterprise__name")
    search_help_text = _("Number of the batch, such as #12, or name of the campaign, union or enterprise")
    fieldsets: ClassVar = (
        (None, {"fields": ("campaign_shown", "unit_name", "roster_shown", "state_tag", "return_reason")}),
        (_("What it gives"), {"fields": ("copies", "left_out", "amount_text")}),
        (
            _("Who and when"),
            {"fields": ("prepared_by_shown", "prepared_at", "approved_by_shown", "approved_at")},
        ),
        (None, {"fields": ("issued_by_shown", "issued_at", "digest")}),
    )
    related_registers: ClassVar = ((_("Gifts"), "campaigns.gift", "batch__id__exact"),)
    campaign_shown = related("campaign", _("campaign"))
    roster_shown = related("roster", _("roster"))
    prepared_by_shown = related("prepared_by", _("put forward by"))
    approved_by_shown = related("approved_by", _("approved by"))
    issued_by_shown = related("issued_by", _("issued by"))

    def find(self, rows: QuerySet[Any], text: str) -> QuerySet[Any]:
        """By number, or by a part of the names."""
        number = _batch_number(text)
        return super().find(rows, text) if number is None else rows.filter(pk=number)

    @display(description=_("number"), ordering="pk")
    def number(self, batch: GiftBatch) -> str:
        """As people name it."""
        return f"#{batch.pk}"

    @display(description=_("unit"))
    def unit_name(self, batch: GiftBatch) -> str:
        """The union or enterprise whose places are used."""
        return str(batch.allotment.unit)

    @display(description=_("amount"), ordering="amount")
    def amount_text(self, batch: GiftBatch) -> str:
        """元."""
        return show(batch.amount)

    @display(description=_("state"), ordering="state", label=BATCH_COLOURS)
    def state_tag(self, batch: GiftBatch) -> tuple[str, str]:
        """As a coloured tag."""
        return batch.state, batch.get_state_display()


def _batch_number(text: str) -> int | None:
    """The key in "#12" or "12"; None for anything else, and for a mobile or document number."""
    digits = text.removeprefix("#")
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 10 else None


class _GiftDisplay:
    """Columns that the register and the worker's page share."""

    @display(description=_("state"), ordering="state", label=GIFT_COLOURS)
    def state_tag(self, gift: Gift) -> tuple[str, str]:
        """As a coloured tag."""
        return gift.state, gift.get_state_display()


@admin.register(Gift)
class GiftAdmin(_GiftDisplay, PersonPartAdmin):
    """Who got what, and who did not and why."""

    list_display = ("worker", "campaign", "enterprise", "state_tag", "reason", "coverage")
    list_filter = (
        ("state", ChoicesDropdownFilter),
        ("reason", ChoicesDropdownFilter),
        ("campaign", ScopedFilter),
        ("enterprise", ScopedFilter),
        ("batch", ScopedFilter),
    )
    list_select_related = ("worker", "campaign", "enterprise", "coverage")
    ordering = ("-id",)
    search_help_text = _("Worker (name, document number, phone), certificate number, or batch such as #12")
    fieldsets: ClassVar = (
        (None, {"fields": ("worker_shown", "campaign_shown", "batch_shown", "enterprise_shown")}),
        (None, {"fields": ("occupation", "state_tag", "reason", "coverage_shown")}),
    )
    campaign_shown = related("campaign", _("campaign"))
    batch_shown = related("batch", _("gift batch"))
    enterprise_shown = related("enterprise", _("enterprise"))
    coverage_shown = related("coverage", _("coverage"))

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Newest first."""
        return super().get_queryset(request).order_by("-id")

    def find(self, rows: QuerySet[Any], text: str) -> QuerySet[Any]:
        """By batch, certificate, or the person."""
        number = _batch_number(text)
        if number is not None:
            return rows.filter(batch=number)
        certificate = certificates.clean(text)
        if certificates.is_certificate_no(certificate):
            return rows.filter(coverage__certificate_no=certificate)
        return super().find(rows, text)


class GiftInline(_GiftDisplay, ScopedInline):
    """The worker's gifts through enterprises in scope."""

    model = Gift
    fields = ("campaign", "enterprise", "state_text", "reason")
    list_select_related = ("campaign", "enterprise")

    @display(description=_("state"))
    def state_text(self, gift: Gift) -> str:
        """In words: tables inside a page know no tags."""
        return gift.get_state_display()


WorkerAdmin.also_show(GiftInline)


@admin.register(Revocation)
class RevocationAdmin(ScopedAdmin):
    """Undo of issued gifts. Proposed and confirmed on the workflow pages."""

    row_page = "undo_review"
    list_display = ("batch", "state", "copies", "kept", "amount", "from_day", "proposed_by", "proposed_at")
    list_filter = (("state", ChoicesDropdownFilter), ("proposed_at", DayFilter))
    list_select_related = ("batch__campaign", "proposed_by")
    search_fields = ("batch__campaign__name", "reason")
    search_help_text = _("Name of the campaign, or words of the reason")
    fieldsets: ClassVar = (
        (None, {"fields": ("state", "from_day", "copies", "kept", "amount", "reason")}),
        (_("Who and when"), {"fields": ("proposed_at", "decided_at", "digest")}),
    )
