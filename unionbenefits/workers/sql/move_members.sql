-- The members of an enterprise that closes go on at another one: same occupation and work relation, from the
-- first day after. Whoever has an open membership there keeps it.
INSERT INTO workers_membership (worker_id, enterprise_id, occupation, occupation_as_given, work_relation,
    joined_on, note)
SELECT worker_id, %(to)s, occupation, occupation_as_given, work_relation, %(first_day)s, note
FROM workers_membership
WHERE enterprise_id = %(enterprise)s AND left_on IS NULL
ON CONFLICT (worker_id, enterprise_id) WHERE left_on IS NULL DO NOTHING
