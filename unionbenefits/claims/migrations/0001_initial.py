import uuid
from decimal import Decimal

import django.contrib.postgres.fields
import django.db.models.deletion
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models

import unionbenefits.claims.payment_models
import unionbenefits.core.crypto.fields
import unionbenefits.core.migration_operations
import unionbenefits.core.money


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("funds", "0001_initial"),
        ("pghistory", "0007_auto_20250421_0444"),
        ("plans", "0004_kept_until_and_opening_figures"),
        ("unions", "0001_initial"),
        ("workers", "0003_standing_consents_messages"),
    ]

    operations = [
        migrations.RunSQL(
            sql="CREATE SEQUENCE claims_claim_no",
            reverse_sql="DROP SEQUENCE claims_claim_no",
        ),
        migrations.RunSQL(
            sql="CREATE SEQUENCE claims_batch_no",
            reverse_sql="DROP SEQUENCE claims_batch_no",
        ),
        migrations.RunSQL(
            sql="CREATE SEQUENCE claims_order_no",
            reverse_sql="DROP SEQUENCE claims_order_no",
        ),
        migrations.CreateModel(
            name="BankProfile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.SlugField(max_length=20, unique=True, verbose_name="code")),
                ("name", models.CharField(max_length=80, verbose_name="bank")),
                (
                    "format",
                    models.CharField(
                        choices=[("xlsx", "XLSX"), ("csv", "CSV")],
                        default="xlsx",
                        max_length=4,
                        verbose_name="format",
                    ),
                ),
                (
                    "encoding",
                    models.CharField(
                        choices=[("utf-8-sig", "UTF-8"), ("gb18030", "GB18030")],
                        default="utf-8-sig",
                        help_text="Of CSV files.",
                        max_length=12,
                        verbose_name="encoding",
                    ),
                ),
                ("line_limit", models.PositiveIntegerField(default=3000, verbose_name="lines per file")),
                (
                    "out_columns",
                    models.JSONField(
                        default=unionbenefits.claims.payment_models.out_columns,
                        verbose_name="columns of the batch file",
                    ),
                ),
                (
                    "in_headings",
                    models.JSONField(
                        default=unionbenefits.claims.payment_models.in_headings,
                        verbose_name="headings of the result file",
                    ),
                ),
                (
                    "status_words",
                    models.JSONField(
                        default=unionbenefits.claims.payment_models.status_words,
                        verbose_name="words for an outcome",
                    ),
                ),
                ("purpose", models.CharField(default="互助金", max_length=40, verbose_name="purpose")),
                ("is_active", models.BooleanField(default=True, verbose_name="in use")),
            ],
            options={
                "verbose_name": "bank profile",
                "verbose_name_plural": "bank profiles",
                "ordering": ["code"],
            },
        ),
        migrations.CreateModel(
            name="Claim",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.CharField(blank=True, max_length=16, null=True, verbose_name="number")),
                (
                    "key",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, unique=True, verbose_name="key of the form"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("filed", "Filed"),
                            ("asked", "Waiting for the worker"),
                            ("decided", "Decided, to be reviewed"),
                            ("reviewed", "Reviewed, to be approved"),
                            ("approved", "Approved"),
                            ("rejected", "Rejected"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="draft",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, verbose_name="version")),
                ("step", models.PositiveSmallIntegerField(default=1, verbose_name="step of the draft")),
                ("hospital", models.CharField(blank=True, max_length=120, verbose_name="hospital")),
                (
                    "hospital_key",
                    models.CharField(
                        blank=True, editable=False, max_length=120, verbose_name="hospital for comparison"
                    ),
                ),
                ("admitted", models.DateField(blank=True, null=True, verbose_name="admitted on")),
                ("discharged", models.DateField(blank=True, null=True, verbose_name="discharged on")),
                ("settled", models.DateField(blank=True, null=True, verbose_name="settled on")),
                (
                    "total",
                    unionbenefits.core.money.MoneyField(
                        blank=True, decimal_places=2, max_digits=12, null=True, verbose_name="total"
                    ),
                ),
                (
                    "pooled_fund",
                    unionbenefits.core.money.MoneyField(
                        blank=True,
                        decimal_places=2,
                        max_digits=12,
                        null=True,
                        verbose_name="paid by the pooled fund",
                    ),
                ),
                (
                    "supplementary",
                    unionbenefits.core.money.MoneyField(
                        blank=True,
                        decimal_places=2,
                        max_digits=12,
                        null=True,
                        verbose_name="paid by supplementary insurance",
                    ),
                ),
                (
                    "medical_aid",
                    unionbenefits.core.money.MoneyField(
                        blank=True,
                        decimal_places=2,
                        max_digits=12,
                        null=True,
                        verbose_name="paid by medical aid",
                    ),
                ),
                (
                    "self_paid",
                    unionbenefits.core.money.MoneyField(
                        blank=True,
                        decimal_places=2,
                        max_digits=12,
                        null=True,
                        verbose_name="self-paid within the insured costs",
                    ),
                ),
                (
                    "own_expense",
                    unionbenefits.core.money.MoneyField(
                        blank=True, decimal_places=2, max_digits=12, null=True, verbose_name="own expense"
                    ),
                ),
                (
                    "other_paid",
                    unionbenefits.core.money.MoneyField(
                        blank=True,
                        decimal_places=2,
                        max_digits=12,
                        null=True,
                        verbose_name="paid of it by other schemes",
                    ),
                ),
                (
                    "invoice_no",
                    unionbenefits.core.crypto.fields.SealedTextField(
                        blank=True, null=True, verbose_name="invoice number"
                    ),
                ),
                (
                    "invoice_digest",
                    unionbenefits.core.crypto.fields.BlindIndexField(
                        blank=True,
                        max_length=32,
                        null=True,
                        purpose="claim.invoice",
                        verbose_name="invoice index",
                    ),
                ),
                ("payee_name", models.CharField(blank=True, max_length=100, verbose_name="account holder")),
                (
                    "account",
                    unionbenefits.core.crypto.fields.SealedTextField(
                        blank=True, null=True, verbose_name="bank account"
                    ),
                ),
                (
                    "account_digest",
                    unionbenefits.core.crypto.fields.BlindIndexField(
                        blank=True,
                        max_length=32,
                        null=True,
                        purpose="claim.account",
                        verbose_name="account index",
                    ),
                ),
                ("bank_name", models.CharField(blank=True, max_length=80, verbose_name="bank")),
                (
                    "other_holder_reason",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="why another person holds the account"
                    ),
                ),
                (
                    "filed_through",
                    models.CharField(
                        choices=[("worker", "By the worker"), ("officer", "By an officer for the worker")],
                        default="worker",
                        max_length=8,
                        verbose_name="filed",
                    ),
                ),
                (
                    "filing_reason",
                    models.CharField(blank=True, max_length=200, verbose_name="why an officer filed"),
                ),
                ("created_at", models.DateTimeField(verbose_name="begun at")),
                ("filed_at", models.DateTimeField(blank=True, null=True, verbose_name="filed at")),
                ("promised_on", models.DateField(blank=True, null=True, verbose_name="answer promised by")),
                ("asked_until", models.DateField(blank=True, null=True, verbose_name="worker asked until")),
                (
                    "risk",
                    models.PositiveSmallIntegerField(
                        default=0,
                        help_text="Sum of the weights of open findings; ranks, never rejects.",
                        verbose_name="rank",
                    ),
                ),
                (
                    "closing_reason",
                    models.CharField(blank=True, max_length=200, verbose_name="why it was withdrawn"),
                ),
                (
                    "consent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="claims",
                        to="workers.consent",
                        verbose_name="consent to the use of medical data",
                    ),
                ),
                (
                    "coverage",
                    models.ForeignKey(
                        blank=True,
                        help_text="The cover that the stay is held against, found at filing.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="claims",
                        to="plans.coverage",
                        verbose_name="coverage",
                    ),
                ),
                (
                    "filed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="filed_claims",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="filed by officer",
                    ),
                ),
                (
                    "worker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="claims",
                        to="workers.worker",
                        verbose_name="worker",
                    ),
                ),
            ],
            options={
                "verbose_name": "claim",
                "verbose_name_plural": "claims",
                "ordering": ["-id"],
                "permissions": [
                    ("file_claim", "Can file a claim for a worker"),
                    ("ask_claim", "Can ask the worker for more"),
                    ("clear_claim", "Can clear a finding"),
                ],
                "indexes": [
                    models.Index(
                        condition=models.Q(("state__in", ["filed", "asked", "decided", "reviewed"])),
                        fields=["promised_on", "-risk", "id"],
                        name="claim_worklist",
                    ),
                    models.Index(
                        condition=models.Q(("invoice_digest__isnull", False)),
                        fields=["invoice_digest"],
                        name="claim_invoice",
                    ),
                    models.Index(
                        condition=models.Q(("account_digest__isnull", False)),
                        fields=["account_digest"],
                        name="claim_account",
                    ),
                    models.Index(fields=["hospital_key", "filed_at"], name="claim_hospital"),
                    models.Index(
                        condition=models.Q(("filed_by__isnull", False)),
                        fields=["filed_by", "filed_at"],
                        name="claim_filed_by",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("number",), name="claim_number_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["draft", "withdrawn"]),
                            models.Q(
                                ("admitted__isnull", False),
                                ("consent__isnull", False),
                                ("coverage__isnull", False),
                                ("discharged__isnull", False),
                                ("filed_at__isnull", False),
                                ("number__isnull", False),
                                ("self_paid__isnull", False),
                                ("total__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="claim_filed_is_complete",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("discharged__isnull", True),
                            ("admitted__isnull", True),
                            ("discharged__gte", models.F("admitted")),
                            _connector="OR",
                        ),
                        name="claim_dates_in_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("filed_by__isnull", True), ("filed_through", "worker")),
                            models.Q(
                                ("filed_by__isnull", False),
                                ("filed_through", "officer"),
                                models.Q(("filing_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="claim_officer_gives_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("total__isnull", True), ("total__gte", 0), _connector="OR"),
                            models.Q(("pooled_fund__isnull", True), ("pooled_fund__gte", 0), _connector="OR"),
                            models.Q(
                                ("supplementary__isnull", True), ("supplementary__gte", 0), _connector="OR"
                            ),
                            models.Q(("medical_aid__isnull", True), ("medical_aid__gte", 0), _connector="OR"),
                            models.Q(("self_paid__isnull", True), ("self_paid__gte", 0), _connector="OR"),
                            models.Q(("own_expense__isnull", True), ("own_expense__gte", 0), _connector="OR"),
                            models.Q(("other_paid__isnull", True), ("other_paid__gte", 0), _connector="OR"),
                        ),
                        name="claim_amounts_not_negative",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("invoice_digest__isnull", True), ("invoice_no__isnull", True)),
                            models.Q(("invoice_digest__isnull", False), ("invoice_no__isnull", False)),
                            _connector="OR",
                        ),
                        name="claim_sealed_has_index",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("account__isnull", True), ("account_digest__isnull", True)),
                            models.Q(("account__isnull", False), ("account_digest__isnull", False)),
                            _connector="OR",
                        ),
                        name="claim_account_has_index",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ClaimsFund",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("order", models.PositiveSmallIntegerField(default=1, verbose_name="order")),
                (
                    "fund",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="claims_funds",
                        to="funds.fund",
                        verbose_name="fund",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="claims_funds",
                        to="plans.plan",
                        verbose_name="plan",
                    ),
                ),
            ],
            options={
                "verbose_name": "fund for claims",
                "verbose_name_plural": "funds for claims",
                "ordering": ["plan", "order", "id"],
                "constraints": [
                    models.UniqueConstraint(fields=("plan", "fund"), name="claims_fund_once_per_plan")
                ],
            },
        ),
        migrations.CreateModel(
            name="Replay",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("ruleset", models.CharField(max_length=20, verbose_name="ruleset")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("running", "Running"),
                            ("done", "Done"),
                            ("stopped", "Stopped"),
                            ("failed", "Failed"),
                        ],
                        default="waiting",
                        max_length=8,
                        verbose_name="state",
                    ),
                ),
                ("total", models.PositiveIntegerField(default=0, verbose_name="decisions")),
                ("done", models.PositiveIntegerField(default=0, verbose_name="decided again")),
                ("changed", models.PositiveIntegerField(default=0, verbose_name="different")),
                (
                    "amount_before",
                    unionbenefits.core.money.MoneyField(
                        decimal_places=2, default=0, max_digits=16, verbose_name="paid as decided"
                    ),
                ),
                (
                    "amount_after",
                    unionbenefits.core.money.MoneyField(
                        decimal_places=2, default=0, max_digits=16, verbose_name="paid as decided again"
                    ),
                ),
                ("failure", models.CharField(blank=True, max_length=200, verbose_name="why it stopped")),
                ("started_at", models.DateTimeField(verbose_name="started at")),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="ended at")),
                (
                    "plan_version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replays",
                        to="plans.planversion",
                        verbose_name="under the terms of",
                    ),
                ),
                (
                    "started_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replays",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="started by",
                    ),
                ),
                (
                    "office",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replays",
                        to="unions.union",
                        verbose_name="office",
                    ),
                ),
                ("reached", models.BigIntegerField(default=0, verbose_name="reached")),
                ("stop_asked", models.BooleanField(default=False, verbose_name="asked to stop")),
            ],
            options={
                "verbose_name": "replay of decisions",
                "verbose_name_plural": "replays of decisions",
                "ordering": ["-id"],
                "permissions": [("run_replay", "Can replay past decisions")],
            },
        ),
        migrations.CreateModel(
            name="ApprovalLimit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("province_officer", "Association officer"),
                            ("union_officer", "Union officer"),
                            ("industry_officer", "Industry union officer"),
                            ("enterprise_clerk", "Enterprise union clerk"),
                            ("claims_officer", "Claims officer"),
                            ("claims_reviewer", "Claims reviewer"),
                            ("claims_approver", "Claims approver"),
                            ("cashier", "Cashier"),
                            ("auditor", "Auditor"),
                            ("administrator", "System administrator"),
                        ],
                        max_length=20,
                        unique=True,
                        verbose_name="role",
                    ),
                ),
                (
                    "up_to",
                    unionbenefits.core.money.MoneyField(
                        decimal_places=2, max_digits=12, verbose_name="up to"
                    ),
                ),
            ],
            options={
                "verbose_name": "approval limit",
                "verbose_name_plural": "approval limits",
                "ordering": ["up_to"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("up_to__gt", 0)), name="approval_limit_positive"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="LookRule",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "share",
                    models.DecimalField(
                        decimal_places=2,
                        default=Decimal("0.05"),
                        help_text="Of an approver's small decisions of a week, such as 0.05; rounded up.",
                        max_digits=4,
                        verbose_name="share",
                    ),
                ),
                (
                    "at_least",
                    models.PositiveSmallIntegerField(
                        default=1,
                        help_text="Decisions per approver and week, where there are so many.",
                        verbose_name="at least",
                    ),
                ),
                (
                    "up_to",
                    unionbenefits.core.money.MoneyField(
                        decimal_places=2,
                        default=Decimal("3000.00"),
                        help_text="元. Larger ones are looked at by limits.",
                        max_digits=12,
                        verbose_name="small up to",
                    ),
                ),
                ("set_by", models.CharField(max_length=150, verbose_name="set by")),
                ("set_at", models.DateTimeField(verbose_name="set at")),
            ],
            options={
                "verbose_name": "rule of second looks",
                "verbose_name_plural": "rules of second looks",
                "ordering": ["-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("share__gte", 0), ("share__lte", 1)), name="look_rule_share"
                    ),
                    models.CheckConstraint(condition=models.Q(("up_to__gt", 0)), name="look_rule_up_to"),
                ],
            },
        ),
        migrations.CreateModel(
            name="ApprovalLimitEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("province_officer", "Association officer"),
                            ("union_officer", "Union officer"),
                            ("industry_officer", "Industry union officer"),
                            ("enterprise_clerk", "Enterprise union clerk"),
                            ("claims_officer", "Claims officer"),
                            ("claims_reviewer", "Claims reviewer"),
                            ("claims_approver", "Claims approver"),
                            ("cashier", "Cashier"),
                            ("auditor", "Auditor"),
                            ("administrator", "System administrator"),
                        ],
                        max_length=20,
                        verbose_name="role",
                    ),
                ),
                (
                    "up_to",
                    unionbenefits.core.money.MoneyField(
                        decimal_places=2, max_digits=12, verbose_name="up to"
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
                        to="claims.approvallimit",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="BankProfileEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("code", models.SlugField(db_index=False, max_length=20, verbose_name="code")),
                ("name", models.CharField(max_length=80, verbose_name="bank")),
                (
                    "format",
                    models.CharField(
                        choices=[("xlsx", "XLSX"), ("csv", "CSV")],
                        default="xlsx",
                        max_length=4,
                        verbose_name="format",
                    ),
                ),
                (
                    "encoding",
                    models.CharField(
                        choices=[("utf-8-sig", "UTF-8"), ("gb18030", "GB18030")],
                        default="utf-8-sig",
                        help_text="Of CSV files.",
                        max_length=12,
                        verbose_name="encoding",
                    ),
                ),
                ("line_limit", models.PositiveIntegerField(default=3000, verbose_name="lines per file")),
                (
                    "out_columns",
                    models.JSONField(
                        default=unionbenefits.claims.payment_models.out_columns,
                        verbose_name="columns of the batch file",
                    ),
                ),
                (
                    "in_headings",
                    models.JSONField(
                        default=unionbenefits.claims.payment_models.in_headings,
                        verbose_name="headings of the result file",
                    ),
                ),
                (
                    "status_words",
                    models.JSONField(
                        default=unionbenefits.claims.payment_models.status_words,
                        verbose_name="words for an outcome",
                    ),
                ),
                ("purpose", models.CharField(default="互助金", max_length=40, verbose_name="purpose")),
                ("is_active", models.BooleanField(default=True, verbose_name="in use")),
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
                        to="claims.bankprofile",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ClaimEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("number", models.CharField(blank=True, max_length=16, null=True, verbose_name="number")),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, verbose_name="key of the form")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("filed", "Filed"),
                            ("asked", "Waiting for the worker"),
                            ("decided", "Decided, to be reviewed"),
                            ("reviewed", "Reviewed, to be approved"),
                            ("approved", "Approved"),
                            ("rejected", "Rejected"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="draft",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, verbose_name="version")),
                ("step", models.PositiveSmallIntegerField(default=1, verbose_name="step of the draft")),
                ("hospital", models.CharField(blank=True, max_length=120, verbose_name="hospital")),
                (
                    "hospital_key",
                    models.CharField(
                        blank=True, editable=False, max_length=120, verbose_name="hospital for comparison"
                    ),
                ),
                ("admitted", models.DateField(blank=True, null=True, verbose_name="admitted on")),
                ("discharged", models.DateField(blank=True, null=True, verbose_name="discharged on")),
                ("settled", models.DateField(blank=True, null=True, verbose_name="settled on")),
                (
                    "total",
                    unionbenefits.core.money.MoneyField(
                        blank=True, decimal_places=2, max_digits=12, null=True, verbose_name="total"
                    ),
                ),
                (
                    "pooled_fund",
                    unionbenefits.core.money.MoneyField(
                        blank=True,
                        decimal_places=2,
                        max_digits=12,
                        null=True,
                        verbose_name="paid by the pooled fund",
                    ),
                ),
                (
                    "supplementary",
                    unionbenefits.core.money.MoneyField(
                        blank=True,
                        decimal_places=2,
                        max_digits=12,
                        null=True,
                        verbose_name="paid by supplementary insurance",
                    ),
                ),
                (
                    "medical_aid",
                    unionbenefits.core.money.MoneyField(
                        blank=True,
                        decimal_places=2,
                        max_digits=12,
                        null=True,
                        verbose_name="paid by medical aid",
                    ),
                ),
                (
                    "self_paid",
                    unionbenefits.core.money.MoneyField(
                        blank=True,
                        decimal_places=2,
                        max_digits=12,
                        null=True,
                        verbose_name="self-paid within the insured costs",
                    ),
                ),
                (
                    "own_expense",
                    unionbenefits.core.money.MoneyField(
                        blank=True, decimal_places=2, max_digits=12, null=True, verbose_name="own expense"
                    ),
                ),
                (
                    "other_paid",
                    unionbenefits.core.money.MoneyField(
                        blank=True,
                        decimal_places=2,
                        max_digits=12,
                        null=True,
                        verbose_name="paid of it by other schemes",
                    ),
                ),
                (
                    "invoice_no",
                    unionbenefits.core.crypto.fields.SealedTextField(
                        blank=True, null=True, verbose_name="invoice number"
                    ),
                ),
                (
                    "invoice_digest",
                    unionbenefits.core.crypto.fields.BlindIndexField(
                        blank=True,
                        max_length=32,
                        null=True,
                        purpose="claim.invoice",
                        verbose_name="invoice index",
                    ),
                ),
                ("payee_name", models.CharField(blank=True, max_length=100, verbose_name="account holder")),
                (
                    "account",
                    unionbenefits.core.crypto.fields.SealedTextField(
                        blank=True, null=True, verbose_name="bank account"
                    ),
                ),
                (
                    "account_digest",
                    unionbenefits.core.crypto.fields.BlindIndexField(
                        blank=True,
                        max_length=32,
                        null=True,
                        purpose="claim.account",
                        verbose_name="account index",
                    ),
                ),
                ("bank_name", models.CharField(blank=True, max_length=80, verbose_name="bank")),
                (
                    "other_holder_reason",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="why another person holds the account"
                    ),
                ),
                (
                    "filed_through",
                    models.CharField(
                        choices=[("worker", "By the worker"), ("officer", "By an officer for the worker")],
                        default="worker",
                        max_length=8,
                        verbose_name="filed",
                    ),
                ),
                (
                    "filing_reason",
                    models.CharField(blank=True, max_length=200, verbose_name="why an officer filed"),
                ),
                ("created_at", models.DateTimeField(verbose_name="begun at")),
                ("filed_at", models.DateTimeField(blank=True, null=True, verbose_name="filed at")),
                ("promised_on", models.DateField(blank=True, null=True, verbose_name="answer promised by")),
                ("asked_until", models.DateField(blank=True, null=True, verbose_name="worker asked until")),
                (
                    "risk",
                    models.PositiveSmallIntegerField(
                        default=0,
                        help_text="Sum of the weights of open findings; ranks, never rejects.",
                        verbose_name="rank",
                    ),
                ),
                (
                    "closing_reason",
                    models.CharField(blank=True, max_length=200, verbose_name="why it was withdrawn"),
                ),
                (
                    "consent",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="workers.consent",
                        verbose_name="consent to the use of medical data",
                    ),
                ),
                (
                    "coverage",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        help_text="The cover that the stay is held against, found at filing.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="plans.coverage",
                        verbose_name="coverage",
                    ),
                ),
                (
                    "filed_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="filed by officer",
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
                        to="claims.claim",
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
            name="ClaimsFundEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("order", models.PositiveSmallIntegerField(default=1, verbose_name="order")),
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
                        to="claims.claimsfund",
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
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ClaimVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveIntegerField(verbose_name="version")),
                ("facts", models.JSONField(verbose_name="as submitted")),
                (
                    "sealed",
                    unionbenefits.core.crypto.fields.SealedTextField(verbose_name="numbers as submitted"),
                ),
                ("why", models.CharField(max_length=40, verbose_name="what changed")),
                ("made_by", models.CharField(max_length=150, verbose_name="made by")),
                ("made_at", models.DateTimeField(verbose_name="made at")),
                (
                    "claim",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="claims.claim",
                        verbose_name="claim",
                    ),
                ),
            ],
            options={
                "verbose_name": "version of a claim",
                "verbose_name_plural": "versions of a claim",
                "ordering": ["claim", "version"],
                "constraints": [
                    models.UniqueConstraint(fields=("claim", "version"), name="claim_version_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Finding",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("same_invoice", "Same invoice number"),
                            ("same_picture", "Same picture"),
                            ("same_stay", "Same stay filed again"),
                            ("overlapping_stay", "Overlapping stays"),
                            ("shared_account", "Bank account of several workers"),
                            ("unusual_amount", "Unusual amount for the hospital"),
                            ("filed_for_many", "Filed by one officer for many"),
                        ],
                        max_length=16,
                        verbose_name="kind",
                    ),
                ),
                ("weight", models.PositiveSmallIntegerField(verbose_name="weight")),
                ("details", models.JSONField(blank=True, default=dict, verbose_name="details")),
                ("found_at", models.DateTimeField(verbose_name="found at")),
                ("cleared_at", models.DateTimeField(blank=True, null=True, verbose_name="cleared at")),
                (
                    "clear_reason",
                    models.CharField(blank=True, max_length=200, verbose_name="why it is in order"),
                ),
                (
                    "claim",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="findings",
                        to="claims.claim",
                        verbose_name="claim",
                    ),
                ),
                (
                    "cleared_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cleared_findings",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="cleared by",
                    ),
                ),
                (
                    "other",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="counter_findings",
                        to="claims.claim",
                        verbose_name="other claim",
                    ),
                ),
            ],
            options={
                "verbose_name": "finding",
                "verbose_name_plural": "findings",
                "ordering": ["-weight", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("claim", "other", "kind"), name="finding_once_per_pair", nulls_distinct=False
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("other__isnull", True), ("other__lt", models.F("claim")), _connector="OR"
                        ),
                        name="finding_names_older_claim",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("cleared_at__isnull", True), ("cleared_by__isnull", True)),
                            models.Q(
                                ("cleared_at__isnull", False),
                                ("cleared_by__isnull", False),
                                models.Q(("clear_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="finding_cleared_has_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Paper",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("statement", "Insurance settlement statement"),
                            ("invoice", "Hospital invoice"),
                            ("discharge", "Discharge summary"),
                            ("bank_card", "Bank card or account proof"),
                            ("authorisation", "Authorisation for another account holder"),
                            ("other", "Another paper"),
                        ],
                        max_length=14,
                        verbose_name="kind",
                    ),
                ),
                ("content_type", models.CharField(max_length=40, verbose_name="content type")),
                ("size", models.PositiveIntegerField(help_text="Bytes as kept.", verbose_name="size")),
                ("sha256", models.CharField(max_length=64, verbose_name="SHA-256 as received")),
                ("picture_hash", models.BigIntegerField(blank=True, null=True, verbose_name="picture hash")),
                ("added_by", models.CharField(max_length=150, verbose_name="added by")),
                ("added_at", models.DateTimeField(verbose_name="added at")),
                ("removed_at", models.DateTimeField(blank=True, null=True, verbose_name="taken out at")),
                (
                    "claim",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="papers",
                        to="claims.claim",
                        verbose_name="claim",
                    ),
                ),
                (
                    "replaced_by",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaces",
                        to="claims.paper",
                        verbose_name="replaced by",
                    ),
                ),
            ],
            options={
                "verbose_name": "paper",
                "verbose_name_plural": "papers",
                "ordering": ["id"],
                "permissions": [("read_paper", "Can open the papers of a claim")],
                "indexes": [
                    models.Index(
                        condition=models.Q(("picture_hash__isnull", False)),
                        fields=["picture_hash"],
                        name="paper_picture",
                    ),
                    models.Index(fields=["sha256"], name="paper_bytes"),
                ],
            },
        ),
        migrations.CreateModel(
            name="PaymentBatch",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.CharField(max_length=16, unique=True, verbose_name="number")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("made", "To be checked"),
                            ("checked", "Checked"),
                            ("submitted", "Submitted to the bank"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="made",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("count", models.PositiveIntegerField(verbose_name="payments")),
                (
                    "total",
                    unionbenefits.core.money.MoneyField(decimal_places=2, max_digits=12, verbose_name="sum"),
                ),
                ("digest", models.CharField(max_length=64, verbose_name="digest of the lines")),
                (
                    "checked_digest",
                    models.CharField(blank=True, max_length=64, verbose_name="checked digest"),
                ),
                ("made_at", models.DateTimeField(verbose_name="made at")),
                ("checked_at", models.DateTimeField(blank=True, null=True, verbose_name="checked at")),
                ("submitted_at", models.DateTimeField(blank=True, null=True, verbose_name="submitted at")),
                (
                    "cancel_reason",
                    models.CharField(blank=True, max_length=200, verbose_name="why it was cancelled"),
                ),
                (
                    "checked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="checked_payment_batches",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="checked by",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="made_payment_batches",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="made by",
                    ),
                ),
                (
                    "office",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="payment_batches",
                        to="unions.union",
                        verbose_name="paying office",
                    ),
                ),
                (
                    "profile",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="batches",
                        to="claims.bankprofile",
                        verbose_name="bank profile",
                    ),
                ),
                (
                    "submitted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="submitted_payment_batches",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="submitted by",
                    ),
                ),
            ],
            options={
                "verbose_name": "payment batch",
                "verbose_name_plural": "payment batches",
                "ordering": ["-id"],
                "permissions": [
                    ("make_paymentbatch", "Can make a payment batch"),
                    ("check_paymentbatch", "Can check a payment batch of others"),
                    ("submit_paymentbatch", "Can hand a payment batch to the bank"),
                    ("reconcile_paymentbatch", "Can read the bank's results in"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("checked_by__isnull", True),
                            models.Q(("checked_by", models.F("made_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="payment_batch_checker_is_not_maker",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["made", "cancelled"]),
                            models.Q(
                                ("checked_at__isnull", False),
                                ("checked_by__isnull", False),
                                ("checked_digest", models.F("digest")),
                            ),
                            _connector="OR",
                        ),
                        name="payment_batch_checked_has_checker",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "submitted"), _negated=True),
                            models.Q(("submitted_at__isnull", False), ("submitted_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="payment_batch_submitted_has_person",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Question",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "missing",
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
                        default=list,
                        size=None,
                        verbose_name="missing papers",
                    ),
                ),
                ("text", models.CharField(blank=True, max_length=500, verbose_name="question")),
                ("asked_at", models.DateTimeField(verbose_name="asked at")),
                ("until", models.DateField(verbose_name="answer by")),
                ("answer", models.CharField(blank=True, max_length=500, verbose_name="answer")),
                ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="answered at")),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="asked_questions",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="asked by",
                    ),
                ),
                (
                    "claim",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="questions",
                        to="claims.claim",
                        verbose_name="claim",
                    ),
                ),
                (
                    "lapsed_at",
                    models.DateTimeField(
                        blank=True,
                        help_text="When the day had passed without an answer.",
                        null=True,
                        verbose_name="lapsed at",
                    ),
                ),
            ],
            options={
                "verbose_name": "question to the worker",
                "verbose_name_plural": "questions to the worker",
                "ordering": ["-id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("answered_at__isnull", True), ("lapsed_at__isnull", True)),
                        fields=("claim",),
                        name="question_open_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="FindingEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("same_invoice", "Same invoice number"),
                            ("same_picture", "Same picture"),
                            ("same_stay", "Same stay filed again"),
                            ("overlapping_stay", "Overlapping stays"),
                            ("shared_account", "Bank account of several workers"),
                            ("unusual_amount", "Unusual amount for the hospital"),
                            ("filed_for_many", "Filed by one officer for many"),
                        ],
                        max_length=16,
                        verbose_name="kind",
                    ),
                ),
                ("weight", models.PositiveSmallIntegerField(verbose_name="weight")),
                ("details", models.JSONField(blank=True, default=dict, verbose_name="details")),
                ("found_at", models.DateTimeField(verbose_name="found at")),
                ("cleared_at", models.DateTimeField(blank=True, null=True, verbose_name="cleared at")),
                (
                    "clear_reason",
                    models.CharField(blank=True, max_length=200, verbose_name="why it is in order"),
                ),
                (
                    "claim",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="claims.claim",
                        verbose_name="claim",
                    ),
                ),
                (
                    "cleared_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="cleared by",
                    ),
                ),
                (
                    "other",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="claims.claim",
                        verbose_name="other claim",
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
                        to="claims.finding",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="PaperEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("statement", "Insurance settlement statement"),
                            ("invoice", "Hospital invoice"),
                            ("discharge", "Discharge summary"),
                            ("bank_card", "Bank card or account proof"),
                            ("authorisation", "Authorisation for another account holder"),
                            ("other", "Another paper"),
                        ],
                        max_length=14,
                        verbose_name="kind",
                    ),
                ),
                ("content_type", models.CharField(max_length=40, verbose_name="content type")),
                ("size", models.PositiveIntegerField(help_text="Bytes as kept.", verbose_name="size")),
                ("sha256", models.CharField(max_length=64, verbose_name="SHA-256 as received")),
                ("picture_hash", models.BigIntegerField(blank=True, null=True, verbose_name="picture hash")),
                ("added_by", models.CharField(max_length=150, verbose_name="added by")),
                ("added_at", models.DateTimeField(verbose_name="added at")),
                ("removed_at", models.DateTimeField(blank=True, null=True, verbose_name="taken out at")),
                (
                    "claim",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="claims.claim",
                        verbose_name="claim",
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
                        to="claims.paper",
                    ),
                ),
                (
                    "replaced_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="claims.paper",
                        verbose_name="replaced by",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="PaymentBatchEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("number", models.CharField(max_length=16, verbose_name="number")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("made", "To be checked"),
                            ("checked", "Checked"),
                            ("submitted", "Submitted to the bank"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="made",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("count", models.PositiveIntegerField(verbose_name="payments")),
                (
                    "total",
                    unionbenefits.core.money.MoneyField(decimal_places=2, max_digits=12, verbose_name="sum"),
                ),
                ("digest", models.CharField(max_length=64, verbose_name="digest of the lines")),
                (
                    "checked_digest",
                    models.CharField(blank=True, max_length=64, verbose_name="checked digest"),
                ),
                ("made_at", models.DateTimeField(verbose_name="made at")),
                ("checked_at", models.DateTimeField(blank=True, null=True, verbose_name="checked at")),
                ("submitted_at", models.DateTimeField(blank=True, null=True, verbose_name="submitted at")),
                (
                    "cancel_reason",
                    models.CharField(blank=True, max_length=200, verbose_name="why it was cancelled"),
                ),
                (
                    "checked_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="checked by",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="made by",
                    ),
                ),
                (
                    "office",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="unions.union",
                        verbose_name="paying office",
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
                        to="claims.paymentbatch",
                    ),
                ),
                (
                    "profile",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="claims.bankprofile",
                        verbose_name="bank profile",
                    ),
                ),
                (
                    "submitted_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="submitted by",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="QuestionEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "missing",
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
                        default=list,
                        size=None,
                        verbose_name="missing papers",
                    ),
                ),
                ("text", models.CharField(blank=True, max_length=500, verbose_name="question")),
                ("asked_at", models.DateTimeField(verbose_name="asked at")),
                ("until", models.DateField(verbose_name="answer by")),
                ("answer", models.CharField(blank=True, max_length=500, verbose_name="answer")),
                ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="answered at")),
                (
                    "asked_by",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="asked by",
                    ),
                ),
                (
                    "claim",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="claims.claim",
                        verbose_name="claim",
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
                        to="claims.question",
                    ),
                ),
                (
                    "lapsed_at",
                    models.DateTimeField(
                        blank=True,
                        help_text="When the day had passed without an answer.",
                        null=True,
                        verbose_name="lapsed at",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ResultFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("file_name", models.CharField(max_length=200, verbose_name="file")),
                (
                    "sha256",
                    models.CharField(db_index=True, max_length=64, verbose_name="SHA-256 of the file"),
                ),
                ("sealed", models.BinaryField(verbose_name="sealed bytes")),
                (
                    "outcome",
                    models.CharField(
                        help_text="applied, partly_applied or nothing.", max_length=16, verbose_name="outcome"
                    ),
                ),
                ("read_at", models.DateTimeField(verbose_name="read at")),
                (
                    "batch",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="result_files",
                        to="claims.paymentbatch",
                        verbose_name="payment batch",
                    ),
                ),
                (
                    "office",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="result_files",
                        to="unions.union",
                        verbose_name="paying office",
                    ),
                ),
                (
                    "profile",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="result_files",
                        to="claims.bankprofile",
                        verbose_name="bank profile",
                    ),
                ),
                (
                    "read_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="read_result_files",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="read by",
                    ),
                ),
            ],
            options={
                "verbose_name": "result file",
                "verbose_name_plural": "result files",
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="PaperFile",
            fields=[
                (
                    "paper",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="file",
                        serialize=False,
                        to="claims.paper",
                        verbose_name="paper",
                    ),
                ),
                ("sealed", models.BinaryField(verbose_name="sealed bytes")),
            ],
            options={
                "verbose_name": "paper file",
                "verbose_name_plural": "paper files",
            },
        ),
        migrations.CreateModel(
            name="Appeal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.CharField(max_length=1000, verbose_name="what is wrong")),
                ("filed_by", models.CharField(max_length=150, verbose_name="filed by")),
                ("filed_at", models.DateTimeField(verbose_name="filed at")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Open"),
                            ("granted", "Granted: decided anew"),
                            ("dismissed", "Dismissed: the decision stands"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="open",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("answer", models.CharField(blank=True, max_length=1000, verbose_name="answer")),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="decided at")),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decided_appeals",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="decided by",
                    ),
                ),
                (
                    "claim",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="appeals",
                        to="claims.claim",
                        verbose_name="claim",
                    ),
                ),
            ],
            options={
                "verbose_name": "appeal",
                "verbose_name_plural": "appeals",
                "ordering": ["-id"],
                "permissions": [("decide_appeal", "Can decide an appeal")],
            },
        ),
        migrations.CreateModel(
            name="Decision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveIntegerField(verbose_name="version")),
                ("ruleset", models.CharField(max_length=20, verbose_name="ruleset")),
                (
                    "facts",
                    models.JSONField(help_text="As `manage.py adjudicate` reads them.", verbose_name="facts"),
                ),
                (
                    "lines",
                    models.JSONField(
                        help_text="Codes, amounts and values of the lines.", verbose_name="working"
                    ),
                ),
                ("reasons", models.JSONField(default=list, verbose_name="reasons")),
                ("flags", models.JSONField(default=list, verbose_name="flags")),
                (
                    "outcome",
                    models.CharField(
                        choices=[("pay", "Pays"), ("reject", "Rejects")], max_length=6, verbose_name="outcome"
                    ),
                ),
                (
                    "computed_outcome",
                    models.CharField(
                        help_text="pay, reject or refer, before a person decided.",
                        max_length=6,
                        verbose_name="outcome by the rules",
                    ),
                ),
                (
                    "amount",
                    unionbenefits.core.money.MoneyField(
                        decimal_places=2, max_digits=12, verbose_name="amount"
                    ),
                ),
                (
                    "base",
                    unionbenefits.core.money.MoneyField(decimal_places=2, max_digits=12, verbose_name="base"),
                ),
                ("ordinal", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="stay no.")),
                (
                    "rate",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=4, null=True, verbose_name="rate"
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=500, verbose_name="note")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "Proposed"),
                            ("reviewed", "Reviewed"),
                            ("approved", "Approved"),
                            ("returned", "Returned"),
                            ("void", "Void"),
                        ],
                        default="proposed",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("decided_at", models.DateTimeField(verbose_name="decided at")),
                ("reviewed_at", models.DateTimeField(blank=True, null=True, verbose_name="reviewed at")),
                ("approved_at", models.DateTimeField(blank=True, null=True, verbose_name="approved at")),
                (
                    "return_reason",
                    models.CharField(blank=True, max_length=200, verbose_name="why it was returned"),
                ),
                ("voided_at", models.DateTimeField(blank=True, null=True, verbose_name="void since")),
                (
                    "appeal",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="new_decisions",
                        to="claims.appeal",
                        verbose_name="on appeal",
                    ),
                ),
                (
                    "approved_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="approved_decisions",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="approved by",
                    ),
                ),
                (
                    "claim",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to="claims.claim",
                        verbose_name="claim",
                    ),
                ),
                (
                    "claim_version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to="claims.claimversion",
                        verbose_name="version of the claim",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="proposed_decisions",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="decided by",
                    ),
                ),
                (
                    "plan_version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to="plans.planversion",
                        verbose_name="plan version",
                    ),
                ),
                (
                    "returned_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="returned_decisions",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="returned by",
                    ),
                ),
                (
                    "reviewed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reviewed_decisions",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="reviewed by",
                    ),
                ),
            ],
            options={
                "verbose_name": "decision",
                "verbose_name_plural": "decisions",
                "ordering": ["-id"],
                "permissions": [
                    ("decide_decision", "Can propose a decision"),
                    ("review_decision", "Can review a decision of others"),
                    ("approve_decision", "Can approve a reviewed decision"),
                ],
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "approved")),
                        fields=["approved_at"],
                        name="decision_approved",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["proposed", "reviewed"])),
                        fields=("claim",),
                        name="decision_open_once_per_claim",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("reviewed_by__isnull", True),
                                models.Q(("reviewed_by", models.F("decided_by")), _negated=True),
                                _connector="OR",
                            ),
                            models.Q(
                                ("approved_by__isnull", True),
                                models.Q(
                                    ("reviewed_by__isnull", False),
                                    models.Q(("approved_by", models.F("decided_by")), _negated=True),
                                    models.Q(("approved_by", models.F("reviewed_by")), _negated=True),
                                ),
                                _connector="OR",
                            ),
                        ),
                        name="decision_by_three_people",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("approved_by__isnull", True),
                                ("reviewed_by__isnull", True),
                                ("state", "proposed"),
                            ),
                            models.Q(
                                ("approved_by__isnull", True),
                                ("reviewed_by__isnull", False),
                                ("state", "reviewed"),
                            ),
                            models.Q(
                                ("approved_by__isnull", False),
                                ("reviewed_by__isnull", False),
                                ("state", "approved"),
                            ),
                            models.Q(
                                ("approved_by__isnull", True),
                                ("returned_by__isnull", False),
                                ("state", "returned"),
                            ),
                            models.Q(("state", "void"), ("voided_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="decision_state_has_people",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("amount__gte", 0), ("outcome", "pay")),
                            models.Q(("amount", 0), ("outcome", "reject")),
                            _connector="OR",
                        ),
                        name="decision_amount_fits_outcome",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DecisionEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("version", models.PositiveIntegerField(verbose_name="version")),
                ("ruleset", models.CharField(max_length=20, verbose_name="ruleset")),
                (
                    "facts",
                    models.JSONField(help_text="As `manage.py adjudicate` reads them.", verbose_name="facts"),
                ),
                (
                    "lines",
                    models.JSONField(
                        help_text="Codes, amounts and values of the lines.", verbose_name="working"
                    ),
                ),
                ("reasons", models.JSONField(default=list, verbose_name="reasons")),
                ("flags", models.JSONField(default=list, verbose_name="flags")),
                (
                    "outcome",
                    models.CharField(
                        choices=[("pay", "Pays"), ("reject", "Rejects")], max_length=6, verbose_name="outcome"
                    ),
                ),
                (
                    "computed_outcome",
                    models.CharField(
                        help_text="pay, reject or refer, before a person decided.",
                        max_length=6,
                        verbose_name="outcome by the rules",
                    ),
                ),
                (
                    "amount",
                    unionbenefits.core.money.MoneyField(
                        decimal_places=2, max_digits=12, verbose_name="amount"
                    ),
                ),
                (
                    "base",
                    unionbenefits.core.money.MoneyField(decimal_places=2, max_digits=12, verbose_name="base"),
                ),
                ("ordinal", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="stay no.")),
                (
                    "rate",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=4, null=True, verbose_name="rate"
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=500, verbose_name="note")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "Proposed"),
                            ("reviewed", "Reviewed"),
                            ("approved", "Approved"),
                            ("returned", "Returned"),
                            ("void", "Void"),
                        ],
                        default="proposed",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("decided_at", models.DateTimeField(verbose_name="decided at")),
                ("reviewed_at", models.DateTimeField(blank=True, null=True, verbose_name="reviewed at")),
                ("approved_at", models.DateTimeField(blank=True, null=True, verbose_name="approved at")),
                (
                    "return_reason",
                    models.CharField(blank=True, max_length=200, verbose_name="why it was returned"),
                ),
                ("voided_at", models.DateTimeField(blank=True, null=True, verbose_name="void since")),
                (
                    "appeal",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="claims.appeal",
                        verbose_name="on appeal",
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
                    "claim",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="claims.claim",
                        verbose_name="claim",
                    ),
                ),
                (
                    "claim_version",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="claims.claimversion",
                        verbose_name="version of the claim",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
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
                        to="claims.decision",
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
                    "returned_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="returned by",
                    ),
                ),
                (
                    "reviewed_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="reviewed by",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Difference",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "amount",
                    unionbenefits.core.money.MoneyField(
                        decimal_places=2, max_digits=12, verbose_name="amount"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "To be settled"),
                            ("deducted", "Deducted from this payment"),
                            ("topped_up", "Paid in addition"),
                            ("waived", "Not pursued"),
                        ],
                        default="open",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="reason")),
                ("settled_at", models.DateTimeField(blank=True, null=True, verbose_name="settled at")),
                (
                    "claim",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="differences",
                        to="claims.claim",
                        verbose_name="claim that it concerns",
                    ),
                ),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="differences",
                        to="claims.decision",
                        verbose_name="brought up by",
                    ),
                ),
                (
                    "settled_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="settled_differences",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="settled by",
                    ),
                ),
            ],
            options={
                "verbose_name": "difference",
                "verbose_name_plural": "differences",
                "ordering": ["id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("decision", "claim"), name="difference_once_per_decision"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("amount", 0), _negated=True), name="difference_is_one"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("settled_by__isnull", True), ("state", "open")),
                            models.Q(("amount__lt", 0), ("settled_by__isnull", False), ("state", "deducted")),
                            models.Q(
                                ("amount__gt", 0), ("settled_by__isnull", False), ("state", "topped_up")
                            ),
                            models.Q(
                                ("settled_by__isnull", False),
                                ("state", "waived"),
                                models.Q(("reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="difference_settled_has_person",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReplayDifference",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("outcome_before", models.CharField(max_length=6, verbose_name="outcome")),
                ("outcome_after", models.CharField(max_length=6, verbose_name="outcome under the new terms")),
                (
                    "amount_before",
                    unionbenefits.core.money.MoneyField(
                        decimal_places=2, max_digits=12, verbose_name="amount"
                    ),
                ),
                (
                    "amount_after",
                    unionbenefits.core.money.MoneyField(
                        decimal_places=2, max_digits=12, verbose_name="amount under the new terms"
                    ),
                ),
                ("reasons", models.JSONField(default=list, verbose_name="reasons")),
                (
                    "decision",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="claims.decision",
                        verbose_name="decision",
                    ),
                ),
                (
                    "replay",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="differences",
                        to="claims.replay",
                        verbose_name="replay",
                    ),
                ),
            ],
            options={
                "verbose_name": "difference in a replay",
                "verbose_name_plural": "differences in a replay",
                "ordering": ["id"],
                "constraints": [
                    models.UniqueConstraint(fields=("replay", "decision"), name="replay_difference_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="SecondLook",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("drawn_at", models.DateTimeField(verbose_name="drawn at")),
                (
                    "verdict",
                    models.CharField(
                        choices=[("open", "To be looked at"), ("right", "Right"), ("wrong", "Wrong")],
                        default="open",
                        max_length=6,
                        verbose_name="verdict",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="note")),
                ("looked_at", models.DateTimeField(blank=True, null=True, verbose_name="looked at")),
                (
                    "decision",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="second_look",
                        to="claims.decision",
                        verbose_name="decision",
                    ),
                ),
                (
                    "looked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="second_looks",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="looked at by",
                    ),
                ),
            ],
            options={
                "verbose_name": "second look",
                "verbose_name_plural": "second looks",
                "ordering": ["-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("looked_by__isnull", True), ("verdict", "open")),
                            models.Q(
                                models.Q(("verdict", "open"), _negated=True),
                                ("looked_at__isnull", False),
                                ("looked_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="second_look_has_person",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("verdict", "wrong"), _negated=True),
                            models.Q(("note", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="second_look_wrong_has_reason",
                    ),
                ],
                "permissions": [("take_secondlook", "Can take a second look at decisions of others")],
            },
        ),
        migrations.CreateModel(
            name="AppealEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("text", models.CharField(max_length=1000, verbose_name="what is wrong")),
                ("filed_by", models.CharField(max_length=150, verbose_name="filed by")),
                ("filed_at", models.DateTimeField(verbose_name="filed at")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Open"),
                            ("granted", "Granted: decided anew"),
                            ("dismissed", "Dismissed: the decision stands"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="open",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("answer", models.CharField(blank=True, max_length=1000, verbose_name="answer")),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="decided at")),
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
                        to="claims.appeal",
                    ),
                ),
                (
                    "claim",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="claims.claim",
                        verbose_name="claim",
                    ),
                ),
                (
                    "decision",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="claims.decision",
                        verbose_name="decision appealed",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="DifferenceEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "amount",
                    unionbenefits.core.money.MoneyField(
                        decimal_places=2, max_digits=12, verbose_name="amount"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "To be settled"),
                            ("deducted", "Deducted from this payment"),
                            ("topped_up", "Paid in addition"),
                            ("waived", "Not pursued"),
                        ],
                        default="open",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="reason")),
                ("settled_at", models.DateTimeField(blank=True, null=True, verbose_name="settled at")),
                (
                    "claim",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="claims.claim",
                        verbose_name="claim that it concerns",
                    ),
                ),
                (
                    "decision",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="claims.decision",
                        verbose_name="brought up by",
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
                        to="claims.difference",
                    ),
                ),
                (
                    "settled_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="settled by",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Obligation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("decision", "Decision"), ("difference", "Difference settled")],
                        default="decision",
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                (
                    "amount",
                    unionbenefits.core.money.MoneyField(
                        decimal_places=2, max_digits=12, verbose_name="amount"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("due", "To be paid"),
                            ("paid", "Paid"),
                            ("returned", "Came back; payee to correct"),
                            ("stopped", "Stopped"),
                        ],
                        default="due",
                        max_length=8,
                        verbose_name="state",
                    ),
                ),
                ("made_at", models.DateTimeField(verbose_name="made at")),
                (
                    "reason",
                    models.CharField(
                        blank=True,
                        help_text="Why it came back or was stopped.",
                        max_length=200,
                        verbose_name="reason",
                    ),
                ),
                (
                    "claim",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="obligations",
                        to="claims.claim",
                        verbose_name="claim",
                    ),
                ),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="obligations",
                        to="claims.decision",
                        verbose_name="decision",
                    ),
                ),
                (
                    "difference",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="obligation",
                        to="claims.difference",
                        verbose_name="difference",
                    ),
                ),
            ],
            options={
                "verbose_name": "obligation",
                "verbose_name_plural": "obligations",
                "ordering": ["-id"],
                "indexes": [
                    models.Index(condition=models.Q(("state", "due")), fields=["id"], name="obligation_due")
                ],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("amount__gt", 0)), name="obligation_positive"),
                    models.UniqueConstraint(
                        condition=models.Q(("kind", "decision")),
                        fields=("decision",),
                        name="obligation_once_per_decision",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("difference__isnull", True), ("kind", "decision")),
                            models.Q(("difference__isnull", False), ("kind", "difference")),
                            _connector="OR",
                        ),
                        name="obligation_difference_fits_kind",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SecondLookEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("drawn_at", models.DateTimeField(verbose_name="drawn at")),
                (
                    "verdict",
                    models.CharField(
                        choices=[("open", "To be looked at"), ("right", "Right"), ("wrong", "Wrong")],
                        default="open",
                        max_length=6,
                        verbose_name="verdict",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="note")),
                ("looked_at", models.DateTimeField(blank=True, null=True, verbose_name="looked at")),
                (
                    "decision",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="claims.decision",
                        verbose_name="decision",
                    ),
                ),
                (
                    "looked_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="looked at by",
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
                        to="claims.secondlook",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ObligationEntry",
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
                        related_name="obligation_entry",
                        to="funds.entry",
                        verbose_name="ledger entry",
                    ),
                ),
                (
                    "obligation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="obligation_entries",
                        to="claims.obligation",
                        verbose_name="obligation",
                    ),
                ),
            ],
            options={
                "verbose_name": "ledger entry of an obligation",
                "verbose_name_plural": "ledger entries of an obligation",
            },
        ),
        migrations.CreateModel(
            name="ObligationEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[("decision", "Decision"), ("difference", "Difference settled")],
                        default="decision",
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                (
                    "amount",
                    unionbenefits.core.money.MoneyField(
                        decimal_places=2, max_digits=12, verbose_name="amount"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("due", "To be paid"),
                            ("paid", "Paid"),
                            ("returned", "Came back; payee to correct"),
                            ("stopped", "Stopped"),
                        ],
                        default="due",
                        max_length=8,
                        verbose_name="state",
                    ),
                ),
                ("made_at", models.DateTimeField(verbose_name="made at")),
                (
                    "reason",
                    models.CharField(
                        blank=True,
                        help_text="Why it came back or was stopped.",
                        max_length=200,
                        verbose_name="reason",
                    ),
                ),
                (
                    "claim",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="claims.claim",
                        verbose_name="claim",
                    ),
                ),
                (
                    "decision",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="claims.decision",
                        verbose_name="decision",
                    ),
                ),
                (
                    "difference",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="claims.difference",
                        verbose_name="difference",
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
                        to="claims.obligation",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Payment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "order_no",
                    models.CharField(max_length=32, unique=True, verbose_name="our number at the bank"),
                ),
                (
                    "amount",
                    unionbenefits.core.money.MoneyField(
                        decimal_places=2, max_digits=12, verbose_name="amount"
                    ),
                ),
                ("payee_name", models.CharField(max_length=100, verbose_name="account holder")),
                ("account", unionbenefits.core.crypto.fields.SealedTextField(verbose_name="bank account")),
                (
                    "account_digest",
                    unionbenefits.core.crypto.fields.BlindIndexField(
                        max_length=32, purpose="claim.account", verbose_name="account index"
                    ),
                ),
                ("bank_name", models.CharField(blank=True, max_length=80, verbose_name="bank")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "In a batch"),
                            ("submitted", "Submitted to the bank"),
                            ("unknown", "Outcome unknown"),
                            ("succeeded", "Succeeded"),
                            ("failed", "Failed"),
                            ("returned", "Returned by the bank"),
                            ("cancelled", "Taken out before it was sent"),
                        ],
                        default="waiting",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("submitted_on", models.DateField(blank=True, null=True, verbose_name="submitted on")),
                ("paid_on", models.DateField(blank=True, null=True, verbose_name="paid on")),
                ("returned_on", models.DateField(blank=True, null=True, verbose_name="returned on")),
                ("receipt", models.CharField(blank=True, max_length=60, null=True, verbose_name="receipt")),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="the bank's reason")),
                (
                    "obligation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="payments",
                        to="claims.obligation",
                        verbose_name="obligation",
                    ),
                ),
                (
                    "previous",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="next_attempt",
                        to="claims.payment",
                        verbose_name="attempt before",
                    ),
                ),
                (
                    "batch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="payments",
                        to="claims.paymentbatch",
                        verbose_name="payment batch",
                    ),
                ),
            ],
            options={
                "verbose_name": "payment",
                "verbose_name_plural": "payments",
                "ordering": ["-id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ("waiting", "submitted", "unknown", "succeeded"))),
                        fields=("obligation",),
                        name="payment_one_live_or_successful",
                    ),
                    models.UniqueConstraint(fields=("receipt",), name="payment_receipt_once"),
                    models.CheckConstraint(condition=models.Q(("amount__gt", 0)), name="payment_positive"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "succeeded"), _negated=True),
                            ("paid_on__isnull", False),
                            _connector="OR",
                        ),
                        name="payment_succeeded_has_day",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Refund",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "amount",
                    unionbenefits.core.money.MoneyField(
                        decimal_places=2, max_digits=12, verbose_name="amount"
                    ),
                ),
                ("reason", models.CharField(max_length=200, verbose_name="reason")),
                (
                    "key",
                    models.CharField(
                        help_text="Number of the bank's receipt.",
                        max_length=60,
                        unique=True,
                        verbose_name="receipt",
                    ),
                ),
                ("made_at", models.DateTimeField(verbose_name="recorded at")),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="recorded_refunds",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="recorded by",
                    ),
                ),
                (
                    "obligation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="refunds",
                        to="claims.obligation",
                        verbose_name="obligation",
                    ),
                ),
            ],
            options={
                "verbose_name": "refund",
                "verbose_name_plural": "refunds",
                "ordering": ["-id"],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("amount__gt", 0)), name="refund_positive")
                ],
            },
        ),
        migrations.CreateModel(
            name="PaymentEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("order_no", models.CharField(max_length=32, verbose_name="our number at the bank")),
                (
                    "amount",
                    unionbenefits.core.money.MoneyField(
                        decimal_places=2, max_digits=12, verbose_name="amount"
                    ),
                ),
                ("payee_name", models.CharField(max_length=100, verbose_name="account holder")),
                ("account", unionbenefits.core.crypto.fields.SealedTextField(verbose_name="bank account")),
                (
                    "account_digest",
                    unionbenefits.core.crypto.fields.BlindIndexField(
                        max_length=32, purpose="claim.account", verbose_name="account index"
                    ),
                ),
                ("bank_name", models.CharField(blank=True, max_length=80, verbose_name="bank")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "In a batch"),
                            ("submitted", "Submitted to the bank"),
                            ("unknown", "Outcome unknown"),
                            ("succeeded", "Succeeded"),
                            ("failed", "Failed"),
                            ("returned", "Returned by the bank"),
                            ("cancelled", "Taken out before it was sent"),
                        ],
                        default="waiting",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("submitted_on", models.DateField(blank=True, null=True, verbose_name="submitted on")),
                ("paid_on", models.DateField(blank=True, null=True, verbose_name="paid on")),
                ("returned_on", models.DateField(blank=True, null=True, verbose_name="returned on")),
                ("receipt", models.CharField(blank=True, max_length=60, null=True, verbose_name="receipt")),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="the bank's reason")),
                (
                    "batch",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="claims.paymentbatch",
                        verbose_name="payment batch",
                    ),
                ),
                (
                    "obligation",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="claims.obligation",
                        verbose_name="obligation",
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
                        to="claims.payment",
                    ),
                ),
                (
                    "previous",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="claims.payment",
                        verbose_name="attempt before",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ResultLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("row", models.PositiveIntegerField(verbose_name="line")),
                (
                    "order_no",
                    models.CharField(blank=True, max_length=64, verbose_name="our number at the bank"),
                ),
                ("outcome", models.CharField(max_length=10, verbose_name="outcome")),
                ("fault", models.CharField(blank=True, max_length=30, verbose_name="fault")),
                (
                    "amount",
                    unionbenefits.core.money.MoneyField(
                        blank=True, decimal_places=2, max_digits=12, null=True, verbose_name="amount"
                    ),
                ),
                ("day", models.DateField(blank=True, null=True, verbose_name="day")),
                ("receipt", models.CharField(blank=True, max_length=60, verbose_name="receipt")),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="reason")),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="claims.resultfile",
                        verbose_name="result file",
                    ),
                ),
                (
                    "payment",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="result_lines",
                        to="claims.payment",
                        verbose_name="payment",
                    ),
                ),
            ],
            options={
                "verbose_name": "line of a result file",
                "verbose_name_plural": "lines of a result file",
                "ordering": ["file", "row"],
                "constraints": [models.UniqueConstraint(fields=("file", "row"), name="result_line_once")],
            },
        ),
        migrations.AddField(
            model_name="appeal",
            name="decision",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="appeals",
                to="claims.decision",
                verbose_name="decision appealed",
            ),
        ),
        migrations.AddConstraint(
            model_name="appeal",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "open")), fields=("claim",), name="appeal_open_once_per_claim"
            ),
        ),
        migrations.AddConstraint(
            model_name="appeal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decided_by__isnull", True), ("state__in", ["open", "withdrawn"])),
                    models.Q(
                        ("decided_at__isnull", False),
                        ("decided_by__isnull", False),
                        ("state__in", ["granted", "dismissed"]),
                        models.Q(("answer", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="appeal_decided_has_person",
            ),
        ),
        unionbenefits.core.migration_operations.AddTriggers(
            model_name="bankprofile",
            triggers=[
                pgtrigger.compiler.Trigger(
                    name="insert_insert",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "claims_bankprofileevent" ("code", "encoding", "format", "id", "in_headings", "is_active", "line_limit", "name", "out_columns", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "purpose", "status_words") SELECT new_values."code", new_values."encoding", new_values."format", new_values."id", new_values."in_headings", new_values."is_active", new_values."line_limit", new_values."name", new_values."out_columns", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."purpose", new_values."status_words" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                        hash="433e6db34dc4de19628bca91ee0861c3f9595db3",
                        level="STATEMENT",
                        operation="INSERT",
                        pgid="pgtrigger_insert_insert_ef0a7",
                        referencing="REFERENCING NEW TABLE AS new_values ",
                        table="claims_bankprofile",
                        when="AFTER",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="update_update",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "claims_bankprofileevent" ("code", "encoding", "format", "id", "in_headings", "is_active", "line_limit", "name", "out_columns", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "purpose", "status_words") SELECT new_values."code", new_values."encoding", new_values."format", new_values."id", new_values."in_headings", new_values."is_active", new_values."line_limit", new_values."name", new_values."out_columns", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."purpose", new_values."status_words" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                        hash="658ed25e30ee7eadceeb0f7a2cd8b9adcec09adb",
                        level="STATEMENT",
                        operation="UPDATE",
                        pgid="pgtrigger_update_update_769d1",
                        referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                        table="claims_bankprofile",
                        when="AFTER",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="delete_delete",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "claims_bankprofileevent" ("code", "encoding", "format", "id", "in_headings", "is_active", "line_limit", "name", "out_columns", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "purpose", "status_words") SELECT old_values."code", old_values."encoding", old_values."format", old_values."id", old_values."in_headings", old_values."is_active", old_values."line_limit", old_values."name", old_values."out_columns", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."purpose", old_values."status_words" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                        hash="cf3e2a6288d5bdf267a17e71ed96ca3ffab3f587",
                        level="STATEMENT",
                        operation="DELETE",
                        pgid="pgtrigger_delete_delete_c0f32",
                        referencing="REFERENCING OLD TABLE AS old_values ",
                        table="claims_bankprofile",
                        when="AFTER",
                    ),
                ),
            ],
        ),
        unionbenefits.core.migration_operations.AddTriggers(
            model_name="claim",
            triggers=[
                pgtrigger.compiler.Trigger(
                    name="claim_is_kept",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                        hash="a8c7d84d4fcb2f9c9c2b66593e8483e5b62ba699",
                        operation="DELETE",
                        pgid="pgtrigger_claim_is_kept_776d6",
                        table="claims_claim",
                        when="BEFORE",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="claim_keeps_its_origin",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        condition='WHEN (OLD."worker_id" IS DISTINCT FROM (NEW."worker_id") OR OLD."key" IS DISTINCT FROM (NEW."key") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at"))',
                        func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                        hash="3bab1a2f76d36483ea31b72342151aac19863ea6",
                        operation="UPDATE",
                        pgid="pgtrigger_claim_keeps_its_origin_f7423",
                        table="claims_claim",
                        when="BEFORE",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="claim_change_voids_decisions",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        condition='WHEN (OLD."version" IS DISTINCT FROM (NEW."version"))',
                        func="\n    UPDATE claims_decision SET state = 'void', voided_at = now()\n    WHERE claim_id = NEW.id AND version <> NEW.version AND state IN ('proposed', 'reviewed', 'approved');\n    RETURN NULL;\n",
                        hash="db240c66264eedb35cb77b9a43a80388342691ad",
                        operation='UPDATE OF "version"',
                        pgid="pgtrigger_claim_change_voids_decisions_1f91d",
                        table="claims_claim",
                        when="AFTER",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="insert_insert",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "claims_claimevent" ("account", "account_digest", "admitted", "asked_until", "bank_name", "closing_reason", "consent_id", "coverage_id", "created_at", "discharged", "filed_at", "filed_by_id", "filed_through", "filing_reason", "hospital", "hospital_key", "id", "invoice_digest", "invoice_no", "key", "medical_aid", "number", "other_holder_reason", "other_paid", "own_expense", "payee_name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pooled_fund", "promised_on", "risk", "self_paid", "settled", "state", "step", "supplementary", "total", "version", "worker_id") SELECT new_values."account", new_values."account_digest", new_values."admitted", new_values."asked_until", new_values."bank_name", new_values."closing_reason", new_values."consent_id", new_values."coverage_id", new_values."created_at", new_values."discharged", new_values."filed_at", new_values."filed_by_id", new_values."filed_through", new_values."filing_reason", new_values."hospital", new_values."hospital_key", new_values."id", new_values."invoice_digest", new_values."invoice_no", new_values."key", new_values."medical_aid", new_values."number", new_values."other_holder_reason", new_values."other_paid", new_values."own_expense", new_values."payee_name", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."pooled_fund", new_values."promised_on", new_values."risk", new_values."self_paid", new_values."settled", new_values."state", new_values."step", new_values."supplementary", new_values."total", new_values."version", new_values."worker_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                        hash="0e68fb1d81cc141c79f9b1ff65adcd1735dba05c",
                        level="STATEMENT",
                        operation="INSERT",
                        pgid="pgtrigger_insert_insert_df8fa",
                        referencing="REFERENCING NEW TABLE AS new_values ",
                        table="claims_claim",
                        when="AFTER",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="update_update",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "claims_claimevent" ("account", "account_digest", "admitted", "asked_until", "bank_name", "closing_reason", "consent_id", "coverage_id", "created_at", "discharged", "filed_at", "filed_by_id", "filed_through", "filing_reason", "hospital", "hospital_key", "id", "invoice_digest", "invoice_no", "key", "medical_aid", "number", "other_holder_reason", "other_paid", "own_expense", "payee_name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pooled_fund", "promised_on", "risk", "self_paid", "settled", "state", "step", "supplementary", "total", "version", "worker_id") SELECT new_values."account", new_values."account_digest", new_values."admitted", new_values."asked_until", new_values."bank_name", new_values."closing_reason", new_values."consent_id", new_values."coverage_id", new_values."created_at", new_values."discharged", new_values."filed_at", new_values."filed_by_id", new_values."filed_through", new_values."filing_reason", new_values."hospital", new_values."hospital_key", new_values."id", new_values."invoice_digest", new_values."invoice_no", new_values."key", new_values."medical_aid", new_values."number", new_values."other_holder_reason", new_values."other_paid", new_values."own_expense", new_values."payee_name", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."pooled_fund", new_values."promised_on", new_values."risk", new_values."self_paid", new_values."settled", new_values."state", new_values."step", new_values."supplementary", new_values."total", new_values."version", new_values."worker_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                        hash="0180fa8046c5f2a05f921a07d6230d267aa501c3",
                        level="STATEMENT",
                        operation="UPDATE",
                        pgid="pgtrigger_update_update_fe4ba",
                        referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                        table="claims_claim",
                        when="AFTER",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="delete_delete",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "claims_claimevent" ("account", "account_digest", "admitted", "asked_until", "bank_name", "closing_reason", "consent_id", "coverage_id", "created_at", "discharged", "filed_at", "filed_by_id", "filed_through", "filing_reason", "hospital", "hospital_key", "id", "invoice_digest", "invoice_no", "key", "medical_aid", "number", "other_holder_reason", "other_paid", "own_expense", "payee_name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pooled_fund", "promised_on", "risk", "self_paid", "settled", "state", "step", "supplementary", "total", "version", "worker_id") SELECT old_values."account", old_values."account_digest", old_values."admitted", old_values."asked_until", old_values."bank_name", old_values."closing_reason", old_values."consent_id", old_values."coverage_id", old_values."created_at", old_values."discharged", old_values."filed_at", old_values."filed_by_id", old_values."filed_through", old_values."filing_reason", old_values."hospital", old_values."hospital_key", old_values."id", old_values."invoice_digest", old_values."invoice_no", old_values."key", old_values."medical_aid", old_values."number", old_values."other_holder_reason", old_values."other_paid", old_values."own_expense", old_values."payee_name", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."pooled_fund", old_values."promised_on", old_values."risk", old_values."self_paid", old_values."settled", old_values."state", old_values."step", old_values."supplementary", old_values."total", old_values."version", old_values."worker_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                        hash="82ac851d725450184201e3963e83b8acbb64251b",
                        level="STATEMENT",
                        operation="DELETE",
                        pgid="pgtrigger_delete_delete_dbf31",
                        referencing="REFERENCING OLD TABLE AS old_values ",
                        table="claims_claim",
                        when="AFTER",
                    ),
                ),
            ],
        ),
        unionbenefits.core.migration_operations.AddTriggers(
            model_name="claimsfund",
            triggers=[
                pgtrigger.compiler.Trigger(
                    name="insert_insert",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "claims_claimsfundevent" ("fund_id", "id", "order", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id") SELECT new_values."fund_id", new_values."id", new_values."order", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."plan_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                        hash="ac1fa7b396e20c90a84bf99a2e4841578678c4c8",
                        level="STATEMENT",
                        operation="INSERT",
                        pgid="pgtrigger_insert_insert_673ab",
                        referencing="REFERENCING NEW TABLE AS new_values ",
                        table="claims_claimsfund",
                        when="AFTER",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="update_update",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "claims_claimsfundevent" ("fund_id", "id", "order", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id") SELECT new_values."fund_id", new_values."id", new_values."order", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."plan_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                        hash="35b2dc489b6a0d7c9f12153edee38f5580a0165a",
                        level="STATEMENT",
                        operation="UPDATE",
                        pgid="pgtrigger_update_update_0e008",
                        referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                        table="claims_claimsfund",
                        when="AFTER",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="delete_delete",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "claims_claimsfundevent" ("fund_id", "id", "order", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id") SELECT old_values."fund_id", old_values."id", old_values."order", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."plan_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                        hash="c32e28180c5b8ade750bb71c1ef983760d5267ac",
                        level="STATEMENT",
                        operation="DELETE",
                        pgid="pgtrigger_delete_delete_f086b",
                        referencing="REFERENCING OLD TABLE AS old_values ",
                        table="claims_claimsfund",
                        when="AFTER",
                    ),
                ),
            ],
        ),
        unionbenefits.core.migration_operations.AddTriggers(
            model_name="approvallimit",
            triggers=[
                pgtrigger.compiler.Trigger(
                    name="insert_insert",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "claims_approvallimitevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "up_to") SELECT new_values."id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."role", new_values."up_to" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                        hash="443c57eb7a63c0ad683798ffcf3131a1a547a263",
                        level="STATEMENT",
                        operation="INSERT",
                        pgid="pgtrigger_insert_insert_8b3e0",
                        referencing="REFERENCING NEW TABLE AS new_values ",
                        table="claims_approvallimit",
                        when="AFTER",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="update_update",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "claims_approvallimitevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "up_to") SELECT new_values."id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."role", new_values."up_to" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                        hash="801ee532b92b507feba9a120364b4c1317e4a310",
                        level="STATEMENT",
                        operation="UPDATE",
                        pgid="pgtrigger_update_update_f1dbe",
                        referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                        table="claims_approvallimit",
                        when="AFTER",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="delete_delete",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "claims_approvallimitevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "up_to") SELECT old_values."id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."role", old_values."up_to" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                        hash="73febebe74c071bfe08dc438bf32a92e95d39d99",
                        level="STATEMENT",
                        operation="DELETE",
                        pgid="pgtrigger_delete_delete_24c7c",
                        referencing="REFERENCING OLD TABLE AS old_values ",
                        table="claims_approvallimit",
                        when="AFTER",
                    ),
                ),
            ],
        ),
        unionbenefits.core.migration_operations.AddTriggers(
            model_name="lookrule",
            triggers=[
                pgtrigger.compiler.Trigger(
                    name="look_rule_is_final",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                        hash="6ffced9687735102232f259b568473bc43b0411b",
                        operation="UPDATE OR DELETE",
                        pgid="pgtrigger_look_rule_is_final_5af16",
                        table="claims_lookrule",
                        when="BEFORE",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="look_rule_is_kept",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func="\n                IF current_setting('unionbenefits.test_database', true) IS DISTINCT FROM 'on' THEN\n                    RAISE EXCEPTION 'look_rule rows are never removed';\n                END IF;\n                RETURN NULL;\n            ",
                        hash="e2f9617ab0eba36d84420eab020c03d52bec125d",
                        level="STATEMENT",
                        operation="TRUNCATE",
                        pgid="pgtrigger_look_rule_is_kept_9cf56",
                        table="claims_lookrule",
                        when="BEFORE",
                    ),
                ),
            ],
        ),
        unionbenefits.core.migration_operations.AddTriggers(
            model_name="claimversion",
            triggers=[
                pgtrigger.compiler.Trigger(
                    name="claim_version_is_final",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                        hash="742eaa8a8ad0764195cbe3d540bf861089ed802e",
                        operation="UPDATE OR DELETE",
                        pgid="pgtrigger_claim_version_is_final_5d089",
                        table="claims_claimversion",
                        when="BEFORE",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="claim_version_is_kept",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func="\n                IF current_setting('unionbenefits.test_database', true) IS DISTINCT FROM 'on' THEN\n                    RAISE EXCEPTION 'claim_version rows are never removed';\n                END IF;\n                RETURN NULL;\n            ",
                        hash="4dba2fa4091431431ae1b9d075d07f8b3d5b8605",
                        level="STATEMENT",
                        operation="TRUNCATE",
                        pgid="pgtrigger_claim_version_is_kept_e719f",
                        table="claims_claimversion",
                        when="BEFORE",
                    ),
                ),
            ],
        ),
        unionbenefits.core.migration_operations.AddTriggers(
            model_name="finding",
            triggers=[
                pgtrigger.compiler.Trigger(
                    name="insert_insert",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "claims_findingevent" ("claim_id", "clear_reason", "cleared_at", "cleared_by_id", "details", "found_at", "id", "kind", "other_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "weight") SELECT new_values."claim_id", new_values."clear_reason", new_values."cleared_at", new_values."cleared_by_id", new_values."details", new_values."found_at", new_values."id", new_values."kind", new_values."other_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."weight" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                        hash="d416cb6f44dad4d068be2fd19c89dbe908729bf6",
                        level="STATEMENT",
                        operation="INSERT",
                        pgid="pgtrigger_insert_insert_d170e",
                        referencing="REFERENCING NEW TABLE AS new_values ",
                        table="claims_finding",
                        when="AFTER",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="update_update",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "claims_findingevent" ("claim_id", "clear_reason", "cleared_at", "cleared_by_id", "details", "found_at", "id", "kind", "other_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "weight") SELECT new_values."claim_id", new_values."clear_reason", new_values."cleared_at", new_values."cleared_by_id", new_values."details", new_values."found_at", new_values."id", new_values."kind", new_values."other_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."weight" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                        hash="b1944b66b0eae9b570df73fd1e39064c56193652",
                        level="STATEMENT",
                        operation="UPDATE",
                        pgid="pgtrigger_update_update_db71c",
                        referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                        table="claims_finding",
                        when="AFTER",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="delete_delete",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "claims_findingevent" ("claim_id", "clear_reason", "cleared_at", "cleared_by_id", "details", "found_at", "id", "kind", "other_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "weight") SELECT old_values."claim_id", old_values."clear_reason", old_values."cleared_at", old_values."cleared_by_id", old_values."details", old_values."found_at", old_values."id", old_values."kind", old_values."other_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."weight" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                        hash="f2857f5085f4ec9c57564c6c744b36bef6997c53",
                        level="STATEMENT",
                        operation="DELETE",
                        pgid="pgtrigger_delete_delete_4f7cb",
                        referencing="REFERENCING OLD TABLE AS old_values ",
                        table="claims_finding",
                        when="AFTER",
                    ),
                ),
            ],
        ),
        unionbenefits.core.migration_operations.AddTriggers(
            model_name="paper",
            triggers=[
                pgtrigger.compiler.Trigger(
                    name="paper_is_kept",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                        hash="afab8fc3fd6d0173255e816a6ac22a4f4bf5cbf4",
                        operation="DELETE",
                        pgid="pgtrigger_paper_is_kept_ef177",
                        table="claims_paper",
                        when="BEFORE",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="insert_insert",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "claims_paperevent" ("added_at", "added_by", "claim_id", "content_type", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "picture_hash", "removed_at", "replaced_by_id", "sha256", "size") SELECT new_values."added_at", new_values."added_by", new_values."claim_id", new_values."content_type", new_values."id", new_values."kind", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."picture_hash", new_values."removed_at", new_values."replaced_by_id", new_values."sha256", new_values."size" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                        hash="b96dc6c9bf5520c81e0bc96fd0b9cdfb9fb682fb",
                        level="STATEMENT",
                        operation="INSERT",
                        pgid="pgtrigger_insert_insert_68cc4",
                        referencing="REFERENCING NEW TABLE AS new_values ",
                        table="claims_paper",
                        when="AFTER",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="update_update",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "claims_paperevent" ("added_at", "added_by", "claim_id", "content_type", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "picture_hash", "removed_at", "replaced_by_id", "sha256", "size") SELECT new_values."added_at", new_values."added_by", new_values."claim_id", new_values."content_type", new_values."id", new_values."kind", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."picture_hash", new_values."removed_at", new_values."replaced_by_id", new_values."sha256", new_values."size" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                        hash="53836fe9ea528c5965daa5ab68e8b9209ce8afaf",
                        level="STATEMENT",
                        operation="UPDATE",
                        pgid="pgtrigger_update_update_d4705",
                        referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                        table="claims_paper",
                        when="AFTER",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="delete_delete",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "claims_paperevent" ("added_at", "added_by", "claim_id", "content_type", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "picture_hash", "removed_at", "replaced_by_id", "sha256", "size") SELECT old_values."added_at", old_values."added_by", old_values."claim_id", old_values."content_type", old_values."id", old_values."kind", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."picture_hash", old_values."removed_at", old_values."replaced_by_id", old_values."sha256", old_values."size" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                        hash="a24c84bf7dd726a6273e465bc078b1bae9caa6c8",
                        level="STATEMENT",
                        operation="DELETE",
                        pgid="pgtrigger_delete_delete_81074",
                        referencing="REFERENCING OLD TABLE AS old_values ",
                        table="claims_paper",
                        when="AFTER",
                    ),
                ),
            ],
        ),
        unionbenefits.core.migration_operations.AddTriggers(
            model_name="paymentbatch",
            triggers=[
                pgtrigger.compiler.Trigger(
                    name="payment_batch_is_kept",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                        hash="018832cf42266f1f51147d73d0c5a2965c7f7988",
                        operation="DELETE",
                        pgid="pgtrigger_payment_batch_is_kept_83a8b",
                        table="claims_paymentbatch",
                        when="BEFORE",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="payment_batch_keeps_its_origin",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        condition='WHEN (OLD."number" IS DISTINCT FROM (NEW."number") OR OLD."office_id" IS DISTINCT FROM (NEW."office_id") OR OLD."made_by_id" IS DISTINCT FROM (NEW."made_by_id") OR OLD."made_at" IS DISTINCT FROM (NEW."made_at"))',
                        func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                        hash="a14de05bc02a950743e6c4fa0b8085581640f998",
                        operation="UPDATE",
                        pgid="pgtrigger_payment_batch_keeps_its_origin_18d06",
                        table="claims_paymentbatch",
                        when="BEFORE",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="insert_insert",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "claims_paymentbatchevent" ("cancel_reason", "checked_at", "checked_by_id", "checked_digest", "count", "digest", "id", "made_at", "made_by_id", "number", "office_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "profile_id", "state", "submitted_at", "submitted_by_id", "total") SELECT new_values."cancel_reason", new_values."checked_at", new_values."checked_by_id", new_values."checked_digest", new_values."count", new_values."digest", new_values."id", new_values."made_at", new_values."made_by_id", new_values."number", new_values."office_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."profile_id", new_values."state", new_values."submitted_at", new_values."submitted_by_id", new_values."total" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                        hash="02fadb79328cd16d03ada4ab4799b793074798fd",
                        level="STATEMENT",
                        operation="INSERT",
                        pgid="pgtrigger_insert_insert_d47ea",
                        referencing="REFERENCING NEW TABLE AS new_values ",
                        table="claims_paymentbatch",
                        when="AFTER",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="update_update",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "claims_paymentbatchevent" ("cancel_reason", "checked_at", "checked_by_id", "checked_digest", "count", "digest", "id", "made_at", "made_by_id", "number", "office_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "profile_id", "state", "submitted_at", "submitted_by_id", "total") SELECT new_values."cancel_reason", new_values."checked_at", new_values."checked_by_id", new_values."checked_digest", new_values."count", new_values."digest", new_values."id", new_values."made_at", new_values."made_by_id", new_values."number", new_values."office_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."profile_id", new_values."state", new_values."submitted_at", new_values."submitted_by_id", new_values."total" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                        hash="7249b9c978dae3ad5356d9cbce09149cc5b88b2d",
                        level="STATEMENT",
                        operation="UPDATE",
                        pgid="pgtrigger_update_update_bf949",
                        referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                        table="claims_paymentbatch",
                        when="AFTER",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="delete_delete",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "claims_paymentbatchevent" ("cancel_reason", "checked_at", "checked_by_id", "checked_digest", "count", "digest", "id", "made_at", "made_by_id", "number", "office_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "profile_id", "state", "submitted_at", "submitted_by_id", "total") SELECT old_values."cancel_reason", old_values."checked_at", old_values."checked_by_id", old_values."checked_digest", old_values."count", old_values."digest", old_values."id", old_values."made_at", old_values."made_by_id", old_values."number", old_values."office_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."profile_id", old_values."state", old_values."submitted_at", old_values."submitted_by_id", old_values."total" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                        hash="db3f2d83ed070a00190a7bc68e0582b91c85820c",
                        level="STATEMENT",
                        operation="DELETE",
                        pgid="pgtrigger_delete_delete_446e1",
                        referencing="REFERENCING OLD TABLE AS old_values ",
                        table="claims_paymentbatch",
                        when="AFTER",
                    ),
                ),
            ],
        ),
        unionbenefits.core.migration_operations.AddTriggers(
            model_name="question",
            triggers=[
                pgtrigger.compiler.Trigger(
                    name="insert_insert",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "claims_questionevent" ("answer", "answered_at", "asked_at", "asked_by_id", "claim_id", "id", "lapsed_at", "missing", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "text", "until") SELECT new_values."answer", new_values."answered_at", new_values."asked_at", new_values."asked_by_id", new_values."claim_id", new_values."id", new_values."lapsed_at", new_values."missing", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."text", new_values."until" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                        hash="d32096df211fc6a266534d715f7fdd2afaa9a99d",
                        level="STATEMENT",
                        operation="INSERT",
                        pgid="pgtrigger_insert_insert_5cfbd",
                        referencing="REFERENCING NEW TABLE AS new_values ",
                        table="claims_question",
                        when="AFTER",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="update_update",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "claims_questionevent" ("answer", "answered_at", "asked_at", "asked_by_id", "claim_id", "id", "lapsed_at", "missing", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "text", "until") SELECT new_values."answer", new_values."answered_at", new_values."asked_at", new_values."asked_by_id", new_values."claim_id", new_values."id", new_values."lapsed_at", new_values."missing", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."text", new_values."until" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                        hash="644dccc7c2a122a388a6bf6df6187430c8cf33ca",
                        level="STATEMENT",
                        operation="UPDATE",
                        pgid="pgtrigger_update_update_25aad",
                        referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                        table="claims_question",
                        when="AFTER",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="delete_delete",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "claims_questionevent" ("answer", "answered_at", "asked_at", "asked_by_id", "claim_id", "id", "lapsed_at", "missing", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "text", "until") SELECT old_values."answer", old_values."answered_at", old_values."asked_at", old_values."asked_by_id", old_values."claim_id", old_values."id", old_values."lapsed_at", old_values."missing", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."text", old_values."until" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                        hash="c14ef4bfcd7f09a1641dae795e9be6256ee5b45b",
                        level="STATEMENT",
                        operation="DELETE",
                        pgid="pgtrigger_delete_delete_4051f",
                        referencing="REFERENCING OLD TABLE AS old_values ",
                        table="claims_question",
                        when="AFTER",
                    ),
                ),
            ],
        ),
        unionbenefits.core.migration_operations.AddTriggers(
            model_name="resultfile",
            triggers=[
                pgtrigger.compiler.Trigger(
                    name="result_file_is_final",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                        hash="530b5f6872e74bba3127a76434452c8589f259d5",
                        operation="UPDATE OR DELETE",
                        pgid="pgtrigger_result_file_is_final_b44fd",
                        table="claims_resultfile",
                        when="BEFORE",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="result_file_is_kept",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func="\n                IF current_setting('unionbenefits.test_database', true) IS DISTINCT FROM 'on' THEN\n                    RAISE EXCEPTION 'result_file rows are never removed';\n                END IF;\n                RETURN NULL;\n            ",
                        hash="a10c62e3414fb4342ca88573b57f32cbeb965831",
                        level="STATEMENT",
                        operation="TRUNCATE",
                        pgid="pgtrigger_result_file_is_kept_c8cc1",
                        table="claims_resultfile",
                        when="BEFORE",
                    ),
                ),
            ],
        ),
        unionbenefits.core.migration_operations.AddTriggers(
            model_name="appeal",
            triggers=[
                pgtrigger.compiler.Trigger(
                    name="appeal_is_kept",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                        hash="270cce8482195fc2080e830c7be6a42e5b3ef022",
                        operation="DELETE",
                        pgid="pgtrigger_appeal_is_kept_c21c9",
                        table="claims_appeal",
                        when="BEFORE",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="appeal_by_other_people",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func="\n    IF NEW.decided_by_id IS NOT NULL AND EXISTS (\n        SELECT FROM claims_decision f WHERE f.id = NEW.decision_id\n        AND NEW.decided_by_id IN (f.decided_by_id, f.reviewed_by_id, f.approved_by_id)\n    ) THEN\n        RAISE EXCEPTION 'an appeal is decided by somebody who had no part in the first decision'\n            USING ERRCODE = 'check_violation', CONSTRAINT = 'appeal_by_other_people';\n    END IF;\n    RETURN NEW;\n",
                        hash="009cd0fba935a57bec9bfed40a4b6b751e16476e",
                        operation="INSERT OR UPDATE",
                        pgid="pgtrigger_appeal_by_other_people_aa55d",
                        table="claims_appeal",
                        when="BEFORE",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="insert_insert",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "claims_appealevent" ("answer", "claim_id", "decided_at", "decided_by_id", "decision_id", "filed_at", "filed_by", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "state", "text") SELECT new_values."answer", new_values."claim_id", new_values."decided_at", new_values."decided_by_id", new_values."decision_id", new_values."filed_at", new_values."filed_by", new_values."id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."state", new_values."text" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                        hash="afa969bc5d720eec255ccf01368d3c1de151625f",
                        level="STATEMENT",
                        operation="INSERT",
                        pgid="pgtrigger_insert_insert_8e701",
                        referencing="REFERENCING NEW TABLE AS new_values ",
                        table="claims_appeal",
                        when="AFTER",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="update_update",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "claims_appealevent" ("answer", "claim_id", "decided_at", "decided_by_id", "decision_id", "filed_at", "filed_by", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "state", "text") SELECT new_values."answer", new_values."claim_id", new_values."decided_at", new_values."decided_by_id", new_values."decision_id", new_values."filed_at", new_values."filed_by", new_values."id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."state", new_values."text" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                        hash="b26f623a702057a03af34ed5a6bb8bc1ed5e3e6e",
                        level="STATEMENT",
                        operation="UPDATE",
                        pgid="pgtrigger_update_update_f67a1",
                        referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                        table="claims_appeal",
                        when="AFTER",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="delete_delete",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "claims_appealevent" ("answer", "claim_id", "decided_at", "decided_by_id", "decision_id", "filed_at", "filed_by", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "state", "text") SELECT old_values."answer", old_values."claim_id", old_values."decided_at", old_values."decided_by_id", old_values."decision_id", old_values."filed_at", old_values."filed_by", old_values."id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."state", old_values."text" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                        hash="3d261e032f7a6c20b8563aa0957d624331f3dfe9",
                        level="STATEMENT",
                        operation="DELETE",
                        pgid="pgtrigger_delete_delete_b5bf6",
                        referencing="REFERENCING OLD TABLE AS old_values ",
                        table="claims_appeal",
                        when="AFTER",
                    ),
                ),
            ],
        ),
        unionbenefits.core.migration_operations.AddTriggers(
            model_name="decision",
            triggers=[
                pgtrigger.compiler.Trigger(
                    name="decision_is_kept",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                        hash="81901b398cac880b340fc9a1cbc4afdedd2900f6",
                        operation="DELETE",
                        pgid="pgtrigger_decision_is_kept_1c5e8",
                        table="claims_decision",
                        when="BEFORE",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="decision_keeps_its_result",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        condition='WHEN (OLD."claim_id" IS DISTINCT FROM (NEW."claim_id") OR OLD."claim_version_id" IS DISTINCT FROM (NEW."claim_version_id") OR OLD."version" IS DISTINCT FROM (NEW."version") OR OLD."plan_version_id" IS DISTINCT FROM (NEW."plan_version_id") OR OLD."ruleset" IS DISTINCT FROM (NEW."ruleset") OR OLD."facts" IS DISTINCT FROM (NEW."facts") OR OLD."lines" IS DISTINCT FROM (NEW."lines") OR OLD."reasons" IS DISTINCT FROM (NEW."reasons") OR OLD."flags" IS DISTINCT FROM (NEW."flags") OR OLD."outcome" IS DISTINCT FROM (NEW."outcome") OR OLD."computed_outcome" IS DISTINCT FROM (NEW."computed_outcome") OR OLD."amount" IS DISTINCT FROM (NEW."amount") OR OLD."base" IS DISTINCT FROM (NEW."base") OR OLD."ordinal" IS DISTINCT FROM (NEW."ordinal") OR OLD."rate" IS DISTINCT FROM (NEW."rate") OR OLD."note" IS DISTINCT FROM (NEW."note") OR OLD."decided_by_id" IS DISTINCT FROM (NEW."decided_by_id") OR OLD."decided_at" IS DISTINCT FROM (NEW."decided_at") OR OLD."appeal_id" IS DISTINCT FROM (NEW."appeal_id"))',
                        func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                        hash="84a3821c380c7a58a5edd599e7875eb92f735e0c",
                        operation="UPDATE",
                        pgid="pgtrigger_decision_keeps_its_result_ee4c3",
                        table="claims_decision",
                        when="BEFORE",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="decision_of_current_version_insert",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func="\n    PERFORM 1 FROM claims_claim c WHERE c.id = NEW.claim_id AND c.version = NEW.version FOR NO KEY UPDATE;\n    IF NOT FOUND THEN\n        RAISE EXCEPTION 'the claim has changed since it was looked at'\n            USING ERRCODE = 'check_violation', CONSTRAINT = 'decision_of_current_version';\n    END IF;\n    IF NEW.appeal_id IS NOT NULL AND EXISTS (\n        SELECT FROM claims_appeal a JOIN claims_decision f ON f.id = a.decision_id\n        WHERE a.id = NEW.appeal_id AND (\n            NEW.decided_by_id IN (f.decided_by_id, f.reviewed_by_id, f.approved_by_id)\n            OR NEW.reviewed_by_id IN (f.decided_by_id, f.reviewed_by_id, f.approved_by_id)\n            OR NEW.approved_by_id IN (f.decided_by_id, f.reviewed_by_id, f.approved_by_id)\n        )\n    ) THEN\n        RAISE EXCEPTION 'an appeal is decided by people who had no part in the first decision'\n            USING ERRCODE = 'check_violation', CONSTRAINT = 'appeal_by_other_people';\n    END IF;\n    RETURN NEW;\n",
                        hash="1036b0702ae71f918ef08128d8b21b5b6a107958",
                        operation="INSERT",
                        pgid="pgtrigger_decision_of_current_version_insert_af28f",
                        table="claims_decision",
                        when="BEFORE",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="decision_of_current_version_update",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        condition="WHEN (NEW.\"state\" IN ('proposed', 'reviewed', 'approved'))",
                        func="\n    PERFORM 1 FROM claims_claim c WHERE c.id = NEW.claim_id AND c.version = NEW.version FOR NO KEY UPDATE;\n    IF NOT FOUND THEN\n        RAISE EXCEPTION 'the claim has changed since it was looked at'\n            USING ERRCODE = 'check_violation', CONSTRAINT = 'decision_of_current_version';\n    END IF;\n    IF NEW.appeal_id IS NOT NULL AND EXISTS (\n        SELECT FROM claims_appeal a JOIN claims_decision f ON f.id = a.decision_id\n        WHERE a.id = NEW.appeal_id AND (\n            NEW.decided_by_id IN (f.decided_by_id, f.reviewed_by_id, f.approved_by_id)\n            OR NEW.reviewed_by_id IN (f.decided_by_id, f.reviewed_by_id, f.approved_by_id)\n            OR NEW.approved_by_id IN (f.decided_by_id, f.reviewed_by_id, f.approved_by_id)\n        )\n    ) THEN\n        RAISE EXCEPTION 'an appeal is decided by people who had no part in the first decision'\n            USING ERRCODE = 'check_violation', CONSTRAINT = 'appeal_by_other_people';\n    END IF;\n    RETURN NEW;\n",
                        hash="f4e30e45e10c86680bfb686627446855000a16bf",
                        operation='UPDATE OF "state"',
                        pgid="pgtrigger_decision_of_current_version_update_13a5c",
                        table="claims_decision",
                        when="BEFORE",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="insert_insert",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "claims_decisionevent" ("amount", "appeal_id", "approved_at", "approved_by_id", "base", "claim_id", "claim_version_id", "computed_outcome", "decided_at", "decided_by_id", "facts", "flags", "id", "lines", "note", "ordinal", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_version_id", "rate", "reasons", "return_reason", "returned_by_id", "reviewed_at", "reviewed_by_id", "ruleset", "state", "version", "voided_at") SELECT new_values."amount", new_values."appeal_id", new_values."approved_at", new_values."approved_by_id", new_values."base", new_values."claim_id", new_values."claim_version_id", new_values."computed_outcome", new_values."decided_at", new_values."decided_by_id", new_values."facts", new_values."flags", new_values."id", new_values."lines", new_values."note", new_values."ordinal", new_values."outcome", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."plan_version_id", new_values."rate", new_values."reasons", new_values."return_reason", new_values."returned_by_id", new_values."reviewed_at", new_values."reviewed_by_id", new_values."ruleset", new_values."state", new_values."version", new_values."voided_at" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                        hash="14789140cf83f5ea5d8b198b2a163f4f91c5b440",
                        level="STATEMENT",
                        operation="INSERT",
                        pgid="pgtrigger_insert_insert_1f692",
                        referencing="REFERENCING NEW TABLE AS new_values ",
                        table="claims_decision",
                        when="AFTER",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="update_update",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "claims_decisionevent" ("amount", "appeal_id", "approved_at", "approved_by_id", "base", "claim_id", "claim_version_id", "computed_outcome", "decided_at", "decided_by_id", "facts", "flags", "id", "lines", "note", "ordinal", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_version_id", "rate", "reasons", "return_reason", "returned_by_id", "reviewed_at", "reviewed_by_id", "ruleset", "state", "version", "voided_at") SELECT new_values."amount", new_values."appeal_id", new_values."approved_at", new_values."approved_by_id", new_values."base", new_values."claim_id", new_values."claim_version_id", new_values."computed_outcome", new_values."decided_at", new_values."decided_by_id", new_values."facts", new_values."flags", new_values."id", new_values."lines", new_values."note", new_values."ordinal", new_values."outcome", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."plan_version_id", new_values."rate", new_values."reasons", new_values."return_reason", new_values."returned_by_id", new_values."reviewed_at", new_values."reviewed_by_id", new_values."ruleset", new_values."state", new_values."version", new_values."voided_at" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                        hash="4596ec20b89a7bb447fd3ea79572b88d567ba67b",
                        level="STATEMENT",
                        operation="UPDATE",
                        pgid="pgtrigger_update_update_f687d",
                        referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                        table="claims_decision",
                        when="AFTER",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="delete_delete",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "claims_decisionevent" ("amount", "appeal_id", "approved_at", "approved_by_id", "base", "claim_id", "claim_version_id", "computed_outcome", "decided_at", "decided_by_id", "facts", "flags", "id", "lines", "note", "ordinal", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_version_id", "rate", "reasons", "return_reason", "returned_by_id", "reviewed_at", "reviewed_by_id", "ruleset", "state", "version", "voided_at") SELECT old_values."amount", old_values."appeal_id", old_values."approved_at", old_values."approved_by_id", old_values."base", old_values."claim_id", old_values."claim_version_id", old_values."computed_outcome", old_values."decided_at", old_values."decided_by_id", old_values."facts", old_values."flags", old_values."id", old_values."lines", old_values."note", old_values."ordinal", old_values."outcome", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."plan_version_id", old_values."rate", old_values."reasons", old_values."return_reason", old_values."returned_by_id", old_values."reviewed_at", old_values."reviewed_by_id", old_values."ruleset", old_values."state", old_values."version", old_values."voided_at" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                        hash="9c8c85822f9df20e9fc4a52ad6799294881af997",
                        level="STATEMENT",
                        operation="DELETE",
                        pgid="pgtrigger_delete_delete_81c26",
                        referencing="REFERENCING OLD TABLE AS old_values ",
                        table="claims_decision",
                        when="AFTER",
                    ),
                ),
            ],
        ),
        unionbenefits.core.migration_operations.AddTriggers(
            model_name="difference",
            triggers=[
                pgtrigger.compiler.Trigger(
                    name="insert_insert",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "claims_differenceevent" ("amount", "claim_id", "decision_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "settled_at", "settled_by_id", "state") SELECT new_values."amount", new_values."claim_id", new_values."decision_id", new_values."id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."reason", new_values."settled_at", new_values."settled_by_id", new_values."state" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                        hash="c55b3cde1508c7e8d319168e7417993a0c7feb54",
                        level="STATEMENT",
                        operation="INSERT",
                        pgid="pgtrigger_insert_insert_a595b",
                        referencing="REFERENCING NEW TABLE AS new_values ",
                        table="claims_difference",
                        when="AFTER",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="update_update",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "claims_differenceevent" ("amount", "claim_id", "decision_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "settled_at", "settled_by_id", "state") SELECT new_values."amount", new_values."claim_id", new_values."decision_id", new_values."id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."reason", new_values."settled_at", new_values."settled_by_id", new_values."state" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                        hash="2e093ceffdb06d7008660ee0e166d1696c0a4936",
                        level="STATEMENT",
                        operation="UPDATE",
                        pgid="pgtrigger_update_update_aacbd",
                        referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                        table="claims_difference",
                        when="AFTER",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="delete_delete",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "claims_differenceevent" ("amount", "claim_id", "decision_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "settled_at", "settled_by_id", "state") SELECT old_values."amount", old_values."claim_id", old_values."decision_id", old_values."id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."reason", old_values."settled_at", old_values."settled_by_id", old_values."state" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                        hash="034c15e619e19a28238ffe31656512be8591ddde",
                        level="STATEMENT",
                        operation="DELETE",
                        pgid="pgtrigger_delete_delete_811d5",
                        referencing="REFERENCING OLD TABLE AS old_values ",
                        table="claims_difference",
                        when="AFTER",
                    ),
                ),
            ],
        ),
        unionbenefits.core.migration_operations.AddTriggers(
            model_name="secondlook",
            triggers=[
                pgtrigger.compiler.Trigger(
                    name="insert_insert",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "claims_secondlookevent" ("decision_id", "drawn_at", "id", "looked_at", "looked_by_id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "verdict") SELECT new_values."decision_id", new_values."drawn_at", new_values."id", new_values."looked_at", new_values."looked_by_id", new_values."note", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."verdict" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                        hash="1bdc6f33610443de3d8fa15506798999860278fc",
                        level="STATEMENT",
                        operation="INSERT",
                        pgid="pgtrigger_insert_insert_e8835",
                        referencing="REFERENCING NEW TABLE AS new_values ",
                        table="claims_secondlook",
                        when="AFTER",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="update_update",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "claims_secondlookevent" ("decision_id", "drawn_at", "id", "looked_at", "looked_by_id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "verdict") SELECT new_values."decision_id", new_values."drawn_at", new_values."id", new_values."looked_at", new_values."looked_by_id", new_values."note", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."verdict" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                        hash="c09f7634655b4eb6798d29b38383972329270b78",
                        level="STATEMENT",
                        operation="UPDATE",
                        pgid="pgtrigger_update_update_d2143",
                        referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                        table="claims_secondlook",
                        when="AFTER",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="delete_delete",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "claims_secondlookevent" ("decision_id", "drawn_at", "id", "looked_at", "looked_by_id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "verdict") SELECT old_values."decision_id", old_values."drawn_at", old_values."id", old_values."looked_at", old_values."looked_by_id", old_values."note", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."verdict" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                        hash="1c7254351c1e32c11b9def67d53c14c1b845c1d0",
                        level="STATEMENT",
                        operation="DELETE",
                        pgid="pgtrigger_delete_delete_cb016",
                        referencing="REFERENCING OLD TABLE AS old_values ",
                        table="claims_secondlook",
                        when="AFTER",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="second_look_by_other_people",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func="\n    IF NEW.looked_by_id IS NOT NULL AND EXISTS (\n        SELECT FROM claims_decision d JOIN claims_claim c ON c.id = d.claim_id WHERE d.id = NEW.decision_id\n        AND NEW.looked_by_id IN (d.decided_by_id, d.reviewed_by_id, d.approved_by_id, c.filed_by_id)\n    ) THEN\n        RAISE EXCEPTION 'a second look is taken by somebody who had no part in the decision'\n            USING ERRCODE = 'check_violation', CONSTRAINT = 'second_look_by_other_people';\n    END IF;\n    RETURN NEW;\n",
                        hash="316bdc8e2872c03e448f05d570961b52cac9f2c9",
                        operation="INSERT OR UPDATE",
                        pgid="pgtrigger_second_look_by_other_people_5a086",
                        table="claims_secondlook",
                        when="BEFORE",
                    ),
                ),
            ],
        ),
        unionbenefits.core.migration_operations.AddTriggers(
            model_name="obligation",
            triggers=[
                pgtrigger.compiler.Trigger(
                    name="obligation_is_kept",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                        hash="3c35cb050a8dd1fbc8753c950b045643f327dcd3",
                        operation="DELETE",
                        pgid="pgtrigger_obligation_is_kept_d9338",
                        table="claims_obligation",
                        when="BEFORE",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="obligation_keeps_its_amount",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        condition='WHEN (OLD."claim_id" IS DISTINCT FROM (NEW."claim_id") OR OLD."decision_id" IS DISTINCT FROM (NEW."decision_id") OR OLD."difference_id" IS DISTINCT FROM (NEW."difference_id") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."amount" IS DISTINCT FROM (NEW."amount") OR OLD."made_at" IS DISTINCT FROM (NEW."made_at"))',
                        func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                        hash="a9ad6bbc38a4ac87f1c4c2a8f8c12e4ff644e74d",
                        operation="UPDATE",
                        pgid="pgtrigger_obligation_keeps_its_amount_430d4",
                        table="claims_obligation",
                        when="BEFORE",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="insert_insert",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "claims_obligationevent" ("amount", "claim_id", "decision_id", "difference_id", "id", "kind", "made_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "state") SELECT new_values."amount", new_values."claim_id", new_values."decision_id", new_values."difference_id", new_values."id", new_values."kind", new_values."made_at", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."reason", new_values."state" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                        hash="2b1e82f61c6624e87e345adf4bbd7d7057350c11",
                        level="STATEMENT",
                        operation="INSERT",
                        pgid="pgtrigger_insert_insert_e2e41",
                        referencing="REFERENCING NEW TABLE AS new_values ",
                        table="claims_obligation",
                        when="AFTER",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="update_update",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "claims_obligationevent" ("amount", "claim_id", "decision_id", "difference_id", "id", "kind", "made_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "state") SELECT new_values."amount", new_values."claim_id", new_values."decision_id", new_values."difference_id", new_values."id", new_values."kind", new_values."made_at", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."reason", new_values."state" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                        hash="7137fdd7373fe0a649e83b4c5fd7f20399efc719",
                        level="STATEMENT",
                        operation="UPDATE",
                        pgid="pgtrigger_update_update_a2157",
                        referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                        table="claims_obligation",
                        when="AFTER",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="delete_delete",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "claims_obligationevent" ("amount", "claim_id", "decision_id", "difference_id", "id", "kind", "made_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "state") SELECT old_values."amount", old_values."claim_id", old_values."decision_id", old_values."difference_id", old_values."id", old_values."kind", old_values."made_at", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."reason", old_values."state" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                        hash="b12e5914719345ed7fb0e54c9e41bb97e26dca13",
                        level="STATEMENT",
                        operation="DELETE",
                        pgid="pgtrigger_delete_delete_fe14d",
                        referencing="REFERENCING OLD TABLE AS old_values ",
                        table="claims_obligation",
                        when="AFTER",
                    ),
                ),
            ],
        ),
        unionbenefits.core.migration_operations.AddTriggers(
            model_name="payment",
            triggers=[
                pgtrigger.compiler.Trigger(
                    name="payment_is_kept",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                        hash="a7ad22a193e29d6eda0c8e7a7db37f434d094bc8",
                        operation="DELETE",
                        pgid="pgtrigger_payment_is_kept_c616e",
                        table="claims_payment",
                        when="BEFORE",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="payment_keeps_its_order",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        condition='WHEN (OLD."obligation_id" IS DISTINCT FROM (NEW."obligation_id") OR OLD."batch_id" IS DISTINCT FROM (NEW."batch_id") OR OLD."previous_id" IS DISTINCT FROM (NEW."previous_id") OR OLD."order_no" IS DISTINCT FROM (NEW."order_no") OR OLD."amount" IS DISTINCT FROM (NEW."amount") OR OLD."payee_name" IS DISTINCT FROM (NEW."payee_name") OR OLD."account_digest" IS DISTINCT FROM (NEW."account_digest") OR OLD."bank_name" IS DISTINCT FROM (NEW."bank_name"))',
                        func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                        hash="c949bd64bfa78a6a7decf5f0789ae0040367597d",
                        operation="UPDATE",
                        pgid="pgtrigger_payment_keeps_its_order_5afb6",
                        table="claims_payment",
                        when="BEFORE",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="payment_of_what_is_due",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func="\n    PERFORM 1 FROM claims_obligation o JOIN claims_decision d ON d.id = o.decision_id\n    WHERE o.id = NEW.obligation_id AND o.amount = NEW.amount AND o.state = 'due' AND d.state = 'approved'\n    FOR NO KEY UPDATE OF o;\n    IF NOT FOUND THEN\n        RAISE EXCEPTION 'a payment is of the amount of an obligation that is due'\n            USING ERRCODE = 'check_violation', CONSTRAINT = 'payment_of_what_is_due';\n    END IF;\n    RETURN NEW;\n",
                        hash="fe4ad804eb32b2787f55c38d178b5919de2b5c91",
                        operation="INSERT",
                        pgid="pgtrigger_payment_of_what_is_due_49614",
                        table="claims_payment",
                        when="BEFORE",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="payment_goes_forward",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func="\n    IF NEW.state <> OLD.state AND NOT (\n        (OLD.state = 'waiting' AND NEW.state IN ('submitted', 'cancelled'))\n        OR (OLD.state IN ('submitted', 'unknown')\n            AND NEW.state IN ('unknown', 'succeeded', 'failed', 'returned'))\n        OR (OLD.state = 'succeeded' AND NEW.state = 'returned')\n    ) THEN\n        RAISE EXCEPTION 'a payment cannot go from % to %', OLD.state, NEW.state\n            USING ERRCODE = 'check_violation', CONSTRAINT = 'payment_goes_forward';\n    END IF;\n    RETURN NEW;\n",
                        hash="ed1c84959fb26ecc6154fb2a4ac23cb4bc2e57fc",
                        operation='UPDATE OF "state"',
                        pgid="pgtrigger_payment_goes_forward_922e8",
                        table="claims_payment",
                        when="BEFORE",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="insert_insert",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "claims_paymentevent" ("account", "account_digest", "amount", "bank_name", "batch_id", "id", "obligation_id", "order_no", "paid_on", "payee_name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "previous_id", "reason", "receipt", "returned_on", "state", "submitted_on") SELECT new_values."account", new_values."account_digest", new_values."amount", new_values."bank_name", new_values."batch_id", new_values."id", new_values."obligation_id", new_values."order_no", new_values."paid_on", new_values."payee_name", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."previous_id", new_values."reason", new_values."receipt", new_values."returned_on", new_values."state", new_values."submitted_on" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                        hash="2d23483b4138812adce8b659bfc29f6bdf6ae64e",
                        level="STATEMENT",
                        operation="INSERT",
                        pgid="pgtrigger_insert_insert_75995",
                        referencing="REFERENCING NEW TABLE AS new_values ",
                        table="claims_payment",
                        when="AFTER",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="update_update",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "claims_paymentevent" ("account", "account_digest", "amount", "bank_name", "batch_id", "id", "obligation_id", "order_no", "paid_on", "payee_name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "previous_id", "reason", "receipt", "returned_on", "state", "submitted_on") SELECT new_values."account", new_values."account_digest", new_values."amount", new_values."bank_name", new_values."batch_id", new_values."id", new_values."obligation_id", new_values."order_no", new_values."paid_on", new_values."payee_name", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."previous_id", new_values."reason", new_values."receipt", new_values."returned_on", new_values."state", new_values."submitted_on" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                        hash="539ad7a4bdf3e875db4518b2f795ce7740bced4f",
                        level="STATEMENT",
                        operation="UPDATE",
                        pgid="pgtrigger_update_update_276da",
                        referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                        table="claims_payment",
                        when="AFTER",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="delete_delete",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "claims_paymentevent" ("account", "account_digest", "amount", "bank_name", "batch_id", "id", "obligation_id", "order_no", "paid_on", "payee_name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "previous_id", "reason", "receipt", "returned_on", "state", "submitted_on") SELECT old_values."account", old_values."account_digest", old_values."amount", old_values."bank_name", old_values."batch_id", old_values."id", old_values."obligation_id", old_values."order_no", old_values."paid_on", old_values."payee_name", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."previous_id", old_values."reason", old_values."receipt", old_values."returned_on", old_values."state", old_values."submitted_on" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                        hash="90d08004e6df2e31c14d828e6378c7ecad0a8cba",
                        level="STATEMENT",
                        operation="DELETE",
                        pgid="pgtrigger_delete_delete_2eab5",
                        referencing="REFERENCING OLD TABLE AS old_values ",
                        table="claims_payment",
                        when="AFTER",
                    ),
                ),
            ],
        ),
        unionbenefits.core.migration_operations.AddTriggers(
            model_name="refund",
            triggers=[
                pgtrigger.compiler.Trigger(
                    name="refund_is_final",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                        hash="f4b246779cbe4f4d3299ecaa2244849198bfe93b",
                        operation="UPDATE OR DELETE",
                        pgid="pgtrigger_refund_is_final_0ce20",
                        table="claims_refund",
                        when="BEFORE",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="refund_is_kept",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func="\n                IF current_setting('unionbenefits.test_database', true) IS DISTINCT FROM 'on' THEN\n                    RAISE EXCEPTION 'refund rows are never removed';\n                END IF;\n                RETURN NULL;\n            ",
                        hash="8ac9ce259742a3b5f7f9bf9377871a104214f478",
                        level="STATEMENT",
                        operation="TRUNCATE",
                        pgid="pgtrigger_refund_is_kept_af8c7",
                        table="claims_refund",
                        when="BEFORE",
                    ),
                ),
            ],
        ),
        unionbenefits.core.migration_operations.AddTriggers(
            model_name="resultline",
            triggers=[
                pgtrigger.compiler.Trigger(
                    name="result_line_is_final",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                        hash="297381a877d156bb7730557565bcdc94777495b0",
                        operation="UPDATE OR DELETE",
                        pgid="pgtrigger_result_line_is_final_ea7ca",
                        table="claims_resultline",
                        when="BEFORE",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="result_line_is_kept",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func="\n                IF current_setting('unionbenefits.test_database', true) IS DISTINCT FROM 'on' THEN\n                    RAISE EXCEPTION 'result_line rows are never removed';\n                END IF;\n                RETURN NULL;\n            ",
                        hash="80346153540c9aedd67845ae174be1857d843b24",
                        level="STATEMENT",
                        operation="TRUNCATE",
                        pgid="pgtrigger_result_line_is_kept_4b2b1",
                        table="claims_resultline",
                        when="BEFORE",
                    ),
                ),
            ],
        ),
    ]
