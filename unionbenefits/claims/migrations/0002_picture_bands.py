"""Like pictures are found through an index: two hashes that differ by at most four bits share one of five bands."""

import django.contrib.postgres.indexes
from django.db import migrations, models

# Every fifth bit makes a band, so that a page's white margin does not fill whole bands with zeros. Dear enough for
# the planner to ask the index rather than every row.
_BANDS = """
    CREATE FUNCTION claims_picture_bands(hash bigint) RETURNS integer[]
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 1000 AS $$
        SELECT array_agg(band * 8192 + value ORDER BY band) FROM (
            SELECT at % 5 AS band, sum(((hash >> at) & 1) << (at / 5))::integer AS value
            FROM generate_series(0, 63) AS at GROUP BY 1
        ) bands
    $$
"""


class Migration(migrations.Migration):
    dependencies = [("claims", "0001_initial")]

    operations = [
        migrations.RunSQL(_BANDS, "DROP FUNCTION claims_picture_bands(bigint)"),
        migrations.RemoveIndex(model_name="paper", name="paper_picture"),
        migrations.AddIndex(
            model_name="paper",
            index=django.contrib.postgres.indexes.GinIndex(
                models.Func(models.F("picture_hash"), function="claims_picture_bands"),
                condition=models.Q(("picture_hash__isnull", False)),
                name="paper_picture_bands",
            ),
        ),
    ]
