"""The source of certificate numbers: a sequence, so that nobody waits for a number and none is given twice."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("plans", "0001_initial")]
    operations = [
        migrations.RunSQL("CREATE SEQUENCE plans_certificate_no", "DROP SEQUENCE plans_certificate_no"),
    ]
