import django.db.models.deletion
import pgtrigger.compiler
from django.db import migrations, models

import unionbenefits.core.migration_operations


class Migration(migrations.Migration):
    replaces = [
        ("enterprises", "0001_initial"),
        ("enterprises", "0002_headcount"),
        ("enterprises", "0003_closing"),
    ]

    initial = True

    dependencies = [
        ("pghistory", "0007_auto_20250421_0444"),
        ("unions", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Enterprise",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                (
                    "credit_code",
                    models.CharField(
                        help_text="18 characters, letters in capitals.",
                        max_length=18,
                        unique=True,
                        verbose_name="unified social credit code",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("enterprise", "Enterprise"),
                            ("platform", "Platform enterprise"),
                            ("station", "Station"),
                        ],
                        default="enterprise",
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                (
                    "is_head",
                    models.BooleanField(
                        default=False,
                        help_text="Counts for 头部企业 figures.",
                        verbose_name="head enterprise",
                    ),
                ),
                (
                    "union",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="enterprises",
                        to="unions.union",
                        verbose_name="union",
                    ),
                ),
                (
                    "headcount",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="Workers that the unit states; empty counts those on file.",
                        null=True,
                        verbose_name="headcount",
                    ),
                ),
                (
                    "closed_on",
                    models.DateField(
                        blank=True,
                        help_text="It stays readable and accepts nothing new.",
                        null=True,
                        verbose_name="last day",
                    ),
                ),
            ],
            options={
                "verbose_name": "enterprise",
                "verbose_name_plural": "enterprises",
                "ordering": ["name"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("credit_code__regex", "^[0-9A-HJ-NPQRTUWXY]{18}$")),
                        name="enterprise_credit_code_shape",
                    )
                ],
                "permissions": [("close_enterprise", "Can close an enterprise")],
            },
        ),
        migrations.CreateModel(
            name="EnterpriseEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                (
                    "credit_code",
                    models.CharField(
                        help_text="18 characters, letters in capitals.",
                        max_length=18,
                        verbose_name="unified social credit code",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("enterprise", "Enterprise"),
                            ("platform", "Platform enterprise"),
                            ("station", "Station"),
                        ],
                        default="enterprise",
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                (
                    "is_head",
                    models.BooleanField(
                        default=False,
                        help_text="Counts for 头部企业 figures.",
                        verbose_name="head enterprise",
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
                        to="enterprises.enterprise",
                    ),
                ),
                (
                    "union",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="unions.union",
                        verbose_name="union",
                    ),
                ),
                (
                    "headcount",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="Workers that the unit states; empty counts those on file.",
                        null=True,
                        verbose_name="headcount",
                    ),
                ),
                (
                    "closed_on",
                    models.DateField(
                        blank=True,
                        help_text="It stays readable and accepts nothing new.",
                        null=True,
                        verbose_name="last day",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="IndustryAffiliation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("since", models.DateField(blank=True, null=True, verbose_name="since")),
                (
                    "enterprise",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="affiliations",
                        to="enterprises.enterprise",
                        verbose_name="enterprise",
                    ),
                ),
                (
                    "union",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="affiliations",
                        to="unions.union",
                        verbose_name="industry union",
                    ),
                ),
            ],
            options={
                "verbose_name": "industry affiliation",
                "verbose_name_plural": "industry affiliations",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("enterprise", "union"), name="enterprise_joins_industry_union_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="IndustryAffiliationEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("since", models.DateField(blank=True, null=True, verbose_name="since")),
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
                        to="enterprises.industryaffiliation",
                    ),
                ),
                (
                    "union",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="unions.union",
                        verbose_name="industry union",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="enterprise",
            name="industry_unions",
            field=models.ManyToManyField(
                related_name="affiliated_enterprises",
                through="enterprises.IndustryAffiliation",
                to="unions.union",
                verbose_name="industry unions",
            ),
        ),
        unionbenefits.core.migration_operations.AddTriggers(
            model_name="enterprise",
            triggers=[
                pgtrigger.compiler.Trigger(
                    name="insert_insert",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enterprises_enterpriseevent" ("closed_on", "credit_code", "headcount", "id", "is_head", "kind", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "union_id") SELECT new_values."closed_on", new_values."credit_code", new_values."headcount", new_values."id", new_values."is_head", new_values."kind", new_values."name", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."union_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                        hash="4f4bc5b3a30881714ce0d12a0e279037ab9c6166",
                        level="STATEMENT",
                        operation="INSERT",
                        pgid="pgtrigger_insert_insert_079c7",
                        referencing="REFERENCING NEW TABLE AS new_values ",
                        table="enterprises_enterprise",
                        when="AFTER",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="update_update",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enterprises_enterpriseevent" ("closed_on", "credit_code", "headcount", "id", "is_head", "kind", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "union_id") SELECT new_values."closed_on", new_values."credit_code", new_values."headcount", new_values."id", new_values."is_head", new_values."kind", new_values."name", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."union_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                        hash="2ef834c4e5ac524925a745928d2c6feb30edbd04",
                        level="STATEMENT",
                        operation="UPDATE",
                        pgid="pgtrigger_update_update_11bf5",
                        referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                        table="enterprises_enterprise",
                        when="AFTER",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="delete_delete",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enterprises_enterpriseevent" ("closed_on", "credit_code", "headcount", "id", "is_head", "kind", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "union_id") SELECT old_values."closed_on", old_values."credit_code", old_values."headcount", old_values."id", old_values."is_head", old_values."kind", old_values."name", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."union_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                        hash="928803b6b4c0f009034592eb63dd66b715c8977b",
                        level="STATEMENT",
                        operation="DELETE",
                        pgid="pgtrigger_delete_delete_dc699",
                        referencing="REFERENCING OLD TABLE AS old_values ",
                        table="enterprises_enterprise",
                        when="AFTER",
                    ),
                ),
            ],
        ),
        unionbenefits.core.migration_operations.AddTriggers(
            model_name="industryaffiliation",
            triggers=[
                pgtrigger.compiler.Trigger(
                    name="insert_insert",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enterprises_industryaffiliationevent" ("enterprise_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "since", "union_id") SELECT new_values."enterprise_id", new_values."id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."since", new_values."union_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                        hash="99e0dd50aa451ae0d76f73ae61223e15a1522cc1",
                        level="STATEMENT",
                        operation="INSERT",
                        pgid="pgtrigger_insert_insert_5b344",
                        referencing="REFERENCING NEW TABLE AS new_values ",
                        table="enterprises_industryaffiliation",
                        when="AFTER",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="update_update",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enterprises_industryaffiliationevent" ("enterprise_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "since", "union_id") SELECT new_values."enterprise_id", new_values."id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."since", new_values."union_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                        hash="49c5420bd2036aa3c2756a925003e0a2821932d6",
                        level="STATEMENT",
                        operation="UPDATE",
                        pgid="pgtrigger_update_update_b13e9",
                        referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                        table="enterprises_industryaffiliation",
                        when="AFTER",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="delete_delete",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enterprises_industryaffiliationevent" ("enterprise_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "since", "union_id") SELECT old_values."enterprise_id", old_values."id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."since", old_values."union_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                        hash="e5b3ed815f73fafe45b236ec4bdbd3f61837f9bf",
                        level="STATEMENT",
                        operation="DELETE",
                        pgid="pgtrigger_delete_delete_207e0",
                        referencing="REFERENCING OLD TABLE AS old_values ",
                        table="enterprises_industryaffiliation",
                        when="AFTER",
                    ),
                ),
            ],
        ),
    ]
