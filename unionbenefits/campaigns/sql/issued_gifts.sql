-- The issued gifts of a campaign, one row each, without those of unions marked as tests or below one: the beginning
-- of the statements of a report.
WITH real_unions AS (
    SELECT u.id, u.name FROM unions_union u
    WHERE NOT EXISTS (SELECT FROM unions_union t WHERE t.is_test AND starts_with(u.path, t.path))
), issued AS (
    SELECT g.worker_id, g.enterprise_id, e.name AS enterprise_name, u.id AS union_id, u.name AS union_name,
        g.occupation, b.allotment_id, b.campaign_id, b.id AS batch_id
    FROM campaigns_gift g
    JOIN campaigns_giftbatch b ON b.id = g.batch_id AND b.state IN ('issued', 'part_revoked')
    JOIN enterprises_enterprise e ON e.id = g.enterprise_id
    JOIN real_unions u ON u.id = e.union_id
    WHERE g.campaign_id = %(campaign)s AND g.state = 'live'
        AND (%(enterprises)s::bigint[] IS NULL OR g.enterprise_id = ANY(%(enterprises)s::bigint[]))
)
