import django.db.models.deletion
import pgtrigger.compiler
from django.db import migrations, models

import unionbenefits.core.migration_operations
import unionbenefits.core.money


class Migration(migrations.Migration):
    replaces = [("funds", "0001_initial")]

    initial = True

    dependencies = [
        ("pghistory", "0007_auto_20250421_0444"),
        ("unions", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Fund",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                ("is_test", models.BooleanField(default=False, verbose_name="for tests")),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="funds",
                        to="unions.union",
                        verbose_name="owner",
                    ),
                ),
            ],
            options={
                "verbose_name": "fund",
                "verbose_name_plural": "funds",
                "ordering": ["-year", "name"],
                "permissions": [("deposit_fund", "Can pay money into a fund")],
                "constraints": [
                    models.UniqueConstraint(fields=("owner", "name", "year"), name="fund_once_a_year")
                ],
            },
        ),
        migrations.CreateModel(
            name="Entry",
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
                            ("deposit", "Deposit"),
                            ("hold", "Hold"),
                            ("release", "Release"),
                            ("capture", "Capture"),
                            ("reversal", "Reversal"),
                        ],
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                (
                    "credit",
                    models.CharField(
                        choices=[
                            ("source", "Outside"),
                            ("available", "Available"),
                            ("held", "Held"),
                            ("used", "Used"),
                        ],
                        max_length=10,
                        verbose_name="from",
                    ),
                ),
                (
                    "debit",
                    models.CharField(
                        choices=[
                            ("source", "Outside"),
                            ("available", "Available"),
                            ("held", "Held"),
                            ("used", "Used"),
                        ],
                        max_length=10,
                        verbose_name="to",
                    ),
                ),
                (
                    "amount",
                    unionbenefits.core.money.MoneyField(
                        decimal_places=2, max_digits=12, verbose_name="amount"
                    ),
                ),
                (
                    "copies",
                    models.PositiveIntegerField(
                        default=0, help_text="How many gifts the amount stands for.", verbose_name="copies"
                    ),
                ),
                (
                    "reference",
                    models.CharField(
                        help_text="What it was for, such as batch:12.",
                        max_length=60,
                        verbose_name="reference",
                    ),
                ),
                ("made_by", models.CharField(max_length=150, verbose_name="made by")),
                ("made_at", models.DateTimeField(verbose_name="made at")),
                ("memo", models.CharField(blank=True, max_length=200, verbose_name="memo")),
                (
                    "reverses",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reversals",
                        to="funds.entry",
                        verbose_name="reverses",
                    ),
                ),
                (
                    "fund",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entries",
                        to="funds.fund",
                        verbose_name="fund",
                    ),
                ),
            ],
            options={
                "verbose_name": "ledger entry",
                "verbose_name_plural": "ledger entries",
                "ordering": ["-id"],
                "indexes": [models.Index(fields=["reference"], name="entry_reference")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("amount__gt", 0)), name="entry_amount_positive"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("debit", models.F("credit")), _negated=True),
                        name="entry_moves_between_accounts",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("credit", "source"), ("debit", "available"), ("kind", "deposit")),
                            models.Q(("credit", "available"), ("debit", "held"), ("kind", "hold")),
                            models.Q(("credit", "held"), ("debit", "available"), ("kind", "release")),
                            models.Q(("credit", "held"), ("debit", "used"), ("kind", "capture")),
                            models.Q(("credit", "used"), ("debit", "available"), ("kind", "reversal")),
                            _connector="OR",
                        ),
                        name="entry_accounts_fit_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "reversal"), ("reverses__isnull", False)),
                            models.Q(
                                models.Q(("kind", "reversal"), _negated=True), ("reverses__isnull", True)
                            ),
                            _connector="OR",
                        ),
                        name="entry_reversal_points_at_original",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FundEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                ("is_test", models.BooleanField(default=False, verbose_name="for tests")),
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
                        to="funds.fund",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        unionbenefits.core.migration_operations.AddTriggers(
            model_name="fund",
            triggers=[
                pgtrigger.compiler.Trigger(
                    name="insert_insert",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "funds_fundevent" ("id", "is_test", "name", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "year") SELECT new_values."id", new_values."is_test", new_values."name", new_values."owner_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."year" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                        hash="00894c45422f65c156d4acaf7d471c37820fd743",
                        level="STATEMENT",
                        operation="INSERT",
                        pgid="pgtrigger_insert_insert_77452",
                        referencing="REFERENCING NEW TABLE AS new_values ",
                        table="funds_fund",
                        when="AFTER",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="update_update",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "funds_fundevent" ("id", "is_test", "name", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "year") SELECT new_values."id", new_values."is_test", new_values."name", new_values."owner_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."year" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                        hash="d898a2567609b2e8b0f8585017cf5f708e910b9f",
                        level="STATEMENT",
                        operation="UPDATE",
                        pgid="pgtrigger_update_update_29cb6",
                        referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                        table="funds_fund",
                        when="AFTER",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="delete_delete",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "funds_fundevent" ("id", "is_test", "name", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "year") SELECT old_values."id", old_values."is_test", old_values."name", old_values."owner_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."year" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                        hash="c6b05c4d2e677bdbc7dc1fc4d846e633e356bec6",
                        level="STATEMENT",
                        operation="DELETE",
                        pgid="pgtrigger_delete_delete_d323f",
                        referencing="REFERENCING OLD TABLE AS old_values ",
                        table="funds_fund",
                        when="AFTER",
                    ),
                ),
            ],
        ),
        unionbenefits.core.migration_operations.AddTriggers(
            model_name="entry",
            triggers=[
                pgtrigger.compiler.Trigger(
                    name="ledger_entry_is_final",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                        hash="dbd8f95dd25548980415df83d626bd2b49d629ce",
                        operation="UPDATE OR DELETE",
                        pgid="pgtrigger_ledger_entry_is_final_262d5",
                        table="funds_entry",
                        when="BEFORE",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="ledger_entry_is_kept",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func="\n                IF current_setting('unionbenefits.test_database', true) IS DISTINCT FROM 'on' THEN\n                    RAISE EXCEPTION 'ledger_entry rows are never removed';\n                END IF;\n                RETURN NULL;\n            ",
                        hash="9de64da6f75bdc7cd18e1ef4a6a9595d4f2a8439",
                        level="STATEMENT",
                        operation="TRUNCATE",
                        pgid="pgtrigger_ledger_entry_is_kept_1abd2",
                        table="funds_entry",
                        when="BEFORE",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="fund_never_overdrawn",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func="\n    IF current_setting('transaction_isolation') NOT IN ('read committed', 'read uncommitted') THEN\n        RAISE EXCEPTION 'ledger entries are written under READ COMMITTED'\n            USING ERRCODE = 'check_violation', CONSTRAINT = 'fund_isolation';\n    END IF;\n    PERFORM 1 FROM funds_fund WHERE id = NEW.fund_id FOR NO KEY UPDATE;\n    IF NEW.reverses_id IS NOT NULL AND NEW.amount > (\n        SELECT e.amount - coalesce((SELECT sum(r.amount) FROM funds_entry r WHERE r.reverses_id = e.id), 0)\n        FROM funds_entry e WHERE e.id = NEW.reverses_id AND e.fund_id = NEW.fund_id AND e.kind = 'capture'\n    ) IS NOT FALSE THEN\n        RAISE EXCEPTION 'reverses more than was captured'\n            USING ERRCODE = 'check_violation', CONSTRAINT = 'fund_reversal_within_capture';\n    END IF;\n    IF NEW.credit = 'held' AND NEW.amount > (\n        SELECT coalesce(sum(amount) FILTER (WHERE debit = 'held'), 0)\n            - coalesce(sum(amount) FILTER (WHERE credit = 'held'), 0)\n        FROM funds_entry WHERE fund_id = NEW.fund_id AND reference = NEW.reference\n    ) THEN\n        RAISE EXCEPTION 'takes more than was held under this reference'\n            USING ERRCODE = 'check_violation', CONSTRAINT = 'fund_hold_of_own_reference';\n    END IF;\n    IF NEW.credit <> 'source' AND NEW.amount > (\n        SELECT coalesce(sum(amount) FILTER (WHERE debit = NEW.credit), 0)\n            - coalesce(sum(amount) FILTER (WHERE credit = NEW.credit), 0)\n        FROM funds_entry WHERE fund_id = NEW.fund_id\n    ) THEN\n        RAISE EXCEPTION 'fund overdrawn'\n            USING ERRCODE = 'check_violation', CONSTRAINT = 'fund_never_overdrawn';\n    END IF;\n    RETURN NEW;\n",
                        hash="965fd114eac3bdcc43d1b7ef7af718f9ff997ca8",
                        operation="INSERT",
                        pgid="pgtrigger_fund_never_overdrawn_80c45",
                        table="funds_entry",
                        when="BEFORE",
                    ),
                ),
            ],
        ),
    ]
