INSERT INTO workers_worker (id, name, name_key, sex, birth_date, phone, phone_digest, basic_insurance,
                            real_name_checked_on, created_at)
SELECT p.worker_id, s.name, s.name_key, s.sex, s.birth_date, s.phone, s.phone_digest, s.basic_insurance,
       s.real_name_checked_on, %(now)s
FROM roster_person p
JOIN roster_stage s USING (n)
ORDER BY p.worker_id
