-- Marks the lines whose cover a filed claim relies on after the day: they stay. The covers are locked, so that a claim
-- filed at this moment comes before or after, never between.
WITH covered AS MATERIALIZED (
    SELECT v.id, v.keep_until FROM plans_coverage v
    WHERE v.id IN (
        SELECT g.coverage_id FROM campaigns_revocationline l JOIN campaigns_gift g ON g.id = l.gift_id
        WHERE l.revocation_id = %(revocation)s AND g.coverage_id IS NOT NULL
    )
    ORDER BY v.id FOR NO KEY UPDATE
)
UPDATE campaigns_revocationline l SET kept = true
FROM campaigns_gift g JOIN covered v ON v.id = g.coverage_id
WHERE l.revocation_id = %(revocation)s AND g.id = l.gift_id AND v.keep_until >= %(from_day)s
