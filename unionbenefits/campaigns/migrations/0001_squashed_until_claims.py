import django.contrib.postgres.fields
import django.db.models.deletion
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models

import unionbenefits.core.migration_operations
import unionbenefits.core.money


class Migration(migrations.Migration):
    replaces = [
        ("campaigns", "0001_initial"),
        ("campaigns", "0002_gift_storage"),
        ("campaigns", "0003_indexes_of_lists"),
        ("campaigns", "0004_rules_shares_undo"),
    ]

    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("enterprises", "0001_initial"),
        ("funds", "0001_initial"),
        ("pghistory", "0007_auto_20250421_0444"),
        ("plans", "0003_indexes_of_lists"),
        ("unions", "0001_initial"),
        ("workers", "0003_standing_consents_messages"),
    ]

    operations = [
        migrations.CreateModel(
            name="Campaign",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.SlugField(max_length=30, unique=True, verbose_name="code")),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                (
                    "kind",
                    models.CharField(
                        choices=[("coverage", "Coverage"), ("goods", "Goods"), ("activity", "Activity")],
                        default="coverage",
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                (
                    "unit_cost",
                    unionbenefits.core.money.MoneyField(
                        decimal_places=2, help_text="元", max_digits=12, verbose_name="cost of one gift"
                    ),
                ),
                ("opens_on", models.DateField(verbose_name="opens on")),
                ("closes_on", models.DateField(verbose_name="closes on")),
                ("cover_starts_on", models.DateField(blank=True, null=True, verbose_name="cover from")),
                ("cover_ends_on", models.DateField(blank=True, null=True, verbose_name="cover until")),
                (
                    "occupations",
                    models.JSONField(
                        blank=True,
                        default=list,
                        help_text="Codes of the occupations that may get it; empty for all.",
                        verbose_name="occupations",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "Draft"), ("open", "Open"), ("closed", "Closed")],
                        default="draft",
                        max_length=8,
                        verbose_name="state",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="campaigns",
                        to="unions.union",
                        verbose_name="owner",
                    ),
                ),
                (
                    "plan_version",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="campaigns",
                        to="plans.planversion",
                        verbose_name="plan version",
                    ),
                ),
                (
                    "areas",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=9),
                        blank=True,
                        db_default=[],
                        default=list,
                        help_text="Beginnings of the division codes of the units' unions, such as 440605; empty for all.",
                        size=None,
                        verbose_name="areas",
                    ),
                ),
                (
                    "fund_use",
                    models.CharField(
                        choices=[("in_order", "One after the other"), ("by_share", "By fixed shares")],
                        db_default="in_order",
                        default="in_order",
                        max_length=8,
                        verbose_name="use of the funds",
                    ),
                ),
                (
                    "gifted_before",
                    models.CharField(
                        choices=[
                            ("allowed", "May get it again"),
                            ("refused", "Not again, unless a second person allows it"),
                        ],
                        db_default="allowed",
                        default="allowed",
                        max_length=8,
                        verbose_name="gifted before",
                    ),
                ),
                (
                    "gifted_since",
                    models.DateField(
                        blank=True,
                        help_text="Earlier gifts do not count as gifted before; empty counts all.",
                        null=True,
                        verbose_name="gifted since",
                    ),
                ),
                (
                    "insurance_required",
                    models.BooleanField(
                        db_default=False,
                        default=False,
                        help_text="One of those that the plan accepts must be on file.",
                        verbose_name="basic insurance required",
                    ),
                ),
                (
                    "minimum_share_required",
                    models.BooleanField(
                        db_default=False,
                        default=False,
                        help_text="The plan says which share, and below how many people everyone.",
                        verbose_name="minimum share of the unit required",
                    ),
                ),
                (
                    "real_name_required",
                    models.BooleanField(
                        db_default=False, default=False, verbose_name="real-name check required"
                    ),
                ),
                (
                    "renews",
                    models.ForeignKey(
                        blank=True,
                        help_text="The campaign whose cover this one continues.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="renewals",
                        to="campaigns.campaign",
                        verbose_name="continues",
                    ),
                ),
                (
                    "second_approval_above",
                    unionbenefits.core.money.MoneyField(
                        blank=True,
                        decimal_places=2,
                        help_text="元; a batch of more needs two approvers. Empty: one is enough.",
                        max_digits=12,
                        null=True,
                        verbose_name="second approval above",
                    ),
                ),
                (
                    "start_rule",
                    models.CharField(
                        choices=[
                            ("common_date", "On the common date"),
                            (
                                "continues",
                                "The day after the cover that the worker has, otherwise on the common date",
                            ),
                        ],
                        db_default="common_date",
                        default="common_date",
                        max_length=12,
                        verbose_name="start of cover",
                    ),
                ),
            ],
            options={
                "verbose_name": "campaign",
                "verbose_name_plural": "campaigns",
                "ordering": ["-opens_on"],
                "permissions": [("allot_campaign", "Can allot places of a campaign")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("closes_on__gte", models.F("opens_on"))),
                        name="campaign_closes_after_it_opens",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("unit_cost__gt", 0)), name="campaign_cost_positive"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "coverage"), _negated=True),
                            models.Q(
                                ("cover_ends_on__gte", models.F("cover_starts_on")),
                                ("cover_starts_on__isnull", False),
                                ("plan_version__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="campaign_of_coverage_names_plan_and_period",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OccupationGroup",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.SlugField(max_length=30, unique=True, verbose_name="code")),
                ("name", models.CharField(max_length=60, verbose_name="name")),
                ("source", models.CharField(blank=True, max_length=200, verbose_name="source")),
                (
                    "occupations",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("truck_driver", "Truck driver"),
                                ("courier", "Courier"),
                                ("rider", "Delivery rider"),
                                ("ride_hailing_driver", "Ride-hailing driver"),
                                ("online_freight_driver", "Online freight driver"),
                                ("livestreamer", "Livestream host"),
                                ("care_worker", "Care worker"),
                                ("domestic_worker", "Domestic worker"),
                                ("shop_promoter", "Shop information assistant"),
                                ("estate_agent", "Estate agent"),
                                ("security_guard", "Security guard"),
                                ("other", "Other occupation"),
                            ],
                            max_length=30,
                        ),
                        size=None,
                        verbose_name="occupations",
                    ),
                ),
            ],
            options={
                "verbose_name": "occupation group",
                "verbose_name_plural": "occupation groups",
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="Allotment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("copies", models.PositiveIntegerField(verbose_name="copies")),
                (
                    "enterprise",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="allotments",
                        to="enterprises.enterprise",
                        verbose_name="enterprise",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="campaigns.allotment",
                        verbose_name="taken out of",
                    ),
                ),
                (
                    "union",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="allotments",
                        to="unions.union",
                        verbose_name="union",
                    ),
                ),
                (
                    "campaign",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="allotments",
                        to="campaigns.campaign",
                        verbose_name="campaign",
                    ),
                ),
                (
                    "use_until",
                    models.DateField(
                        blank=True,
                        help_text="Places not used by then go back to the unit above; empty: until the campaign closes.",
                        null=True,
                        verbose_name="use until",
                    ),
                ),
            ],
            options={
                "verbose_name": "allotment",
                "verbose_name_plural": "allotments",
                "ordering": ["campaign", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("enterprise__isnull", True), ("union__isnull", False)),
                            models.Q(("enterprise__isnull", False), ("union__isnull", True)),
                            _connector="OR",
                        ),
                        name="allotment_to_one_unit",
                    ),
                    models.UniqueConstraint(fields=("campaign", "union"), name="allotment_once_per_union"),
                    models.UniqueConstraint(
                        fields=("campaign", "enterprise"), name="allotment_once_per_enterprise"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("parent__isnull", True), ("parent__lt", models.F("id")), _connector="OR"
                        ),
                        name="allotment_parent_came_first",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CampaignEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("code", models.SlugField(db_index=False, max_length=30, verbose_name="code")),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                (
                    "kind",
                    models.CharField(
                        choices=[("coverage", "Coverage"), ("goods", "Goods"), ("activity", "Activity")],
                        default="coverage",
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                (
                    "unit_cost",
                    unionbenefits.core.money.MoneyField(
                        decimal_places=2, help_text="元", max_digits=12, verbose_name="cost of one gift"
                    ),
                ),
                ("opens_on", models.DateField(verbose_name="opens on")),
                ("closes_on", models.DateField(verbose_name="closes on")),
                ("cover_starts_on", models.DateField(blank=True, null=True, verbose_name="cover from")),
                ("cover_ends_on", models.DateField(blank=True, null=True, verbose_name="cover until")),
                (
                    "occupations",
                    models.JSONField(
                        blank=True,
                        default=list,
                        help_text="Codes of the occupations that may get it; empty for all.",
                        verbose_name="occupations",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "Draft"), ("open", "Open"), ("closed", "Closed")],
                        default="draft",
                        max_length=8,
                        verbose_name="state",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="unions.union",
                        verbose_name="owner",
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
                        to="campaigns.campaign",
                    ),
                ),
                (
                    "plan_version",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="plans.planversion",
                        verbose_name="plan version",
                    ),
                ),
                (
                    "areas",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=9),
                        blank=True,
                        db_default=[],
                        default=list,
                        help_text="Beginnings of the division codes of the units' unions, such as 440605; empty for all.",
                        size=None,
                        verbose_name="areas",
                    ),
                ),
                (
                    "fund_use",
                    models.CharField(
                        choices=[("in_order", "One after the other"), ("by_share", "By fixed shares")],
                        db_default="in_order",
                        default="in_order",
                        max_length=8,
                        verbose_name="use of the funds",
                    ),
                ),
                (
                    "gifted_before",
                    models.CharField(
                        choices=[
                            ("allowed", "May get it again"),
                            ("refused", "Not again, unless a second person allows it"),
                        ],
                        db_default="allowed",
                        default="allowed",
                        max_length=8,
                        verbose_name="gifted before",
                    ),
                ),
                (
                    "gifted_since",
                    models.DateField(
                        blank=True,
                        help_text="Earlier gifts do not count as gifted before; empty counts all.",
                        null=True,
                        verbose_name="gifted since",
                    ),
                ),
                (
                    "insurance_required",
                    models.BooleanField(
                        db_default=False,
                        default=False,
                        help_text="One of those that the plan accepts must be on file.",
                        verbose_name="basic insurance required",
                    ),
                ),
                (
                    "minimum_share_required",
                    models.BooleanField(
                        db_default=False,
                        default=False,
                        help_text="The plan says which share, and below how many people everyone.",
                        verbose_name="minimum share of the unit required",
                    ),
                ),
                (
                    "real_name_required",
                    models.BooleanField(
                        db_default=False, default=False, verbose_name="real-name check required"
                    ),
                ),
                (
                    "renews",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        help_text="The campaign whose cover this one continues.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="campaigns.campaign",
                        verbose_name="continues",
                    ),
                ),
                (
                    "second_approval_above",
                    unionbenefits.core.money.MoneyField(
                        blank=True,
                        decimal_places=2,
                        help_text="元; a batch of more needs two approvers. Empty: one is enough.",
                        max_digits=12,
                        null=True,
                        verbose_name="second approval above",
                    ),
                ),
                (
                    "start_rule",
                    models.CharField(
                        choices=[
                            ("common_date", "On the common date"),
                            (
                                "continues",
                                "The day after the cover that the worker has, otherwise on the common date",
                            ),
                        ],
                        db_default="common_date",
                        default="common_date",
                        max_length=12,
                        verbose_name="start of cover",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="CampaignFund",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("order", models.PositiveSmallIntegerField(default=1, verbose_name="order of use")),
                (
                    "campaign",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="campaign_funds",
                        to="campaigns.campaign",
                        verbose_name="campaign",
                    ),
                ),
                (
                    "fund",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="campaign_funds",
                        to="funds.fund",
                        verbose_name="fund",
                    ),
                ),
                (
                    "limit",
                    unionbenefits.core.money.MoneyField(
                        blank=True,
                        decimal_places=2,
                        help_text="元 that the campaign may use of it; empty for all.",
                        max_digits=12,
                        null=True,
                        verbose_name="limit",
                    ),
                ),
                (
                    "share",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        help_text="Per cent of every batch; all funds together make 100.",
                        max_digits=5,
                        null=True,
                        verbose_name="share",
                    ),
                ),
            ],
            options={
                "verbose_name": "fund of a campaign",
                "verbose_name_plural": "funds of a campaign",
                "ordering": ["order", "id"],
                "constraints": [
                    models.UniqueConstraint(fields=("campaign", "fund"), name="campaign_uses_fund_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("share__isnull", True),
                            models.Q(("share__gt", 0), ("share__lte", 100)),
                            _connector="OR",
                        ),
                        name="campaign_fund_share_in_range",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("limit__isnull", True), ("limit__gt", 0), _connector="OR"),
                        name="campaign_fund_limit_positive",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="GiftOverride",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reason", models.CharField(max_length=200, verbose_name="reason")),
                ("asked_at", models.DateTimeField(verbose_name="asked for at")),
                ("allowed_at", models.DateTimeField(blank=True, null=True, verbose_name="allowed at")),
                (
                    "allowed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="allowed_gift_overrides",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="allowed by",
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="asked_gift_overrides",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="asked for by",
                    ),
                ),
                (
                    "campaign",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="overrides",
                        to="campaigns.campaign",
                        verbose_name="campaign",
                    ),
                ),
                (
                    "worker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="gift_overrides",
                        to="workers.worker",
                        verbose_name="worker",
                    ),
                ),
            ],
            options={
                "verbose_name": "override of gifted before",
                "verbose_name_plural": "overrides of gifted before",
                "ordering": ["-id"],
                "permissions": [("allow_giftoverride", "Can allow a gift to someone gifted before")],
                "constraints": [
                    models.UniqueConstraint(fields=("campaign", "worker"), name="gift_override_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("allowed_at__isnull", True), ("allowed_by__isnull", True)),
                            models.Q(
                                ("allowed_at__isnull", False),
                                ("allowed_by__isnull", False),
                                models.Q(("allowed_by", models.F("asked_by")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="gift_override_by_a_second_person",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="gift_override_has_reason"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OccupationGroupEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("code", models.SlugField(db_index=False, max_length=30, verbose_name="code")),
                ("name", models.CharField(max_length=60, verbose_name="name")),
                ("source", models.CharField(blank=True, max_length=200, verbose_name="source")),
                (
                    "occupations",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("truck_driver", "Truck driver"),
                                ("courier", "Courier"),
                                ("rider", "Delivery rider"),
                                ("ride_hailing_driver", "Ride-hailing driver"),
                                ("online_freight_driver", "Online freight driver"),
                                ("livestreamer", "Livestream host"),
                                ("care_worker", "Care worker"),
                                ("domestic_worker", "Domestic worker"),
                                ("shop_promoter", "Shop information assistant"),
                                ("estate_agent", "Estate agent"),
                                ("security_guard", "Security guard"),
                                ("other", "Other occupation"),
                            ],
                            max_length=30,
                        ),
                        size=None,
                        verbose_name="occupations",
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
                        to="campaigns.occupationgroup",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="AllotmentEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("copies", models.PositiveIntegerField(verbose_name="copies")),
                (
                    "enterprise",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="enterprises.enterprise",
                        verbose_name="enterprise",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="campaigns.allotment",
                        verbose_name="taken out of",
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
                        to="campaigns.allotment",
                    ),
                ),
                (
                    "union",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="unions.union",
                        verbose_name="union",
                    ),
                ),
                (
                    "campaign",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="campaigns.campaign",
                        verbose_name="campaign",
                    ),
                ),
                (
                    "use_until",
                    models.DateField(
                        blank=True,
                        help_text="Places not used by then go back to the unit above; empty: until the campaign closes.",
                        null=True,
                        verbose_name="use until",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="CampaignFundEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("order", models.PositiveSmallIntegerField(default=1, verbose_name="order of use")),
                (
                    "campaign",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="campaigns.campaign",
                        verbose_name="campaign",
                    ),
                ),
                (
                    "fund",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="funds.fund",
                        verbose_name="fund",
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
                        to="campaigns.campaignfund",
                    ),
                ),
                (
                    "limit",
                    unionbenefits.core.money.MoneyField(
                        blank=True,
                        decimal_places=2,
                        help_text="元 that the campaign may use of it; empty for all.",
                        max_digits=12,
                        null=True,
                        verbose_name="limit",
                    ),
                ),
                (
                    "share",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        help_text="Per cent of every batch; all funds together make 100.",
                        max_digits=5,
                        null=True,
                        verbose_name="share",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="GiftBatch",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("put_forward", "Put forward"),
                            ("approved", "Approved"),
                            ("issued", "Issued"),
                            ("returned", "Returned"),
                            ("part_revoked", "Partly undone"),
                            ("revoked", "Undone"),
                        ],
                        default="put_forward",
                        max_length=12,
                        verbose_name="state",
                    ),
                ),
                ("copies", models.PositiveIntegerField(verbose_name="copies")),
                ("left_out", models.PositiveIntegerField(default=0, verbose_name="left out")),
                (
                    "amount",
                    unionbenefits.core.money.MoneyField(
                        decimal_places=2, max_digits=12, verbose_name="amount"
                    ),
                ),
                ("digest", models.CharField(max_length=64, verbose_name="digest of the lines")),
                (
                    "approved_digest",
                    models.CharField(blank=True, max_length=64, verbose_name="approved digest"),
                ),
                ("prepared_at", models.DateTimeField(verbose_name="prepared at")),
                ("approved_at", models.DateTimeField(blank=True, null=True, verbose_name="approved at")),
                ("issued_at", models.DateTimeField(blank=True, null=True, verbose_name="issued at")),
                (
                    "return_reason",
                    models.CharField(blank=True, max_length=200, verbose_name="reason of return"),
                ),
                (
                    "allotment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="batches",
                        to="campaigns.allotment",
                        verbose_name="allotment",
                    ),
                ),
                (
                    "approved_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="approved_batches",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="approved by",
                    ),
                ),
                (
                    "campaign",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="batches",
                        to="campaigns.campaign",
                        verbose_name="campaign",
                    ),
                ),
                (
                    "issued_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="issued_batches",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="issued by",
                    ),
                ),
                (
                    "prepared_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="prepared_batches",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="prepared by",
                    ),
                ),
                (
                    "roster",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="batches",
                        to="workers.roster",
                        verbose_name="roster",
                    ),
                ),
                (
                    "put_forward_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="put forward at"),
                ),
                (
                    "put_forward_by",
                    models.ForeignKey(
                        blank=True,
                        help_text="Empty where the preparer did.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="put_forward_batches",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="put forward by",
                    ),
                ),
                (
                    "revoked",
                    models.PositiveIntegerField(
                        db_default=0,
                        default=0,
                        help_text="Copies that were issued and undone later.",
                        verbose_name="undone",
                    ),
                ),
                ("second_at", models.DateTimeField(blank=True, null=True, verbose_name="approved second at")),
                (
                    "second_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="second_approved_batches",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="approved second by",
                    ),
                ),
                (
                    "second_needed",
                    models.BooleanField(
                        db_default=False, default=False, verbose_name="needs a second approver"
                    ),
                ),
            ],
            options={
                "verbose_name": "gift batch",
                "verbose_name_plural": "gift batches",
                "ordering": ["-id"],
                "permissions": [
                    ("put_forward_giftbatch", "Can put a gift batch forward"),
                    ("approve_giftbatch", "Can approve a gift batch of others"),
                    ("issue_giftbatch", "Can issue an approved gift batch"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("approved_at__isnull", True), ("approved_by__isnull", True)),
                            models.Q(
                                ("approved_at__isnull", False),
                                ("approved_by__isnull", False),
                                ("approved_digest", models.F("digest")),
                            ),
                            _connector="OR",
                        ),
                        name="batch_approved_has_approver",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("approved_by__isnull", True),
                            models.Q(
                                models.Q(("approved_by", models.F("prepared_by")), _negated=True),
                                models.Q(
                                    ("put_forward_by__isnull", True),
                                    models.Q(("approved_by", models.F("put_forward_by")), _negated=True),
                                    _connector="OR",
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="batch_approver_is_not_preparer",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("second_at__isnull", True), ("second_by__isnull", True)),
                            models.Q(
                                ("approved_by__isnull", False),
                                ("second_at__isnull", False),
                                ("second_by__isnull", False),
                                models.Q(("second_by", models.F("prepared_by")), _negated=True),
                                models.Q(("second_by", models.F("approved_by")), _negated=True),
                                models.Q(
                                    ("put_forward_by__isnull", True),
                                    models.Q(("second_by", models.F("put_forward_by")), _negated=True),
                                    _connector="OR",
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="batch_second_approver_is_a_third_person",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["draft", "put_forward", "returned"]),
                            models.Q(
                                ("approved_by__isnull", False),
                                models.Q(
                                    ("second_needed", False), ("second_by__isnull", False), _connector="OR"
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="batch_issued_was_approved",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("issued_at__isnull", False),
                                ("issued_by__isnull", False),
                                ("state__in", ["issued", "part_revoked", "revoked"]),
                            ),
                            models.Q(
                                models.Q(("state__in", ["issued", "part_revoked", "revoked"]), _negated=True),
                                ("issued_at__isnull", True),
                                ("issued_by__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="batch_issued_has_issuer",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="GiftOverrideEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("reason", models.CharField(max_length=200, verbose_name="reason")),
                ("asked_at", models.DateTimeField(verbose_name="asked for at")),
                ("allowed_at", models.DateTimeField(blank=True, null=True, verbose_name="allowed at")),
                (
                    "allowed_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="allowed by",
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="asked for by",
                    ),
                ),
                (
                    "campaign",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="campaigns.campaign",
                        verbose_name="campaign",
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
                        to="campaigns.giftoverride",
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
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Gift",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("occupation", models.CharField(blank=True, max_length=30, verbose_name="occupation")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("drafted", "Drafted"),
                            ("live", "Gift"),
                            ("left_out", "Left out"),
                            ("returned", "Returned"),
                            ("revoked", "Undone"),
                        ],
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("already_covered", "Already covered in this period"),
                            ("gifted_in_campaign", "Already has a gift of this campaign"),
                            ("not_a_member", "No longer with the unit"),
                            ("too_young", "Below the lowest age on the first day of cover"),
                            (
                                "over_retirement_age",
                                "Past the statutory retirement age on the first day of cover",
                            ),
                            ("too_old", "Above the plan's age limit on the first day of cover"),
                            ("no_birth_date", "Birth date not on file"),
                            ("occupation", "Occupation is not among those of the campaign"),
                            ("outside_area", "The unit lies outside the campaign's areas"),
                            ("real_name_missing", "Real-name check not on file"),
                            ("insurance_missing", "Basic insurance that the plan accepts is not on file"),
                            ("gifted_before", "Got a gift in an earlier campaign"),
                            ("no_place", "No place was left"),
                            ("no_budget", "No money was left"),
                            ("taken_out", "Taken out by an officer"),
                        ],
                        max_length=30,
                        verbose_name="reason",
                    ),
                ),
                (
                    "campaign",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="gifts",
                        to="campaigns.campaign",
                        verbose_name="campaign",
                    ),
                ),
                (
                    "coverage",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="gifts",
                        to="plans.coverage",
                        verbose_name="coverage",
                    ),
                ),
                (
                    "enterprise",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="gifts",
                        to="enterprises.enterprise",
                        verbose_name="enterprise",
                    ),
                ),
                (
                    "worker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="gifts",
                        to="workers.worker",
                        verbose_name="worker",
                    ),
                ),
                (
                    "batch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="gifts",
                        to="campaigns.giftbatch",
                        verbose_name="gift batch",
                    ),
                ),
                (
                    "cover_from",
                    models.DateField(
                        blank=True,
                        help_text="Where it continues a cover; empty for the campaign's common date.",
                        null=True,
                        verbose_name="cover from",
                    ),
                ),
            ],
            options={
                "verbose_name": "gift",
                "verbose_name_plural": "gifts",
                "ordering": ["id"],
                "indexes": [
                    models.Index(fields=["enterprise", "id"], name="gift_of_enterprise"),
                    models.Index(
                        condition=models.Q(("state", "left_out")), fields=["id"], name="gift_left_out"
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "live")),
                        fields=("campaign", "worker"),
                        name="gift_one_per_worker_and_campaign",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "left_out"), models.Q(("reason", ""), _negated=True)),
                            models.Q(models.Q(("state", "left_out"), _negated=True), ("reason", "")),
                            _connector="OR",
                        ),
                        name="gift_left_out_has_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BatchEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "entry",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="batch_entry",
                        to="funds.entry",
                        verbose_name="ledger entry",
                    ),
                ),
                (
                    "batch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="batch_entries",
                        to="campaigns.giftbatch",
                        verbose_name="gift batch",
                    ),
                ),
            ],
            options={
                "verbose_name": "ledger entry of a batch",
                "verbose_name_plural": "ledger entries of a batch",
            },
        ),
        migrations.CreateModel(
            name="GiftBatchEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("put_forward", "Put forward"),
                            ("approved", "Approved"),
                            ("issued", "Issued"),
                            ("returned", "Returned"),
                            ("part_revoked", "Partly undone"),
                            ("revoked", "Undone"),
                        ],
                        default="put_forward",
                        max_length=12,
                        verbose_name="state",
                    ),
                ),
                ("copies", models.PositiveIntegerField(verbose_name="copies")),
                ("left_out", models.PositiveIntegerField(default=0, verbose_name="left out")),
                (
                    "amount",
                    unionbenefits.core.money.MoneyField(
                        decimal_places=2, max_digits=12, verbose_name="amount"
                    ),
                ),
                ("digest", models.CharField(max_length=64, verbose_name="digest of the lines")),
                (
                    "approved_digest",
                    models.CharField(blank=True, max_length=64, verbose_name="approved digest"),
                ),
                ("prepared_at", models.DateTimeField(verbose_name="prepared at")),
                ("approved_at", models.DateTimeField(blank=True, null=True, verbose_name="approved at")),
                ("issued_at", models.DateTimeField(blank=True, null=True, verbose_name="issued at")),
                (
                    "return_reason",
                    models.CharField(blank=True, max_length=200, verbose_name="reason of return"),
                ),
                (
                    "allotment",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="campaigns.allotment",
                        verbose_name="allotment",
                    ),
                ),
                (
                    "approved_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="approved by",
                    ),
                ),
                (
                    "campaign",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="campaigns.campaign",
                        verbose_name="campaign",
                    ),
                ),
                (
                    "issued_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="issued by",
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
                        to="campaigns.giftbatch",
                    ),
                ),
                (
                    "prepared_by",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="prepared by",
                    ),
                ),
                (
                    "roster",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="workers.roster",
                        verbose_name="roster",
                    ),
                ),
                (
                    "put_forward_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="put forward at"),
                ),
                (
                    "put_forward_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        help_text="Empty where the preparer did.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="put forward by",
                    ),
                ),
                (
                    "revoked",
                    models.PositiveIntegerField(
                        db_default=0,
                        default=0,
                        help_text="Copies that were issued and undone later.",
                        verbose_name="undone",
                    ),
                ),
                ("second_at", models.DateTimeField(blank=True, null=True, verbose_name="approved second at")),
                (
                    "second_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="approved second by",
                    ),
                ),
                (
                    "second_needed",
                    models.BooleanField(
                        db_default=False, default=False, verbose_name="needs a second approver"
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="BatchRun",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("step", models.CharField(max_length=20, verbose_name="step")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("running", "Running"),
                            ("done", "Done"),
                            ("stopped", "Stopped, nothing changed"),
                            ("failed", "Failed, nothing changed"),
                        ],
                        default="waiting",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("done", models.PositiveIntegerField(default=0, verbose_name="lines done")),
                ("total", models.PositiveIntegerField(default=0, verbose_name="lines in all")),
                ("stop_asked", models.BooleanField(default=False, verbose_name="stop asked for")),
                ("failure", models.CharField(blank=True, max_length=300, verbose_name="why it failed")),
                ("started_at", models.DateTimeField(verbose_name="started at")),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="ended at")),
                (
                    "batch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="runs",
                        to="campaigns.giftbatch",
                        verbose_name="gift batch",
                    ),
                ),
                (
                    "started_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="batch_runs",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="started by",
                    ),
                ),
            ],
            options={
                "verbose_name": "run of a batch",
                "verbose_name_plural": "runs of batches",
                "ordering": ["-id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["waiting", "running"])),
                        fields=("batch",),
                        name="batch_run_one_at_a_time",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Revocation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("proposed", "Proposed"), ("done", "Done"), ("declined", "Declined")],
                        default="proposed",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                (
                    "from_day",
                    models.DateField(
                        help_text="The first day without cover.", verbose_name="cover ends from"
                    ),
                ),
                ("reason", models.CharField(max_length=200, verbose_name="reason")),
                (
                    "copies",
                    models.PositiveIntegerField(
                        help_text="Proposed; once done, really undone.", verbose_name="copies"
                    ),
                ),
                ("kept", models.PositiveIntegerField(default=0, verbose_name="kept because of a claim")),
                (
                    "amount",
                    unionbenefits.core.money.MoneyField(
                        decimal_places=2, max_digits=12, verbose_name="amount"
                    ),
                ),
                ("digest", models.CharField(max_length=64, verbose_name="digest of the lines")),
                ("proposed_at", models.DateTimeField(verbose_name="proposed at")),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="decided at")),
                (
                    "batch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="revocations",
                        to="campaigns.giftbatch",
                        verbose_name="gift batch",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decided_revocations",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="decided by",
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="proposed_revocations",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="proposed by",
                    ),
                ),
            ],
            options={
                "verbose_name": "revocation",
                "verbose_name_plural": "revocations",
                "ordering": ["-id"],
                "permissions": [
                    ("propose_revocation", "Can propose to undo issued gifts"),
                    ("confirm_revocation", "Can confirm the undo that another proposed"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "proposed")),
                        fields=("batch",),
                        name="revocation_one_open_per_batch",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="revocation_has_reason"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("decided_at__isnull", True),
                                ("decided_by__isnull", True),
                                ("state", "proposed"),
                            ),
                            models.Q(
                                ("decided_at__isnull", False),
                                ("decided_by__isnull", False),
                                ("state", "declined"),
                            ),
                            models.Q(
                                ("decided_at__isnull", False),
                                ("decided_by__isnull", False),
                                ("state", "done"),
                                models.Q(("decided_by", models.F("proposed_by")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="revocation_done_by_a_second_person",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="GiftEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("occupation", models.CharField(blank=True, max_length=30, verbose_name="occupation")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("drafted", "Drafted"),
                            ("live", "Gift"),
                            ("left_out", "Left out"),
                            ("returned", "Returned"),
                            ("revoked", "Undone"),
                        ],
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("already_covered", "Already covered in this period"),
                            ("gifted_in_campaign", "Already has a gift of this campaign"),
                            ("not_a_member", "No longer with the unit"),
                            ("too_young", "Below the lowest age on the first day of cover"),
                            (
                                "over_retirement_age",
                                "Past the statutory retirement age on the first day of cover",
                            ),
                            ("too_old", "Above the plan's age limit on the first day of cover"),
                            ("no_birth_date", "Birth date not on file"),
                            ("occupation", "Occupation is not among those of the campaign"),
                            ("outside_area", "The unit lies outside the campaign's areas"),
                            ("real_name_missing", "Real-name check not on file"),
                            ("insurance_missing", "Basic insurance that the plan accepts is not on file"),
                            ("gifted_before", "Got a gift in an earlier campaign"),
                            ("no_place", "No place was left"),
                            ("no_budget", "No money was left"),
                            ("taken_out", "Taken out by an officer"),
                        ],
                        max_length=30,
                        verbose_name="reason",
                    ),
                ),
                (
                    "batch",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="campaigns.giftbatch",
                        verbose_name="gift batch",
                    ),
                ),
                (
                    "campaign",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="campaigns.campaign",
                        verbose_name="campaign",
                    ),
                ),
                (
                    "enterprise",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="enterprises.enterprise",
                        verbose_name="enterprise",
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
                        to="campaigns.gift",
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
                    "cover_from",
                    models.DateField(
                        blank=True,
                        help_text="Where it continues a cover; empty for the campaign's common date.",
                        null=True,
                        verbose_name="cover from",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="RevocationEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[("proposed", "Proposed"), ("done", "Done"), ("declined", "Declined")],
                        default="proposed",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                (
                    "from_day",
                    models.DateField(
                        help_text="The first day without cover.", verbose_name="cover ends from"
                    ),
                ),
                ("reason", models.CharField(max_length=200, verbose_name="reason")),
                (
                    "copies",
                    models.PositiveIntegerField(
                        help_text="Proposed; once done, really undone.", verbose_name="copies"
                    ),
                ),
                ("kept", models.PositiveIntegerField(default=0, verbose_name="kept because of a claim")),
                (
                    "amount",
                    unionbenefits.core.money.MoneyField(
                        decimal_places=2, max_digits=12, verbose_name="amount"
                    ),
                ),
                ("digest", models.CharField(max_length=64, verbose_name="digest of the lines")),
                ("proposed_at", models.DateTimeField(verbose_name="proposed at")),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="decided at")),
                (
                    "batch",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="campaigns.giftbatch",
                        verbose_name="gift batch",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="decided by",
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
                        to="campaigns.revocation",
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="proposed by",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="RevocationLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kept",
                    models.BooleanField(
                        db_default=False, default=False, verbose_name="kept because of a claim"
                    ),
                ),
                (
                    "gift",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="revocation_lines",
                        to="campaigns.gift",
                        verbose_name="gift",
                    ),
                ),
                (
                    "revocation",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="campaigns.revocation",
                        verbose_name="revocation",
                    ),
                ),
            ],
            options={
                "verbose_name": "line of a revocation",
                "verbose_name_plural": "lines of a revocation",
                "ordering": ["id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("revocation", "gift"), name="revocation_names_a_gift_once"
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="campaign",
            name="funds",
            field=models.ManyToManyField(
                related_name="campaigns",
                through="campaigns.CampaignFund",
                to="funds.fund",
                verbose_name="funds",
            ),
        ),
        unionbenefits.core.migration_operations.AddTriggers(
            model_name="campaign",
            triggers=[
                pgtrigger.compiler.Trigger(
                    name="insert_insert",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "campaigns_campaignevent" ("areas", "closes_on", "code", "cover_ends_on", "cover_starts_on", "fund_use", "gifted_before", "gifted_since", "id", "insurance_required", "kind", "minimum_share_required", "name", "occupations", "opens_on", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_version_id", "real_name_required", "renews_id", "second_approval_above", "start_rule", "state", "unit_cost") SELECT new_values."areas", new_values."closes_on", new_values."code", new_values."cover_ends_on", new_values."cover_starts_on", new_values."fund_use", new_values."gifted_before", new_values."gifted_since", new_values."id", new_values."insurance_required", new_values."kind", new_values."minimum_share_required", new_values."name", new_values."occupations", new_values."opens_on", new_values."owner_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."plan_version_id", new_values."real_name_required", new_values."renews_id", new_values."second_approval_above", new_values."start_rule", new_values."state", new_values."unit_cost" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                        hash="525f0073a16035882c1f6e670fd777bca3e6bfe3",
                        level="STATEMENT",
                        operation="INSERT",
                        pgid="pgtrigger_insert_insert_5522d",
                        referencing="REFERENCING NEW TABLE AS new_values ",
                        table="campaigns_campaign",
                        when="AFTER",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="update_update",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "campaigns_campaignevent" ("areas", "closes_on", "code", "cover_ends_on", "cover_starts_on", "fund_use", "gifted_before", "gifted_since", "id", "insurance_required", "kind", "minimum_share_required", "name", "occupations", "opens_on", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_version_id", "real_name_required", "renews_id", "second_approval_above", "start_rule", "state", "unit_cost") SELECT new_values."areas", new_values."closes_on", new_values."code", new_values."cover_ends_on", new_values."cover_starts_on", new_values."fund_use", new_values."gifted_before", new_values."gifted_since", new_values."id", new_values."insurance_required", new_values."kind", new_values."minimum_share_required", new_values."name", new_values."occupations", new_values."opens_on", new_values."owner_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."plan_version_id", new_values."real_name_required", new_values."renews_id", new_values."second_approval_above", new_values."start_rule", new_values."state", new_values."unit_cost" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                        hash="c21b13dfb1bf25ba6bc89e77c62b1392a7f0784a",
                        level="STATEMENT",
                        operation="UPDATE",
                        pgid="pgtrigger_update_update_f2afa",
                        referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                        table="campaigns_campaign",
                        when="AFTER",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="delete_delete",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "campaigns_campaignevent" ("areas", "closes_on", "code", "cover_ends_on", "cover_starts_on", "fund_use", "gifted_before", "gifted_since", "id", "insurance_required", "kind", "minimum_share_required", "name", "occupations", "opens_on", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_version_id", "real_name_required", "renews_id", "second_approval_above", "start_rule", "state", "unit_cost") SELECT old_values."areas", old_values."closes_on", old_values."code", old_values."cover_ends_on", old_values."cover_starts_on", old_values."fund_use", old_values."gifted_before", old_values."gifted_since", old_values."id", old_values."insurance_required", old_values."kind", old_values."minimum_share_required", old_values."name", old_values."occupations", old_values."opens_on", old_values."owner_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."plan_version_id", old_values."real_name_required", old_values."renews_id", old_values."second_approval_above", old_values."start_rule", old_values."state", old_values."unit_cost" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                        hash="1ae95223397aee5ec8b6c5918193f7820a7f5e0b",
                        level="STATEMENT",
                        operation="DELETE",
                        pgid="pgtrigger_delete_delete_4123f",
                        referencing="REFERENCING OLD TABLE AS old_values ",
                        table="campaigns_campaign",
                        when="AFTER",
                    ),
                ),
            ],
        ),
        unionbenefits.core.migration_operations.AddTriggers(
            model_name="occupationgroup",
            triggers=[
                pgtrigger.compiler.Trigger(
                    name="insert_insert",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "campaigns_occupationgroupevent" ("code", "id", "name", "occupations", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source") SELECT new_values."code", new_values."id", new_values."name", new_values."occupations", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."source" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                        hash="81308394e2706a29711601cb584b8a0072788945",
                        level="STATEMENT",
                        operation="INSERT",
                        pgid="pgtrigger_insert_insert_2cf9d",
                        referencing="REFERENCING NEW TABLE AS new_values ",
                        table="campaigns_occupationgroup",
                        when="AFTER",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="update_update",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "campaigns_occupationgroupevent" ("code", "id", "name", "occupations", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source") SELECT new_values."code", new_values."id", new_values."name", new_values."occupations", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."source" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                        hash="357b5a628184dc9ab0f7b052752690b95b18d8e6",
                        level="STATEMENT",
                        operation="UPDATE",
                        pgid="pgtrigger_update_update_75870",
                        referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                        table="campaigns_occupationgroup",
                        when="AFTER",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="delete_delete",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "campaigns_occupationgroupevent" ("code", "id", "name", "occupations", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source") SELECT old_values."code", old_values."id", old_values."name", old_values."occupations", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."source" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                        hash="da3f0fdb60251f04d5eb0b70ca3c97747f8539b4",
                        level="STATEMENT",
                        operation="DELETE",
                        pgid="pgtrigger_delete_delete_a628e",
                        referencing="REFERENCING OLD TABLE AS old_values ",
                        table="campaigns_occupationgroup",
                        when="AFTER",
                    ),
                ),
            ],
        ),
        unionbenefits.core.migration_operations.AddTriggers(
            model_name="allotment",
            triggers=[
                pgtrigger.compiler.Trigger(
                    name="allotment_never_exceeded_insert",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func="\n    PERFORM 1 FROM campaigns_allotment a WHERE a.id IN (\n    SELECT n.id FROM new_values n UNION SELECT n.parent_id FROM new_values n WHERE n.parent_id IS NOT NULL\n) ORDER BY a.id FOR NO KEY UPDATE;\n    IF EXISTS (\n        SELECT 1 FROM campaigns_allotment a\n        WHERE a.id IN (\n    SELECT n.id FROM new_values n UNION SELECT n.parent_id FROM new_values n WHERE n.parent_id IS NOT NULL\n) AND a.copies < (\n            SELECT count(*) FROM campaigns_giftbatch b\n            JOIN campaigns_gift g ON g.batch_id = b.id AND g.state = 'live' WHERE b.allotment_id = a.id\n        ) + (SELECT coalesce(sum(c.copies), 0) FROM campaigns_allotment c WHERE c.parent_id = a.id)\n    ) THEN\n        RAISE EXCEPTION 'allotment exceeded'\n            USING ERRCODE = 'check_violation', CONSTRAINT = 'allotment_never_exceeded';\n    END IF;\n    RETURN NULL;\n",
                        hash="4f7b2c896c4856798f9daeb7e56c3abe943f44b7",
                        level="STATEMENT",
                        operation="INSERT",
                        pgid="pgtrigger_allotment_never_exceeded_insert_a5db8",
                        referencing="REFERENCING NEW TABLE AS new_values ",
                        table="campaigns_allotment",
                        when="AFTER",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="allotment_never_exceeded_update",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func="\n    PERFORM 1 FROM campaigns_allotment a WHERE a.id IN (\n    SELECT n.id FROM new_values n UNION SELECT n.parent_id FROM new_values n WHERE n.parent_id IS NOT NULL\n) ORDER BY a.id FOR NO KEY UPDATE;\n    IF EXISTS (\n        SELECT 1 FROM campaigns_allotment a\n        WHERE a.id IN (\n    SELECT n.id FROM new_values n UNION SELECT n.parent_id FROM new_values n WHERE n.parent_id IS NOT NULL\n) AND a.copies < (\n            SELECT count(*) FROM campaigns_giftbatch b\n            JOIN campaigns_gift g ON g.batch_id = b.id AND g.state = 'live' WHERE b.allotment_id = a.id\n        ) + (SELECT coalesce(sum(c.copies), 0) FROM campaigns_allotment c WHERE c.parent_id = a.id)\n    ) THEN\n        RAISE EXCEPTION 'allotment exceeded'\n            USING ERRCODE = 'check_violation', CONSTRAINT = 'allotment_never_exceeded';\n    END IF;\n    RETURN NULL;\n",
                        hash="c154c0053b59b55d8597a94967cd40f1076a47fa",
                        level="STATEMENT",
                        operation="UPDATE",
                        pgid="pgtrigger_allotment_never_exceeded_update_9434a",
                        referencing="REFERENCING NEW TABLE AS new_values ",
                        table="campaigns_allotment",
                        when="AFTER",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="allotment_keeps_its_unit",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."campaign_id" IS DISTINCT FROM (NEW."campaign_id") OR OLD."union_id" IS DISTINCT FROM (NEW."union_id") OR OLD."enterprise_id" IS DISTINCT FROM (NEW."enterprise_id") OR OLD."parent_id" IS DISTINCT FROM (NEW."parent_id"))',
                        func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                        hash="98c2090bfe299d603679e67bd5a0e25bf9d74799",
                        operation="UPDATE",
                        pgid="pgtrigger_allotment_keeps_its_unit_d1957",
                        table="campaigns_allotment",
                        when="BEFORE",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="insert_insert",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "campaigns_allotmentevent" ("campaign_id", "copies", "enterprise_id", "id", "parent_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "union_id", "use_until") SELECT new_values."campaign_id", new_values."copies", new_values."enterprise_id", new_values."id", new_values."parent_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."union_id", new_values."use_until" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                        hash="80b747a34c573a489d8f9679965a76f1c375df30",
                        level="STATEMENT",
                        operation="INSERT",
                        pgid="pgtrigger_insert_insert_7b3bc",
                        referencing="REFERENCING NEW TABLE AS new_values ",
                        table="campaigns_allotment",
                        when="AFTER",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="update_update",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "campaigns_allotmentevent" ("campaign_id", "copies", "enterprise_id", "id", "parent_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "union_id", "use_until") SELECT new_values."campaign_id", new_values."copies", new_values."enterprise_id", new_values."id", new_values."parent_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."union_id", new_values."use_until" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                        hash="4933f6f375f12b378db27dda32dfa432d3934f56",
                        level="STATEMENT",
                        operation="UPDATE",
                        pgid="pgtrigger_update_update_de42c",
                        referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                        table="campaigns_allotment",
                        when="AFTER",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="delete_delete",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "campaigns_allotmentevent" ("campaign_id", "copies", "enterprise_id", "id", "parent_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "union_id", "use_until") SELECT old_values."campaign_id", old_values."copies", old_values."enterprise_id", old_values."id", old_values."parent_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."union_id", old_values."use_until" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                        hash="638aec1bc5c5a09b02099af596117091d97aa403",
                        level="STATEMENT",
                        operation="DELETE",
                        pgid="pgtrigger_delete_delete_ae7f0",
                        referencing="REFERENCING OLD TABLE AS old_values ",
                        table="campaigns_allotment",
                        when="AFTER",
                    ),
                ),
            ],
        ),
        unionbenefits.core.migration_operations.AddTriggers(
            model_name="campaignfund",
            triggers=[
                pgtrigger.compiler.Trigger(
                    name="insert_insert",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "campaigns_campaignfundevent" ("campaign_id", "fund_id", "id", "limit", "order", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "share") SELECT new_values."campaign_id", new_values."fund_id", new_values."id", new_values."limit", new_values."order", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."share" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                        hash="0c7b93568a7b2b85a314beb0506238e5a65e43aa",
                        level="STATEMENT",
                        operation="INSERT",
                        pgid="pgtrigger_insert_insert_5aa15",
                        referencing="REFERENCING NEW TABLE AS new_values ",
                        table="campaigns_campaignfund",
                        when="AFTER",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="update_update",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "campaigns_campaignfundevent" ("campaign_id", "fund_id", "id", "limit", "order", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "share") SELECT new_values."campaign_id", new_values."fund_id", new_values."id", new_values."limit", new_values."order", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."share" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                        hash="dbc8e07fb6c1013fde9ced64eb6a4111e8dae3d8",
                        level="STATEMENT",
                        operation="UPDATE",
                        pgid="pgtrigger_update_update_018c0",
                        referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                        table="campaigns_campaignfund",
                        when="AFTER",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="delete_delete",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "campaigns_campaignfundevent" ("campaign_id", "fund_id", "id", "limit", "order", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "share") SELECT old_values."campaign_id", old_values."fund_id", old_values."id", old_values."limit", old_values."order", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."share" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                        hash="f6b3198921d26a00ea2bbba58b5def54d2c39ead",
                        level="STATEMENT",
                        operation="DELETE",
                        pgid="pgtrigger_delete_delete_f8ed8",
                        referencing="REFERENCING OLD TABLE AS old_values ",
                        table="campaigns_campaignfund",
                        when="AFTER",
                    ),
                ),
            ],
        ),
        unionbenefits.core.migration_operations.AddTriggers(
            model_name="giftoverride",
            triggers=[
                pgtrigger.compiler.Trigger(
                    name="insert_insert",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "campaigns_giftoverrideevent" ("allowed_at", "allowed_by_id", "asked_at", "asked_by_id", "campaign_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "worker_id") SELECT new_values."allowed_at", new_values."allowed_by_id", new_values."asked_at", new_values."asked_by_id", new_values."campaign_id", new_values."id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."reason", new_values."worker_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                        hash="2299da8b2de70e702c05b1d847ddd36a7657092d",
                        level="STATEMENT",
                        operation="INSERT",
                        pgid="pgtrigger_insert_insert_7130b",
                        referencing="REFERENCING NEW TABLE AS new_values ",
                        table="campaigns_giftoverride",
                        when="AFTER",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="update_update",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "campaigns_giftoverrideevent" ("allowed_at", "allowed_by_id", "asked_at", "asked_by_id", "campaign_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "worker_id") SELECT new_values."allowed_at", new_values."allowed_by_id", new_values."asked_at", new_values."asked_by_id", new_values."campaign_id", new_values."id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."reason", new_values."worker_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                        hash="0973cbc346bcb314c1efac39c28e70ca09d40de2",
                        level="STATEMENT",
                        operation="UPDATE",
                        pgid="pgtrigger_update_update_ddde6",
                        referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                        table="campaigns_giftoverride",
                        when="AFTER",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="delete_delete",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "campaigns_giftoverrideevent" ("allowed_at", "allowed_by_id", "asked_at", "asked_by_id", "campaign_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "worker_id") SELECT old_values."allowed_at", old_values."allowed_by_id", old_values."asked_at", old_values."asked_by_id", old_values."campaign_id", old_values."id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."reason", old_values."worker_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                        hash="e352ee5e17c5bcda1a575763178180d7d32b95e1",
                        level="STATEMENT",
                        operation="DELETE",
                        pgid="pgtrigger_delete_delete_b729b",
                        referencing="REFERENCING OLD TABLE AS old_values ",
                        table="campaigns_giftoverride",
                        when="AFTER",
                    ),
                ),
            ],
        ),
        unionbenefits.core.migration_operations.AddTriggers(
            model_name="giftbatch",
            triggers=[
                pgtrigger.compiler.Trigger(
                    name="batch_keeps_its_origin",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        condition='WHEN (OLD."campaign_id" IS DISTINCT FROM (NEW."campaign_id") OR OLD."allotment_id" IS DISTINCT FROM (NEW."allotment_id") OR OLD."prepared_by_id" IS DISTINCT FROM (NEW."prepared_by_id") OR OLD."prepared_at" IS DISTINCT FROM (NEW."prepared_at"))',
                        func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                        hash="73c0449678432cdb70a3537cec267eefb90d7012",
                        operation="UPDATE",
                        pgid="pgtrigger_batch_keeps_its_origin_7393b",
                        table="campaigns_giftbatch",
                        when="BEFORE",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="insert_insert",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "campaigns_giftbatchevent" ("allotment_id", "amount", "approved_at", "approved_by_id", "approved_digest", "campaign_id", "copies", "digest", "id", "issued_at", "issued_by_id", "left_out", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "prepared_at", "prepared_by_id", "put_forward_at", "put_forward_by_id", "return_reason", "revoked", "roster_id", "second_at", "second_by_id", "second_needed", "state") SELECT new_values."allotment_id", new_values."amount", new_values."approved_at", new_values."approved_by_id", new_values."approved_digest", new_values."campaign_id", new_values."copies", new_values."digest", new_values."id", new_values."issued_at", new_values."issued_by_id", new_values."left_out", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."prepared_at", new_values."prepared_by_id", new_values."put_forward_at", new_values."put_forward_by_id", new_values."return_reason", new_values."revoked", new_values."roster_id", new_values."second_at", new_values."second_by_id", new_values."second_needed", new_values."state" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                        hash="39aa68ec150c8d9dd874c48763cc9cdb643c08ba",
                        level="STATEMENT",
                        operation="INSERT",
                        pgid="pgtrigger_insert_insert_4e612",
                        referencing="REFERENCING NEW TABLE AS new_values ",
                        table="campaigns_giftbatch",
                        when="AFTER",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="update_update",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "campaigns_giftbatchevent" ("allotment_id", "amount", "approved_at", "approved_by_id", "approved_digest", "campaign_id", "copies", "digest", "id", "issued_at", "issued_by_id", "left_out", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "prepared_at", "prepared_by_id", "put_forward_at", "put_forward_by_id", "return_reason", "revoked", "roster_id", "second_at", "second_by_id", "second_needed", "state") SELECT new_values."allotment_id", new_values."amount", new_values."approved_at", new_values."approved_by_id", new_values."approved_digest", new_values."campaign_id", new_values."copies", new_values."digest", new_values."id", new_values."issued_at", new_values."issued_by_id", new_values."left_out", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."prepared_at", new_values."prepared_by_id", new_values."put_forward_at", new_values."put_forward_by_id", new_values."return_reason", new_values."revoked", new_values."roster_id", new_values."second_at", new_values."second_by_id", new_values."second_needed", new_values."state" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                        hash="aeb5a6f320197b5f024f2ab9d7428aecfe5b88c1",
                        level="STATEMENT",
                        operation="UPDATE",
                        pgid="pgtrigger_update_update_c6d37",
                        referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                        table="campaigns_giftbatch",
                        when="AFTER",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="delete_delete",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "campaigns_giftbatchevent" ("allotment_id", "amount", "approved_at", "approved_by_id", "approved_digest", "campaign_id", "copies", "digest", "id", "issued_at", "issued_by_id", "left_out", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "prepared_at", "prepared_by_id", "put_forward_at", "put_forward_by_id", "return_reason", "revoked", "roster_id", "second_at", "second_by_id", "second_needed", "state") SELECT old_values."allotment_id", old_values."amount", old_values."approved_at", old_values."approved_by_id", old_values."approved_digest", old_values."campaign_id", old_values."copies", old_values."digest", old_values."id", old_values."issued_at", old_values."issued_by_id", old_values."left_out", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."prepared_at", old_values."prepared_by_id", old_values."put_forward_at", old_values."put_forward_by_id", old_values."return_reason", old_values."revoked", old_values."roster_id", old_values."second_at", old_values."second_by_id", old_values."second_needed", old_values."state" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                        hash="30f1bc4b160ec48cff95df876fb120e421d97dd1",
                        level="STATEMENT",
                        operation="DELETE",
                        pgid="pgtrigger_delete_delete_45cce",
                        referencing="REFERENCING OLD TABLE AS old_values ",
                        table="campaigns_giftbatch",
                        when="AFTER",
                    ),
                ),
            ],
        ),
        unionbenefits.core.migration_operations.AddTriggers(
            model_name="gift",
            triggers=[
                pgtrigger.compiler.Trigger(
                    name="allotment_never_exceeded_insert",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func="\n    PERFORM 1 FROM campaigns_allotment a WHERE a.id IN (\n    SELECT b.allotment_id FROM campaigns_giftbatch b WHERE b.id IN (SELECT n.batch_id FROM new_values n)\n) ORDER BY a.id FOR NO KEY UPDATE;\n    IF EXISTS (\n        SELECT 1 FROM campaigns_allotment a\n        WHERE a.id IN (\n    SELECT b.allotment_id FROM campaigns_giftbatch b WHERE b.id IN (SELECT n.batch_id FROM new_values n)\n) AND a.copies < (\n            SELECT count(*) FROM campaigns_giftbatch b\n            JOIN campaigns_gift g ON g.batch_id = b.id AND g.state = 'live' WHERE b.allotment_id = a.id\n        ) + (SELECT coalesce(sum(c.copies), 0) FROM campaigns_allotment c WHERE c.parent_id = a.id)\n    ) THEN\n        RAISE EXCEPTION 'allotment exceeded'\n            USING ERRCODE = 'check_violation', CONSTRAINT = 'allotment_never_exceeded';\n    END IF;\n    RETURN NULL;\n",
                        hash="2f9aaa15eb236bfb22b0f1e51035a67c376491a5",
                        level="STATEMENT",
                        operation="INSERT",
                        pgid="pgtrigger_allotment_never_exceeded_insert_3012b",
                        referencing="REFERENCING NEW TABLE AS new_values ",
                        table="campaigns_gift",
                        when="AFTER",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="allotment_never_exceeded_update",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func="\n    PERFORM 1 FROM campaigns_allotment a WHERE a.id IN (\n    SELECT b.allotment_id FROM campaigns_giftbatch b WHERE b.id IN (SELECT n.batch_id FROM new_values n)\n) ORDER BY a.id FOR NO KEY UPDATE;\n    IF EXISTS (\n        SELECT 1 FROM campaigns_allotment a\n        WHERE a.id IN (\n    SELECT b.allotment_id FROM campaigns_giftbatch b WHERE b.id IN (SELECT n.batch_id FROM new_values n)\n) AND a.copies < (\n            SELECT count(*) FROM campaigns_giftbatch b\n            JOIN campaigns_gift g ON g.batch_id = b.id AND g.state = 'live' WHERE b.allotment_id = a.id\n        ) + (SELECT coalesce(sum(c.copies), 0) FROM campaigns_allotment c WHERE c.parent_id = a.id)\n    ) THEN\n        RAISE EXCEPTION 'allotment exceeded'\n            USING ERRCODE = 'check_violation', CONSTRAINT = 'allotment_never_exceeded';\n    END IF;\n    RETURN NULL;\n",
                        hash="24b76761b39dd2d5ddd6d53620bbb098bee96cb8",
                        level="STATEMENT",
                        operation="UPDATE",
                        pgid="pgtrigger_allotment_never_exceeded_update_d8046",
                        referencing="REFERENCING NEW TABLE AS new_values ",
                        table="campaigns_gift",
                        when="AFTER",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="gift_coverage_insert",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func="\n    IF EXISTS (\n        SELECT FROM new_values n\n        LEFT JOIN plans_coverage c ON c.id = n.coverage_id AND c.worker_id = n.worker_id\n        WHERE n.coverage_id IS NOT NULL AND c.id IS NULL\n    ) THEN\n        RAISE EXCEPTION 'the coverage of a gift is the same worker''s'\n            USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'gift_coverage_is_the_workers';\n    END IF;\n    RETURN NULL;\n",
                        hash="10085726f4ae6459573b84a9f23b6974f41f2855",
                        level="STATEMENT",
                        operation="INSERT",
                        pgid="pgtrigger_gift_coverage_insert_b4cb1",
                        referencing="REFERENCING NEW TABLE AS new_values ",
                        table="campaigns_gift",
                        when="AFTER",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="gift_coverage_update",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func="\n    IF EXISTS (\n        SELECT FROM new_values n\n        LEFT JOIN plans_coverage c ON c.id = n.coverage_id AND c.worker_id = n.worker_id\n        WHERE n.coverage_id IS NOT NULL AND c.id IS NULL\n    ) THEN\n        RAISE EXCEPTION 'the coverage of a gift is the same worker''s'\n            USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'gift_coverage_is_the_workers';\n    END IF;\n    RETURN NULL;\n",
                        hash="bc98ff829b83ea0ef497dfcf066f641e8505ba36",
                        level="STATEMENT",
                        operation="UPDATE",
                        pgid="pgtrigger_gift_coverage_update_31a42",
                        referencing="REFERENCING NEW TABLE AS new_values ",
                        table="campaigns_gift",
                        when="AFTER",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="gift_keeps_its_coverage",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        condition='WHEN (OLD."coverage_id" IS NOT NULL AND OLD."coverage_id" IS DISTINCT FROM (NEW."coverage_id"))',
                        func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                        hash="b08c8e35c8f9bcaba133d6062ea0a8d7c040b19e",
                        operation="UPDATE",
                        pgid="pgtrigger_gift_keeps_its_coverage_5906d",
                        table="campaigns_gift",
                        when="BEFORE",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="insert_insert",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "campaigns_giftevent" ("batch_id", "campaign_id", "cover_from", "enterprise_id", "id", "occupation", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "state", "worker_id") SELECT new_values."batch_id", new_values."campaign_id", new_values."cover_from", new_values."enterprise_id", new_values."id", new_values."occupation", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."reason", new_values."state", new_values."worker_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                        hash="a5bda6d2b9599694dedf5b1407d56e56ca309acf",
                        level="STATEMENT",
                        operation="INSERT",
                        pgid="pgtrigger_insert_insert_45390",
                        referencing="REFERENCING NEW TABLE AS new_values ",
                        table="campaigns_gift",
                        when="AFTER",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="update_update",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "campaigns_giftevent" ("batch_id", "campaign_id", "cover_from", "enterprise_id", "id", "occupation", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "state", "worker_id") SELECT new_values."batch_id", new_values."campaign_id", new_values."cover_from", new_values."enterprise_id", new_values."id", new_values."occupation", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."reason", new_values."state", new_values."worker_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."batch_id" IS DISTINCT FROM (new_values."batch_id") OR old_values."campaign_id" IS DISTINCT FROM (new_values."campaign_id") OR old_values."cover_from" IS DISTINCT FROM (new_values."cover_from") OR old_values."enterprise_id" IS DISTINCT FROM (new_values."enterprise_id") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."occupation" IS DISTINCT FROM (new_values."occupation") OR old_values."reason" IS DISTINCT FROM (new_values."reason") OR old_values."state" IS DISTINCT FROM (new_values."state") OR old_values."worker_id" IS DISTINCT FROM (new_values."worker_id")) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                        hash="29f831690ab2f36908305cdaada7fac95916211f",
                        level="STATEMENT",
                        operation="UPDATE",
                        pgid="pgtrigger_update_update_8c800",
                        referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                        table="campaigns_gift",
                        when="AFTER",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="delete_delete",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "campaigns_giftevent" ("batch_id", "campaign_id", "cover_from", "enterprise_id", "id", "occupation", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "state", "worker_id") SELECT old_values."batch_id", old_values."campaign_id", old_values."cover_from", old_values."enterprise_id", old_values."id", old_values."occupation", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."reason", old_values."state", old_values."worker_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                        hash="967b9b76b5d096623d10730286aa4161878007f3",
                        level="STATEMENT",
                        operation="DELETE",
                        pgid="pgtrigger_delete_delete_10016",
                        referencing="REFERENCING OLD TABLE AS old_values ",
                        table="campaigns_gift",
                        when="AFTER",
                    ),
                ),
            ],
        ),
        unionbenefits.core.migration_operations.AddTriggers(
            model_name="revocation",
            triggers=[
                pgtrigger.compiler.Trigger(
                    name="insert_insert",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "campaigns_revocationevent" ("amount", "batch_id", "copies", "decided_at", "decided_by_id", "digest", "from_day", "id", "kept", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_at", "proposed_by_id", "reason", "state") SELECT new_values."amount", new_values."batch_id", new_values."copies", new_values."decided_at", new_values."decided_by_id", new_values."digest", new_values."from_day", new_values."id", new_values."kept", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."proposed_at", new_values."proposed_by_id", new_values."reason", new_values."state" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                        hash="0f2529bebe4ff3e015e262fe6bb4a50e4ad107b2",
                        level="STATEMENT",
                        operation="INSERT",
                        pgid="pgtrigger_insert_insert_87897",
                        referencing="REFERENCING NEW TABLE AS new_values ",
                        table="campaigns_revocation",
                        when="AFTER",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="update_update",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "campaigns_revocationevent" ("amount", "batch_id", "copies", "decided_at", "decided_by_id", "digest", "from_day", "id", "kept", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_at", "proposed_by_id", "reason", "state") SELECT new_values."amount", new_values."batch_id", new_values."copies", new_values."decided_at", new_values."decided_by_id", new_values."digest", new_values."from_day", new_values."id", new_values."kept", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."proposed_at", new_values."proposed_by_id", new_values."reason", new_values."state" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                        hash="3fbba7d497d3a96329174f415318c840287e9417",
                        level="STATEMENT",
                        operation="UPDATE",
                        pgid="pgtrigger_update_update_3e0fa",
                        referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                        table="campaigns_revocation",
                        when="AFTER",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="delete_delete",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "campaigns_revocationevent" ("amount", "batch_id", "copies", "decided_at", "decided_by_id", "digest", "from_day", "id", "kept", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_at", "proposed_by_id", "reason", "state") SELECT old_values."amount", old_values."batch_id", old_values."copies", old_values."decided_at", old_values."decided_by_id", old_values."digest", old_values."from_day", old_values."id", old_values."kept", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."proposed_at", old_values."proposed_by_id", old_values."reason", old_values."state" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                        hash="7ac36c8b9b207ae76519569dc8826e3a5c996547",
                        level="STATEMENT",
                        operation="DELETE",
                        pgid="pgtrigger_delete_delete_601c8",
                        referencing="REFERENCING OLD TABLE AS old_values ",
                        table="campaigns_revocation",
                        when="AFTER",
                    ),
                ),
            ],
        ),
        migrations.RunSQL(
            sql="ALTER TABLE campaigns_gift SET (fillfactor = 50)",
            reverse_sql="ALTER TABLE campaigns_gift RESET (fillfactor)",
        ),
    ]
