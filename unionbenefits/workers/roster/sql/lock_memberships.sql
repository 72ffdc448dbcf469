SELECT m.id
FROM workers_membership m
WHERE m.id IN (SELECT membership_id FROM roster_match JOIN roster_stage USING (n) WHERE cardinality(member_changes) > 0)
   OR m.id IN (SELECT membership_id FROM workers_rosterleaver WHERE roster_id = %(roster)s AND confirmed)
ORDER BY m.id
FOR NO KEY UPDATE
