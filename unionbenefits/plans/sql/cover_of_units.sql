-- Who serves at the given enterprises now, who of them is covered on the day, and whose cover ends within the given days
-- with nothing behind it. First the people, each counted once, with the number of enterprises; then the largest enterprises.
WITH tied AS MATERIALIZED (
    SELECT m.worker_id, m.enterprise_id,
        EXISTS (SELECT FROM plans_coverage c WHERE c.worker_id = m.worker_id AND c.live_period @> %(day)s::date) AS covered
    FROM workers_membership m
    WHERE m.left_on IS NULL AND m.enterprise_id = ANY(%(enterprises)s)
), people AS (
    SELECT worker_id, bool_or(covered) AS covered FROM tied GROUP BY worker_id
), units AS (
    SELECT enterprise_id, count(*) AS members, count(*) FILTER (WHERE covered) AS covered FROM tied GROUP BY enterprise_id
)
SELECT NULL::bigint AS enterprise_id, '' AS name, count(*) AS members, count(*) FILTER (WHERE covered) AS covered,
    (SELECT count(*) FROM units) AS units,
    count(*) FILTER (WHERE covered AND NOT EXISTS (
        SELECT FROM plans_coverage c WHERE c.worker_id = people.worker_id AND upper(c.live_period) > %(lapsed)s::date
    )) AS lapsing
FROM people
UNION ALL
(
    SELECT u.enterprise_id, e.name, u.members, u.covered, 1, 0
    FROM units u JOIN enterprises_enterprise e ON e.id = u.enterprise_id
    ORDER BY u.members DESC, u.enterprise_id
    LIMIT %(shown)s
)
