"""Registers of money: funds with their balances, and the ledger."""

from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesDropdownFilter
from unfold.decorators import display

from unionbenefits.core.admin import ScopedAdmin
from unionbenefits.core.columns import mark, related
from unionbenefits.core.filters import DayFilter, ScopedFilter
from unionbenefits.core.money import show
from unionbenefits.funds.actions import deposit, open_fund
from unionbenefits.funds.models import Entry, Fund


@admin.register(Fund)
class FundAdmin(ScopedAdmin):
    """Sources of money. A balance is the sum of the ledger, worked out for the rows of the page."""

    list_display = ("name", "year", "owner", "available_text", "held_text", "used_text", "test_mark")
    list_filter = (("owner", ScopedFilter), "is_test")
    list_select_related = ("owner",)
    ordering = ("-year", "name", "id")
    search_fields = ("name", "owner__name")
    search_help_text = _("Name of the fund or its owner")
    autocomplete_fields = ("owner",)
    fieldsets: ClassVar = (
        (None, {"fields": ("name", "owner_shown", "year", "is_test")}),
        (_("Balance"), {"fields": ("available_text", "held_text", "used_text")}),
    )
    add_fieldsets: ClassVar = ((None, {"fields": ("name", "owner", "year", "is_test")}),)
    addable = True
    related_registers: ClassVar = (
        (_("Ledger"), "funds.entry", "fund__id__exact"),
        (_("Campaigns"), "campaigns.campaignfund", "fund__id__exact"),
    )
    owner_shown = related("owner", _("owner"))
    test_mark = mark("is_test", _("remark"), _("for tests"))

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """With balances."""
        return super().get_queryset(request).with_balances()  # type: ignore[attr-defined, no-any-return]

    @display(description=_("available"))
    def available_text(self, fund: Any) -> str:
        """What may still be held for a batch."""
        return show(fund.available)

    @display(description=_("held"))
    def held_text(self, fund: Any) -> str:
        """Set aside for batches that are not yet issued."""
        return show(fund.held)

    @display(description=_("used"))
    def used_text(self, fund: Any) -> str:
        """Given."""
        return show(fund.used)

    def add(self, request: HttpRequest, values: dict[str, Any]) -> Fund:
        """Opens it, empty: money comes by a deposit."""
        return open_fund(by=request.user, **values)  # type: ignore[arg-type]


@admin.register(Entry)
class EntryAdmin(ScopedAdmin):
    """The ledger, newest first. The only entry made by hand is a deposit."""

    list_display = (
        "made_at",
        "fund",
        "kind",
        "credit",
        "debit",
        "amount_text",
        "copies",
        "reference",
        "made_by",
    )
    list_filter = (("fund", ScopedFilter), ("kind", ChoicesDropdownFilter), ("made_at", DayFilter))
    list_select_related = ("fund",)
    search_fields = ("reference", "memo")
    search_help_text = _("Reference, such as batch:12, or memo")
    autocomplete_fields = ("fund",)
    fieldsets: ClassVar = (
        (None, {"fields": ("fund_shown", "kind", "credit", "debit", "amount_text", "copies")}),
        (None, {"fields": ("reference", "reverses_shown", "made_by", "made_at", "memo")}),
    )
    add_fieldsets: ClassVar = (
        (
            _("Deposit"),
            {
                "fields": ("fund", "amount", "memo"),
                "description": _(
                    "Money that came into the fund. An entry is never changed or removed, only reversed."
                ),
            },
        ),
    )
    addable = True
    fund_shown = related("fund", _("fund"))
    reverses_shown = related("reverses", _("reverses"))

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Whoever may pay money in."""
        return request.user.has_perm("funds.deposit_fund")

    @display(description=_("amount"), ordering="amount")
    def amount_text(self, entry: Entry) -> str:
        """With thousands separated."""
        return show(entry.amount)

    def add(self, request: HttpRequest, values: dict[str, Any]) -> Entry:
        """Pays in."""
        return deposit(by=request.user, **values)  # type: ignore[arg-type]
