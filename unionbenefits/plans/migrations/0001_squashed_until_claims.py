from decimal import Decimal

import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.core.validators
import django.db.models.deletion
import pgtrigger.compiler
from django.db import migrations, models

import unionbenefits.core.migration_operations
import unionbenefits.core.money
import unionbenefits.plans.models


class Migration(migrations.Migration):
    replaces = [
        ("plans", "0001_initial"),
        ("plans", "0002_certificate_numbers"),
        ("plans", "0003_indexes_of_lists"),
        ("plans", "0004_kept_until_and_opening_figures"),
        ("plans", "0005_papers_and_promise"),
        ("plans", "0006_appeal_days"),
    ]

    initial = True

    dependencies = [
        ("pghistory", "0007_auto_20250421_0444"),
        ("unions", "0001_initial"),
        ("workers", "0005_claim_messages"),
    ]

    operations = [
        migrations.RunSQL(
            sql="CREATE SEQUENCE plans_certificate_no",
            reverse_sql="DROP SEQUENCE plans_certificate_no",
        ),
        migrations.CreateModel(
            name="Plan",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.SlugField(max_length=20, unique=True, verbose_name="code")),
                ("name", models.CharField(max_length=120, verbose_name="official name")),
                ("popular_name", models.CharField(blank=True, max_length=60, verbose_name="popular name")),
            ],
            options={
                "verbose_name": "plan",
                "verbose_name_plural": "plans",
                "ordering": ["code"],
            },
        ),
        migrations.CreateModel(
            name="OpeningFigures",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("since_year", models.PositiveSmallIntegerField(verbose_name="base year")),
                (
                    "until",
                    models.DateField(
                        help_text="Last day that the figures include.", unique=True, verbose_name="until"
                    ),
                ),
                (
                    "enrolments",
                    models.PositiveBigIntegerField(
                        help_text="Person-times (人次).", verbose_name="enrolments"
                    ),
                ),
                (
                    "payouts",
                    models.PositiveBigIntegerField(help_text="Person-times (人次).", verbose_name="payouts"),
                ),
                (
                    "amount",
                    unionbenefits.core.money.MoneyField(
                        decimal_places=2, help_text="元", max_digits=16, verbose_name="amount paid"
                    ),
                ),
                ("source", models.CharField(blank=True, max_length=200, verbose_name="source")),
                ("entered_by", models.CharField(max_length=150, verbose_name="entered by")),
                ("entered_at", models.DateTimeField(verbose_name="entered at")),
            ],
            options={
                "verbose_name": "opening figures",
                "verbose_name_plural": "opening figures",
                "ordering": ["-until"],
            },
        ),
        migrations.CreateModel(
            name="PlanEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("code", models.SlugField(db_index=False, max_length=20, verbose_name="code")),
                ("name", models.CharField(max_length=120, verbose_name="official name")),
                ("popular_name", models.CharField(blank=True, max_length=60, verbose_name="popular name")),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="plans.plan",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="PlanVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="version")),
                ("valid_from", models.DateField(verbose_name="valid from")),
                (
                    "fee",
                    unionbenefits.core.money.MoneyField(
                        decimal_places=2,
                        help_text="元 per person and period.",
                        max_digits=12,
                        verbose_name="fee",
                    ),
                ),
                (
                    "rates",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.DecimalField(decimal_places=2, max_digits=4),
                        help_text="Share paid of the first, second … hospital stay, such as 0.80, 0.70; later stays get nothing.",
                        size=None,
                        verbose_name="rates",
                    ),
                ),
                (
                    "deductible",
                    unionbenefits.core.money.MoneyField(
                        decimal_places=2, default=Decimal("0.00"), max_digits=12, verbose_name="deductible"
                    ),
                ),
                (
                    "cap_per_stay",
                    unionbenefits.core.money.MoneyField(
                        blank=True, decimal_places=2, max_digits=12, null=True, verbose_name="cap per stay"
                    ),
                ),
                (
                    "cap_per_period",
                    unionbenefits.core.money.MoneyField(
                        blank=True, decimal_places=2, max_digits=12, null=True, verbose_name="cap per period"
                    ),
                ),
                (
                    "waiting_days",
                    models.PositiveSmallIntegerField(
                        default=30,
                        help_text="Calendar days from the first day of cover; first enrolment only.",
                        verbose_name="waiting days",
                    ),
                ),
                (
                    "straddle",
                    models.CharField(
                        choices=[
                            ("admission_date", "The day of admission decides"),
                            ("pro_rata_nights", "In proportion to the covered nights"),
                            ("whole_stay_inside", "Only stays that lie wholly inside"),
                        ],
                        default="admission_date",
                        max_length=20,
                        verbose_name="straddle rule",
                    ),
                ),
                (
                    "episode_gap_days",
                    models.PositiveSmallIntegerField(
                        default=1,
                        help_text="Stays this many days apart or fewer count as one.",
                        verbose_name="episode gap",
                    ),
                ),
                (
                    "filing_deadline_days",
                    models.PositiveSmallIntegerField(
                        default=730,
                        help_text="Days after the statement's settlement date.",
                        verbose_name="filing deadline",
                    ),
                ),
                (
                    "accepted_insurance",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="accepted basic insurance",
                    ),
                ),
                ("age_floor", models.PositiveSmallIntegerField(default=16, verbose_name="lowest age")),
                (
                    "age_below",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="Years that a worker has not yet completed on the first day of cover; empty for none.",
                        null=True,
                        verbose_name="age limit",
                    ),
                ),
                (
                    "below_retirement_age",
                    models.BooleanField(default=True, verbose_name="below retirement age only"),
                ),
                (
                    "minimum_share",
                    models.DecimalField(
                        decimal_places=2,
                        default=Decimal("0.80"),
                        max_digits=4,
                        verbose_name="minimum share of the unit",
                    ),
                ),
                (
                    "everyone_below",
                    models.PositiveSmallIntegerField(
                        default=50,
                        help_text="People; smaller units enrol all.",
                        verbose_name="everyone in units smaller than",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="plans.plan",
                        verbose_name="plan",
                    ),
                ),
                (
                    "promised_days",
                    models.PositiveSmallIntegerField(
                        default=20,
                        help_text="Calendar days from filing until the worker is promised an answer.",
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="promised days",
                    ),
                ),
                (
                    "required_papers",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("statement", "Insurance settlement statement"),
                                ("invoice", "Hospital invoice"),
                                ("discharge", "Discharge summary"),
                                ("bank_card", "Bank card or account proof"),
                                ("authorisation", "Authorisation for another account holder"),
                                ("other", "Another paper"),
                            ],
                            max_length=14,
                        ),
                        blank=True,
                        default=unionbenefits.plans.models.usual_papers,
                        help_text="What a claim cannot be sent without.",
                        size=None,
                        verbose_name="required papers",
                    ),
                ),
                (
                    "appeal_days",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="Calendar days after a decision in which the worker may appeal; empty for no limit.",
                        null=True,
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="days to appeal",
                    ),
                ),
            ],
            options={
                "verbose_name": "plan version",
                "verbose_name_plural": "plan versions",
                "ordering": ["plan", "-valid_from"],
                "constraints": [
                    models.UniqueConstraint(fields=("plan", "number"), name="plan_version_number_once"),
                    models.UniqueConstraint(
                        fields=("plan", "valid_from"), name="plan_version_from_one_day_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("fee__gt", 0)), name="plan_version_fee_positive"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OpeningFiguresEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("since_year", models.PositiveSmallIntegerField(verbose_name="base year")),
                (
                    "until",
                    models.DateField(help_text="Last day that the figures include.", verbose_name="until"),
                ),
                (
                    "enrolments",
                    models.PositiveBigIntegerField(
                        help_text="Person-times (人次).", verbose_name="enrolments"
                    ),
                ),
                (
                    "payouts",
                    models.PositiveBigIntegerField(help_text="Person-times (人次).", verbose_name="payouts"),
                ),
                (
                    "amount",
                    unionbenefits.core.money.MoneyField(
                        decimal_places=2, help_text="元", max_digits=16, verbose_name="amount paid"
                    ),
                ),
                ("source", models.CharField(blank=True, max_length=200, verbose_name="source")),
                ("entered_by", models.CharField(max_length=150, verbose_name="entered by")),
                ("entered_at", models.DateTimeField(verbose_name="entered at")),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="plans.openingfigures",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="PlanVersionEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("number", models.PositiveSmallIntegerField(verbose_name="version")),
                ("valid_from", models.DateField(verbose_name="valid from")),
                (
                    "fee",
                    unionbenefits.core.money.MoneyField(
                        decimal_places=2,
                        help_text="元 per person and period.",
                        max_digits=12,
                        verbose_name="fee",
                    ),
                ),
                (
                    "rates",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.DecimalField(decimal_places=2, max_digits=4),
                        help_text="Share paid of the first, second … hospital stay, such as 0.80, 0.70; later stays get nothing.",
                        size=None,
                        verbose_name="rates",
                    ),
                ),
                (
                    "deductible",
                    unionbenefits.core.money.MoneyField(
                        decimal_places=2, default=Decimal("0.00"), max_digits=12, verbose_name="deductible"
                    ),
                ),
                (
                    "cap_per_stay",
                    unionbenefits.core.money.MoneyField(
                        blank=True, decimal_places=2, max_digits=12, null=True, verbose_name="cap per stay"
                    ),
                ),
                (
                    "cap_per_period",
                    unionbenefits.core.money.MoneyField(
                        blank=True, decimal_places=2, max_digits=12, null=True, verbose_name="cap per period"
                    ),
                ),
                (
                    "waiting_days",
                    models.PositiveSmallIntegerField(
                        default=30,
                        help_text="Calendar days from the first day of cover; first enrolment only.",
                        verbose_name="waiting days",
                    ),
                ),
                (
                    "straddle",
                    models.CharField(
                        choices=[
                            ("admission_date", "The day of admission decides"),
                            ("pro_rata_nights", "In proportion to the covered nights"),
                            ("whole_stay_inside", "Only stays that lie wholly inside"),
                        ],
                        default="admission_date",
                        max_length=20,
                        verbose_name="straddle rule",
                    ),
                ),
                (
                    "episode_gap_days",
                    models.PositiveSmallIntegerField(
                        default=1,
                        help_text="Stays this many days apart or fewer count as one.",
                        verbose_name="episode gap",
                    ),
                ),
                (
                    "filing_deadline_days",
                    models.PositiveSmallIntegerField(
                        default=730,
                        help_text="Days after the statement's settlement date.",
                        verbose_name="filing deadline",
                    ),
                ),
                (
                    "accepted_insurance",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="accepted basic insurance",
                    ),
                ),
                ("age_floor", models.PositiveSmallIntegerField(default=16, verbose_name="lowest age")),
                (
                    "age_below",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="Years that a worker has not yet completed on the first day of cover; empty for none.",
                        null=True,
                        verbose_name="age limit",
                    ),
                ),
                (
                    "below_retirement_age",
                    models.BooleanField(default=True, verbose_name="below retirement age only"),
                ),
                (
                    "minimum_share",
                    models.DecimalField(
                        decimal_places=2,
                        default=Decimal("0.80"),
                        max_digits=4,
                        verbose_name="minimum share of the unit",
                    ),
                ),
                (
                    "everyone_below",
                    models.PositiveSmallIntegerField(
                        default=50,
                        help_text="People; smaller units enrol all.",
                        verbose_name="everyone in units smaller than",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="plans.planversion",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="plans.plan",
                        verbose_name="plan",
                    ),
                ),
                (
                    "promised_days",
                    models.PositiveSmallIntegerField(
                        default=20,
                        help_text="Calendar days from filing until the worker is promised an answer.",
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="promised days",
                    ),
                ),
                (
                    "required_papers",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("statement", "Insurance settlement statement"),
                                ("invoice", "Hospital invoice"),
                                ("discharge", "Discharge summary"),
                                ("bank_card", "Bank card or account proof"),
                                ("authorisation", "Authorisation for another account holder"),
                                ("other", "Another paper"),
                            ],
                            max_length=14,
                        ),
                        blank=True,
                        default=unionbenefits.plans.models.usual_papers,
                        help_text="What a claim cannot be sent without.",
                        size=None,
                        verbose_name="required papers",
                    ),
                ),
                (
                    "appeal_days",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="Calendar days after a decision in which the worker may appeal; empty for no limit.",
                        null=True,
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="days to appeal",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Coverage",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("certificate_no", models.CharField(max_length=24, verbose_name="certificate number")),
                ("period", django.contrib.postgres.fields.ranges.DateRangeField(verbose_name="period")),
                (
                    "live_period",
                    django.contrib.postgres.fields.ranges.DateRangeField(verbose_name="period in force"),
                ),
                (
                    "first_enrolment",
                    models.BooleanField(
                        help_text="The waiting period applies.", verbose_name="first enrolment"
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[("active", "Active"), ("cancelled", "Cancelled")],
                        default="active",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                ("cancelled_from", models.DateField(blank=True, null=True, verbose_name="cancelled from")),
                ("issued_at", models.DateTimeField(verbose_name="issued at")),
                (
                    "given_by",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="given_coverages",
                        to="unions.union",
                        verbose_name="given by",
                    ),
                ),
                (
                    "worker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="coverages",
                        to="workers.worker",
                        verbose_name="worker",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="coverages",
                        to="plans.plan",
                        verbose_name="plan",
                    ),
                ),
                (
                    "plan_version",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="coverages",
                        to="plans.planversion",
                        verbose_name="plan version",
                    ),
                ),
                (
                    "keep_until",
                    models.DateField(
                        blank=True,
                        help_text="Last day of a hospital stay that a filed claim relies on; cover cannot end before.",
                        null=True,
                        verbose_name="kept until",
                    ),
                ),
            ],
            options={
                "verbose_name": "coverage",
                "verbose_name_plural": "coverages",
                "ordering": ["-id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("status", "cancelled")), fields=["id"], name="coverage_cancelled"
                    ),
                    models.Index(
                        models.Func(models.F("period"), function="upper"),
                        condition=models.Q(("status", "cancelled")),
                        name="coverage_cancelled_until",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("certificate_no",), name="coverage_certificate_once"),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[("worker", "="), ("plan", "="), ("live_period", "&&")],
                        name="coverage_one_live_per_plan_and_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("period__contains", models.F("live_period"))),
                        name="coverage_live_period_within_period",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("cancelled_from__isnull", True), ("status", "active")),
                            models.Q(("cancelled_from__isnull", False), ("status", "cancelled")),
                            _connector="OR",
                        ),
                        name="coverage_cancelled_has_date",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CoverageEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("certificate_no", models.CharField(max_length=24, verbose_name="certificate number")),
                ("period", django.contrib.postgres.fields.ranges.DateRangeField(verbose_name="period")),
                (
                    "live_period",
                    django.contrib.postgres.fields.ranges.DateRangeField(verbose_name="period in force"),
                ),
                (
                    "first_enrolment",
                    models.BooleanField(
                        help_text="The waiting period applies.", verbose_name="first enrolment"
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[("active", "Active"), ("cancelled", "Cancelled")],
                        default="active",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                ("cancelled_from", models.DateField(blank=True, null=True, verbose_name="cancelled from")),
                ("issued_at", models.DateTimeField(verbose_name="issued at")),
                (
                    "given_by",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="unions.union",
                        verbose_name="given by",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="plans.coverage",
                    ),
                ),
                (
                    "worker",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="workers.worker",
                        verbose_name="worker",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="plans.plan",
                        verbose_name="plan",
                    ),
                ),
                (
                    "plan_version",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="plans.planversion",
                        verbose_name="plan version",
                    ),
                ),
                (
                    "keep_until",
                    models.DateField(
                        blank=True,
                        help_text="Last day of a hospital stay that a filed claim relies on; cover cannot end before.",
                        null=True,
                        verbose_name="kept until",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        unionbenefits.core.migration_operations.AddTriggers(
            model_name="plan",
            triggers=[
                pgtrigger.compiler.Trigger(
                    name="plan_is_kept",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                        hash="b8953b1ac075d88bd79111fdde0df6bab42c96a0",
                        operation="DELETE",
                        pgid="pgtrigger_plan_is_kept_98e63",
                        table="plans_plan",
                        when="BEFORE",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="insert_insert",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "plans_planevent" ("code", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "popular_name") SELECT new_values."code", new_values."id", new_values."name", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."popular_name" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                        hash="1ac2215058c8c92a7d1465aaad0047fc522ccc5b",
                        level="STATEMENT",
                        operation="INSERT",
                        pgid="pgtrigger_insert_insert_8b340",
                        referencing="REFERENCING NEW TABLE AS new_values ",
                        table="plans_plan",
                        when="AFTER",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="update_update",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "plans_planevent" ("code", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "popular_name") SELECT new_values."code", new_values."id", new_values."name", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."popular_name" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                        hash="f443bdd4662cee82637ae0fbdfd61b8acf7ff4d8",
                        level="STATEMENT",
                        operation="UPDATE",
                        pgid="pgtrigger_update_update_ee9c7",
                        referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                        table="plans_plan",
                        when="AFTER",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="delete_delete",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "plans_planevent" ("code", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "popular_name") SELECT old_values."code", old_values."id", old_values."name", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."popular_name" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                        hash="295b3d237519a67f0623cb2ef4d116edde91cfe9",
                        level="STATEMENT",
                        operation="DELETE",
                        pgid="pgtrigger_delete_delete_3e165",
                        referencing="REFERENCING OLD TABLE AS old_values ",
                        table="plans_plan",
                        when="AFTER",
                    ),
                ),
            ],
        ),
        unionbenefits.core.migration_operations.AddTriggers(
            model_name="openingfigures",
            triggers=[
                pgtrigger.compiler.Trigger(
                    name="insert_insert",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "plans_openingfiguresevent" ("amount", "enrolments", "entered_at", "entered_by", "id", "payouts", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "since_year", "source", "until") SELECT new_values."amount", new_values."enrolments", new_values."entered_at", new_values."entered_by", new_values."id", new_values."payouts", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."since_year", new_values."source", new_values."until" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                        hash="56d137e5cebebb02bbc75b822653aa75c376dca1",
                        level="STATEMENT",
                        operation="INSERT",
                        pgid="pgtrigger_insert_insert_1d996",
                        referencing="REFERENCING NEW TABLE AS new_values ",
                        table="plans_openingfigures",
                        when="AFTER",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="update_update",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "plans_openingfiguresevent" ("amount", "enrolments", "entered_at", "entered_by", "id", "payouts", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "since_year", "source", "until") SELECT new_values."amount", new_values."enrolments", new_values."entered_at", new_values."entered_by", new_values."id", new_values."payouts", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."since_year", new_values."source", new_values."until" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                        hash="0cb7df6dced9e572f95c9fed58a4d85bac2fe8ee",
                        level="STATEMENT",
                        operation="UPDATE",
                        pgid="pgtrigger_update_update_ac253",
                        referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                        table="plans_openingfigures",
                        when="AFTER",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="delete_delete",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "plans_openingfiguresevent" ("amount", "enrolments", "entered_at", "entered_by", "id", "payouts", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "since_year", "source", "until") SELECT old_values."amount", old_values."enrolments", old_values."entered_at", old_values."entered_by", old_values."id", old_values."payouts", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."since_year", old_values."source", old_values."until" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                        hash="3c2b8e112d6015c42092a091e034ee6a3c0cba4e",
                        level="STATEMENT",
                        operation="DELETE",
                        pgid="pgtrigger_delete_delete_ebfbf",
                        referencing="REFERENCING OLD TABLE AS old_values ",
                        table="plans_openingfigures",
                        when="AFTER",
                    ),
                ),
            ],
        ),
        unionbenefits.core.migration_operations.AddTriggers(
            model_name="planversion",
            triggers=[
                pgtrigger.compiler.Trigger(
                    name="plan_version_is_kept",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                        hash="bd3280bbe33b2d69d33187af2f2e525e4444b1a5",
                        operation="DELETE",
                        pgid="pgtrigger_plan_version_is_kept_b953e",
                        table="plans_planversion",
                        when="BEFORE",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="plan_version_keeps_its_plan",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        condition='WHEN (OLD."plan_id" IS DISTINCT FROM (NEW."plan_id"))',
                        func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                        hash="5f97865e8efc65e553aa216c40f5ac7e831decf3",
                        operation="UPDATE",
                        pgid="pgtrigger_plan_version_keeps_its_plan_5273b",
                        table="plans_planversion",
                        when="BEFORE",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="insert_insert",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "plans_planversionevent" ("accepted_insurance", "age_below", "age_floor", "appeal_days", "below_retirement_age", "cap_per_period", "cap_per_stay", "deductible", "episode_gap_days", "everyone_below", "fee", "filing_deadline_days", "id", "minimum_share", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "promised_days", "rates", "required_papers", "straddle", "valid_from", "waiting_days") SELECT new_values."accepted_insurance", new_values."age_below", new_values."age_floor", new_values."appeal_days", new_values."below_retirement_age", new_values."cap_per_period", new_values."cap_per_stay", new_values."deductible", new_values."episode_gap_days", new_values."everyone_below", new_values."fee", new_values."filing_deadline_days", new_values."id", new_values."minimum_share", new_values."number", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."plan_id", new_values."promised_days", new_values."rates", new_values."required_papers", new_values."straddle", new_values."valid_from", new_values."waiting_days" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                        hash="969fff7927ae3fde29d2e97484aed179c676d0c4",
                        level="STATEMENT",
                        operation="INSERT",
                        pgid="pgtrigger_insert_insert_5b865",
                        referencing="REFERENCING NEW TABLE AS new_values ",
                        table="plans_planversion",
                        when="AFTER",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="update_update",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "plans_planversionevent" ("accepted_insurance", "age_below", "age_floor", "appeal_days", "below_retirement_age", "cap_per_period", "cap_per_stay", "deductible", "episode_gap_days", "everyone_below", "fee", "filing_deadline_days", "id", "minimum_share", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "promised_days", "rates", "required_papers", "straddle", "valid_from", "waiting_days") SELECT new_values."accepted_insurance", new_values."age_below", new_values."age_floor", new_values."appeal_days", new_values."below_retirement_age", new_values."cap_per_period", new_values."cap_per_stay", new_values."deductible", new_values."episode_gap_days", new_values."everyone_below", new_values."fee", new_values."filing_deadline_days", new_values."id", new_values."minimum_share", new_values."number", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."plan_id", new_values."promised_days", new_values."rates", new_values."required_papers", new_values."straddle", new_values."valid_from", new_values."waiting_days" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                        hash="fa2e2f32df3421c290d6fc307885de1c5ac4b005",
                        level="STATEMENT",
                        operation="UPDATE",
                        pgid="pgtrigger_update_update_af5e4",
                        referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                        table="plans_planversion",
                        when="AFTER",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="delete_delete",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "plans_planversionevent" ("accepted_insurance", "age_below", "age_floor", "appeal_days", "below_retirement_age", "cap_per_period", "cap_per_stay", "deductible", "episode_gap_days", "everyone_below", "fee", "filing_deadline_days", "id", "minimum_share", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "promised_days", "rates", "required_papers", "straddle", "valid_from", "waiting_days") SELECT old_values."accepted_insurance", old_values."age_below", old_values."age_floor", old_values."appeal_days", old_values."below_retirement_age", old_values."cap_per_period", old_values."cap_per_stay", old_values."deductible", old_values."episode_gap_days", old_values."everyone_below", old_values."fee", old_values."filing_deadline_days", old_values."id", old_values."minimum_share", old_values."number", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."plan_id", old_values."promised_days", old_values."rates", old_values."required_papers", old_values."straddle", old_values."valid_from", old_values."waiting_days" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                        hash="e0b18419ba3170f516ceddd74f24012ae8878dc2",
                        level="STATEMENT",
                        operation="DELETE",
                        pgid="pgtrigger_delete_delete_19ce8",
                        referencing="REFERENCING OLD TABLE AS old_values ",
                        table="plans_planversion",
                        when="AFTER",
                    ),
                ),
            ],
        ),
        unionbenefits.core.migration_operations.AddTriggers(
            model_name="coverage",
            triggers=[
                pgtrigger.compiler.Trigger(
                    name="coverage_is_kept",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                        hash="a7c05aa2351b83607a83274b841bdfef9f986c1f",
                        operation="DELETE",
                        pgid="pgtrigger_coverage_is_kept_c0564",
                        table="plans_coverage",
                        when="BEFORE",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="coverage_terms_insert",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func="\n    IF EXISTS (\n        SELECT FROM (SELECT DISTINCT plan_id, plan_version_id, given_by_id FROM new_values) n\n        LEFT JOIN plans_planversion v ON v.id = n.plan_version_id AND v.plan_id = n.plan_id\n        LEFT JOIN unions_union u ON u.id = n.given_by_id\n        WHERE v.id IS NULL OR u.id IS NULL\n    ) THEN\n        RAISE EXCEPTION 'coverage names a version that is not of its plan, or a union that does not exist'\n            USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'coverage_terms_exist';\n    END IF;\n    RETURN NULL;\n",
                        hash="4e0818a4049dfc2058f3652a3baeeeb1aeb4fbe5",
                        level="STATEMENT",
                        operation="INSERT",
                        pgid="pgtrigger_coverage_terms_insert_afed8",
                        referencing="REFERENCING NEW TABLE AS new_values ",
                        table="plans_coverage",
                        when="AFTER",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="coverage_terms_update",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func="\n    IF EXISTS (\n        SELECT FROM (SELECT DISTINCT plan_id, plan_version_id, given_by_id FROM new_values) n\n        LEFT JOIN plans_planversion v ON v.id = n.plan_version_id AND v.plan_id = n.plan_id\n        LEFT JOIN unions_union u ON u.id = n.given_by_id\n        WHERE v.id IS NULL OR u.id IS NULL\n    ) THEN\n        RAISE EXCEPTION 'coverage names a version that is not of its plan, or a union that does not exist'\n            USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'coverage_terms_exist';\n    END IF;\n    RETURN NULL;\n",
                        hash="6445f57856eb9ddc14b94412bccd2a0fbcb02f51",
                        level="STATEMENT",
                        operation="UPDATE",
                        pgid="pgtrigger_coverage_terms_update_2e7d4",
                        referencing="REFERENCING NEW TABLE AS new_values ",
                        table="plans_coverage",
                        when="AFTER",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="insert_insert",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "plans_coverageevent" ("cancelled_from", "certificate_no", "first_enrolment", "given_by_id", "id", "issued_at", "keep_until", "live_period", "period", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "plan_version_id", "status", "worker_id") SELECT new_values."cancelled_from", new_values."certificate_no", new_values."first_enrolment", new_values."given_by_id", new_values."id", new_values."issued_at", new_values."keep_until", new_values."live_period", new_values."period", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."plan_id", new_values."plan_version_id", new_values."status", new_values."worker_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                        hash="33dd9d7a68ca2fd43e797c36e04f849262465c4b",
                        level="STATEMENT",
                        operation="INSERT",
                        pgid="pgtrigger_insert_insert_e9de2",
                        referencing="REFERENCING NEW TABLE AS new_values ",
                        table="plans_coverage",
                        when="AFTER",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="update_update",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "plans_coverageevent" ("cancelled_from", "certificate_no", "first_enrolment", "given_by_id", "id", "issued_at", "keep_until", "live_period", "period", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "plan_version_id", "status", "worker_id") SELECT new_values."cancelled_from", new_values."certificate_no", new_values."first_enrolment", new_values."given_by_id", new_values."id", new_values."issued_at", new_values."keep_until", new_values."live_period", new_values."period", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."plan_id", new_values."plan_version_id", new_values."status", new_values."worker_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                        hash="5e579b3834502beb966c4c3a7dbfd7fb3be4c33a",
                        level="STATEMENT",
                        operation="UPDATE",
                        pgid="pgtrigger_update_update_505e4",
                        referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                        table="plans_coverage",
                        when="AFTER",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="delete_delete",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "plans_coverageevent" ("cancelled_from", "certificate_no", "first_enrolment", "given_by_id", "id", "issued_at", "keep_until", "live_period", "period", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "plan_version_id", "status", "worker_id") SELECT old_values."cancelled_from", old_values."certificate_no", old_values."first_enrolment", old_values."given_by_id", old_values."id", old_values."issued_at", old_values."keep_until", old_values."live_period", old_values."period", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."plan_id", old_values."plan_version_id", old_values."status", old_values."worker_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                        hash="f88a754cb76cb7ea9e96b036e13a14833b3414b5",
                        level="STATEMENT",
                        operation="DELETE",
                        pgid="pgtrigger_delete_delete_ded03",
                        referencing="REFERENCING OLD TABLE AS old_values ",
                        table="plans_coverage",
                        when="AFTER",
                    ),
                ),
            ],
        ),
    ]
