"""Gift campaigns: who may get what, from which funds, between which dates; allotments, batches and gifts."""

from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from unionbenefits.audit.history import tracked, tracked_without
from unionbenefits.campaigns.batch_models import BatchEntry, GiftBatch
from unionbenefits.campaigns.enums import (
    CampaignKind,
    CampaignState,
    FundUse,
    GiftState,
    LeftOut,
)
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
from unionbenefits.campaigns.reach_models import ReminderWave
from unionbenefits.campaigns.rule_models import CampaignRules, GiftOverride, OccupationGroup
from unionbenefits.campaigns.undo_models import BatchRun, Revocation, RevocationLine
from unionbenefits.core import clock
from unionbenefits.core.money import MoneyField
from unionbenefits.enterprises.models import Enterprise
from unionbenefits.funds.models import Fund
from unionbenefits.plans.models import Coverage, PlanVersion
from unionbenefits.unions.models import Union
from unionbenefits.workers.models import Worker

__all__ = [
    "Allotment", "BatchEntry", "BatchRun", "Campaign", "CampaignFund", "Gift", "GiftBatch", "GiftOverride",
    "OccupationGroup", "ReminderWave", "Revocation", "RevocationLine",
]  # fmt: skip


@tracked
class Campaign(CampaignRules):
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
    renews = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="renewals",
        verbose_name=_("continues"),
        help_text=_("The campaign whose cover this one continues."),
    )
    fund_use = models.CharField(
        _("use of the funds"),
        max_length=8,
        choices=FundUse.choices,
        default=FundUse.IN_ORDER,
        db_default=FundUse.IN_ORDER,
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
    """A fund that a campaign draws on; those with a lower order are used first, or each pays its share."""

    campaign = models.ForeignKey(
        Campaign, models.PROTECT, related_name="campaign_funds", verbose_name=_("campaign")
    )
    fund = models.ForeignKey(Fund, models.PROTECT, related_name="campaign_funds", verbose_name=_("fund"))
    order = models.PositiveSmallIntegerField(_("order of use"), default=1)
    share = models.DecimalField(
        _("share"),
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
        help_text=_("Per cent of every batch; all funds together make 100."),
    )
    limit = MoneyField(
        _("limit"), null=True, blank=True, help_text=_("元 that the campaign may use of it; empty for all.")
    )

    objects = CampaignPartQuerySet.as_manager()

    class Meta:
        verbose_name = _("fund of a campaign")
        verbose_name_plural = _("funds of a campaign")
        ordering: ClassVar = ["order", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["campaign", "fund"], name="campaign_uses_fund_once"),
            models.CheckConstraint(
                name="campaign_fund_share_in_range",
                condition=Q(share__isnull=True) | Q(share__gt=0, share__lte=100),
            ),
            models.CheckConstraint(
                name="campaign_fund_limit_positive", condition=Q(limit__isnull=True) | Q(limit__gt=0)
            ),
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
    use_until = models.DateField(
        _("use until"),
        null=True,
        blank=True,
        help_text=_("Places not used by then go back to the unit above; empty: until the campaign closes."),
    )

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
            pgtrigger.ReadOnly(name="allotment_keeps_its_unit", exclude=["copies", "use_until"]),
        ]

    def __str__(self) -> str:
        return f"{self.unit}: {self.copies}"

    @property
    def unit(self) -> Union | Enterprise:
        """The union or enterprise that holds the places."""
        unit = self.union or self.enterprise
        assert unit is not None
        return unit

    @property
    def is_over(self) -> bool:
        """Whether the last day on which the places may be used has passed."""
        return self.use_until is not None and self.use_until < clock.today()


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
    cover_from = models.DateField(
        _("cover from"),
        null=True,
        blank=True,
        help_text=_("Where it continues a cover; empty for the campaign's common date."),
    )
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
