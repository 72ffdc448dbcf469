import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models

import unionbenefits.core.crypto.fields
import unionbenefits.core.migration_operations


class Migration(migrations.Migration):
    replaces = [
        ("workers", "0001_initial"),
        ("workers", "0002_row_decisions"),
        ("workers", "0003_standing_consents_messages"),
        ("workers", "0004_unanswered_message"),
        ("workers", "0005_claim_messages"),
        ("workers", "0006_roster_insurance"),
        ("workers", "0007_own_data"),
        ("workers", "0008_sign_ins_and_phone_changes"),
        ("workers", "0009_name_parts"),
        ("workers", "0010_told_and_opened"),
        ("workers", "0011_first_openings_so_far"),
        ("workers", "0012_reveals"),
        ("workers", "0013_bulk_changes"),
        ("workers", "0014_phone_changes_examined"),
        ("workers", "0015_closing"),
    ]

    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("audit", "0001_initial"),
        ("enterprises", "0003_closing"),
        ("pghistory", "0007_auto_20250421_0444"),
        ("unions", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Roster",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "mode",
                    models.CharField(
                        choices=[
                            ("additions", "Additions and changes"),
                            ("full", "Full list: whoever is missing has left"),
                        ],
                        default="additions",
                        max_length=10,
                        verbose_name="mode",
                    ),
                ),
                (
                    "as_clerk",
                    models.BooleanField(
                        default=True, verbose_name="judged as the enterprise's clerk sees it"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("uploaded", "Waiting to be judged"),
                            ("judging", "Being judged"),
                            ("judged", "To be confirmed"),
                            ("applying", "Being applied"),
                            ("applied", "Applied"),
                            ("refused", "File refused"),
                            ("discarded", "Discarded"),
                            ("failed", "Interrupted"),
                        ],
                        default="uploaded",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("file_name", models.CharField(max_length=200, verbose_name="file")),
                ("file_sha256", models.CharField(max_length=64, verbose_name="SHA-256 of the file")),
                ("file_format", models.CharField(blank=True, max_length=10, verbose_name="format")),
                ("encoding", models.CharField(blank=True, max_length=20, verbose_name="encoding")),
                ("sheets", models.JSONField(default=list, verbose_name="sheets")),
                ("notices", models.JSONField(default=list, verbose_name="notices about the file")),
                ("mapping", models.JSONField(blank=True, default=dict, verbose_name="chosen columns")),
                ("refusal", models.CharField(blank=True, max_length=40, verbose_name="reason of refusal")),
                (
                    "refusal_details",
                    models.JSONField(blank=True, default=dict, verbose_name="details of the refusal"),
                ),
                ("rows_total", models.PositiveIntegerField(default=0, verbose_name="rows")),
                ("rows_judged", models.PositiveIntegerField(default=0, verbose_name="rows judged")),
                ("counts", models.JSONField(default=dict, verbose_name="counts")),
                (
                    "verdict_digest",
                    models.CharField(blank=True, max_length=64, verbose_name="digest of the judged rows"),
                ),
                ("judged_at", models.DateTimeField(blank=True, null=True, verbose_name="judged at")),
                ("uploaded_at", models.DateTimeField(verbose_name="uploaded at")),
                ("applied_at", models.DateTimeField(blank=True, null=True, verbose_name="applied at")),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="confirmed_rosters",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="confirmed by",
                    ),
                ),
                (
                    "enterprise",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rosters",
                        to="enterprises.enterprise",
                        verbose_name="enterprise",
                    ),
                ),
                (
                    "uploaded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="uploaded_rosters",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="uploaded by",
                    ),
                ),
            ],
            options={
                "verbose_name": "roster",
                "verbose_name_plural": "rosters",
                "ordering": ["-id"],
                "permissions": [
                    ("upload_roster", "Can upload a roster"),
                    ("apply_roster", "Can confirm and apply a roster"),
                ],
                "indexes": [models.Index(fields=["enterprise", "file_sha256"], name="roster_same_file")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("applied_at__isnull", False),
                                ("confirmed_by__isnull", False),
                                ("state", "applied"),
                            ),
                            models.Q(
                                models.Q(("state", "applied"), _negated=True), ("applied_at__isnull", True)
                            ),
                            _connector="OR",
                        ),
                        name="roster_applied_was_confirmed",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Worker",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "name",
                    models.CharField(
                        help_text="As on the document; long names in full.",
                        max_length=100,
                        verbose_name="full name",
                    ),
                ),
                (
                    "name_key",
                    models.CharField(editable=False, max_length=100, verbose_name="name for comparison"),
                ),
                (
                    "sex",
                    models.CharField(
                        blank=True,
                        choices=[("male", "Male"), ("female", "Female")],
                        max_length=6,
                        verbose_name="sex",
                    ),
                ),
                ("birth_date", models.DateField(blank=True, null=True, verbose_name="birth date")),
                (
                    "phone",
                    unionbenefits.core.crypto.fields.SealedTextField(
                        blank=True, null=True, verbose_name="phone"
                    ),
                ),
                (
                    "phone_digest",
                    unionbenefits.core.crypto.fields.BlindIndexField(
                        blank=True, max_length=32, null=True, purpose="phone", verbose_name="phone index"
                    ),
                ),
                ("created_at", models.DateTimeField(verbose_name="made on")),
                (
                    "basic_insurance",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("employee", "Basic medical insurance for employees"),
                            ("resident", "Basic medical insurance for residents"),
                            ("none", "No basic medical insurance"),
                        ],
                        db_default="",
                        max_length=10,
                        verbose_name="basic insurance",
                    ),
                ),
                ("died_on", models.DateField(blank=True, null=True, verbose_name="died on")),
                (
                    "real_name_checked_on",
                    models.DateField(blank=True, null=True, verbose_name="real-name check on"),
                ),
                (
                    "retirement_track",
                    models.CharField(
                        blank=True,
                        choices=[("women_50", "50 before the reform"), ("women_55", "55 before the reform")],
                        db_default="",
                        help_text="Of a woman; empty where not known.",
                        max_length=10,
                        verbose_name="retirement track",
                    ),
                ),
            ],
            options={
                "verbose_name": "worker",
                "verbose_name_plural": "workers",
                "ordering": ["-id"],
                "indexes": [
                    models.Index(
                        django.contrib.postgres.indexes.OpClass("name_key", "text_pattern_ops"),
                        models.F("birth_date"),
                        name="worker_name_key",
                    ),
                    models.Index(
                        condition=models.Q(("phone_digest__isnull", False)),
                        fields=["phone_digest"],
                        name="worker_phone",
                    ),
                    django.contrib.postgres.indexes.GinIndex(
                        models.Func(
                            models.F("name_key"),
                            models.Value(None),
                            function="string_to_array",
                            output_field=django.contrib.postgres.fields.ArrayField(
                                base_field=models.TextField(), size=None
                            ),
                        ),
                        name="worker_name_parts",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("phone__isnull", True), ("phone_digest__isnull", True)),
                            models.Q(("phone__isnull", False), ("phone_digest__isnull", False)),
                            _connector="OR",
                        ),
                        name="worker_phone_has_index",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="RetentionRun",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="run at")),
                (
                    "run_by",
                    models.CharField(help_text="As in the audit log.", max_length=150, verbose_name="run by"),
                ),
                (
                    "counts",
                    models.JSONField(
                        default=dict, help_text="Rows or files by rule.", verbose_name="what went"
                    ),
                ),
            ],
            options={
                "verbose_name": "retention run",
                "verbose_name_plural": "retention runs",
                "ordering": ["-id"],
                "permissions": [("run_retention", "Can remove what is past keeping")],
            },
        ),
        migrations.CreateModel(
            name="BulkChange",
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
                            ("end_memberships", "End memberships"),
                            ("set_occupation", "Set the occupation"),
                            ("note_real_name", "Note the real-name check"),
                        ],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                ("rows", models.JSONField(default=list, verbose_name="rows chosen")),
                ("value", models.CharField(blank=True, max_length=30, verbose_name="new value")),
                ("made_at", models.DateTimeField(verbose_name="made at")),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "Not yet done"), ("done", "Done"), ("undone", "Undone")],
                        default="draft",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("before", models.JSONField(default=list, verbose_name="values before")),
                ("left_out", models.JSONField(default=dict, verbose_name="rows left out")),
                ("done_at", models.DateTimeField(blank=True, null=True, verbose_name="done at")),
                (
                    "undo_until",
                    models.DateTimeField(blank=True, null=True, verbose_name="can be undone until"),
                ),
                ("undone_at", models.DateTimeField(blank=True, null=True, verbose_name="undone at")),
                ("kept", models.PositiveIntegerField(default=0, verbose_name="rows not undone")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bulk_changes",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="made by",
                    ),
                ),
            ],
            options={
                "verbose_name": "change to many rows",
                "verbose_name_plural": "changes to many rows",
                "ordering": ["-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("done_at__isnull", True), ("state", "draft"), ("undo_until__isnull", True)
                            ),
                            models.Q(
                                models.Q(("state", "draft"), _negated=True),
                                ("done_at__isnull", False),
                                ("undo_until__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="bulk_change_done_can_be_undone",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="EnterpriseClosing",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("last_day", models.DateField(verbose_name="last day")),
                ("reason", models.CharField(max_length=200, verbose_name="reason")),
                ("ended", models.JSONField(default=list, verbose_name="memberships ended")),
                ("moved", models.PositiveIntegerField(default=0, verbose_name="members moved")),
                ("posts", models.JSONField(default=list, verbose_name="posts ended")),
                (
                    "made_by",
                    models.CharField(
                        help_text="As in the audit log.", max_length=150, verbose_name="made by"
                    ),
                ),
                ("made_at", models.DateTimeField(verbose_name="made at")),
                ("undo_until", models.DateTimeField(verbose_name="can be undone until")),
                ("undone_by", models.CharField(blank=True, max_length=150, verbose_name="undone by")),
                ("undone_at", models.DateTimeField(blank=True, null=True, verbose_name="undone at")),
                (
                    "enterprise",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="closings",
                        to="enterprises.enterprise",
                        verbose_name="enterprise",
                    ),
                ),
                (
                    "moved_to",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="enterprises.enterprise",
                        verbose_name="members went to",
                    ),
                ),
            ],
            options={
                "verbose_name": "closing of an enterprise",
                "verbose_name_plural": "closings of enterprises",
                "ordering": ["-id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("undone_at__isnull", True)),
                        fields=("enterprise",),
                        name="closing_stands_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="closing_has_a_reason"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("undone_at__isnull", True), ("undone_by", "")),
                            models.Q(
                                ("undone_at__isnull", False), models.Q(("undone_by", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="closing_undone_by_somebody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="IdentityDocument",
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
                            ("resident_id", "Resident identity card"),
                            ("hk_macao_residence", "Residence permit for Hong Kong and Macao residents"),
                            ("taiwan_residence", "Residence permit for Taiwan residents"),
                            ("hk_macao_permit", "Mainland travel permit for Hong Kong and Macao residents"),
                            ("taiwan_permit", "Mainland travel permit for Taiwan residents"),
                            ("foreigner_card", "Foreign permanent resident identity card"),
                            ("passport", "Passport"),
                        ],
                        max_length=24,
                        verbose_name="kind",
                    ),
                ),
                (
                    "issuer",
                    models.CharField(
                        blank=True,
                        help_text="Of a passport, such as VNM.",
                        max_length=3,
                        verbose_name="issuing country",
                    ),
                ),
                ("number", unionbenefits.core.crypto.fields.SealedTextField(verbose_name="number")),
                (
                    "number_digest",
                    unionbenefits.core.crypto.fields.BlindIndexField(
                        max_length=32, purpose="document.number", verbose_name="number index"
                    ),
                ),
                (
                    "retired_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="no longer valid since"),
                ),
                (
                    "worker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="documents",
                        to="workers.worker",
                        verbose_name="worker",
                    ),
                ),
            ],
            options={
                "verbose_name": "identity document",
                "verbose_name_plural": "identity documents",
                "ordering": ["id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("retired_at__isnull", False)),
                        fields=["number_digest"],
                        name="document_retired",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("retired_at__isnull", True)),
                        fields=("number_digest", "kind", "issuer"),
                        name="document_belongs_to_one_worker",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="WorkerEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "name",
                    models.CharField(
                        help_text="As on the document; long names in full.",
                        max_length=100,
                        verbose_name="full name",
                    ),
                ),
                (
                    "name_key",
                    models.CharField(editable=False, max_length=100, verbose_name="name for comparison"),
                ),
                (
                    "sex",
                    models.CharField(
                        blank=True,
                        choices=[("male", "Male"), ("female", "Female")],
                        max_length=6,
                        verbose_name="sex",
                    ),
                ),
                ("birth_date", models.DateField(blank=True, null=True, verbose_name="birth date")),
                (
                    "phone",
                    unionbenefits.core.crypto.fields.SealedTextField(
                        blank=True, null=True, verbose_name="phone"
                    ),
                ),
                (
                    "phone_digest",
                    unionbenefits.core.crypto.fields.BlindIndexField(
                        blank=True, max_length=32, null=True, purpose="phone", verbose_name="phone index"
                    ),
                ),
                ("created_at", models.DateTimeField(verbose_name="made on")),
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
                        to="workers.worker",
                    ),
                ),
                (
                    "basic_insurance",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("employee", "Basic medical insurance for employees"),
                            ("resident", "Basic medical insurance for residents"),
                            ("none", "No basic medical insurance"),
                        ],
                        db_default="",
                        max_length=10,
                        verbose_name="basic insurance",
                    ),
                ),
                ("died_on", models.DateField(blank=True, null=True, verbose_name="died on")),
                (
                    "real_name_checked_on",
                    models.DateField(blank=True, null=True, verbose_name="real-name check on"),
                ),
                (
                    "retirement_track",
                    models.CharField(
                        blank=True,
                        choices=[("women_50", "50 before the reform"), ("women_55", "55 before the reform")],
                        db_default="",
                        help_text="Of a woman; empty where not known.",
                        max_length=10,
                        verbose_name="retirement track",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Membership",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "occupation",
                    models.CharField(
                        blank=True,
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
                        verbose_name="occupation",
                    ),
                ),
                (
                    "occupation_as_given",
                    models.CharField(blank=True, max_length=60, verbose_name="occupation as written"),
                ),
                (
                    "work_relation",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("employment", "Employment relation"),
                            ("new_form", "New form of employment relation"),
                            ("civil", "Civil relation between equals"),
                        ],
                        max_length=16,
                        verbose_name="work relation",
                    ),
                ),
                ("joined_on", models.DateField(blank=True, null=True, verbose_name="since")),
                ("left_on", models.DateField(blank=True, null=True, verbose_name="until")),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="note")),
                (
                    "enterprise",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to="enterprises.enterprise",
                        verbose_name="enterprise",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to="workers.roster",
                        verbose_name="from roster",
                    ),
                ),
                (
                    "worker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to="workers.worker",
                        verbose_name="worker",
                    ),
                ),
            ],
            options={
                "verbose_name": "membership",
                "verbose_name_plural": "memberships",
                "ordering": ["-id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("left_on__isnull", True)),
                        fields=("worker", "enterprise"),
                        name="membership_open_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="RosterFile",
            fields=[
                (
                    "roster",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="file",
                        serialize=False,
                        to="workers.roster",
                        verbose_name="roster",
                    ),
                ),
                ("sealed", models.BinaryField(verbose_name="sealed bytes")),
            ],
            options={
                "verbose_name": "roster file",
                "verbose_name_plural": "roster files",
            },
        ),
        migrations.CreateModel(
            name="RosterEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "mode",
                    models.CharField(
                        choices=[
                            ("additions", "Additions and changes"),
                            ("full", "Full list: whoever is missing has left"),
                        ],
                        default="additions",
                        max_length=10,
                        verbose_name="mode",
                    ),
                ),
                (
                    "as_clerk",
                    models.BooleanField(
                        default=True, verbose_name="judged as the enterprise's clerk sees it"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("uploaded", "Waiting to be judged"),
                            ("judging", "Being judged"),
                            ("judged", "To be confirmed"),
                            ("applying", "Being applied"),
                            ("applied", "Applied"),
                            ("refused", "File refused"),
                            ("discarded", "Discarded"),
                            ("failed", "Interrupted"),
                        ],
                        default="uploaded",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("file_name", models.CharField(max_length=200, verbose_name="file")),
                ("file_sha256", models.CharField(max_length=64, verbose_name="SHA-256 of the file")),
                ("file_format", models.CharField(blank=True, max_length=10, verbose_name="format")),
                ("encoding", models.CharField(blank=True, max_length=20, verbose_name="encoding")),
                ("sheets", models.JSONField(default=list, verbose_name="sheets")),
                ("notices", models.JSONField(default=list, verbose_name="notices about the file")),
                ("mapping", models.JSONField(blank=True, default=dict, verbose_name="chosen columns")),
                ("refusal", models.CharField(blank=True, max_length=40, verbose_name="reason of refusal")),
                (
                    "refusal_details",
                    models.JSONField(blank=True, default=dict, verbose_name="details of the refusal"),
                ),
                ("counts", models.JSONField(default=dict, verbose_name="counts")),
                (
                    "verdict_digest",
                    models.CharField(blank=True, max_length=64, verbose_name="digest of the judged rows"),
                ),
                ("judged_at", models.DateTimeField(blank=True, null=True, verbose_name="judged at")),
                ("uploaded_at", models.DateTimeField(verbose_name="uploaded at")),
                ("applied_at", models.DateTimeField(blank=True, null=True, verbose_name="applied at")),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="confirmed by",
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
                        to="workers.roster",
                    ),
                ),
                (
                    "uploaded_by",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="uploaded by",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="RosterRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sheet", models.CharField(blank=True, max_length=60, verbose_name="sheet")),
                ("row", models.PositiveIntegerField(verbose_name="line")),
                (
                    "verdict",
                    models.CharField(
                        choices=[("accept", "Accepted"), ("hold", "On hold"), ("reject", "Rejected")],
                        max_length=6,
                        verbose_name="verdict",
                    ),
                ),
                (
                    "action",
                    models.CharField(
                        choices=[
                            ("new", "New"),
                            ("changed", "Changed"),
                            ("unchanged", "Unchanged"),
                            ("joined", "Joined"),
                            ("none", "None"),
                        ],
                        default="none",
                        max_length=9,
                        verbose_name="action",
                    ),
                ),
                ("codes", models.JSONField(default=list, verbose_name="findings")),
                ("name", models.CharField(blank=True, max_length=100, verbose_name="full name")),
                (
                    "name_key",
                    models.CharField(blank=True, max_length=100, verbose_name="name for comparison"),
                ),
                (
                    "document_kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("resident_id", "Resident identity card"),
                            ("hk_macao_residence", "Residence permit for Hong Kong and Macao residents"),
                            ("taiwan_residence", "Residence permit for Taiwan residents"),
                            ("hk_macao_permit", "Mainland travel permit for Hong Kong and Macao residents"),
                            ("taiwan_permit", "Mainland travel permit for Taiwan residents"),
                            ("foreigner_card", "Foreign permanent resident identity card"),
                            ("passport", "Passport"),
                        ],
                        max_length=24,
                        verbose_name="document kind",
                    ),
                ),
                ("issuer", models.CharField(blank=True, max_length=3, verbose_name="issuing country")),
                (
                    "number",
                    unionbenefits.core.crypto.fields.SealedTextField(
                        null=True, staged_for="workers.identitydocument.number", verbose_name="number"
                    ),
                ),
                (
                    "number_digest",
                    unionbenefits.core.crypto.fields.BlindIndexField(
                        max_length=32, null=True, purpose="document.number", verbose_name="number index"
                    ),
                ),
                (
                    "phone",
                    unionbenefits.core.crypto.fields.SealedTextField(
                        null=True, staged_for="workers.worker.phone", verbose_name="phone"
                    ),
                ),
                (
                    "phone_digest",
                    unionbenefits.core.crypto.fields.BlindIndexField(
                        max_length=32, null=True, purpose="phone", verbose_name="phone index"
                    ),
                ),
                (
                    "sex",
                    models.CharField(
                        blank=True,
                        choices=[("male", "Male"), ("female", "Female")],
                        max_length=6,
                        verbose_name="sex",
                    ),
                ),
                ("birth_date", models.DateField(null=True, verbose_name="birth date")),
                (
                    "occupation",
                    models.CharField(
                        blank=True,
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
                        verbose_name="occupation",
                    ),
                ),
                (
                    "occupation_as_given",
                    models.CharField(blank=True, max_length=60, verbose_name="occupation as written"),
                ),
                (
                    "work_relation",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("employment", "Employment relation"),
                            ("new_form", "New form of employment relation"),
                            ("civil", "Civil relation between equals"),
                        ],
                        max_length=16,
                        verbose_name="work relation",
                    ),
                ),
                ("joined_on", models.DateField(null=True, verbose_name="since")),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="note")),
                (
                    "cleared",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20),
                        default=list,
                        size=None,
                        verbose_name="cleared fields",
                    ),
                ),
                (
                    "cells",
                    unionbenefits.core.crypto.fields.SealedTextField(
                        null=True, verbose_name="cells as written"
                    ),
                ),
                (
                    "enterprise",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="enterprises.enterprise",
                        verbose_name="enterprise",
                    ),
                ),
                (
                    "roster",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="rows",
                        to="workers.roster",
                        verbose_name="roster",
                    ),
                ),
                (
                    "worker",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="workers.worker",
                        verbose_name="worker",
                    ),
                ),
                (
                    "basic_insurance",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("employee", "Basic medical insurance for employees"),
                            ("resident", "Basic medical insurance for residents"),
                            ("none", "No basic medical insurance"),
                        ],
                        db_default="",
                        max_length=10,
                        verbose_name="basic insurance",
                    ),
                ),
                ("real_name_checked_on", models.DateField(null=True, verbose_name="real-name check on")),
            ],
            options={
                "verbose_name": "roster row",
                "verbose_name_plural": "roster rows",
                "ordering": ["roster", "id"],
                "indexes": [models.Index(fields=["roster", "id"], name="rosterrow_in_file_order")],
            },
        ),
        migrations.CreateModel(
            name="PairDecision",
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
                            ("resident_id", "Resident identity card"),
                            ("hk_macao_residence", "Residence permit for Hong Kong and Macao residents"),
                            ("taiwan_residence", "Residence permit for Taiwan residents"),
                            ("hk_macao_permit", "Mainland travel permit for Hong Kong and Macao residents"),
                            ("taiwan_permit", "Mainland travel permit for Taiwan residents"),
                            ("foreigner_card", "Foreign permanent resident identity card"),
                            ("passport", "Passport"),
                        ],
                        max_length=24,
                        verbose_name="document kind",
                    ),
                ),
                ("issuer", models.CharField(blank=True, max_length=3, verbose_name="issuing country")),
                (
                    "number_digest",
                    unionbenefits.core.crypto.fields.BlindIndexField(
                        max_length=32, purpose="document.number", verbose_name="number index"
                    ),
                ),
                (
                    "name_key",
                    models.CharField(blank=True, max_length=100, verbose_name="name for comparison"),
                ),
                (
                    "answer",
                    models.CharField(
                        choices=[
                            ("same", "Same person"),
                            ("renamed", "Same person, new name"),
                            ("apart", "Another person"),
                        ],
                        max_length=7,
                        verbose_name="answer",
                    ),
                ),
                ("decided_at", models.DateTimeField(verbose_name="decided at")),
                ("withdrawn_at", models.DateTimeField(null=True, verbose_name="withdrawn at")),
                (
                    "decided_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="decided by",
                    ),
                ),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="withdrawn by",
                    ),
                ),
                (
                    "worker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="workers.worker",
                        verbose_name="worker",
                    ),
                ),
            ],
            options={
                "verbose_name": "decided pair",
                "verbose_name_plural": "decided pairs",
                "ordering": ["-id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("withdrawn_at__isnull", True)),
                        fields=("number_digest", "kind", "issuer", "worker", "name_key"),
                        name="pair_decided_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("answer", "same"), ("name_key", ""), ("withdrawn_at__isnull", True)
                        ),
                        fields=("number_digest", "kind", "issuer"),
                        name="pair_document_is_of_one",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("withdrawn_at__isnull", True), ("withdrawn_by__isnull", True)),
                            models.Q(("withdrawn_at__isnull", False), ("withdrawn_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="pair_withdrawn_by_somebody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RowDecision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sheet", models.CharField(blank=True, max_length=60, verbose_name="sheet")),
                ("row", models.PositiveIntegerField(verbose_name="line")),
                ("code", models.CharField(max_length=40, verbose_name="finding")),
                ("field", models.CharField(blank=True, max_length=20, verbose_name="field")),
                (
                    "subject",
                    unionbenefits.core.crypto.fields.BlindIndexField(
                        max_length=32, purpose="roster.row", verbose_name="index of what the row says"
                    ),
                ),
                (
                    "choice",
                    models.CharField(
                        choices=[
                            ("proposed", "Accepted as proposed"),
                            ("written", "Accepted as written"),
                            ("chosen", "Value chosen"),
                            ("blank", "Accepted without this value"),
                            ("same", "Same person"),
                            ("renamed", "Same person, new name"),
                            ("apart", "Another person"),
                            ("left_out", "Left out"),
                        ],
                        max_length=8,
                        verbose_name="decision",
                    ),
                ),
                (
                    "value",
                    unionbenefits.core.crypto.fields.SealedTextField(null=True, verbose_name="chosen value"),
                ),
                ("before", unionbenefits.core.crypto.fields.SealedTextField(verbose_name="row as judged")),
                ("decided_at", models.DateTimeField(verbose_name="decided at")),
                ("applied_at", models.DateTimeField(null=True, verbose_name="applied at")),
                (
                    "decided_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="decided by",
                    ),
                ),
                (
                    "roster",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="decisions",
                        to="workers.roster",
                        verbose_name="roster",
                    ),
                ),
            ],
            options={
                "verbose_name": "decision on a row",
                "verbose_name_plural": "decisions on rows",
                "ordering": ["id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("roster", "sheet", "row", "code", "field"), name="row_decided_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Consent",
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
                            ("medical", "Medical data for a claim"),
                            ("bank", "Bank account for payments"),
                            ("messages", "Text messages"),
                        ],
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                ("text_version", models.CharField(max_length=20, verbose_name="version of the text")),
                ("given_at", models.DateTimeField(verbose_name="given at")),
                (
                    "given_through",
                    models.CharField(
                        help_text="As in the audit log: the worker or an officer.",
                        max_length=150,
                        verbose_name="given through",
                    ),
                ),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True, verbose_name="withdrawn at")),
                (
                    "worker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="consents",
                        to="workers.worker",
                        verbose_name="worker",
                    ),
                ),
            ],
            options={
                "verbose_name": "consent",
                "verbose_name_plural": "consents",
                "ordering": ["-id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("withdrawn_at__isnull", True)),
                        fields=("worker", "kind"),
                        name="consent_open_once_per_kind",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Message",
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
                            ("cover_issued", "Cover was given"),
                            ("cover_ended", "Cover was withdrawn"),
                            ("cover_lapsing", "Cover is about to end"),
                            ("never_opened", "Reminder: you are covered"),
                            ("claim_filed", "Claim received"),
                            ("claim_asked", "Claim: something is missing"),
                            ("claim_unanswered", "Claim: the day to answer has passed"),
                            ("claim_decided", "Claim decided"),
                            ("claim_reopened", "Claim looked at again"),
                            ("claim_appealed", "Appeal received"),
                            ("appeal_decided", "Appeal decided"),
                            ("payment_sent", "Payment on its way"),
                            ("payment_paid", "Payment arrived"),
                            ("payment_returned", "Payment came back"),
                            ("phone_changed", "Phone changed"),
                            ("request_decided", "Request about own data decided"),
                        ],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                (
                    "about",
                    models.CharField(help_text="Such as coverage:12.", max_length=60, verbose_name="about"),
                ),
                ("params", models.JSONField(blank=True, default=dict, verbose_name="values")),
                ("created_at", models.DateTimeField(verbose_name="made at")),
                ("read_at", models.DateTimeField(blank=True, null=True, verbose_name="read at")),
                ("text_wanted", models.BooleanField(default=False, verbose_name="by text message too")),
                (
                    "texted_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="given to the text queue at"),
                ),
                (
                    "worker",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="messages",
                        to="workers.worker",
                        verbose_name="worker",
                    ),
                ),
                (
                    "not_texted",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("read", "Read in the portal before"),
                            ("opened", "Signed in before"),
                            ("stale", "Too old to be news"),
                            ("died", "Died"),
                            ("no_phone", "No phone on file"),
                            ("refused", "Wants no text messages"),
                        ],
                        db_default="",
                        max_length=10,
                        verbose_name="why no text message",
                    ),
                ),
                (
                    "sms",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="accounts.smsmessage",
                        verbose_name="text message",
                    ),
                ),
            ],
            options={
                "verbose_name": "message to a worker",
                "verbose_name_plural": "messages to workers",
                "ordering": ["-id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("text_wanted", True), ("texted_at__isnull", True)),
                        fields=["id"],
                        name="message_to_text",
                    ),
                    models.Index(
                        condition=models.Q(("kind", "never_opened")),
                        fields=["about", "id"],
                        name="message_of_wave",
                    ),
                    models.Index(
                        condition=models.Q(("texted_at__isnull", False)),
                        fields=["texted_at", "kind"],
                        name="message_texted",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("worker", "kind", "about"), name="message_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="BankAccount",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("account", unionbenefits.core.crypto.fields.SealedTextField(verbose_name="bank account")),
                ("bank_name", models.CharField(blank=True, max_length=80, verbose_name="bank")),
                ("set_at", models.DateTimeField(verbose_name="written down at")),
                (
                    "set_through",
                    models.CharField(
                        help_text="As in the audit log.", max_length=150, verbose_name="written down through"
                    ),
                ),
                (
                    "worker",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bank_account",
                        to="workers.worker",
                        verbose_name="worker",
                    ),
                ),
            ],
            options={
                "verbose_name": "bank account of a worker",
                "verbose_name_plural": "bank accounts of workers",
            },
        ),
        migrations.CreateModel(
            name="DataRequest",
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
                        choices=[("correction", "Put something right"), ("erasure", "Erase my data")],
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                (
                    "field",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("name", "Name"),
                            ("number", "Document number"),
                            ("other", "Something else"),
                        ],
                        max_length=12,
                        verbose_name="what is wrong",
                    ),
                ),
                (
                    "wanted",
                    unionbenefits.core.crypto.fields.SealedTextField(
                        blank=True, null=True, verbose_name="what it should be"
                    ),
                ),
                (
                    "words",
                    unionbenefits.core.crypto.fields.SealedTextField(
                        blank=True, null=True, verbose_name="the worker's words"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Waiting for an officer"),
                            ("granted", "Granted"),
                            ("refused", "Refused"),
                            ("taken_back", "Taken back"),
                        ],
                        default="open",
                        max_length=12,
                        verbose_name="state",
                    ),
                ),
                ("asked_at", models.DateTimeField(verbose_name="asked at")),
                ("answer", models.CharField(blank=True, max_length=500, verbose_name="answer")),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="decided at")),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decided_data_requests",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="decided by",
                    ),
                ),
                (
                    "worker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="data_requests",
                        to="workers.worker",
                        verbose_name="worker",
                    ),
                ),
            ],
            options={
                "verbose_name": "request about own data",
                "verbose_name_plural": "requests about own data",
                "ordering": ["-id"],
                "permissions": [("decide_datarequest", "Can decide what workers ask about their data")],
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "open")), fields=["id"], name="data_request_open"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "open")),
                        fields=("worker", "kind", "field"),
                        name="data_request_open_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_by__isnull", True), ("state__in", ["open", "taken_back"])),
                            models.Q(
                                ("decided_at__isnull", False),
                                ("decided_by__isnull", False),
                                ("state__in", ["granted", "refused"]),
                                models.Q(("answer", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="data_request_decided_has_person",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("field", ""), ("kind", "erasure")),
                            models.Q(("kind", "correction"), models.Q(("field", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="data_request_field_fits_kind",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Erasure",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("erased_at", models.DateTimeField(verbose_name="erased at")),
                (
                    "erased_by",
                    models.CharField(
                        help_text="As in the audit log.", max_length=150, verbose_name="erased by"
                    ),
                ),
                ("reason", models.CharField(max_length=200, verbose_name="reason")),
                ("kept_until", models.DateField(blank=True, null=True, verbose_name="vouchers kept until")),
                (
                    "sealed",
                    unionbenefits.core.crypto.fields.SealedTextField(
                        blank=True, null=True, verbose_name="sealed vouchers"
                    ),
                ),
                (
                    "worker",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="erasure",
                        to="workers.worker",
                        verbose_name="worker",
                    ),
                ),
            ],
            options={
                "verbose_name": "erasure",
                "verbose_name_plural": "erasures",
                "ordering": ["-id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("sealed__isnull", False)),
                        fields=["kept_until"],
                        name="erasure_kept_until",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PhoneChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "through",
                    models.CharField(
                        choices=[
                            ("officer", "A union officer, with the document in hand"),
                            ("worker", "The worker, with codes on both phones"),
                        ],
                        max_length=10,
                        verbose_name="changed by",
                    ),
                ),
                (
                    "check_made",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("reader", "Identity card read by a card reader"),
                            ("original", "Original document seen, photo compared with the person"),
                            ("digital", "Digital identity card shown in the official app, photo compared"),
                        ],
                        max_length=10,
                        verbose_name="check made",
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="reason")),
                ("changed_at", models.DateTimeField(verbose_name="changed at")),
                (
                    "old_phone",
                    unionbenefits.core.crypto.fields.SealedTextField(
                        blank=True, null=True, verbose_name="old phone"
                    ),
                ),
                (
                    "new_digest",
                    unionbenefits.core.crypto.fields.BlindIndexField(
                        max_length=32, purpose="phone", verbose_name="new phone index"
                    ),
                ),
                (
                    "shared",
                    models.BooleanField(
                        default=False,
                        help_text="Another person on file had given the same number.",
                        verbose_name="shared phone",
                    ),
                ),
                ("taken_back_at", models.DateTimeField(blank=True, null=True, verbose_name="taken back at")),
                (
                    "taken_back_reason",
                    models.CharField(blank=True, max_length=200, verbose_name="why taken back"),
                ),
                (
                    "officer",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="phone_changes",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="officer",
                    ),
                ),
                (
                    "taken_back_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="taken back by",
                    ),
                ),
                (
                    "worker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="phone_changes",
                        to="workers.worker",
                        verbose_name="worker",
                    ),
                ),
                ("examined_at", models.DateTimeField(blank=True, null=True, verbose_name="examined at")),
                (
                    "examined_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="examined by",
                    ),
                ),
            ],
            options={
                "verbose_name": "change of a phone",
                "verbose_name_plural": "changes of phones",
                "ordering": ["-id"],
                "permissions": [
                    ("change_phone", "Can change a worker's phone with the document in hand"),
                    ("take_back_phone", "Can take back another officer's change of a phone"),
                ],
                "indexes": [models.Index(fields=["changed_at"], name="phonechange_at")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("check_made", ""), ("officer__isnull", True), ("through", "worker")),
                            models.Q(
                                ("officer__isnull", False),
                                ("through", "officer"),
                                models.Q(("check_made", ""), _negated=True),
                                models.Q(("reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="phonechange_officer_checked",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("taken_back_at__isnull", True), ("taken_back_by__isnull", True)),
                            models.Q(
                                ("taken_back_at__isnull", False),
                                ("taken_back_by__isnull", False),
                                models.Q(
                                    ("officer__isnull", True),
                                    models.Q(("taken_back_by", models.F("officer")), _negated=True),
                                    _connector="OR",
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="phonechange_taken_back_by_another",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("examined_at__isnull", True), ("examined_by__isnull", True)),
                            models.Q(
                                ("examined_at__isnull", False),
                                ("examined_by__isnull", False),
                                models.Q(
                                    ("officer__isnull", True),
                                    models.Q(("examined_by", models.F("officer")), _negated=True),
                                    _connector="OR",
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="phonechange_examined_by_another",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SignIn",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "phone_digest",
                    unionbenefits.core.crypto.fields.BlindIndexField(
                        max_length=32, purpose="phone", verbose_name="phone index"
                    ),
                ),
                (
                    "device",
                    models.CharField(
                        choices=[
                            ("iphone", "iPhone"),
                            ("android", "Android phone"),
                            ("harmony", "Huawei phone (HarmonyOS)"),
                            ("tablet", "Tablet"),
                            ("windows", "Windows computer"),
                            ("mac", "Mac computer"),
                            ("other", "Computer or other device"),
                        ],
                        max_length=10,
                        verbose_name="device",
                    ),
                ),
                (
                    "address",
                    unionbenefits.core.crypto.fields.SealedTextField(verbose_name="address, in part"),
                ),
                ("began_at", models.DateTimeField(verbose_name="signed in at")),
                ("seen_at", models.DateTimeField(verbose_name="last page at")),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="ended at")),
                (
                    "end",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("signed_out", "Signed out"),
                            ("elsewhere", "Signed out from another device"),
                            ("replaced", "Somebody signed in on the same device"),
                            ("idle", "Not used for half an hour"),
                            ("old", "Eight hours were over"),
                            ("phone", "The phone number was changed"),
                            ("closed", "Ended by the union"),
                        ],
                        max_length=10,
                        verbose_name="ended by",
                    ),
                ),
                (
                    "worker",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sign_ins",
                        to="workers.worker",
                        verbose_name="worker",
                    ),
                ),
            ],
            options={
                "verbose_name": "sign-in of a worker",
                "verbose_name_plural": "sign-ins of workers",
                "ordering": ["-id"],
                "indexes": [
                    models.Index(fields=["worker", "-id"], name="signin_of_worker"),
                    models.Index(fields=["began_at"], name="signin_began"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("end", ""), ("ended_at__isnull", True)),
                            models.Q(("ended_at__isnull", False), models.Q(("end", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="signin_end_has_time",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="FirstOpening",
            fields=[
                (
                    "worker",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="first_opening",
                        serialize=False,
                        to="workers.worker",
                        verbose_name="worker",
                    ),
                ),
                ("first_at", models.DateTimeField(verbose_name="first signed in at")),
            ],
            options={
                "verbose_name": "first sign-in of a worker",
                "verbose_name_plural": "first sign-ins of workers",
            },
        ),
        migrations.CreateModel(
            name="Reveal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="time")),
                (
                    "field",
                    models.CharField(
                        choices=[
                            ("document", "Document number"),
                            ("phone", "Phone"),
                            ("account", "Bank account"),
                        ],
                        max_length=10,
                        verbose_name="shown",
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("identity", "To check who the person is"),
                            ("contact", "To reach the person"),
                            ("record", "To put a roster or a record right"),
                            ("claim", "To examine a claim"),
                            ("payment", "To settle a payment"),
                            ("request", "The person asked for it"),
                            ("authority", "An authority asked for it in writing"),
                            ("other", "Something else, said below"),
                        ],
                        max_length=10,
                        verbose_name="reason",
                    ),
                ),
                (
                    "words",
                    unionbenefits.core.crypto.fields.SealedTextField(
                        null=True, verbose_name="reason in words"
                    ),
                ),
                ("role", models.CharField(blank=True, max_length=20, verbose_name="role")),
                ("is_clerk", models.BooleanField(default=False, verbose_name="at an enterprise")),
                (
                    "flags",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=10),
                        default=list,
                        size=None,
                        verbose_name="unusual",
                    ),
                ),
                ("weight", models.PositiveSmallIntegerField(default=0, verbose_name="weight")),
                ("in_day", models.PositiveSmallIntegerField(default=1, verbose_name="looks within a day")),
                ("seen_at", models.DateTimeField(blank=True, null=True, verbose_name="examined at")),
                (
                    "finding",
                    unionbenefits.core.crypto.fields.SealedTextField(
                        blank=True, null=True, verbose_name="what was found"
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reveals",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="officer",
                    ),
                ),
                (
                    "seen_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="examined by",
                    ),
                ),
                (
                    "union",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="unions.union",
                        verbose_name="union of the post",
                    ),
                ),
                (
                    "worker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reveals",
                        to="workers.worker",
                        verbose_name="worker",
                    ),
                ),
            ],
            options={
                "verbose_name": "look at a hidden value",
                "verbose_name_plural": "looks at hidden values",
                "ordering": ["-id"],
                "permissions": [
                    ("reveal_worker", "Can see a document number or phone in full"),
                    ("reveal_account", "Can see a bank account in full"),
                    ("review_reveal", "Can examine unusual looks of officers below"),
                ],
                "indexes": [
                    models.Index(fields=["by", "at"], name="reveal_by_day"),
                    models.Index(
                        condition=models.Q(("seen_at__isnull", True), ("weight__gt", 0)),
                        fields=["id"],
                        name="reveal_unseen",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("seen_at__isnull", True), ("seen_by__isnull", True)),
                            models.Q(
                                ("seen_at__isnull", False),
                                ("seen_by__isnull", False),
                                models.Q(("seen_by", models.F("by")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="reveal_examined_by_another",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="RosterLeaver",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("confirmed", models.BooleanField(default=False, verbose_name="has left")),
                ("ended", models.BooleanField(default=False, verbose_name="ended")),
                (
                    "membership",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="workers.membership",
                        verbose_name="membership",
                    ),
                ),
                (
                    "roster",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="leavers",
                        to="workers.roster",
                        verbose_name="roster",
                    ),
                ),
            ],
            options={
                "verbose_name": "leaver",
                "verbose_name_plural": "leavers",
                "ordering": ["id"],
                "constraints": [
                    models.UniqueConstraint(fields=("roster", "membership"), name="roster_leaver_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="MembershipEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "occupation",
                    models.CharField(
                        blank=True,
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
                        verbose_name="occupation",
                    ),
                ),
                (
                    "occupation_as_given",
                    models.CharField(blank=True, max_length=60, verbose_name="occupation as written"),
                ),
                (
                    "work_relation",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("employment", "Employment relation"),
                            ("new_form", "New form of employment relation"),
                            ("civil", "Civil relation between equals"),
                        ],
                        max_length=16,
                        verbose_name="work relation",
                    ),
                ),
                ("joined_on", models.DateField(blank=True, null=True, verbose_name="since")),
                ("left_on", models.DateField(blank=True, null=True, verbose_name="until")),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="note")),
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
                        to="workers.membership",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="workers.roster",
                        verbose_name="from roster",
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
            name="IdentityDocumentEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("resident_id", "Resident identity card"),
                            ("hk_macao_residence", "Residence permit for Hong Kong and Macao residents"),
                            ("taiwan_residence", "Residence permit for Taiwan residents"),
                            ("hk_macao_permit", "Mainland travel permit for Hong Kong and Macao residents"),
                            ("taiwan_permit", "Mainland travel permit for Taiwan residents"),
                            ("foreigner_card", "Foreign permanent resident identity card"),
                            ("passport", "Passport"),
                        ],
                        max_length=24,
                        verbose_name="kind",
                    ),
                ),
                (
                    "issuer",
                    models.CharField(
                        blank=True,
                        help_text="Of a passport, such as VNM.",
                        max_length=3,
                        verbose_name="issuing country",
                    ),
                ),
                ("number", unionbenefits.core.crypto.fields.SealedTextField(verbose_name="number")),
                (
                    "number_digest",
                    unionbenefits.core.crypto.fields.BlindIndexField(
                        max_length=32, purpose="document.number", verbose_name="number index"
                    ),
                ),
                (
                    "retired_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="no longer valid since"),
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
                        to="workers.identitydocument",
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
            name="PairDecisionEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("resident_id", "Resident identity card"),
                            ("hk_macao_residence", "Residence permit for Hong Kong and Macao residents"),
                            ("taiwan_residence", "Residence permit for Taiwan residents"),
                            ("hk_macao_permit", "Mainland travel permit for Hong Kong and Macao residents"),
                            ("taiwan_permit", "Mainland travel permit for Taiwan residents"),
                            ("foreigner_card", "Foreign permanent resident identity card"),
                            ("passport", "Passport"),
                        ],
                        max_length=24,
                        verbose_name="document kind",
                    ),
                ),
                ("issuer", models.CharField(blank=True, max_length=3, verbose_name="issuing country")),
                (
                    "number_digest",
                    unionbenefits.core.crypto.fields.BlindIndexField(
                        max_length=32, purpose="document.number", verbose_name="number index"
                    ),
                ),
                (
                    "name_key",
                    models.CharField(blank=True, max_length=100, verbose_name="name for comparison"),
                ),
                (
                    "answer",
                    models.CharField(
                        choices=[
                            ("same", "Same person"),
                            ("renamed", "Same person, new name"),
                            ("apart", "Another person"),
                        ],
                        max_length=7,
                        verbose_name="answer",
                    ),
                ),
                ("decided_at", models.DateTimeField(verbose_name="decided at")),
                ("withdrawn_at", models.DateTimeField(null=True, verbose_name="withdrawn at")),
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
                        to="workers.pairdecision",
                    ),
                ),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="withdrawn by",
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
            name="RowDecisionEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("sheet", models.CharField(blank=True, max_length=60, verbose_name="sheet")),
                ("row", models.PositiveIntegerField(verbose_name="line")),
                ("code", models.CharField(max_length=40, verbose_name="finding")),
                ("field", models.CharField(blank=True, max_length=20, verbose_name="field")),
                (
                    "subject",
                    unionbenefits.core.crypto.fields.BlindIndexField(
                        max_length=32, purpose="roster.row", verbose_name="index of what the row says"
                    ),
                ),
                (
                    "choice",
                    models.CharField(
                        choices=[
                            ("proposed", "Accepted as proposed"),
                            ("written", "Accepted as written"),
                            ("chosen", "Value chosen"),
                            ("blank", "Accepted without this value"),
                            ("same", "Same person"),
                            ("renamed", "Same person, new name"),
                            ("apart", "Another person"),
                            ("left_out", "Left out"),
                        ],
                        max_length=8,
                        verbose_name="decision",
                    ),
                ),
                (
                    "value",
                    unionbenefits.core.crypto.fields.SealedTextField(null=True, verbose_name="chosen value"),
                ),
                ("before", unionbenefits.core.crypto.fields.SealedTextField(verbose_name="row as judged")),
                ("decided_at", models.DateTimeField(verbose_name="decided at")),
                ("applied_at", models.DateTimeField(null=True, verbose_name="applied at")),
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
                        to="workers.rowdecision",
                    ),
                ),
                (
                    "roster",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="workers.roster",
                        verbose_name="roster",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ConsentEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("medical", "Medical data for a claim"),
                            ("bank", "Bank account for payments"),
                            ("messages", "Text messages"),
                        ],
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                ("text_version", models.CharField(max_length=20, verbose_name="version of the text")),
                ("given_at", models.DateTimeField(verbose_name="given at")),
                (
                    "given_through",
                    models.CharField(
                        help_text="As in the audit log: the worker or an officer.",
                        max_length=150,
                        verbose_name="given through",
                    ),
                ),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True, verbose_name="withdrawn at")),
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
                        to="workers.consent",
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
            name="BankAccountEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("account", unionbenefits.core.crypto.fields.SealedTextField(verbose_name="bank account")),
                ("bank_name", models.CharField(blank=True, max_length=80, verbose_name="bank")),
                ("set_at", models.DateTimeField(verbose_name="written down at")),
                (
                    "set_through",
                    models.CharField(
                        help_text="As in the audit log.", max_length=150, verbose_name="written down through"
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
                        to="workers.bankaccount",
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
            name="DataRequestEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[("correction", "Put something right"), ("erasure", "Erase my data")],
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                (
                    "field",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("name", "Name"),
                            ("number", "Document number"),
                            ("other", "Something else"),
                        ],
                        max_length=12,
                        verbose_name="what is wrong",
                    ),
                ),
                (
                    "wanted",
                    unionbenefits.core.crypto.fields.SealedTextField(
                        blank=True, null=True, verbose_name="what it should be"
                    ),
                ),
                (
                    "words",
                    unionbenefits.core.crypto.fields.SealedTextField(
                        blank=True, null=True, verbose_name="the worker's words"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Waiting for an officer"),
                            ("granted", "Granted"),
                            ("refused", "Refused"),
                            ("taken_back", "Taken back"),
                        ],
                        default="open",
                        max_length=12,
                        verbose_name="state",
                    ),
                ),
                ("asked_at", models.DateTimeField(verbose_name="asked at")),
                ("answer", models.CharField(blank=True, max_length=500, verbose_name="answer")),
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
                        to="workers.datarequest",
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
            name="RevealEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("at", models.DateTimeField(verbose_name="time")),
                (
                    "field",
                    models.CharField(
                        choices=[
                            ("document", "Document number"),
                            ("phone", "Phone"),
                            ("account", "Bank account"),
                        ],
                        max_length=10,
                        verbose_name="shown",
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("identity", "To check who the person is"),
                            ("contact", "To reach the person"),
                            ("record", "To put a roster or a record right"),
                            ("claim", "To examine a claim"),
                            ("payment", "To settle a payment"),
                            ("request", "The person asked for it"),
                            ("authority", "An authority asked for it in writing"),
                            ("other", "Something else, said below"),
                        ],
                        max_length=10,
                        verbose_name="reason",
                    ),
                ),
                (
                    "words",
                    unionbenefits.core.crypto.fields.SealedTextField(
                        null=True, verbose_name="reason in words"
                    ),
                ),
                ("role", models.CharField(blank=True, max_length=20, verbose_name="role")),
                ("is_clerk", models.BooleanField(default=False, verbose_name="at an enterprise")),
                (
                    "flags",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=10),
                        default=list,
                        size=None,
                        verbose_name="unusual",
                    ),
                ),
                ("weight", models.PositiveSmallIntegerField(default=0, verbose_name="weight")),
                ("in_day", models.PositiveSmallIntegerField(default=1, verbose_name="looks within a day")),
                ("seen_at", models.DateTimeField(blank=True, null=True, verbose_name="examined at")),
                (
                    "finding",
                    unionbenefits.core.crypto.fields.SealedTextField(
                        blank=True, null=True, verbose_name="what was found"
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="officer",
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
                        to="workers.reveal",
                    ),
                ),
                (
                    "seen_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="examined by",
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
                        verbose_name="union of the post",
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
        unionbenefits.core.migration_operations.AddTriggers(
            model_name="roster",
            triggers=[
                pgtrigger.compiler.Trigger(
                    name="insert_insert",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workers_rosterevent" ("applied_at", "as_clerk", "confirmed_by_id", "counts", "encoding", "enterprise_id", "file_format", "file_name", "file_sha256", "id", "judged_at", "mapping", "mode", "notices", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "refusal", "refusal_details", "sheets", "state", "uploaded_at", "uploaded_by_id", "verdict_digest") SELECT new_values."applied_at", new_values."as_clerk", new_values."confirmed_by_id", new_values."counts", new_values."encoding", new_values."enterprise_id", new_values."file_format", new_values."file_name", new_values."file_sha256", new_values."id", new_values."judged_at", new_values."mapping", new_values."mode", new_values."notices", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."refusal", new_values."refusal_details", new_values."sheets", new_values."state", new_values."uploaded_at", new_values."uploaded_by_id", new_values."verdict_digest" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                        hash="8ba95013f075d702edc4dc55204c7e6edad9c12d",
                        level="STATEMENT",
                        operation="INSERT",
                        pgid="pgtrigger_insert_insert_6102d",
                        referencing="REFERENCING NEW TABLE AS new_values ",
                        table="workers_roster",
                        when="AFTER",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="update_update",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workers_rosterevent" ("applied_at", "as_clerk", "confirmed_by_id", "counts", "encoding", "enterprise_id", "file_format", "file_name", "file_sha256", "id", "judged_at", "mapping", "mode", "notices", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "refusal", "refusal_details", "sheets", "state", "uploaded_at", "uploaded_by_id", "verdict_digest") SELECT new_values."applied_at", new_values."as_clerk", new_values."confirmed_by_id", new_values."counts", new_values."encoding", new_values."enterprise_id", new_values."file_format", new_values."file_name", new_values."file_sha256", new_values."id", new_values."judged_at", new_values."mapping", new_values."mode", new_values."notices", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."refusal", new_values."refusal_details", new_values."sheets", new_values."state", new_values."uploaded_at", new_values."uploaded_by_id", new_values."verdict_digest" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."applied_at" IS DISTINCT FROM (new_values."applied_at") OR old_values."as_clerk" IS DISTINCT FROM (new_values."as_clerk") OR old_values."confirmed_by_id" IS DISTINCT FROM (new_values."confirmed_by_id") OR old_values."counts" IS DISTINCT FROM (new_values."counts") OR old_values."encoding" IS DISTINCT FROM (new_values."encoding") OR old_values."enterprise_id" IS DISTINCT FROM (new_values."enterprise_id") OR old_values."file_format" IS DISTINCT FROM (new_values."file_format") OR old_values."file_name" IS DISTINCT FROM (new_values."file_name") OR old_values."file_sha256" IS DISTINCT FROM (new_values."file_sha256") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."judged_at" IS DISTINCT FROM (new_values."judged_at") OR old_values."mapping" IS DISTINCT FROM (new_values."mapping") OR old_values."mode" IS DISTINCT FROM (new_values."mode") OR old_values."notices" IS DISTINCT FROM (new_values."notices") OR old_values."refusal" IS DISTINCT FROM (new_values."refusal") OR old_values."refusal_details" IS DISTINCT FROM (new_values."refusal_details") OR old_values."sheets" IS DISTINCT FROM (new_values."sheets") OR old_values."state" IS DISTINCT FROM (new_values."state") OR old_values."uploaded_at" IS DISTINCT FROM (new_values."uploaded_at") OR old_values."uploaded_by_id" IS DISTINCT FROM (new_values."uploaded_by_id") OR old_values."verdict_digest" IS DISTINCT FROM (new_values."verdict_digest")) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                        hash="d01c404c5205514ecb3007954e62c569d3d0e41a",
                        level="STATEMENT",
                        operation="UPDATE",
                        pgid="pgtrigger_update_update_11455",
                        referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                        table="workers_roster",
                        when="AFTER",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="delete_delete",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workers_rosterevent" ("applied_at", "as_clerk", "confirmed_by_id", "counts", "encoding", "enterprise_id", "file_format", "file_name", "file_sha256", "id", "judged_at", "mapping", "mode", "notices", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "refusal", "refusal_details", "sheets", "state", "uploaded_at", "uploaded_by_id", "verdict_digest") SELECT old_values."applied_at", old_values."as_clerk", old_values."confirmed_by_id", old_values."counts", old_values."encoding", old_values."enterprise_id", old_values."file_format", old_values."file_name", old_values."file_sha256", old_values."id", old_values."judged_at", old_values."mapping", old_values."mode", old_values."notices", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."refusal", old_values."refusal_details", old_values."sheets", old_values."state", old_values."uploaded_at", old_values."uploaded_by_id", old_values."verdict_digest" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                        hash="64a7ff9e764ac671ebda9122e5740815599994da",
                        level="STATEMENT",
                        operation="DELETE",
                        pgid="pgtrigger_delete_delete_96c5f",
                        referencing="REFERENCING OLD TABLE AS old_values ",
                        table="workers_roster",
                        when="AFTER",
                    ),
                ),
            ],
        ),
        unionbenefits.core.migration_operations.AddTriggers(
            model_name="worker",
            triggers=[
                pgtrigger.compiler.Trigger(
                    name="insert_insert",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workers_workerevent" ("basic_insurance", "birth_date", "created_at", "died_on", "id", "name", "name_key", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "phone_digest", "real_name_checked_on", "retirement_track", "sex") SELECT new_values."basic_insurance", new_values."birth_date", new_values."created_at", new_values."died_on", new_values."id", new_values."name", new_values."name_key", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."phone", new_values."phone_digest", new_values."real_name_checked_on", new_values."retirement_track", new_values."sex" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                        hash="a1a03971bab4c3cfe1655930737019c7996ab31e",
                        level="STATEMENT",
                        operation="INSERT",
                        pgid="pgtrigger_insert_insert_c492b",
                        referencing="REFERENCING NEW TABLE AS new_values ",
                        table="workers_worker",
                        when="AFTER",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="update_update",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workers_workerevent" ("basic_insurance", "birth_date", "created_at", "died_on", "id", "name", "name_key", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "phone_digest", "real_name_checked_on", "retirement_track", "sex") SELECT new_values."basic_insurance", new_values."birth_date", new_values."created_at", new_values."died_on", new_values."id", new_values."name", new_values."name_key", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."phone", new_values."phone_digest", new_values."real_name_checked_on", new_values."retirement_track", new_values."sex" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                        hash="034650b40daa22d5fa403dcce903771f423be70b",
                        level="STATEMENT",
                        operation="UPDATE",
                        pgid="pgtrigger_update_update_e2f2c",
                        referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                        table="workers_worker",
                        when="AFTER",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="delete_delete",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workers_workerevent" ("basic_insurance", "birth_date", "created_at", "died_on", "id", "name", "name_key", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "phone_digest", "real_name_checked_on", "retirement_track", "sex") SELECT old_values."basic_insurance", old_values."birth_date", old_values."created_at", old_values."died_on", old_values."id", old_values."name", old_values."name_key", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."phone", old_values."phone_digest", old_values."real_name_checked_on", old_values."retirement_track", old_values."sex" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                        hash="95db6dfd038a66b4248d5392a77267f6feb22d39",
                        level="STATEMENT",
                        operation="DELETE",
                        pgid="pgtrigger_delete_delete_4f139",
                        referencing="REFERENCING OLD TABLE AS old_values ",
                        table="workers_worker",
                        when="AFTER",
                    ),
                ),
            ],
        ),
        unionbenefits.core.migration_operations.AddTriggers(
            model_name="retentionrun",
            triggers=[
                pgtrigger.compiler.Trigger(
                    name="retention_run_is_final",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                        hash="64b8eb2a7bb0fa8b288db561634916ce65cf79cd",
                        operation="UPDATE OR DELETE",
                        pgid="pgtrigger_retention_run_is_final_90b01",
                        table="workers_retentionrun",
                        when="BEFORE",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="retention_run_is_kept",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func="\n                IF current_setting('unionbenefits.test_database', true) IS DISTINCT FROM 'on' THEN\n                    RAISE EXCEPTION 'retention_run rows are never removed';\n                END IF;\n                RETURN NULL;\n            ",
                        hash="2d0e7c125474e5c86b526b1ec3a578d46a1278d4",
                        level="STATEMENT",
                        operation="TRUNCATE",
                        pgid="pgtrigger_retention_run_is_kept_33025",
                        table="workers_retentionrun",
                        when="BEFORE",
                    ),
                ),
            ],
        ),
        unionbenefits.core.migration_operations.AddTriggers(
            model_name="identitydocument",
            triggers=[
                pgtrigger.compiler.Trigger(
                    name="insert_insert",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workers_identitydocumentevent" ("id", "issuer", "kind", "number", "number_digest", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "retired_at", "worker_id") SELECT new_values."id", new_values."issuer", new_values."kind", new_values."number", new_values."number_digest", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."retired_at", new_values."worker_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                        hash="25599865d4d424ba5cd9fed05d4986412e3281f0",
                        level="STATEMENT",
                        operation="INSERT",
                        pgid="pgtrigger_insert_insert_f1a20",
                        referencing="REFERENCING NEW TABLE AS new_values ",
                        table="workers_identitydocument",
                        when="AFTER",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="update_update",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workers_identitydocumentevent" ("id", "issuer", "kind", "number", "number_digest", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "retired_at", "worker_id") SELECT new_values."id", new_values."issuer", new_values."kind", new_values."number", new_values."number_digest", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."retired_at", new_values."worker_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                        hash="8e550ee70399310db1a305f8082f83eebdf9e14c",
                        level="STATEMENT",
                        operation="UPDATE",
                        pgid="pgtrigger_update_update_42862",
                        referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                        table="workers_identitydocument",
                        when="AFTER",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="delete_delete",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workers_identitydocumentevent" ("id", "issuer", "kind", "number", "number_digest", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "retired_at", "worker_id") SELECT old_values."id", old_values."issuer", old_values."kind", old_values."number", old_values."number_digest", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."retired_at", old_values."worker_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                        hash="370662449f6b240f4121137fb2fad76f7911fbc3",
                        level="STATEMENT",
                        operation="DELETE",
                        pgid="pgtrigger_delete_delete_5079a",
                        referencing="REFERENCING OLD TABLE AS old_values ",
                        table="workers_identitydocument",
                        when="AFTER",
                    ),
                ),
            ],
        ),
        unionbenefits.core.migration_operations.AddTriggers(
            model_name="membership",
            triggers=[
                pgtrigger.compiler.Trigger(
                    name="insert_insert",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workers_membershipevent" ("enterprise_id", "id", "joined_on", "left_on", "note", "occupation", "occupation_as_given", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source_id", "work_relation", "worker_id") SELECT new_values."enterprise_id", new_values."id", new_values."joined_on", new_values."left_on", new_values."note", new_values."occupation", new_values."occupation_as_given", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."source_id", new_values."work_relation", new_values."worker_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                        hash="0846c09960e2e26edc79813665d19efc70fb6e70",
                        level="STATEMENT",
                        operation="INSERT",
                        pgid="pgtrigger_insert_insert_75bbc",
                        referencing="REFERENCING NEW TABLE AS new_values ",
                        table="workers_membership",
                        when="AFTER",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="update_update",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workers_membershipevent" ("enterprise_id", "id", "joined_on", "left_on", "note", "occupation", "occupation_as_given", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source_id", "work_relation", "worker_id") SELECT new_values."enterprise_id", new_values."id", new_values."joined_on", new_values."left_on", new_values."note", new_values."occupation", new_values."occupation_as_given", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."source_id", new_values."work_relation", new_values."worker_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                        hash="3bc0f877a289ecfab6f4da2e2a6bbcdab4c70f79",
                        level="STATEMENT",
                        operation="UPDATE",
                        pgid="pgtrigger_update_update_3878c",
                        referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                        table="workers_membership",
                        when="AFTER",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="delete_delete",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workers_membershipevent" ("enterprise_id", "id", "joined_on", "left_on", "note", "occupation", "occupation_as_given", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source_id", "work_relation", "worker_id") SELECT old_values."enterprise_id", old_values."id", old_values."joined_on", old_values."left_on", old_values."note", old_values."occupation", old_values."occupation_as_given", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."source_id", old_values."work_relation", old_values."worker_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                        hash="65bcf83dccb26d907d257ab03f4c4976901a9053",
                        level="STATEMENT",
                        operation="DELETE",
                        pgid="pgtrigger_delete_delete_5549a",
                        referencing="REFERENCING OLD TABLE AS old_values ",
                        table="workers_membership",
                        when="AFTER",
                    ),
                ),
            ],
        ),
        unionbenefits.core.migration_operations.AddTriggers(
            model_name="pairdecision",
            triggers=[
                pgtrigger.compiler.Trigger(
                    name="insert_insert",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workers_pairdecisionevent" ("answer", "decided_at", "decided_by_id", "id", "issuer", "kind", "name_key", "number_digest", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "withdrawn_at", "withdrawn_by_id", "worker_id") SELECT new_values."answer", new_values."decided_at", new_values."decided_by_id", new_values."id", new_values."issuer", new_values."kind", new_values."name_key", new_values."number_digest", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."withdrawn_at", new_values."withdrawn_by_id", new_values."worker_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                        hash="ec7524f0b30e8b1fa4cd2170a0ed5296ab964fbf",
                        level="STATEMENT",
                        operation="INSERT",
                        pgid="pgtrigger_insert_insert_3761a",
                        referencing="REFERENCING NEW TABLE AS new_values ",
                        table="workers_pairdecision",
                        when="AFTER",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="update_update",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workers_pairdecisionevent" ("answer", "decided_at", "decided_by_id", "id", "issuer", "kind", "name_key", "number_digest", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "withdrawn_at", "withdrawn_by_id", "worker_id") SELECT new_values."answer", new_values."decided_at", new_values."decided_by_id", new_values."id", new_values."issuer", new_values."kind", new_values."name_key", new_values."number_digest", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."withdrawn_at", new_values."withdrawn_by_id", new_values."worker_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                        hash="e5ec48f10144a365abb02e0abac444758fb4c9e7",
                        level="STATEMENT",
                        operation="UPDATE",
                        pgid="pgtrigger_update_update_f1b82",
                        referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                        table="workers_pairdecision",
                        when="AFTER",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="delete_delete",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workers_pairdecisionevent" ("answer", "decided_at", "decided_by_id", "id", "issuer", "kind", "name_key", "number_digest", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "withdrawn_at", "withdrawn_by_id", "worker_id") SELECT old_values."answer", old_values."decided_at", old_values."decided_by_id", old_values."id", old_values."issuer", old_values."kind", old_values."name_key", old_values."number_digest", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."withdrawn_at", old_values."withdrawn_by_id", old_values."worker_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                        hash="22f0298495b6f15fe5e91543fcb459855123126d",
                        level="STATEMENT",
                        operation="DELETE",
                        pgid="pgtrigger_delete_delete_0bcd5",
                        referencing="REFERENCING OLD TABLE AS old_values ",
                        table="workers_pairdecision",
                        when="AFTER",
                    ),
                ),
            ],
        ),
        unionbenefits.core.migration_operations.AddTriggers(
            model_name="rowdecision",
            triggers=[
                pgtrigger.compiler.Trigger(
                    name="insert_insert",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workers_rowdecisionevent" ("applied_at", "before", "choice", "code", "decided_at", "decided_by_id", "field", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "roster_id", "row", "sheet", "subject", "value") SELECT new_values."applied_at", new_values."before", new_values."choice", new_values."code", new_values."decided_at", new_values."decided_by_id", new_values."field", new_values."id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."roster_id", new_values."row", new_values."sheet", new_values."subject", new_values."value" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                        hash="102ee2791804e0c807ffb93990566cc09be41042",
                        level="STATEMENT",
                        operation="INSERT",
                        pgid="pgtrigger_insert_insert_3516f",
                        referencing="REFERENCING NEW TABLE AS new_values ",
                        table="workers_rowdecision",
                        when="AFTER",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="update_update",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workers_rowdecisionevent" ("applied_at", "before", "choice", "code", "decided_at", "decided_by_id", "field", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "roster_id", "row", "sheet", "subject", "value") SELECT new_values."applied_at", new_values."before", new_values."choice", new_values."code", new_values."decided_at", new_values."decided_by_id", new_values."field", new_values."id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."roster_id", new_values."row", new_values."sheet", new_values."subject", new_values."value" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                        hash="f9cb6cd877452d8b473af995a80bcef572ebc8a5",
                        level="STATEMENT",
                        operation="UPDATE",
                        pgid="pgtrigger_update_update_dcbbd",
                        referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                        table="workers_rowdecision",
                        when="AFTER",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="delete_delete",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workers_rowdecisionevent" ("applied_at", "before", "choice", "code", "decided_at", "decided_by_id", "field", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "roster_id", "row", "sheet", "subject", "value") SELECT old_values."applied_at", old_values."before", old_values."choice", old_values."code", old_values."decided_at", old_values."decided_by_id", old_values."field", old_values."id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."roster_id", old_values."row", old_values."sheet", old_values."subject", old_values."value" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                        hash="d7a806046004dd8e99509a088cf1988d91e986aa",
                        level="STATEMENT",
                        operation="DELETE",
                        pgid="pgtrigger_delete_delete_6dd4f",
                        referencing="REFERENCING OLD TABLE AS old_values ",
                        table="workers_rowdecision",
                        when="AFTER",
                    ),
                ),
            ],
        ),
        unionbenefits.core.migration_operations.AddTriggers(
            model_name="consent",
            triggers=[
                pgtrigger.compiler.Trigger(
                    name="insert_insert",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workers_consentevent" ("given_at", "given_through", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "text_version", "withdrawn_at", "worker_id") SELECT new_values."given_at", new_values."given_through", new_values."id", new_values."kind", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."text_version", new_values."withdrawn_at", new_values."worker_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                        hash="47ef79695288cf2b45ce3f9ac85c6075315ba673",
                        level="STATEMENT",
                        operation="INSERT",
                        pgid="pgtrigger_insert_insert_c2941",
                        referencing="REFERENCING NEW TABLE AS new_values ",
                        table="workers_consent",
                        when="AFTER",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="update_update",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workers_consentevent" ("given_at", "given_through", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "text_version", "withdrawn_at", "worker_id") SELECT new_values."given_at", new_values."given_through", new_values."id", new_values."kind", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."text_version", new_values."withdrawn_at", new_values."worker_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                        hash="965a27a90c5124eac1236b872d3316b0e5c97b83",
                        level="STATEMENT",
                        operation="UPDATE",
                        pgid="pgtrigger_update_update_019bb",
                        referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                        table="workers_consent",
                        when="AFTER",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="delete_delete",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workers_consentevent" ("given_at", "given_through", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "text_version", "withdrawn_at", "worker_id") SELECT old_values."given_at", old_values."given_through", old_values."id", old_values."kind", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."text_version", old_values."withdrawn_at", old_values."worker_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                        hash="4540bf831eb37eab75cdfe4a33ab249c19ff5b8f",
                        level="STATEMENT",
                        operation="DELETE",
                        pgid="pgtrigger_delete_delete_61522",
                        referencing="REFERENCING OLD TABLE AS old_values ",
                        table="workers_consent",
                        when="AFTER",
                    ),
                ),
            ],
        ),
        unionbenefits.core.migration_operations.AddTriggers(
            model_name="bankaccount",
            triggers=[
                pgtrigger.compiler.Trigger(
                    name="insert_insert",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workers_bankaccountevent" ("account", "bank_name", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "set_at", "set_through", "worker_id") SELECT new_values."account", new_values."bank_name", new_values."id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."set_at", new_values."set_through", new_values."worker_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                        hash="db833822260f973c7a9a26f26b358414abc1f3a9",
                        level="STATEMENT",
                        operation="INSERT",
                        pgid="pgtrigger_insert_insert_4436a",
                        referencing="REFERENCING NEW TABLE AS new_values ",
                        table="workers_bankaccount",
                        when="AFTER",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="update_update",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workers_bankaccountevent" ("account", "bank_name", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "set_at", "set_through", "worker_id") SELECT new_values."account", new_values."bank_name", new_values."id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."set_at", new_values."set_through", new_values."worker_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                        hash="5704260cc6ce0688ef541a95b9e4f97f6b4fa3fb",
                        level="STATEMENT",
                        operation="UPDATE",
                        pgid="pgtrigger_update_update_b0c5a",
                        referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                        table="workers_bankaccount",
                        when="AFTER",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="delete_delete",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workers_bankaccountevent" ("account", "bank_name", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "set_at", "set_through", "worker_id") SELECT old_values."account", old_values."bank_name", old_values."id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."set_at", old_values."set_through", old_values."worker_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                        hash="2172e86df8c7e886c9119fd4b52cd736fec78e29",
                        level="STATEMENT",
                        operation="DELETE",
                        pgid="pgtrigger_delete_delete_66e1e",
                        referencing="REFERENCING OLD TABLE AS old_values ",
                        table="workers_bankaccount",
                        when="AFTER",
                    ),
                ),
            ],
        ),
        unionbenefits.core.migration_operations.AddTriggers(
            model_name="datarequest",
            triggers=[
                pgtrigger.compiler.Trigger(
                    name="insert_insert",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workers_datarequestevent" ("answer", "asked_at", "decided_at", "decided_by_id", "field", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "state", "wanted", "words", "worker_id") SELECT new_values."answer", new_values."asked_at", new_values."decided_at", new_values."decided_by_id", new_values."field", new_values."id", new_values."kind", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."state", new_values."wanted", new_values."words", new_values."worker_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                        hash="d0a74f15f427b908ad0bf485e86db586f476ca5c",
                        level="STATEMENT",
                        operation="INSERT",
                        pgid="pgtrigger_insert_insert_75e60",
                        referencing="REFERENCING NEW TABLE AS new_values ",
                        table="workers_datarequest",
                        when="AFTER",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="update_update",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workers_datarequestevent" ("answer", "asked_at", "decided_at", "decided_by_id", "field", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "state", "wanted", "words", "worker_id") SELECT new_values."answer", new_values."asked_at", new_values."decided_at", new_values."decided_by_id", new_values."field", new_values."id", new_values."kind", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."state", new_values."wanted", new_values."words", new_values."worker_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                        hash="2f27f1eadd405127b2d2a31760cd4ca68d05aac8",
                        level="STATEMENT",
                        operation="UPDATE",
                        pgid="pgtrigger_update_update_b590d",
                        referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                        table="workers_datarequest",
                        when="AFTER",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="delete_delete",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workers_datarequestevent" ("answer", "asked_at", "decided_at", "decided_by_id", "field", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "state", "wanted", "words", "worker_id") SELECT old_values."answer", old_values."asked_at", old_values."decided_at", old_values."decided_by_id", old_values."field", old_values."id", old_values."kind", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."state", old_values."wanted", old_values."words", old_values."worker_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                        hash="3aeba829e123e3148c66d1e1a96c4ca476fd38bd",
                        level="STATEMENT",
                        operation="DELETE",
                        pgid="pgtrigger_delete_delete_acbc1",
                        referencing="REFERENCING OLD TABLE AS old_values ",
                        table="workers_datarequest",
                        when="AFTER",
                    ),
                ),
            ],
        ),
        unionbenefits.core.migration_operations.AddTriggers(
            model_name="reveal",
            triggers=[
                pgtrigger.compiler.Trigger(
                    name="insert_insert",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workers_revealevent" ("at", "by_id", "field", "finding", "flags", "id", "in_day", "is_clerk", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "role", "seen_at", "seen_by_id", "union_id", "weight", "words", "worker_id") SELECT new_values."at", new_values."by_id", new_values."field", new_values."finding", new_values."flags", new_values."id", new_values."in_day", new_values."is_clerk", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."reason", new_values."role", new_values."seen_at", new_values."seen_by_id", new_values."union_id", new_values."weight", new_values."words", new_values."worker_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                        hash="5061d1066a8d4c17d0c22dc16d169389d9e30262",
                        level="STATEMENT",
                        operation="INSERT",
                        pgid="pgtrigger_insert_insert_74812",
                        referencing="REFERENCING NEW TABLE AS new_values ",
                        table="workers_reveal",
                        when="AFTER",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="update_update",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workers_revealevent" ("at", "by_id", "field", "finding", "flags", "id", "in_day", "is_clerk", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "role", "seen_at", "seen_by_id", "union_id", "weight", "words", "worker_id") SELECT new_values."at", new_values."by_id", new_values."field", new_values."finding", new_values."flags", new_values."id", new_values."in_day", new_values."is_clerk", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."reason", new_values."role", new_values."seen_at", new_values."seen_by_id", new_values."union_id", new_values."weight", new_values."words", new_values."worker_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                        hash="6ded931de9058a17c17d9b3366af11e7fd45d5be",
                        level="STATEMENT",
                        operation="UPDATE",
                        pgid="pgtrigger_update_update_c8ddb",
                        referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                        table="workers_reveal",
                        when="AFTER",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="delete_delete",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workers_revealevent" ("at", "by_id", "field", "finding", "flags", "id", "in_day", "is_clerk", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "role", "seen_at", "seen_by_id", "union_id", "weight", "words", "worker_id") SELECT old_values."at", old_values."by_id", old_values."field", old_values."finding", old_values."flags", old_values."id", old_values."in_day", old_values."is_clerk", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."reason", old_values."role", old_values."seen_at", old_values."seen_by_id", old_values."union_id", old_values."weight", old_values."words", old_values."worker_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                        hash="d1533354e06de880b77c8dbfc969a599c5db4add",
                        level="STATEMENT",
                        operation="DELETE",
                        pgid="pgtrigger_delete_delete_6a905",
                        referencing="REFERENCING OLD TABLE AS old_values ",
                        table="workers_reveal",
                        when="AFTER",
                    ),
                ),
            ],
        ),
    ]
