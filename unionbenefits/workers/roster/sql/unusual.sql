-- The rows of which something must be said in words, with what is on file. Few, as a rule. Of a rejected row nothing
-- is: it may name a unit that is not the officer's, and then not even that a person exists may show (case C082).
SELECT s.n, s.verdict, s.codes, s.action, s.name AS new_name, s.phone AS new_phone,
       s.occupation AS new_occupation, s.occupation_as_given AS new_occupation_as_given,
       s.work_relation AS new_work_relation, s.joined_on AS new_joined_on, s.note AS new_note,
       s.basic_insurance AS new_basic_insurance, s.real_name_checked_on AS new_real_name,
       x.worker_id, x.name_differs, x.birth_differs, x.sex_differs, x.phone_kept, x.phone_missing,
       coalesce(x.person_changes, '{}') AS person_changes, coalesce(x.member_changes, '{}') AS member_changes,
       w.name AS old_name, w.phone AS old_phone,
       m.occupation AS old_occupation, m.occupation_as_given AS old_occupation_as_given,
       m.work_relation AS old_work_relation, m.joined_on AS old_joined_on, m.note AS old_note,
       w.basic_insurance AS old_basic_insurance, w.real_name_checked_on AS old_real_name,
       c.clashes, c.clash_worker_id
FROM (SELECT * FROM roster_match
      WHERE name_differs OR birth_differs OR sex_differs OR phone_kept OR phone_missing
         OR cardinality(person_changes) > 0 OR cardinality(member_changes) > 0
         OR n IN (SELECT n FROM roster_clash)) x
JOIN roster_stage s USING (n)
LEFT JOIN workers_worker w ON w.id = x.worker_id
LEFT JOIN workers_membership m ON m.id = x.membership_id
LEFT JOIN (SELECT n, array_agg(code || ':' || workers ORDER BY code) AS clashes, min(first) AS clash_worker_id
           FROM (SELECT n, code, string_agg(DISTINCT worker_id::text, ',') AS workers, min(worker_id) AS first
                 FROM roster_clash GROUP BY n, code) b
           GROUP BY n) c USING (n)
WHERE s.verdict <> 'reject'
ORDER BY s.n
