-- Applying starts from the judged rows that were confirmed, not from the file.
INSERT INTO roster_stage (n, sheet, "row", verdict, action, codes, enterprise_id, worker_then, name, name_key,
                          document_kind, issuer, number, number_digest, phone, phone_digest, sex, birth_date,
                          occupation, occupation_as_given, work_relation, joined_on, note, cleared, basic_insurance,
                          real_name_checked_on)
SELECT row_number() OVER (ORDER BY id), sheet, "row", verdict, action, codes, enterprise_id, worker_id, name, name_key,
       document_kind, issuer, number, number_digest, phone, phone_digest, sex, birth_date, occupation,
       occupation_as_given, work_relation, joined_on, note, cleared, basic_insurance, real_name_checked_on
FROM workers_rosterrow
WHERE roster_id = %(roster)s AND verdict = 'accept'
