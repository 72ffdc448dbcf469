-- Some judged rows of a roster into the working table, to be compared with the register again, and which row each is.
DROP TABLE IF EXISTS roster_again;
CREATE TEMP TABLE roster_again ON COMMIT DROP AS
SELECT (row_number() OVER (ORDER BY id) - 1)::integer AS n, id
FROM workers_rosterrow
WHERE roster_id = %(roster)s AND id = ANY (%(rows)s);
INSERT INTO roster_stage (n, sheet, "row", verdict, action, codes, cells, enterprise_id, worker_then, name, name_key,
                          document_kind, issuer, number, number_digest, phone, phone_digest, sex, birth_date,
                          occupation, occupation_as_given, work_relation, joined_on, note, cleared, basic_insurance,
                          real_name_checked_on)
SELECT a.n, r.sheet, r."row", r.verdict, 'none', r.codes, r.cells, r.enterprise_id, r.worker_id, r.name, r.name_key,
       r.document_kind, r.issuer, r.number, r.number_digest, r.phone, r.phone_digest, r.sex, r.birth_date,
       r.occupation, r.occupation_as_given, r.work_relation, r.joined_on, r.note, r.cleared, r.basic_insurance,
       r.real_name_checked_on
FROM workers_rosterrow r
JOIN roster_again a USING (id)
WHERE r.roster_id = %(roster)s
