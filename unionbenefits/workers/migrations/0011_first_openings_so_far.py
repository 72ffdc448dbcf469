"""Who opened their page before it was written down: the log knows."""

from django.db import migrations

KNOWN = """
INSERT INTO workers_firstopening (worker_id, first_at)
SELECT w.id, min(e.at)
FROM audit_entry e
JOIN workers_worker w ON w.id = substr(e.actor, 8)::bigint
WHERE e.action = 'portal.sign_in' AND e.actor ~ '^worker:[0-9]+$'
GROUP BY w.id
ON CONFLICT DO NOTHING
"""


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0001_initial"),
        ("workers", "0010_told_and_opened"),
    ]

    operations = [migrations.RunSQL(KNOWN, migrations.RunSQL.noop)]
