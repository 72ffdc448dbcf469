"""Plans, their versions, and who is covered."""

from decimal import Decimal
from typing import ClassVar

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from unionbenefits.audit.history import tracked
from unionbenefits.core.money import MoneyField
from unionbenefits.plans.enums import CoverageStatus, PaperKind, StraddleRule
from unionbenefits.plans.querysets import CoverageQuerySet, OpenQuerySet
from unionbenefits.unions.models import Union
from unionbenefits.workers.models import Worker


def kept(noun: str) -> list[pgtrigger.Trigger]:
    """Rows that others rely on are never deleted: the trigger that says so."""
    return [pgtrigger.Protect(name=f"{noun}_is_kept", operation=pgtrigger.Delete)]


def usual_papers() -> list[str]:
    """What comparable plans ask for (domain.md §1.4); the papers of this one are not published (§8)."""
    return [PaperKind.STATEMENT.value, PaperKind.INVOICE.value, PaperKind.DISCHARGE.value]


@tracked
class Plan(models.Model):
    """A mutual-aid scheme (互助保障计划). Its terms live in versions. Changed by association officers."""

    code = models.SlugField(_("code"), max_length=20, unique=True)
    name = models.CharField(_("official name"), max_length=120)
    popular_name = models.CharField(_("popular name"), max_length=60, blank=True)

    objects = OpenQuerySet.as_manager()

    class Meta:
        verbose_name = _("plan")
        verbose_name_plural = _("plans")
        ordering: ClassVar = ["code"]
        triggers: ClassVar = kept("plan")

    def __str__(self) -> str:
        return self.popular_name or self.name


@tracked
class PlanVersion(models.Model):
    """A plan's terms from a date on; a coverage keeps the version under which it was issued.

    Every number that the published rules leave open (domain.md §8) is a field with a stated default.
    """

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="versions", verbose_name=_("plan"))
    number = models.PositiveSmallIntegerField(_("version"))
    valid_from = models.DateField(_("valid from"))
    fee = MoneyField(_("fee"), help_text=_("元 per person and period."))
    rates = ArrayField(
        models.DecimalField(max_digits=4, decimal_places=2),
        verbose_name=_("rates"),
        help_text=_(
            "Share paid of the first, second … hospital stay, such as 0.80, 0.70; later stays get nothing."
        ),
    )
    deductible = MoneyField(_("deductible"), default=Decimal("0.00"))
    cap_per_stay = MoneyField(_("cap per stay"), null=True, blank=True)
    cap_per_period = MoneyField(_("cap per period"), null=True, blank=True)
    waiting_days = models.PositiveSmallIntegerField(
        _("waiting days"),
        default=30,
        help_text=_("Calendar days from the first day of cover; first enrolment only."),
    )
    straddle = models.CharField(
        _("straddle rule"), max_length=20, choices=StraddleRule.choices, default=StraddleRule.ADMISSION_DATE
    )
    episode_gap_days = models.PositiveSmallIntegerField(
        _("episode gap"), default=1, help_text=_("Stays this many days apart or fewer count as one.")
    )
    filing_deadline_days = models.PositiveSmallIntegerField(
        _("filing deadline"), default=730, help_text=_("Days after the statement's settlement date.")
    )
    required_papers = ArrayField(
        models.CharField(max_length=14, choices=PaperKind.choices),
        verbose_name=_("required papers"),
        default=usual_papers,
        blank=True,
        help_text=_("What a claim cannot be sent without."),
    )
    promised_days = models.PositiveSmallIntegerField(
        _("promised days"),
        default=20,
        validators=[MinValueValidator(1)],
        help_text=_("Calendar days from filing until the worker is promised an answer."),
    )
    appeal_days = models.PositiveSmallIntegerField(
        _("days to appeal"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("Calendar days after a decision in which the worker may appeal; empty for no limit."),
    )
    accepted_insurance = ArrayField(
        models.CharField(max_length=20), verbose_name=_("accepted basic insurance"), default=list, blank=True
    )
    age_floor = models.PositiveSmallIntegerField(_("lowest age"), default=16)
    age_below = models.PositiveSmallIntegerField(
        _("age limit"),
        null=True,
        blank=True,
        help_text=_("Years that a worker has not yet completed on the first day of cover; empty for none."),
    )
    below_retirement_age = models.BooleanField(_("below retirement age only"), default=True)
    minimum_share = models.DecimalField(
        _("minimum share of the unit"), max_digits=4, decimal_places=2, default=Decimal("0.80")
    )
    everyone_below = models.PositiveSmallIntegerField(
        _("everyone in units smaller than"), default=50, help_text=_("People; smaller units enrol all.")
    )

    objects = OpenQuerySet.as_manager()

    class Meta:
        verbose_name = _("plan version")
        verbose_name_plural = _("plan versions")
        ordering: ClassVar = ["plan", "-valid_from"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["plan", "number"], name="plan_version_number_once"),
            models.UniqueConstraint(fields=["plan", "valid_from"], name="plan_version_from_one_day_once"),
            models.CheckConstraint(name="plan_version_fee_positive", condition=Q(fee__gt=0)),
        ]
        triggers: ClassVar = [
            *kept("plan_version"),
            pgtrigger.ReadOnly(name="plan_version_keeps_its_plan", fields=["plan"]),
        ]

    def __str__(self) -> str:
        return f"{self.plan} v{self.number}"


_REAL_TERMS = """
    IF EXISTS (
        SELECT FROM (SELECT DISTINCT plan_id, plan_version_id, given_by_id FROM new_values) n
        LEFT JOIN plans_planversion v ON v.id = n.plan_version_id AND v.plan_id = n.plan_id
        LEFT JOIN unions_union u ON u.id = n.given_by_id
        WHERE v.id IS NULL OR u.id IS NULL
    ) THEN
        RAISE EXCEPTION 'coverage names a version that is not of its plan, or a union that does not exist'
            USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'coverage_terms_exist';
    END IF;
    RETURN NULL;
"""


@tracked
class Coverage(models.Model):
    """A worker's cover under a plan version for a period, both ends included (invariant 2).

    `period` is what was issued; `live_period` is what still holds: shorter after a cancellation, empty after
    one from the start. Issued and cancelled by `campaigns.actions` through `plans.actions`, nobody else.
    """

    worker = models.ForeignKey(Worker, models.PROTECT, related_name="coverages", verbose_name=_("worker"))
    # These three are the same for thousands of rows of a statement: one trigger checks them per statement,
    # where foreign keys would check every row (240 ms of an issue of 20,812), and an index on them would find
    # half the table. Plans and versions are never deleted; a union that gave cover owns the campaign that
    # holds it fast.
    plan = models.ForeignKey(
        Plan,
        models.PROTECT,
        related_name="coverages",
        verbose_name=_("plan"),
        db_constraint=False,
        db_index=False,
    )
    plan_version = models.ForeignKey(
        PlanVersion,
        models.PROTECT,
        related_name="coverages",
        verbose_name=_("plan version"),
        db_constraint=False,
        db_index=False,
    )
    given_by = models.ForeignKey(
        Union,
        models.PROTECT,
        related_name="given_coverages",
        verbose_name=_("given by"),
        db_constraint=False,
        db_index=False,
    )
    certificate_no = models.CharField(_("certificate number"), max_length=24)
    period = DateRangeField(_("period"))
    live_period = DateRangeField(_("period in force"))
    first_enrolment = models.BooleanField(_("first enrolment"), help_text=_("The waiting period applies."))
    status = models.CharField(
        _("status"), max_length=10, choices=CoverageStatus.choices, default=CoverageStatus.ACTIVE
    )
    cancelled_from = models.DateField(_("cancelled from"), null=True, blank=True)
    keep_until = models.DateField(
        _("kept until"),
        null=True,
        blank=True,
        help_text=_("Last day of a hospital stay that a filed claim relies on; cover cannot end before."),
    )
    issued_at = models.DateTimeField(_("issued at"))

    objects = CoverageQuerySet.as_manager()

    class Meta:
        verbose_name = _("coverage")
        verbose_name_plural = _("coverages")
        ordering: ClassVar = ["-id"]
        # A few among millions, which the register asks for; an issue writes nothing to it.
        indexes: ClassVar = [
            models.Index(fields=["id"], name="coverage_cancelled", condition=Q(status="cancelled")),
            # The published list of withdrawn certificates asks for those whose printed period still runs.
            models.Index(
                Func(F("period"), function="upper"),
                name="coverage_cancelled_until",
                condition=Q(status="cancelled"),
            ),
        ]
        constraints: ClassVar = [
            # Here rather than `unique=True`, which would add a second index for LIKE.
            models.UniqueConstraint(fields=["certificate_no"], name="coverage_certificate_once"),
            ExclusionConstraint(
                name="coverage_one_live_per_plan_and_day",
                expressions=[
                    ("worker", RangeOperators.EQUAL),
                    ("plan", RangeOperators.EQUAL),
                    ("live_period", RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(
                name="coverage_live_period_within_period", condition=Q(period__contains=F("live_period"))
            ),
            models.CheckConstraint(
                name="coverage_cancelled_has_date",
                condition=Q(status="active", cancelled_from__isnull=True)
                | Q(status="cancelled", cancelled_from__isnull=False),
            ),
        ]
        triggers: ClassVar = [
            *kept("coverage"),
            *(
                pgtrigger.Trigger(
                    name=f"coverage_terms_{name}",
                    level=pgtrigger.Statement,
                    when=pgtrigger.After,
                    operation=operation,
                    referencing=pgtrigger.Referencing(new="new_values"),  # type: ignore[no-untyped-call]
                    func=_REAL_TERMS,
                )
                for name, operation in (("insert", pgtrigger.Insert), ("update", pgtrigger.Update))
            ),
        ]

    def __str__(self) -> str:
        return self.certificate_no


@tracked
class OpeningFigures(models.Model):
    """What the association had reached before this system kept count: entered by an officer, added to ours.

    Published for all plans together: 30.704 million enrolments and 2.01 billion 元 since 1999 (domain.md
    §1.2). The row with the latest `until` counts.
    """

    since_year = models.PositiveSmallIntegerField(_("base year"))
    until = models.DateField(_("until"), unique=True, help_text=_("Last day that the figures include."))
    enrolments = models.PositiveBigIntegerField(_("enrolments"), help_text=_("Person-times (人次)."))
    payouts = models.PositiveBigIntegerField(_("payouts"), help_text=_("Person-times (人次)."))
    amount = MoneyField(_("amount paid"), max_digits=16, help_text=_("元"))
    source = models.CharField(_("source"), max_length=200, blank=True)
    entered_by = models.CharField(_("entered by"), max_length=150)
    entered_at = models.DateTimeField(_("entered at"))

    objects = OpenQuerySet.as_manager()

    class Meta:
        verbose_name = _("opening figures")
        verbose_name_plural = _("opening figures")
        ordering: ClassVar = ["-until"]

    def __str__(self) -> str:
        return f"{self.since_year}–{self.until}"
