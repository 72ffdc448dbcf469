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
           string_agg(int8send(hash_record_extended(
               ROW(sheet, "row", verdict, action, enterprise_id, worker_id, document_kind, issuer, number_digest,
                   phone_digest, name, sex, birth_date, occupation, occupation_as_given, work_relation, joined_on,
                   cleared, note, basic_insurance, real_name_checked_on), 0)), '' ORDER BY id)
           || coalesce((SELECT string_agg(int8send(membership_id), '' ORDER BY id)
                        FROM workers_rosterleaver WHERE roster_id = %(roster)s), '')), 'hex') AS digest
FROM workers_rosterrow
WHERE roster_id = %(roster)s
