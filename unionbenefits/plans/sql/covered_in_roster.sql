-- Known people of the accepted rows of a roster who are covered on the day, each counted once.
SELECT count(*) AS covered
FROM (SELECT DISTINCT r.worker_id FROM workers_rosterrow r WHERE r.roster_id = %(roster)s AND r.verdict = 'accept') AS known
WHERE EXISTS (SELECT FROM plans_coverage c WHERE c.worker_id = known.worker_id AND c.live_period @> %(day)s::date)
