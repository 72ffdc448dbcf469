-- Marks the lines whose cover a filed claim relies on after the day: they stay. The covers are locked, so that a claim
-- filed at this moment comes before or after, never between. Few are kept, so their keys are one array: joined instead,
-- the locked covers of 300,000 lines have no statistics and no index, and the planner compares each with each.
WITH covered AS MATERIALIZED (
    SELECT v.id, v.keep_until FROM plans_coverage v
    WHERE v.id IN (
        SELECT g.coverage_id FROM campaigns_revocationline l JOIN campaigns_gift g ON g.id = l.gift_id
        WHERE l.revocation_id = %(revocation)s AND g.coverage_id IS NOT NULL
    )
    ORDER BY v.id FOR NO KEY UPDATE
)
UPDATE campaigns_revocationline l SET kept = true
FROM campaigns_gift g
WHERE l.revocation_id = %(revocation)s AND g.id = l.gift_id
    AND g.coverage_id = ANY(ARRAY(SELECT id FROM covered WHERE keep_until >= %(from_day)s))
