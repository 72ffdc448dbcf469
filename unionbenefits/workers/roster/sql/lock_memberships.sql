SELECT m.id
FROM workers_membership m
WHERE m.id IN (SELECT membership_id FROM roster_match WHERE cardinality(member_changes) > 0)
ORDER BY m.id
FOR NO KEY UPDATE
