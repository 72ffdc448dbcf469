-- In key order, so that two rosters with the same people never wait for each other.
SELECT w.id
FROM workers_worker w
WHERE w.id IN (SELECT worker_id FROM roster_match WHERE cardinality(person_changes) > 0)
ORDER BY w.id
FOR NO KEY UPDATE
