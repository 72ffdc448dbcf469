import django.db.models.deletion
import pgtrigger.compiler
from django.db import migrations, models

import unionbenefits.core.migration_operations


class Migration(migrations.Migration):
    replaces = [("audit", "0001_initial")]

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
            ],
            options={
                "verbose_name": "audit entry",
                "verbose_name_plural": "audit entries",
                "ordering": ["-id"],
                "indexes": [models.Index(fields=["object_type", "object_id"], name="audit_entry_object")],
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
    ]
