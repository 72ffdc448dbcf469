import django.db.models.deletion
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models

import unionbenefits.core.migration_operations


class Migration(migrations.Migration):
    replaces = [
        ("access", "0001_initial"),
        ("access", "0002_exports"),
        ("access", "0003_posts_in_time"),
        ("access", "0004_saved_views"),
    ]

    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("enterprises", "0002_headcount"),
        ("pghistory", "0007_auto_20250421_0444"),
        ("unions", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Post",
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
                            ("mediator", "Mediator"),
                            ("auditor", "Auditor"),
                            ("administrator", "System administrator"),
                        ],
                        max_length=20,
                        verbose_name="role",
                    ),
                ),
                ("starts_on", models.DateField(verbose_name="from")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="until")),
                (
                    "enterprise",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="posts",
                        to="enterprises.enterprise",
                        verbose_name="enterprise",
                    ),
                ),
                (
                    "union",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="posts",
                        to="unions.union",
                        verbose_name="union",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="posts",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="staff user",
                    ),
                ),
                (
                    "reason",
                    models.CharField(blank=True, db_default="", max_length=200, verbose_name="reason"),
                ),
                (
                    "stands_in_for",
                    models.ForeignKey(
                        blank=True,
                        help_text="The post of somebody away, whose role and place this one takes for a time.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="stand_ins",
                        to="access.post",
                        verbose_name="stands in for",
                    ),
                ),
                (
                    "withdrawn",
                    models.BooleanField(
                        db_default=False,
                        default=False,
                        help_text="Taken back before its first day.",
                        verbose_name="withdrawn",
                    ),
                ),
            ],
            options={
                "verbose_name": "post",
                "verbose_name_plural": "posts",
                "ordering": ["user", "role"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("enterprise__isnull", False),
                                ("role", "enterprise_clerk"),
                                ("union__isnull", True),
                            ),
                            models.Q(
                                models.Q(("role", "enterprise_clerk"), _negated=True),
                                ("enterprise__isnull", True),
                                ("union__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="post_at_one_union_or_one_enterprise",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on__isnull", True),
                            ("ends_on__gte", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="post_ends_after_it_starts",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("stands_in_for__isnull", True),
                            models.Q(("ends_on__isnull", False), models.Q(("reason", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="post_for_another_has_reason_and_end",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Export",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=40, verbose_name="kind")),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                ("params", models.JSONField(blank=True, default=dict, verbose_name="asked for")),
                ("language", models.CharField(max_length=10, verbose_name="language")),
                ("made_at", models.DateTimeField(verbose_name="made at")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("running", "Running"),
                            ("ready", "Ready"),
                            ("failed", "Failed"),
                            ("expired", "Expired"),
                        ],
                        default="waiting",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("done", models.PositiveIntegerField(default=0, verbose_name="done")),
                ("total", models.PositiveIntegerField(default=0, verbose_name="in all")),
                ("file_name", models.CharField(blank=True, max_length=200, verbose_name="file")),
                ("content_type", models.CharField(blank=True, max_length=100, verbose_name="content type")),
                ("size", models.PositiveBigIntegerField(default=0, help_text="Bytes.", verbose_name="size")),
                ("failure", models.CharField(blank=True, max_length=300, verbose_name="why it failed")),
                ("expires_at", models.DateTimeField(verbose_name="kept until")),
                ("fetched_at", models.DateTimeField(blank=True, null=True, verbose_name="fetched at")),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="exports",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="made by",
                    ),
                ),
            ],
            options={
                "verbose_name": "export",
                "verbose_name_plural": "exports",
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="SavedView",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "register",
                    models.CharField(
                        help_text="Such as workers.worker.", max_length=60, verbose_name="register"
                    ),
                ),
                ("name", models.CharField(max_length=40, verbose_name="name")),
                (
                    "query",
                    models.CharField(
                        help_text="As in the address of the list.", max_length=500, verbose_name="filters"
                    ),
                ),
                ("pinned", models.BooleanField(default=True, verbose_name="shown over the list")),
                ("made_at", models.DateTimeField(verbose_name="made at")),
                (
                    "enterprise",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="enterprises.enterprise",
                        verbose_name="shared at enterprise",
                    ),
                ),
                (
                    "union",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="unions.union",
                        verbose_name="shared at union",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="saved_views",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="staff user",
                    ),
                ),
            ],
            options={
                "verbose_name": "saved list",
                "verbose_name_plural": "saved lists",
                "ordering": ["register", "name", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("user", "register", "name"), name="saved_view_named_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("union__isnull", True), ("enterprise__isnull", True), _connector="OR"
                        ),
                        name="saved_view_shared_at_one_place",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PostEvent",
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
                            ("mediator", "Mediator"),
                            ("auditor", "Auditor"),
                            ("administrator", "System administrator"),
                        ],
                        max_length=20,
                        verbose_name="role",
                    ),
                ),
                ("starts_on", models.DateField(verbose_name="from")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="until")),
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
                        to="access.post",
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
                    "user",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="staff user",
                    ),
                ),
                (
                    "reason",
                    models.CharField(blank=True, db_default="", max_length=200, verbose_name="reason"),
                ),
                (
                    "stands_in_for",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        help_text="The post of somebody away, whose role and place this one takes for a time.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="access.post",
                        verbose_name="stands in for",
                    ),
                ),
                (
                    "withdrawn",
                    models.BooleanField(
                        db_default=False,
                        default=False,
                        help_text="Taken back before its first day.",
                        verbose_name="withdrawn",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ExportFile",
            fields=[
                (
                    "export",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="file",
                        serialize=False,
                        to="access.export",
                        verbose_name="export",
                    ),
                ),
                ("sealed", models.BinaryField(verbose_name="sealed bytes")),
            ],
            options={
                "verbose_name": "file of an export",
                "verbose_name_plural": "files of exports",
            },
        ),
        migrations.CreateModel(
            name="HandOver",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "ended_before",
                    models.DateField(
                        blank=True,
                        help_text="Last day before the hand-over was made.",
                        null=True,
                        verbose_name="would have ended",
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="reason")),
                (
                    "waiting",
                    models.JSONField(
                        blank=True,
                        default=list,
                        help_text="Kinds of work that waited, with their number.",
                        verbose_name="open work",
                    ),
                ),
                (
                    "made_by",
                    models.CharField(
                        help_text="As in the audit log.", max_length=150, verbose_name="made by"
                    ),
                ),
                ("made_at", models.DateTimeField(verbose_name="made at")),
                ("undone_by", models.CharField(blank=True, max_length=150, verbose_name="undone by")),
                ("undone_at", models.DateTimeField(blank=True, null=True, verbose_name="undone at")),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="hand_overs",
                        to="access.post",
                        verbose_name="post",
                    ),
                ),
                (
                    "successor",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="taken_over_by",
                        to="access.post",
                        verbose_name="successor's post",
                    ),
                ),
            ],
            options={
                "verbose_name": "hand-over",
                "verbose_name_plural": "hand-overs",
                "ordering": ["-id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("undone_at__isnull", True)),
                        fields=("post",),
                        name="handover_once_per_post",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("post", models.F("successor")), _negated=True),
                        name="handover_to_another_post",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("undone_at__isnull", True), ("undone_by", "")),
                            models.Q(
                                ("undone_at__isnull", False), models.Q(("undone_by", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="handover_undone_by_somebody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PostNotice",
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
                            ("granted", "You have a new post"),
                            ("ended", "Your post ends"),
                            ("withdrawn", "A post that was to come is taken back"),
                            ("handed_on", "Your post passes to somebody else"),
                            ("taken_over", "You take over a post"),
                            ("undone", "A hand-over is undone"),
                            ("acting", "You stand in for somebody"),
                            ("stood_in", "Somebody stands in for you"),
                        ],
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                ("made_at", models.DateTimeField(verbose_name="made at")),
                ("read_at", models.DateTimeField(blank=True, null=True, verbose_name="read at")),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notices",
                        to="access.post",
                        verbose_name="post",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="post_notices",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="staff user",
                    ),
                ),
            ],
            options={
                "verbose_name": "notice about a post",
                "verbose_name_plural": "notices about posts",
                "ordering": ["-id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("read_at__isnull", True)),
                        fields=["user"],
                        name="postnotice_unread",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="HandOverEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "ended_before",
                    models.DateField(
                        blank=True,
                        help_text="Last day before the hand-over was made.",
                        null=True,
                        verbose_name="would have ended",
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="reason")),
                (
                    "waiting",
                    models.JSONField(
                        blank=True,
                        default=list,
                        help_text="Kinds of work that waited, with their number.",
                        verbose_name="open work",
                    ),
                ),
                (
                    "made_by",
                    models.CharField(
                        help_text="As in the audit log.", max_length=150, verbose_name="made by"
                    ),
                ),
                ("made_at", models.DateTimeField(verbose_name="made at")),
                ("undone_by", models.CharField(blank=True, max_length=150, verbose_name="undone by")),
                ("undone_at", models.DateTimeField(blank=True, null=True, verbose_name="undone at")),
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
                        to="access.handover",
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="access.post",
                        verbose_name="post",
                    ),
                ),
                (
                    "successor",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="access.post",
                        verbose_name="successor's post",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        unionbenefits.core.migration_operations.AddTriggers(
            model_name="post",
            triggers=[
                pgtrigger.compiler.Trigger(
                    name="post_roles_compatible",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        declare="DECLARE place text; clashing bigint;",
                        func="\n    IF NEW.withdrawn THEN RETURN NEW; END IF;\n    -- A post that only becomes shorter cannot clash anew, and must always be possible to end.\n    IF TG_OP = 'UPDATE' AND NOT OLD.withdrawn AND OLD.user_id = NEW.user_id AND OLD.role = NEW.role\n       AND OLD.union_id IS NOT DISTINCT FROM NEW.union_id\n       AND OLD.enterprise_id IS NOT DISTINCT FROM NEW.enterprise_id\n       AND NEW.starts_on >= OLD.starts_on\n       AND COALESCE(NEW.ends_on, 'infinity') <= COALESCE(OLD.ends_on, 'infinity')\n    THEN RETURN NEW; END IF;\n    -- Whoever comes second waits here, and then sees what the first has committed.\n    PERFORM pg_advisory_xact_lock(7003, (NEW.user_id % 2147483647)::int);\n    SELECT u.path INTO place FROM unions_union u WHERE u.id = COALESCE(\n        NEW.union_id, (SELECT e.union_id FROM enterprises_enterprise e WHERE e.id = NEW.enterprise_id));\n    SELECT p.id INTO clashing\n      FROM access_post p\n      LEFT JOIN enterprises_enterprise e ON e.id = p.enterprise_id\n      JOIN unions_union u ON u.id = COALESCE(p.union_id, e.union_id)\n     WHERE p.user_id = NEW.user_id AND p.id <> NEW.id AND NOT p.withdrawn\n       AND (p.role || ' ' || NEW.role) = ANY (ARRAY['province_officer claims_officer', 'province_officer claims_reviewer', 'province_officer claims_approver', 'province_officer cashier', 'province_officer auditor', 'province_officer administrator', 'union_officer auditor', 'union_officer administrator', 'industry_officer auditor', 'industry_officer administrator', 'enterprise_clerk auditor', 'claims_officer province_officer', 'claims_officer claims_reviewer', 'claims_officer claims_approver', 'claims_officer cashier', 'claims_officer auditor', 'claims_officer administrator', 'claims_reviewer province_officer', 'claims_reviewer claims_officer', 'claims_reviewer claims_approver', 'claims_reviewer cashier', 'claims_reviewer auditor', 'claims_reviewer administrator', 'claims_approver province_officer', 'claims_approver claims_officer', 'claims_approver claims_reviewer', 'claims_approver cashier', 'claims_approver auditor', 'claims_approver administrator', 'cashier province_officer', 'cashier claims_officer', 'cashier claims_reviewer', 'cashier claims_approver', 'cashier auditor', 'cashier administrator', 'mediator auditor', 'auditor province_officer', 'auditor union_officer', 'auditor industry_officer', 'auditor enterprise_clerk', 'auditor claims_officer', 'auditor claims_reviewer', 'auditor claims_approver', 'auditor cashier', 'auditor mediator', 'auditor administrator', 'administrator province_officer', 'administrator union_officer', 'administrator industry_officer', 'administrator claims_officer', 'administrator claims_reviewer', 'administrator claims_approver', 'administrator cashier', 'administrator auditor'])\n       AND daterange(p.starts_on, p.ends_on, '[]') && daterange(NEW.starts_on, NEW.ends_on, '[]')\n       AND ((p.enterprise_id IS NULL AND starts_with(place, u.path))\n            OR (NEW.enterprise_id IS NULL AND starts_with(u.path, place)))\n     LIMIT 1;\n    IF clashing IS NOT NULL THEN\n        RAISE EXCEPTION 'the person holds an incompatible role over these places at that time'\n              USING ERRCODE = 'check_violation', CONSTRAINT = 'post_roles_compatible';\n    END IF;\n    RETURN NEW;\n",
                        hash="cb1c7ad39c15d9d757f7d9eca6d69ca41821385e",
                        operation="INSERT OR UPDATE",
                        pgid="pgtrigger_post_roles_compatible_d0baf",
                        table="access_post",
                        when="BEFORE",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="post_acts_for_another",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        condition='WHEN (NEW."stands_in_for_id" IS NOT NULL)',
                        func="\n    IF NOT EXISTS (\n        SELECT FROM access_post p\n         WHERE p.id = NEW.stands_in_for_id AND p.stands_in_for_id IS NULL AND NOT p.withdrawn\n           AND p.user_id <> NEW.user_id AND p.role = NEW.role\n           AND p.union_id IS NOT DISTINCT FROM NEW.union_id\n           AND p.enterprise_id IS NOT DISTINCT FROM NEW.enterprise_id)\n    THEN\n        RAISE EXCEPTION 'an acting post has the role and the place of the post it stands in for'\n              USING ERRCODE = 'check_violation', CONSTRAINT = 'post_acts_for_another';\n    END IF;\n    RETURN NEW;\n",
                        hash="82edb948eb1685a08e5f103223df90938ec09691",
                        operation="INSERT OR UPDATE",
                        pgid="pgtrigger_post_acts_for_another_8b5b6",
                        table="access_post",
                        when="BEFORE",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="insert_insert",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "access_postevent" ("ends_on", "enterprise_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "role", "stands_in_for_id", "starts_on", "union_id", "user_id", "withdrawn") SELECT new_values."ends_on", new_values."enterprise_id", new_values."id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."reason", new_values."role", new_values."stands_in_for_id", new_values."starts_on", new_values."union_id", new_values."user_id", new_values."withdrawn" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                        hash="8d50a1d39bdf5acc4b906fd8e2b01d8daec17d5b",
                        level="STATEMENT",
                        operation="INSERT",
                        pgid="pgtrigger_insert_insert_e2cae",
                        referencing="REFERENCING NEW TABLE AS new_values ",
                        table="access_post",
                        when="AFTER",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="update_update",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "access_postevent" ("ends_on", "enterprise_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "role", "stands_in_for_id", "starts_on", "union_id", "user_id", "withdrawn") SELECT new_values."ends_on", new_values."enterprise_id", new_values."id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."reason", new_values."role", new_values."stands_in_for_id", new_values."starts_on", new_values."union_id", new_values."user_id", new_values."withdrawn" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                        hash="3f6d86ab9899086749ce29829c458d81c55f13ae",
                        level="STATEMENT",
                        operation="UPDATE",
                        pgid="pgtrigger_update_update_46e43",
                        referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                        table="access_post",
                        when="AFTER",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="delete_delete",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "access_postevent" ("ends_on", "enterprise_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "role", "stands_in_for_id", "starts_on", "union_id", "user_id", "withdrawn") SELECT old_values."ends_on", old_values."enterprise_id", old_values."id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."reason", old_values."role", old_values."stands_in_for_id", old_values."starts_on", old_values."union_id", old_values."user_id", old_values."withdrawn" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                        hash="34f181ab6990277cde43498099ffee17ac4a50e6",
                        level="STATEMENT",
                        operation="DELETE",
                        pgid="pgtrigger_delete_delete_ae7a4",
                        referencing="REFERENCING OLD TABLE AS old_values ",
                        table="access_post",
                        when="AFTER",
                    ),
                ),
            ],
        ),
        unionbenefits.core.migration_operations.AddTriggers(
            model_name="handover",
            triggers=[
                pgtrigger.compiler.Trigger(
                    name="insert_insert",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "access_handoverevent" ("ended_before", "id", "made_at", "made_by", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "post_id", "reason", "successor_id", "undone_at", "undone_by", "waiting") SELECT new_values."ended_before", new_values."id", new_values."made_at", new_values."made_by", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."post_id", new_values."reason", new_values."successor_id", new_values."undone_at", new_values."undone_by", new_values."waiting" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                        hash="2c49d512b5259c322c21c3a5625102e8525dbc94",
                        level="STATEMENT",
                        operation="INSERT",
                        pgid="pgtrigger_insert_insert_592e1",
                        referencing="REFERENCING NEW TABLE AS new_values ",
                        table="access_handover",
                        when="AFTER",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="update_update",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "access_handoverevent" ("ended_before", "id", "made_at", "made_by", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "post_id", "reason", "successor_id", "undone_at", "undone_by", "waiting") SELECT new_values."ended_before", new_values."id", new_values."made_at", new_values."made_by", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."post_id", new_values."reason", new_values."successor_id", new_values."undone_at", new_values."undone_by", new_values."waiting" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                        hash="4ebb02068689fe917e6319e9de083854ae630406",
                        level="STATEMENT",
                        operation="UPDATE",
                        pgid="pgtrigger_update_update_e3c4a",
                        referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                        table="access_handover",
                        when="AFTER",
                    ),
                ),
                pgtrigger.compiler.Trigger(
                    name="delete_delete",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "access_handoverevent" ("ended_before", "id", "made_at", "made_by", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "post_id", "reason", "successor_id", "undone_at", "undone_by", "waiting") SELECT old_values."ended_before", old_values."id", old_values."made_at", old_values."made_by", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."post_id", old_values."reason", old_values."successor_id", old_values."undone_at", old_values."undone_by", old_values."waiting" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                        hash="f0d48c7b42e68cd53574a3b464d76634aac7f6e3",
                        level="STATEMENT",
                        operation="DELETE",
                        pgid="pgtrigger_delete_delete_25ab0",
                        referencing="REFERENCING OLD TABLE AS old_values ",
                        table="access_handover",
                        when="AFTER",
                    ),
                ),
            ],
        ),
    ]
