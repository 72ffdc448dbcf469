-- The counts, and the digest that names exactly what was judged: every row with all that would be written, and the
-- leavers. Sealed columns differ each time they are sealed, so their blind indexes stand for them.
SELECT count(*) AS rows,
       count(*) FILTER (WHERE verdict = 'accept') AS accept,
       count(*) FILTER (WHERE verdict = 'hold') AS hold,
       count(*) FILTER (WHERE verdict = 'reject') AS reject,
       count(*) FILTER (WHERE action = 'new') AS new,
       count(*) FILTER (WHERE action = 'changed') AS changed,
       count(*) FILTER (WHERE action = 'unchanged') AS unchanged,
       count(*) FILTER (WHERE action = 'joined') AS joined,
       (SELECT count(*) FROM workers_rosterleaver WHERE roster_id = %(roster)s) AS leavers,
       encode(sha256(
           string_agg(coalesce(number_digest, '') || coalesce(phone_digest, '')
                      || convert_to(ROW("row", verdict, action, enterprise_id, worker_id, document_kind, issuer, name, sex,
                                        birth_date, occupation, occupation_as_given, work_relation, joined_on, cleared,
                                        note, sheet, number_digest IS NULL, phone_digest IS NULL)::text, 'UTF8'),
                      '\x00'::bytea ORDER BY id)
           || coalesce((SELECT string_agg(convert_to(membership_id::text, 'UTF8'), '\x00'::bytea ORDER BY id)
                        FROM workers_rosterleaver WHERE roster_id = %(roster)s), '')), 'hex') AS digest
FROM workers_rosterrow
WHERE roster_id = %(roster)s
