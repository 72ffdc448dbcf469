SELECT m.id
FROM workers_membership m
WHERE m.id IN (SELECT membership_id FROM workers_rosterleaver WHERE roster_id = %(roster)s AND confirmed)
ORDER BY m.id
FOR NO KEY UPDATE
