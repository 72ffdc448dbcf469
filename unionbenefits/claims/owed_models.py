"""What is owed, and the ledger entries that hold, use and give back the money for it."""

from typing import ClassVar

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from unionbenefits.audit.history import append_only, tracked
from unionbenefits.claims.decision_models import Decision, Difference
from unionbenefits.claims.enums import ObligationKind, ObligationState
from unionbenefits.claims.querysets import ClaimPartQuerySet, ClaimsFundQuerySet, ObligationPartQuerySet
from unionbenefits.core.money import MoneyField
from unionbenefits.funds.models import Entry, Fund
from unionbenefits.plans.models import Plan, kept


@tracked
class Obligation(models.Model):
    """Money owed to a worker: one per approved decision that pays, one per difference that is topped up.

    Its money is held under the reference `claim:<key>` from approval on, used when it is paid, available
    again when the bank returns it (case C126). `state` follows the payments; only due and paid ones count
    towards the cap of a period.
    """

    claim = models.ForeignKey(
        "claims.Claim", models.PROTECT, related_name="obligations", verbose_name=_("claim")
    )
    decision = models.ForeignKey(
        Decision, models.PROTECT, related_name="obligations", verbose_name=_("decision")
    )
    difference = models.OneToOneField(
        Difference,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="obligation",
        verbose_name=_("difference"),
    )
    kind = models.CharField(
        _("kind"), max_length=10, choices=ObligationKind.choices, default=ObligationKind.DECISION
    )
    amount = MoneyField(_("amount"))
    state = models.CharField(
        _("state"), max_length=8, choices=ObligationState.choices, default=ObligationState.DUE
    )
    made_at = models.DateTimeField(_("made at"))
    reason = models.CharField(
        _("reason"), max_length=200, blank=True, help_text=_("Why it came back or was stopped.")
    )

    objects = ClaimPartQuerySet.as_manager()

    class Meta:
        verbose_name = _("obligation")
        verbose_name_plural = _("obligations")
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [
            models.Index(fields=["id"], name="obligation_due", condition=Q(state="due")),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(name="obligation_positive", condition=Q(amount__gt=0)),
            models.UniqueConstraint(
                fields=["decision"], condition=Q(kind="decision"), name="obligation_once_per_decision"
            ),
            models.CheckConstraint(
                name="obligation_difference_fits_kind",
                condition=Q(kind="decision", difference__isnull=True)
                | Q(kind="difference", difference__isnull=False),
            ),
        ]
        triggers: ClassVar = [
            *kept("obligation"),
            pgtrigger.ReadOnly(
                name="obligation_keeps_its_amount",
                fields=["claim", "decision", "difference", "kind", "amount", "made_at"],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.claim_id} {self.amount}"

    @property
    def reference(self) -> str:
        """The ledger reference under which its money is held and used."""
        return f"claim:{self.pk}"


class ObligationEntry(models.Model):
    """Ties an obligation to each of its ledger entries: hold, release, capture, reversal."""

    obligation = models.ForeignKey(
        Obligation, models.PROTECT, related_name="obligation_entries", verbose_name=_("obligation")
    )
    entry = models.OneToOneField(
        Entry, models.PROTECT, related_name="obligation_entry", verbose_name=_("ledger entry")
    )

    objects = ObligationPartQuerySet.as_manager()

    class Meta:
        verbose_name = _("ledger entry of an obligation")
        verbose_name_plural = _("ledger entries of an obligation")

    def __str__(self) -> str:
        return f"{self.obligation_id} – {self.entry_id}"


class Refund(models.Model):
    """Money that the worker gave back after being paid; it frees cap and fund, once (case C126)."""

    obligation = models.ForeignKey(
        Obligation, models.PROTECT, related_name="refunds", verbose_name=_("obligation")
    )
    amount = MoneyField(_("amount"))
    reason = models.CharField(_("reason"), max_length=200)
    key = models.CharField(
        _("receipt"), max_length=60, unique=True, help_text=_("Number of the bank's receipt.")
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="recorded_refunds",
        verbose_name=_("recorded by"),
    )
    made_at = models.DateTimeField(_("recorded at"))

    objects = ObligationPartQuerySet.as_manager()

    class Meta:
        verbose_name = _("refund")
        verbose_name_plural = _("refunds")
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [models.CheckConstraint(name="refund_positive", condition=Q(amount__gt=0))]
        triggers: ClassVar = append_only("refund")

    def __str__(self) -> str:
        return f"{self.obligation_id} {self.amount}"


@tracked
class ClaimsFund(models.Model):
    """A fund that pays the claims of a plan, in the order given."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="claims_funds", verbose_name=_("plan"))
    fund = models.ForeignKey(Fund, models.PROTECT, related_name="claims_funds", verbose_name=_("fund"))
    order = models.PositiveSmallIntegerField(_("order"), default=1)

    objects = ClaimsFundQuerySet.as_manager()

    class Meta:
        verbose_name = _("fund for claims")
        verbose_name_plural = _("funds for claims")
        ordering: ClassVar = ["plan", "order", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["plan", "fund"], name="claims_fund_once_per_plan"),
        ]

    def __str__(self) -> str:
        return f"{self.plan} – {self.fund}"
