-- Leaves out the drafted lines of a batch that neither places nor money reach. Who joined the enterprise first comes
-- first; of two who joined on one day the one who was entered first. Nobody knows a day: last.
WITH ranked AS (
    SELECT g.id, row_number() OVER (ORDER BY m.joined_on NULLS LAST, m.id NULLS LAST, g.worker_id) AS turn
    FROM campaigns_gift g
    LEFT JOIN LATERAL (
        SELECT s.joined_on, s.id FROM workers_membership s
        WHERE s.worker_id = g.worker_id AND s.enterprise_id = g.enterprise_id
        ORDER BY s.joined_on NULLS LAST, s.id LIMIT 1
    ) AS m ON true
    WHERE g.batch_id = %(batch)s AND g.state = 'drafted'
)
UPDATE campaigns_gift g SET
    state = 'left_out', cover_from = NULL,
    reason = CASE WHEN r.turn > %(places)s THEN 'no_place' ELSE 'no_budget' END
FROM ranked r WHERE g.id = r.id AND (r.turn > %(places)s OR r.turn > %(paid)s)
