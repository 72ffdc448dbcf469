-- The last day on which any cover of each worker holds, for those with one on the day or later.
SELECT c.worker_id, max(upper(c.live_period)) - 1 AS last_day
FROM plans_coverage c
WHERE c.worker_id = ANY(%(workers)s::bigint[]) AND NOT isempty(c.live_period) AND upper(c.live_period) > %(day)s
GROUP BY c.worker_id
