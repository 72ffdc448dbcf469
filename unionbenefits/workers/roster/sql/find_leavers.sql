-- Members of the enterprise who are not in the full roster (case C074). Somebody whose row was held or rejected is in
-- the file: known by document, by a clash, or by name.
INSERT INTO workers_rosterleaver (roster_id, membership_id, confirmed, ended)
SELECT %(roster)s, m.id, false, false
FROM workers_membership m
JOIN workers_worker w ON w.id = m.worker_id
WHERE m.enterprise_id = %(enterprise)s AND m.left_on IS NULL
  AND NOT EXISTS (SELECT FROM roster_match x WHERE x.worker_id = m.worker_id)
  AND NOT EXISTS (SELECT FROM roster_clash c WHERE c.worker_id = m.worker_id)
  AND NOT EXISTS (SELECT FROM roster_stage s WHERE s.verdict <> 'accept' AND s.name_key = w.name_key)
ORDER BY m.id
