-- The last day of the cover that holds on the day, for those workers who have one.
SELECT c.worker_id, max(upper(c.live_period)) - 1 AS last_day
FROM plans_coverage c
WHERE c.worker_id = ANY(%(workers)s::bigint[]) AND c.live_period @> %(day)s::date
GROUP BY c.worker_id
