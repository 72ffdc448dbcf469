"""Gift campaigns: who may get what, from which funds, between which dates; allotments, batches and gifts."""

from typing import ClassVar

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from unionbenefits.audit.history import tracked, tracked_without
from unionbenefits.campaigns.enums import BatchState, CampaignKind, CampaignState, GiftState, LeftOut
from unionbenefits.campaigns.guards import (
    OWN_COVERAGE,
    TOUCHED_BY_ALLOTMENTS,
    TOUCHED_BY_GIFTS,
    after_each_statement,
    never_exceeded,
)
from unionbenefits.campaigns.querysets import (
    CampaignPartQuerySet,
    CampaignQuerySet,
    GiftQuerySet,
    UnitQuerySet,
)
from unionbenefits.core.money import MoneyField
from unionbenefits.enterprises.models import Enterprise
from unionbenefits.funds.models import Entry, Fund
from unionbenefits.plans.models import Coverage, PlanVersion
from unionbenefits.unions.models import Union
from unionbenefits.workers.models import Roster, Worker


@tracked
class Campaign(models.Model):
    """A gift campaign (赠送活动). Set up by officers of its owner through `campaigns.actions`."""

    code = models.SlugField(_("code"), max_length=30, unique=True)
    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(
        _("kind"), max_length=10, choices=CampaignKind.choices, default=CampaignKind.COVERAGE
    )
    owner = models.ForeignKey(Union, models.PROTECT, related_name="campaigns", verbose_name=_("owner"))
    plan_version = models.ForeignKey(
        PlanVersion,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="campaigns",
        verbose_name=_("plan version"),
    )
    unit_cost = MoneyField(_("cost of one gift"), help_text=_("元"))
    opens_on = models.DateField(_("opens on"))
    closes_on = models.DateField(_("closes on"))
    cover_starts_on = models.DateField(_("cover from"), null=True, blank=True)
    cover_ends_on = models.DateField(_("cover until"), null=True, blank=True)
    occupations = models.JSONField(
        _("occupations"),
        default=list,
        blank=True,
        help_text=_("Codes of the occupations that may get it; empty for all."),
    )
    state = models.CharField(
        _("state"), max_length=8, choices=CampaignState.choices, default=CampaignState.DRAFT
    )
    funds = models.ManyToManyField(
        Fund, through="CampaignFund", related_name="campaigns", verbose_name=_("funds")
    )

    objects = CampaignQuerySet.as_manager()

    class Meta:
        verbose_name = _("campaign")
        verbose_name_plural = _("campaigns")
        ordering: ClassVar = ["-opens_on"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="campaign_closes_after_it_opens", condition=Q(closes_on__gte=F("opens_on"))
            ),
            models.CheckConstraint(name="campaign_cost_positive", condition=Q(unit_cost__gt=0)),
            models.CheckConstraint(
                name="campaign_of_coverage_names_plan_and_period",
                condition=~Q(kind="coverage")
                | Q(
                    plan_version__isnull=False,
                    cover_starts_on__isnull=False,
                    cover_ends_on__gte=F("cover_starts_on"),
                ),
            ),
        ]
        permissions: ClassVar = [("allot_campaign", _("Can allot places of a campaign"))]

    def __str__(self) -> str:
        return self.name


@tracked
class CampaignFund(models.Model):
    """A fund that a campaign draws on; those with a lower order are used first."""

    campaign = models.ForeignKey(
        Campaign, models.PROTECT, related_name="campaign_funds", verbose_name=_("campaign")
    )
    fund = models.ForeignKey(Fund, models.PROTECT, related_name="campaign_funds", verbose_name=_("fund"))
    order = models.PositiveSmallIntegerField(_("order of use"), default=1)

    objects = CampaignPartQuerySet.as_manager()

    class Meta:
        verbose_name = _("fund of a campaign")
        verbose_name_plural = _("funds of a campaign")
        ordering: ClassVar = ["order", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["campaign", "fund"], name="campaign_uses_fund_once")
        ]

    def __str__(self) -> str:
        return f"{self.campaign} – {self.fund}"


_ONE_UNIT = Q(union__isnull=False, enterprise__isnull=True) | Q(union__isnull=True, enterprise__isnull=False)


@tracked
class Allotment(models.Model):
    """A quota of a campaign's places for a union or an enterprise (名额分配), never exceeded (invariant 4).

    With a `parent`, its places are taken out of the parent's: what is given on cannot be used above any more.
    """

    campaign = models.ForeignKey(
        Campaign, models.PROTECT, related_name="allotments", verbose_name=_("campaign")
    )
    union = models.ForeignKey(
        Union, models.PROTECT, null=True, blank=True, related_name="allotments", verbose_name=_("union")
    )
    enterprise = models.ForeignKey(
        Enterprise,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="allotments",
        verbose_name=_("enterprise"),
    )
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("taken out of")
    )
    copies = models.PositiveIntegerField(_("copies"))

    objects = UnitQuerySet.as_manager()

    class Meta:
        verbose_name = _("allotment")
        verbose_name_plural = _("allotments")
        ordering: ClassVar = ["campaign", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(name="allotment_to_one_unit", condition=_ONE_UNIT),
            models.UniqueConstraint(fields=["campaign", "union"], name="allotment_once_per_union"),
            models.UniqueConstraint(fields=["campaign", "enterprise"], name="allotment_once_per_enterprise"),
            # Parents come first, so that locking in the order of keys goes from the top down and no ring can
            # form.
            models.CheckConstraint(
                name="allotment_parent_came_first", condition=Q(parent__isnull=True) | Q(parent__lt=F("id"))
            ),
        ]
        triggers: ClassVar = [
            *never_exceeded(TOUCHED_BY_ALLOTMENTS),
            pgtrigger.ReadOnly(name="allotment_keeps_its_unit", exclude=["copies"]),
        ]

    def __str__(self) -> str:
        return f"{self.unit}: {self.copies}"

    @property
    def unit(self) -> Union | Enterprise:
        """The union or enterprise that holds the places."""
        unit = self.union or self.enterprise
        assert unit is not None
        return unit


class BatchQuerySet(UnitQuerySet):
    """Batches, scoped through their allotment."""

    unit_prefix = "allotment__"


@tracked
class GiftBatch(models.Model):
    """The lines that one unit puts forward (赠送批次): put forward → approved → issued, or returned.

    `digest` names the exact lines; an approval binds to it. Preparer and approver are different people
    (invariant 7).
    """

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="batches", verbose_name=_("campaign"))
    allotment = models.ForeignKey(
        Allotment, models.PROTECT, related_name="batches", verbose_name=_("allotment")
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
        verbose_name=_("put forward by"),
    )
    prepared_at = models.DateTimeField(_("put forward at"))
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="approved_batches",
        verbose_name=_("approved by"),
    )
    approved_at = models.DateTimeField(_("approved at"), null=True, blank=True)
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

    objects = BatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("gift batch")
        verbose_name_plural = _("gift batches")
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="batch_approver_is_not_preparer",
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("prepared_by")),
            ),
            models.CheckConstraint(
                name="batch_approved_has_approver",
                condition=Q(approved_by__isnull=True, approved_at__isnull=True)
                | Q(approved_by__isnull=False, approved_at__isnull=False, approved_digest=F("digest")),
            ),
            models.CheckConstraint(
                name="batch_issued_was_approved",
                condition=Q(state__in=["put_forward", "returned"]) | Q(approved_by__isnull=False),
            ),
            models.CheckConstraint(
                name="batch_issued_has_issuer",
                condition=Q(state="issued", issued_by__isnull=False, issued_at__isnull=False)
                | (~Q(state="issued") & Q(issued_by__isnull=True, issued_at__isnull=True)),
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


# The coverage is set once, in the statement after the one that issues it, which has a history row of its own.
@tracked_without("coverage")
class Gift(models.Model):
    """One worker's line of a batch (赠送). At most one live per worker and campaign, through whichever unit.

    A line that was left out keeps its reason, so that everyone can see who did not get it and why.
    """

    # No index of its own: the unique one below begins with it, and a batch leads to its lines.
    campaign = models.ForeignKey(
        Campaign, models.PROTECT, related_name="gifts", verbose_name=_("campaign"), db_index=False
    )
    batch = models.ForeignKey(GiftBatch, models.PROTECT, related_name="gifts", verbose_name=_("gift batch"))
    worker = models.ForeignKey(Worker, models.PROTECT, related_name="gifts", verbose_name=_("worker"))
    # The index below serves the key as well.
    enterprise = models.ForeignKey(
        Enterprise, models.PROTECT, related_name="gifts", verbose_name=_("enterprise"), db_index=False
    )
    occupation = models.CharField(_("occupation"), max_length=30, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=GiftState.choices)
    reason = models.CharField(_("reason"), max_length=30, choices=LeftOut.choices, blank=True)
    # Set for a whole batch at once: without an index, and with room left in its page, a line is changed in
    # place; a trigger checks per statement that the coverage is the worker's, which is more than a foreign
    # key would.
    coverage = models.ForeignKey(
        Coverage,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="gifts",
        verbose_name=_("coverage"),
        db_constraint=False,
        db_index=False,
    )

    objects = GiftQuerySet.as_manager()

    class Meta:
        verbose_name = _("gift")
        verbose_name_plural = _("gifts")
        ordering: ClassVar = ["id"]
        indexes: ClassVar = [
            # In the order in which an enterprise's list shows them.
            models.Index(fields=["enterprise", "id"], name="gift_of_enterprise"),
            models.Index(fields=["id"], name="gift_left_out", condition=Q(state="left_out")),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["campaign", "worker"],
                condition=Q(state="live"),
                name="gift_one_per_worker_and_campaign",
            ),
            models.CheckConstraint(
                name="gift_left_out_has_reason",
                condition=(Q(state="left_out") & ~Q(reason="")) | (~Q(state="left_out") & Q(reason="")),
            ),
        ]
        triggers: ClassVar = [
            *never_exceeded(TOUCHED_BY_GIFTS),
            *after_each_statement("gift_coverage", OWN_COVERAGE),
            pgtrigger.Protect(
                name="gift_keeps_its_coverage",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__coverage__isnull=False)
                & pgtrigger.Q(old__coverage__df=pgtrigger.F("new__coverage")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.worker} – {self.campaign}"
