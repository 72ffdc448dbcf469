"""Who may get a gift, as data of the campaign; official occupation groups; overrides of "gifted before"."""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from unionbenefits.audit.history import tracked
from unionbenefits.campaigns.enums import GiftedBefore, StartRule
from unionbenefits.campaigns.querysets import OverrideQuerySet
from unionbenefits.core.money import MoneyField
from unionbenefits.plans.querysets import OpenQuerySet
from unionbenefits.workers.enums import Occupation
from unionbenefits.workers.models import Worker


class CampaignRules(models.Model):
    """What a campaign asks of a worker, of a unit and of its approvers, beyond the terms of its plan."""

    occupations = models.JSONField(
        _("occupations"),
        default=list,
        blank=True,
        help_text=_("Codes of the occupations that may get it; empty for all."),
    )
    areas = ArrayField(
        models.CharField(max_length=9),
        verbose_name=_("areas"),
        default=list,
        blank=True,
        db_default=[],
        help_text=_("Beginnings of the division codes of the units' unions, such as 440605; empty for all."),
    )
    real_name_required = models.BooleanField(_("real-name check required"), default=False, db_default=False)
    insurance_required = models.BooleanField(
        _("basic insurance required"),
        default=False,
        db_default=False,
        help_text=_("One of those that the plan accepts must be on file."),
    )
    gifted_before = models.CharField(
        _("gifted before"),
        max_length=8,
        choices=GiftedBefore.choices,
        default=GiftedBefore.ALLOWED,
        db_default=GiftedBefore.ALLOWED,
    )
    gifted_since = models.DateField(
        _("gifted since"),
        null=True,
        blank=True,
        help_text=_("Earlier gifts do not count as gifted before; empty counts all."),
    )
    minimum_share_required = models.BooleanField(
        _("minimum share of the unit required"),
        default=False,
        db_default=False,
        help_text=_("The plan says which share, and below how many people everyone."),
    )
    start_rule = models.CharField(
        _("start of cover"),
        max_length=12,
        choices=StartRule.choices,
        default=StartRule.COMMON_DATE,
        db_default=StartRule.COMMON_DATE,
    )
    second_approval_above = MoneyField(
        _("second approval above"),
        null=True,
        blank=True,
        help_text=_("元; a batch of more needs two approvers. Empty: one is enough."),
    )

    class Meta:
        abstract = True


@tracked
class OccupationGroup(models.Model):
    """An official list of occupations (domain.md §3.1), such as the eight groups of 2018. Kept as data by
    association officers through `campaigns.actions`; a campaign copies the occupations when it is set up.
    """

    code = models.SlugField(_("code"), max_length=30, unique=True)
    name = models.CharField(_("name"), max_length=60)
    source = models.CharField(_("source"), max_length=200, blank=True)
    occupations = ArrayField(
        models.CharField(max_length=30, choices=Occupation.choices), verbose_name=_("occupations")
    )

    objects = OpenQuerySet.as_manager()

    class Meta:
        verbose_name = _("occupation group")
        verbose_name_plural = _("occupation groups")
        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return self.name


@tracked
class GiftOverride(models.Model):
    """Lets a worker who was gifted before get a gift of this campaign too: one asks with a reason, another
    allows it (invariants 3 and 7).
    """

    campaign = models.ForeignKey(
        "campaigns.Campaign", models.PROTECT, related_name="overrides", verbose_name=_("campaign")
    )
    worker = models.ForeignKey(
        Worker, models.PROTECT, related_name="gift_overrides", verbose_name=_("worker")
    )
    reason = models.CharField(_("reason"), max_length=200)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="asked_gift_overrides",
        verbose_name=_("asked for by"),
    )
    asked_at = models.DateTimeField(_("asked for at"))
    allowed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="allowed_gift_overrides",
        verbose_name=_("allowed by"),
    )
    allowed_at = models.DateTimeField(_("allowed at"), null=True, blank=True)

    objects = OverrideQuerySet.as_manager()

    class Meta:
        verbose_name = _("override of gifted before")
        verbose_name_plural = _("overrides of gifted before")
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["campaign", "worker"], name="gift_override_once"),
            models.CheckConstraint(
                name="gift_override_by_a_second_person",
                condition=Q(allowed_by__isnull=True, allowed_at__isnull=True)
                | (Q(allowed_by__isnull=False, allowed_at__isnull=False) & ~Q(allowed_by=F("asked_by"))),
            ),
            models.CheckConstraint(name="gift_override_has_reason", condition=~Q(reason="")),
        ]
        permissions: ClassVar = [("allow_giftoverride", _("Can allow a gift to someone gifted before"))]

    def __str__(self) -> str:
        return f"{self.worker} – {self.campaign}"
