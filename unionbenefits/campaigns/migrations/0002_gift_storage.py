"""Leaves half of each page of gifts free, so that issuing changes the lines of a batch in place (a HOT update)."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0001_initial")]
    operations = [
        migrations.RunSQL(
            "ALTER TABLE campaigns_gift SET (fillfactor = 50)",
            "ALTER TABLE campaigns_gift RESET (fillfactor)",
        ),
    ]
