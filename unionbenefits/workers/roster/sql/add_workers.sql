INSERT INTO workers_worker (id, name, name_key, sex, birth_date, phone, phone_digest, created_at)
SELECT worker_id, name, name_key, sex, birth_date, phone, phone_digest, %(now)s
FROM roster_person
ORDER BY worker_id
