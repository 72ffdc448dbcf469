"""Registers of claims: decisions and money to look things up in; the work is done on pages of their own."""

from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesDropdownFilter
from unfold.decorators import display

from unionbenefits.claims.enums import DecisionState, ObligationState, PaymentState
from unionbenefits.claims.models import (
    ApprovalLimit,
    BankProfile,
    ClaimsFund,
    Decision,
    Obligation,
    Payment,
    Refund,
)
from unionbenefits.core.admin import ScopedAdmin
from unionbenefits.core.columns import related
from unionbenefits.core.filters import DayFilter, ScopedFilter
from unionbenefits.core.masking import mask_account
from unionbenefits.core.money import show
from unionbenefits.workers.admin import people_found

DECISION_COLOURS = {
    DecisionState.PROPOSED: "warning",
    DecisionState.REVIEWED: "info",
    DecisionState.APPROVED: "success",
    DecisionState.RETURNED: "danger",
}
OBLIGATION_COLOURS = {
    ObligationState.DUE: "warning",
    ObligationState.PAID: "success",
    ObligationState.RETURNED: "danger",
}
PAYMENT_COLOURS = {
    PaymentState.SUBMITTED: "info",
    PaymentState.UNKNOWN: "warning",
    PaymentState.SUCCEEDED: "success",
    PaymentState.FAILED: "danger",
    PaymentState.RETURNED: "danger",
}


class ClaimPartAdmin(ScopedAdmin):
    """A register whose rows belong to a claim: found by its number, or by the person."""

    search_fields: tuple[str, ...] = ("claim__number",)
    search_help_text = _("Number of the claim, or the worker's name, document number or phone")
    ordering = ("-id",)
    # The way to the worker of a row.
    person = "claim__worker"

    def find(self, rows: QuerySet[Any], text: str) -> QuerySet[Any]:
        """By the numbers of the register, or by what finds a worker."""
        return super().find(rows, text) | rows.filter(**{f"{self.person}__in": people_found(text)})

    @display(description=_("amount"), ordering="amount")
    def amount_text(self, found: Any) -> str:
        """元."""
        return show(found.amount)


@admin.register(Decision)
class DecisionAdmin(ClaimPartAdmin):
    """Every decision, void ones too: who took which step, and what it pays."""

    list_display = ("claim", "outcome", "amount_text", "ordinal", "state_tag", "decided_by", "decided_at")
    list_filter = (
        ("state", ChoicesDropdownFilter),
        ("outcome", ChoicesDropdownFilter),
        ("decided_at", DayFilter),
    )
    list_select_related = ("claim", "decided_by")
    fieldsets: ClassVar = (
        (None, {"fields": ("claim", "version", "state", "outcome", "computed_outcome", "amount_text")}),
        (_("Working"), {"fields": ("base", "rate", "ordinal", "ruleset", "terms_shown", "note")}),
        (
            _("Steps"),
            {"fields": ("decider", "decided_at", "reviewer", "reviewed_at", "approver", "approved_at")},
        ),
        (None, {"fields": ("returner", "return_reason", "voided_at")}),
    )
    terms_shown = related("plan_version", _("plan version"))
    decider = related("decided_by", _("decided by"))
    reviewer = related("reviewed_by", _("reviewed by"))
    approver = related("approved_by", _("approved by"))
    returner = related("returned_by", _("returned by"))
    related_registers: ClassVar = ((_("Obligations"), "claims.obligation", "decision__id__exact"),)

    @display(description=_("state"), ordering="state", label=DECISION_COLOURS)
    def state_tag(self, decision: Decision) -> tuple[str, str]:
        """As a coloured tag."""
        return decision.state, decision.get_state_display()


@admin.register(Obligation)
class ObligationAdmin(ClaimPartAdmin):
    """Money owed: to be paid, paid, come back or stopped."""

    list_display = ("claim", "kind", "amount_text", "state_tag", "made_at", "reason")
    list_filter = (
        ("state", ChoicesDropdownFilter),
        ("kind", ChoicesDropdownFilter),
        ("made_at", DayFilter),
        ("decision", ScopedFilter),
    )
    list_select_related = ("claim",)
    fieldsets: ClassVar = (
        (None, {"fields": ("claim", "decision_shown", "kind", "amount_text", "state", "made_at", "reason")}),
    )
    decision_shown = related("decision", _("decision"))
    related_registers: ClassVar = (
        (_("Payments"), "claims.payment", "obligation__id__exact"),
        (_("Refunds"), "claims.refund", "obligation__id__exact"),
    )

    @display(description=_("state"), ordering="state", label=OBLIGATION_COLOURS)
    def state_tag(self, obligation: Obligation) -> tuple[str, str]:
        """As a coloured tag."""
        return obligation.state, obligation.get_state_display()


@admin.register(Payment)
class PaymentAdmin(ClaimPartAdmin):
    """Every attempt to pay, the account by its last digits."""

    list_display = (
        "order_no",
        "batch",
        "payee_name",
        "account_masked",
        "amount_text",
        "state_tag",
        "paid_on",
    )
    list_filter = (
        ("state", ChoicesDropdownFilter),
        ("submitted_on", DayFilter),
        ("paid_on", DayFilter),
        ("obligation", ScopedFilter),
    )
    list_select_related = ("batch",)
    search_fields = ("order_no", "receipt", "payee_name", "obligation__claim__number")
    search_help_text = _(
        "Our number at the bank, receipt, account holder, number of the claim, or the worker"
    )
    person = "obligation__claim__worker"
    fieldsets: ClassVar = (
        (None, {"fields": ("order_no", "batch_number", "obligation_shown", "previous_shown", "state")}),
        (_("Payee"), {"fields": ("payee_name", "account_masked", "bank_name", "amount_text")}),
        (_("The bank's answer"), {"fields": ("submitted_on", "paid_on", "returned_on", "receipt", "reason")}),
    )
    batch_number = related("batch", _("payment batch"))
    obligation_shown = related("obligation", _("obligation"))
    previous_shown = related("previous", _("attempt before"))

    @display(description=_("bank account"))
    def account_masked(self, payment: Payment) -> str:
        """The last four digits."""
        return mask_account(payment.account)

    @display(description=_("state"), ordering="state", label=PAYMENT_COLOURS)
    def state_tag(self, payment: Payment) -> tuple[str, str]:
        """As a coloured tag."""
        return payment.state, payment.get_state_display()


@admin.register(Refund)
class RefundAdmin(ClaimPartAdmin):
    """Money that workers gave back."""

    list_display = ("obligation", "amount_text", "key", "reason", "made_by", "made_at")
    list_filter = (("made_at", DayFilter), ("obligation", ScopedFilter))
    list_select_related = ("obligation", "made_by")
    search_fields = ("key", "obligation__claim__number")
    search_help_text = _("Receipt, number of the claim, or the worker")
    person = "obligation__claim__worker"
    fieldsets: ClassVar = (
        (None, {"fields": ("obligation_shown", "amount_text", "key", "reason", "recorder", "made_at")}),
    )
    obligation_shown = related("obligation", _("obligation"))
    recorder = related("made_by", _("recorded by"))


@admin.register(ApprovalLimit)
class ApprovalLimitAdmin(ScopedAdmin):
    """Up to which amount a role goes alone. Changed on the page of limits."""

    list_display = ("role", "up_to_text")
    search_fields = ("role",)
    search_help_text = _("Role")
    fieldsets: ClassVar = ((None, {"fields": ("role", "up_to_text")}),)

    @display(description=_("up to"), ordering="up_to")
    def up_to_text(self, limit: ApprovalLimit) -> str:
        """元."""
        return show(limit.up_to)


@admin.register(ClaimsFund)
class ClaimsFundAdmin(ScopedAdmin):
    """Which funds pay the claims of which plan. Changed on the page of the plan's funds."""

    list_display = ("plan", "fund", "order")
    list_filter = (("plan", ScopedFilter), ("fund", ScopedFilter))
    list_select_related = ("plan", "fund")
    search_fields = ("plan__name", "fund__name")
    search_help_text = _("Name of the plan or the fund")
    fieldsets: ClassVar = ((None, {"fields": ("plan_shown", "fund_shown", "order")}),)
    plan_shown = related("plan", _("plan"))
    fund_shown = related("fund", _("fund"))


@admin.register(BankProfile)
class BankProfileAdmin(ScopedAdmin):
    """How banks want their files. Changed on a page of its own, which a row opens."""

    list_display = ("name", "code", "format", "encoding", "line_limit", "is_active")
    list_filter = ("is_active",)
    search_fields = ("name", "code")
    search_help_text = _("Bank or code")
    row_page = "bank_profile"
    fieldsets: ClassVar = (
        (None, {"fields": ("code", "name", "format", "encoding", "line_limit", "purpose", "is_active")}),
        (_("Forms"), {"fields": ("out_columns", "in_headings", "status_words")}),
    )
