import uuid

import django.db.models.deletion
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models

import unionbenefits.core.crypto.fields
import unionbenefits.core.migration_operations


class Migration(migrations.Migration):
    replaces = [
        ("accounts", "0001_initial"),
        ("accounts", "0002_notices"),
        ("accounts", "0003_second_factor"),
        ("accounts", "0004_code_purposes"),
        ("accounts", "0005_texts_taken_back"),
        ("accounts", "0006_alerts"),
    ]

    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        migrations.CreateModel(
            name="User",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                (
                    "is_superuser",
                    models.BooleanField(
                        default=False,
                        help_text="Designates that this user has all permissions without explicitly assigning them.",
                        verbose_name="superuser status",
                    ),
                ),
                ("username", models.CharField(max_length=60, unique=True, verbose_name="sign-in name")),
                ("name", models.CharField(blank=True, max_length=60, verbose_name="full name")),
                ("is_active", models.BooleanField(default=True, verbose_name="may sign in")),
                ("is_staff", models.BooleanField(default=True, verbose_name="uses the staff panel")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="made on")),
                (
                    "groups",
                    models.ManyToManyField(
                        blank=True,
                        help_text="The groups this user belongs to. A user will get all permissions granted to each of their groups.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.group",
                        verbose_name="groups",
                    ),
                ),
                (
                    "user_permissions",
                    models.ManyToManyField(
                        blank=True,
                        help_text="Specific permissions for this user.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.permission",
                        verbose_name="user permissions",
                    ),
                ),
                (
                    "rights_changed_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="rights changed at"),
                ),
                (
                    "session_round",
                    models.PositiveIntegerField(
                        default=0,
                        help_text="Sessions of an earlier round are over.",
                        verbose_name="round of sessions",
                    ),
                ),
            ],
            options={
                "verbose_name": "staff user",
                "verbose_name_plural": "staff users",
                "ordering": ["username"],
            },
        ),
        migrations.CreateModel(
            name="SmsCode",
            fields=[
                (
                    "token",
                    models.UUIDField(
                        default=uuid.uuid4,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                        verbose_name="attempt",
                    ),
                ),
                (
                    "purpose",
                    models.CharField(
                        choices=[
                            ("sign_in", "Sign in"),
                            ("new_phone", "Show that one holds the new phone"),
                            ("old_phone", "Show that one holds the phone on file"),
                        ],
                        max_length=20,
                        verbose_name="purpose",
                    ),
                ),
                (
                    "subject",
                    models.CharField(
                        blank=True,
                        help_text="Whom the code opens; empty for nobody.",
                        max_length=60,
                        verbose_name="for",
                    ),
                ),
                (
                    "document_digest",
                    unionbenefits.core.crypto.fields.BlindIndexField(
                        max_length=32, purpose="document.number", verbose_name="document index"
                    ),
                ),
                (
                    "phone_digest",
                    unionbenefits.core.crypto.fields.BlindIndexField(
                        max_length=32, purpose="phone", verbose_name="phone index"
                    ),
                ),
                (
                    "address_digest",
                    unionbenefits.core.crypto.fields.BlindIndexField(
                        max_length=32, purpose="address", verbose_name="address index"
                    ),
                ),
                ("code_digest", models.BinaryField(max_length=32, verbose_name="code digest")),
                ("tries", models.PositiveSmallIntegerField(default=0, verbose_name="tries")),
                ("created_at", models.DateTimeField(verbose_name="asked at")),
                ("expires_at", models.DateTimeField(verbose_name="valid until")),
                ("used_at", models.DateTimeField(blank=True, null=True, verbose_name="used at")),
            ],
            options={
                "verbose_name": "one-time code",
                "verbose_name_plural": "one-time codes",
                "indexes": [models.Index(fields=["created_at"], name="smscode_created")],
            },
        ),
        migrations.CreateModel(
            name="SmsMessage",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "key",
                    models.UUIDField(
                        default=uuid.uuid4,
                        editable=False,
                        help_text="Lets the gateway see that a repeated request is the same message.",
                        unique=True,
                        verbose_name="delivery key",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("code", "One-time code"),
                            ("notice", "Notice"),
                            ("alert", "Warning that somebody else may be at work"),
                        ],
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                ("phone", unionbenefits.core.crypto.fields.SealedTextField(verbose_name="phone")),
                ("text", unionbenefits.core.crypto.fields.SealedTextField(verbose_name="text")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("queued", "Waiting"),
                            ("sent", "Sent"),
                            ("failed", "Not delivered"),
                            ("withheld", "Not sent: nobody on file"),
                            ("taken_back", "Taken back before it went"),
                        ],
                        default="queued",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("tries", models.PositiveSmallIntegerField(default=0, verbose_name="tries")),
                (
                    "made_by",
                    models.CharField(
                        help_text="As in the audit log.", max_length=150, verbose_name="made by"
                    ),
                ),
                ("created_at", models.DateTimeField(verbose_name="made at")),
                (
                    "send_until",
                    models.DateTimeField(
                        blank=True,
                        help_text="Not sent any more after this time.",
                        null=True,
                        verbose_name="of use until",
                    ),
                ),
                ("sent_at", models.DateTimeField(blank=True, null=True, verbose_name="sent at")),
                (
                    "error",
                    models.CharField(blank=True, max_length=200, verbose_name="last answer of the gateway"),
                ),
            ],
            options={
                "verbose_name": "text message",
                "verbose_name_plural": "text messages",
                "ordering": ["-id"],
                "indexes": [models.Index(fields=["created_at"], name="smsmessage_created")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("sent_at__isnull", False), ("state", "sent")),
                            models.Q(models.Q(("state", "sent"), _negated=True), ("sent_at__isnull", True)),
                            _connector="OR",
                        ),
                        name="smsmessage_sent_has_time",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Throttle",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("limit", models.CharField(max_length=40, verbose_name="limit")),
                (
                    "key_digest",
                    unionbenefits.core.crypto.fields.BlindIndexField(
                        max_length=32, purpose="throttle", verbose_name="key index"
                    ),
                ),
                ("count", models.PositiveIntegerField(verbose_name="times")),
                ("window_ends_at", models.DateTimeField(verbose_name="window ends at")),
            ],
            options={
                "verbose_name": "throttle",
                "verbose_name_plural": "throttles",
                "indexes": [models.Index(fields=["window_ends_at"], name="throttle_ends")],
                "constraints": [
                    models.UniqueConstraint(fields=("limit", "key_digest"), name="throttle_once_per_key")
                ],
            },
        ),
        migrations.CreateModel(
            name="UserEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "is_superuser",
                    models.BooleanField(
                        default=False,
                        help_text="Designates that this user has all permissions without explicitly assigning them.",
                        verbose_name="superuser status",
                    ),
                ),
                ("username", models.CharField(max_length=60, verbose_name="sign-in name")),
                ("name", models.CharField(blank=True, max_length=60, verbose_name="full name")),
                ("is_active", models.BooleanField(default=True, verbose_name="may sign in")),
                ("is_staff", models.BooleanField(default=True, verbose_name="uses the staff panel")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="made on")),
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
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="AuthenticatorApp",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("secret", unionbenefits.core.crypto.fields.SealedTextField(verbose_name="secret")),
                (
                    "last_step",
                    models.BigIntegerField(
                        default=0,
                        help_text="A code of this half minute or before is used up.",
                        verbose_name="newest step used",
                    ),
                ),
                ("made_at", models.DateTimeField(verbose_name="made at")),
                ("last_used_at", models.DateTimeField(blank=True, null=True, verbose_name="last used at")),
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="authenticator_app",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="staff user",
                    ),
                ),
            ],
            options={
                "verbose_name": "authenticator app",
                "verbose_name_plural": "authenticator apps",
            },
        ),
        migrations.CreateModel(
            name="Passkey",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=40, verbose_name="name")),
                (
                    "credential_id",
                    models.BinaryField(max_length=1024, unique=True, verbose_name="credential"),
                ),
                ("public_part", models.BinaryField(max_length=4096, verbose_name="public part")),
                ("sign_count", models.PositiveBigIntegerField(default=0, verbose_name="signatures counted")),
                ("made_at", models.DateTimeField(verbose_name="made at")),
                ("last_used_at", models.DateTimeField(blank=True, null=True, verbose_name="last used at")),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="passkeys",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="staff user",
                    ),
                ),
            ],
            options={
                "verbose_name": "passkey",
                "verbose_name_plural": "passkeys",
                "ordering": ["made_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="RecoveryCode",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("digest", models.BinaryField(max_length=32, verbose_name="digest")),
                ("made_at", models.DateTimeField(verbose_name="made at")),
                ("used_at", models.DateTimeField(blank=True, null=True, verbose_name="used at")),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="recovery_codes",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="staff user",
                    ),
                ),
            ],
            options={
                "verbose_name": "recovery code",
                "verbose_name_plural": "recovery codes",
                "constraints": [
                    models.UniqueConstraint(fields=("user", "digest"), name="recoverycode_once_per_person")
                ],
            },
        ),
        migrations.CreateModel(
            name="SecurityNotice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("what", models.CharField(max_length=20, verbose_name="what")),
                ("who", models.CharField(max_length=150, verbose_name="by whom")),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="reason")),
                ("at", models.DateTimeField(verbose_name="at")),
                ("told_at", models.DateTimeField(blank=True, null=True, verbose_name="told at")),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="security_notices",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="staff user",
                    ),
                ),
            ],
            options={
                "verbose_name": "notice about a sign-in",
                "verbose_name_plural": "notices about sign-ins",
                "ordering": ["-at", "-pk"],
                "indexes": [models.Index(fields=["user", "told_at"], name="securitynotice_untold")],
            },
        ),
        unionbenefits.core.migration_operations.AddTriggers(
            model_name="user",
            triggers=[
                pgtrigger.compiler.Trigger(
                    name="insert_insert",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "accounts_userevent" ("created_at", "id", "is_active", "is_staff", "is_superuser", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "username") SELECT new_values."created_at", new_values."id", new_values."is_active", new_values."is_staff", new_values."is_superuser", new_values."name", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."username" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                        hash="c67e83a3541f92ca28d7c68d23fab978517948ee",
                        level="STATEMENT",
                        operation="INSERT",
                        pgid="pgtrigger_insert_insert_3867c",
                        referencing="REFERENCING NEW TABLE AS new_values ",
                        table="accounts_user",
                        when="AFTER",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="update_update",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "accounts_userevent" ("created_at", "id", "is_active", "is_staff", "is_superuser", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "username") SELECT new_values."created_at", new_values."id", new_values."is_active", new_values."is_staff", new_values."is_superuser", new_values."name", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."username" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."created_at" IS DISTINCT FROM (new_values."created_at") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."is_active" IS DISTINCT FROM (new_values."is_active") OR old_values."is_staff" IS DISTINCT FROM (new_values."is_staff") OR old_values."is_superuser" IS DISTINCT FROM (new_values."is_superuser") OR old_values."name" IS DISTINCT FROM (new_values."name") OR old_values."username" IS DISTINCT FROM (new_values."username")) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                        hash="e702f366f0345f44aa4f70162b6a54f806e62c88",
                        level="STATEMENT",
                        operation="UPDATE",
                        pgid="pgtrigger_update_update_0e890",
                        referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                        table="accounts_user",
                        when="AFTER",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="delete_delete",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "accounts_userevent" ("created_at", "id", "is_active", "is_staff", "is_superuser", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "username") SELECT old_values."created_at", old_values."id", old_values."is_active", old_values."is_staff", old_values."is_superuser", old_values."name", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."username" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                        hash="b00d8a76f55ec71329fbacaf5bea3c7424effac0",
                        level="STATEMENT",
                        operation="DELETE",
                        pgid="pgtrigger_delete_delete_19f14",
                        referencing="REFERENCING OLD TABLE AS old_values ",
                        table="accounts_user",
                        when="AFTER",
                    ),
                ),
            ],
        ),
    ]
