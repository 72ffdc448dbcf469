import django.db.models.deletion
import pgtrigger.compiler
from django.db import migrations, models

import unionbenefits.core.migration_operations


class Migration(migrations.Migration):
    replaces = [("unions", "0001_initial"), ("unions", "0002_closing")]

    initial = True

    dependencies = [
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        migrations.CreateModel(
            name="Union",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("path", models.CharField(max_length=255, unique=True)),
                ("depth", models.PositiveIntegerField()),
                ("numchild", models.PositiveIntegerField(default=0)),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("province", "Provincial federation"),
                            ("city", "City federation"),
                            ("county", "County or district federation"),
                            ("town", "Town or street federation"),
                            ("industry", "Industry union federation"),
                            ("grassroots", "Grassroots union"),
                        ],
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                (
                    "credit_code",
                    models.CharField(
                        blank=True,
                        help_text="18 characters; a joint union may have none.",
                        max_length=18,
                        null=True,
                        unique=True,
                        verbose_name="unified social credit code",
                    ),
                ),
                (
                    "area_code",
                    models.CharField(
                        blank=True,
                        help_text="Division code of the area it serves, such as 440605.",
                        max_length=9,
                        verbose_name="area code",
                    ),
                ),
                (
                    "is_test",
                    models.BooleanField(
                        default=False,
                        help_text="Left out of all totals, with everything below it.",
                        verbose_name="for tests",
                    ),
                ),
                (
                    "closed_on",
                    models.DateField(
                        blank=True,
                        help_text="It stays readable and accepts nothing new.",
                        null=True,
                        verbose_name="closed on",
                    ),
                ),
                (
                    "merged_into",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="absorbed",
                        to="unions.union",
                        verbose_name="went into",
                    ),
                ),
            ],
            options={
                "verbose_name": "union",
                "verbose_name_plural": "unions",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("credit_code__isnull", True),
                            ("credit_code__regex", "^[0-9A-HJ-NPQRTUWXY]{18}$"),
                            _connector="OR",
                        ),
                        name="union_credit_code_shape",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_on__isnull", True), ("merged_into__isnull", True)),
                            models.Q(
                                ("closed_on__isnull", False),
                                ("merged_into__isnull", False),
                                models.Q(("merged_into", models.F("id")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="union_closed_went_into_another",
                    ),
                ],
                "permissions": [("restructure_union", "Can move and merge unions")],
            },
        ),
        migrations.CreateModel(
            name="UnionEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("path", models.CharField(max_length=255)),
                ("depth", models.PositiveIntegerField()),
                ("numchild", models.PositiveIntegerField(default=0)),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("province", "Provincial federation"),
                            ("city", "City federation"),
                            ("county", "County or district federation"),
                            ("town", "Town or street federation"),
                            ("industry", "Industry union federation"),
                            ("grassroots", "Grassroots union"),
                        ],
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                (
                    "credit_code",
                    models.CharField(
                        blank=True,
                        help_text="18 characters; a joint union may have none.",
                        max_length=18,
                        null=True,
                        verbose_name="unified social credit code",
                    ),
                ),
                (
                    "area_code",
                    models.CharField(
                        blank=True,
                        help_text="Division code of the area it serves, such as 440605.",
                        max_length=9,
                        verbose_name="area code",
                    ),
                ),
                (
                    "is_test",
                    models.BooleanField(
                        default=False,
                        help_text="Left out of all totals, with everything below it.",
                        verbose_name="for tests",
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
                        to="unions.union",
                    ),
                ),
                (
                    "closed_on",
                    models.DateField(
                        blank=True,
                        help_text="It stays readable and accepts nothing new.",
                        null=True,
                        verbose_name="closed on",
                    ),
                ),
                (
                    "merged_into",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="unions.union",
                        verbose_name="went into",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        unionbenefits.core.migration_operations.AddTriggers(
            model_name="union",
            triggers=[
                pgtrigger.compiler.Trigger(
                    name="insert_insert",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "unions_unionevent" ("area_code", "closed_on", "credit_code", "depth", "id", "is_test", "kind", "merged_into_id", "name", "numchild", "path", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."area_code", new_values."closed_on", new_values."credit_code", new_values."depth", new_values."id", new_values."is_test", new_values."kind", new_values."merged_into_id", new_values."name", new_values."numchild", new_values."path", _pgh_attached_context.value, NOW(), \'insert\', new_values."id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                        hash="a83b0376ad8f48a17aa2ede2d0b49009cc128c91",
                        level="STATEMENT",
                        operation="INSERT",
                        pgid="pgtrigger_insert_insert_d5d6b",
                        referencing="REFERENCING NEW TABLE AS new_values ",
                        table="unions_union",
                        when="AFTER",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="update_update",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "unions_unionevent" ("area_code", "closed_on", "credit_code", "depth", "id", "is_test", "kind", "merged_into_id", "name", "numchild", "path", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."area_code", new_values."closed_on", new_values."credit_code", new_values."depth", new_values."id", new_values."is_test", new_values."kind", new_values."merged_into_id", new_values."name", new_values."numchild", new_values."path", _pgh_attached_context.value, NOW(), \'update\', new_values."id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                        hash="1795cc6631b8fe7d4af44fb3e3598d58f3066d40",
                        level="STATEMENT",
                        operation="UPDATE",
                        pgid="pgtrigger_update_update_c28ce",
                        referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                        table="unions_union",
                        when="AFTER",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="delete_delete",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "unions_unionevent" ("area_code", "closed_on", "credit_code", "depth", "id", "is_test", "kind", "merged_into_id", "name", "numchild", "path", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT old_values."area_code", old_values."closed_on", old_values."credit_code", old_values."depth", old_values."id", old_values."is_test", old_values."kind", old_values."merged_into_id", old_values."name", old_values."numchild", old_values."path", _pgh_attached_context.value, NOW(), \'delete\', old_values."id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                        hash="95653bac24feb892fcc2e639a0940d06a0eac024",
                        level="STATEMENT",
                        operation="DELETE",
                        pgid="pgtrigger_delete_delete_12886",
                        referencing="REFERENCING OLD TABLE AS old_values ",
                        table="unions_union",
                        when="AFTER",
                    ),
                ),
            ],
        ),
    ]
