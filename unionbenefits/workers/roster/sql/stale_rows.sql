-- Rows that stand differently now than when they were confirmed (case C078). Somebody else having brought the same
-- person with the same values meanwhile is no difference: the row joins or changes nothing.
SELECT count(*) AS stale
FROM roster_stage s
JOIN roster_match x USING (n)
WHERE EXISTS (SELECT FROM roster_clash c WHERE c.n = s.n)
   OR s.worker_then IS NOT NULL AND x.worker_id IS DISTINCT FROM s.worker_then
   OR s.worker_then IS NULL AND (x.name_differs OR x.birth_differs OR x.sex_differs OR x.phone_kept)
   OR s.action <> 'changed' AND NOT (s.action = 'joined' AND x.membership_id IS NULL)
      AND (x.linked OR cardinality(x.person_changes) > 0 OR cardinality(x.member_changes) > 0)
