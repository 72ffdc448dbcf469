-- The name stays unless an officer has decided for the new one; of several rows of a person the first with changes counts.
UPDATE workers_worker w
SET name = CASE WHEN 'name' = ANY (c.person_changes) THEN c.name ELSE w.name END,
    name_key = CASE WHEN 'name' = ANY (c.person_changes) THEN c.name_key ELSE w.name_key END,
    phone = CASE WHEN 'phone' = ANY (c.person_changes) THEN c.phone ELSE w.phone END,
    phone_digest = CASE WHEN 'phone' = ANY (c.person_changes) THEN c.phone_digest ELSE w.phone_digest END,
    birth_date = CASE WHEN 'birth' = ANY (c.person_changes) THEN c.birth_date ELSE w.birth_date END,
    sex = CASE WHEN 'sex' = ANY (c.person_changes) THEN c.sex ELSE w.sex END,
    basic_insurance = CASE WHEN 'basic_insurance' = ANY (c.person_changes) THEN c.basic_insurance
                           ELSE w.basic_insurance END,
    real_name_checked_on = CASE WHEN 'real_name' = ANY (c.person_changes) THEN c.real_name_checked_on
                                ELSE w.real_name_checked_on END
FROM (SELECT DISTINCT ON (x.worker_id)
             x.worker_id, x.person_changes, s.name, s.name_key, s.phone, s.phone_digest, s.birth_date, s.sex,
             s.basic_insurance, s.real_name_checked_on
      FROM roster_match x
      JOIN roster_stage s USING (n)
      WHERE cardinality(x.person_changes) > 0
      ORDER BY x.worker_id, x.n) c
WHERE w.id = c.worker_id
