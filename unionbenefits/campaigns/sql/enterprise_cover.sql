-- Registered enterprises with their present members and how many of these are covered on the day. Without those of
-- unions marked as tests or below one. For a campaign without a plan, covered are those who got its gift.
WITH real_unions AS (
    SELECT u.id, u.name FROM unions_union u
    WHERE NOT EXISTS (SELECT FROM unions_union t WHERE t.is_test AND starts_with(u.path, t.path))
), covered AS (
    SELECT v.worker_id FROM plans_coverage v WHERE v.plan_id = %(plan)s AND v.live_period @> %(day)s::date
    UNION
    SELECT g.worker_id FROM campaigns_gift g
    JOIN campaigns_giftbatch b ON b.id = g.batch_id AND b.state IN ('issued', 'part_revoked')
    WHERE %(plan)s::bigint IS NULL AND g.campaign_id = %(campaign)s AND g.state = 'live'
), present AS (
    SELECT DISTINCT m.enterprise_id, m.worker_id FROM workers_membership m
    WHERE m.left_on IS NULL OR m.left_on >= %(day)s
)
SELECT u.id AS union_id, u.name AS union_name, e.is_head, e.headcount,
    count(p.worker_id) AS on_file, count(c.worker_id) AS covered
FROM enterprises_enterprise e
JOIN real_unions u ON u.id = e.union_id
LEFT JOIN present p ON p.enterprise_id = e.id
LEFT JOIN covered c ON c.worker_id = p.worker_id
WHERE %(enterprises)s::bigint[] IS NULL OR e.id = ANY(%(enterprises)s::bigint[])
GROUP BY e.id, u.id, u.name
ORDER BY u.name, u.id
