"""Names are found by any part: an index of their characters (`workers.querysets.characters_of`)."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("workers", "0008_sign_ins_and_phone_changes"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="worker",
            index=django.contrib.postgres.indexes.GinIndex(
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
        ),
    ]
