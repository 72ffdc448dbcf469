"""Decisions, appeals, differences, and the amounts up to which a role decides."""

from typing import Any, ClassVar

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from unionbenefits.access.roles import Role
from unionbenefits.audit.history import tracked
from unionbenefits.claims import guards
from unionbenefits.claims.enums import (
    AppealState,
    DecisionOutcome,
    DecisionState,
    DifferenceState,
)
from unionbenefits.claims.querysets import ClaimPartQuerySet
from unionbenefits.core.money import MoneyField
from unionbenefits.plans.models import PlanVersion, kept
from unionbenefits.plans.querysets import OpenQuerySet


def officer(name: Any, related: str, *, null: bool = True) -> models.ForeignKey:  # type: ignore[type-arg]
    """Who took a step: a member of staff, never removed."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=null,
        blank=null,
        related_name=related,
        verbose_name=name,
    )


@tracked
class Decision(models.Model):
    """A frozen result (核定): facts, plan version, ruleset, lines, reasons, amount.

    Proposed, reviewed and approved by three different people (invariant 7), each of them for exactly the
    claim's `version`; a change of the claim voids it (invariant 6). The facts and the result never change:
    a new decision is a new row.
    """

    claim = models.ForeignKey(
        "claims.Claim", models.PROTECT, related_name="decisions", verbose_name=_("claim")
    )
    claim_version = models.ForeignKey(
        "claims.ClaimVersion",
        models.PROTECT,
        related_name="decisions",
        verbose_name=_("version of the claim"),
    )
    version = models.PositiveIntegerField(_("version"))
    plan_version = models.ForeignKey(
        PlanVersion, models.PROTECT, related_name="decisions", verbose_name=_("plan version")
    )
    ruleset = models.CharField(_("ruleset"), max_length=20)
    facts = models.JSONField(_("facts"), help_text=_("As `manage.py adjudicate` reads them."))
    lines = models.JSONField(_("working"), help_text=_("Codes, amounts and values of the lines."))
    reasons = models.JSONField(_("reasons"), default=list)
    flags = models.JSONField(_("flags"), default=list)
    outcome = models.CharField(_("outcome"), max_length=6, choices=DecisionOutcome.choices)
    computed_outcome = models.CharField(
        _("outcome by the rules"), max_length=6, help_text=_("pay, reject or refer, before a person decided.")
    )
    amount = MoneyField(_("amount"))
    base = MoneyField(_("base"))
    ordinal = models.PositiveSmallIntegerField(_("stay no."), null=True, blank=True)
    rate = models.DecimalField(_("rate"), max_digits=4, decimal_places=2, null=True, blank=True)
    note = models.CharField(_("note"), max_length=500, blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=DecisionState.choices, default=DecisionState.PROPOSED
    )
    decided_by = officer(_("decided by"), "proposed_decisions", null=False)
    decided_at = models.DateTimeField(_("decided at"))
    reviewed_by = officer(_("reviewed by"), "reviewed_decisions")
    reviewed_at = models.DateTimeField(_("reviewed at"), null=True, blank=True)
    approved_by = officer(_("approved by"), "approved_decisions")
    approved_at = models.DateTimeField(_("approved at"), null=True, blank=True)
    returned_by = officer(_("returned by"), "returned_decisions")
    return_reason = models.CharField(_("why it was returned"), max_length=200, blank=True)
    voided_at = models.DateTimeField(_("void since"), null=True, blank=True)
    appeal = models.ForeignKey(
        "claims.Appeal",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="new_decisions",
        verbose_name=_("on appeal"),
    )

    objects = ClaimPartQuerySet.as_manager()

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [
            # The backlog forecast: how many are approved a day.
            models.Index(fields=["approved_at"], name="decision_approved", condition=Q(state="approved")),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["claim"],
                condition=Q(state__in=["proposed", "reviewed"]),
                name="decision_open_once_per_claim",
            ),
            models.CheckConstraint(
                name="decision_by_three_people",
                condition=(Q(reviewed_by__isnull=True) | ~Q(reviewed_by=F("decided_by")))
                & (
                    Q(approved_by__isnull=True)
                    | (
                        Q(reviewed_by__isnull=False)
                        & ~Q(approved_by=F("decided_by"))
                        & ~Q(approved_by=F("reviewed_by"))
                    )
                ),
            ),
            models.CheckConstraint(
                name="decision_state_has_people",
                condition=Q(state="proposed", reviewed_by__isnull=True, approved_by__isnull=True)
                | Q(state="reviewed", reviewed_by__isnull=False, approved_by__isnull=True)
                | Q(state="approved", reviewed_by__isnull=False, approved_by__isnull=False)
                | Q(state="returned", approved_by__isnull=True, returned_by__isnull=False)
                | Q(state="void", voided_at__isnull=False),
            ),
            models.CheckConstraint(
                name="decision_amount_fits_outcome",
                condition=Q(outcome="pay", amount__gte=0) | Q(outcome="reject", amount=0),
            ),
        ]
        permissions: ClassVar = [
            ("decide_decision", _("Can propose a decision")),
            ("review_decision", _("Can review a decision of others")),
            ("approve_decision", _("Can approve a reviewed decision")),
        ]
        triggers: ClassVar = [
            *kept("decision"),
            pgtrigger.ReadOnly(
                name="decision_keeps_its_result",
                fields=[
                    "claim", "claim_version", "version", "plan_version", "ruleset", "facts", "lines",
                    "reasons",
                    "flags", "outcome", "computed_outcome", "amount", "base", "ordinal", "rate", "note",
                    "decided_by", "decided_at", "appeal",
                ],
            ),
            *guards.bound_to_version(),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.claim_id} {self.get_outcome_display()} {self.amount}"


@tracked
class Appeal(models.Model):
    """The worker disagrees with an approved decision (申诉). Decided by somebody who had no part in it."""

    claim = models.ForeignKey("claims.Claim", models.PROTECT, related_name="appeals", verbose_name=_("claim"))
    decision = models.ForeignKey(
        Decision, models.PROTECT, related_name="appeals", verbose_name=_("decision appealed")
    )
    text = models.CharField(_("what is wrong"), max_length=1000)
    filed_by = models.CharField(_("filed by"), max_length=150)
    filed_at = models.DateTimeField(_("filed at"))
    state = models.CharField(_("state"), max_length=10, choices=AppealState.choices, default=AppealState.OPEN)
    answer = models.CharField(_("answer"), max_length=1000, blank=True)
    decided_by = officer(_("decided by"), "decided_appeals")
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)

    objects = ClaimPartQuerySet.as_manager()

    class Meta:
        verbose_name = _("appeal")
        verbose_name_plural = _("appeals")
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["claim"], condition=Q(state="open"), name="appeal_open_once_per_claim"
            ),
            models.CheckConstraint(
                name="appeal_decided_has_person",
                condition=Q(state__in=["open", "withdrawn"], decided_by__isnull=True)
                | (
                    Q(state__in=["granted", "dismissed"], decided_by__isnull=False, decided_at__isnull=False)
                    & ~Q(answer="")
                ),
            ),
        ]
        permissions: ClassVar = [("decide_appeal", _("Can decide an appeal"))]
        triggers: ClassVar = [*kept("appeal"), guards.appeal_by_others()]

    def __str__(self) -> str:
        return f"{self.claim_id} {self.get_state_display()}"


@tracked
class Difference(models.Model):
    """What another stay should now have got, brought up by a decision (cases C104, C110): never settled in
    silence.

    `amount` is signed: below zero the other stay got too much. Deducting takes it from the decision's own
    payment; topping up pays it to the claim, once; waiving leaves it, with a reason.
    """

    decision = models.ForeignKey(
        Decision, models.PROTECT, related_name="differences", verbose_name=_("brought up by")
    )
    claim = models.ForeignKey(
        "claims.Claim", models.PROTECT, related_name="differences", verbose_name=_("claim that it concerns")
    )
    amount = MoneyField(_("amount"))
    state = models.CharField(
        _("state"), max_length=10, choices=DifferenceState.choices, default=DifferenceState.OPEN
    )
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    settled_by = officer(_("settled by"), "settled_differences")
    settled_at = models.DateTimeField(_("settled at"), null=True, blank=True)

    objects = ClaimPartQuerySet.as_manager()

    class Meta:
        verbose_name = _("difference")
        verbose_name_plural = _("differences")
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["decision", "claim"], name="difference_once_per_decision"),
            models.CheckConstraint(name="difference_is_one", condition=~Q(amount=0)),
            models.CheckConstraint(
                name="difference_settled_has_person",
                condition=Q(state="open", settled_by__isnull=True)
                | Q(state="deducted", settled_by__isnull=False, amount__lt=0)
                | Q(state="topped_up", settled_by__isnull=False, amount__gt=0)
                | (Q(state="waived", settled_by__isnull=False) & ~Q(reason="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.claim_id} {self.amount}"


@tracked
class ApprovalLimit(models.Model):
    """Up to which amount a role may take a step alone: 元 a decision. No row, no limit."""

    role = models.CharField(_("role"), max_length=20, choices=Role.choices, unique=True)
    up_to = MoneyField(_("up to"))

    objects = OpenQuerySet.as_manager()

    class Meta:
        verbose_name = _("approval limit")
        verbose_name_plural = _("approval limits")
        ordering: ClassVar = ["up_to"]
        constraints: ClassVar = [
            models.CheckConstraint(name="approval_limit_positive", condition=Q(up_to__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()} {self.up_to}"
