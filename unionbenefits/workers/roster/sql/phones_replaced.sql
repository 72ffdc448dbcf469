-- Whose phone the next statement replaces or takes away; as in change_workers, the first row of a person counts.
SELECT c.worker_id
FROM (SELECT DISTINCT ON (x.worker_id) x.worker_id, x.person_changes
      FROM roster_match x
      WHERE cardinality(x.person_changes) > 0
      ORDER BY x.worker_id, x.n) c
JOIN workers_worker w ON w.id = c.worker_id
WHERE 'phone' = ANY (c.person_changes) AND w.phone_digest IS NOT NULL
ORDER BY c.worker_id
