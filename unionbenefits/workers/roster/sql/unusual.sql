-- The rows of which something must be said in words, with what is on file. Few, as a rule.
SELECT s.n, s.verdict, s.codes, s.cleared, s.name, s.phone AS new_phone, s.sex AS new_sex, s.birth_date AS new_birth,
       s.occupation AS new_occupation, s.occupation_as_given AS new_occupation_as_given,
       s.work_relation AS new_work_relation, s.joined_on AS new_joined_on, s.note AS new_note,
       x.worker_id, x.membership_id, x.name_differs, x.birth_differs, x.sex_differs, x.phone_kept,
       x.person_changes, x.member_changes,
       w.name AS old_name, w.phone AS old_phone,
       m.occupation AS old_occupation, m.occupation_as_given AS old_occupation_as_given,
       m.work_relation AS old_work_relation, m.joined_on AS old_joined_on, m.note AS old_note,
       c.clashes, c.clash_worker_id
FROM roster_stage s
JOIN roster_match x USING (n)
LEFT JOIN workers_worker w ON w.id = x.worker_id
LEFT JOIN workers_membership m ON m.id = x.membership_id
LEFT JOIN (SELECT n, array_agg(DISTINCT code) AS clashes, min(worker_id) AS clash_worker_id
           FROM roster_clash GROUP BY n) c USING (n)
WHERE s.number_digest IS NOT NULL
  AND (x.name_differs OR x.birth_differs OR x.sex_differs OR x.phone_kept OR c.n IS NOT NULL
       OR cardinality(x.person_changes) > 0 OR cardinality(x.member_changes) > 0
       OR x.worker_id IS NULL AND s.phone IS NULL AND s.verdict <> 'reject')
ORDER BY s.n
