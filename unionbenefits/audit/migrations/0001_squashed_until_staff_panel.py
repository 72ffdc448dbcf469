import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import pgtrigger.compiler
from django.db import migrations, models

import unionbenefits.core.migration_operations


class Migration(migrations.Migration):
    replaces = [("audit", "0001_initial"), ("audit", "0002_origins_and_people_seen")]

    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Entry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="time")),
                (
                    "actor",
                    models.CharField(
                        help_text="Kind and sign-in name, such as staff:chen.",
                        max_length=150,
                        verbose_name="who",
                    ),
                ),
                (
                    "action",
                    models.CharField(
                        help_text="The verb, such as roster.apply.", max_length=60, verbose_name="act"
                    ),
                ),
                ("object_type", models.CharField(blank=True, max_length=60, verbose_name="kind of object")),
                ("object_id", models.CharField(blank=True, max_length=60, verbose_name="object")),
                ("data", models.JSONField(default=dict, verbose_name="details")),
                (
                    "context",
                    models.UUIDField(blank=True, editable=False, null=True, verbose_name="history context"),
                ),
                (
                    "origin",
                    models.CharField(
                        blank=True,
                        db_default="",
                        default="",
                        help_text="Address, command or job, such as address:10.0.0.7.",
                        max_length=80,
                        verbose_name="from where",
                    ),
                ),
            ],
            options={
                "verbose_name": "audit entry",
                "verbose_name_plural": "audit entries",
                "ordering": ["-id"],
                "indexes": [
                    models.Index(fields=["object_type", "object_id"], name="audit_entry_object"),
                    models.Index(fields=["actor", "id"], name="audit_entry_actor"),
                    models.Index(fields=["action", "id"], name="audit_entry_action"),
                    models.Index(fields=["at"], name="audit_entry_at"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Seal",
            fields=[
                (
                    "position",
                    models.BigIntegerField(primary_key=True, serialize=False, verbose_name="position"),
                ),
                ("previous", models.BinaryField(max_length=32, verbose_name="hash before")),
                ("hash", models.BinaryField(max_length=32, verbose_name="hash")),
                (
                    "entry",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="seal",
                        to="audit.entry",
                        verbose_name="entry",
                    ),
                ),
            ],
            options={
                "verbose_name": "seal",
                "verbose_name_plural": "seals",
                "ordering": ["position"],
            },
        ),
        migrations.CreateModel(
            name="Seen",
            fields=[
                (
                    "entry",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="seen",
                        serialize=False,
                        to="audit.entry",
                        verbose_name="entry",
                    ),
                ),
                (
                    "people",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), size=None, verbose_name="workers"
                    ),
                ),
            ],
            options={
                "verbose_name": "people seen",
                "verbose_name_plural": "people seen",
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(fields=["people"], name="audit_seen_people")
                ],
            },
        ),
        unionbenefits.core.migration_operations.AddTriggers(
            model_name="entry",
            triggers=[
                pgtrigger.compiler.Trigger(
                    name="audit_entry_is_final",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                        hash="d152afd398e6948b4a62d49df26366327a92b283",
                        operation="UPDATE OR DELETE",
                        pgid="pgtrigger_audit_entry_is_final_a6381",
                        table="audit_entry",
                        when="BEFORE",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="audit_entry_is_kept",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func="\n                IF current_setting('unionbenefits.test_database', true) IS DISTINCT FROM 'on' THEN\n                    RAISE EXCEPTION 'audit_entry rows are never removed';\n                END IF;\n                RETURN NULL;\n            ",
                        hash="33afd6ac3393075accef282372eaab79e66e5bea",
                        level="STATEMENT",
                        operation="TRUNCATE",
                        pgid="pgtrigger_audit_entry_is_kept_74564",
                        table="audit_entry",
                        when="BEFORE",
                    ),
                ),
            ],
        ),
        unionbenefits.core.migration_operations.AddTriggers(
            model_name="seal",
            triggers=[
                pgtrigger.compiler.Trigger(
                    name="audit_seal_is_final",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                        hash="8948fd165b23a16ca0b57b07c1a8492a08f808e7",
                        operation="UPDATE OR DELETE",
                        pgid="pgtrigger_audit_seal_is_final_2a668",
                        table="audit_seal",
                        when="BEFORE",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="audit_seal_is_kept",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func="\n                IF current_setting('unionbenefits.test_database', true) IS DISTINCT FROM 'on' THEN\n                    RAISE EXCEPTION 'audit_seal rows are never removed';\n                END IF;\n                RETURN NULL;\n            ",
                        hash="44d60fc299f25a158ab4b3120dfef80b10eeed71",
                        level="STATEMENT",
                        operation="TRUNCATE",
                        pgid="pgtrigger_audit_seal_is_kept_97ca8",
                        table="audit_seal",
                        when="BEFORE",
                    ),
                ),
            ],
        ),
        unionbenefits.core.migration_operations.AddTriggers(
            model_name="seen",
            triggers=[
                pgtrigger.compiler.Trigger(
                    name="audit_seen_is_final",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                        hash="d5fa8800d636b05ce0d197964f625d2b01200426",
                        operation="UPDATE OR DELETE",
                        pgid="pgtrigger_audit_seen_is_final_9f592",
                        table="audit_seen",
                        when="BEFORE",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="audit_seen_is_kept",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func="\n                IF current_setting('unionbenefits.test_database', true) IS DISTINCT FROM 'on' THEN\n                    RAISE EXCEPTION 'audit_seen rows are never removed';\n                END IF;\n                RETURN NULL;\n            ",
                        hash="390a31868b0928ecf568f505ef15d6efac5b16de",
                        level="STATEMENT",
                        operation="TRUNCATE",
                        pgid="pgtrigger_audit_seen_is_kept_e14a6",
                        table="audit_seen",
                        when="BEFORE",
                    ),
                ),
            ],
        ),
    ]
