"""Gift batches: the lines that a unit puts forward, and the ledger entries that pay for them."""

from typing import ClassVar

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from unionbenefits.audit.history import tracked
from unionbenefits.campaigns.enums import BatchState
from unionbenefits.campaigns.querysets import UnitQuerySet
from unionbenefits.core.money import MoneyField
from unionbenefits.funds.models import Entry
from unionbenefits.workers.models import Roster


class BatchQuerySet(UnitQuerySet):
    """Batches, scoped through their allotment."""

    unit_prefix = "allotment__"


@tracked
class GiftBatch(models.Model):
    """The lines that one unit puts forward (赠送批次): draft → put forward → returned, or approved → issued →
    partly or wholly undone.

    `digest` names the exact lines; an approval binds to it. Whoever prepared or put it forward, the approver
    and, where the campaign asks for one, the second approver are different people (invariant 7).
    """

    campaign = models.ForeignKey(
        "campaigns.Campaign", models.PROTECT, related_name="batches", verbose_name=_("campaign")
    )
    allotment = models.ForeignKey(
        "campaigns.Allotment", models.PROTECT, related_name="batches", verbose_name=_("allotment")
    )
    roster = models.ForeignKey(
        Roster, models.PROTECT, null=True, blank=True, related_name="batches", verbose_name=_("roster")
    )
    state = models.CharField(
        _("state"), max_length=12, choices=BatchState.choices, default=BatchState.PUT_FORWARD
    )
    copies = models.PositiveIntegerField(_("copies"))
    left_out = models.PositiveIntegerField(_("left out"), default=0)
    amount = MoneyField(_("amount"))
    digest = models.CharField(_("digest of the lines"), max_length=64)
    approved_digest = models.CharField(_("approved digest"), max_length=64, blank=True)
    prepared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="prepared_batches",
        verbose_name=_("prepared by"),
    )
    prepared_at = models.DateTimeField(_("prepared at"))
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="approved_batches",
        verbose_name=_("approved by"),
    )
    approved_at = models.DateTimeField(_("approved at"), null=True, blank=True)
    second_needed = models.BooleanField(_("needs a second approver"), default=False, db_default=False)
    second_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="second_approved_batches",
        verbose_name=_("approved second by"),
    )
    second_at = models.DateTimeField(_("approved second at"), null=True, blank=True)
    put_forward_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="put_forward_batches",
        verbose_name=_("put forward by"),
        help_text=_("Empty where the preparer did."),
    )
    put_forward_at = models.DateTimeField(_("put forward at"), null=True, blank=True)
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="issued_batches",
        verbose_name=_("issued by"),
    )
    issued_at = models.DateTimeField(_("issued at"), null=True, blank=True)
    return_reason = models.CharField(_("reason of return"), max_length=200, blank=True)
    revoked = models.PositiveIntegerField(
        _("undone"), default=0, db_default=0, help_text=_("Copies that were issued and undone later.")
    )

    objects = BatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("gift batch")
        verbose_name_plural = _("gift batches")
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="batch_approver_is_not_preparer",
                condition=Q(approved_by__isnull=True)
                | (
                    ~Q(approved_by=F("prepared_by"))
                    & (Q(put_forward_by__isnull=True) | ~Q(approved_by=F("put_forward_by")))
                ),
            ),
            models.CheckConstraint(
                name="batch_second_approver_is_a_third_person",
                condition=Q(second_by__isnull=True, second_at__isnull=True)
                | (
                    Q(approved_by__isnull=False, second_by__isnull=False, second_at__isnull=False)
                    & ~Q(second_by=F("prepared_by"))
                    & ~Q(second_by=F("approved_by"))
                    & (Q(put_forward_by__isnull=True) | ~Q(second_by=F("put_forward_by")))
                ),
            ),
            models.CheckConstraint(
                name="batch_approved_has_approver",
                condition=Q(approved_by__isnull=True, approved_at__isnull=True)
                | Q(approved_by__isnull=False, approved_at__isnull=False, approved_digest=F("digest")),
            ),
            models.CheckConstraint(
                name="batch_issued_was_approved",
                condition=Q(state__in=["draft", "put_forward", "returned"])
                | (Q(approved_by__isnull=False) & (Q(second_needed=False) | Q(second_by__isnull=False))),
            ),
            models.CheckConstraint(
                name="batch_issued_has_issuer",
                condition=Q(
                    state__in=["issued", "part_revoked", "revoked"],
                    issued_by__isnull=False,
                    issued_at__isnull=False,
                )
                | (
                    ~Q(state__in=["issued", "part_revoked", "revoked"])
                    & Q(issued_by__isnull=True, issued_at__isnull=True)
                ),
            ),
        ]
        permissions: ClassVar = [
            ("put_forward_giftbatch", _("Can put a gift batch forward")),
            ("approve_giftbatch", _("Can approve a gift batch of others")),
            ("issue_giftbatch", _("Can issue an approved gift batch")),
        ]
        triggers: ClassVar = [
            pgtrigger.ReadOnly(
                name="batch_keeps_its_origin", fields=["campaign", "allotment", "prepared_by", "prepared_at"]
            )
        ]

    def __str__(self) -> str:
        return f"{self.campaign} #{self.pk}"


class BatchEntry(models.Model):
    """Ties a batch to each of its ledger entries: hold, capture, release, reversal."""

    batch = models.ForeignKey(
        GiftBatch, models.PROTECT, related_name="batch_entries", verbose_name=_("gift batch")
    )
    entry = models.OneToOneField(
        Entry, models.PROTECT, related_name="batch_entry", verbose_name=_("ledger entry")
    )

    class Meta:
        verbose_name = _("ledger entry of a batch")
        verbose_name_plural = _("ledger entries of a batch")

    def __str__(self) -> str:
        return f"{self.batch_id} – {self.entry_id}"
