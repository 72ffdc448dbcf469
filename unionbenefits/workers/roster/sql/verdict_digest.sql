-- Names exactly what was judged: every row with all that would be written, and the leavers. Sealed columns differ each
-- time they are sealed, so their blind indexes stand for them.
SELECT encode(sha256(convert_to(coalesce(string_agg(line, E'\n' ORDER BY part, id), ''), 'UTF8')), 'hex') AS digest
FROM (
    SELECT 1 AS part, id,
           ROW(sheet, "row", verdict, action, enterprise_id, worker_id, document_kind, issuer, number_digest,
               phone_digest, name, sex, birth_date, occupation, occupation_as_given, work_relation, joined_on, cleared,
               note)::text AS line
    FROM workers_rosterrow WHERE roster_id = %(roster)s
    UNION ALL
    SELECT 2, id, membership_id::text FROM workers_rosterleaver WHERE roster_id = %(roster)s) lines
